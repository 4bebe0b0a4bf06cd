"""The types of the JSON answers under /api/v1, and of the two that say whether the process can work."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.actions.decision_shapes import AvailabilityGiven, FreshnessGiven, Given
from app.directory.listing import Borough, Role
from app.eligibility.questions import Kind

MOST = 100
SOME = 10
"""Results: at most, and where nothing is said."""


class SearchAsked(BaseModel):
    """What to search for. Whoever asks for no words gets every open service."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    q: str = Field(default="", description="Words, as people type them into the search.")
    borough: Literal["", Borough] = Field(default="", description="Only services for people of this borough.")
    limit: int = Field(default=SOME, ge=1, le=MOST, description="How many services at most.")


class NoticeGiven(Given):
    """A sentence above the results."""

    kind: Literal["urgent", "closed", "did_you_mean"]
    text: str
    service: str | None = Field(description="The closed service that it is about.")
    successors: list[str] = Field(description="The services that took its place. A source says so.")
    see_instead: list[str] = Field(description="The services to look at instead. That is our advice.")


class CardGiven(Given):
    """A service in short."""

    id: str
    name: str
    role: Role
    status: Literal["live", "check_first"]
    boroughs: list[str]
    summary: str
    availability: AvailabilityGiven | None
    freshness: FreshnessGiven
    url: str = Field(description="The path of its page for people, on this host.")


class SearchGiven(Given):
    """Open services alone, the best first, and what to say above them."""

    query: str
    total: int = Field(ge=0, description="How many there are without the limit.")
    notices: list[NoticeGiven]
    results: list[CardGiven]


class AnswerGiven(Given):
    """An answer that can be chosen."""

    id: str
    label: str


class QuestionGiven(Given):
    """A question, worded for oneself."""

    id: str
    kind: Kind = Field(description="How it is answered: with one answer, with several, or with a number.")
    text: str
    hint: str
    why: str = Field(description="Why it is asked.")
    sensitive: bool = Field(description="Asked late, and only where it can change something.")
    answers: list[AnswerGiven]


class QuestionsGiven(Given):
    """All questions, in their order."""

    questions: list[QuestionGiven]


class Alive(Given):
    """The process lives."""

    status: Literal["ok"]


class Ready(Given):
    """Whether it can answer, and of how many services."""

    status: Literal["ok", "no index"]
    listings: int = Field(ge=0)
