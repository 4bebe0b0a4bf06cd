"""A listing as the eligibility engine sees it."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.directory.availability import Availability
from app.directory.dates import first_day, last_day
from app.directory.freshness import Freshness
from app.directory.listing import BOROUGHS, Listing, Rule, RuleCondition
from app.directory.sources import Paper, citation
from app.eligibility.answers import Span
from app.eligibility.questions import Assumption, Questionnaire
from app.eligibility.rules import Condition, Programme, Ruleset


def programme_of(
    listing: Listing,
    questionnaire: Questionnaire,
    papers: Mapping[str, Paper],
    said: Availability | None = None,
    freshness: Freshness | None = None,
) -> Programme:
    """What deciding needs to know of a listing, of what its provider said last, and of its age: see ``Programme``.

    Nobody is asked to confirm a listing that has closed, so it is never overdue.
    """
    area = set(listing.area)
    pause = said if said and said.pauses else None
    return Programme(
        id=listing.id,
        role=listing.role,
        rulesets=tuple(_ruleset(rule, listing, questionnaire, papers) for rule in listing.rules),
        goals=frozenset(listing.goals),
        boroughs=frozenset(area & set(BOROUGHS)),
        reach=next((reach for reach in ("national", "london", "ncl") if reach in area), "ncl"),
        opened=opened_on(listing),
        closed=closed_on(listing),
        unproven_after=newest_proof(listing) if listing.status == "check_first" else None,
        self_referral=any(route.route == "self" for route in listing.referral),
        has_contact=bool(listing.public_contacts),
        never_opened=listing.never_opened,
        paused_from=pause.first_day if pause else None,
        paused_until=pause.last_day if pause else None,
        overdue_from=freshness.overdue_from if freshness and listing.status != "closed" else None,
    )


def opened_on(listing: Listing) -> date | None:
    """The day it opened or, where no source says, the day of the oldest dated source."""
    if listing.opened:
        return first_day(listing.opened)
    return min((first_day(dated) for dated in _dates(listing)), default=None)


def closed_on(listing: Listing) -> date | None:
    """The last day on which it took people; None while it is open.

    Where no source gives the day, it is the day on which it was last seen.
    """
    if listing.status != "closed":
        return None
    if listing.closed or listing.last_seen:
        return last_day(listing.closed or listing.last_seen or "")
    return min((last_day(dated) for dated in _dates(listing)), default=date.min)


def newest_proof(listing: Listing) -> date:
    """The first day that the newest dated source can mean: "2026" proves no more than 1 January 2026."""
    return max((first_day(dated) for dated in _dates(listing)), default=date.min)


def _dates(listing: Listing) -> Iterator[str]:
    return (source.dated for source in listing.sources.values() if source.dated)


def _ruleset(rule: Rule, listing: Listing, questionnaire: Questionnaire, papers: Mapping[str, Paper]) -> Ruleset:
    def conditions(written: tuple[RuleCondition, ...], *, excludes: bool = False) -> tuple[Condition, ...]:
        return tuple(_condition(one, listing, questionnaire, papers, excludes) for one in written)

    shared = conditions(rule.everyone)
    excluded = conditions(rule.exclusions, excludes=True)
    return Ruleset(
        routes=tuple((*conditions(route), *shared, *excluded) for route in rule.routes or ((),)),
        made_for=conditions(rule.made_for),
        since=first_day(rule.since) if rule.since else None,
        until=last_day(rule.until) if rule.until else None,
    )


def _condition(
    written: RuleCondition, listing: Listing, questionnaire: Questionnaire, papers: Mapping[str, Paper], excludes: bool
) -> Condition:
    if written.assume:
        return _assumed(questionnaire.assumptions[written.assume])
    return Condition(
        text=written.text or "",
        question=written.question,
        any_of=frozenset(written.any_of),
        span=_span(written.at_least, written.below),
        excludes=excludes,
        ask=written.ask or "",
        citations=tuple(citation(listing.sources[key], papers) for key in written.source),
    )


def _assumed(assumption: Assumption) -> Condition:
    span = _span(assumption.at_least, assumption.below)
    return Condition(assumption.text, assumption.question, span=span, assumed=assumption.note)


def _span(at_least: float | None, below: float | None) -> Span | None:
    if at_least is None and below is None:
        return None
    return Span(at_least if at_least is not None else 0, below if below is not None else float("inf"))
