"""How pages say what a listing holds: short words for areas, ways in, contacts, dates and sources."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask

from app.directory.dates import date_in_words
from app.directory.known_contacts import check_of_contact, may_be_old
from app.directory.listing import BOROUGHS, Contact, Grade, Listing, ReachThrough, ReferralRoute
from app.directory.sources import Paper, Source, citation

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
CHECKED = {
    "phone": "number",
    "text": "number",
    "email": "email address",
    "web": "web address",
    "address": "address",
    "ask": "contact",
}
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
        "checked": checked,
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
    return min(public, key=lambda one: (_is_wrong(one), may_be_old(one), order.index(one.type)), default=None)


def doubt(contact: Contact) -> str:
    """A short mark for a contact that may be wrong; empty for the others. What was found out last counts alone."""
    if check := check_of_contact(contact):
        tried = f"wrong when we tried on {date_in_words(check.checked_on.isoformat())}"
        return tried if _is_wrong(contact) else ""
    if contact.old:
        return "old number: check" if contact.type in {"phone", "text"} else "old: check"
    return "not confirmed" if contact.grade in DOUBTED else ""


def checked(contact: Contact) -> str:
    """When somebody found out that a contact is right, as a sentence; empty where nobody did."""
    check = check_of_contact(contact)
    if check is None or _is_wrong(contact):
        return ""
    return f"We checked this {CHECKED[contact.type]} on {date_in_words(check.checked_on.isoformat())}."


def _is_wrong(contact: Contact) -> bool:
    check = check_of_contact(contact)
    return check is not None and check.outcome != "right"


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
