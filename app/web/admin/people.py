"""Everybody with an account, for the directory team."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import Response, abort, flash, redirect, request, url_for
from sqlalchemy import Engine
from werkzeug.wrappers import Response as AnyResponse

from app.actions.accounts import care
from app.actions.accounts.links import ADMIN, Invitation
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn, open_sessions
from app.actions.accounts.teams import GoneError
from app.actions.administration.people import (
    PersonInFull,
    admins_invited,
    find_people,
    person_in_full,
    take_back_from_admin,
)
from app.current import current_engine

from ..account.access import now, signed_in_person
from ..account.forms import AcceptForm, AdminInviteForm, typed
from ..account.links import invited
from ..page import page
from .home import blueprint as blueprint

Care = Callable[[Engine, str, datetime, SignedIn], None]


@blueprint.errorhandler(AccountError)
def refused(error: AccountError) -> Response:
    """What cannot be done, in a sentence."""
    return page("account/refused.html", 409 if isinstance(error, GoneError) else 422, sentence=error.message)


@blueprint.get("/people")
def people() -> Response:
    words = request.args.get("q", "")
    found = find_people(current_engine(), words, request.args.get("page", 1, type=int))
    return page("admin/people.html", found=found, q=words, invited=admins_invited(current_engine(), now()))


@blueprint.get("/people/<uuid:user_id>")
def person(user_id: UUID) -> Response:
    person = _person(user_id)
    signed_in = len(open_sessions(current_engine(), user_id, now()))
    return page("admin/person.html", person=person, signed_in=signed_in, who=signed_in_person().who)


@blueprint.post("/people/<uuid:user_id>/admin")
def make_admin(user_id: UUID) -> AnyResponse:
    return _cared(user_id, _make_admin, "They are an admin now. They set up an authenticator when they next sign in.")


@blueprint.post("/people/<uuid:user_id>/no-admin")
def unmake_admin(user_id: UUID) -> AnyResponse:
    return _cared(user_id, _unmake_admin, "They are no longer an admin.")


@blueprint.post("/people/<uuid:user_id>/close")
def close_account(user_id: UUID) -> AnyResponse:
    return _cared(user_id, care.close, "The account is closed.")


@blueprint.post("/people/<uuid:user_id>/open")
def open_account(user_id: UUID) -> AnyResponse:
    return _cared(user_id, care.open_again, "The account is open again.")


@blueprint.post("/people/<uuid:user_id>/sign-out")
def sign_out_person(user_id: UUID) -> AnyResponse:
    return _cared(user_id, care.sign_out_everywhere, "They are signed out everywhere.")


@blueprint.post("/people/<uuid:user_id>/forget-authenticator")
def forget_authenticator(user_id: UUID) -> AnyResponse:
    return _cared(user_id, care.forget_authenticator, "Their authenticator app and recovery codes no longer work.")


@blueprint.route("/people/<uuid:user_id>/delete", methods=["GET", "POST"])
def delete_account(user_id: UUID) -> AnyResponse:
    person, form = _person(user_id), AcceptForm()
    if form.validate_on_submit():
        care.delete_for_good(current_engine(), person.email, now(), signed_in_person().who)
        flash(f"The account of {person.email} is deleted.")
        return redirect(url_for("admin.people"), 303)
    return page("admin/person_delete.html", person=person, form=form)


@blueprint.route("/people/invite", methods=["GET", "POST"])
def invite_admin() -> AnyResponse:
    form = AdminInviteForm()
    if form.validate_on_submit() and invited(form.email, Invitation(typed(form.email), ADMIN, None)):
        flash("The invitation is sent.")
        return redirect(url_for("admin.people"), 303)
    return page("admin/invite.html", 422 if form.errors else 200, form=form)


@blueprint.post("/people/invitations/<uuid:invitation_id>/take-back")
def take_back_admin(invitation_id: UUID) -> AnyResponse:
    take_back_from_admin(current_engine(), signed_in_person().who, invitation_id, now())
    flash("The invitation is taken back. Its link no longer works.")
    return redirect(url_for("admin.people"), 303)


def _cared(user_id: UUID, action: Care, said: str) -> AnyResponse:
    action(current_engine(), _person(user_id).email, now(), signed_in_person().who)
    flash(said)
    return redirect(url_for("admin.person", user_id=user_id), 303)


def _make_admin(engine: Engine, email: str, at: datetime, by: SignedIn) -> None:
    care.set_admin(engine, email, True, at, by)


def _unmake_admin(engine: Engine, email: str, at: datetime, by: SignedIn) -> None:
    care.set_admin(engine, email, False, at, by)


def _person(user_id: UUID) -> PersonInFull:
    person = person_in_full(current_engine(), user_id)
    if person is None:
        abort(404)
    return person
