"""When a service is open, from the schedules of the standard."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.directory.opening import WEEKDAYS, OpeningTime, overlapping
from app.exchange.oruk.reading.contacts import locations_of, places_of
from app.exchange.oruk.reading.mending import Mending
from app.exchange.oruk.reading.texts import beginning, text_of

_DAYS = {day[:2].upper(): day for day in WEEKDAYS}
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[:.]([0-5][0-9])(?:[:.][0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9:]{2,6})?")
_LONGEST_NOTE = 300
Row = Mapping[str, Any]


def hours_of(row: Row, today: date, mending: Mending) -> dict[str, Any] | None:
    """As fields of ``Hours`` without the source; None where nothing is said."""
    times: list[OpeningTime] = []
    notes: dict[str, None] = {}
    for owner in (row, *places_of(row, mending), *locations_of(row, mending)):
        for schedule in mending.dicts(owner, "schedules"):
            if _is_over(schedule, today):
                mending.say("Opening hours that are over were left out.")
                continue
            times += _times(schedule, mending)
            notes |= dict.fromkeys(filter(None, (mending.text(schedule, field) for field in ("description", "notes"))))
    note, rest = beginning(" ".join(notes), _LONGEST_NOTE)
    mending.note(rest)
    times = sorted(dict.fromkeys(times), key=lambda time: (WEEKDAYS.index(time.day), time.opens, time.closes))
    double = set(overlapping(times))
    if double:
        mending.say("Some opening hours overlap. The first of them counts.")
    kept = [time for number, time in enumerate(times) if number not in double]
    return {"times": [time.model_dump() for time in kept], "note": note or None} if kept or note else None


def _is_over(schedule: Row, today: date) -> bool:
    ends = text_of(schedule.get("valid_to"))[:10]
    return bool(ends) and ends < today.isoformat()


def _times(schedule: Row, mending: Mending) -> Iterator[OpeningTime]:
    opens, closes = _clock(schedule.get("opens_at")), _clock(schedule.get("closes_at"))
    days = [part.strip() for part in text_of(schedule.get("byday")).upper().split(",") if part.strip()]
    if not days and not opens and not closes:
        return
    weekly = text_of(schedule.get("freq")).upper() in {"", "WEEKLY"} and text_of(schedule.get("interval")) in {"", "1"}
    if not weekly or not opens or not closes or not days or not set(days) <= _DAYS.keys():
        mending.say("Some opening hours are not of every week. They are kept in the record alone.")
        return
    for day in days:
        yield OpeningTime.model_validate({"day": _DAYS[day], "opens": opens, "closes": closes})


def _clock(value: Any) -> str:
    """ "9:00:00" → "09:00"; empty for what is no time of the day."""
    found = _CLOCK.fullmatch(text_of(value))
    return f"{int(found[1]) % 24:02}:{found[2]}" if found else ""
