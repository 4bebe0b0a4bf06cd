"""Sending a draft for approval, taking it back, and throwing it away."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing import drafts
from app.actions.editing.drafts import Managed, MistakesError
from app.current import current_catalogue, current_engine, current_settings
from app.directory.editing.edit_checks import Mistake

from ..account.access import now, signed_in_person
from ..page import page
from .change_words import named, names_in
from .editing_mail import tell_admins
from .field_words import field_label
from .impact import impact_of_draft
from .listings import blueprint as blueprint
from .listings import mistakes_of
from .overview import section_of

SENT = "Your changes are sent. The directory team looks at each of them. Until then the public page stays as it is."
MAILED = "They email you when they have decided."
TAKEN_BACK = "You have your changes back. Send them again when they are ready."
THROWN_AWAY = "Your changes are thrown away. The public page is as it was."
NO_DRAFT = "There are no changes here. They were approved, or somebody threw them away."


@blueprint.route("/<service_id>/send", methods=["GET", "POST"])
def send(service_id: str) -> AnyResponse:
    who = signed_in_person().who
    managed = drafts.managed(current_engine(), who, service_id)
    if request.method != "POST":
        return _send_page(managed, mistakes_of(managed, who))
    try:
        sent = drafts.send(current_engine(), who, service_id, request.form.get("seen", ""), now())
    except MistakesError as error:
        return _send_page(managed, error.mistakes, 422)
    if sent:
        tell_admins(service_id, managed.listing.name, who.email)
    return _done(service_id, f"{SENT} {MAILED}" if current_settings().mail else SENT)


@blueprint.post("/<service_id>/take-back")
def take_back(service_id: str) -> AnyResponse:
    drafts.take_back(current_engine(), signed_in_person().who, service_id, now())
    return _done(service_id, TAKEN_BACK)


@blueprint.route("/<service_id>/discard", methods=["GET", "POST"])
def discard(service_id: str) -> AnyResponse:
    who = signed_in_person().who
    if request.method != "POST":
        return _confirm_page("manage/discard.html", drafts.managed(current_engine(), who, service_id))
    drafts.discard(current_engine(), who, service_id, request.form.get("seen", ""), now())
    return _done(service_id, THROWN_AWAY)


def _send_page(managed: Managed, mistakes: Sequence[Mistake], status: int = 200) -> AnyResponse:
    return _confirm_page(
        "manage/send.html",
        managed,
        status,
        mistakes=mistakes,
        section_of=section_of,
        impact=impact_of_draft(managed, mistakes),
    )


def _confirm_page(template: str, managed: Managed, status: int = 200, **values: object) -> AnyResponse:
    """What would be sent or lost, change by change."""
    if managed.draft is None:
        return _done(managed.listing.id, NO_DRAFT)
    names = names_in(current_catalogue())
    return page(
        template,
        status,
        service_id=managed.listing.id,
        service_name=managed.listing.name,
        draft=managed.draft,
        seen=managed.seen,
        changes=[named(change, names) for change in managed.changes],
        field_label=field_label,
        **values,
    )


def _done(service_id: str, sentence: str) -> AnyResponse:
    flash(sentence)
    return redirect(url_for("manage.listing", service_id=service_id), 303)
