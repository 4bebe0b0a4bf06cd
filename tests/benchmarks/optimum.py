"""The fewest questions on average: every order of questions is tried, with memory.

Slow and obvious, so that it can be trusted: the results are fixed when no single further answer changes them and each
of those answers leaves them fixed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import inf, prod
from random import Random

from app.eligibility.answers import Answers, applies, with_answer
from app.eligibility.interview import FIRST
from app.eligibility.questions import NONE, Question
from tests.benchmarks.engine import World
from tests.benchmarks.settled import Oracle
from tests.benchmarks.sight import tokens_of
from tests.benchmarks.small_worlds import small_world

Branch = tuple[float, Answers]
"""How many people give an answer, from 0 to 1, and what is then known."""


@dataclass
class Search:
    """All states of one small world: what is known so far, with what follows from it."""

    oracle: Oracle
    fixed_: dict[object, bool] = field(default_factory=dict)
    fewest_: dict[object, float] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.oracle.world

    def fewest(self, answers: Answers) -> float:
        """The mean number of questions that the best order still needs."""
        state = self._state(answers)
        if state not in self.fewest_:
            best = 0.0 if self.fixed(answers) else inf
            for question in self._to_ask(answers) if best else ():
                best = min(best, self._cost(self.branches(answers, question), self.fewest, best))
            self.fewest_[state] = best
        return self.fewest_[state]

    def policy(self, answers: Answers) -> float:
        """The mean number of questions that the engine still asks. It must not stop before the results are fixed."""
        question = self.world.ask(answers)
        if question is None:
            assert self.fixed(answers), answers
            return 0.0
        return self._cost(self.branches(answers, question), self.policy, inf)

    def fixed(self, answers: Answers) -> bool:
        """No further answers can change the first results: ids, order and verdicts."""
        state = self._state(answers)
        if state not in self.fixed_:
            now = self.oracle.first(answers, FIRST)
            after = [branch for q in self._open(answers) for _, branch in self.branches(answers, q)]
            self.fixed_[state] = all(self.oracle.first(more, FIRST) == now for more in after) and all(
                self.fixed(more) for more in after
            )
        return self.fixed_[state]

    def branches(self, answers: Answers, question: Question) -> list[Branch]:
        """Every answer to a question that the programmes tell apart."""
        return [
            (share, with_answer(self.world.questionnaire, answers, question, value))
            for share, value in self._shares(question)
        ]

    def _cost(self, branches: list[Branch], after: Callable[[Answers], float], bound: float) -> float:
        cost = 1.0
        for share, more in branches:
            if cost >= bound:
                return inf
            cost += share * after(more)
        return cost

    def _shares(self, question: Question) -> Iterator[tuple[float, object]]:
        priors = self.world.priors
        if question.kind == "number":
            for first, alike in self.oracle.everything.ages[question.id].items():
                yield sum(priors.age_share(years, years + 1) for years in alike), first
            return
        shares = priors.likely_answers(question)
        if question.kind == "one":
            yield from ((shares[answer], answer) for answer in question.answer_ids)
            return
        for chosen in range(2 ** len(question.answers)):
            facts = [fact for n, fact in enumerate(question.answer_ids) if chosen >> n & 1]
            share = prod(shares[fact] if fact in facts else 1 - shares[fact] for fact in question.answer_ids)
            yield share, facts or [NONE]

    def _open(self, answers: Answers) -> list[Question]:
        asked = self.oracle.everything.questions
        return [question for question in asked if not answers.settled(question) and applies(question, answers)]

    def _to_ask(self, answers: Answers) -> list[Question]:
        """Those open questions whose turn has come: each after the one that it hangs on."""
        open_ = self._open(answers)
        waiting = {question.id for question in open_}
        return [question for question in open_ if not (question.asked_if and question.asked_if[0] in waiting)]

    def _state(self, answers: Answers) -> object:
        return tuple(tokens_of(self.world.questionnaire, answers).values())


@dataclass(frozen=True)
class Comparison:
    """The mean number of questions in one small world: the engine's, and the fewest possible."""

    seed: int
    asked: float
    fewest: float

    @property
    def ratio(self) -> float:
        return self.asked / self.fewest if self.fewest else 1.0


def against_the_optimum(seed: int) -> Comparison:
    """The small world of a seed: the same seed always makes the same one."""
    search = Search(Oracle(small_world(Random(seed))))
    return Comparison(seed, search.policy(Answers()), search.fewest(Answers()))
