"""When a service is open, by the clock in London."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from app.directory.value import Value

LONDON = ZoneInfo("Europe/London")
LOOK_AHEAD = timedelta(days=8)
_DAY = timedelta(days=1)
_MINUTES_A_DAY = 24 * 60
_MINUTES_A_WEEK = 7 * _MINUTES_A_DAY


def _check_clock_time(value: Any) -> Any:
    """YAML reads 10:30 without quotes as a number of minutes."""
    if isinstance(value, int):
        raise ValueError('is not a time: put it in quotes, such as "09:00"')
    if isinstance(value, str) and not _is_clock_time(value):
        raise ValueError('is not a time: write it from "00:00" to "23:59", with two digits each')
    return value


def _is_clock_time(text: str) -> bool:
    hour, colon, minute = text[:2], text[2:3], text[3:]
    digits = text.isascii() and hour.isdigit() and minute.isdigit() and len(text) == len("09:00")
    return digits and colon == ":" and int(hour) < 24 and int(minute) < 60


Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
ClockTime = Annotated[str, BeforeValidator(_check_clock_time)]


class OpeningTime(Value):
    """One span of a weekday. What closes at or before it opens, closes on the next day."""

    day: Weekday
    opens: ClockTime
    closes: ClockTime

    @property
    def overnight(self) -> bool:
        """Whether it closes on the next day."""
        return self.closes <= self.opens


class Hours(Value):
    """When it is open: ``times`` in the order of the week, and a note, such as about public holidays."""

    times: tuple[OpeningTime, ...] = ()
    note: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    source: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class OpenState:
    """Whether it is open at a moment, and the moment in London when that changes.

    ``changes`` is None where nothing changes within ``LOOK_AHEAD``.
    """

    is_open: bool
    changes: datetime | None


def state_at(hours: Hours | None, moment: datetime) -> OpenState | None:
    """Whether it is open at an aware moment. None: no times are known, which is never “closed”.

    A time that the clock leaps over is the moment of the leap; one that it shows twice is the first of the two.
    """
    if hours is None or not hours.times:
        return None
    end = moment + LOOK_AHEAD
    for opens, closes in _joined(_spans(hours.times, moment)):
        if opens <= moment < closes:
            return OpenState(True, closes.astimezone(LONDON) if closes <= end else None)
        if opens > moment:
            return OpenState(False, opens.astimezone(LONDON) if opens <= end else None)
    return OpenState(False, None)


Span = tuple[datetime, datetime]


def _spans(times: Sequence[OpeningTime], moment: datetime) -> Iterator[Span]:
    """Every time that it is open from the day before the moment to the end of what is looked at, in UTC."""
    first = moment.astimezone(LONDON).date() - _DAY
    for number in range(LOOK_AHEAD.days + 3):
        day = first + number * _DAY
        for span in times:
            if WEEKDAYS[day.weekday()] == span.day:
                yield _instant(day, span.opens), _instant(day + _DAY * span.overnight, span.closes)


def _instant(day: date, clock: str) -> datetime:
    """The first moment at which the clock shows this time, or a later one, in UTC."""
    shown = datetime.combine(day, time.fromisoformat(clock), LONDON)
    moment = shown.astimezone(UTC)
    exists = moment.astimezone(LONDON).replace(tzinfo=None) == shown.replace(tzinfo=None)
    # In London the clock leaps at a whole hour, by one hour.
    return moment if exists else moment.replace(minute=0)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """In their order, with those that touch or overlap made one. What is left of none is left out."""
    joined: list[Span] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(closes, joined[-1][1])
        elif opens < closes:
            joined.append((opens, closes))
    return joined


def overlapping(times: Sequence[OpeningTime]) -> tuple[int, ...]:
    """The numbers of the spans that share a minute of the week with an earlier one; the first is 0."""
    taken: set[int] = set()
    found = []
    for number, span in enumerate(times):
        minutes = _minutes_of_the_week(span)
        if taken & minutes:
            found.append(number)
        taken |= minutes
    return tuple(found)


def _minutes_of_the_week(span: OpeningTime) -> set[int]:
    opens, closes = _minute(span.opens), _minute(span.closes) + _MINUTES_A_DAY * span.overnight
    day = WEEKDAYS.index(span.day) * _MINUTES_A_DAY
    return {(day + minute) % _MINUTES_A_WEEK for minute in range(opens, closes)}


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
