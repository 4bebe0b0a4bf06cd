"""What the forms for the directory's words share: what is wrong, and what somebody else wrote meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response

from app.actions.administration.reference import Fault, FaultsError, MovedError, NotThereError, Texts, lines_of

from ..page import page
from .home import blueprint as blueprint


@dataclass(frozen=True)
class Beside:
    """A text that two people wrote differently, in lines."""

    label: str
    now: Sequence[str]
    yours: Sequence[str]


@dataclass(frozen=True)
class WordsForm:
    """``texts`` are what the fields show, ``version`` is of what stands in the directory, ``labels`` are by field."""

    texts: Texts
    version: str
    labels: Mapping[str, str]
    faults: Sequence[Fault] = ()
    moved: MovedError | None = None
    beside: Sequence[Beside] = ()

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(sentence, field id), for the summary at the top."""
        return [(self._named(fault), field_id(fault.field or next(iter(self.labels)))) for fault in self.faults]

    def error(self, field: str) -> str:
        return " ".join(fault.sentence for fault in self.faults if fault.field == field)

    def _named(self, fault: Fault) -> str:
        label = self.labels.get(fault.field)
        return f"{label}: {fault.sentence}" if label else fault.sentence

    @property
    def status(self) -> int:
        return 409 if self.moved else 422 if self.faults else 200


def field_id(field: str) -> str:
    """Of the input: dots would be read as classes."""
    return field.replace(".", "-")


def refused(error: FaultsError, typed: Texts, version: str, labels: Mapping[str, str]) -> WordsForm:
    """The form again, with what is wrong."""
    return WordsForm(typed, version, labels, error.faults)


def overtaken(
    error: MovedError, typed: Texts, labels: Mapping[str, str], names: Mapping[str, str] | None = None
) -> WordsForm:
    """The form again, with both versions. Saving it now is a decision against the other.

    ``names``: what to show in place of the lines that are ids.
    """
    beside = [
        _beside(labels.get(field, field), _named(now, names or {}), _named(typed[field], names or {}))
        for field, now in error.shown.texts.items()
        if field in typed and lines_of(now) != lines_of(typed[field])
    ]
    return WordsForm(typed, error.shown.version, labels, moved=error, beside=beside)


def _named(text: str, names: Mapping[str, str]) -> list[str]:
    return [names.get(line, line) for line in lines_of(text)]


def _beside(label: str, now: Sequence[str], yours: Sequence[str]) -> Beside:
    """Of long lists only the lines that differ; where only their order does, all."""
    theirs_alone = [line for line in now if line not in yours]
    yours_alone = [line for line in yours if line not in now]
    return Beside(label, theirs_alone, yours_alone) if theirs_alone or yours_alone else Beside(label, now, yours)


@blueprint.errorhandler(NotThereError)
def not_there(error: NotThereError) -> Response:
    return page("admin/not_there.html", 404, sentence=error.message)
