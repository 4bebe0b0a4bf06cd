"""Made-up people, as likely as the published shares say."""

from random import Random

from app.eligibility.answers import Answers, applies, with_answer
from app.eligibility.priors import Priors
from app.eligibility.questions import NONE, NOT_SURE, Question, Questionnaire

UNSURE = 0.05
"""The share of questions that a person cannot answer."""

Raw = dict[str, object]


def sample_person(questionnaire: Questionnaire, priors: Priors, rng: Random) -> Raw:
    """One person's answers to every question that makes sense to them, without contradictions.

    Each fact of a multi-answer question is drawn by itself. What follows from earlier answers is not asked.
    """
    raw: Raw = {}
    known = Answers()
    for question in questionnaire:
        if known.settled(question) or not applies(question, known):
            continue
        raw[question.id] = NOT_SURE if rng.random() < UNSURE else _answer(question, priors, rng)
        known = with_answer(questionnaire, known, question, raw[question.id])
    return raw


def sample_people(questionnaire: Questionnaire, priors: Priors, number: int, seed: int = 1) -> list[Raw]:
    """That many people, the same ones for the same seed."""
    rng = Random(seed)
    return [sample_person(questionnaire, priors, rng) for _ in range(number)]


def _answer(question: Question, priors: Priors, rng: Random) -> object:
    shares = priors.likely_answers(question)
    if question.kind == "number":
        (span,) = rng.choices([span for span, _ in priors.ages], [share for _, share in priors.ages])
        return rng.randrange(int(span.low), int(span.high))
    if question.kind == "multi":
        return [fact for fact in question.answer_ids if rng.random() < shares.get(fact, 0.0)] or [NONE]
    weights = [shares.get(answer, 0.0) for answer in question.answer_ids]
    return rng.choices(question.answer_ids, weights if any(weights) else None)[0]
