"""A listing as a value: what a seed file says, what the tables keep and what a page shows.

The shape is written down for people in ``docs/listing-format.md``. Every model refuses fields it does not know, so a
misspelt key is an error and never a fact lost in silence. Dates may be a day, a month or a year: see ``PartialDate``.
"""

from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field

from app.directory.dates import PartialDate, first_day, last_day
from app.directory.opening import Hours
from app.directory.sources import Source
from app.directory.value import Slug, Text, Value

Role = Literal["programme", "service", "advice", "human_route", "information"]
Status = Literal["live", "check_first", "closed"]
ReferralRouteId = Literal["self", "gp", "health_professional", "employer", "jcp", "local_authority", "vcs", "other"]
ContactType = Literal["phone", "text", "email", "web", "address", "ask"]
Grade = Literal["official", "own_site", "council", "second_hand", "seed_only", "weak"]
PracticalId = Literal[
    "free",
    "voluntary",
    "benefits",
    "employer_told",
    "gp_told",
    "phone",
    "online",
    "in_person",
    "interpreter",
    "step_free",
    "wait",
]
Borough = Literal["barnet", "camden", "enfield", "haringey", "islington"]
BOROUGHS: tuple[Borough, ...] = get_args(Borough)
AreaId = Literal[Borough, "ncl", "london", "national"]


def _as_aliases(value: Any) -> Any:
    return [{"name": item} if isinstance(item, str | int) else item for item in value] if value else []


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Fact(Value):
    """A sentence for the reader with the keys of its sources."""

    text: Text
    source: tuple[str, ...] = Field(min_length=1)


class PracticalFact(Fact):
    """An answer to what people ask first. ``wait`` has no yes or no."""

    answer: Literal["yes", "no", "partly"] | None = None


class Alias(Value):
    """Another name. ``alone``: common words, which count only when they are the whole search."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    alone: bool = False


class ReferralRoute(Fact):
    """A way to be referred."""

    route: ReferralRouteId


class Language(Value):
    """A language in which people can be helped."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    source: tuple[str, ...] = Field(min_length=1)


class Contact(Value):
    """A way to get in touch, with how well it is known (``grade``, ``old``)."""

    type: ContactType
    value: Annotated[str, Field(min_length=1, max_length=400)]
    hours: str | None = None
    note: str | None = None
    grade: Grade | None = None
    old: bool = False
    audience: Literal["professionals"] | None = None
    source: tuple[str, ...] = Field(min_length=1)


class ReachThrough(Value):
    """Another listing that leads here. ``area``: only for people of these boroughs; empty: for all."""

    service: Slug
    text: Text
    area: Annotated[tuple[Borough, ...], BeforeValidator(_as_list)] = ()

    def is_for(self, boroughs: frozenset[str]) -> bool:
        """Whether the door is open to somebody of these boroughs; where none is known, it is."""
        return not self.area or not boroughs or bool(boroughs & set(self.area))


class RuleCondition(Value):
    """One condition as written. Exactly one of ``question``, ``ask`` and ``assume`` is given."""

    question: str | None = None
    ask: str | None = None
    assume: str | None = None
    any_of: tuple[str, ...] = ()
    at_least: float | None = None
    below: float | None = None
    text: Text | None = None
    source: tuple[str, ...] = ()


class Rule(Value):
    """Who can use the service in one period."""

    since: PartialDate | None = Field(default=None, alias="from")
    until: PartialDate | None = None
    everyone: tuple[RuleCondition, ...] = ()
    routes: tuple[tuple[RuleCondition, ...], ...] = Field(default=(), max_length=4)
    exclusions: tuple[RuleCondition, ...] = ()
    made_for: tuple[RuleCondition, ...] = ()

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    def holds_on(self, day: date) -> bool:
        begun = self.since is None or first_day(self.since) <= day
        return begun and (self.until is None or day <= last_day(self.until))


class Listing(Value):
    """Everything that the directory knows about one service."""

    id: Slug
    name: Annotated[str, Field(min_length=1, max_length=160)]
    role: Role
    organisation: Slug | None = None
    commissioner: Fact | None = None
    summary: Text
    aliases: Annotated[tuple[Alias, ...], BeforeValidator(_as_aliases)] = ()
    offers: tuple[Fact, ...] = ()
    goals: tuple[str, ...] = ()
    area: Annotated[tuple[AreaId, ...], BeforeValidator(_as_list)] = Field(min_length=1)
    opened: PartialDate | None = None
    never_opened: bool = False
    closed: PartialDate | None = None
    last_seen: PartialDate | None = None
    status: Status
    status_note: Fact
    rules: tuple[Rule, ...] = ()
    referral: tuple[ReferralRoute, ...] = ()
    contacts: tuple[Contact, ...] = ()
    hours: Hours | None = None
    languages: tuple[Language, ...] = ()
    access: tuple[Fact, ...] = ()
    reach_through: tuple[ReachThrough, ...] = ()
    practical: dict[PracticalId, PracticalFact] = Field(default_factory=dict)
    notes: tuple[Fact, ...] = ()
    unknown: tuple[str, ...] = ()
    successors: tuple[Slug, ...] = ()
    successor_source: tuple[str, ...] = ()
    see_instead: tuple[Slug, ...] = ()
    sources: dict[str, Source]

    @property
    def public_contacts(self) -> tuple[Contact, ...]:
        """The contacts that are for everybody."""
        return tuple(contact for contact in self.contacts if contact.audience is None)

    def rule_on(self, day: date) -> Rule | None:
        """The rule that holds on a day, as written; None where no rule says who can use the service."""
        return next((rule for rule in self.rules if rule.holds_on(day)), None)


class Organisation(Value):
    """Who runs a service."""

    name: Annotated[str, Field(min_length=1, max_length=160)]
    description: Text
    aliases: tuple[str, ...] = ()
    url: str | None = None
