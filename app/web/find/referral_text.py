"""The three texts of a referral: for the record, as a letter, and for the patient's phone.

The first two are sections of lines, so that one page can be read in a box, copied and printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.actions.referral import Door, Referral
from app.directory.dates import date_in_words
from app.directory.known_contacts import check_of_contact
from app.directory.listing import Contact, Listing, PracticalId, ReferralRoute, ReferralRouteId
from app.directory.sources import Paper, citation
from app.directory.urgent import UrgentLine
from app.eligibility.explain import Reason

from ..words import CHANNELS, ROUTES, best_contact, doubt, listed, routes_for
from .freshness_words import in_short, nobody_since

PATIENT = "patient"
ROUTES_TOLD = 3
"""How many ways to refer are told, a professional's own first."""
CONTACTS_TOLD = 4
TO_KNOW: Mapping[PracticalId, str] = {
    "free": "cost",
    "voluntary": "choice to take part",
    "benefits": "effect on benefits",
    "employer_told": "whether the employer is told",
    "gp_told": "whether the GP is told",
    "phone": "by phone",
    "online": "online",
    "in_person": "in person",
    "interpreter": "interpreter",
    "step_free": "step-free access",
    "wait": "wait",
}
"""What patients ask before they start, in a word or three."""
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
    """What to paste into the record. Danger comes first; of what does not fit, it says no more than why."""
    listing = referral.listing
    says = f"The directory No Wrong Door says: {_quoted(listing.summary)}"
    return (
        *_crisis(referral),
        Section(f"{_what_happened(referral)}: {_full_name(referral)}", (says,), listed=False),
        *_said_today(referral),
        *(_why_not(referral) if referral.not_met else _why(referral)),
        *(() if referral.not_met or referral.crisis else _how_to_go_on(referral)),
        Section("How this is known", tuple(_how_known(referral, papers)), listed=False),
    )


def letter(referral: Referral, papers: Mapping[str, Paper]) -> tuple[Section, ...]:
    """The letter: the blanks, what is known, and the sender's blanks once more under it.

    The service knows its own number, and how to refer to it.
    """
    blanks = referral.words.blanks
    about = tuple(f"{label}: {blank}" for label, blank in blanks.patient.items())
    found = "Please consider this patient for your service. It was found in the directory No Wrong Door."
    return (
        Section("", (*blanks.sender, _day(referral)), listed=False),
        Section("", (f"To: {_full_name(referral)}",), listed=False),
        Section("", about, listed=False),
        Section("", ("Dear colleague,", found), listed=False),
        *_why(referral),
        *_not_known(referral),
        Section("", (referral.words.consent.line,), listed=False),
        Section("How this is known", tuple(_how_known(referral, papers)), listed=False),
        Section("", ("Yours sincerely,", ", ".join(blanks.sender)), listed=False),
    )


