"""The engine as the benchmarks see it: what to ask, and where each programme stands. All else goes through here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from app.catalogue import Catalogue
from app.eligibility.answers import Answers
from app.eligibility.compiled import Mask
from app.eligibility.evaluate import Verdict
from app.eligibility.interview import Interview, next_question
from app.eligibility.position import position_of
from app.eligibility.priors import Priors
from app.eligibility.questions import Question, Questionnaire
from app.eligibility.ranking import Standing, rank
from app.eligibility.rulebook import Rulebook, rulebook
from app.eligibility.rules import RECOMMENDED, Programme
from tests.eligibility import plain

DAY = date(2026, 11, 21)

Place = tuple[tuple[int, ...], str]
"""Where a programme stands, the higher the earlier, empty where it is out; and its verdict."""
First = tuple[tuple[str, str], ...]
"""The first results: id and verdict of each."""


@dataclass(frozen=True)
class World:
    """Questions, programmes and how likely each answer is: all that an interview needs."""

    questionnaire: Questionnaire
    programmes: Sequence[Programme]
    priors: Priors
    day: date = DAY

    @cached_property
    def rulebook(self) -> Rulebook:
        return rulebook(self.questionnaire, self.programmes, self.priors, self.day)

    @cached_property
    def interview(self) -> Interview:
        return Interview(self.rulebook)

    def ask(self, answers: Answers) -> Question | None:
        """What the engine asks next; None when it stops."""
        return next_question(self.interview, answers)

    def first(self, answers: Answers, number: int) -> First:
        """The first results in their order."""
        standing = Standing(position_of(self.rulebook, answers))
        placed = islice(rank(standing, everything(self.rulebook)), number)
        return tuple((entry.programme.id, entry.verdict.value) for entry in placed)

    def place(self, number: int, answers: Answers) -> Place:
        """Where one programme, by number, stands by itself: worked out slowly, without the engine's masks."""
        placed = plain.place(self.questionnaire, self.programmes[number], answers, self.priors, self.day)
        return () if placed.verdict is Verdict.DOES_NOT_FIT else placed.key, placed.verdict.value


def everything(rules: Rulebook) -> Mask:
    """All programmes of a rulebook."""
    return (1 << len(rules.programmes)) - 1


def real_world(catalogue: Catalogue) -> World:
    """The real catalogue's programmes that are recommended and open on the day."""
    programmes = [p for p in catalogue.programmes.values() if p.role in RECOMMENDED and p.open_on(DAY)]
    return World(catalogue.questionnaire, programmes, catalogue.priors)
