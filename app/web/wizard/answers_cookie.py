"""The only place where answers live: one encrypted cookie in the resident's own browser, for an hour."""

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken
from flask import Request, current_app
from werkzeug.wrappers import Response

from app.current import current_catalogue
from app.eligibility.answers import readable

MINUTES = 60
RENEWED_AFTER = 10
"""Minutes, after which opening a page keeps the answers for another hour."""


@dataclass(frozen=True)
class Journey:
    """One check for one person. ``answers`` are as in the JSON API, in the order in which they were given.

    ``dropped`` are the questions whose answers the last change made void. ``near`` is the postcode sector from which
    distances are told, such as "N19 5", or empty.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(6))
    answers: dict[str, object] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    near: str = ""


def cookie_name(request: Request) -> str:
    """Browsers take the ``__Host-`` prefix over https alone."""
    return "__Host-answers" if request.is_secure else "answers"


def load(request: Request) -> Journey | None:
    """The journey in the cookie; None where there is none, it is too old, or it is not ours."""
    try:
        return _journey_from(json.loads(_cipher().decrypt(_token(request), ttl=MINUTES * 60)))
    except (InvalidToken, ValueError):
        # ValueError: it has a letter that no token has.
        return None


def journey_under_way(request: Request) -> Journey | None:
    """The journey in the cookie; None too where the questions have changed since."""
    journey = load(request)
    return journey if journey and readable(current_catalogue().questionnaire, journey.answers) else None


def save(request: Request, response: Response, journey: Journey) -> None:
    """Keeps the journey for another hour."""
    data = {"id": journey.id, "answers": journey.answers, "dropped": journey.dropped, "near": journey.near}
    response.set_cookie(
        cookie_name(request),
        _cipher().encrypt(json.dumps(data, separators=(",", ":")).encode()).decode(),
        max_age=MINUTES * 60,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def renew(request: Request, response: Response, journey: Journey) -> None:
    """Keeps the journey for another hour, where a good part of this one is over.

    Most pages leave the cookie alone, because a page may reach the browser after the answer that deleted it, and would
    bring it back. One race remains: a page of another tab that does set the cookie (an answer given, or the first page
    in ten minutes) and that was already under way when delete or exit was pressed. No cookie can forbid that.
    """
    if time.time() - _cipher().extract_timestamp(_token(request)) > RENEWED_AFTER * 60:
        save(request, response, journey)


def clear(request: Request, response: Response) -> None:
    response.delete_cookie(cookie_name(request), path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def _token(request: Request) -> str:
    return request.cookies.get(cookie_name(request), "")


def _journey_from(data: object) -> Journey | None:
    """None where an older version of this program wrote the token in another shape."""
    match data:
        case {"id": str(id_), "answers": dict(answers), "dropped": list(dropped), "near": str(near)}:
            return Journey(id_, answers, tuple(dropped), near)
        case _:
            return None


def _cipher() -> Fernet:
    """Keyed by the application's secret, under a purpose of its own."""
    secret = current_app.config["SECRET_KEY"]
    purpose = b"answers cookie:" + (secret if isinstance(secret, bytes) else str(secret).encode())
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(purpose).digest()))
