"""How fresh a page is, in words: when it was confirmed, changed and put here, and how new what we read is.

The pages that we read and what those who run a service confirm are two things: a page of theirs from February says
nothing of what somebody of theirs confirmed here.
"""

from datetime import date, datetime

from flask import Flask

from app.directory.dates import date_in_words, first_day
from app.directory.freshness import Freshness, day_in_london
from app.directory.listing import Listing
from app.directory.sources import DIRECTORY, OTHER_LIST, Source

from ..words import best_contact

NOT_LATELY = "Not confirmed lately"
"""The mark in lists."""


def register(app: Flask) -> None:
    app.jinja_env.globals |= {
        "NOT_CONFIRMED_LATELY": NOT_LATELY,
        "fresh_as_lines": as_lines,
        "fresh_in_a_word": in_a_word,
        "fresh_in_short": in_short,
        "newest_page": newest_page,
        "nobody_since": nobody_since,
        "overdue_words": overdue_words,
    }


def in_short(listing: Listing, fresh: Freshness) -> str:
    """In a line: how new the pages are from which we know the status, and who confirmed ours."""
    return " ".join(filter(None, (newest_page(listing), confirmed(listing, fresh))))


def newest_page(listing: Listing) -> str:
    """How new the pages are from which we know the status; empty where we know it from no page."""
    if not _pages(listing):
        return ""
    month = _newest(listing)
    return f"{_says(listing)}: {month}." if month else "The pages we read show no date."


def confirmed(listing: Listing, fresh: Freshness) -> str:
    """Who confirmed the page, and when."""
    run, runs = ("ran", "ran") if listing.status == "closed" else ("run", "runs")
    if fresh.assured_at:
        who = "The directory team" if fresh.assured_by == "directory_team" else f"The people who {run} it"
        return f"{who} confirmed this page on {_day(fresh.assured_at)}."
    if told := _told(listing):
        part = f"The people who {run} it told us a part of this page, last on {date_in_words(told)}."
        return f"{part} They have not confirmed all of it."
    return f"Nobody who {runs} it has confirmed this page."


def as_lines(listing: Listing, fresh: Freshness) -> dict[str, str]:
    """The three dates, each under its name, and how new what we read is."""
    month = _newest(listing)
    read = {_says(listing): f"{month}." if month else "The pages show no date."} if _pages(listing) else {}
    return {
        "Confirmed": confirmed(listing, fresh),
        "Last changed": f"{_day(fresh.changed_at)}." if fresh.changed_at else "Not since it was put here.",
        "Put here": _put_here(listing, fresh),
        **read,
    }


def _put_here(listing: Listing, fresh: Freshness) -> str:
    if fresh.imported_at is None:
        return "We have no date."
    if any(listing.sources[key].said_by == OTHER_LIST for key in listing.status_note.source):
        return f"{_day(fresh.imported_at)}. It came with the list of another directory."
    return f"{_day(fresh.imported_at)}. We wrote it from the pages under “Where each fact comes from”."


def in_a_word(listing: Listing, fresh: Freshness) -> str:
    """When it was confirmed, where there is room for a few words."""
    if fresh.assured_at:
        return f"{_day(fresh.assured_at)}{', by us' if fresh.assured_by == 'directory_team' else ''}"
    if told := _told(listing):
        return f"In part: {_to_the_month(told)}"
    newest = _newest(listing)
    return f"Not yet. Newest page: {newest}" if newest else "Not yet"


def overdue_words(listing: Listing, fresh: Freshness) -> str:
    """Of a page that was not confirmed in time: since when, and what to do."""
    best = best_contact(listing.contacts)
    how = ("Ring" if best.type == "phone" else "Get in touch") if best else "Ask"
    return f"{nobody_since(fresh)} Some of it may have changed. {how} before you go."


def nobody_since(fresh: Freshness) -> str:
    """From the day from which its time was counted."""
    if fresh.assured_at:
        return f"Nobody has confirmed what we say here since {_day(fresh.assured_at)}."
    came_in = fresh.imported_at or fresh.changed_at
    put_here = f" We put it here on {_day(came_in)}." if came_in else ""
    return f"Nobody has confirmed what we say here.{put_here}"


def _day(moment: datetime) -> str:
    return date_in_words(day_in_london(moment).isoformat())


def _says(listing: Listing) -> str:
    return "Newest page that says it runs" if listing.status == "live" else "Newest page we go by"


def _told(listing: Listing) -> str:
    """The newest day on which the people who run it told us something; empty where they never did."""
    theirs = (source for source in listing.sources.values() if source.said_by not in {None, DIRECTORY, OTHER_LIST})
    return max((source.dated or source.read for source in theirs), key=_how_new, default="")


def _pages(listing: Listing) -> list[Source]:
    """The papers and pages from which we know the status."""
    return [source for source in map(listing.sources.__getitem__, listing.status_note.source) if not source.said_by]


def _newest(listing: Listing) -> str:
    dates = [source.dated for source in _pages(listing) if source.dated]
    return _to_the_month(max(dates, key=_how_new)) if dates else ""


def _how_new(dated: str) -> tuple[date, int]:
    """A page that gives a year alone may be of its first day."""
    return first_day(dated), len(dated)


def _to_the_month(dated: str) -> str:
    return date_in_words(dated[: len("2026-02")]) if "-" in dated else f"{dated}, with no month"
