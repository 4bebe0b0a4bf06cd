"""The organisations that run services, for the directory team."""

from flask import Response, abort, flash, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.administration import organisations as actions
from app.actions.administration.organisation_words import Mistake, OrganisationWords
from app.actions.administration.organisations import (
    MistakesError,
    NoOrganisationError,
    OrganisationShown,
    StaleOrganisationError,
)
from app.current import current_engine

from ..account.access import now, signed_in_person
from ..account.forms import OrganisationForm, say, typed
from ..page import page
from .home import blueprint as blueprint


@blueprint.get("/organisations")
def organisations() -> Response:
    return page("admin/organisations.html", organisations=actions.all_organisations(current_engine()))


@blueprint.route("/organisations/new", methods=["GET", "POST"])
def new_organisation() -> AnyResponse:
    form = OrganisationForm()
    if form.validate_on_submit():
        try:
            slug = actions.add_organisation(current_engine(), signed_in_person().who, _words(form), now())
        except MistakesError as error:
            _say(form, error.mistakes)
        else:
            flash("The organisation is added.")
            return redirect(url_for("admin.organisation", slug=slug), 303)
    return page("admin/organisation_new.html", 422 if form.errors else 200, form=form)


@blueprint.route("/organisations/<slug>", methods=["GET", "POST"])
def organisation(slug: str) -> AnyResponse:
    shown = _shown(slug)
    form = OrganisationForm()
    if form.validate_on_submit():
        who, seen = signed_in_person().who, typed(form.seen)
        try:
            actions.change_organisation(current_engine(), who, slug, _words(form), seen, now())
        except MistakesError as error:
            _say(form, error.mistakes)
        except StaleOrganisationError as error:
            return _organisation_page(error.now, form, _words(form), stale=True)
        else:
            flash("Saved. Everybody sees it now.")
            return redirect(url_for("admin.organisation", slug=slug), 303)
        return _organisation_page(shown, form, _words(form))
    return _organisation_page(shown, form, shown.words)


def _organisation_page(
    shown: OrganisationShown, form: OrganisationForm, words: OrganisationWords, *, stale: bool = False
) -> Response:
    """``words`` are what the fields hold. A form with mistakes is still the form that was opened."""
    form.name.data, form.description.data = words.name, words.description
    form.url.data, form.aliases.data = words.url, words.aliases
    if stale or not form.errors:
        form.seen.data = shown.seen
    listings = actions.listings_of(current_engine(), shown.slug)
    status = 409 if stale else 422 if form.errors else 200
    return page("admin/organisation.html", status, shown=shown, form=form, listings=listings, stale=stale)


def _shown(slug: str) -> OrganisationShown:
    try:
        return actions.organisation_shown(current_engine(), slug)
    except NoOrganisationError:
        abort(404)


def _words(form: OrganisationForm) -> OrganisationWords:
    return OrganisationWords(typed(form.name), typed(form.description), typed(form.url), typed(form.aliases))


def _say(form: OrganisationForm, mistakes: tuple[Mistake, ...]) -> None:
    for mistake in mistakes:
        say(form[mistake.field], mistake.sentence)
