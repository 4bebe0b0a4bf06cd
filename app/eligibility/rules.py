"""What a listing asks of a person, as frozen values."""

from dataclasses import dataclass
from datetime import date

from .answers import Span


@dataclass(frozen=True)
class Citation:
    """Where a condition was read: ``label`` for people, ``address`` where it is a web page."""

    label: str
    address: str = ""


@dataclass(frozen=True)
class Condition:
    """One condition: a question with the answers that meet it, or a span of numbers.

    Without a question it stays open for good: a source states it and no question settles it. ``excludes`` turns it
    round: it is met when the person is *not* so. ``assumed`` is the directory's own note where no source states it.
    """

    text: str
    question: str | None = None
    any_of: frozenset[str] = frozenset()
    span: Span | None = None
    excludes: bool = False
    assumed: str = ""
    ask: str = ""
    citations: tuple[Citation, ...] = ()

    def __hash__(self) -> int:
        # Rules are looked up by their conditions all the time; the whole of one takes ten times as long.
        return hash((self.text, self.question))


Route = tuple[Condition, ...]


@dataclass(frozen=True)
class Ruleset:
    """Who can use a service from ``since`` to ``until`` (None: no limit).

    ``routes``: any one lets a person in, and all its conditions must hold. ``made_for`` never shuts anybody out.
    """

    routes: tuple[Route, ...] = ((),)
    made_for: tuple[Condition, ...] = ()
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def sourced(self) -> bool:
        """Some source says who can use the service. Where none does, nobody can be told that it fits."""
        return any(not condition.assumed for route in self.routes for condition in route)


NO_RULES = Ruleset()


RECOMMENDED = frozenset({"programme", "service"})
"""The roles of listings that are recommended. Others are shown beside them."""


@dataclass(frozen=True)
class Programme:
    """What deciding needs to know of a listing.

    ``opened`` and ``closed`` bound the days on which it takes people (None: no limit). ``unproven_after`` is the day of
    the newest proof that it runs, for a listing to check first; None where it is known to run. ``boroughs`` is empty
    for a service that covers more than boroughs; ``reach`` is then "ncl", "london" or "national".

    From ``paused_from`` to ``paused_until`` (None: no end known) its provider takes nobody. That is about these days,
    and never about who can use it: so it changes a place in the order, and never a verdict or the proof. The same holds
    of ``overdue_from``, the first day on which its page was not confirmed in time (None: no such day).
    """

    id: str
    role: str
    rulesets: tuple[Ruleset, ...] = ()
    goals: frozenset[str] = frozenset()
    boroughs: frozenset[str] = frozenset()
    reach: str = "national"
    opened: date | None = None
    closed: date | None = None
    unproven_after: date | None = None
    self_referral: bool = False
    has_contact: bool = False
    never_opened: bool = False
    paused_from: date | None = None
    paused_until: date | None = None
    overdue_from: date | None = None

    def open_on(self, day: date) -> bool:
        if self.never_opened or (self.opened and day < self.opened):
            return False
        return self.closed is None or day <= self.closed

    def check_first_on(self, day: date) -> bool:
        return self.unproven_after is not None and day > self.unproven_after

    def paused_on(self, day: date) -> bool:
        begun = self.paused_from is not None and self.paused_from <= day
        return begun and (self.paused_until is None or day <= self.paused_until)

    def takes_people_on(self, day: date) -> bool:
        """It is known to run, and its provider says nothing else."""
        return not self.check_first_on(day) and not self.paused_on(day)

    def overdue_on(self, day: date) -> bool:
        return self.overdue_from is not None and self.overdue_from <= day

    def rules_on(self, day: date) -> Ruleset:
        return next((rules for rules in self.rulesets if rules.holds_on(day)), NO_RULES)
