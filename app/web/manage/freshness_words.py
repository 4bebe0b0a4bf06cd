"""How fresh a listing is, in words for whoever looks after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.directory.dates import date_in_words
from app.directory.freshness import Freshness, ReviewDays, day_in_london

REVIEW_WORDS: Mapping[ReviewDays, str] = {
    30: "Every 30 days",
    90: "Every 3 months",
    180: "Every 6 months",
    365: "Every year",
}
BY_WHOM = {"organisation": "by the organisation", "directory_team": "by the directory team", None: ""}
READERS_ARE_TOLD = "The public page says that nobody has confirmed it. It stands lower in lists."


@dataclass(frozen=True)
class Told:
    """``mark`` is empty where nobody needs to do anything. ``dates`` are (what happened, when) of all three."""

    mark: str
    sentence: str
    dates: tuple[tuple[str, str], ...]


def told(freshness: Freshness, status: str, day: date) -> Told:
    """``status`` is that of the listing: a closed one is never due."""
    if status == "closed":
        return Told("", "The service has closed. We do not ask you about it.", tuple(_dates(freshness)))
    if not freshness.is_due_on(day):
        return Told("", f"We will ask you again on {in_words(freshness.due_on)}.", tuple(_dates(freshness)))
    since = (
        f"It has been due since {in_words(freshness.due_on)}." if freshness.due_on else "We do not know how old it is."
    )
    if freshness.is_overdue_on(day):
        return Told("Overdue", f"{since} {READERS_ARE_TOLD}", tuple(_dates(freshness)))
    return Told("Please confirm", since, tuple(_dates(freshness)))


def in_words(day: date | None) -> str:
    """22 November 2026; empty where there is none."""
    return date_in_words(day.isoformat()) if day else ""


def _dates(freshness: Freshness) -> Iterator[tuple[str, str]]:
    confirmed = _day(freshness.assured_at) and f"{_day(freshness.assured_at)}, {BY_WHOM[freshness.assured_by]}"
    yield "Confirmed", confirmed.removesuffix(", ") or "never"
    yield "Last changed", _day(freshness.changed_at) or "never"
    yield "Put here", _day(freshness.imported_at) or "no date is known"


def _day(moment: datetime | None) -> str:
    return in_words(day_in_london(moment)) if moment else ""
