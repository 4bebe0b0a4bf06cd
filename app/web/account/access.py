"""Who is signed in at this browser, and what they may open: in this one place."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address

from flask import Flask, abort, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from app.actions.accounts import sessions
from app.actions.accounts.sessions import SignedIn
from app.current import current_engine

LOGIN = "account.login"
CODE = "account.code"
ENROL = "account.enrol"
_WITHIN = re.compile(r"/(?![/\\])[A-Za-z0-9/_\-.~%?=&+]*")
"""An address of this website. (What joins addresses lets ``///elsewhere`` through.)"""
csrf = CSRFProtect()


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in, as Flask-Login wants them, with the secret of their session."""

    who: SignedIn
    secret: str

    is_active = True
    is_anonymous = False

    @property
    def is_authenticated(self) -> bool:
        return not self.who.awaits_code

    def get_id(self) -> str:
        return self.secret


class AccountCookie(SecureCookieSessionInterface):
    """Flask's signed cookie, bound to the host over https. No page for the public looks into it, or sets it."""

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002
        return "__Host-session" if request.is_secure else "session"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        return request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:  # noqa: ARG002
        return "Lax"


class Logins(LoginManager):  # type: ignore[misc]  # Flask-Login ships no types.
    """Flask-Login without its remember-me, which would look into the cookie of every visitor."""

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def register(app: Flask) -> None:
    app.session_interface = AccountCookie()
    # Forms for the public have no token: the blueprints behind the log-in ask for theirs with ``guard``.
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    csrf.init_app(app)
    logins = Logins()
    logins.session_protection = None
    logins.user_loader(_load)
    logins.init_app(app, add_context_processor=False)
    # Pages behind the log-in ask in their navigation. Those for the public never do.
    app.jinja_env.globals["person_here"] = person_here


def guard() -> None:
    """Before each request of a blueprint behind the log-in: a form without its token is refused."""
    if "\0" in request.path:
        # Nothing has such a name, and PostgreSQL would not even look for it.
        abort(404)
    csrf.protect()


def no_store(response: Response) -> Response:
    """After each request of such a blueprint."""
    response.headers["Cache-Control"] = "no-store"
    return response


def person_here() -> Person | None:
    """Whoever gave their password at this browser, also where a code is still to come."""
    user = current_user._get_current_object()
    return user if isinstance(user, Person) else None


def signed_in_person() -> Person:
    """Whoever is signed in. Others are led to where they can be: to the log-in, the code or the authenticator."""
    person = person_here()
    if person is None:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        abort(redirect(url_for(LOGIN, next=back), 303))
    if person.who.awaits_code:
        abort(redirect(url_for(CODE), 303))
    if person.who.must_enrol and request.endpoint != ENROL:
        abort(redirect(url_for(ENROL), 303))
    return person


def remember(secret: str) -> None:
    """From here on this browser has this session, and nothing of what its cookie held before."""
    who = sessions.signed_in(current_engine(), secret, now())
    session.clear()
    if who:
        login_user(Person(who, secret))


def forget() -> None:
    """Ends the session of this browser, in the table too."""
    person = person_here()
    if person:
        sessions.end(current_engine(), person.secret)
    logout_user()
    session.clear()


def way_on(default: Callable[[], str]) -> str:
    """Where to go after signing in: the ``next`` of the address where it is of this website."""
    wanted = request.args.get("next", "")
    return wanted if _WITHIN.fullmatch(wanted) else default()


def network_address() -> str:
    """Of whoever asks. Of the newer kind, the part that one household or office has in common."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    # Where a server listens for both kinds at once, an address of the older kind comes inside one of the newer.
    return str(address.ipv4_mapped or address.exploded[:19])


def now() -> datetime:
    return datetime.now(UTC)


def _load(secret: str) -> Person | None:
    who = sessions.signed_in(current_engine(), secret, now())
    return Person(who, secret) if who else None
