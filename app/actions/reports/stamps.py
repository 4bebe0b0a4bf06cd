"""When the form for a report was opened, signed: a machine fills it in faster than a person, or much later."""

from datetime import datetime, timedelta
from typing import Literal

from itsdangerous import BadData, URLSafeSerializer

from app.directory.reports import TOO_FAST, TOO_OLD

Age = Literal["good", "too_fast", "too_old"]


def new_stamp(key: str, slug: str, now: datetime) -> str:
    """For the form of one listing; ``key`` is that of the settings."""
    return _signer(key).dumps([slug, now.timestamp()])


def age_of(key: str, slug: str, stamp: str, now: datetime) -> Age:
    """What is not of our making, or of another listing, is too old."""
    opened_for = _opened_for(key, slug, stamp, now)
    if opened_for is None or opened_for > TOO_OLD:
        return "too_old"
    return "too_fast" if opened_for < TOO_FAST else "good"


def _opened_for(key: str, slug: str, stamp: str, now: datetime) -> timedelta | None:
    try:
        of, opened_at = _signer(key).loads(stamp)
    except (BadData, ValueError):
        return None
    return timedelta(seconds=now.timestamp() - opened_at) if of == slug else None


def _signer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="when the form of a report was opened")
