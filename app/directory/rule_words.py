"""Conditions as sentences, from the words that the questions give them."""

from app.directory.editing.edited_rules import EditedCondition, Part
from app.directory.editing.typed import is_quantity, quantity_tidied
from app.eligibility.questions import Question, Questionnaire

_BEFORE: dict[Part, str] = {"exclusions": "Not", "made_for": "Made"}


def sentence_of(condition: EditedCondition, part: Part, questionnaire: Questionnaire) -> str:
    """What to suggest as the text of a condition: "For people who live in Camden or Islington."

    As an exclusion it begins with "Not for", among what it is made for with "Made for". What the directory assumes has
    a sentence of its own. Empty where too little is chosen, or only somebody can word it.
    """
    if condition.assume:
        assumption = questionnaire.assumptions.get(condition.assume)
        return assumption.text if assumption else ""
    question = questionnaire.questions.get(condition.question)
    sentence = _sentence(condition, question) if question else ""
    before = _BEFORE.get(part)
    return f"{before} {sentence[0].lower()}{sentence[1:]}" if before and sentence else sentence


def _sentence(condition: EditedCondition, question: Question) -> str:
    if question.kind == "number":
        return _filled(question.condition, _span(condition.at_least, condition.below))
    answers = [answer for answer in question.answers if answer.id in condition.any_of]
    if len(answers) == 1 and answers[0].condition:
        return answers[0].condition
    repeated = "{said}" in question.condition
    return _filled(
        question.condition, _any([one.in_condition or (one.said if repeated else one.label) for one in answers])
    )


def _filled(template: str, words: str) -> str:
    return template.replace("{answers}", words).replace("{said}", words) if words else ""


def _any(phrases: list[str]) -> str:
    """Camden, Islington or Barnet."""
    *others, last = phrases or [""]
    return f"{', '.join(others)} or {last}" if others else last


def _span(at_least: str, below: str) -> str:
    """16 and over; under 26; 16 to 25. Empty where one of the limits is no number."""
    at_least, below = quantity_tidied(at_least), quantity_tidied(below)
    if not all(is_quantity(limit) for limit in (at_least, below) if limit):
        return ""
    if not below:
        return f"{_number(at_least)} and over" if at_least else ""
    if not at_least:
        return f"under {_number(below)}"
    low, high = float(at_least), float(below)
    if low % 1 or high % 1:
        return f"{_number(at_least)} and over, and under {_number(below)}"
    return f"{low:g}" if low == high - 1 else f"{low:g} to {high - 1:g}"


def _number(text: str) -> str:
    return text.replace(".5", "½") if text.endswith(".5") else text
