"""What one person said: read from plain data, checked, and completed with what follows from it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .questions import NONE, OPEN_ANSWERS, Question, Questionnaire

_BAND = re.compile(r"(\d{1,3})-(\d{1,3})")
_FROM = re.compile(r"(\d{1,3})\+")


class AnswerError(Exception):
    """An answer that cannot be read. ``message`` is the sentence for the reader, ``questions`` the ids it is about."""

    def __init__(self, message: str, *questions: str) -> None:
        super().__init__(message)
        self.message = message
        self.questions = questions


@dataclass(frozen=True)
class Span:
    """Numbers from ``low`` up to, and not including, ``high``: a person of 42 is 42 ≤ age < 43."""

    low: float
    high: float


@dataclass(frozen=True)
class Answers:
    """What is known of a person. A question in none of the four is open, asked or not.

    ``one`` holds single answers by question; ``yes`` and ``no`` the settled facts (question, answer) of multi-answer
    questions; ``number`` spans by question. ``unsure`` are the questions asked that stay open for good.
    """

    one: Mapping[str, str] = field(default_factory=dict)
    yes: frozenset[tuple[str, str]] = frozenset()
    no: frozenset[tuple[str, str]] = frozenset()
    number: Mapping[str, Span] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    def settled(self, question: Question) -> bool:
        """Nothing of this question is left to ask: it was answered, asked in vain, or follows from other answers."""
        if question.id in self.unsure:
            return True
        if question.kind == "one":
            return question.id in self.one
        if question.kind == "number":
            return question.id in self.number
        return all(
            (question.id, answer) in self.yes or (question.id, answer) in self.no for answer in question.answer_ids
        )

    def said(self, question_id: str) -> frozenset[str]:
        """The answers known to be true of one question."""
        facts = frozenset(answer for question, answer in self.yes if question == question_id)
        return facts | {self.one[question_id]} if question_id in self.one else facts


def read_answers(questionnaire: Questionnaire, raw: Mapping[str, object]) -> Answers:
    """The answers given as plain data (``POST /api/v1/recommendations``), with all that follows from them.

    A question may be left out, or be "not_sure" or "prefer_not_to_say". The answer to a question that makes no sense
    beside the others (``asked_if``) says nothing. Raises ``AnswerError`` for an unknown id, a value of the wrong kind,
    and answers that contradict each other (it names both questions).
    """
    answers = _read(questionnaire, raw)
    sensible = {id_: value for id_, value in raw.items() if applies(questionnaire[id_], answers)}
    return answers if len(sensible) == len(raw) else _read(questionnaire, sensible)


def _read(questionnaire: Questionnaire, raw: Mapping[str, object]) -> Answers:
    answers = Answers()
    for question_id, value in raw.items():
        if question_id not in questionnaire:
            raise AnswerError(f"There is no question “{question_id[:80]}”.", question_id[:80])
        answers = _with_answer(answers, questionnaire[question_id], value)
    return _complete(questionnaire, answers)


def with_answer(questionnaire: Questionnaire, answers: Answers, question: Question, value: object) -> Answers:
    """The answers with one more, and with what follows. Raises ``AnswerError`` as ``read_answers`` does."""
    return _complete(questionnaire, _with_answer(answers, question, value))


def applies(question: Question, answers: Answers) -> bool:
    """Whether the question makes sense to this person (``asked_if``); an open condition does not rule it out."""
    if question.asked_if is None:
        return True
    other, wanted = question.asked_if
    return other not in answers.one or answers.one[other] in wanted


def with_change(
    questionnaire: Questionnaire, raw: Mapping[str, object], question_id: str, value: object
) -> tuple[dict[str, object], tuple[str, ...]]:
    """The answers with one more, or one changed, and the ids of those that it makes void. The newest answer wins.

    Both ``raw`` and the new answer can be read by themselves; else raises ``AnswerError``.
    """
    newest = {question_id: value}
    read_answers(questionnaire, newest)
    # Two by two is enough: every contradiction is between two answers, or what follows from each.
    kept = {id_: old for id_, old in {**raw, **newest}.items() if readable(questionnaire, {id_: old, **newest})}
    answers = read_answers(questionnaire, kept)
    kept = {id_: old for id_, old in kept.items() if id_ == question_id or applies(questionnaire[id_], answers)}
    return kept, tuple(id_ for id_ in raw if id_ not in kept)


def readable(questionnaire: Questionnaire, raw: Mapping[str, object]) -> bool:
    """Whether the answers can be read: they were given to these questions, and do not contradict each other."""
    try:
        read_answers(questionnaire, raw)
    except AnswerError:
        return False
    return True


def _with_answer(answers: Answers, question: Question, value: object) -> Answers:
    if isinstance(value, str) and value in OPEN_ANSWERS:
        return replace(answers, unsure=answers.unsure | {question.id})
    if question.kind == "number":
        return replace(answers, number={**answers.number, question.id: _span(question, value)})
    if question.kind == "one":
        return replace(answers, one={**answers.one, question.id: _known(question, value)})
    return _with_facts(answers, question, _chosen(question, value))


def _with_facts(answers: Answers, question: Question, chosen: frozenset[str]) -> Answers:
    yes = frozenset((question.id, answer) for answer in chosen)
    no = frozenset((question.id, answer) for answer in question.answer_ids if answer not in chosen)
    return replace(answers, yes=answers.yes | yes, no=answers.no | no)


def _known(question: Question, value: object) -> str:
    if not isinstance(value, str):
        raise AnswerError(f"The answer to “{question.id}” must be one word in quotes.", question.id)
    if value not in question.answer_ids:
        raise AnswerError(f"“{value[:80]}” is not an answer to “{question.id}”.", question.id)
    return value


def _chosen(question: Question, value: object) -> frozenset[str]:
    if not isinstance(value, list | tuple):
        raise AnswerError(f"The answer to “{question.id}” must be a list.", question.id)
    if not value:
        raise AnswerError(f"The list for “{question.id}” is empty. Write [“none”] for none of these.", question.id)
    if NONE in value:
        if len(value) > 1:
            raise AnswerError(f"“none” cannot stand beside another answer to “{question.id}”.", question.id)
        return frozenset()
    return frozenset(_known(question, item) for item in value)


def _span(question: Question, value: object) -> Span:
    low, high = _bounds(question, value)
    if high < low:
        raise AnswerError(
            f"The band of “{question.id}” ends before it begins. Write the lower number first.", question.id
        )
    if not question.lowest <= low <= high <= question.highest:
        raise AnswerError(f"“{question.id}” must be between {question.lowest} and {question.highest}.", question.id)
    return Span(low, high + 1)


def _bounds(question: Question, value: object) -> tuple[int, int]:
    if isinstance(value, int) and not isinstance(value, bool):
        return value, value
    text = value.strip() if isinstance(value, str) else ""
    if text.isascii() and text.isdigit() and len(text) <= 3:
        return int(text), int(text)
    if band := _BAND.fullmatch(text):
        return int(band[1]), int(band[2])
    if start := _FROM.fullmatch(text):
        return int(start[1]), question.highest
    raise AnswerError(f"“{question.id}” must be whole years, such as 42, or a band, such as “16-24”.", question.id)


def _complete(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """Adds what follows, until nothing new does."""
    while True:
        completed = answers
        for implication in questionnaire.implications:
            if _holds(implication.when_question, implication.when_answers, completed):
                completed = _with_consequence(
                    completed,
                    questionnaire[implication.then_question],
                    implication.then_answers,
                    because=implication.when_question,
                )
        if completed == answers:
            return answers
        answers = completed


def _holds(question_id: str, wanted: frozenset[str], answers: Answers) -> bool:
    said = answers.said(question_id)
    return bool(said & wanted) if wanted else bool(said)


def _with_consequence(answers: Answers, question: Question, then: tuple[str, ...], because: str) -> Answers:
    """Adds a consequence. Within one multi-answer question it ticks what was left out; else it may contradict."""
    if question.kind == "one":
        (answer,) = then
        if answers.one.get(question.id, answer) != answer:
            raise _contradiction(because, question.id)
        return replace(answers, one={**answers.one, question.id: answer}, unsure=answers.unsure - {question.id})
    wanted = frozenset((question.id, answer) for answer in then)
    if not then:
        wanted_no = frozenset((question.id, answer) for answer in question.answer_ids)
        if answers.yes & wanted_no:
            raise _contradiction(because, question.id)
        return replace(answers, no=answers.no | wanted_no, unsure=answers.unsure - {question.id})
    if answers.no & wanted and because != question.id:
        raise _contradiction(because, question.id)
    return replace(answers, yes=answers.yes | wanted, no=answers.no - wanted)


def _contradiction(first: str, second: str) -> AnswerError:
    return AnswerError(
        f"The answers to “{first}” and “{second}” contradict each other. Change one of them.", first, second
    )
