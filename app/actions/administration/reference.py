"""Changing the words that the directory goes by: reference data that came from files and may be edited here.

What somebody edits is taken as texts by the name of their field. A form carries the version of the texts that it
showed; where they moved meanwhile, nothing is written.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from app.actions.editing.errors import EditError
from app.actions.exchange import write_goals
from app.exchange.rows import raise_generation, touch
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.models import AuditEntry, ReferenceData

Texts = Mapping[str, str]
"""What is edited, by field. A list is one text with a line for each entry."""
NOT_THERE = "These words are not in the directory any more."


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field, as a sentence; ``field`` is empty where it is about the whole."""

    field: str
    sentence: str


class FaultsError(EditError):
    """What was typed will not do."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = tuple(faults)


class NotThereError(EditError):
    """What somebody wants to change is not there, or is there no more."""


@dataclass(frozen=True)
class Shown:
    """Texts as they stand, with the version that a form carries."""

    texts: Texts

    @property
    def version(self) -> str:
        return sha256(json.dumps(self.texts, sort_keys=True).encode()).hexdigest()[:20]


class MovedError(EditError):
    """Somebody else changed the texts since the form was opened. ``by`` and ``at`` say who, where that is known."""

    def __init__(self, shown: Shown, by: str | None, at: datetime | None) -> None:
        super().__init__("Somebody else changed these words while you were writing.")
        self.shown, self.by, self.at = shown, by, at


def body_of(session: Session, name: str) -> Any:
    """A copy of one part of the reference data. Raises ``NotThereError`` before anything was loaded."""
    row = session.get(ReferenceData, name)
    if row is None:
        raise NotThereError(NOT_THERE)
    return deepcopy(row.body)


def write_body(session: Session, name: str, body: Any, now: datetime) -> None:
    """Puts the part in place of the old one, and tells every process. The caller has checked it."""
    row = session.get_one(ReferenceData, name)
    row.body, row.changed_at = body, now
    session.add(row)
    if name == "questions":
        write_goals(session, body)
        touch(session, now)
    raise_generation(session)


def refuse_moved(session: Session, part: str, shown: Shown, version: str, subjects: Collection[str]) -> None:
    """Raises ``MovedError`` unless the form showed what stands there now.

    ``subjects`` are what the audit trail calls these words. What came from a file was changed by nobody here.
    """
    if shown.version == version:
        return
    latest = select(AuditEntry).where(col(AuditEntry.subject).in_(subjects)).order_by(col(AuditEntry.id).desc())
    edited = session.get_one(ReferenceData, part).changed_at is not None
    entry = session.exec(latest.limit(1)).one_or_none() if edited else None
    raise MovedError(shown, entry.who if entry else None, entry.at if entry else None)


def differences(before: Texts, after: Texts) -> dict[str, dict[str, str]]:
    """The texts that differ, for the audit trail."""
    changed = [field for field in {**before, **after} if before.get(field) != after.get(field)]
    return {
        side: {field: texts[field] for field in changed if texts.get(field)}
        for side, texts in (("before", before), ("after", after))
    }


# Typed texts


def one_line(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something, each once."""
    return tuple(dict.fromkeys(line for line in map(one_line, text.splitlines()) if line))


def invisible(texts: Texts) -> list[Fault]:
    """Characters that nobody sees and that no database keeps."""
    sentence = "There is an invisible character here. Type the words anew."
    return [
        Fault(field, sentence)
        for field, text in texts.items()
        if any(not (character.isprintable() or character.isspace()) for character in text)
    ]


# The checks of the seed files


@dataclass(frozen=True)
class Places:
    """Data as a document, whose lines are numbers of places: so that a problem tells its place."""

    document: Document
    places: Sequence[Place]

    def of(self, problem: Problem) -> Place:
        return self.places[problem.line]


def as_document(name: str, body: Any) -> Places:
    """The data as the checks of the files take it."""
    places: list[Place] = [()]
    _walk(body, (), places)
    return Places(Document(name, body, {place: line for line, place in enumerate(places)}), places)


def _walk(data: Any, place: Place, places: list[Place]) -> None:
    parts: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, dict):
        parts = data.items()
    elif isinstance(data, list):
        parts = enumerate(data)
    for step, part in parts:
        places.append((*place, step))
        _walk(part, (*place, step), places)


def new_faults(before: Sequence[str], problems: Iterable[Problem], places: Places, within: Place) -> list[Fault]:
    """The problems that were not there before, each at its field ``within`` the part that was edited.

    One problem a field is enough at a time.
    """
    faults: dict[str, Fault] = {}
    for problem in problems:
        place = places.of(problem)
        if problem.message not in before:
            inside = place[: len(within)] == within
            field = ".".join(map(str, place[len(within) :])) if inside else ""
            faults.setdefault(field, Fault(field, _about_this(problem.message, place)))
    return list(faults.values())


def _about_this(message: str, place: Place) -> str:
    """The sentence for somebody who sees a labelled field, and not its name in a file."""
    name = f"“{place[-1]}” " if place else ""
    return f"This {message.removeprefix(name)}" if name and message.startswith(name) else message
