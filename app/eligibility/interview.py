"""What to ask next: the question that leaves fewest listings able to come first, and none that can change nothing."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from itertools import chain, combinations, islice, pairwise
from math import ceil, floor, prod

from .answers import AnswerError, Answers
from .compiled import Mask, mask_of, members
from .position import Outcome, Position, outcome_of, position_of
from .questions import NONE, Question
from .ranking import Standing, in_order
from .rulebook import Questions, Rulebook, Steps
from .rules import RECOMMENDED, Ruleset

FIRST = 3
SEARCHED = 2000
"""Positions looked at before a question counts as one that may change something after all."""


@dataclass(frozen=True)
class Interview:
    """Everything that stays the same while people are asked. ``first``: how many results must be settled."""

    rulebook: Rulebook
    first: int = FIRST

    @cached_property
    def among(self) -> Mask:
        """The programmes that are recommended."""
        return self.rulebook.among(RECOMMENDED)

    @cached_property
    def outcomes(self) -> tuple[tuple[Outcome, ...], ...]:
        """By question, what each answer does: of a multi-answer question, each fact alone, and none."""
        return tuple(tuple(_outcomes(self.rulebook, question)) for question in self.rulebook.questions)


def next_question(interview: Interview, answers: Answers) -> Question | None:
    """The next best question, or None when no answer can change the first results (ids, order and verdicts).

    First come those that can change the results at once, of these first those not marked sensitive.
    """
    position = position_of(interview.rulebook, answers)
    questions = interview.rulebook.questions
    doors = _doors(interview.rulebook, position, _open_questions(interview, position))
    plain = [number for number in doors if not questions[number].sensitive]
    sensitive = [number for number in doors if questions[number].sensitive]
    for can_change in (_changes_at_once, _can_change):
        for numbers in (plain, sensitive):
            able = [n for n in numbers if any(can_change(interview, position, behind) for behind in members(doors[n]))]
            if able:
                return questions[_best(interview, position, able)]
    return None


def still_to_ask(interview: Interview, answers: Answers) -> frozenset[str]:
    """The questions that may yet be asked until the first results are settled, whatever is answered; at least all.

    They get fewer with every answer, unless an answer takes back an earlier one that it contradicts.
    """
    position = position_of(interview.rulebook, answers)
    in_play = _open_questions(interview, position)
    found = _leading(interview.rulebook, in_play) & position.askable
    return frozenset(interview.rulebook.questions[number].id for number in members(found))


def _leading(rulebook: Rulebook, questions: Questions) -> Questions:
    """The questions with all that may be asked on their account: what they hang on, and what can tell their answer."""
    places = mask_of(number for number in rulebook.place_questions if number is not None)
    found = questions | (places if questions & places else 0)
    for number in members(questions):
        before = rulebook.before[number]
        found |= rulebook.leading_to[number] | (0 if before is None else 1 << before)
    return found if found == questions else _leading(rulebook, found)


def _best(interview: Interview, position: Position, numbers: Collection[int]) -> int:
    """The question that leaves least open, on average over the people who give each answer.

    The question furthest behind is given up without looking at all of its answers.
    """
    if len(numbers) == 1:
        return min(numbers)
    sums = [(0.0, number, 0) for number in sorted(numbers)]
    while True:
        left, number, looked_at = heappop(sums)
        outcomes = interview.outcomes[number]
        if looked_at == len(outcomes):
            return number
        outcome = outcomes[looked_at]
        left += outcome.share * _open_after(interview, position.after(outcome))
        heappush(sums, (left, number, looked_at + 1))


def _open_after(interview: Interview, position: Position) -> int:
    """The listings that can still be among the first, and the questions that can still decide it."""
    standing = Standing(position)
    contenders = _contenders(interview, standing)
    return contenders.bit_count() + _in_play(standing, contenders).bit_count()


def bands(question: Question, rulesets: Iterable[Ruleset]) -> list[tuple[int, int]]:
    """The whole-year bands, first and last year inclusive, that the rules tell apart.

    A limit of 17½ makes a band of 17 alone: at that age the condition stays open.
    """
    conditions = (c for rules in rulesets for row in (*rules.routes, rules.made_for) for c in row)
    spans = [c.span for c in conditions if c.question == question.id and c.span]
    limits = {edge for s in spans for edge in (s.low, s.high) if question.lowest < edge < question.highest + 1}
    edges = {question.lowest, question.highest + 1} | {floor(edge) for edge in limits} | {ceil(edge) for edge in limits}
    return [(low, high - 1) for low, high in pairwise(sorted(edges))]


def _outcomes(rulebook: Rulebook, question: Question) -> Iterator[Outcome]:
    # The most common first, so that a question worse than another is soon given up.
    values = sorted(_values(rulebook, question), key=lambda value: -value[1])
    whole = sum(share for _, share in values) or 1.0
    return _done_by(rulebook, question, [(value, share / whole) for value, share in values])


def _done_by(rulebook: Rulebook, question: Question, answers: Iterable[tuple[object, float]]) -> Iterator[Outcome]:
    """What answers do, each with its share, but for those that nobody can give, because what follows contradicts."""
    for value, share in answers:
        with suppress(AnswerError):
            yield outcome_of(rulebook, question, value, share)


def _values(rulebook: Rulebook, question: Question) -> Iterator[tuple[object, float]]:
    if question.kind == "number":
        for low, high in bands(question, rulebook.rulesets):
            yield f"{low}-{high}", rulebook.priors.age_share(low, high + 1)
        return
    shares = rulebook.priors.likely_answers(question)
    for answer in question.answer_ids:
        yield [answer] if question.kind == "multi" else answer, shares.get(answer, 0.0)
    if question.kind == "multi":
        yield [NONE], prod(1 - shares.get(answer, 0.0) for answer in question.answer_ids)


def _contenders(interview: Interview, standing: Standing) -> Mask:
    """The programmes that can still be among the first, whatever is answered; at least all that will be."""
    place = _place_of(standing.sure & interview.among, standing.at_worst, interview.first)
    if place is None:
        return standing.possible & interview.among
    ahead, equal = 0, standing.possible & interview.among
    for tier, reached in zip(standing.at_best, place, strict=True):
        if not equal:
            break
        reaching = equal & tier
        if not reached:
            ahead |= reaching
        equal = reaching if reached else equal ^ reaching
    return ahead | equal


def _place_of(group: Mask, tiers: Sequence[Mask], nth: int) -> list[bool] | None:
    """Which tiers the n-th programme of a group reaches, in their order; None where there are fewer."""
    if group.bit_count() < nth:
        return None
    place = []
    for tier in tiers:
        reaching = group & tier
        place.append(reaching.bit_count() >= nth)
        if not place[-1]:
            nth -= reaching.bit_count()
        group = reaching if place[-1] else group ^ reaching
    return place


def _open_questions(interview: Interview, position: Position) -> Questions:
    """The questions whose answer can still decide something about the first results; at least all that can."""
    standing = Standing(position)
    return _in_play(standing, _contenders(interview, standing))


def _in_play(standing: Standing, contenders: Mask) -> Questions:
    """The questions whose answer can still decide a verdict or a place among the contenders."""
    position, rulebook = standing.position, standing.position.rulebook
    mixed = _mixed(contenders, standing.at_worst, standing.at_best)
    rows = _deciding(standing, contenders, mixed)
    found = 0
    for number, waiting in enumerate(position.waiting):
        if rows & waiting:
            found |= position.to_ask(number)
    if mixed:
        found |= position.askable & rulebook.goals_question
    if mixed & rulebook.local:
        found |= position.place_to_ask
    return found


def _mixed(group: Mask, worst: Steps, best: Steps) -> Mask:
    """Those of a group whose order among each other answers to come can change; at least all of them."""
    for number, (low, high) in enumerate(zip(worst, best, strict=True)):
        if group & (group - 1) == 0:
            break
        if group & (low ^ high):
            return group
        ahead = group & low
        if ahead and ahead != group:
            number += 1
            rest = worst[number:], best[number:]
            return _mixed(ahead, *rest) | _mixed(group ^ ahead, *rest)
    return 0


def _deciding(standing: Standing, contenders: Mask, mixed: Mask) -> Mask:
    """The rows that can decide: every way in of those that do not fit yet, and what names a narrower group."""
    position, rulebook = standing.position, standing.position.rulebook
    rows = rulebook.compiled.ways.unfold(contenders & ~standing.fits)
    if mixed:
        for level, reached in zip(rulebook.narrow, standing.narrow, strict=True):
            rows |= rulebook.compiled.layers.unfold(mixed & ~reached) & level
        rows |= rulebook.compiled.made_for.unfold(mixed & ~standing.for_work) & rulebook.for_work
    return rows & position.alive


def _doors(rulebook: Rulebook, position: Position, in_play: Questions) -> Mapping[int, Questions]:
    """What can be asked now, each with the questions in play behind it: itself, or those that hang on its answer."""
    doors: dict[int, Questions] = defaultdict(int)
    for number in members(in_play):
        before = rulebook.before[number]
        if before is not None and position.askable >> before & 1:
            doors[before] |= 1 << before | 1 << number
        else:
            doors[number] |= 1 << number
    return doors


def _first_results(interview: Interview, standing: Standing) -> list[tuple[int, bool]]:
    """The first programmes as things stand, each with whether it fits (else it may fit)."""
    order = in_order(standing.possible & interview.among, tuple(chain(*standing.as_it_stands)))
    return [(number, bool(standing.fits >> number & 1)) for number in islice(order, interview.first)]


def _changes_at_once(interview: Interview, position: Position, number: int) -> bool:
    """Some answer to the question changes the first results."""
    return _some_change(interview, position, interview.outcomes[number])


def _some_change(interview: Interview, position: Position, outcomes: Iterable[Outcome]) -> bool:
    before = _first_results(interview, Standing(position))
    after = (Standing(position.after(outcome)) for outcome in outcomes)
    return any(_first_results(interview, standing) != before for standing in after)


def _can_change(interview: Interview, position: Position, number: int) -> bool:
    """Some answer to the question changes the first results, at once or after other answers.

    Looks through the answers that the contenders tell apart, nearest first, and of a multi-answer question through
    facts alone and two by two. After ``SEARCHED`` positions it gives the question the benefit of the doubt.
    """
    contenders = _contenders(interview, Standing(position))
    compiled = interview.rulebook.compiled
    rows = compiled.layers.unfold(contenders)
    queue, seen = deque([position]), {_seen_as(position, rows)}
    while queue and len(seen) <= SEARCHED:
        position = queue.popleft()
        in_play = _open_questions(interview, position)
        if not in_play >> number & 1:
            continue
        if _some_change(interview, position, _outcomes_with_pairs(interview, number, position.alive & rows)):
            return True
        for other in members(in_play & ~(1 << number)):
            for outcome in _outcomes_with_pairs(interview, other, position.alive & rows):
                after = position.after(outcome)
                if (key := _seen_as(after, rows)) not in seen:
                    seen.add(key)
                    queue.append(after)
    return bool(queue)


def _outcomes_with_pairs(interview: Interview, number: int, rows: Mask) -> Iterator[Outcome]:
    """What each answer to a question does, then what two facts that the rows tell apart do together."""
    yield from interview.outcomes[number]
    rulebook = interview.rulebook
    pairs = combinations(_told_apart(rulebook, number, rows), 2)
    yield from _done_by(rulebook, rulebook.questions[number], ((pair, 0.0) for pair in pairs))


def _told_apart(rulebook: Rulebook, number: int, rows: Mask) -> Collection[str]:
    """The facts of a multi-answer question that some of the rows accept; of those that the same accept, one."""
    column = rulebook.columns[number]
    if column is None or column.question.kind != "multi":
        return ()
    facts: dict[tuple[Mask, ...], str] = {}
    for fact in column.question.answer_ids:
        accepting = tuple(slot.accepts.get(fact, 0) & rows for slot in column.slots)
        if any(accepting):
            facts.setdefault(accepting, fact)
    return facts.values()


def _seen_as(position: Position, rows: Mask) -> tuple[object, ...]:
    waiting = tuple(waiting & rows for waiting in position.waiting)
    return position.alive & rows, waiting, position.askable, position.home, position.goals
