"""Days, months and years, as sources give them."""

import calendar
import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def _as_text(value: Any) -> Any:
    """YAML reads 2024 as a number and 2024-10-01 as a date; both are written back as they stood."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _check_partial_date(value: Any) -> Any:
    text = _as_text(value)
    if not isinstance(text, str) or not (found := _PARTIAL_DATE.fullmatch(text)):
        raise ValueError("is not a date: write a day (2024-10-01), a month (2024-10) or a year (2024)")
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError("is not a date: there is no such day") from error
    return text


PartialDate = Annotated[str, BeforeValidator(_check_partial_date)]


def typed_day(year: str, month: str, day: str) -> date | None:
    """The day that somebody typed into three fields; None where there is no such day, or a field is empty."""
    parts = [part.strip() for part in (year, month, day)]
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != len("2026"):
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def first_day(partial: str) -> date:
    """The first day of a partial date: 2024-10 → 1 October 2024."""
    year, month, day = ([int(part) for part in partial.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(partial: str) -> date:
    """The last day of a partial date: 2024-10 → 31 October 2024."""
    parts = [int(part) for part in partial.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def date_in_words(partial: str) -> str:
    """2025-02-03 → 3 February 2025; 2025-02 → February 2025; 2025 → 2025."""
    parts = partial.split("-")
    words = [str(int(part)) for part in parts[2:]] + [calendar.month_name[int(part)] for part in parts[1:2]] + parts[:1]
    return " ".join(words)
