"""One person's interview from the first question to the last."""

from dataclasses import dataclass

from app.eligibility.answers import Answers, with_answer
from app.eligibility.questions import NOT_SURE, Question
from tests.benchmarks.engine import World
from tests.benchmarks.people import Raw


@dataclass(frozen=True)
class Transcript:
    """``states[n]`` is what was known before ``asked[n]``; the last is what was known when the questions stopped."""

    states: tuple[Answers, ...]
    asked: tuple[Question, ...]


def interview(world: World, raw: Raw) -> Transcript:
    """Asks one person, who has an answer to every question that makes sense to them, until the engine stops."""
    answers = Answers()
    states, asked = [answers], []
    while question := world.ask(answers):
        answers = with_answer(world.questionnaire, answers, question, raw.get(question.id, NOT_SURE))
        states.append(answers)
        asked.append(question)
    return Transcript(tuple(states), tuple(asked))
