"""How pages say what a listing holds: short words for areas, ways in, contacts, dates and sources."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from flask import Flask

from app.directory.dates import date_in_words, first_day
from app.directory.listing import BOROUGHS, Contact, Grade, Listing, ReachThrough, ReferralRoute
from app.directory.sources import DIRECTORY, Paper, Source, citation

WIDE_AREAS = {
    "ncl": "All five boroughs",
    "london": "All of London",
    "national": "The whole country",
}
ROUTES = {
    "self": "Yourself",
    "gp": "GP",
    "health_professional": "Health worker",
    "employer": "Employer",
    "jcp": "Jobcentre",
    "local_authority": "Council",
    "vcs": "Charity",
    "other": "Another way",
}
REFERRERS = {"me": ("self",), "patient": ("health_professional", "gp"), "employee": ("employer",), "family": ("self",)}
PRACTICAL = {
    "free": "Is it free?",
    "voluntary": "Is it {my} choice to take part?",
    "benefits": "Will it affect {my} benefits?",
    "employer_told": "Will {my} employer be told?",
    "gp_told": "Will {my} GP be told?",
    "phone": "Can {i} do it by phone?",
    "online": "Can {i} do it online?",
    "in_person": "Can {i} meet somebody in person?",
    "interpreter": "Can {i} have an interpreter?",
    "step_free": "Can {i} get in without steps?",
    "wait": "How long is the wait, and how long does it last?",
}
OPENINGS = {
    "me": "Hello. I would like to know about {name}. Can I join, and what happens next?",
    "patient": "Hello. I would like to refer somebody to {name}. Are they a match, and what happens next?",
    "employee": "Hello. Somebody I employ could use {name}. Can they join, and what happens next?",
    "family": "Hello. Somebody in my family could use {name}. Can they join, and what happens next?",
}
CHANNELS = {"phone": "Phone", "text": "Text", "email": "Email", "web": "Website", "address": "Address", "ask": "Ask"}
STATES = {"met": "Yes", "open": "Still to check", "not_met": "Does not fit", "unknown": "Not known"}
MOST_CONDITIONS = 4
"""Conditions in the one line that a search result has for them."""
DOUBTED: frozenset[Grade] = frozenset({"seed_only", "weak"})
"""How well a contact is known when nobody but one leaflet, or a page by strangers, gives it."""
DIALLED = re.compile(r"\+?[0-9 ]+")
"""What a telephone takes: "18001 then 0800 …" is for people to read."""


@dataclass(frozen=True)
class NumberedSource:
    """A source as it stands at the foot of a page. ``read``: empty where nothing was read, since somebody told us."""

    number: int
    label: str
    address: str
    dated: str
    read: str


def register(app: Flask) -> None:
    app.jinja_env.filters |= {
        "area": area,
        "in_words": date_in_words,
        "listed": listed,
        "address_of": address_of,
        "doubt": doubt,
        "routes_for": routes_for,
    }
    app.jinja_env.globals |= {
        "BOROUGH_NAMES": {borough: borough.title() for borough in BOROUGHS},
        "CHANNELS": CHANNELS,
        "OPENINGS": OPENINGS,
        "ROUTES": ROUTES,
        "MOST_CONDITIONS": MOST_CONDITIONS,
        "STATES": STATES,
        "best_contact": best_contact,
        "newest_month": newest_month,
        "newest_page": newest_page,
        "open_doors": open_doors,
        "practical_questions": practical_questions,
    }


def listed(words: Sequence[str]) -> str:
    """["A", "B", "C"] → "A, B and C"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def area(areas: Sequence[str]) -> str:
    """Where a service is, as a reader would say it."""
    boroughs = [borough for borough in BOROUGHS if borough in areas]
    wide = [words for id_, words in WIDE_AREAS.items() if id_ in areas]
    if len(boroughs) == len(BOROUGHS):
        boroughs, wide = [], wide or [WIDE_AREAS["ncl"]]
    return listed([borough.title() for borough in boroughs] + wide)


