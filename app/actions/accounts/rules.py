"""What an e-mail address and a password must be. Errors carry the sentence that the reader reads."""

import re
import unicodedata

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")
_SEVERAL = 4
"""Different letters that a password has at least."""


class AccountError(Exception):
    """What somebody asked for cannot be done. ``message`` is a sentence for them."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongPasswordError(AccountError):
    """The password that somebody has now was asked for again, and is not right."""


class NewPasswordError(AccountError):
    """The new password will not do."""


def folded_email(typed: str) -> str:
    """The one way in which an address is written in the tables. Raises ``AccountError`` where it is none."""
    email = as_typed(typed)
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise AccountError("Enter an email address in the correct format, like name@example.org.")
    return email


def as_typed(typed: str) -> str:
    """The same without a check, for whoever signs in: what is no address belongs to nobody."""
    return typed.strip().lower()


def normal(password: str) -> str:
    """The same letters in the same bytes, on every keyboard."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, email: str) -> None:
    """Raises ``NewPasswordError`` for a new password that could be guessed, or is too long to be read."""
    if len(password) < SHORTEST_PASSWORD:
        raise NewPasswordError(
            f"The password must have {SHORTEST_PASSWORD} characters or more. Three random words do well."
        )
    if len(password) > LONGEST_PASSWORD:
        raise NewPasswordError(f"The password must have {LONGEST_PASSWORD} characters or fewer.")
    if len(set(password)) < _SEVERAL or as_typed(password) in {email, email.partition("@")[0]}:
        raise NewPasswordError("That password is easy to guess. Choose another. Try three random words.")
