"""Passwords are kept as argon2 hashes. One costs some 20 ms and 19 MB, also to whoever guesses."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.actions.accounts.rules import LONGEST_PASSWORD, normal

_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
NOBODYS = _HASHER.hash("nobody has this password")
"""Stands in where there is no account, so that the answer takes as long."""


def password_hash(password: str) -> str:
    return _HASHER.hash(normal(password))


def is_password(kept: str | None, password: str) -> bool:
    """Whether the hash is that of the password. Takes as long where there is no hash, or the password is too long."""
    try:
        _HASHER.verify(kept or NOBODYS, normal(password[: LONGEST_PASSWORD + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None
