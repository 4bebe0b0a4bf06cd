"""What is typed about an organisation, and what must be right with it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.directory.listing import Organisation

LONGEST_NAME = 160
LONGEST_TEXT = 600
LONGEST_ADDRESS = 400
MOST_ALIASES = 12
LONGEST_ID = 60
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class OrganisationWords:
    """As typed. ``aliases``: one a line."""

    name: str
    description: str
    url: str = ""
    aliases: str = ""


@dataclass(frozen=True)
class Mistake:
    """``field`` is a name of ``OrganisationWords``; ``sentence`` is for the reader."""

    field: str
    sentence: str


def words_of(organisation: Organisation) -> OrganisationWords:
    return OrganisationWords(
        organisation.name, organisation.description, organisation.url or "", "\n".join(organisation.aliases)
    )


def organisation_from(words: OrganisationWords) -> Organisation:
    """The value, tidied: single spaces, no letters that cannot be seen. For words without mistakes."""
    return Organisation(
        name=_tidy(words.name),
        description=_tidy(words.description),
        url=_address(words.url) or None,
        aliases=_aliases(words),
    )


def mistakes(words: OrganisationWords, names: Mapping[str, str], slug: str = "") -> tuple[Mistake, ...]:
    """What to put right. ``names``: those of all organisations by id; ``slug``: which one of them this is."""
    return tuple(
        Mistake(field, sentence)
        for field, sentence in (*_name_mistakes(words, names, slug), *_other_mistakes(words), *_alias_mistakes(words))
    )


def slug_from(name: str, taken: frozenset[str]) -> str:
    """An id made of the words of the name, and not yet taken. Letters lose their accents."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    base = "-".join(_WORD.findall(plain))[:LONGEST_ID].strip("-") or "organisation"
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug


def _name_mistakes(words: OrganisationWords, names: Mapping[str, str], slug: str) -> Iterator[tuple[str, str]]:
    name = _tidy(words.name)
    if not _holds_word(name):
        yield "name", "Enter the name of the organisation."
    elif len(name) > LONGEST_NAME:
        yield "name", f"The name must have {LONGEST_NAME} characters or fewer."
    elif any(name.casefold() == other.casefold() for id_, other in names.items() if id_ != slug):
        yield "name", "There is an organisation with this name. Open that one, or add the place to the name."


def _other_mistakes(words: OrganisationWords) -> Iterator[tuple[str, str]]:
    description, address = _tidy(words.description), _address(words.url)
    if not _holds_word(description):
        yield "description", "Say in a sentence what the organisation does."
    elif len(description) > LONGEST_TEXT:
        yield "description", f"The description must have {LONGEST_TEXT} characters or fewer."
    if address and not _is_address(address):
        yield "url", "Enter the whole web address, like https://www.example.org."


def _alias_mistakes(words: OrganisationWords) -> Iterator[tuple[str, str]]:
    aliases = _aliases(words)
    if len(aliases) > MOST_ALIASES:
        yield "aliases", f"Give {MOST_ALIASES} other names or fewer."
    if any(not _holds_word(alias) for alias in aliases):
        yield "aliases", "Each line must hold a name."
    if any(len(alias) > LONGEST_NAME for alias in aliases):
        yield "aliases", f"Each other name must have {LONGEST_NAME} characters or fewer. Put one on each line."


def _aliases(words: OrganisationWords) -> tuple[str, ...]:
    """Each once, in the order in which they were typed."""
    lines = (_tidy(line) for line in words.aliases.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _tidy(text: str) -> str:
    kinds = ((letter, unicodedata.category(letter)) for letter in text)
    seen = "".join(" " if kind in {"Cc", "Cs", "Cn"} else letter for letter, kind in kinds if kind != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _address(typed: str) -> str:
    address = _tidy(typed)
    return f"https://{address}" if address.lower().startswith("www.") else address


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    whole = parts.scheme in {"http", "https"} and "." in host.strip(".") and not parts.username
    return whole and " " not in address and len(address) <= LONGEST_ADDRESS


def _holds_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
