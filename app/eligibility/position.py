"""Where one person stands before a rulebook: what is known, what may still be asked, what an answer would change."""

from dataclasses import dataclass
from functools import cached_property

from .answers import Answers, applies, with_answer
from .compiled import ALL, Mask, View, union, without
from .questions import Question
from .rulebook import GOALS, PLACES, Questions, Rulebook


@dataclass(frozen=True)
class Outcome:
    """What one answer to one question does.

    ``share``: how many people give it, from 0 to 1. ``views``: by question, what it settles, and what it leaves
    possible. ``closes``: the questions not to be asked any more. ``places``, ``goals``: see ``Position``.
    """

    share: float
    views: tuple[tuple[int, View], ...]
    closes: Questions
    places: tuple[str | None, ...]
    goals: frozenset[str]


@dataclass(frozen=True)
class Position:
    """``waiting``: by question, the rows in which something on it is open. ``alive``: the rows in which nothing failed.

    ``askable``: the questions that may still be asked. ``places``: the answers to ``PLACES``. ``goals``: what the
    person wants, as far as they said.
    """

    rulebook: Rulebook
    waiting: tuple[Mask, ...]
    alive: Mask
    askable: Questions
    places: tuple[str | None, ...]
    goals: frozenset[str]

    def after(self, outcome: Outcome) -> "Position":
        """The position once a question is answered so."""
        alive, waiting = self.alive, list(self.waiting)
        for number, (settled, left) in outcome.views:
            waiting[number] = 0 if settled == ALL else without(waiting[number], settled)
            alive &= left
        return Position(
            rulebook=self.rulebook,
            waiting=tuple(waiting),
            alive=alive,
            askable=self.askable & ~outcome.closes,
            places=tuple(new or old for new, old in zip(outcome.places, self.places, strict=True)),
            goals=self.goals | outcome.goals,
        )

    def to_ask(self, number: int) -> Questions:
        """What can be asked to learn more of a question: itself; where it was asked in vain, what it follows from."""
        return self.askable & 1 << number or self.askable & self.rulebook.leading_to[number]

    @cached_property
    def still(self) -> Mask:
        """The rows that have not failed, and that no answer to come can change."""
        moving = union(waiting for n, waiting in enumerate(self.waiting) if waiting and self.to_ask(n))
        return without(self.alive, moving)

    @cached_property
    def reachable(self) -> Mask:
        """The rows that are met in full, or can yet be."""
        stuck = union(waiting for n, waiting in enumerate(self.waiting) if waiting and not self.to_ask(n))
        return without(self.alive, stuck | self.rulebook.compiled.unasked)

    @cached_property
    def likely(self) -> Mask:
        """The rows of which most people meet each condition on the questions that leave something open."""
        unlikely = zip(self.waiting, self.rulebook.unlikely, strict=True)
        return without(self.alive, union(waiting & rare for waiting, rare in unlikely if waiting))

    @property
    def home(self) -> str | None:
        return next((place for place in self.places if place), None)

    @property
    def place_to_ask(self) -> Questions:
        """What can be asked to learn where the person is; empty when that is known, or cannot be."""
        found: Questions = 0
        for place, number in zip(self.places, self.rulebook.place_questions, strict=True):
            if place:
                break
            if number is not None:
                found |= self.to_ask(number)
                # The GP stands in where the home is not known: it is asked for only after it.
                if self.askable >> number & 1:
                    break
        return found

    @property
    def goals_open(self) -> bool:
        return bool(self.askable & self.rulebook.goals_question)


def position_of(rulebook: Rulebook, answers: Answers) -> Position:
    """Where a person with these answers stands."""
    views = [column.view(answers) if column else (ALL, ALL) for column in rulebook.columns]
    alive = rulebook.compiled.existing
    for _, left in views:
        alive &= left
    return Position(
        rulebook=rulebook,
        waiting=tuple(rulebook.compiled.existing & ~settled for settled, _ in views),
        alive=alive,
        askable=sum(1 << n for n, question in enumerate(rulebook.questionnaire) if can_be_asked(question, answers)),
        places=tuple(answers.one.get(id_) for id_ in PLACES),
        goals=answers.said(GOALS),
    )


def can_be_asked(question: Question, answers: Answers) -> bool:
    """Something of the question is left to ask, and it makes sense to this person."""
    return not answers.settled(question) and applies(question, answers)


def outcome_of(rulebook: Rulebook, question: Question, value: object, share: float) -> Outcome:
    """What an answer, with all that follows from it, does to anybody who was not asked before."""
    answers = with_answer(rulebook.questionnaire, Answers(), question, value)
    known = [n for n, other in enumerate(rulebook.questions) if answers.settled(other) or answers.said(other.id)]
    return Outcome(
        share=share,
        views=tuple((n, column.view(answers)) for n in known if (column := rulebook.columns[n])),
        closes=sum(1 << n for n, other in enumerate(rulebook.questions) if not can_be_asked(other, answers))
        | 1 << rulebook.question_bits[question.id],
        places=tuple(answers.one.get(id_) for id_ in PLACES),
        goals=answers.said(GOALS),
    )
