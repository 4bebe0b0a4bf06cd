"""The second step: codes from an authenticator app, each good once, and codes for who lost it."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from cryptography.fernet import Fernet, InvalidToken
from pyotp import TOTP
from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from app.actions import audit
from app.actions.accounts import sessions
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.throttle import forget_try, note_try
from app.actions.accounts.tokens import hashed, keyed
from app.actions.audit import Entry
from app.database import writing
from app.models import RecoveryCode, UserAccount

WRONG_CODE = "That code is not right. Each code works once. After ten tries you have to wait five minutes."
TOO_LATE = "That took too long. Sign in again."
RECOVERY_CODES = 10
_EITHER_SIDE = 1
"""Steps of half a minute by which a telephone's clock may be wrong."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None is taken for another."""


@dataclass(frozen=True)
class Enrolled:
    """The recovery codes, to be shown this once, and the secret of the session that goes on."""

    codes: tuple[str, ...]
    secret: str


def offered_secret(key: str, session_secret: str) -> str:
    """The secret that this session may enrol, in base 32. It follows from the session: nothing is kept until then."""
    return base64.b32encode(keyed(key, "authenticator offered", session_secret)[:20]).decode()


def address_for_app(secret: str, email: str) -> str:
    """What the app reads from a picture: the secret, with the names under which it keeps it."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name="No Wrong Door")


def enrol(engine: Engine, key: str, who: SignedIn, session_secret: str, code: str, now: datetime) -> Enrolled:
    """Takes the offered secret into use when the app shows its code. Ends all other sessions of this user.

    Raises ``AccountError``.
    """
    offered = offered_secret(key, session_secret)
    step = matching_step(offered, code, now, None)
    if step is None:
        raise AccountError("That code is not right. Check that the app has the key below, and wait for the next code.")
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    with writing(engine) as session:
        if sessions.open_session(session, session_secret, now) is None:
            raise AccountError(TOO_LATE)
        user = session.get_one(UserAccount, who.user_id)
        forget_codes(session, user)
        user.authenticator_secret = _cipher(key).encrypt(offered.encode()).decode()
        user.authenticator_step = step
        session.add_all(RecoveryCode(user_id=user.id, code_hash=hashed(code.replace("-", ""))) for code in codes)
        sessions.end_all(session, user.id)
        audit.note(session, Entry(now, user.email, "authenticator set up", f"person/{user.email}"))
        return Enrolled(codes, sessions.begin(session, user, now))


def give_code(engine: Engine, key: str, session_secret: str, code: str, address: str, now: datetime) -> str:
    """Completes signing in: the secret of a new session. Raises ``AccountError``."""
    who = sessions.signed_in(engine, session_secret, now)
    if who is None or not who.awaits_code:
        raise AccountError(TOO_LATE)
    attempt = note_try(engine, key, "code", str(who.user_id), address, now)
    if attempt is None:
        raise AccountError(WRONG_CODE)
    with writing(engine) as session:
        if sessions.open_session(session, session_secret, now) is None:
            raise AccountError(TOO_LATE)
        user = session.get_one(UserAccount, who.user_id)
        # Of two that come with one code at the same time, the second finds the step or the code used.
        if not (_take_app_code(session, key, user, code, now) or _take_recovery_code(session, user, code, now)):
            raise AccountError(WRONG_CODE)
        forget_try(session, attempt)
        sessions.end_by_id(session, who.session_id)
        return sessions.begin(session, user, now)


def forget_codes(session: Session, user: UserAccount) -> None:
    """The app and the recovery codes of this user are worth nothing from here on."""
    user.authenticator_secret = user.authenticator_step = None
    session.add(user)
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user.id))


def matching_step(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """The half minute, later than ``last``, whose code this is; None where there is none."""
    app = TOTP(secret)
    here = app.timecode(now)
    given = "".join(code.split())
    for step in range(here - _EITHER_SIDE, here + _EITHER_SIDE + 1):
        fresh = last is None or step > last
        if fresh and compare_digest(app.generate_otp(step).encode(), given.encode(errors="replace")):
            return step
    return None


def _take_app_code(session: Session, key: str, user: UserAccount, code: str, now: datetime) -> bool:
    try:
        secret = _cipher(key).decrypt((user.authenticator_secret or "").encode()).decode()
    except InvalidToken:
        # The key of the settings was changed since: the recovery codes are left.
        return False
    step = matching_step(secret, code, now, user.authenticator_step)
    if step is None:
        return False
    user.authenticator_step = step
    session.add(user)
    return True


def _take_recovery_code(session: Session, user: UserAccount, code: str, now: datetime) -> bool:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    row = session.exec(
        select(RecoveryCode)
        .where(RecoveryCode.user_id == user.id, RecoveryCode.code_hash == hashed(plain))
        .where(col(RecoveryCode.used_at).is_(None))
    ).one_or_none()
    if row is None:
        return False
    row.used_at = now
    session.add(row)
    audit.note(session, Entry(now, user.email, "recovery code used", f"person/{user.email}"))
    return True


def _new_code() -> str:
    """Sixteen letters, some 79 bits: ``abcd-efgh-jkmn-pqrs``."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keyed(key, "authenticator kept", "")))
