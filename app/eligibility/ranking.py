"""Which listing comes first. Each tier can be said in a sentence; the first tier that differs decides.

Nothing here counts conditions, so nobody can buy a place by writing many of them, or wide ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from .compiled import Mask, members, union, without
from .evaluate import Verdict
from .position import Position
from .rulebook import Rulebook, Steps, counted
from .rules import Programme, Ruleset

TIERS = (
    "it fits by what we know",
    "it does more of what was asked for",
    "it is made for a narrower group",
    "we know that it is open now",
    "its page is not overdue to be confirmed",
    "it gives more of the other help that was asked for",
    "it is made for people in this work situation",
    "it is more likely to fit",
    "it is more local",
    "people can go there by themselves",
)
"""What puts one listing ahead of another, tier by tier: the end of "… comes first, because …"."""
TURNS = "nothing we know puts either first, and they take turns by the day"


@dataclass(frozen=True)
class Ranked:
    """A listing with its verdict and its place in each tier: the higher, the earlier."""

    programme: Programme
    ruleset: Ruleset
    verdict: Verdict
    key: tuple[int, ...]


class Standing:
    """What a position means for every programme, as it stands and whatever is answered next."""

    def __init__(self, position: Position) -> None:
        self.position = position
        self._compiled = position.rulebook.compiled
        self._met = position.still & position.reachable

    @cached_property
    def fits(self) -> Mask:
        """Every condition of some way in is met. No answer to come can change that."""
        return self._compiled.ways.fold(self._met) & self._compiled.sourced

    @cached_property
    def possible(self) -> Mask:
        """They fit or may fit."""
        return self._compiled.ways.fold(self.position.alive)

    @cached_property
    def sure(self) -> Mask:
        """They stay possible, whatever is answered next."""
        return self._compiled.ways.fold(self.position.still)

    @cached_property
    def narrow(self) -> Steps:
        """How narrow a group each is made for to which the person belongs: see ``level_of``."""
        return self._narrow(self._met)

    @cached_property
    def for_work(self) -> Mask:
        """They are made for where the person stands with work."""
        return self._compiled.made_for.fold(self._met & self.position.rulebook.for_work)

    @cached_property
    def as_it_stands(self) -> tuple[Steps, ...]:
        """The ``TIERS`` by what is known, then the draw of the day."""
        rulebook, position = self.position.rulebook, self.position
        goals, near = served_goals(rulebook, position.goals), rulebook.nearness[position.home]
        return self._tiers(self.fits, goals, self.narrow, self.for_work, position.likely, near)

    @cached_property
    def at_worst(self) -> Steps:
        """The same in one row, when answers to come bring the lowest in every tier."""
        position = self.position
        goals, near = self._goals(0), self._near(position.rulebook.farthest)
        likely = position.likely & position.still
        return tuple(chain(*self._tiers(self.fits, goals, self.narrow, self.for_work, likely, near)))

    @cached_property
    def at_best(self) -> Steps:
        """The same when they bring the highest."""
        position, rulebook = self.position, self.position.rulebook
        can_fit = self._compiled.ways.fold(position.reachable) & self._compiled.sourced
        for_work = self._compiled.made_for.fold(position.reachable & rulebook.for_work)
        goals, near = self._goals(-1), self._near(rulebook.nearest)
        likely = position.likely | without(position.alive, position.still)
        return tuple(chain(*self._tiers(can_fit, goals, self._narrow(position.reachable), for_work, likely, near)))

    def _tiers(
        self, fits: Mask, goals: tuple[Steps, Steps], narrow: Steps, for_work: Mask, likely: Mask, near: Steps
    ) -> tuple[Steps, ...]:
        rulebook = self.position.rulebook
        served, other = goals
        likely = fits | self._compiled.ways.fold(likely)
        today = (rulebook.running,), (rulebook.fresh,)
        return (fits,), served, narrow, *today, other, (for_work,), (likely,), near, (rulebook.own,), rulebook.draw

    def _narrow(self, rows: Mask) -> Steps:
        return tuple(self._compiled.layers.fold(rows & level) for level in self.position.rulebook.narrow)

    def _goals(self, every: Mask) -> tuple[Steps, Steps]:
        """What is served; while the goals can still be asked, nothing at worst (0) and all that can be at best (-1)."""
        if not self.position.goals_open:
            return served_goals(self.position.rulebook, self.position.goals)
        served, other = self.position.rulebook.most_goals
        return tuple(step & every for step in served), tuple(step & every for step in other)

    def _near(self, while_open: Steps) -> Steps:
        if self.position.place_to_ask:
            return while_open
        return self.position.rulebook.nearness[self.position.home]

    def verdict(self, programme_id: str) -> Verdict:
        """How one programme stands; one that is not open that day does not fit."""
        bit = 1 << self.position.rulebook.numbers.get(programme_id, len(self.position.rulebook.programmes))
        if self.fits & bit:
            return Verdict.FITS
        return Verdict.MAY_FIT if self.possible & bit else Verdict.DOES_NOT_FIT


def in_order(group: Mask, tiers: Sequence[Mask]) -> Iterator[int]:
    """The programmes of a group, first to last, each only when it is asked for."""
    for number, tier in enumerate(tiers):
        if group & (group - 1) == 0:
            break
        ahead = group & tier
        if ahead and ahead != group:
            yield from in_order(ahead, tiers[number + 1 :])
            group ^= ahead
    yield from members(group)


def rank(standing: Standing, among: Mask) -> Iterator[Ranked]:
    """The programmes of a set that fit or may fit, best first, each worked out only when it is asked for."""
    tiers = standing.as_it_stands
    rulebook = standing.position.rulebook
    for number in in_order(standing.possible & among, list(chain(*tiers))):
        key = tuple(sum(step >> number & 1 for step in tier) for tier in tiers[: len(TIERS)])
        verdict = Verdict.FITS if standing.fits >> number & 1 else Verdict.MAY_FIT
        yield Ranked(rulebook.programmes[number], rulebook.rulesets[number], verdict, key)


def why_ahead(first: Ranked, second: Ranked) -> str:
    """The tier that puts one listing ahead of another, as the end of "… comes first, because …"."""
    differing = (tier for tier, mine, other in zip(TIERS, first.key, second.key, strict=True) if mine != other)
    return next(differing, TURNS)


def served_goals(rulebook: Rulebook, goals: frozenset[str]) -> tuple[Steps, Steps]:
    """How well each programme does what the person wants, and how much of the other help they named it gives.

    A point for the step, a point for the kind of job. Naming a kind of job implies finding one, and a programme that is
    only for a kind that was not named serves nothing. With no work goal named, each other goal counts.
    """
    kinds = rulebook.questionnaire.goal_kinds
    jobs, steps = goals & kinds.job, goals & kinds.step
    other = counted(rulebook.goals.get(goal, 0) for goal in goals - kinds.job - kinds.step)
    if not jobs and not steps:
        return other, ()
    for_job = union(rulebook.goals.get(goal, 0) for goal in jobs)
    if jobs:
        steps |= {kinds.job_implies}
    for_step = for_job | union(rulebook.goals.get(goal, 0) for goal in steps)
    return (for_step & for_job, for_step), other
