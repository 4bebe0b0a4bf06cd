"""A verdict in sentences, condition by condition, for oneself or about somebody else."""

from dataclasses import dataclass
from typing import Literal

from .answers import Answers, Span
from .evaluate import Result, State, state_of
from .questions import Questionnaire
from .rules import Citation, Condition, Ruleset

ReasonState = Literal["met", "open", "not_met", "unknown"]
NO_SOURCE = "No source says who can use this service. Ask them."


@dataclass(frozen=True)
class Reason:
    """One line of an explanation. ``question`` is what could be asked to settle it; None where nothing can."""

    text: str
    state: ReasonState
    question: str | None = None
    citations: tuple[Citation, ...] = ()
    assumed: str = ""


def explain(
    questionnaire: Questionnaire, ruleset: Ruleset, result: Result, answers: Answers, person: str
) -> tuple[Reason, ...]:
    """Every condition of the way in that decided, each with its state, its sentence and its source.

    Then what the service is made for, where the person is so; that never counts against anybody.
    """
    met = [condition for condition in ruleset.made_for if state_of(condition, answers) is State.MET]
    reasons = tuple(_reason(questionnaire, condition, answers, person) for condition in (*result.route, *met))
    return reasons if ruleset.sourced else (*reasons, Reason(NO_SOURCE, "unknown"))


def _reason(questionnaire: Questionnaire, condition: Condition, answers: Answers, person: str) -> Reason:
    state = state_of(condition, answers)
    text = _sentence(questionnaire, condition, state, answers, person)
    return Reason(text, state.value, condition.question, condition.citations, condition.assumed)


def _sentence(questionnaire: Questionnaire, condition: Condition, state: State, answers: Answers, person: str) -> str:
    if condition.question is None:
        return f"{condition.text} {condition.ask}".strip()
    said = _said(questionnaire, condition, answers, person)
    if state is State.MET:
        return condition.text if condition.excludes or not said else f"{said}."
    if state is State.NOT_MET:
        contrast = said[:1].lower() + said[1:] if said else "by the answers so far, this does not apply"
        return f"{condition.text.rstrip('.')}; {contrast}."
    return condition.text


def _said(questionnaire: Questionnaire, condition: Condition, answers: Answers, person: str) -> str:
    """What the person said about the condition's question, as "You live in Camden"; empty for facts denied."""
    question = questionnaire[condition.question or ""]
    if question.kind == "number":
        phrases = (
            [question.said.replace("{value}", _years(answers.number[question.id]))]
            if question.id in answers.number
            else []
        )
    elif question.kind == "one":
        phrases = [question.answer(answers.one[question.id]).said] if question.id in answers.one else []
    else:
        named = answers.said(question.id) & condition.any_of
        phrases = [answer.said for answer in question.answers if answer.id in named]
    return questionnaire.wording("{you} " + " and ".join(phrases), person) if phrases else ""


def _years(span: Span) -> str:
    low, high = int(span.low), int(span.high) - 1
    return str(low) if low == high else f"{low} to {high}"
