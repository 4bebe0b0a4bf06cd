"""Opening hours in words: the lines of the week, and whether it is open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from app.directory.dates import date_in_words
from app.directory.opening import LONDON, WEEKDAYS, Hours, OpeningTime, state_at

_WEEK = 7
_FEWEST_TO_JOIN = 3


@dataclass(frozen=True)
class Line:
    """Days that have the same hours: “Monday to Friday” and “9am to 5pm”."""

    days: str
    times: str

    def __str__(self) -> str:
        return f"{self.days}, {self.times}"


def lines_of(hours: Hours) -> tuple[Line, ...]:
    """The week in a few lines, by the first day of each. Days of which nothing is known are left out."""
    by_day = {day: _times(hours.times, day) for day in WEEKDAYS}
    known = dict.fromkeys(times for times in by_day.values() if times)
    return tuple(Line(_days([day for day in WEEKDAYS if by_day[day] == times]), times) for times in known)


def _times(times: Sequence[OpeningTime], day: str) -> str:
    spans = sorted((span.opens, span.closes, span.overnight) for span in times if span.day == day)
    return _listed([_span(*span) for span in dict.fromkeys(spans)])


def _span(opens: str, closes: str, overnight: bool) -> str:
    if opens == closes == "00:00":
        return "24 hours"
    next_day = " the next day" if overnight and closes != "00:00" else ""
    return f"{clock_in_words(opens)} to {clock_in_words(closes)}{next_day}"


def _days(days: Sequence[str]) -> str:
    """Three days or more in a row are joined: Monday to Wednesday, Friday and Saturday."""
    if len(days) == _WEEK:
        return "Every day"
    numbers = [WEEKDAYS.index(day) for day in WEEKDAYS if day in days]
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda item: item[1] - item[0])]
    words = []
    for run in runs:
        names = [WEEKDAYS[number].capitalize() for number in run]
        words += [f"{names[0]} to {names[-1]}"] if len(names) >= _FEWEST_TO_JOIN else names
    return _listed(words)


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def clock_in_words(clock: str) -> str:
    """09:00 → 9am; 12:30 → 12.30pm; 12:00 → midday; 00:00 → midnight."""
    if clock in {"00:00", "12:00"}:
        return "midnight" if clock == "00:00" else "midday"
    hour, minute = int(clock[:2]), clock[3:]
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{'' if minute == '00' else f'.{minute}'}{half}"


def open_now(hours: Hours | None, moment: datetime) -> str:
    """“Open now until 5pm.” or “Closed now. Opens on Monday at 9am.”; empty where no times are known."""
    state = state_at(hours, moment)
    if state is None:
        return ""
    today = moment.astimezone(LONDON).date()
    if state.is_open:
        return f"Open now until {_when(state.changes, today)}." if state.changes else "Open now."
    return f"Closed now. Opens {_when(state.changes, today, on='on ', at='at ')}." if state.changes else "Closed now."


def open_now_in_short(hours: Hours | None, moment: datetime) -> str:
    """“Open now” or “Closed now”, where there is room for no more; empty where no times are known."""
    state = state_at(hours, moment)
    if state is None:
        return ""
    return "Open now" if state.is_open else "Closed now"


def _when(change: datetime, today: date, *, on: str = "", at: str = "") -> str:
    """The clock alone where it is today; else with the day, and from a week on with the date.

    ``on`` and ``at`` come before the day and the clock where the sentence needs them.
    """
    clock, day = clock_in_words(f"{change:%H:%M}"), _day_in_speech(change)
    days = (day - today).days
    if days == 0:
        return f"{at}{clock}"
    if days == 1:
        return f"tomorrow at {clock}"
    date_words = f" {date_in_words(day.isoformat())}" if days >= _WEEK else ""
    return f"{on}{WEEKDAYS[day.weekday()].capitalize()}{date_words} at {clock}"


def _day_in_speech(change: datetime) -> date:
    """Midnight is the end of a day."""
    return (change - timedelta(minutes=1)).date() if f"{change:%H:%M}" == "00:00" else change.date()
