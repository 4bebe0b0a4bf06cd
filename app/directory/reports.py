"""What readers tell us is wrong on a page, what becomes of it, and how much of it is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

About = Literal["contact", "times", "who", "closed", "way_in", "other"]
ABOUT: Mapping[About, str] = {
    "contact": "The ways to get in touch",
    "times": "The opening times",
    "who": "Who it is for",
    "closed": "It has closed",
    "way_in": "How to get there or get in",
    "other": "Something else",
}
"""Which part of a page, in the words of the form."""
Outcome = Literal["put_right", "was_right", "no_report"]
OUTCOMES: Mapping[Outcome, str] = {
    "put_right": "We put it right",
    "was_right": "It was right already",
    "no_report": "This is not a report for us, or it is spam",
}
SHORTEST_TEXT, LONGEST_TEXT = 10, 1_000
LONGEST_ANSWER = 1_000
TOO_FAST, TOO_OLD = timedelta(seconds=3), timedelta(hours=12)
"""Nobody reads and fills in the form in less; a form that was open for longer is asked for again."""
UNANSWERED_AFTER = timedelta(days=14)
"""From then on the directory team is told, and told again as often."""
ADDRESS_HASH_KEPT = timedelta(days=1)
EMAIL_KEPT = timedelta(days=89)
"""Readers are promised 90 days at the most, and the daily run may come a day late."""
ANSWERED_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Limit:
    """At most so many within so long."""

    most: int
    within: timedelta

    def free_at(self, earlier: Iterable[datetime], now: datetime) -> datetime | None:
        """When there is room for one more after these; None where there is room now."""
        counted = sorted(moment for moment in earlier if moment > now - self.within)
        return counted[-self.most] + self.within if len(counted) >= self.most else None


PER_ADDRESS = Limit(3, timedelta(hours=1))
PER_LISTING = Limit(5, timedelta(days=1))
IN_ALL = Limit(10, timedelta(hours=1))
LOOKED_BACK = max(limit.within for limit in (PER_ADDRESS, PER_LISTING, IN_ALL))


def readable(text: str) -> str:
    """Without what cannot be seen; lines stay, and end in one way. Every kind of space is a space: text from other
    programs is full of those that do not break."""
    lines = "\n".join(text.split("\r\n")).replace("\r", "\n")
    spaced = "".join(" " if letter.isspace() and letter != "\n" else letter for letter in lines)
    return "".join(letter for letter in spaced if letter.isprintable() or letter == "\n").strip()


def same(one: str, other: str) -> bool:
    """Whether two texts say the same in the same words."""
    return one.casefold().split() == other.casefold().split()


def quoted(text: str) -> str:
    """For a plain e-mail: nobody can take a line of it for one of ours."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
