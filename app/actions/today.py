"""The day on which things are decided."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """The day in London."""
    return datetime.now(LONDON).date()
