"""Where facts were read: papers and pages, and how they are cited."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from app.directory.dates import PartialDate, date_in_words
from app.directory.value import Slug, Text, Value
from app.eligibility.rules import Citation

DIRECTORY = "directory"
"""Who says what the people who look after the directory wrote themselves."""
OTHER_LIST = "other-list"
"""Who says what came in with the list of another directory; ``at`` is what that list is called here."""


class Source(Value):
    """Where a fact was read: one of the published papers with the place in it, or a web page; or who told us.

    ``said_by`` is the organisation that runs the service, ``DIRECTORY`` or ``OTHER_LIST``; ``dated`` is the day on
    which it told us.
    """

    paper: str | None = None
    at: str | None = None
    page: str | None = None
    dated: PartialDate | None = None
    read: PartialDate
    said_by: Slug | None = None


class Paper(Value):
    """One of the published papers that listings cite by number. ``body`` published it, or took it."""

    title: Text
    body: Text
    dated: PartialDate


def papers_from(data: Mapping[str, Any]) -> dict[str, Paper]:
    """Reads the data of ``seed/papers.yaml``."""
    return {number: Paper.model_validate(body) for number, body in data.items()}


def citation(source: Source, papers: Mapping[str, Paper]) -> Citation:
    """Where a fact was read, or who told us, in words, with the address where it is a page."""
    if source.said_by == OTHER_LIST:
        return Citation(f"The list “{source.at}” of another directory, {date_in_words(source.dated or source.read)}")
    if source.said_by:
        who = "The directory team" if source.said_by == DIRECTORY else "The people who run it"
        return Citation(f"{who}, {date_in_words(source.dated or source.read)}")
    if source.page:
        dated = f", {date_in_words(source.dated)}" if source.dated else ""
        return Citation(f"{urlsplit(source.page).netloc.removeprefix('www.')}{dated}", source.page)
    paper = papers[source.paper or ""]
    place = f", {source.at}" if source.at else ""
    return Citation(f"{paper.title} ({paper.body}, {date_in_words(paper.dated)}){place}")
