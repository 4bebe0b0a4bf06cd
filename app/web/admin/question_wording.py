"""The wording of the questions, for the directory team."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, flash, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.actions.administration import wording
from app.actions.administration.reference import FaultsError, MovedError, Texts
from app.actions.today import today
from app.current import current_catalogue, current_engine
from app.eligibility.questions import Question, Questionnaire

from ..account.access import now, signed_in_person
from ..page import page
from ..wizard.journey import START, choices, offered
from ..wizard.postcode import postcode_field
from .words_form import WordsForm, field_id, overtaken, refused
from .words_form import blueprint as blueprint

LABELS = {
    "text": "Question",
    "hint": "Help below the question",
    "why": "Why we ask",
    "at_a_glance": "The question in a word or two, beside a search",
    "label": "Answer, as people choose it",
    "said": "How we repeat it: “You …”",
    "if_so": "How we say that it would help: “It could fit if you …”",
}
SAVED = "Saved. The public sees it within two seconds."


@dataclass(frozen=True)
class Group:
    """Fields that stand together; the main ones have no ``legend``."""

    legend: str
    fields: Sequence[str]


@blueprint.get("/questions")
def questions() -> Response:
    return page("admin/questions.html", questionnaire=wording.questions(current_engine()))


@blueprint.get("/questions/<id_>")
def question(id_: str) -> Response:
    found = wording.wording(current_engine(), id_)
    form = WordsForm(found.shown.texts, found.shown.version, labels_of(found.question, found.shown.texts))
    return _page(found.question, form)


@blueprint.post("/questions/<id_>")
def save_question(id_: str) -> AnyResponse:
    """Saves the wording; ``again`` shows it once more to be changed, as the preview asks for."""
    found = wording.wording(current_engine(), id_)
    typed, version = typed_texts(found.shown.texts), request.form.get("version", "")
    labels = labels_of(found.question, found.shown.texts)
    if "again" in request.form:
        return _page(found.question, WordsForm(typed, version, labels))
    try:
        wording.change(current_engine(), signed_in_person().who, id_, typed, version, now())
    except FaultsError as error:
        return _page(found.question, refused(error, typed, version, labels))
    except MovedError as error:
        return _page(found.question, overtaken(error, typed, labels))
    flash(SAVED)
    return redirect(url_for("admin.question", id_=id_), 303)


@blueprint.post("/questions/<id_>/preview")
def preview_question(id_: str) -> Response:
    """The question as the public would see it. Nothing is saved."""
    found = wording.wording(current_engine(), id_)
    typed, version = typed_texts(found.shown.texts), request.form.get("version", "")
    try:
        seen = wording.preview(current_engine(), id_, typed)
    except FaultsError as error:
        return _page(found.question, refused(error, typed, version, labels_of(found.question, found.shown.texts)))
    questionnaire, asked = seen.questionnaire, seen.question
    answers = offered(asked, current_catalogue().interview_on(today()).rulebook.rulesets)
    return page(
        "admin/question_preview.html",
        question=asked,
        person="me",
        caption=questionnaire.people["me"].caption,
        first=asked.id == START,
        wording=lambda text: questionnaire.wording(text, "me"),
        items=choices(asked, answers, () if asked.id == START else questionnaire.open_answers, ()),
        postcode=postcode_field(asked, MultiDict(), None),
        for_others=_for_others(questionnaire, asked),
        repeated=list(_repeated(questionnaire, asked)),
        typed=typed,
        version=version,
    )


def typed_texts(known: Texts) -> dict[str, str]:
    """What the form says for those fields that there are, and for no others."""
    return {field: request.form[field] for field in known if field in request.form}


def labels_of(question: Question, texts: Texts) -> dict[str, str]:
    """What the fields are called where they do not stand below their answer."""
    return {field: f"{before} – {LABELS[_kind(field)]}" for field in texts for before in [_answer(question, field)]} | {
        field: LABELS[field] for field in texts if "." not in field
    }


def groups_of(question: Question, texts: Texts) -> list[Group]:
    """The fields as the form shows them: the question's own, then those of each answer."""
    parts = dict.fromkeys(field.rpartition(".")[0] for field in texts)
    legends = {
        part: next(_answer(question, field) for field in texts if field.startswith(f"{part}."))
        for part in parts
        if part
    }
    return [
        Group(legends.get(part, ""), [field for field in texts if field.rpartition(".")[0] == part]) for part in parts
    ]


def words_page(template: str, question: Question, form: WordsForm, **values: object) -> Response:
    """A page with the form for some words of a question."""
    return page(
        template,
        form.status,
        form=form,
        question=question,
        groups=groups_of(question, form.texts),
        short=lambda field: LABELS[_kind(field)],
        field_id=field_id,
        **values,
    )


def _page(question: Question, form: WordsForm) -> Response:
    return words_page("admin/question.html", question, form)


def _kind(field: str) -> str:
    return field.rpartition(".")[2]


def _answer(question: Question, field: str) -> str:
    """The answer that a field is of, as people choose it now."""
    part = field.rpartition(".")[0]
    return question.answer(part.rpartition(".")[2]).label if part else ""


def _for_others(questionnaire: Questionnaire, asked: Question) -> list[tuple[str, str]]:
    """(for whom, the question), where it reads otherwise for them."""
    own = questionnaire.wording(asked.text, "me")
    worded = {person.caption: questionnaire.wording(asked.text, id_) for id_, person in questionnaire.people.items()}
    return [(caption, text) for caption, text in worded.items() if text != own]


def _repeated(questionnaire: Questionnaire, asked: Question) -> Iterator[tuple[str, str]]:
    """(how an answer is repeated, how it would help) as whole sentences."""
    for said, if_so in [(asked.said, asked.if_so), *((one.said, one.if_so) for one in asked.answers)]:
        if said:
            number = str(max(asked.lowest, 18))
            repeated = questionnaire.wording(f"{{you}} {said}.".replace("{value}", number), "me")
            would_help = f"It could fit if {{you}} {if_so}.".replace("{value}", number)
            yield repeated, questionnaire.wording(would_help, "me")
