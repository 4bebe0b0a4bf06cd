"""What a provider says of today: whether they take referrals, in sentences for readers."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field

from app.directory.dates import date_in_words
from app.directory.value import Value

AvailabilityState = Literal["taking", "waiting_list", "paused", "closed_today"]
HEADINGS: Mapping[AvailabilityState, str] = {
    "taking": "Taking referrals",
    "waiting_list": "There is a waiting list",
    "paused": "Not taking referrals at the moment",
    "closed_today": "Closed today",
}
MARKS: Mapping[AvailabilityState, str] = {
    "taking": "",
    "waiting_list": "Waiting list",
    "paused": "Not taking referrals",
    "closed_today": "Closed today",
}
"""The same where there is room for a word or three. What everybody expects has none."""
LONGEST_WAIT = 120
LONGEST_NOTE = 300
_LONDON = ZoneInfo("Europe/London")


class Availability(Value):
    """``until`` is the last day of it, where it is known. ``wait``: how long, such as "about 3 weeks"."""

    state: AvailabilityState
    wait: Annotated[str, Field(max_length=LONGEST_WAIT)] = ""
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    until: date | None = None
    said_at: AwareDatetime

    @property
    def first_day(self) -> date:
        """The day on which it was said, by the clock in London."""
        return self.said_at.astimezone(_LONDON).date()

    @property
    def last_day(self) -> date | None:
        """None: it counts until somebody says something else."""
        return self.first_day if self.state == "closed_today" else self.until

    @property
    def pauses(self) -> bool:
        """Nobody can be referred meanwhile."""
        return self.state in {"paused", "closed_today"}

    def on(self, day: date) -> "Availability | None":
        """This, where it counts on that day."""
        begun = self.first_day <= day
        return self if begun and (self.last_day is None or day <= self.last_day) else None

    @property
    def heading(self) -> str:
        return HEADINGS[self.state]

    @property
    def mark(self) -> str:
        return MARKS[self.state]

    @property
    def in_short(self) -> tuple[str, ...]:
        """How it is, how long the wait is, and when it ends: all but their note."""
        wait = f"The wait: {self.wait.removesuffix('.')}." if self.wait else ""
        return tuple(filter(None, (f"{self.heading}.", wait, self._end())))

    @property
    def beside_mark(self) -> tuple[str, ...]:
        """What the mark does not say already."""
        return self.in_short[1:] if self.mark else self.in_short

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, with their note, and when they said so."""
        note = (f"They say: “{self.note}”",) if self.note else ()
        return (*self.in_short, *note, f"They said so on {_in_words(self.first_day)}.")

    def _end(self) -> str:
        if self.until is None or self.state == "closed_today":
            return ""
        if self.state == "paused":
            return f"They expect to start again on {_in_words(self.until + timedelta(days=1))}."
        return f"They expect this until {_in_words(self.until)}."


def _in_words(day: date) -> str:
    return date_in_words(day.isoformat())
