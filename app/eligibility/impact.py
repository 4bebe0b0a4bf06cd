"""What a change to one programme would do to people: who gains, who loses, who is left with nothing.

Sets of answers are counted exactly, "not sure" included, as the proof counts them (see ``coverage``): each kind is a
difference between two sets of people whom some rows do not serve. Who gains and who loses shows in the rules of the one
programme. Only people who lose it can be stranded; whether they are takes the rules of all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from .compiled import Compiled, Mask, compile_rules
from .coverage import Walk
from .groups import Group, GroupSearch
from .rules import RECOMMENDED, Programme, Route, Ruleset
from .space import NO_WAY, Space, Ways

GROUPS_TOLD = 5
TOLD_FROM = 0.01
"""Groups of fewer than one in a hundred of those concerned are left out."""
DIGITS = 12
"""Of a share: it is a difference, of which the last digits are noise."""
NOTHING = Ruleset(routes=())
"""The rules of a programme that is not there: they let nobody in."""


@dataclass(frozen=True)
class Effect:
    """One thing that happens to people: to how many sets of answers, and to which share of people, from 0 to 1.

    The share is of people who answer everything, by the priors. It takes each answer to say nothing about the others,
    but for what follows from it. So it can be 0 where only people who are not sure are concerned. ``groups`` are the
    largest among those who answer, and may overlap.
    """

    sets: int
    share: float
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Impact:
    """What becomes of people by one change.

    ``gain``: it did not fit, and now fits or may fit. ``lose``: the other way round. ``surer``: it may have fitted, and
    now fits. ``less_sure``: the other way round. ``stranded``: they lose it, and no other programme fits or may fit.
    """

    gain: Effect
    lose: Effect
    surer: Effect
    less_sure: Effect
    stranded: Effect

    @property
    def nothing(self) -> bool:
        """Nobody is told anything else than before."""
        return not any(one.sets for one in (self.gain, self.lose, self.surer, self.less_sure))


def impact(space: Space, programmes: Iterable[Programme], changed: Programme, day: date) -> Impact:
    """What becomes of people on a day, when ``changed`` takes the place of the programme of the same id.

    It may be new, open or closed. Raises ``TooTangledError`` where the rules are too tangled for an exact count.
    """
    known = {programme.id: programme for programme in programmes}
    others = [p.rules_on(day) for p in known.values() if p.id != changed.id and _counts(p, day)]
    old = known.get(changed.id)
    before, after = _rules(old, day), _rules(changed, day)
    specific = [rules if one and _counts(one, day) else NOTHING for one, rules in ((old, before), (changed, after))]
    there, back = _Comparison(space, before, after), _Comparison(space, after, before)
    return Impact(
        gain=back.lost(),
        lose=there.lost(),
        surer=there.surer(),
        less_sure=back.surer(),
        stranded=_Comparison(space, *specific).lost(others),
    )


def _counts(programme: Programme, day: date) -> bool:
    """It is one of those that people are led to on the day, and not advice beside them."""
    return programme.role in RECOMMENDED and programme.open_on(day)


def _rules(programme: Programme | None, day: date) -> Ruleset:
    return programme.rules_on(day) if programme and programme.open_on(day) else NOTHING


@dataclass(frozen=True)
class _Comparison:
    """The rules of one programme at two times."""

    space: Space
    before: Ruleset
    after: Ruleset

    def lost(self, others: Sequence[Ruleset] = ()) -> Effect:
        """Whom it fitted, or may have, and whom neither it nor any of the others can fit now."""
        people = _People(self.space, [self.before, self.after, *others])
        refusing = [row for rules in (self.after, *others) for row in rules.routes]
        now, ever = ~1, ~0
        missed = [people.unserved(now)], [people.unserved(ever)]
        return _effect(people, *missed, GroupSearch(self.space), self.before.routes, refusing)

    def surer(self) -> Effect:
        """Whom it may have fitted and whom it fits now."""
        people = _People(self.space, [self.before, self.before, self.after], lenient=1)
        could, did, does = 1, 2 if self.before.sourced else 0, 4 if self.after.sourced else 0
        # Of those whom it did not surely fit and now does, without those whom it could not fit.
        missed = (
            [people.unserved(did), people.unserved(could | does)],
            [people.unserved(did | does), people.unserved(could)],
        )
        meeting = [(*row, *now) for row, now in product(_unsure(self.before), _sure(self.after))]
        return _effect(people, *missed, GroupSearch(self.space), meeting, _sure(self.before))


def _effect(
    people: "_People",
    more: Iterable[Ways],
    fewer: Iterable[Ways],
    search: GroupSearch,
    meeting: Sequence[Route],
    refusing: Iterable[Route],
) -> Effect:
    """``more`` without ``fewer``, with the groups of those who meet one row and are refused by all others."""
    some, rest = sum(more, NO_WAY), sum(fewer, NO_WAY)
    share = round((some.share - rest.share) / people.unserved(0).share, DIGITS)
    groups = search.largest(refusing, GROUPS_TOLD, meeting, smallest=share * TOLD_FROM) if share > 0 else ()
    return Effect(some.count - rest.count, max(share, 0.0), tuple(groups))


def _sure(rules: Ruleset) -> list[Route]:
    """The rows by which it can be said to fit."""
    return [row for row in rules.routes if rules.sourced and all(one.question for one in row)]


def _unsure(rules: Ruleset) -> list[Route]:
    """The rows by which it may fit even those who answer everything."""
    sure = _sure(rules)
    return [row for row in rules.routes if row not in sure]


class _People:
    """All people before some rules. A set of rules is a mask: bit n is the n-th of them."""

    def __init__(self, space: Space, rules: Sequence[Ruleset], lenient: Mask = -1) -> None:
        self._compiled: Compiled = compile_rules(space.questionnaire, [replace(one, made_for=()) for one in rules])
        self._walk = Walk(space, self._compiled, self._rows(lenient))

    def _rows(self, rules: Mask) -> Mask:
        return self._compiled.existing & self._compiled.ways.unfold(rules)

    def unserved(self, rules: Mask) -> Ways:
        """Those whom none of the rules serves."""
        return sum(self._walk.unserved(self._rows(rules)).values(), NO_WAY)
