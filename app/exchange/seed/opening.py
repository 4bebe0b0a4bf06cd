"""Checks opening hours and languages: nothing is given twice, and no two spans overlap."""

from collections.abc import Iterator

from app.directory.listing import Listing
from app.directory.opening import overlapping
from app.exchange.seed.plain_yaml import Document, Problem


def check_opening(listing: Listing, document: Document) -> Iterator[Problem]:
    """What is wrong with the hours and the languages of one listing."""
    if listing.hours:
        if not listing.hours.times and not listing.hours.note:
            yield document.problem("“hours” says nothing. Give times or a note, or take it out.", "hours")
        for number in overlapping(listing.hours.times):
            span = listing.hours.times[number]
            message = (
                f"{span.day.capitalize()}, {span.opens} to {span.closes}, overlaps another time of “hours”. "
                "Correct one, or make one of them."
            )
            yield document.problem(message, "hours", "times", number)
    seen: set[str] = set()
    for number, language in enumerate(listing.languages):
        name = " ".join(language.name.split()).casefold()
        if name in seen:
            yield document.problem(f"The language “{language.name}” is given twice. Keep one.", "languages", number)
        seen.add(name)
