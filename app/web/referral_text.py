"""The three texts of a referral: for the record, as a letter, and for the patient's phone.

The first two are sections of lines, so that one page can be read in a box, copied and printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.actions.referral import Door, Referral
from app.directory.dates import date_in_words
from app.directory.listing import Contact, PracticalFact
from app.directory.sources import Paper, citation
from app.eligibility.explain import Reason

from .words import CHANNELS, REFERRERS, best_contact, doubt, listed, newest_page, practical_questions, routes_for

PATIENT = "patient"
ROUTES_TOLD = 3
"""How many ways to refer are told, a professional's own first."""
CONTACTS_TOLD = 4
LONGEST_MESSAGE = 306
"""In the letters that phones count: two messages of 153."""
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})
"""One letter that is not of the phones' own alphabet makes a message half as long."""
DOUBLE = "[]{}~^|\\€"
"""What phones count as two letters."""


@dataclass(frozen=True)
class Section:
    """Lines under a heading. ``listed``: each line is an item of a list."""

    heading: str
    lines: tuple[str, ...]
    listed: bool = True

    @property
    def text(self) -> str:
        mark = "- " if self.listed else ""
        return "\n".join([*filter(None, [self.heading]), *(f"{mark}{line}" for line in self.lines)])


def as_text(sections: Sequence[Section]) -> str:
    """The sections, with an empty line between them."""
    return "\n\n".join(section.text for section in sections)


# For the record, and the letter


def record(referral: Referral, papers: Mapping[str, Paper]) -> tuple[Section, ...]:
    """What to paste into the record."""
    listing = referral.listing
    advice = [line.record for line in referral.advice]
    return (
        Section(f"Referral: {_full_name(referral)}", (f"What it is: {listing.summary}",), listed=False),
        *_body(referral, papers, advice),
    )


def letter(referral: Referral, papers: Mapping[str, Paper]) -> tuple[Section, ...]:
    """The letter: the blanks, what is known, and the sender's blanks once more under it."""
    blanks = referral.words.blanks
    about = tuple(f"{label}: {blank}" for label, blank in blanks.patient.items())
    listing = referral.listing
    return (
        Section("", (*blanks.sender, _day(referral)), listed=False),
        Section("", (f"To: {_full_name(referral)}",), listed=False),
        Section("", about, listed=False),
        Section(
            "",
            ("Dear colleague,", f"Please consider this patient for this service. We read of it: “{listing.summary}”"),
            listed=False,
        ),
        *_body(referral, papers, []),
        Section("", ("Yours sincerely,", ", ".join(blanks.sender)), listed=False),
    )


def _full_name(referral: Referral) -> str:
    name, organisation = referral.listing.name, referral.organisation
    return f"{name}, {organisation.name}" if organisation and organisation.name not in name else name


def _day(referral: Referral) -> str:
    return date_in_words(referral.day.isoformat())


def _body(referral: Referral, papers: Mapping[str, Paper], advice: Sequence[str]) -> Iterator[Section]:
    yield from _why(referral)
    yield Section("How to refer", tuple(_how(referral)))
    yield Section("What the patient should know", tuple(_to_know(referral)))
    if advice:
        yield Section("", tuple(advice), listed=False)
    yield Section("", (referral.words.consent.line,), listed=False)
    yield Section("How we know", tuple(_how_we_know(referral, papers)), listed=False)


def _why(referral: Referral) -> Iterator[Section]:
    """The conditions, each where it stands."""
    if referral.met and not referral.to_check and not referral.not_met:
        yield Section("Why this service: every condition we know of is met", _texts(referral.met))
        return
    if referral.met:
        yield Section("Why this service", _texts(referral.met))
    if referral.not_met:
        yield Section("Not met, by the answers given", _texts(referral.not_met))
    if referral.to_check:
        yield Section("Still to check", _texts(referral.to_check))
    if referral.other_ways:
        ways = tuple(" And: ".join(_texts(way)) for way in referral.other_ways)
        yield Section("Or another way in", ways)


def _texts(told: Sequence[Reason]) -> tuple[str, ...]:
    return tuple(f"{reason.text} {reason.assumed}" if _is_ours(reason) else reason.text for reason in told)


def _is_ours(reason: Reason) -> bool:
    """A condition that the directory assumes is told as such, but where it is met."""
    return bool(reason.assumed) and reason.state != "met"