def _quoted(text: str) -> str:
    """What the directory says to patients: its “you” is the patient, and its “we” the directory."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def _full_name(referral: Referral) -> str:
    name, organisation = referral.listing.name, referral.organisation
    return f"{name}, {organisation.name}" if organisation and organisation.name not in name else name


def _day(referral: Referral) -> str:
    return date_in_words(referral.day.isoformat())


def _what_happened(referral: Referral) -> str:
    if referral.not_met:
        return "Looked at, not suitable"
    if referral.crisis:
        return "Looked at"
    if referral.is_paused:
        return "Looked at, not taking referrals"
    return "Referral" if referral.has_letter else "Told about"


def _crisis(referral: Referral) -> Iterator[Section]:
    if referral.crisis:
        lines = tuple(_crisis_line(line) for line in referral.crisis)
        yield Section("Crisis help comes first: an answer tells of danger. The directory tells patients:", lines)


def _crisis_line(line: UrgentLine) -> str:
    contact = line.contacts[0]
    return f"{line.name}. {_contact_line(contact)}{f' {_quoted(contact.note)}' if contact.note else ''}"


def _said_today(referral: Referral) -> Iterator[Section]:
    if referral.said:
        yield Section("The provider says", (" ".join(referral.said.sentences),), listed=False)


def _why(referral: Referral) -> Iterator[Section]:
    """The conditions, each where it stands."""
    if referral.met and not referral.to_check:
        yield Section("Why this service: every known condition is met", _texts(referral.met))
        return
    if referral.met:
        yield Section("Why this service", _texts(referral.met))
    if referral.to_check:
        yield Section("Still to check", _texts(referral.to_check))
    if referral.other_ways:
        ways = tuple(" And: ".join(_texts(way)) for way in referral.other_ways)
        yield Section("Or another way in", ways)


def _why_not(referral: Referral) -> Iterator[Section]:
    """What fails, of the nearest way in and of the others; then what speaks for it all the same."""
    others = (reason for way in referral.other_ways for reason in way if reason.state == "not_met")
    yield Section("Not met, by the answers given", _texts(tuple(dict.fromkeys((*referral.not_met, *others)))))
    if referral.met:
        yield Section("Met", _texts(referral.met))


def _texts(told: Sequence[Reason]) -> tuple[str, ...]:
    return tuple(reason_text(reason) for reason in told)


def reason_text(reason: Reason) -> str:
    """A condition that the directory assumes is told as such, but where it is met."""
    is_ours = reason.assumed and reason.state != "met"
    return f"{reason.text} The directory says: {_quoted(reason.assumed)}" if is_ours else reason.text


def _how_to_go_on(referral: Referral) -> Iterator[Section]:
    yield Section("How to refer" if referral.has_letter else "How to reach it", tuple(_how(referral)))
    if known := tuple(_known_beforehand(referral)):
        yield Section("The directory tells patients", known)
    if not referral.record_only:
        yield from _not_known(referral)
    if referral.advice:
        yield Section("", tuple(advice.record for advice in referral.advice), listed=False)
    if referral.has_letter:
        yield Section("", (referral.words.consent.line,), listed=False)


def _how(referral: Referral) -> Iterator[str]:
    """What to check first, who can refer, and the contacts, or whom to ask for them."""
    listing = referral.listing
    contacts = _contacts(referral)
    if referral.check_first or referral.overdue:
        yield _check_first(referral, contacts)
    yield from _routes(referral)
    if told := [*(route.text for route in _first_routes(referral)), *_asks(contacts)]:
        yield f"The directory tells patients: {' '.join(map(_quoted, told))}"
    yield from (_contact_line(contact) for contact in contacts if contact.type != "ask")
    if not listing.public_contacts:
        yield from (_door_line(door) for door in referral.doors)
    if not contacts and not referral.doors:
        yield "The directory knows no contact yet."


def _check_first(referral: Referral, contacts: Sequence[Contact]) -> str:
    known = (*contacts, *(contact for door in referral.doors for contact in door.contacts))
    rings = any(contact.type == "phone" for contact in known)
    silent = "Check first that it still runs. The directory knows no number."
    first = "Ring first: it may have changed." if rings else silent
    doubts = [referral.listing.status_note.text] if referral.check_first else []
    late = [nobody_since(referral.freshness)] if referral.overdue else []
    return f"{first} The directory says: {_quoted(' '.join([*doubts, *late]))}"


def _routes(referral: Referral) -> Iterator[str]:
    """Who can refer. Nobody refers to what is for information or employers."""
    if referral.record_only:
        return
    if not referral.by_professionals:
        yield "No source says that a GP or another health professional can refer."
    yield from (_route(route.route) for route in _first_routes(referral))


def _first_routes(referral: Referral) -> Sequence[ReferralRoute]:
    return routes_for(referral.listing, PATIENT)[:ROUTES_TOLD]


def _route(route: ReferralRouteId) -> str:
    return "Patient: can get in touch." if route == "self" else f"{ROUTES[route]}: can refer."


def _contacts(referral: Referral) -> tuple[Contact, ...]:
    """Those for professionals first."""
    return tuple(sorted(referral.listing.contacts, key=lambda contact: not contact.audience)[:CONTACTS_TOLD])


def _asks(contacts: Sequence[Contact]) -> Iterator[str]:
    """Contacts in prose, which is written for patients."""
    return (contact.value for contact in contacts if contact.type == "ask")


def _contact_line(contact: Contact) -> str:
    """The contact with its doubts and hours."""
    marks = ("for professionals" if contact.audience else "", doubt(contact))
    line = _contact(contact, ", ".join(filter(None, marks)))
    return f"{line} {contact.hours}." if contact.hours else line


def _contact(contact: Contact, marks: str) -> str:
    """No full stop follows a web address: it would be taken for a part of it."""
    bare = not marks and (contact.type == "web" or contact.value.endswith("."))
    return f"{CHANNELS[contact.type]}: {contact.value}{f' ({marks})' if marks else ''}{'' if bare else '.'}"


def _door_line(door: Door) -> str:
    contact = best_contact(door.contacts)
    how = f" {_contact_line(contact)}" if contact and contact.type != "ask" else ""
    return f"Through {door.listing.name}. The directory tells patients: {_quoted(door.text)}{how}"


def _known_beforehand(referral: Referral) -> Iterator[str]:
    for id_ in referral.words.to_know:
        if _is_known(referral.listing, id_):
            fact = referral.listing.practical[id_]
            answer = f" {fact.answer}." if fact.answer else ""
            label = TO_KNOW[id_]
            yield f"{label[:1].upper()}{label[1:]}:{answer} {_quoted(fact.text)}"


def _not_known(referral: Referral) -> Iterator[Section]:
    """On one line, once."""
    unknown = [TO_KNOW[id_] for id_ in referral.words.to_know if not _is_known(referral.listing, id_)]
    if unknown:
        yield Section("", (f"Not known to the directory: {', '.join(unknown)}.",), listed=False)


def _is_known(listing: Listing, id_: PracticalId) -> bool:
    """A fact without yes or no says only that it is not known, but for the wait, which has neither."""
    fact = listing.practical.get(id_)
    return fact is not None and (fact.answer is not None or id_ == "wait")


def _how_known(referral: Referral, papers: Mapping[str, Paper]) -> Iterator[str]:
    listing = referral.listing
    yield f"The directory No Wrong Door says, on {_day(referral)}: {_quoted(in_short(listing, referral.freshness))}"
    sources = [listing.sources[key] for key in listing.status_note.source]
    newest = max(sources, key=lambda source: source.dated or "")
    yield f"Source: {citation(newest, papers).label}."


# For the patient's phone


def patient_message(referral: Referral) -> str:
    """The text message: the fullest that fits into two."""
    words = referral.words.message
    opening = words.opening.format(name=referral.listing.name)
    first = [words.check_first] if referral.check_first or referral.overdue else []
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
        return [_contact_for_patient(own)]
    doors = sorted((door for door in referral.doors if door.sure), key=lambda door: _best(door.contacts) is None)
    if not doors:
        return [words.no_contact]
    through = _best(doors[0].contacts)
    how = _contact_for_patient(through) if through else words.no_contact
    return [words.through.format(name=doors[0].listing.name), how]


def _contact_for_patient(contact: Contact) -> str:
    what = "number" if contact.type in {"phone", "text"} else CHANNELS[contact.type].lower()
    unsure = contact.old and check_of_contact(contact) is None
    return _contact(contact, f"this {what} may have changed" if unsure else doubt(contact))


def _best(contacts: Sequence[Contact]) -> Contact | None:
    """The one to tell on a phone. What is told in prose may name an illness."""
    return best_contact([contact for contact in contacts if contact.type != "ask"])
