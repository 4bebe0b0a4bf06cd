"""The largest groups of people whom none of some rules serves, each as a few restrictions that can be said aloud."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

from .answers import Span
from .compiled import compile_rules
from .coverage import Walk
from .possible import opposite
from .questions import NONE, Question, Questionnaire
from .rules import Condition, Route, Ruleset
from .space import NO_WAY, ONE_WAY, Space, Ways, consequences

Variable = tuple[str, str]
"""A question, or one fact of a multi-answer question ("" else)."""
Values = frozenset[str | int]
Box = Mapping[Variable, Values]
"""A group: what each restricted variable can still be. A fact is "yes" or "no", a number any whole value listed."""
YES: Values = frozenset({"yes"})
NO: Values = frozenset({"no"})
SMALLEST_SHARE = 0.001
"""Groups of fewer than one person in a thousand are left out: they are many, and a map of them helps nobody."""
LOOKED_AT = 10_000
"""Groups looked at before the search gives up: on made-up rules without order it would go on for minutes."""


@dataclass(frozen=True)
class Group:
    """The people who meet all of ``conditions``, with what follows from them (``box``).

    ``ways``: the sets of answers that say so, and the share of people, out of everybody.
    """

    conditions: Route
    box: Box
    ways: Ways


@dataclass
class GroupSearch:
    """Finds groups best first: the largest at hand is split by the conditions on which the next row can refuse it.

    Splitting only makes a group smaller, so the groups come out largest first.
    """

    space: Space
    _sizes: dict[object, Ways] = field(default_factory=dict)

    def largest(
        self,
        rows: Iterable[Route],
        most: int,
        meeting: Sequence[Route] = ((),),
        smallest: float = SMALLEST_SHARE,
    ) -> list[Group]:
        """Up to ``most`` groups, all of whose people are refused by every row. None lies within another.

        All meet one and the same row of ``meeting``, apart from what no question settles. Groups of a smaller share of
        people than ``smallest`` are left out.
        """
        questionnaire = self.space.questionnaire
        refusals = sorted((list(_refusals(questionnaire, row)) for row in rows), key=len)
        starts = [[*(list(_met_by(questionnaire, one)) for one in row if one.question), *refusals] for row in meeting]
        found: list[Box] = []
        seen: set[object] = set()
        # The second number is never the same twice, so that boxes are not compared.
        waiting: list[tuple[float, int, int, Box]] = [(-1.0, n - len(starts), n, {}) for n in range(len(starts))]
        while waiting and len(found) < most and len(seen) < LOOKED_AT:
            _, _, start, box = heappop(waiting)
            closed = _closed(questionnaire, box)
            if any(_within(closed, other) for other in found):
                continue
            ways_out = next((row for row in starts[start] if not any(_within(closed, out) for out in row)), None)
            if ways_out is None:
                found.append(box)
                continue
            for part in (_plain(questionnaire, _both(box, refusal)) for refusal in ways_out):
                share, key = self.size(part).share if all(part.values()) else 0.0, (start, frozenset(part.items()))
                if share >= smallest and key not in seen:
                    seen.add(key)
                    heappush(waiting, (-share, len(seen), start, part))
        return [self._group(box) for box in found]

    def _group(self, box: Box) -> Group:
        questionnaire = self.space.questionnaire
        return Group(tuple(_conditions(questionnaire, box)), _closed(questionnaire, box), self.size(box))

    def size(self, box: Box) -> Ways:
        """The sets of answers that say a person belongs to the group, and the share of such people."""
        size = ONE_WAY
        for part in self.space.parts:
            inside = {variable: values for variable, values in box.items() if variable[0] in part}
            key = (part, frozenset(inside.items()))
            if key not in self._sizes:
                self._sizes[key] = self._size_within(part, inside)
            size = size * self._sizes[key]
        return size

    def _size_within(self, part: tuple[str, ...], box: Box) -> Ways:
        space = replace(self.space, parts={part: self.space.parts[part]})
        belongs = Ruleset((tuple(_conditions(space.questionnaire, box)),))
        walk = Walk(space, compile_rules(space.questionnaire, [belongs]), lenient=0)
        everybody, others = (sum(walk.unserved(rows).values(), NO_WAY) for rows in (0, 1))
        return Ways(everybody.count - others.count, 1 - others.share / everybody.share)


def serves_all(questionnaire: Questionnaire, row: Route, group: Group, *, lenient: bool) -> bool:
    """Whether everybody in the group meets the row; where ``lenient``, or may meet what no question settles."""
    turned = [opposite(one) for one in row if one.question or not lenient]
    return all(serves_none(questionnaire, (one,), group) for one in turned)


def serves_none(questionnaire: Questionnaire, row: Route, group: Group) -> bool:
    """Whether everybody in the group fails one and the same condition of the row."""
    return any(_within(group.box, refusal) for refusal in _refusals(questionnaire, row))


def _refusals(questionnaire: Questionnaire, row: Route) -> Iterator[Box]:
    """The widest groups all of whose people fail the same condition of the row."""
    for condition in row:
        yield from _refused_by(questionnaire, condition)


def _met_by(questionnaire: Questionnaire, condition: Condition) -> Iterator[Box]:
    """The widest groups all of whose people meet the condition."""
    return _refused_by(questionnaire, opposite(condition))


def _refused_by(questionnaire: Questionnaire, condition: Condition) -> Iterator[Box]:
    if condition.question is None:
        return
    question = questionnaire[condition.question]
    if question.kind == "multi":
        facts: list[Box] = [{(question.id, fact): YES if condition.excludes else NO} for fact in condition.any_of]
        yield from facts if condition.excludes else [{variable: NO for box in facts for variable in box}]
        return
    if question.kind == "one":
        accepted: Values = frozenset(condition.any_of)
        sides = [accepted] if condition.excludes else [frozenset(question.answer_ids) - accepted]
    else:
        sides = list(_numbers(question, condition))
    yield from ({(question.id, ""): side} for side in sides if side)


def _numbers(question: Question, condition: Condition) -> Iterator[Values]:
    span, every = condition.span or Span(question.lowest, question.lowest), range(question.lowest, question.highest + 1)
    if condition.excludes:
        yield frozenset(number for number in every if span.low <= number and number + 1 <= span.high)
    else:
        yield frozenset(number for number in every if number + 1 <= span.low)
        yield frozenset(number for number in every if number >= span.high)


def _both(box: Box, other: Box) -> Box:
    return {**box, **{variable: values & box.get(variable, values) for variable, values in other.items()}}


def _within(box: Box, other: Box) -> bool:
    return all(variable in box and box[variable] <= values for variable, values in other.items())


def _closed(questionnaire: Questionnaire, box: Box) -> Box:
    """The group with all that follows from its restrictions."""
    closed = box
    for (question_id, fact), values in box.items():
        if len(values) == 1 and not (fact and values == NO):
            answer = fact or str(next(iter(values)))
            for follows in consequences(questionnaire, question_id, answer) - {(question_id, answer)}:
                closed = _both(closed, _restriction(questionnaire, *follows))
    return closed


def _restriction(questionnaire: Questionnaire, question_id: str, answer: str) -> Box:
    question = questionnaire[question_id]
    if question.kind != "multi":
        return {(question_id, ""): frozenset({answer})}
    if answer == NONE:
        return {(question_id, fact): NO for fact in question.answer_ids}
    return {(question_id, answer): YES}


def _plain(questionnaire: Questionnaire, box: Box) -> Box:
    """The group without restrictions that follow from others, and without answers after which another is not asked."""
    for variable, values in box.items():
        rest = {other: box[other] for other in box if other != variable}
        if _within(_closed(questionnaire, rest), {variable: values}):
            return _plain(questionnaire, rest)
    for hangs_on, wanted in filter(None, (questionnaire[id_].asked_if for id_, _ in box)):
        if (hangs_on, "") in box:
            box = _both(box, {(hangs_on, ""): frozenset[str | int](wanted)})
    return box


def _conditions(questionnaire: Questionnaire, box: Box) -> Iterator[Condition]:
    """The group as conditions, in the order of the questions."""
    for question in questionnaire:
        mine = {fact: values for (id_, fact), values in box.items() if id_ == question.id}
        if question.kind == "multi":
            yield from (Condition("", question.id, frozenset({fact})) for fact in mine if mine[fact] == YES)
            if none_of := frozenset(fact for fact in mine if mine[fact] == NO):
                yield Condition("", question.id, none_of, excludes=True)
        for values in mine.values() if question.kind != "multi" else ():
            if question.kind == "one":
                yield Condition("", question.id, frozenset(str(value) for value in values))
            else:
                numbers = [int(value) for value in values]
                yield Condition("", question.id, span=Span(min(numbers), max(numbers) + 1))
