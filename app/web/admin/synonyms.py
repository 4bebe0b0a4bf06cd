"""What people say and what they mean by it, for the directory team."""

from collections.abc import Sequence

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.administration import synonyms as action
from app.actions.administration.reference import FaultsError, MovedError, Texts
from app.actions.administration.synonyms import Door, Meaning
from app.current import current_engine

from ..account.access import now, signed_in_person
from ..page import page
from .words_form import WordsForm, overtaken, refused
from .words_form import blueprint as blueprint

LABELS = {
    "say": "What people say",
    "misspelt": "Spellings that are far off",
    "short": "Abbreviations",
    "lead": "Where it leads",
    "search_for": "Other words to look for",
}
NAME = {"means": "Name of the meaning"}
MORE = 3
"""Empty places for further listings."""


@blueprint.get("/synonyms")
def synonyms() -> Response:
    wanted = " ".join(request.args.get("q", "").split())
    engine = current_engine()
    found = action.search(engine, wanted)
    everything = action.search(engine, "") if wanted else ()
    return page("admin/synonyms.html", wanted=wanted, found=found, everything=everything)


@blueprint.route("/synonyms/new", methods=["GET", "POST"])
def new_synonym() -> AnyResponse:
    labels = NAME | LABELS
    form = WordsForm({"means": "", **_empty(), "say": request.args.get("say", "")}, "", labels)
    if request.method == "POST":
        means, typed = request.form.get("means", ""), _typed()
        try:
            action.add(current_engine(), signed_in_person().who, means, typed, now())
        except FaultsError as error:
            form = refused(error, {"means": means, **typed}, "", labels)
        else:
            return _saved(" ".join(means.split()))
    return page("admin/synonym_new.html", form.status, form=form, **_choices(form.texts))


@blueprint.route("/synonyms/meaning", methods=["GET", "POST"])
def synonym() -> AnyResponse:
    """One meaning, by its name in the address. ``add``: a phrase to begin with, not yet saved."""
    meaning = _meaning()
    added = request.args.get("add", "")
    form = WordsForm(_with_phrase(meaning.shown.texts, added), meaning.shown.version, LABELS)
    if request.method == "POST":
        typed, version = _typed(), request.form.get("version", "")
        try:
            action.change(current_engine(), signed_in_person().who, meaning.means, typed, version, now())
        except FaultsError as error:
            form = refused(error, typed, version, LABELS)
        except MovedError as error:
            form = overtaken(error, typed, LABELS, _names())
        else:
            return _saved(meaning.means)
    return page("admin/synonym.html", form.status, form=form, meaning=meaning, added=added, **_choices(form.texts))


@blueprint.route("/synonyms/meaning/take-out", methods=["GET", "POST"])
def take_out_synonym() -> AnyResponse:
    meaning = _meaning()
    form = WordsForm(meaning.shown.texts, meaning.shown.version, LABELS)
    if request.method == "POST":
        version = request.form.get("version", "")
        try:
            action.take_out(current_engine(), signed_in_person().who, meaning.means, version, now())
        except FaultsError as error:
            form = refused(error, meaning.shown.texts, version, LABELS)
        except MovedError as error:
            form = WordsForm(error.shown.texts, error.shown.version, LABELS, moved=error)
        else:
            flash(f"“{meaning.means}” is taken out. The search follows within two seconds.")
            return redirect(url_for("admin.synonyms"), 303)
    return page("admin/synonym_take_out.html", form.status, form=form, meaning=meaning, names=_names())


def _meaning() -> Meaning:
    return action.meaning(current_engine(), request.args.get("means", ""))


def _saved(means: str) -> AnyResponse:
    flash("Saved. The search knows it within two seconds.")
    return redirect(url_for("admin.synonym", means=means), 303)


def _empty() -> dict[str, str]:
    return dict.fromkeys(LABELS, "")


def _typed() -> dict[str, str]:
    return {**{field: request.form.get(field, "") for field in LABELS}, "lead": "\n".join(request.form.getlist("lead"))}


def _with_phrase(texts: Texts, phrase: str) -> Texts:
    return {**texts, "say": "\n".join([phrase, *texts["say"].splitlines()])} if phrase else texts


def _names() -> dict[str, str]:
    """What the listings are called, by id."""
    doors = action.doors(current_engine())
    return {door.id: f"{door.name} ({door.aside})" if door.aside else door.name for door in doors}


def _choices(texts: Texts) -> dict[str, object]:
    """The listings that can be chosen, and which are: with some places to spare."""
    chosen = [id_ for id_ in texts["lead"].splitlines() if id_]
    return {
        "doors": _offered(action.doors(current_engine()), chosen),
        "chosen": [*chosen, *[""] * MORE],
        "names": _names(),
        "fields": LABELS,
    }


def _offered(doors: Sequence[Door], chosen: Sequence[str]) -> list[Door]:
    """Open ones, and a closed one where it is chosen already, so that it is seen."""
    return [door for door in doors if not door.aside or door.id in chosen]
