"""When a service is open, by the clock in London."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from app.directory.value import Value

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class OpeningTime(Value):
    """One span of a weekday. What closes at or before it opens, closes on the next day."""

    day: Weekday
    opens: ClockTime
    closes: ClockTime


class Hours(Value):
    """When it is open: ``times`` in the order of the week, and a note, such as about public holidays."""

    times: tuple[OpeningTime, ...] = ()
    note: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    source: tuple[str, ...] = Field(min_length=1)
