"""Opening hours on pages: the lines of the week, and whether it is open as the page is made."""

from datetime import UTC, datetime

from flask import Flask

from app.actions.today import today
from app.current import current_catalogue
from app.directory import opening_words
from app.directory.listing import Listing


def register(app: Flask) -> None:
    app.jinja_env.globals |= {
        "open_now": open_now,
        "open_now_in_short": open_now_in_short,
        "opening_lines": opening_words.lines_of,
    }


def open_now(listing: Listing) -> str:
    """In a sentence or two; empty where it is not known."""
    return "" if _not_by_the_hours(listing) else opening_words.open_now(listing.hours, datetime.now(UTC))


def open_now_in_short(listing: Listing) -> str:
    """In two words; empty where it is not known."""
    return "" if _not_by_the_hours(listing) else opening_words.open_now_in_short(listing.hours, datetime.now(UTC))


def _not_by_the_hours(listing: Listing) -> bool:
    """Whether it is closed for good, or said that it is closed today: then the usual hours would mislead."""
    if listing.status == "closed" or listing.hours is None:
        return True
    said = current_catalogue().said_on(listing.id, today())
    return said is not None and said.state == "closed_today"
