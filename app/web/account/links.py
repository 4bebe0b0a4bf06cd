"""Links in e-mails: asking for one, opening it, and inviting somebody with one."""

import logging
from collections.abc import Sequence
from threading import Thread
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse
from wtforms.fields import Field

from app.actions.accounts import links
from app.actions.accounts.letters import invitation_letter, reset_letter, task
from app.actions.accounts.links import Invitation, Link, LinkError
from app.actions.accounts.rules import AccountError, NewPasswordError, folded_email
from app.actions.accounts.teams import slug_of
from app.actions.accounts.throttle import note_try
from app.config import ConfigError, Settings
from app.current import current_engine, current_settings
from app.mail import MailError, send

from ..page import page
from .access import network_address, now, signed_in_person
from .forms import ROLES, AcceptForm, InviteForm, NewPasswordForm, ResetForm, say, typed
from .own_account import blueprint as blueprint

NO_MAIL = "We cannot send e-mail at the moment. Ask whoever runs this website."
NOT_SENT = "We could not send the e-mail. Try again in some minutes."
_log = logging.getLogger("app")


@blueprint.route("/reset", methods=["GET", "POST"])
def reset() -> AnyResponse:
    form = ResetForm()
    if form.validate_on_submit():
        try:
            current_settings().mail_or_error()
            email = folded_email(typed(form.email))
        except AccountError as error:
            say(form.email, error.message)
        except ConfigError:
            say(form.email, NO_MAIL)
        else:
            _send_reset(email)
            return page("account/reset_sent.html")
    return page("account/reset.html", 422 if form.errors else 200, form=form)


@blueprint.route("/link/<token>", methods=["GET", "POST"])
def link(token: str) -> AnyResponse:
    try:
        offered = links.look_at(current_engine(), token, now())
        return _link_page(token, offered, NewPasswordForm() if offered.needs_password else AcceptForm())
    except LinkError as error:
        return page("account/link_over.html", 410, sentence=error.message)


def _link_page(token: str, offered: Link, form: NewPasswordForm | AcceptForm) -> AnyResponse:
    if form.validate_on_submit():
        new_password = typed(form.new_password) if isinstance(form, NewPasswordForm) else ""
        try:
            links.use(current_engine(), token, new_password, now())
        except NewPasswordError as error:
            say(form.new_password, error.message)
        else:
            flash("Your password is set." if offered.needs_password else "You accepted the invitation.")
            return redirect(url_for("account.login"), 303)
    status = 422 if form.errors else 200
    return page("account/link.html", status, form=form, link=offered, token=token, task=task(offered))


@blueprint.route("/invite", methods=["GET", "POST"])
def invite() -> AnyResponse:
    who = signed_in_person().who
    offered = links.organisations_to_invite_to(current_engine(), who)
    if not offered:
        abort(403)
    form = InviteForm()
    if request.method == "GET":
        form.organisation.data = request.args.get("organisation")
    if form.validate_on_submit():
        place = _chosen(offered, typed(form.organisation))
        if invited(form.email, Invitation(typed(form.email), typed(form.role), place)) and place:
            flash("The invitation is sent.")
            return redirect(url_for("manage.people", slug=slug_of(current_engine(), place)), 303)
    return page("account/invite.html", 422 if form.errors else 200, form=form, organisations=offered, roles=ROLES)


def invited(field: Field, wanted: Invitation) -> bool:
    """Sends the invitation. Where it cannot be sent, ``field`` says why."""
    try:
        site = current_settings().mail_or_error().site
        token = links.invite_as(current_engine(), signed_in_person().who, wanted, now())
        letter = invitation_letter(site, token, links.look_at(current_engine(), token, now()))
        send(current_settings(), letter)
    except AccountError as error:
        say(field, error.message)
    except MailError:
        say(field, NOT_SENT)
    except ConfigError:
        say(field, NO_MAIL)
    else:
        return True
    return False


def _chosen(offered: Sequence[tuple[UUID, str]], id_: str) -> UUID | None:
    return next((one for one, _ in offered if str(one) == id_), None)


def _send_reset(email: str) -> None:
    """Beside the request: how long it takes, and whether anything is sent, tells nobody who has an account."""
    settings, engine = current_settings(), current_engine()
    if note_try(engine, settings.secret_key, "reset", email, network_address(), now()):
        Thread(target=_reset_by_mail, args=(settings, engine, email)).start()


def _reset_by_mail(settings: Settings, engine: Engine, email: str) -> None:
    try:
        token = links.reset(engine, email, now())
        if token:
            send(settings, reset_letter(settings.mail_or_error().site, token, email))
    except (MailError, SQLAlchemyError) as error:
        _log.error("A link to reset a password was not sent (%s).", type(error).__name__)
