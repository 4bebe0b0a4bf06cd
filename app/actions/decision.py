"""A recommendation as plain data: the shape of ``POST /api/v1/recommendations`` and of ``flask recommend --json``."""

from collections.abc import Iterable
from typing import Any

from app.actions.recommend import HumanRoute, Recommendation, Recommended
from app.catalogue import Catalogue
from app.directory.availability import Availability
from app.directory.listing import Contact
from app.directory.urgent import UrgentLine
from app.eligibility.explain import Reason
from app.eligibility.questions import Question, Questionnaire


def decision_data(catalogue: Catalogue, decision: Recommendation, limit: int) -> dict[str, Any]:
    """The decision with at most ``limit`` recommendations and as many that do not suit."""
    return {
        "outcome": decision.outcome,
        "recommendations": [_recommended(entry) for entry in decision.recommendations[:limit]],
        "not_suitable": [_not_suitable(entry) for entry in decision.not_suitable[:limit]],
        "always": [
            *(_urgent(line) for line in decision.urgent_lines),
            *(_human_route(route) for route in decision.always),
        ],
        "next_question": _question(catalogue.questionnaire, decision.next_question, decision.person),
    }


def _recommended(entry: Recommended) -> dict[str, Any]:
    listing = entry.listing
    return {
        "id": listing.id,
        "name": listing.name,
        "verdict": entry.verdict.value,
        "check_first": entry.check_first,
        "availability": availability_data(entry.availability),
        "because": entry.because,
        "why": [_reason(reason) for reason in entry.reasons],
        "other_ways": [[_reason(reason) for reason in way] for way in entry.other_ways],
        "how": [route.route for route in listing.referral],
        "contact": _contacts(listing.public_contacts)
        or [{"type": "ask", "value": door.text} for door in listing.reach_through],
        "url": f"/services/{listing.id}",
    }


def availability_data(said: Availability | None) -> dict[str, Any] | None:
    """What a provider says of the day, for machines and, in ``text``, for people. ``until`` is the last day of it."""
    if said is None:
        return None
    return {
        "state": said.state,
        "wait": said.wait,
        "note": said.note,
        "until": said.until.isoformat() if said.until else None,
        "said_on": said.first_day.isoformat(),
        "text": " ".join(said.sentences),
    }


def _not_suitable(entry: Recommended) -> dict[str, Any]:
    return {
        "id": entry.listing.id,
        "name": entry.listing.name,
        "why": [_reason(reason) for reason in entry.refusals],
        "could_fit_if": entry.could_fit_if,
        "instead": {"id": entry.instead.id, "name": entry.instead.name} if entry.instead else None,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    source = "; ".join(citation.label for citation in reason.citations) or reason.assumed
    return {"text": reason.text, "state": reason.state, "question": reason.question, "source": source}


def _human_route(route: HumanRoute) -> dict[str, Any]:
    return {
        "id": route.listing.id,
        "name": route.listing.name,
        "contact": _contacts(route.contacts),
        "availability": availability_data(route.availability),
    }


def _urgent(line: UrgentLine) -> dict[str, Any]:
    return {"id": line.id, "name": line.name, "contact": _contacts(line.contacts)}


def _contacts(contacts: Iterable[Contact]) -> list[dict[str, str]]:
    return [{"type": contact.type, "value": contact.value} for contact in contacts]


def _question(questionnaire: Questionnaire, question: Question | None, person: str) -> dict[str, str] | None:
    return {"id": question.id, "text": questionnaire.wording(question.text, person)} if question else None
