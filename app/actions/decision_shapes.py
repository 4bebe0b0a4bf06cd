"""The types of a decision as other programs get it: from them both the answer and its description are made."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.actions.recommend import Outcome
from app.directory.availability import AvailabilityState
from app.directory.freshness import AssuredBy
from app.directory.listing import ContactType, ReferralRouteId
from app.eligibility.explain import ReasonState


class Given(BaseModel):
    """A part of an answer. Every field is always there; ``null``: not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AvailabilityGiven(Given):
    """What the provider says of today."""

    state: AvailabilityState
    wait: str = Field(description="How long the wait is, in their words; may be empty.")
    note: str = Field(description="What else they say; may be empty.")
    until: date | None = Field(description="The last day of it, where they know.")
    said_on: date
    text: str = Field(description="All of it in sentences for readers.")


class FreshnessGiven(Given):
    """How old the words about a service are. All days are in London."""

    confirmed: date | None = Field(description="When somebody responsible last said that all of it is still true.")
    confirmed_by: AssuredBy | None
    changed: date | None = Field(description="When it was last edited here.")
    imported: date | None = Field(description="When it was brought in from a file.")
    overdue: bool = Field(description="Nobody confirmed it in time.")


class ContactGiven(Given):
    """A way to get in touch."""

    type: ContactType
    value: str


class ReasonGiven(Given):
    """One condition, in a sentence."""

    text: str
    state: ReasonState = Field(description="Whether the answers meet it. unknown: no source says who can come.")
    question: str | None = Field(description="The id of the question that could settle it.")
    source: str = Field(description="Where it was read.")


class RecommendedGiven(Given):
    """A service that fits, or may fit."""

    id: str
    name: str
    verdict: Literal["fits", "may_fit"] = Field(description="fits: every condition is met. may_fit: none fails.")
    check_first: bool = Field(description="Ring before you send anybody there.")
    availability: AvailabilityGiven | None
    freshness: FreshnessGiven
    because: str = Field(description="Why the one before it comes first; may be empty.")
    why: list[ReasonGiven] = Field(description="Every condition, and whether the answers meet it.")
    other_ways: list[list[ReasonGiven]] = Field(description="Other ways in, each with its conditions.")
    how: list[ReferralRouteId] = Field(description="Who can refer somebody.")
    contact: list[ContactGiven]
    url: str = Field(description="The path of its page for people, on this host.")


class InsteadGiven(Given):
    """A service to look at instead."""

    id: str
    name: str


class NotSuitableGiven(Given):
    """A service that does not fit."""

    id: str
    name: str
    why: list[ReasonGiven] = Field(description="What is not met.")
    could_fit_if: str = Field(description="The fewest changes after which it could fit; may be empty.")
    instead: InsteadGiven | None


class UrgentLineGiven(Given):
    """A line for people in danger."""

    id: str
    name: str
    contact: list[ContactGiven]


class HumanRouteGiven(Given):
    """Somebody to talk to in any case."""

    id: str
    name: str
    contact: list[ContactGiven]
    availability: AvailabilityGiven | None


class QuestionToAsk(Given):
    """The question that would tell most."""

    id: str
    text: str


class DecisionGiven(Given):
    """What fits one person on one day."""

    outcome: Outcome = Field(
        description="urgent: crisis help comes first. outside_area: lives elsewhere. match: something fits. "
        "match_with_question: something may fit. no_programme_signpost: nothing does, and somebody can be talked to."
    )
    recommendations: list[RecommendedGiven] = Field(description="The best first.")
    not_suitable: list[NotSuitableGiven]
    always: list[HumanRouteGiven | UrgentLineGiven] = Field(description="Who to talk to in any case. Never empty.")
    next_question: QuestionToAsk | None = Field(description="null: no answer would change the first three.")


class DecisionAsked(BaseModel):
    """What is known of one person. Nothing of it is kept."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, Any] = Field(
        default_factory=dict,
        description="By the id of the question, as in /api/v1/questions: the id of an answer, a list of such ids, or "
        "years of age. A question may be left out.",
    )
    as_of: date | None = Field(default=None, description="The day that counts. Today in London, if left out.")
    limit: int = Field(default=10, ge=1, le=100, description="How many services at most.")
