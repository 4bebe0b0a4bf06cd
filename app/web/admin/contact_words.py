"""The contacts to confirm, and what was found out about them, in words."""

from collections.abc import Mapping

from app.actions.administration.contact_checks import Noted
from app.actions.confirm import sentence
from app.actions.confirm_items import Group, Item
from app.directory.contact_checks import CheckHow
from app.directory.dates import date_in_words

PARTS = {"crisis": "Crisis lines", "open": "Open listings", "closed": "Closed listings"}
KINDS = {
    "number": "Phone and text numbers",
    "address": "Addresses",
    "missing": "Contacts that we do not know",
    "crisis": "Crisis lines",
}
SHOWN = {"to_check": "Still to check", "wrong": "To be put right", "checked": "Checked", "all": "All"}
HOWS: Mapping[CheckHow, str] = {
    "rang": "I rang them, or wrote to them",
    "visited": "I went there",
    "asked": "I asked the people who run it",
    "read": "I read it on their own page",
}
HOW_IT_WAS: Mapping[CheckHow, str] = {
    "rang": "rang or wrote",
    "visited": "went there",
    "asked": "asked the people who run it",
    "read": "read it on their own page",
}
TYPES = {"phone": "Phone", "text": "Text number", "address": "Address", "web": "Web address", "email": "Email"}
MISSING = {"phone": "phone number", "address": "address"}


def kind_of(group: Group, item: Item) -> str:
    """One of ``KINDS``."""
    if group.part == "crisis":
        return "crisis"
    if item.contact is None:
        return "missing"
    return "address" if item.type == "address" else "number"


def title_of(item: Item) -> str:
    if item.contact is None:
        return f"No {MISSING[item.type]} is known"
    for_whom = ", for professionals" if item.contact.audience else ""
    return f"{TYPES.get(item.type, 'Ask')}{for_whom}: {item.contact.value}"


def why(group: Group, item: Item, names: Mapping[str, str]) -> str:
    """Why it is on the list. ``names`` are those of the listings, by id."""
    if item.contact:
        return sentence("; ".join(item.doubts) or group.review)
    ways = [*item.ways, *(f"through {names.get(door, door)}" for door in item.doors)]
    return f"What we give instead: {'; '.join(ways)}." if ways else "We give nothing else instead."


def outcomes(item: Item) -> tuple[tuple[str, str, str], ...]:
    """What can be found out: the value, its words, and what follows."""
    if item.contact is None:
        return (
            ("none", "There is none", "The page stays as it is."),
            ("wrong", "There is one", "Add it to the page next."),
        )
    warns = "The page warns people until it is put right."
    return (
        ("right", "It is right", "The page says when we checked it, and no longer that it may be wrong."),
        ("wrong", "It is wrong", warns),
        ("none", "There is none any more", warns),
    )


def found_out(item: Item, noted: Noted) -> str:
    """What somebody found out, when, how and who."""
    check = noted.check
    outcome = next((words for value, words, _ in outcomes(item) if value == check.outcome), check.outcome)
    day = date_in_words(check.checked_on.isoformat())
    return f"{outcome}. Checked on {day} by {noted.by}, who {HOW_IT_WAS[check.how]}."
