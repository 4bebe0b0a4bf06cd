"""The only place where answers live: one encrypted cookie in the resident's own browser, for an hour."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken
from flask import Request, current_app
from werkzeug.wrappers import Response

from app.current import current_catalogue

from .journey import readable

MINUTES = 60


@dataclass(frozen=True)
class Journey:
    """One check for one person. ``answers`` are as in the JSON API, in the order in which they were given.

    ``dropped`` are the questions whose answers the last change made void.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    answers: dict[str, object] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


def cookie_name(request: Request) -> str:
    """Browsers take the ``__Host-`` prefix over https alone."""
    return "__Host-answers" if request.is_secure else "answers"


def load(request: Request) -> Journey | None:
    """The journey in the cookie; None where there is none, it is too old, or it is not ours."""
    token = request.cookies.get(cookie_name(request), "")
    try:
        data = json.loads(_cipher().decrypt(token, ttl=MINUTES * 60))
    except InvalidToken:
        return None
    return Journey(data["id"], data["answers"], tuple(data["dropped"]))


def journey_under_way(request: Request) -> Journey | None:
    """The journey in the cookie; None too where the questions have changed since."""
    journey = load(request)
    return journey if journey and readable(current_catalogue().questionnaire, journey.answers) else None


def save(request: Request, response: Response, journey: Journey) -> None:
    """Keeps the journey for another hour."""
    data = {"id": journey.id, "answers": journey.answers, "dropped": journey.dropped}
    response.set_cookie(
        cookie_name(request),
        _cipher().encrypt(json.dumps(data, separators=(",", ":")).encode()).decode(),
        max_age=MINUTES * 60,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def clear(request: Request, response: Response) -> None:
    response.delete_cookie(cookie_name(request), path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def _cipher() -> Fernet:
    """Keyed by the application's secret, under a purpose of its own."""
    secret = current_app.config["SECRET_KEY"]
    purpose = b"answers cookie:" + (secret if isinstance(secret, bytes) else str(secret).encode())
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(purpose).digest()))
