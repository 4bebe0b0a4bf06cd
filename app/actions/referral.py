"""What is known for a referral: which conditions of a service this person meets, what to check, and what to advise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.actions.recommend import is_urgent
from app.catalogue import Catalogue
from app.directory.listing import Contact, Listing, Organisation, ReachThrough
from app.directory.postcodes import HOME
from app.directory.referral import Advice, Coding, ReferralWords
from app.eligibility.answers import Answers, read_answers
from app.eligibility.explain import Reason, ReasonState, other_ways, reasons
from app.eligibility.rules import Ruleset

PERSON = "patient"
"""A professional reads it, whoever gave the answers."""
ASKER = "asking_for"
ONESELF = "me"


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
    ask in its place. ``known`` says whether anything was answered. ``urgent``: an answer calls for crisis help first.
    """

    listing: Listing
    organisation: Organisation | None
    words: ReferralWords
    day: date
    check_first: bool
    known: bool
    urgent: bool
    met: tuple[Reason, ...]
    to_check: tuple[Reason, ...]
    not_met: tuple[Reason, ...]
    other_ways: tuple[tuple[Reason, ...], ...]
    doors: tuple[Door, ...]
    advice: tuple[Advice, ...]
    coding: Coding | None


def referral_to(
    catalogue: Catalogue, words: ReferralWords, listing: Listing, raw: Mapping[str, object], day: date
) -> Referral:
    """The referral to a listing that is open. ``raw``: the answers; without any, every condition is to check.

    Raises ``AnswerError`` for answers that cannot be read.
    """
    answers = read_answers(catalogue.questionnaire, _of_a_patient(raw))
    programme = catalogue.programmes[listing.id]
    told = reasons(catalogue.questionnaire, programme.rules_on(day), answers, PERSON)
    return Referral(
        listing=listing,
        organisation=catalogue.organisations.get(listing.organisation or ""),
        words=words,
        day=day,
        check_first=programme.check_first_on(day),
        known=bool(raw.keys() - {ASKER}),
        urgent=is_urgent(catalogue, answers),
        met=_in_state(told, "met"),
        to_check=_in_state(told, "open", "unknown"),
        not_met=_in_state(told, "not_met"),
        other_ways=_other_ways(catalogue, programme.rules_on(day), answers, told),
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
    """Of somebody who asked for themselves, nobody can say in the third person for whom they asked."""
    return {id_: value for id_, value in raw.items() if (id_, value) != (ASKER, ONESELF)}


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
