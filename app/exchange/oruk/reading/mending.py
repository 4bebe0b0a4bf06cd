"""What is put right on the way, and what has no place of its own and stays as a note."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.exchange.oruk.reading.texts import pieces, plain, text_of

MOST_NOTES = 40


class Mending:
    """``repairs`` are sentences for whoever runs the import, and ``notes`` are for readers."""

    def __init__(self) -> None:
        self._repairs: dict[str, None] = {}
        self.notes: list[str] = []

    @property
    def repairs(self) -> tuple[str, ...]:
        return tuple(self._repairs)

    def say(self, sentence: str) -> None:
        self._repairs.setdefault(sentence)

    def note(self, text: str) -> None:
        """Keeps it for readers. What is far too long stays in the record alone."""
        for piece in pieces(text):
            if len(self.notes) >= MOST_NOTES:
                self.say("Its texts are too long. The end of them is kept in the record, and not shown.")
                return
            if piece not in self.notes:
                self.notes.append(piece)

    def text(self, row: Mapping[str, Any], field: str) -> str:
        """A text of the row, without markup."""
        text, marked = plain(row.get(field))
        if marked:
            self.say(f"The markup in “{field}” was taken out.")
        return text

    def dicts(self, row: Mapping[str, Any], field: str) -> Sequence[Mapping[str, Any]]:
        """The things in a list of the row. What is none is told of."""
        value = row.get(field)
        if value is None:
            return ()
        if isinstance(value, dict):
            self.say(f"“{field}” should be a list. It was read as a list of one.")
            value = [value]
        if not isinstance(value, list):
            self.say(f"“{field}” is not a list. It is kept in the record alone.")
            return ()
        found = [one for one in value if isinstance(one, dict)]
        if len(found) < len(value):
            self.say(f"Some of “{field}” cannot be read. They are kept in the record alone.")
        return found

    def empty_fields(self, row: Mapping[str, Any]) -> None:
        """Says which fields say nothing."""
        empty = [field for field, value in row.items() if value is None or value == ""]
        if empty:
            names = ", ".join(text_of(field)[:40] for field in sorted(empty)[:20])
            self.say(f"Empty fields were left out: {names}.")
