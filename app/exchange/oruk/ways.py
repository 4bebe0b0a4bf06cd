"""The ways to reach a service that the public may see, and which of them other programs can open."""

import re

from app.directory.listing import Contact, Listing

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_WORD = "[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}"
_URI = re.compile(rf"https?://[A-Za-z0-9.-]+(:[0-9]{{1,5}})?(/({_WORD}|/)*)?(\?({_WORD}|[/?])*)?(#({_WORD}|[/?])*)?")
"""An address as RFC 3986 has it, of a web page, without anybody's name in it."""


def numbered(listing: Listing, *types: str) -> list[tuple[int, Contact]]:
    """The contacts of these types that the public may see, each with its place among all."""
    contacts = enumerate(listing.contacts)
    return [(position, one) for position, one in contacts if one.type in types and one.audience is None]


def public(listing: Listing, type_: str) -> list[Contact]:
    return [contact for _, contact in numbered(listing, type_)]


def as_uri(text: str) -> str | None:
    """The address, where it is one that other programs can open."""
    return text if _URI.fullmatch(text) else None


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None
