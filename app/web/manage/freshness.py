"""Saying that a listing is still right, and how often to be asked."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, StringField

from app.actions.freshness import confirming
from app.actions.freshness.confirming import ChangedMeanwhileError, ClosedListingError, Stands, UnknownPeriodError
from app.actions.today import today
from app.current import current_engine

from ..account.access import now, signed_in_person
from ..account.forms import AccountForm, say, typed
from ..page import page
from .freshness_words import REVIEW_WORDS, told
from .listing import listing_page
from .listings import blueprint as blueprint

THANK_YOU = "Thank you. Everybody can see now that “{name}” is still right."


class ReviewForm(AccountForm):
    """``seen`` is the period that the form showed, in days."""

    days = StringField("How often should we ask?")
    seen = HiddenField()


@blueprint.post("/<service_id>/confirm")
def confirm(service_id: str) -> AnyResponse:
    """One click, from the page of the listing or from the list (``back``)."""
    version = request.form.get("version", type=int, default=-1)
    engine, who = current_engine(), signed_in_person().who
    try:
        confirming.confirm(engine, who, service_id, version, now())
    except (ChangedMeanwhileError, ClosedListingError) as error:
        return listing_page(service_id, 409, unconfirmed=error.message)
    flash(THANK_YOU.format(name=confirming.stands(engine, who, service_id).name))
    back = url_for("manage.listings" if request.form.get("back") == "list" else "manage.listing", service_id=service_id)
    return redirect(back.partition("?")[0], 303)


@blueprint.route("/<service_id>/freshness", methods=["GET", "POST"], endpoint="freshness")
def review(service_id: str) -> AnyResponse:
    """How often somebody is asked whether the listing is still right."""
    engine, who = current_engine(), signed_in_person().who
    stands = confirming.stands(engine, who, service_id)
    if request.method != "POST":
        return _form_page(service_id, stands, _fresh_form(stands))
    form = ReviewForm()
    status = 422
    try:
        confirming.set_review_period(engine, who, service_id, typed(form.days), typed(form.seen), now())
    except UnknownPeriodError as error:
        say(form.days, error.message)
    except ChangedMeanwhileError as error:
        stands = confirming.stands(engine, who, service_id)
        form, status = _fresh_form(stands), 409
        say(form.days, error.message)
    else:
        flash("Saved.")
        return redirect(url_for("manage.listing", service_id=service_id), 303)
    return _form_page(service_id, stands, form, status)


def _fresh_form(stands: Stands) -> ReviewForm:
    days = str(stands.freshness.review_days)
    form = ReviewForm(formdata=None, data={"days": days, "seen": days})
    form.days.errors = []
    return form


def _form_page(service_id: str, stands: Stands, form: ReviewForm, status: int = 200) -> AnyResponse:
    return page(
        "manage/freshness.html",
        status,
        form=form,
        service_id=service_id,
        stands=stands,
        told=told(stands.freshness, stands.status, today()),
        review_words=REVIEW_WORDS,
    )
