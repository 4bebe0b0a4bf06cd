"""What people type, as plain texts: tidied, and whether it has the shape of a time, a day, a number or an address.

Every function takes any text and never raises.
"""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from app.directory.dates import PartialDate, date_in_words

_DAY = TypeAdapter(PartialDate)
_LOOSE_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_EXACT_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_TYPED_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-5][0-9]))?(am|pm)?")
_NAMED_TIMES = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_HALF_DAY = 12 * 60
_EARLIEST_GUESS = 7 * 60
"""Who types an earlier time of opening, without am or pm, may mean the morning or the afternoon."""

_QUANTITY = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})?")

_NUMBER = re.compile(r"[+0-9 ().–-]+")
_RELAY = re.compile(r"18001(?:then)?")
_EXTENSION = re.compile(r"(?:ext(?:ension)?|option|x)\.?[0-9]{1,6}")
_PHONE = re.compile(r"(?:0|\+44)[1-9][0-9]{8,9}|0800[0-9]{4}|0800[0-9]{6}|0845[0-9]{4}|116[0-9]{3}|1[0-9]{2}|999")
_SHORT_CODE = re.compile(r"[0-9]{5,6}")
_EMAIL = re.compile(r"[a-z0-9.+_'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+")
_LONGEST_EMAIL = 254
_HOST = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+"
_BARE_WEB = re.compile(_HOST + r"(?:[/?#]\S*)?", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_NEVER_IN_WEB = re.compile(r"[\s<>\"\\^`{|}]")

# Nobody sees them, or they turn the text around them: NUL and its kind, directions, marks of no width, no characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)

_LONGEST_SPELT = 1_000
"""Characters. To put a hundred thousand accents on one letter in order takes a minute."""

# Texts


def tidied(text: str) -> str:
    """Without what nobody sees, in one spelling of each letter, and with single spaces.

    What is far too long to be public keeps its spelling.
    """
    seen = " ".join(_UNSEEN.sub("", text).split())
    return seen if len(seen) > _LONGEST_SPELT else unicodedata.normalize("NFC", seen)


def has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def squeezed(text: str) -> str:
    """The same for texts that differ in spaces and capitals alone."""
    return "".join(text.split()).casefold()


# Days and times


def day_tidied(text: str) -> str:
    """ "2026-3-1" → "2026-03-01"; what is no day stays."""
    found = _LOOSE_DAY.fullmatch(text)
    return "-".join(part.zfill(2) for part in found.groups() if part) if found else text


def is_day(text: str) -> bool:
    """A day, a month or a year that there is."""
    try:
        _DAY.validate_python(text)
    except ValueError:
        return False
    return text.isascii()


def day_in_words(text: str) -> str:
    """ "2026-03-01" → "1 March 2026"; what is no day stays."""
    return date_in_words(text) if is_day(text) else text


def is_time(text: str) -> bool:
    return bool(_EXACT_TIME.fullmatch(text))


def span_tidied(opens: str, closes: str) -> tuple[str, str]:
    """("9", "5.30pm") → ("09:00", "17:30"). What could be read in two ways stays as it is.

    A closing hour without am or pm is the next after opening: 9 to 5 ends at 17:00, and 22 to 6 at 06:00.
    """
    opens = _time(opens, _opening)
    after = _minutes(opens) if is_time(opens) else None
    return opens, _time(closes, lambda minutes: _closing(minutes, after))


def _opening(minutes: int) -> int | None:
    return minutes if minutes >= _EARLIEST_GUESS else None


def _closing(minutes: int, after: int | None) -> int | None:
    """The next of the two times of day; in the morning where both are over."""
    if after is None:
        return None
    return next((time for time in (minutes, minutes + _HALF_DAY) if time > after), minutes)


def _time(text: str, guess: Callable[[int], int | None]) -> str:
    """``guess`` takes the minutes of a time that may be of the morning or of the afternoon."""
    typed = "".join(text.split()).casefold()
    if is_time(typed) or typed in _NAMED_TIMES:
        return _NAMED_TIMES.get(typed, typed)
    if typed == "24:00":
        return "00:00"
    found = _TYPED_TIME.fullmatch(typed.replace("a.m.", "am").replace("p.m.", "pm"))
    if not found or int(found[1]) > 23 or (found[3] and not 1 <= int(found[1]) <= 12):
        return text
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        return _written(hour % 12 * 60 + minute + (_HALF_DAY if found[3] == "pm" else 0))
    if hour > 12 or (found[1].startswith("0") and len(found[1]) > 1):
        return _written(hour * 60 + minute)
    guessed = guess(hour * 60 + minute)
    return text if guessed is None else _written(guessed)


def _minutes(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:])


def _written(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


# Numbers


def quantity_tidied(text: str) -> str:
    """ "17½" → "17.5", "16.0" → "16"; what is no number stays."""
    typed = "".join(text.split()).replace("½", ".5")
    typed = f"0{typed}" if typed.startswith(".") else typed
    return repr(float(typed)).removesuffix(".0") if is_quantity(typed) else text


def is_quantity(text: str) -> bool:
    """A number from 0 to 999, as it is kept."""
    return bool(_QUANTITY.fullmatch(text))


# Ways to get in touch


def number_tidied(text: str) -> str:
    """ "(020) 7946-0000" → "020 7946 0000", which a telephone can dial; other texts stay."""
    if not _NUMBER.fullmatch(text):
        return text
    return " ".join(re.sub(r"[().–-]", " ", text.replace("(0)", " ")).split())


def is_phone(text: str) -> bool:
    """A number of the United Kingdom, also short ones (116 123), through Relay UK (18001), or with an extension."""
    typed = squeezed(text)
    relay = _RELAY.match(typed)
    found = _PHONE.match(typed, relay.end() if relay else 0)
    rest = typed[found.end() :] if found else "?"
    return typed.isascii() and (not rest or bool(_EXTENSION.fullmatch(rest)))


def is_text_number(text: str) -> bool:
    return is_phone(text) or bool(_SHORT_CODE.fullmatch(squeezed(text)))


def is_email(text: str) -> bool:
    return len(text) <= _LONGEST_EMAIL and bool(_EMAIL.fullmatch(text.lower()))


def web_tidied(text: str) -> str:
    """ "www.example.org" → "https://www.example.org"."""
    return f"https://{text}" if _BARE_WEB.fullmatch(text) else text


def is_web(text: str) -> bool:
    """An address that begins with http:// or https:// and names a host, and nobody's password."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = re.fullmatch(_HOST, host) and "@" not in parts.netloc
    return parts.scheme in {"http", "https"} and bool(named) and not _NEVER_IN_WEB.search(text)
