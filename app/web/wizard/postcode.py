"""Where somebody lives, by postcode. The borough goes on from here, and beside a search the sector; never the whole.

The postcode stays in the refused form.
"""

from collections.abc import Collection
from dataclasses import dataclass

from app.directory.postcodes import EXAMPLE, HOME, UNKNOWN, Sectors, sector_of
from app.eligibility.questions import NOT_SURE, Question, Questionnaire

from .journey import FIELD, Form, FormError, answer_in_words, value_of

POSTCODE = "postcode"


class NoPostcodeError(FormError):
    """What was given is no postcode: the form shows it again, to be put right."""


class WhichBoroughError(FormError):
    """The postcode alone does not decide. The form comes back empty, so that nobody goes on with an answer unseen."""


@dataclass(frozen=True)
class PostcodeField:
    """The field as the page shows it."""

    value: str
    error: str


def answer_of(questionnaire: Questionnaire, question: Question, form: Form, sectors: Sectors) -> object:
    """The answer that the form gives, in words or by postcode, checked. Raises ``FormError``."""
    typed = _typed(form)
    if question.id != HOME or not typed:
        return value_of(questionnaire, question, form)
    sector = sector_of(typed)
    if sector is None:
        raise NoPostcodeError(f"This does not look like a postcode. Give a whole one, such as {EXAMPLE}.")
    possible = sectors.get(sector, UNKNOWN).boroughs
    chosen = value_of(questionnaire, question, form) if any(form.getlist(FIELD)) else NOT_SURE
    if chosen in possible:
        return chosen
    if len(possible) == 1 and chosen == NOT_SURE:
        return next(iter(possible))
    raise WhichBoroughError(_which(questionnaire, question, possible, chosen))


def near_after(form: Form, sectors: Sectors, kept: str, *, moved: bool) -> str:
    """The sector to tell distances from after a form that was taken: that of its postcode, else the one ``kept``.

    Empty where nobody gave any, where we do not know its place, and where the borough is another without a postcode.
    """
    if typed := _typed(form):
        given = sector_of(typed) or ""
        return given if sectors.get(given, UNKNOWN).middle else ""
    return "" if moved else kept


def postcode_field(question: Question, form: Form, error: FormError | None) -> PostcodeField | None:
    """None where the question is not where somebody lives. ``form`` holds nothing unless it was refused."""
    if question.id != HOME:
        return None
    value = "" if isinstance(error, WhichBoroughError) else _typed(form)
    return PostcodeField(value, str(error) if isinstance(error, NoPostcodeError) else "")


def _typed(form: Form) -> str:
    return " ".join(form.getlist(POSTCODE)).strip()


def _which(questionnaire: Questionnaire, question: Question, possible: Collection[str], chosen: object) -> str:
    outside = questionnaire.outside_area.get(question.id, frozenset())
    boroughs = [answer.label for answer in question.answers if answer.id in possible and answer.id not in outside]
    elsewhere = [answer.label for answer in question.answers if answer.id in outside]
    choose = " or ".join(["the borough", *(f"“{label}”" for label in elsewhere)])
    if not boroughs:
        return f"We do not know which borough this postcode lies in. Choose {choose}."
    if len(possible) == 1:
        (said,) = answer_in_words(questionnaire, question, chosen)
        return f"This postcode lies in {boroughs[0]}, and you chose “{said}”. Choose the one that is right."
    if outside & set(possible):
        return f"This postcode lies in {' or '.join(boroughs)}, or outside these boroughs. Choose {choose}."
    return f"This postcode lies in {' or '.join(boroughs)}. Choose the borough."