def address_of(contact: Contact) -> str:
    """What a tap on the contact opens; empty where there is nothing to open. Nothing is opened but by the reader."""
    match contact.type:
        case "phone" | "text":
            scheme = "tel:" if contact.type == "phone" else "sms:"
            return scheme + contact.value.replace(" ", "") if DIALLED.fullmatch(contact.value) else ""
        case "email":
            return "mailto:" + contact.value
        case "web":
            return contact.value if contact.value.startswith(("https://", "http://")) else ""
        case "address":
            return "https://www.openstreetmap.org/search?query=" + quote(contact.value)
        case _:
            return ""


def best_contact(contacts: Sequence[Contact]) -> Contact | None:
    """The one to show where there is room for one: a phone number first."""
    order = ("phone", "text", "email", "web", "address", "ask")
    public = [contact for contact in contacts if contact.audience is None]
    return min(public, key=lambda contact: (contact.old, order.index(contact.type)), default=None)


def doubt(contact: Contact) -> str:
    """A short mark for a contact that may be wrong; empty for the others."""
    if contact.old:
        return "old number: check" if contact.type in {"phone", "text"} else "old: check"
    return "not confirmed" if contact.grade in DOUBTED else ""


def open_doors(listing: Listing, boroughs: frozenset[str]) -> list[ReachThrough]:
    """The listings that lead to this one, for people of these boroughs; empty: we do not know of which they are."""
    return [door for door in listing.reach_through if door.is_for(boroughs)]


def routes_for(listing: Listing, person: str) -> list[ReferralRoute]:
    """Ways in, first those that the reader can take."""
    mine = REFERRERS.get(person, ())
    return sorted(listing.referral, key=lambda route: route.route not in mine)


def practical_questions(person: str = "me") -> dict[str, str]:
    """What people ask before they start, by id, as somebody asks for themselves or for another person."""
    i, my = ("I", "my") if person == "me" else ("they", "their")
    questions = {id_: question.format(i=i, my=my) for id_, question in PRACTICAL.items()}
    return questions | ({"employer_told": "Will you, the employer, be told?"} if person == "employee" else {})


def newest_page(listing: Listing) -> str:
    """How new the pages are from which we know the status, and when those who run it last told us something."""
    closed, told = listing.status == "closed", _told(listing)
    if told:
        word = f"The people who {'ran' if closed else 'run'} it told us about it, last on {date_in_words(told)}."
    else:
        word = f"Nobody who {'ran' if closed else 'runs'} it has confirmed this page."
    if not _pages(listing):
        return word
    says = "Newest page that says it runs" if listing.status == "live" else "Newest page we go by"
    month = _newest(listing)
    return f"{says}: {month}. {word}" if month else f"The pages we read show no date. {word}"


def newest_month(listing: Listing) -> str:
    """The same in a word or two, where there is no room for more."""
    told = _told(listing)
    return f"{_to_the_month(told)}, from them" if told else f"{_newest(listing) or 'No date'}, not confirmed"


def _told(listing: Listing) -> str:
    """The newest day on which the people who run it told us something; empty where they never did."""
    theirs = (source for source in listing.sources.values() if source.said_by not in {None, DIRECTORY})
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


def numbered_sources(listing: Listing, papers: Mapping[str, Paper]) -> dict[str, NumberedSource]:
    """The listing's sources by key, numbered in the order in which they are written."""
    return {
        key: _numbered(number, source, papers) for number, (key, source) in enumerate(listing.sources.items(), start=1)
    }


def _numbered(number: int, source: Source, papers: Mapping[str, Paper]) -> NumberedSource:
    cited = citation(source, papers)
    dated = date_in_words(source.dated) if source.dated else ""
    read = "" if source.said_by else date_in_words(source.read)
    return NumberedSource(number, cited.label, cited.address, dated, read)
