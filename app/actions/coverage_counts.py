"""Who is served where: places by answers, counted exactly.

A programme *serves* somebody whom no answer rules out: it fits, or only the service can tell. It *names* people of whom
one of its ways in, or what it is made for, says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import floor
from typing import Literal

from app.actions.coverage import HOME
from app.eligibility.answers import AnswerError, Answers, read_answers, with_answer
from app.eligibility.compiled import Compiled, Mask, compile_rules, mask_of
from app.eligibility.coverage import Walk
from app.eligibility.questions import NOT_SURE, Question
from app.eligibility.rules import Condition, Programme, Ruleset
from app.eligibility.space import NO_WAY, Space, Ways

QUESTIONS = ("situation", "conditions", "work_status")
"""The questions whose answers commissioners buy services for."""
PERSON = "patient"
"""The pages speak of people as "they"."""
FEW, MOST = 0.5, 0.9
DIGITS = 9
LEAST, LEAST_OF_ALL = 0.01, 0.001
Band = Literal["none", "few", "many", "most"]


@dataclass(frozen=True)
class Cell:
    """People of one place, with one answer.

    ``named``: how many programmes name such people and may serve one of whom nothing else is known; None where
    everybody is meant. ``possible``: all programmes that may. The shares, from 0 to 1, are of those people whom at
    least one of the programmes serves once they answer everything; None where nobody is known to be so.
    """

    named: int | None
    named_share: float | None
    possible: int
    share: float | None

    @property
    def band(self) -> Band:
        """How much of the people is served by a programme that names them, or where all are meant, by any."""
        number, share = (self.possible, self.share) if self.named is None else (self.named, self.named_share)
        if not number or not share:
            return "none"
        return "most" if share >= MOST else "many" if share >= FEW else "few"


@dataclass(frozen=True)
class Row:
    """One answer. ``share`` of all people give it, from 0 to 1; ``cells`` by place."""

    label: str
    share: float
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    id: str
    caption: str
    rows: tuple[Row, ...]


def percent(share: float | None) -> str:
    """A share of those looked at, for people. Rounded down: only everybody is 100%."""
    if share is None:
        return "not known"
    return "under 1%" if 0 < share < LEAST else f"{floor(100 * round(share, DIGITS))}%"


def rough(share: float) -> str:
    """A share of all people, as roughly as it is known."""
    return f"{round(100 * share, 1):g}%" if share >= LEAST_OF_ALL else "under 0.1%"


def tables(
    space: Space, programmes: Sequence[Programme], day: date, questions: Iterable[str] = QUESTIONS
) -> Iterator[Table]:
    """Everybody, then one table for each of the questions that there are."""
    questionnaire = space.questionnaire
    asked = [questionnaire[id_] for id_ in questions if id_ in questionnaire]
    counts = _Counts(space, [programme.rules_on(day) for programme in programmes], asked)
    yield Table("everybody", "Everybody", (counts.everybody(),))
    for question in asked:
        rows = (
            counts.row(question, answer.id, answer.label) for answer in question.answers if _shown(question, answer.id)
        )
        yield Table(question.id, questionnaire.wording(question.text, PERSON), tuple(rows))


def _shown(question: Question, answer: str) -> bool:
    """Whoever is in danger gets the crisis lines, and no programmes."""
    return answer not in question.urgent


class _Counts:
    """All people before the rules of a day: how many programmes serve them, and which share is served.

    Beside the rules stands, for every answer, a row that serves just those who give it. So the people with an answer
    whom some programmes do not serve are those whom neither serves, taken from those whom the programmes do not serve.
    """

    def __init__(self, space: Space, rules: Sequence[Ruleset], asked: Sequence[Question]) -> None:
        self._questionnaire, self._rules = space.questionnaire, rules
        answers = [(question.id, answer) for question in asked for answer in question.answer_ids]
        alone = [Ruleset(((Condition("", id_, frozenset({answer})),),)) for id_, answer in answers]
        self._alone = {answer: 1 << len(rules) + number for number, answer in enumerate(answers)}
        self._all: Mask = (1 << len(rules)) - 1
        plain = [replace(one, made_for=()) for one in rules]
        self._compiled: Compiled = compile_rules(space.questionnaire, [*plain, *alone])
        self._walk = Walk(space, self._compiled, self._rows(self._all), HOME)
        self._known: dict[Mask, Mapping[str, Ways]] = {}

    def everybody(self) -> Row:
        """The row of everybody."""
        shares = self._shares(0, self._all)
        cells = {
            home: Cell(
                None, None, self._serving(read_answers(self._questionnaire, {HOME: home})).bit_count(), shares[home]
            )
            for home in self._homes
        }
        return Row("Everybody", 1.0, cells)

    def row(self, question: Question, answer: str, label: str) -> Row:
        """The row of those who give one answer."""
        alone = self._alone[question.id, answer]
        naming = mask_of(n for n, rules in enumerate(self._rules) if _names(rules, question.id, answer))
        by_naming, by_any = self._shares(alone, naming), self._shares(alone, self._all)
        cells = {}
        for home in self._homes:
            serving = self._serving(self._person(home, question, answer))
            named = (serving & naming).bit_count()
            cells[home] = Cell(named, by_naming[home], serving.bit_count(), by_any[home])
        everybody = sum(self._missed(0).values(), NO_WAY).share
        others = sum(self._missed(alone).values(), NO_WAY).share
        return Row(label, round(1 - others / everybody, DIGITS), cells)

    @property
    def _homes(self) -> Sequence[str]:
        return self._questionnaire[HOME].answer_ids

    def _shares(self, alone: Mask, programmes: Mask) -> Mapping[str, float | None]:
        """By place, the share of those with the answer whom some of the programmes serve. No answer: of everybody."""
        nobody, others = self._missed(programmes), self._missed(programmes | alone)
        everybody, rest = self._missed(0), self._missed(alone)
        found: dict[str, float | None] = {}
        for home in self._homes:
            there = everybody[home].share - (rest[home].share if alone else 0)
            missed = nobody[home].share - (others[home].share if alone else 0)
            found[home] = min(1.0, max(0.0, round(1 - missed / there, DIGITS))) if there > 0 else None
        return found

    def _missed(self, rulesets: Mask) -> Mapping[str, Ways]:
        """By place, those whom none of the rules serves."""
        if rulesets not in self._known:
            self._known[rulesets] = self._walk.unserved(self._rows(rulesets))
        return self._known[rulesets]

    def _rows(self, rulesets: Mask) -> Mask:
        return self._compiled.existing & self._compiled.ways.unfold(rulesets)

    def _serving(self, person: Answers | None) -> Mask:
        return self._compiled.verdicts(person)[1] & self._all if person else 0

    def _person(self, home: str, question: Question, answer: str) -> Answers | None:
        """Somebody of whom only these two answers are known; None where they contradict each other."""
        try:
            if question.kind == "one":
                return read_answers(self._questionnaire, {HOME: home, question.id: answer})
            known = read_answers(self._questionnaire, {HOME: home})
            known = replace(known, yes=known.yes | {(question.id, answer)})
            return with_answer(self._questionnaire, known, question, NOT_SURE)
        except AnswerError:
            return None


def _names(rules: Ruleset, question: str, answer: str) -> bool:
    conditions = [*rules.made_for, *(one for row in rules.routes for one in row)]
    return any(one.question == question and not one.excludes and answer in one.any_of for one in conditions)
