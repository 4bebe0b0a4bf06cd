"""Every address that gives JSON, as a table: what it is for, what can be asked, and the type of the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, Field

from app.actions.decision_shapes import DecisionAsked, DecisionGiven
from app.exchange.oruk import shapes
from app.exchange.oruk.ours import Shape

from ..api_shapes import Alive, QuestionsGiven, Ready, SearchAsked, SearchGiven
from .asked import PageAsked, PlacesAsked, ServicesAsked, TermsAsked

REFUSED = "Something in the request cannot be read. The message says what."
NOT_THERE = "There is nothing with this id."
UNCHANGED = "Nothing changed since the answer that the caller has."
ROOT = "/api/oruk/v3/"
MOVED = "Another service stands for this one now. Its address is in the header Location."


class Trouble(Shape):
    """What is wrong."""

    message: str = Field(description="In a sentence.")
    questions: tuple[str, ...] = Field(default=(), description="The ids of the questions that it is about.")


class Refusal(Shape):
    """Why there is no answer."""

    error: Trouble


@dataclass(frozen=True)
class Operation:
    """``name`` is unique. ``asked`` are the filters, ``body`` what is sent; ``by_id``: the path holds an id.

    ``refusals`` says why there may be no answer, by the status. ``kept``: callers may keep the answer. ``moved``: the
    answer may be somewhere else.
    """

    name: str
    path: str
    about: str
    answer: type[BaseModel]
    asked: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    method: Literal["get", "post"] = "get"
    by_id: bool = False
    kept: bool = False
    moved: bool = False
    refusals: Mapping[int, str] = field(default_factory=dict)


def _list(name: str, of: str, answer: type[BaseModel], asked: type[PageAsked]) -> Operation:
    about = f"A page of the {of}, in an order that never changes."
    return Operation(name, f"{ROOT}{name}", about, answer, asked, kept=True, refusals={400: REFUSED})


def _one(name: str, of: str, answer: type[Shape], *, moved: bool = False) -> Operation:
    path, about = f"{ROOT}{name}/{{id}}", f"The whole of {of}."
    there = {404: NOT_THERE}
    return Operation(f"one_of_{name}", path, about, answer, by_id=True, kept=True, moved=moved, refusals=there)


OPEN_REFERRAL = (
    Operation("details", ROOT, "The profile that this API follows.", shapes.ApiDetails, kept=True),
    _list("services", "services, also of those that closed", shapes.PageOfServices, ServicesAsked),
    _one("services", "a service", shapes.Service, moved=True),
    _list(
        "service_at_locations",
        "places where services can be visited",
        shapes.PageOfPlaces,
        PlacesAsked,
    ),
    _one("service_at_locations", "a place and its service", shapes.ServiceAtLocation),
    _list("taxonomies", "taxonomies", shapes.PageOfTaxonomies, PageAsked),
    _one("taxonomies", "a taxonomy", shapes.Taxonomy),
    _list("taxonomy_terms", "terms of the taxonomies", shapes.PageOfTerms, TermsAsked),
    _one("taxonomy_terms", "a term", shapes.Term),
)
OURS = (
    Operation(
        "search",
        "/api/v1/search",
        "Open services, as the search page finds them.",
        SearchGiven,
        SearchAsked,
        refusals={422: REFUSED},
    ),
    Operation("questions", "/api/v1/questions", "The questions that can be answered about a person.", QuestionsGiven),
    Operation(
        "recommendations",
        "/api/v1/recommendations",
        "What fits one person, why, and who to talk to. Nothing that is sent is kept.",
        DecisionGiven,
        body=DecisionAsked,
        method="post",
        refusals={400: REFUSED, 413: "The request is too long.", 422: REFUSED},
    ),
    Operation("healthz", "/healthz", "The process lives.", Alive),
    Operation("readyz", "/readyz", "The database and the index answer.", Ready),
)
