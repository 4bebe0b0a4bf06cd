"""Signing in and out, and what people see of their own account."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from app.actions.accounts import sessions
from app.actions.accounts.authenticator import Enrolled, address_for_app, give_code, offered_secret
from app.actions.accounts.authenticator import enrol as enrol_action
from app.actions.accounts.owners import owned_alone
from app.actions.accounts.rules import AccountError, WrongPasswordError
from app.actions.accounts.sign_in import change_password, prove_password, sign_in
from app.actions.today import LONDON
from app.current import current_engine, current_settings
from app.directory.dates import date_in_words

from ..page import page
from . import access
from .access import Person, network_address, now, person_here, signed_in_person
from .forms import ChangePasswordForm, CodeForm, EnrolForm, LoginForm, say, typed
from .qr import picture

blueprint = Blueprint("account", __name__, url_prefix="/account")
blueprint.before_request(access.guard)
blueprint.after_request(access.no_store)


@blueprint.app_template_filter("london_time")
def london_time(moment: datetime) -> str:
    """22 November 2026, 06:17."""
    there = moment.astimezone(LONDON)
    return f"{date_in_words(there.date().isoformat())}, {there:%H:%M}"


@blueprint.app_errorhandler(CSRFError)
def stale_form(_error: CSRFError) -> Response:
    return page("account/stale.html", 400)


@blueprint.route("/login", methods=["GET", "POST"])
def login() -> AnyResponse:
    form = LoginForm()
    if form.validate_on_submit():
        email, secret = typed(form.email), typed(form.password)
        try:
            entered = sign_in(current_engine(), _key(), email, secret, network_address(), now())
        except AccountError as error:
            say(form.email, error.message)
        else:
            on = access.way_on(_home)
            access.forget()
            access.remember(entered.secret)
            return redirect(url_for("account.code", next=on) if entered.awaits_code else on, 303)
    return _form_page("account/login.html", form)


@blueprint.route("/code", methods=["GET", "POST"])
def code() -> AnyResponse:
    person = person_here()
    if person is None or not person.who.awaits_code:
        return redirect(_home(), 303)
    form = CodeForm()
    if form.validate_on_submit():
        try:
            secret = give_code(current_engine(), _key(), person.secret, typed(form.code), network_address(), now())
        except AccountError as error:
            say(form.code, error.message)
        else:
            access.remember(secret)
            return redirect(access.way_on(_home), 303)
    return _form_page("account/code.html", form)


@blueprint.post("/logout")
def logout() -> AnyResponse:
    access.forget()
    flash("You are signed out.")
    return redirect(url_for("account.login"), 303)


@blueprint.get("")
def home() -> Response:
    return _account_page(signed_in_person(), ChangePasswordForm())


@blueprint.post("/password")
def password() -> AnyResponse:
    person = signed_in_person()
    form = ChangePasswordForm()
    if form.validate_on_submit():
        old, new = typed(form.password), typed(form.new_password)
        try:
            secret = change_password(current_engine(), _key(), person.who, old, new, network_address(), now())
        except WrongPasswordError as error:
            say(form.password, error.message)
        except AccountError as error:
            say(form.new_password, error.message)
        else:
            access.remember(secret)
            flash("Your password is changed. Everywhere else you are signed out.")
            return redirect(_home(), 303)
    return _account_page(person, form, 422)


@blueprint.post("/sessions/<uuid:session_id>/end")
def end_session(session_id: UUID) -> AnyResponse:
    sessions.end_one(current_engine(), signed_in_person().who.user_id, session_id)
    flash("That sign-in is ended.")
    return redirect(_home(), 303)


@blueprint.route("/enrol", methods=["GET", "POST"])
def enrol() -> AnyResponse:
    person = signed_in_person()
    form = EnrolForm()
    if form.validate_on_submit():
        try:
            enrolled = _enrolled(person, form)
        except WrongPasswordError as error:
            say(form.password, error.message)
        except AccountError as error:
            say(form.code, error.message)
        else:
            access.remember(enrolled.secret)
            return page("account/recovery_codes.html", codes=enrolled.codes)
    secret = offered_secret(_key(), person.secret)
    groups = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    code = picture(address_for_app(secret, person.who.email))
    return _form_page("account/enrol.html", form, groups=groups, picture=code, person=person.who)


def _enrolled(person: Person, form: EnrolForm) -> Enrolled:
    engine, key, moment = current_engine(), _key(), now()
    prove_password(engine, key, person.who, typed(form.password), network_address(), moment)
    return enrol_action(engine, key, person.who, person.secret, typed(form.code), moment)


def _account_page(person: Person, form: ChangePasswordForm, status: int = 200) -> Response:
    open_sessions = sessions.open_sessions(current_engine(), person.who.user_id, now())
    alone = owned_alone(current_engine(), person.who)
    return page("account/home.html", status, person=person.who, form=form, sessions=open_sessions, alone=alone)


def _form_page(template: str, form: LoginForm | CodeForm | EnrolForm, **values: object) -> Response:
    return page(template, 422 if form.errors else 200, form=form, **values)


def _home() -> str:
    return url_for("account.home")


def _key() -> str:
    return current_settings().secret_key
