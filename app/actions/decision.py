"""A recommendation as plain data: the shape of ``POST /api/v1/recommendations`` and of ``flask recommend --json``."""

from collections.abc import Iterable
from typing import Any

from app.actions.decision_shapes import (
    AvailabilityGiven,
    ContactGiven,
    DecisionGiven,
    FreshnessGiven,
    HumanRouteGiven,
    InsteadGiven,
    NotSuitableGiven,
    QuestionToAsk,
    ReasonGiven,
    RecommendedGiven,
    UrgentLineGiven,
)
from app.actions.recommend import HumanRoute, Recommendation, Recommended
from app.catalogue import Catalogue
from app.directory.availability import Availability
from app.directory.freshness import Freshness, day_in_london
from app.directory.listing import Contact, Listing
from app.directory.urgent import UrgentLine
from app.eligibility.explain import Reason
from app.eligibility.questions import Question, Questionnaire


def decision_data(catalogue: Catalogue, decision: Recommendation, limit: int) -> dict[str, Any]:
    """The decision with at most ``limit`` recommendations and as many that do not suit."""
    return decision_given(catalogue, decision, limit).model_dump(mode="json")


def decision_given(catalogue: Catalogue, decision: Recommendation, limit: int) -> DecisionGiven:
    """The same, typed."""
    return DecisionGiven(
        outcome=decision.outcome,
        recommendations=[_recommended(entry) for entry in decision.recommendations[:limit]],
        not_suitable=[_not_suitable(entry) for entry in decision.not_suitable[:limit]],
        always=[
            *(_urgent(line) for line in decision.urgent_lines),
            *(_human_route(route) for route in decision.always),
        ],
        next_question=_question(catalogue.questionnaire, decision.next_question, decision.person),
    )


def _recommended(entry: Recommended) -> RecommendedGiven:
    listing = entry.listing
    return RecommendedGiven.model_validate(
        {
            "id": listing.id,
            "name": listing.name,
            "verdict": entry.verdict.value,
            "check_first": entry.check_first,
            "availability": availability_given(entry.availability),
            "freshness": freshness_given(entry.freshness, overdue=entry.overdue),
            "because": entry.because,
            "why": [_reason(reason) for reason in entry.reasons],
            "other_ways": [[_reason(reason) for reason in way] for way in entry.other_ways],
            "how": [route.route for route in listing.referral],
            "contact": _ways_to_reach(listing),
            "url": f"/services/{listing.id}",
        }
    )


def _ways_to_reach(listing: Listing) -> list[ContactGiven]:
    doors = (ContactGiven(type="ask", value=door.text) for door in listing.reach_through)
    return _contacts(listing.public_contacts) or list(doors)


def availability_given(said: Availability | None) -> AvailabilityGiven | None:
    """What a provider says of the day."""
    if said is None:
        return None
    return AvailabilityGiven(
        state=said.state,
        wait=said.wait,
        note=said.note,
        until=said.until,
        said_on=said.first_day,
        text=" ".join(said.sentences),
    )


def freshness_given(freshness: Freshness, *, overdue: bool) -> FreshnessGiven:
    """The three days of a listing in London, and whether it was not confirmed in time."""
    return FreshnessGiven(
        confirmed=day_in_london(freshness.assured_at) if freshness.assured_at else None,
        confirmed_by=freshness.assured_by,
        changed=day_in_london(freshness.changed_at) if freshness.changed_at else None,
        imported=day_in_london(freshness.imported_at) if freshness.imported_at else None,
        overdue=overdue,
    )


def _not_suitable(entry: Recommended) -> NotSuitableGiven:
    return NotSuitableGiven(
        id=entry.listing.id,
        name=entry.listing.name,
        why=[_reason(reason) for reason in entry.refusals],
        could_fit_if=entry.could_fit_if,
        instead=InsteadGiven(id=entry.instead.id, name=entry.instead.name) if entry.instead else None,
    )


def _reason(reason: Reason) -> ReasonGiven:
    source = "; ".join(citation.label for citation in reason.citations) or reason.assumed
    return ReasonGiven(text=reason.text, state=reason.state, question=reason.question, source=source)


def _human_route(route: HumanRoute) -> HumanRouteGiven:
    return HumanRouteGiven(
        id=route.listing.id,
        name=route.listing.name,
        contact=_contacts(route.contacts),
        availability=availability_given(route.availability),
    )


def _urgent(line: UrgentLine) -> UrgentLineGiven:
    return UrgentLineGiven(id=line.id, name=line.name, contact=_contacts(line.contacts))


def _contacts(contacts: Iterable[Contact]) -> list[ContactGiven]:
    return [ContactGiven(type=contact.type, value=contact.value) for contact in contacts]


def _question(questionnaire: Questionnaire, question: Question | None, person: str) -> QuestionToAsk | None:
    return QuestionToAsk(id=question.id, text=questionnaire.wording(question.text, person)) if question else None
