"""Counts nobody twice on a day, and does not remember who they are."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date
from threading import Lock

MOST = 50_000
"""Different things that are remembered; the oldest is forgotten for the next."""


class OnceADay:
    """What one process counted today, from which network address: as hashes with a key that stands nowhere. All are
    forgotten when the day is over."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day = date.min
        self._key = b""
        self._counted: dict[bytes, None] = {}

    def new(self, day: date, address: str, words: Iterable[str]) -> list[str]:
        """Those of the words that were not counted from this address on this day. Now they are."""
        with self._lock:
            if day != self._day:
                self._day, self._key, self._counted = day, secrets.token_bytes(32), {}
            return [word for word in words if self._is_new(f"{address} {word}")]

    def _is_new(self, what: str) -> bool:
        digest = hashlib.blake2b(what.encode(), key=self._key, digest_size=16).digest()
        if digest in self._counted:
            return False
        if len(self._counted) >= MOST:
            del self._counted[next(iter(self._counted))]
        self._counted[digest] = None
        return True
