"""What people want, as terms: for the directory team."""

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.administration import taxonomy, wording
from app.actions.administration.reference import FaultsError, MovedError
from app.current import current_engine

from ..account.access import now, signed_in_person
from ..page import page
from .question_wording import SAVED, labels_of, typed_texts, words_page
from .words_form import WordsForm, overtaken, refused
from .words_form import blueprint as blueprint


@blueprint.get("/taxonomies")
def taxonomies() -> Response:
    return page("admin/taxonomies.html", goals=taxonomy.goals(current_engine()))


@blueprint.route("/taxonomies/<code>", methods=["GET", "POST"])
def taxonomy_term(code: str) -> AnyResponse:
    engine = current_engine()
    goal, shown = taxonomy.goal(engine, code)
    question = wording.wording(engine, wording.GOALS).question
    labels = labels_of(question, shown.texts)
    form = WordsForm(shown.texts, shown.version, labels)
    if request.method == "POST":
        typed, version = typed_texts(shown.texts), request.form.get("version", "")
        try:
            taxonomy.change(engine, signed_in_person().who, code, typed, version, now())
        except FaultsError as error:
            form = refused(error, typed, version, labels)
        except MovedError as error:
            form = overtaken(error, typed, labels)
        else:
            flash(SAVED)
            return redirect(url_for("admin.taxonomy_term", code=code), 303)
    return words_page("admin/taxonomy_term.html", question, form, goal=goal)
