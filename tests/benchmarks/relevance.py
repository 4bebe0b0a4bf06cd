"""Whether a question that was asked could have changed anything: one that cannot must not be asked.

It could, when for some answers to other questions two answers to it lead to other first results. Such answers are
looked for first among those of other people, and among all that can still change the first results. Where none are
found, a question that moves none of the programmes which can still come first is irrelevant, whatever else is said.
For the rest all answers that those programmes tell apart are tried; where they are too many, it counts as doubtful.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from app.eligibility.answers import AnswerError, Answers, applies, with_answer
from app.eligibility.questions import NOT_SURE, Question
from app.eligibility.rulebook import GOALS
from tests.benchmarks.engine import First
from tests.benchmarks.people import Raw
from tests.benchmarks.settled import More, Oracle
from tests.benchmarks.sight import Sight, to_ask, tokens_of

MOST_TRIED = 1_000
"""How many sets of answers are tried before a question counts as doubtful."""

Relevance = Literal["relevant", "doubtful", "irrelevant"]


def relevance(oracle: Oracle, answers: Answers, question: Question, people: Sequence[Raw], number: int) -> Relevance:
    """Whether the question could change the first results; ``people`` are tried first."""
    if any(_tells(oracle, answers, question, rest, number) for rest in _rests(oracle, answers, people, number)):
        return "relevant"
    return _search(oracle, answers, question, number)


def _search(oracle: Oracle, answers: Answers, question: Question, number: int) -> Relevance:
    """Tries all answers to the other questions, those that the programmes do not tell apart only once."""
    contenders = oracle.can_count(answers, number)
    if not any(_moves(oracle, programme, answers, question) for programme in contenders):
        return "irrelevant"
    if not answers.settled(oracle.world.questionnaire[GOALS]):
        return "doubtful"
    for tried, state in enumerate(_states(oracle, oracle.sight(*contenders), answers, question)):
        if tried == MOST_TRIED:
            return "doubtful"
        if _tells(oracle, state, question, (), number):
            return "relevant"
    return "irrelevant"


def _moves(oracle: Oracle, programme: int, answers: Answers, question: Question) -> bool:
    """Some answer to the question, with some answers to others, moves the programme up or down."""
    sight = oracle.sight(programme)
    if question not in sight.questions:
        return False
    if any(other.asked_if and other.asked_if[0] == question.id for other in sight.questions):
        # It also tells by the questions that it opens; that is left to the search.
        return True
    return any(
        len({oracle.place(programme, after) for _, after in oracle.every_answer(sight, state, question)}) > 1
        for state in _states(oracle, sight, answers, question)
    )


def _states(oracle: Oracle, sight: Sight, answers: Answers, question: Question) -> Iterator[Answers]:
    """What can be known before the question is asked: of all that the programmes do not tell apart, one."""
    questionnaire = oracle.world.questionnaire
    others = [q for q in sight.questions if q != question and not (q.asked_if and q.asked_if[0] == question.id)]
    seen, waiting = {sight.view(tokens_of(questionnaire, answers))}, [answers]
    while waiting:
        state = waiting.pop()
        yield state
        for other in to_ask(others, state):
            for _, after in oracle.every_answer(sight, state, other):
                view = sight.view(tokens_of(questionnaire, after))
                if view not in seen and not after.settled(question):
                    seen.add(view)
                    waiting.append(after)


def _rests(oracle: Oracle, answers: Answers, people: Sequence[Raw], number: int) -> Iterator[More]:
    """Answers to other questions: none, those of people, all that change the first results, whole and in part.

    Last those with which a programme that can still come among the first stands as high as it can.
    """
    yield ()
    yield from (tuple(raw.items()) for raw in people)
    for more in oracle.changes(answers, number):
        yield more
        for left_out in more:
            yield tuple(pair for pair in more if pair != left_out)
    yield from (oracle.best_for(programme, answers) for programme in oracle.can_count(answers, number))


def _tells(oracle: Oracle, answers: Answers, question: Question, rest: More, number: int) -> bool:
    """Two answers to the question lead to other first results, all else being equal."""
    return len(set(_outcomes(oracle, answers, question, rest, number))) > 1


def _outcomes(
    oracle: Oracle, answers: Answers, question: Question, rest: More, number: int
) -> Iterator[tuple[First, ...]]:
    """For each answer the first results that it leads to, also by way of the questions that it opens."""
    opened = [q for q in oracle.world.questionnaire if q.asked_if and q.asked_if[0] == question.id]
    own = {question.id, *(q.id for q in opened)}
    others = [(id_, value) for id_, value in rest if id_ not in own]
    given = [value for id_, value in rest if id_ == question.id]
    for value in (NOT_SURE, *given, *oracle.everything.simple_values(question)):
        after = _with(oracle, answers, [(question.id, value), *others])
        if after is None:
            continue
        found = {oracle.first(after, number)}
        for follow in opened:
            if applies(follow, after) and follow in oracle.everything.questions:
                leads = (_with(oracle, after, [(follow.id, v)]) for v in oracle.everything.simple_values(follow))
                found |= {oracle.first(lead, number) for lead in leads if lead is not None}
        yield tuple(sorted(found))


def _with(oracle: Oracle, answers: Answers, more: list[tuple[str, object]]) -> Answers | None:
    """The answers with those of the others that still make sense; None where they contradict each other."""
    questionnaire = oracle.world.questionnaire
    for id_, value in more:
        question = questionnaire[id_]
        if answers.settled(question) or not applies(question, answers):
            continue
        try:
            answers = with_answer(questionnaire, answers, question, value)
        except AnswerError:
            return None
    return answers
