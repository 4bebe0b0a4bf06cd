"""The short form beside a search, for one person: which questions it asks, what it says, and what was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.directory.postcodes import HOME, Sectors
from app.eligibility.answers import AnswerError, read_answers, with_change
from app.eligibility.questions import Answer, Question, Questionnaire
from app.eligibility.rules import Ruleset

from ..wizard.journey import FIELD, START, Form, FormError, Raw, answer_in_words, offered
from ..wizard.postcode import POSTCODE, NoPostcodeError, answer_of


@dataclass(frozen=True)
class Field:
    """One question as the form shows it, with the ids that are chosen. ``postcode``: one can be given instead."""

    question: Question
    answers: tuple[Answer, ...]
    chosen: tuple[str, ...]
    postcode: bool


@dataclass(frozen=True)
class _Part:
    """The part of the form that belongs to one question, as the check's own forms name things."""

    form: Form
    question: str

    def getlist(self, key: str, /) -> list[str]:
        names = {FIELD: self.question, POSTCODE: POSTCODE}
        return list(dict.fromkeys(filter(str.strip, self.form.getlist(names[key])))) if key in names else []


@dataclass(frozen=True)
class Refused:
    """A form that cannot be taken: the sentence, which field it is about, and what the form held."""

    sentence: str
    at: str
    form: Raw


def refused(questionnaire: Questionnaire, form: Form, error: FormError) -> Refused:
    """The form as it is shown again."""
    at = POSTCODE if isinstance(error, NoPostcodeError) else next(_asked(questionnaire)).id
    return Refused(str(error), at, {question.id: form.getlist(question.id) for question in _asked(questionnaire)})


def fields_of(questionnaire: Questionnaire, rulesets: Sequence[Ruleset], raw: Raw) -> list[Field]:
    """The form, filled in with what is known."""
    return [
        Field(question, offered(question, rulesets), _chosen(raw.get(question.id, [])), question.id == HOME)
        for question in _asked(questionnaire)
    ]


def facts_of(questionnaire: Questionnaire, raw: Raw, near: str = "") -> list[str]:
    """What is known of the person, in a few words each; last the postcode sector that they are near."""
    known = (questionnaire[id_] for id_ in raw if id_ != START)
    said = [_fact(question, answer_in_words(questionnaire, question, raw[question.id])) for question in known]
    return [*said, *([f"near {near}"] if near else [])]


def _fact(question: Question, labels: Sequence[str]) -> str:
    return ": ".join(filter(None, (question.at_a_glance, ", ".join(labels))))


def with_form(questionnaire: Questionnaire, raw: Raw, form: Form, sectors: Sectors) -> Raw:
    """The answers with those of the form in place of their own. Raises ``FormError`` with a sentence for the reader.

    Of the answers given elsewhere, those go that no longer make sense beside the form's.
    """
    given = dict(_given(questionnaire, form, sectors))
    _agree(questionnaire, given)
    asked = {question.id for question in _asked(questionnaire)}
    answers = {id_: value for id_, value in raw.items() if id_ not in asked}
    for id_, value in given.items():
        answers, _ = with_change(questionnaire, answers, id_, value)
    return answers


def _asked(questionnaire: Questionnaire) -> Iterator[Question]:
    return (question for question in questionnaire if question.at_a_glance)


def _given(questionnaire: Questionnaire, form: Form, sectors: Sectors) -> Iterator[tuple[str, object]]:
    for question in _asked(questionnaire):
        part = _Part(form, question.id)
        if part.getlist(FIELD) or (question.id == HOME and part.getlist(POSTCODE)):
            yield question.id, answer_of(questionnaire, question, part, sectors)


def _agree(questionnaire: Questionnaire, given: Raw) -> None:
    try:
        read_answers(questionnaire, given)
    except AnswerError as error:
        names = " and ".join(f"“{questionnaire[id_].at_a_glance}”" for id_ in error.questions)
        raise FormError(f"{names} contradict each other. Change one of them.") from error


def _chosen(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in (value if isinstance(value, list) else [value]))