def _how(referral: Referral) -> Iterator[str]:
    """What to check first, the ways to refer, and the contacts, or whom to ask for them."""
    listing = referral.listing
    contacts = _contacts(referral)
    if referral.check_first:
        known = (*contacts, *(contact for door in referral.doors for contact in door.contacts))
        rings = any(contact.type == "phone" for contact in known)
        first = "Ring first: it may have changed." if rings else "Check first that it still runs. We know no number."
        yield f"{first} {listing.status_note.text}"
    if not any(route.route in REFERRERS[PATIENT] for route in listing.referral):
        yield "No source says that a health professional can refer. Ask, or the patient gets in touch."
    yield from (f"“{route.text}”" for route in routes_for(listing, PATIENT)[:ROUTES_TOLD])
    yield from (_contact_line(contact) for contact in contacts)
    if not listing.public_contacts:
        yield from (_door_line(door) for door in referral.doors)
    if not contacts and not referral.doors:
        yield "We know no contact yet."


def _contacts(referral: Referral) -> tuple[Contact, ...]:
    """Those for professionals first."""
    return tuple(sorted(referral.listing.contacts, key=lambda contact: not contact.audience)[:CONTACTS_TOLD])


def _contact_line(contact: Contact) -> str:
    return f"{_contact(contact)} {contact.hours}." if contact.hours else _contact(contact)


def _contact(contact: Contact) -> str:
    """The contact with its doubts. What is told in prose is a sentence already.

    No full stop follows a web address: it would be taken for a part of it.
    """
    marks = ", ".join(filter(None, ("for professionals" if contact.audience else "", doubt(contact))))
    channel = "" if contact.type == "ask" else f"{CHANNELS[contact.type]}: "
    bare = not marks and (contact.type == "web" or contact.value.endswith("."))
    return f"{channel}{contact.value}{f' ({marks})' if marks else ''}{'' if bare else '.'}"


def _door_line(door: Door) -> str:
    contact = best_contact(door.contacts)
    how = f" {_contact_line(contact)}" if contact and contact.type != "ask" else ""
    return f"Through {door.listing.name}: {door.text}{how}"


def _to_know(referral: Referral) -> Iterator[str]:
    """A question each: first what is known, then what is not."""
    questions, known = practical_questions(PATIENT), referral.listing.practical
    yield from (f"{questions[id_]} {_answer(known[id_])}" for id_ in referral.words.to_know if id_ in known)
    yield from (f"{questions[id_]} Not known: ask." for id_ in referral.words.to_know if id_ not in known)


def _answer(fact: PracticalFact) -> str:
    return f"{fact.answer.capitalize()}. {fact.text}" if fact.answer else fact.text


def _how_we_know(referral: Referral, papers: Mapping[str, Paper]) -> Iterator[str]:
    listing = referral.listing
    yield f"From No Wrong Door, {_day(referral)}. {newest_page(listing)}"
    sources = [listing.sources[key] for key in listing.status_note.source]
    newest = max(sources, key=lambda source: source.dated or "")
    yield f"Source: {citation(newest, papers).label}."


# For the patient's phone


def patient_message(referral: Referral) -> str:
    """The text message: the fullest that fits into two."""
    words = referral.words.message
    opening = words.opening.format(name=referral.listing.name)
    first = [words.check_first] if referral.check_first else []
    reach, no_contact = _reach(referral), [words.no_contact]
    tries = (
        [opening, _does(referral), *reach, *first, words.closing],
        [opening, _does(referral), *reach, *first],
        [opening, _does(referral), *no_contact, *first],
        [opening, *no_contact],
    )
    texts = ["\n".join(parts).translate(PLAIN) for parts in tries]
    return next((text for text in texts if phone_length(text) <= LONGEST_MESSAGE), texts[-1][:LONGEST_MESSAGE])


def phone_length(text: str) -> int:
    """In letters as phones count them."""
    return len(text) + sum(text.count(letter) for letter in DOUBLE)


def _does(referral: Referral) -> str:
    words = referral.words.message
    aims = [words.aims[goal] for goal in referral.listing.goals if goal in words.aims][:2]
    return words.does.format(aims=listed(aims)) if aims else words.does_by_role[referral.listing.role]


def _reach(referral: Referral) -> list[str]:
    """Its own number or address; else the door that leads to it, one with a number first."""
    words = referral.words.message
    own = _best(referral.listing.contacts)
    if own:
        return [_contact(own)]
    doors = sorted((door for door in referral.doors if door.sure), key=lambda door: _best(door.contacts) is None)
    if not doors:
        return [words.no_contact]
    through = _best(doors[0].contacts)
    return [words.through.format(name=doors[0].listing.name), _contact(through) if through else words.no_contact]


def _best(contacts: Sequence[Contact]) -> Contact | None:
    """The one to tell on a phone. What is told in prose may name an illness."""
    return best_contact([contact for contact in contacts if contact.type != "ask"])
