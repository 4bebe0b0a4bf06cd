"""What can stand in the way of a report, or of its answer. Each carries the sentence that the reader reads."""

from dataclasses import dataclass
from datetime import datetime

from app.actions.editing.errors import EditError


class ReportError(EditError):
    """What somebody asked for cannot be done."""


@dataclass(frozen=True)
class Mistake:
    """``field`` is the name of one in the form."""

    field: str
    sentence: str


class ReportMistakesError(ReportError):
    """The form cannot be taken as it is."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(" ".join(mistake.sentence for mistake in mistakes))
        self.mistakes = mistakes


class TooFastError(ReportError):
    """Nobody reads the form so fast. The same stamp will do in a moment."""

    def __init__(self) -> None:
        super().__init__("That was very quick, so we want to be sure that you are a person.")


class TooOldError(ReportError):
    """The form was open for too long, or its stamp is not ours: it takes a new one."""

    def __init__(self) -> None:
        super().__init__("This page was open for a long time.")


class TooManyError(ReportError):
    """A limit is reached. ``free_at``: when there is room again."""

    def __init__(self, sentence: str, free_at: datetime) -> None:
        super().__init__(sentence)
        self.free_at = free_at


class NoReportError(ReportError):
    """There is no such report of this listing."""

    def __init__(self) -> None:
        super().__init__("This report is not here. Reports are deleted a year after somebody answered them.")


class AnsweredError(ReportError):
    """Somebody else was faster."""

    def __init__(self) -> None:
        super().__init__("Somebody else answered this report before you.")
