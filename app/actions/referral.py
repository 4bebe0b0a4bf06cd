"""What is known for a referral: which conditions of a service this person meets, what to check, and what to advise.

It says too what may be written: nothing goes out for what does not fit, takes no referrals, or cannot come first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.actions.recommend import is_urgent
from app.catalogue import Catalogue
from app.directory.availability import Availability
from app.directory.freshness import Freshness
from app.directory.listing import Contact, Listing, Organisation, ReachThrough
from app.directory.postcodes import HOME
from app.directory.referral import Advice, Coding, ReferralWords
from app.directory.urgent import UrgentLine
from app.eligibility.answers import Answers, read_answers
from app.eligibility.explain import Reason, ReasonState, other_ways, reasons, refusals
from app.eligibility.rules import Ruleset

PERSON = "patient"
"""A professional reads it, whoever gave the answers."""
ASKER = "asking_for"
PROFESSIONALS = frozenset({"gp", "health_professional"})
"""The routes by which those who write a referral can refer."""


@dataclass(frozen=True)
class Door:
    """A listing through which one comes to the service: what to do there, and its public contacts.

    ``sure``: it is known to be open to this person; False where it is for some boroughs and theirs is not known.
    """

    listing: Listing
    text: str
    contacts: tuple[Contact, ...]
    sure: bool


@dataclass(frozen=True)
class Referral:
    """One person and one open service on a day.

    ``met``, ``to_check`` and ``not_met`` are the conditions of the nearest way in; ``other_ways`` hold what the others
    ask in its place. ``known`` says whether anything was answered. ``crisis`` is whom to call first where an answer
    tells of danger, and else empty. ``for_employers``: patients cannot use it.
    ``said`` is what the provider says of the day. ``overdue``: the listing was not confirmed in time.
    """

    listing: Listing
    organisation: Organisation | None
    words: ReferralWords
    day: date
    check_first: bool
    freshness: Freshness
    overdue: bool
    said: Availability | None
    known: bool
    crisis: tuple[UrgentLine, ...]
    for_employers: bool
    met: tuple[Reason, ...]
    to_check: tuple[Reason, ...]
    not_met: tuple[Reason, ...]
    other_ways: tuple[tuple[Reason, ...], ...]
    doors: tuple[Door, ...]
    advice: tuple[Advice, ...]
    coding: Coding | None

    @property
    def record_only(self) -> bool:
        """It is held for information or for employers: nobody is referred or sent to it."""
        return self.for_employers or self.listing.role == "information"

    @property
    def is_paused(self) -> bool:
        """It takes no referrals for longer than today. What is closed today can read a letter tomorrow."""
        return self.said is not None and self.said.state == "paused"

    @property
    def has_message(self) -> bool:
        """Whether the patient may be told of it: nothing speaks against it, and no danger comes first."""
        return not (self.crisis or self.not_met or self.record_only or self.is_paused)

    @property
    def by_professionals(self) -> bool:
        """Whether a source says that a GP or another health professional can refer."""
        return any(route.route in PROFESSIONALS for route in self.listing.referral)

    @property
    def has_letter(self) -> bool:
        return self.has_message and self.by_professionals


def referral_to(
    catalogue: Catalogue, words: ReferralWords, listing: Listing, raw: Mapping[str, object], day: date
) -> Referral:
    """The referral to a listing that is open. ``raw``: the answers; without any, every condition is to check.

    Raises ``AnswerError`` for answers that cannot be read.
    """
    answers = read_answers(catalogue.questionnaire, _of_a_patient(raw))
    programme = catalogue.programmes[listing.id]
    rules = programme.rules_on(day)
    told = reasons(catalogue.questionnaire, rules, answers, PERSON)
    return Referral(
        listing=listing,
        organisation=catalogue.organisations.get(listing.organisation or ""),
        words=words,
        day=day,
        check_first=programme.check_first_on(day),
        freshness=catalogue.freshness[listing.id],
        overdue=programme.overdue_on(day),
        said=catalogue.said_on(listing.id, day),
        known=bool(raw.keys() - {ASKER}),
        crisis=_crisis_lines(catalogue) if is_urgent(catalogue, answers) else (),
        for_employers=_shuts_out_patients(catalogue, rules),
        met=_in_state(told, "met"),
        to_check=_in_state(told, "open", "unknown"),
        not_met=_in_state(told, "not_met"),
        other_ways=_other_ways(catalogue, rules, answers, told),
        doors=tuple(_doors(catalogue, listing, answers, day)),
        advice=tuple(advice for advice in words.advice if _is_called_for(advice, answers)),
        coding=next((coding for coding in words.coding if coding.is_for(listing)), None),
    )


def open_instead(catalogue: Catalogue, closed: Listing) -> tuple[Listing, ...]:
    """Where to refer in place of a listing that closed: what took over, and our advice. Closed ones lead on too."""
    found: dict[str, Listing] = {closed.id: closed}
    for listing in (waiting := [closed]):
        if listing.status == "closed":
            ids = [id_ for id_ in (*listing.successors, *listing.see_instead) if id_ not in found]
            found |= {id_: catalogue.listings[id_] for id_ in ids}
            waiting += [catalogue.listings[id_] for id_ in dict.fromkeys(ids)]
    return tuple(listing for listing in found.values() if listing.status != "closed")


def _of_a_patient(raw: Mapping[str, object]) -> dict[str, object]:
    """Who asked tells nothing of the patient."""
    return {id_: value for id_, value in raw.items() if id_ != ASKER}


def _crisis_lines(catalogue: Catalogue) -> tuple[UrgentLine, ...]:
    """Those in full view."""
    return tuple(line for line in catalogue.urgent.lines if line.id in catalogue.urgent.in_full_view)


def _shuts_out_patients(catalogue: Catalogue, rules: Ruleset) -> bool:
    """Whether it is refused to whoever comes through a professional, whatever else holds of them."""
    anybody = read_answers(catalogue.questionnaire, {ASKER: PERSON})
    return bool(refusals(catalogue.questionnaire, rules, anybody, PERSON))


def _in_state(told: tuple[Reason, ...], *states: ReasonState) -> tuple[Reason, ...]:
    return tuple(reason for reason in told if reason.state in states)


def _other_ways(
    catalogue: Catalogue, rules: Ruleset, answers: Answers, told: tuple[Reason, ...]
) -> tuple[tuple[Reason, ...], ...]:
    """What each other way in asks that the nearest does not; nothing where the nearest is met in full."""
    if all(reason.state == "met" for reason in told):
        return ()
    ways = other_ways(catalogue.questionnaire, rules, answers, PERSON)
    own = (tuple(reason for reason in way if reason not in told) for way in ways)
    return tuple(way for way in own if way)


def _doors(catalogue: Catalogue, listing: Listing, answers: Answers, day: date) -> list[Door]:
    """The open listings that lead to it, for somebody who lives where this person does."""
    home = frozenset({answers.one[HOME]}) if HOME in answers.one else frozenset()
    return [
        _door(catalogue.listings[door.service], door, home)
        for door in listing.reach_through
        if door.is_for(home) and catalogue.programmes[door.service].open_on(day)
    ]


def _door(listing: Listing, door: ReachThrough, home: frozenset[str]) -> Door:
    return Door(listing, door.text, listing.public_contacts, sure=bool(home) or not door.area)


def _is_called_for(advice: Advice, answers: Answers) -> bool:
    return any(answers.said(question) & set(wanted) for question, wanted in advice.when.items())
