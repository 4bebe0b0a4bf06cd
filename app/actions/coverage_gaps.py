"""What would close a gap: the programme that has to change least to serve a group that none serves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import prod

from app.actions.coverage import Unserved
from app.actions.coverage_words import people
from app.eligibility import possible
from app.eligibility.compiled import compile_rules
from app.eligibility.coverage import Walk
from app.eligibility.explain import listed
from app.eligibility.groups import Group
from app.eligibility.questions import Questionnaire
from app.eligibility.rules import Condition, Programme, Route, Ruleset
from app.eligibility.space import NO_WAY, Space

MOST = 0.5
"""Who serves fewer of a group after a change has not closed the gap, if another one can."""
WHAT_IT_IS_FOR = frozenset({"health", "situation"})
"""Conditions on these say what a programme is for. Of two changes, one that leaves that alone is the smaller."""
DIGITS, NOBODY = 9, 1e-12


@dataclass(frozen=True)
class Closing:
    """One way in of a programme, the conditions that shut a whole group out, and what would be without them.

    ``share`` is the part of the group, from 0 to 1, that no other condition shuts out. ``others``: how many other
    programmes come as near.
    """

    programme: Programme
    in_the_way: Route
    share: float
    others: int = 0


@dataclass
class GapSearch:
    """Finds what has to change least on a day."""

    space: Space
    day: date
    _shares: dict[object, float] = field(default_factory=dict)

    def closings(self, part: Unserved) -> Iterator[tuple[Group, Closing | None]]:
        """Each group with the way in that has to change least; None where no single way in would do.

        Fewest conditions in the way come first, then those that leave alone what the programme is for, then those that
        would let most of the group in. Raises ``TooTangledError``.
        """
        ways = [(programme, row) for programme in part.programmes for row in programme.rules_on(self.day).routes]
        for group in part.groups:
            found = [one for one in (self._closing(group, *way) for way in ways) if one.share > 0]
            yield group, self._nearest([one for one in found if one.share >= MOST] or found)

    def _closing(self, group: Group, programme: Programme, row: Route) -> Closing:
        in_the_way = tuple(one for one in row if self._share((*group.conditions, one)) < NOBODY)
        left = [one for one in row if one not in in_the_way]
        share = self._share((*group.conditions, *left)) / group.ways.share
        return Closing(programme, in_the_way, min(1.0, round(share, DIGITS)))

    def _nearest(self, found: Sequence[Closing]) -> Closing | None:
        if not found:
            return None
        nearest = min(found, key=lambda one: (*self._distance(one), one.programme.id))
        as_near = {one.programme.id for one in found if self._distance(one) == self._distance(nearest)}
        return replace(nearest, others=len(as_near) - 1)

    def _distance(self, closing: Closing) -> tuple[int, int, float]:
        asked = [self.space.questionnaire[one.question] for one in closing.in_the_way if one.question]
        for_what = sum(question.describes in WHAT_IT_IS_FOR for question in asked)
        return len(closing.in_the_way), for_what, -round(closing.share, 2)

    def _share(self, conditions: Sequence[Condition]) -> float:
        """The share of people, from 0 to 1, who fail none of the conditions.

        Half a year of age, and what no question asks, fails nobody.
        """
        return prod(
            self._share_within(part, tuple(one for one in conditions if one.question in part))
            for part in self.space.parts
        )

    def _share_within(self, part: tuple[str, ...], conditions: Route) -> float:
        if (part, conditions) not in self._shares:
            space = replace(self.space, parts={part: self.space.parts[part]})
            walk = Walk(space, compile_rules(space.questionnaire, [Ruleset((conditions,))]), lenient=1)
            everybody, others = (sum(walk.unserved(rows).values(), NO_WAY).share for rows in (0, 1))
            self._shares[part, conditions] = 1 - others / everybody
        return self._shares[part, conditions]


def closing_in_words(
    questionnaire: Questionnaire, names: Mapping[str, str], group: Group, closing: Closing | None
) -> str:
    """ "Good Work Camden would serve all of them if it also took people who live in Enfield." ``names``: by id."""
    if closing is None:
        return "No programme comes near."
    name, whom = names[closing.programme.id], _how_many(closing.share)
    more = f" {_counted(closing.others)} as near." if closing.others else ""
    if not closing.in_the_way:
        return f"{name} may serve {whom} already. Only the service can tell.{more}"
    wishes = listed(list(dict.fromkeys(_wishes(questionnaire, group, closing.in_the_way))), "and")
    says = " ".join(f"“{one.text}”" for one in closing.in_the_way)
    return f"{name} would serve {whom} if it {wishes}. Now it says: {says}{more}"


def _wishes(questionnaire: Questionnaire, group: Group, in_the_way: Route) -> Iterator[str]:
    """What it would have to do, first whom of the group it would have to take."""
    reasons = {one: _reason(questionnaire, group, one) for one in in_the_way}
    if also := [one for one in group.conditions if one in reasons.values()]:
        yield f"also took {_inside(questionnaire, also)}"
    yield from (_without(questionnaire, one) for one in in_the_way if reasons[one] is None)


def _reason(questionnaire: Questionnaire, group: Group, condition: Condition) -> Condition | None:
    """Why everybody in the group fails the condition; None where they only have in common what they are not."""
    for reason in group.conditions:
        both = (reason, condition)
        if _can_be_said(questionnaire, reason) and not possible.people(questionnaire, both).can_meet(both):
            return reason
    return None


def _without(questionnaire: Questionnaire, condition: Condition) -> str:
    if condition.span:
        return f"did not say “{condition.text}”"
    if _can_be_said(questionnaire, possible.opposite(condition)):
        return f"also took {_inside(questionnaire, [possible.opposite(condition)])}"
    return f"were not only for {_inside(questionnaire, [condition])}"


def _can_be_said(questionnaire: Questionnaire, condition: Condition) -> bool:
    """It says what people are, and not what they are not."""
    return people(questionnaire, [condition]).startswith("People who ")


def _inside(questionnaire: Questionnaire, conditions: Sequence[Condition]) -> str:
    """The people in the middle of a sentence."""
    said = people(questionnaire, conditions)
    return said[:1].lower() + said[1:]


def _counted(others: int) -> str:
    return "1 other comes" if others == 1 else f"{others} others come"


def _how_many(share: float) -> str:
    return "all of them" if share >= 1 else f"about {max(1, min(99, round(100 * share)))}% of them"
