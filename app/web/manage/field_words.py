"""What the fields of a listing are called on the pages for those who look after it."""

from collections.abc import Mapping

from ..words import ROUTES, practical_questions

FIELD_WORDS: Mapping[str, str] = {
    "name": "Name",
    "summary": "Summary",
    "aliases": "Other names",
    "commissioner": "Who pays for it",
    "offers": "What you get",
    "goals": "What it helps with",
    "area": "Where it works",
    "contacts": "Ways to get in touch",
    "hours": "Opening hours",
    "hours_note": "Note on opening hours",
    "languages": "Languages",
    "access": "Access",
    "practical": "What people ask first",
    "referral": "Ways to be referred",
    "notes": "Good to know",
    "unknown": "What we do not know",
    "status": "Open or closed",
    "status_note": "How we know",
    "opened": "Opened",
    "closed": "Closed",
    "successors": "What took over",
    "see_instead": "What to look at instead",
    "rules": "Who can use it",
}
"""By field of ``Edited``."""

SECTION_WORDS: Mapping[str, str] = {
    "about": "Name and summary",
    "offers": "What you get",
    "area": "Where it works",
    "who": "Who can use this service?",
    "contacts": "Ways to get in touch",
    "hours": "Opening hours",
    "access": "Languages and access",
    "practical": "What people ask first",
    "referral": "Ways to be referred",
    "notes": "Good to know",
    "open": "Open or closed",
}
"""By part of the form."""

STATUS_WORDS: Mapping[str, str] = {"live": "Open", "check_first": "Check first", "closed": "Closed"}


def field_label(field: str, key: str = "") -> str:
    """What a field is called. ``key``: the id of a practical question, which is then the label."""
    return practical_questions().get(key) or FIELD_WORDS.get(field, field)


def place_label(place: str) -> str:
    """The same for ``summary`` or ``practical-free``, as comments and clashes are kept."""
    field, _, key = place.partition("-")
    return field_label(field, key)


def route_label(route: str) -> str:
    """Who refers, in words."""
    return ROUTES.get(route, route)
