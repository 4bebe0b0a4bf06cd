"""What stands beside a rule while it is written: whom it lets in, may let in and turns away, and what is wrong with it.

The people are made up from the priors: the likeliest answers to the questions that the rule names, and no others.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import heappop, heappush
from itertools import accumulate, chain, combinations, islice, pairwise, product
from math import ceil, floor, prod
from typing import Literal

from .answers import AnswerError, Answers, applies, read_answers
from .checks import Fault, Severity, faults, unusable
from .compiled import Compiled, compile_rules
from .evaluate import State, Verdict, state_of
from .explain import nearest_way
from .possible import bounds
from .priors import Priors
from .questions import NONE, NOT_SURE, Question, Questionnaire
from .rules import Condition, Route, Ruleset

SAMPLES = 3
TRIED = 30
"""Made-up people looked at for each way in, and for each reason to be turned away."""
REASONS = 1_000
"""Ways to fail all ways in, looked at before the shortest are tried."""

Part = Literal["everyone", "routes", "exclusions", "made_for", "all"]
Raw = Mapping[str, object]
Candidate = tuple[float, Raw]
"""How likely somebody is, and what they answer."""


@dataclass(frozen=True)
class Choice:
    """One answer to one question, how likely it is, and what is known of somebody who says nothing else."""

    value: object
    share: float
    alone: Answers = field(default_factory=Answers)


@dataclass(frozen=True)
class Written:
    """A rule as it is written down. What is for ``everyone`` and the ``exclusions`` hold in every way in."""

    everyone: Route = ()
    routes: tuple[Route, ...] = ()
    exclusions: Route = ()
    made_for: Route = ()

    @property
    def ruleset(self) -> Ruleset:
        ways = ((*self.everyone, *route, *self.exclusions) for route in self.routes or ((),))
        return Ruleset(tuple(ways), self.made_for)


@dataclass(frozen=True)
class Remark:
    """One thing to put right, at its place in what was written.

    ``way`` is the number of the way in, where it is about ``routes``; ``condition`` that of the condition within the
    part, or None where it is about the whole part. Both count from 0.
    """

    message: str
    severity: Severity
    part: Part
    way: int | None = None
    condition: int | None = None


@dataclass(frozen=True)
class Sample:
    """A made-up person, by a few answers (see ``read_answers``). Without any it is anybody.

    ``because``: of the nearest way in, what is open for whom it may let in, and what is not met by whom it turns away.
    """

    answers: Raw
    because: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Advice:
    """At most three people of each kind, the likeliest first. Where a rule cannot be read, there is none."""

    lets_in: tuple[Sample, ...]
    may_let_in: tuple[Sample, ...]
    turns_away: tuple[Sample, ...]
    remarks: tuple[Remark, ...]


def advice(questionnaire: Questionnaire, priors: Priors, written: Written) -> Advice:
    """What to show beside a rule. What is wrong with a condition for everybody is told once."""
    ruleset = written.ruleset
    remarks = tuple(dict.fromkeys(_remark(fault, written) for fault in faults(questionnaire, ruleset)))
    if unusable(questionnaire, ruleset):
        return Advice((), (), (), remarks)
    made = _People(questionnaire, priors, ruleset)
    return Advice(
        lets_in=made.samples(made.let_in(), Verdict.FITS),
        may_let_in=made.samples([*made.let_in(), *made.unsure()], Verdict.MAY_FIT),
        turns_away=made.samples(made.turned_away(), Verdict.DOES_NOT_FIT),
        remarks=remarks,
    )


def _remark(fault: Fault, written: Written) -> Remark:
    if fault.way is None:
        part: Part = "all" if fault.condition is None else "made_for"
        return Remark(fault.message, fault.severity, part, None, fault.condition)
    own = len(written.routes[fault.way]) if written.routes else 0
    if fault.condition is None:
        return Remark(fault.message, fault.severity, "routes" if written.routes else "all", fault.way)
    number = fault.condition
    if number < len(written.everyone):
        return Remark(fault.message, fault.severity, "everyone", None, number)
    number -= len(written.everyone)
    if number < own:
        return Remark(fault.message, fault.severity, "routes", fault.way, number)
    return Remark(fault.message, fault.severity, "exclusions", None, number - own)


@dataclass(frozen=True)
class _People:
    """The people who are made up for one set of rules."""

    questionnaire: Questionnaire
    priors: Priors
    ruleset: Ruleset

    @cached_property
    def _compiled(self) -> Compiled:
        return compile_rules(self.questionnaire, [self.ruleset])

    @cached_property
    def _choices(self) -> Mapping[str, Sequence[Choice]]:
        """The answers worth trying, by the questions that the rules name, the likeliest first."""
        on: dict[str, list[Condition]] = defaultdict(list)
        for condition in chain(*self.ruleset.routes):
            if condition.question:
                on[condition.question].append(condition)
        named = (question for question in self.questionnaire if question.id in on)
        choices = {question.id: _answers_to(self.priors, question, on[question.id]) for question in named}
        return {id_: [self._known(id_, one) for one in found] for id_, found in choices.items()}

    def _known(self, id_: str, choice: Choice) -> Choice:
        return replace(choice, alone=read_answers(self.questionnaire, {id_: choice.value}))

    def let_in(self) -> Iterator[Candidate]:
        """People who meet all that can be asked for one way in."""
        for way in self.ruleset.routes:
            yield from islice(_likeliest({id_: self._passing(id_, way) for id_ in self._questions(way)}), TRIED)

    def unsure(self) -> Iterator[Candidate]:
        """People who meet all of one way in, but for one question that they cannot answer."""
        for way in self.ruleset.routes:
            passing = {id_: self._passing(id_, way) for id_ in self._questions(way)}
            for id_ in passing:
                yield from islice(_likeliest({**passing, id_: [Choice(NOT_SURE, 1.0)]}), TRIED)

    def turned_away(self) -> Iterator[Candidate]:
        """People who meet the first way in but for a few questions, on which every way in may turn them away."""
        first, questions = self.ruleset.routes[0], [self._questions(way) for way in self.ruleset.routes]
        failing = dict.fromkeys(frozenset(picks) for picks in islice(product(*questions), REASONS))
        for some in sorted(failing, key=len)[:TRIED]:
            passing = {id_: self._passing(id_, first) or self._choices[id_] for id_ in questions[0]}
            yield from islice(_likeliest({**passing, **{id_: self._failing(id_) for id_ in sorted(some)}}), TRIED)

    def samples(self, candidates: Iterable[Candidate], wanted: Verdict) -> tuple[Sample, ...]:
        """Of those with the verdict the likeliest, then such as differ most from those before."""
        left: dict[str, tuple[float, Sample]] = {}
        for likely, raw in candidates:
            answers = self._read(raw)
            if answers is not None and self._verdict(answers) is wanted:
                left[repr(raw)] = likely, Sample(raw, self._because(answers, wanted))
        chosen: list[Sample] = []
        while left and len(chosen) < SAMPLES:
            best = max(left, key=lambda key: (*_newness(left[key][1], chosen), left[key][0]))
            sample = self._shortest(left.pop(best)[1])
            chosen += [] if sample in chosen else [sample]
        return tuple(chosen)

    def _read(self, raw: Raw) -> Answers | None:
        try:
            answers = read_answers(self.questionnaire, raw)
        except AnswerError:
            return None
        return answers if all(applies(self.questionnaire[id_], answers) for id_ in raw) else None

    def _verdict(self, answers: Answers) -> Verdict:
        fits, possible = self._compiled.verdicts(answers)
        return Verdict.FITS if fits else Verdict.MAY_FIT if possible else Verdict.DOES_NOT_FIT

    def _because(self, answers: Answers, verdict: Verdict) -> Route:
        state = State.OPEN if verdict is Verdict.MAY_FIT else State.NOT_MET
        return tuple(one for one in nearest_way(self.ruleset, answers) if state_of(one, answers) is state)

    def _shortest(self, sample: Sample) -> Sample:
        """Without answers that follow from the others."""
        answers, said = sample.answers, read_answers(self.questionnaire, sample.answers)
        for id_ in sample.answers:
            rest = {other: value for other, value in answers.items() if other != id_}
            if read_answers(self.questionnaire, rest) == said:
                answers = rest
        return replace(sample, answers=answers)

    def _questions(self, way: Route) -> list[str]:
        asked = {condition.question for condition in way}
        return [id_ for id_ in self._choices if id_ in asked]

    def _passing(self, id_: str, way: Route) -> list[Choice]:
        asked = [condition for condition in way if condition.question == id_]
        return [one for one in self._choices[id_] if all(state_of(c, one.alone) is State.MET for c in asked)]

    def _failing(self, id_: str) -> list[Choice]:
        """The answers that fail all ways in that ask for one; where there is none, those that fail some."""
        ways = [[c for c in way if c.question == id_] for way in self.ruleset.routes]
        failed = [
            (one, [any(state_of(c, one.alone) is State.NOT_MET for c in way) for way in ways if way])
            for one in self._choices[id_]
        ]
        return [one for one, each in failed if all(each)] or [one for one, each in failed if any(each)]


def _newness(sample: Sample, chosen: Sequence[Sample]) -> tuple[int, int, int]:
    """How little is left open; and, beside those that were chosen, how many reasons and answers are new."""
    open_ = sum(value == NOT_SURE for value in sample.answers.values())
    if not chosen:
        return -open_, 0, 0
    reasons, said = (frozenset[str]().union(*map(part, chosen)) for part in (_reasons, _said))
    return len(_reasons(sample) - reasons), len(_said(sample) - said), -open_


def _reasons(sample: Sample) -> frozenset[str]:
    return frozenset(condition.text for condition in sample.because)


def _said(sample: Sample) -> frozenset[str]:
    return frozenset(f"{id_} {value}" for id_, value in sample.answers.items())


def _likeliest(choices: Mapping[str, Sequence[Choice]]) -> Iterator[Candidate]:
    """Everybody who makes one choice of each question, the likeliest first. Choices are in that order too."""
    columns = list(choices.values())
    start = (0,) * len(columns)
    waiting = [(-prod(column[0].share for column in columns), start)] if all(columns) else []
    seen = {start}
    while waiting:
        likely, picks = heappop(waiting)
        yield -likely, {id_: column[pick].value for (id_, column), pick in zip(choices.items(), picks, strict=True)}
        for place, pick in enumerate(picks):
            after = (*picks[:place], pick + 1, *picks[place + 1 :])
            if pick + 1 < len(columns[place]) and after not in seen:
                seen.add(after)
                share = prod(column[pick].share for column, pick in zip(columns, after, strict=True))
                heappush(waiting, (-share, after))


def _answers_to(priors: Priors, question: Question, conditions: Sequence[Condition]) -> list[Choice]:
    """The answers worth trying, the likeliest first."""
    if question.kind == "number":
        found = [one for piece in pairwise(bounds(question, conditions)) for one in _numbers(priors, *piece)]
    elif question.kind == "multi":
        found = list(_facts(priors, question, conditions))
    else:
        shares = priors.likely_answers(question)
        found = [Choice(id_, shares.get(id_, 0.0)) for id_ in question.answer_ids]
    return sorted(found, key=lambda choice: -choice.share)


def _facts(priors: Priors, question: Question, conditions: Sequence[Condition]) -> Iterator[Choice]:
    """None, each fact and, where conditions ask for several, two that they name; each against none of them."""
    shares = priors.likely_answers(question)
    odds = {id_: shares.get(id_, 0.0) / (1 - min(shares.get(id_, 0.0), 0.999)) for id_ in question.answer_ids}
    yield Choice([NONE], 1.0)
    yield from (Choice([id_], odds[id_]) for id_ in odds)
    named = [id_ for id_ in odds if any(id_ in condition.any_of for condition in conditions)]
    if len(conditions) > 1:
        yield from (Choice([*pair], odds[pair[0]] * odds[pair[1]]) for pair in combinations(named, 2))


def _numbers(priors: Priors, low: float, high: float) -> list[Choice]:
    """From a span of numbers the middle one, and those at a quarter and three quarters, by how many people are so."""
    numbers = range(ceil(low), floor(high))
    if not numbers:
        return []
    upto = list(accumulate(priors.age_share(number, number + 1) for number in numbers))
    found = dict.fromkeys(numbers[bisect_left(upto, part * upto[-1])] for part in (0.5, 0.25, 0.75))
    return [Choice(number, upto[-1] / len(found)) for number in found]
