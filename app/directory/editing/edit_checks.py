"""What is wrong with what somebody typed, as sentences for them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from app.directory.dates import first_day, last_day
from app.directory.editing.edit_rule_checks import wrong_in_rules
from app.directory.editing.edited import Edited, EditedContact, EditedTime
from app.directory.editing.tidying import normalised as normalised
from app.directory.editing.typed import has_words, is_day, is_email, is_phone, is_text_number, is_time, is_web, squeezed
from app.directory.listing import AreaId, PracticalId, ReferralRouteId
from app.directory.opening import WEEKDAYS, OpeningTime, overlapping
from app.eligibility.questions import Questionnaire

MOST_ITEMS = 40
MOST_ALIASES = 12
LONGEST = 600
"""Characters of a sentence."""
_LONGEST = {"name": 160, "aliases": 120, "languages": 60, "hours_note": 300, "unknown": 160}
_LONGEST_CONTACT = {"value": 400, "hours": 200, "note": 600}
_OLDEST_YEAR = 1800
_YEARS_AHEAD = 2

_NEEDED = {
    "name": "Enter the name of the service.",
    "summary": "Enter one sentence that says what the service does.",
    "status_note": "Say how you know that the service is open or closed, such as “Said by the team in March 2026.”",
}
_TEXTS = ("name", "summary", "commissioner", "hours_note", "status_note")
_LISTS = ("aliases", "offers", "languages", "access", "notes", "unknown")
_SHAPES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "phone": (is_phone, "Enter the phone number with its area code, such as 020 7946 0000."),
    "text": (is_text_number, "Enter the number that people text, such as 07700 900123 or 80800."),
    "email": (is_email, "Enter an email address in the correct format, like name@example.org."),
    "web": (is_web, "Enter the whole address of the page, such as https://www.example.org/jobs. Copy it if you can."),
    "address": (has_words, "Enter the address, with its postcode if you can."),
    "ask": (has_words, "Enter a sentence that says whom to ask, such as “Ask at your GP practice.”"),
}


@dataclass(frozen=True)
class Mistake:
    """``field`` is a field of ``Edited``. ``place`` ends the id of the input.

    Places are ``summary``, ``offers-0``, ``contacts-2-value``, ``hours-3-opens``, ``practical-free-text``; the field
    where no one input is wrong. Numbers count the items of the normalised value. Those of ``rules`` begin with ``who``:
    ``who-everyone-0-any_of``, ``who-routes-1-0-text``, ``who-routes-1``, ``who-since``; see ``edit_rule_checks``.
    """

    field: str
    place: str
    sentence: str


@dataclass(frozen=True)
class Known:
    """What must exist. ``listings`` is id → status, also of this one, whose id is ``own``.

    ``practical`` are the ids of the questions. ``today`` is the day in London. ``has_doors``: another listing leads to
    this one. Without a ``questionnaire`` nobody looks at what rules ask for.
    """

    own: str
    goals: Collection[str]
    listings: Mapping[str, str]
    practical: Collection[str]
    today: date
    has_doors: bool = False
    questionnaire: Questionnaire | None = None


def mistakes(edited: Edited, known: Known) -> tuple[Mistake, ...]:
    """What has to be put right before it can be public, in the order of the form. ``edited`` is normalised."""
    return (
        *_texts(edited),
        *_lists(edited),
        *_choices(edited, known),
        *_contacts(edited, known),
        *_hours(edited),
        *_practical(edited, known),
        *_referral(edited),
        *_dates(edited, known),
        *_status(edited),
        *_links(edited, known),
        *(Mistake("rules", *wrong) for wrong in wrong_in_rules(edited, known.questionnaire, known.today)),
    )


def _too_long(field: str, place: str, text: str, most: int) -> Iterator[Mistake]:
    if len(text) > most:
        yield Mistake(field, place, f"Shorten this to {most} characters or fewer. It has {len(text):,}.")


def _needs_words(field: str, place: str, text: str, sentence: str) -> Iterator[Mistake]:
    if not has_words(text):
        yield Mistake(field, place, sentence)


def _too_many(field: str, items: Sequence[object], most: int = MOST_ITEMS) -> Iterator[Mistake]:
    if len(items) > most:
        yield Mistake(field, field, f"Keep {most} of these or fewer. There are {len(items):,}.")


# Texts and lists


def _texts(edited: Edited) -> Iterator[Mistake]:
    for field in _TEXTS:
        text = getattr(edited, field)
        if text or field in _NEEDED:
            yield from _needs_words(field, field, text, _NEEDED.get(field, "Write this in words, or leave it empty."))
        yield from _too_long(field, field, text, _LONGEST.get(field, LONGEST))


def _lists(edited: Edited) -> Iterator[Mistake]:
    for field in _LISTS:
        items = getattr(edited, field)
        yield from _too_many(field, items, MOST_ALIASES if field == "aliases" else MOST_ITEMS)
        yield from _doubled(field, [(f"{field}-{number}", text.casefold()) for number, text in enumerate(items)])
        for number, text in enumerate(items):
            place = f"{field}-{number}"
            yield from _needs_words(field, place, text, "Write this in words, or take it out.")
            yield from _too_long(field, place, text, _LONGEST.get(field, LONGEST))


def _doubled(field: str, items: Sequence[tuple[str, object]]) -> Iterator[Mistake]:
    """``items`` are places with what may stand there once."""
    seen = set()
    for place, item in items:
        if item in seen:
            yield Mistake(field, place, "This is here twice. Take one of them out.")
        seen.add(item)


def _choices(edited: Edited, known: Known) -> Iterator[Mistake]:
    if not edited.area:
        yield Mistake("area", "area", "Choose where the service is: at least one area.")
    for field, choices in (("area", get_args(AreaId)), ("goals", known.goals)):
        chosen = getattr(edited, field)
        yield from _doubled(field, [(field, choice) for choice in chosen])
        if not set(chosen) <= set(choices):
            yield Mistake(field, field, "One of these is not among the choices. Choose from the list.")


# Getting in touch, opening hours, practical questions, ways in


def _contacts(edited: Edited, known: Known) -> Iterator[Mistake]:
    contacts = edited.contacts
    yield from _too_many("contacts", contacts)
    same = [(f"contacts-{number}-value", (one.type, squeezed(one.value))) for number, one in enumerate(contacts)]
    yield from _doubled("contacts", same)
    for number, contact in enumerate(contacts):
        yield from _contact(contact, f"contacts-{number}")
    if edited.status != "closed" and not known.has_doors and all(contact.professionals for contact in contacts):
        sentence = "Give at least one way to get in touch that is for everybody, such as a phone number."
        yield Mistake("contacts", "contacts", sentence)


def _contact(contact: EditedContact, place: str) -> Iterator[Mistake]:
    is_right, sentence = _SHAPES.get(contact.type, (None, ""))
    if not is_right:
        yield Mistake("contacts", f"{place}-type", "Choose what this is, such as a phone number or a web page.")
    elif not is_right(contact.value):
        yield Mistake("contacts", f"{place}-value", sentence)
    for part, most in _LONGEST_CONTACT.items():
        yield from _too_long("contacts", f"{place}-{part}", getattr(contact, part), most)


def _hours(edited: Edited) -> Iterator[Mistake]:
    yield from _too_many("hours", edited.hours)
    wrong = [mistake for number, time in enumerate(edited.hours) for mistake in _time(time, f"hours-{number}")]
    yield from wrong
    if not wrong and len(edited.hours) <= MOST_ITEMS:
        yield from _overlaps(edited.hours)


def _time(time: EditedTime, place: str) -> Iterator[Mistake]:
    if time.day not in WEEKDAYS:
        yield Mistake("hours", f"{place}-day", "Choose a day of the week.")
    for part, example in (("opens", "9am or 1.30pm"), ("closes", "5pm or 17:30")):
        if not is_time(getattr(time, part)):
            yield Mistake("hours", f"{place}-{part}", f"Enter the time with am or pm, such as {example}.")


def _overlaps(times: Sequence[EditedTime]) -> Iterator[Mistake]:
    for number in overlapping([OpeningTime.model_validate(time.model_dump()) for time in times]):
        sentence = "This meets another time of the same day. Correct one of them, or take one out."
        yield Mistake("hours", f"hours-{number}-opens", sentence)


def _practical(edited: Edited, known: Known) -> Iterator[Mistake]:
    for id_, said in edited.practical.items():
        place = f"practical-{id_}"
        if id_ not in known.practical or id_ not in get_args(PracticalId):
            yield Mistake("practical", place, "This question is not asked any more. Take the answer out.")
        if said.answer not in {"", "yes", "no", "partly"}:
            yield Mistake("practical", f"{place}-answer", "Choose yes, no or partly.")
        yield from _needs_words("practical", f"{place}-text", said.text, "Write the answer as a sentence.")
        yield from _too_long("practical", f"{place}-text", said.text, LONGEST)


def _referral(edited: Edited) -> Iterator[Mistake]:
    yield from _too_many("referral", edited.referral)
    for number, route in enumerate(edited.referral):
        place = f"referral-{number}"
        if route.route not in get_args(ReferralRouteId):
            yield Mistake("referral", f"{place}-route", "Choose who can refer somebody in this way.")
        yield from _needs_words("referral", f"{place}-text", route.text, "Write how this works as a sentence.")
        yield from _too_long("referral", f"{place}-text", route.text, LONGEST)


# Open or closed


def _dates(edited: Edited, known: Known) -> Iterator[Mistake]:
    days = {field: text for field in ("opened", "closed") if (text := getattr(edited, field))}
    for field, text in days.items():
        if not is_day(text):
            yield Mistake(field, field, "Enter a date that there is: a day, a month or a year.")
        elif not _OLDEST_YEAR <= first_day(text).year <= known.today.year + _YEARS_AHEAD:
            last = known.today.year + _YEARS_AHEAD
            yield Mistake(field, field, f"Check the year. It must be between {_OLDEST_YEAR} and {last}.")
    if len(days) == 2 and all(map(is_day, days.values())) and last_day(edited.closed) < first_day(edited.opened):
        yield Mistake("closed", "closed", "It closed before it opened. Correct one of the dates.")


def _status(edited: Edited) -> Iterator[Mistake]:
    if edited.status not in {"live", "check_first", "closed"}:
        yield Mistake("status", "status", "Choose whether the service is open.")
    if edited.status != "closed" and edited.closed:
        sentence = "It is not closed. Take the date of closing out, or say that it is closed."
        yield Mistake("closed", "closed", sentence)
    if edited.status == "live" and edited.successors:
        sentence = "It is open, so nothing took over from it. Take these out, or say that it is closed."
        yield Mistake("successors", "successors", sentence)


def _links(edited: Edited, known: Known) -> Iterator[Mistake]:
    closed = edited.status == "closed"
    if closed and not any(_is_open(target, known) for target in (*edited.successors, *edited.see_instead)):
        sentence = "It is closed, so say where people can go instead. Name at least one service that is open."
        yield Mistake("see_instead", "see_instead", sentence)
    for field in ("successors", "see_instead"):
        targets = getattr(edited, field)
        yield from _too_many(field, targets)
        yield from _doubled(field, [(f"{field}-{number}", target) for number, target in enumerate(targets)])
        for number, target in enumerate(targets):
            # What took over from a closed service may have closed since: that is history.
            yield from _link(field, f"{field}-{number}", target, known, may_be_closed=closed and field == "successors")


def _link(field: str, place: str, target: str, known: Known, *, may_be_closed: bool) -> Iterator[Mistake]:
    if target == known.own:
        yield Mistake(field, place, "This is the service itself. Name another one.")
    elif target not in known.listings:
        yield Mistake(field, place, "There is no such service in the directory. Choose another one.")
    elif known.listings[target] == "closed" and not may_be_closed:
        yield Mistake(field, place, "That service is closed. Choose one that is open.")


def _is_open(target: str, known: Known) -> bool:
    return target != known.own and known.listings.get(target, "closed") != "closed"
