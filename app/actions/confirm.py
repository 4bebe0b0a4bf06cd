"""The list of contacts that a person must check before the directory goes live, as Markdown."""

from collections.abc import Iterable, Iterator, Mapping

from app.actions.confirm_items import Group, Item, groups_to_confirm
from app.directory.dates import date_in_words
from app.directory.listing import Listing
from app.directory.sources import Source
from app.directory.urgent import Urgent

_KINDS = {"phone": "Phone", "text": "Text number", "address": "Address", "web": "Web address", "email": "Email"}
_WANTED = {"phone": "phone number", "address": "address"}
_HEAD = """\
# To confirm before launch

A person rings each number, or looks for each address, and ticks the box. What turns out to be wrong is corrected in
the file of the listing. Made by `flask --app app confirm-before-launch`: do not edit it by hand.
"""


def confirm_before_launch(listings: Mapping[str, Listing], urgent: Urgent) -> str:
    """Every crisis line, then every phone number and address that is old, poorly known or missing: open listings first.

    The listings are as they were written: what was found out about their contacts since is not in them.
    """
    groups = list(groups_to_confirm(listings, urgent))
    parts = [
        _HEAD,
        *_urgent_part(urgent, groups),
        *_section("Open listings", (group for group in groups if group.part == "open")),
        *_section("Closed listings", (group for group in groups if group.part == "closed")),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _urgent_part(urgent: Urgent, groups: Iterable[Group]) -> Iterator[str]:
    yield "## Crisis lines\n"
    for group in groups:
        if group.part == "crisis":
            yield f"### {group.name}\n"
            yield f"{sentence(group.review)}\n"
            yield from map(_line, group.items)
            yield ""
    if urgent.review_only:
        yield "### Known, and kept off every page\n"
        for withheld in urgent.review_only:
            yield f"- [ ] {withheld.name}. {sentence(withheld.reason)}"
        yield ""


def _section(title: str, groups: Iterable[Group]) -> Iterator[str]:
    yield f"## {title}\n"
    for group in groups:
        status = ", check first" if group.check_first else ""
        yield f"### {group.name}\n"
        yield f"`{group.id}`, {group.role.replace('_', ' ')}{status}.\n"
        yield "\n".join(map(_line, group.items)) + "\n"


def _line(item: Item) -> str:
    contact = item.contact
    if contact is None:
        return f"- [ ] No {_WANTED[item.type]} for the public is known. {_other_ways(item)}"
    for_whom = " (for professionals)" if contact.audience else ""
    sentences = [
        f"{_KINDS.get(item.type, 'Ask')}{for_whom}: **{contact.value}**.",
        *([sentence("; ".join(item.doubts))] if item.doubts else []),
        *([sentence(contact.note)] if contact.note else []),
        f"Seen: {'; '.join(map(_where, item.sources))}.",
    ]
    return f"- [ ] {' '.join(sentences)}"


def _other_ways(item: Item) -> str:
    ways = [*item.ways, *(f"through `{door}`" for door in item.doors)]
    return f"What we give instead: {'; '.join(ways)}." if ways else "Nothing stands in for it."


def _where(source: Source) -> str:
    if source.said_by:
        return f"told by `{source.said_by}` ({date_in_words(source.dated or source.read)})"
    place = f"paper {source.paper}{f', {source.at}' if source.at else ''}" if source.paper else f"<{source.page}>"
    dated = f"dated {date_in_words(source.dated)}" if source.dated else "not dated"
    return f"{place} ({dated}, read {date_in_words(source.read)})"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
