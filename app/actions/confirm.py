"""The list of contacts that a person must check before the directory goes live, as Markdown."""

from collections.abc import Iterable, Iterator, Mapping

from app.directory.dates import date_in_words
from app.directory.listing import Contact, Listing
from app.directory.sources import Source
from app.directory.urgent import Urgent, UrgentLine

_GRADES = {
    "second_hand": "second-hand: not seen on a page of the service or of a public body",
    "weak": "the source is weak",
    "seed_only": "only in one of the published papers",
}
_TO_CHECK = {"phone": "Phone", "text": "Text number", "address": "Address"}
_WANTED = {"phone": "phone number", "address": "address"}
_HEAD = """\
# To confirm before launch

A person rings each number, or looks for each address, and ticks the box. What turns out to be wrong is corrected in
the file of the listing. Made by `flask --app app confirm-before-launch`: do not edit it by hand.
"""


def confirm_before_launch(listings: Mapping[str, Listing], urgent: Urgent) -> str:
    """Every crisis line, then every phone number and address that is old, poorly known or missing: open listings first.

    Of closed listings only what is shown is listed; nobody needs to find what is missing there.
    """
    ordered = sorted(listings.values(), key=lambda listing: (listing.status == "closed", listing.name.casefold()))
    parts = [
        _HEAD,
        *_urgent_part(urgent),
        *_section("Open listings", (it for it in ordered if it.status != "closed")),
        *_section("Closed listings", (it for it in ordered if it.status == "closed")),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _urgent_part(urgent: Urgent) -> Iterator[str]:
    yield "## Crisis lines\n"
    for line in urgent.lines:
        if not line.checked:
            yield from _urgent_line(line, urgent.sources)
    if urgent.review_only:
        yield "### Known, and kept off every page\n"
        for withheld in urgent.review_only:
            yield f"- [ ] {withheld.name}. {_sentence(withheld.reason)}"
        yield ""


def _urgent_line(line: UrgentLine, sources: Mapping[str, Source]) -> Iterator[str]:
    yield f"### {line.name}\n"
    yield f"{_sentence(line.review)}\n"
    for contact in line.contacts:
        yield _item(contact, sources, [])
    yield ""


def _section(title: str, listings: Iterable[Listing]) -> Iterator[str]:
    yield f"## {title}\n"
    for listing in listings:
        if items := list(_items(listing)):
            status = ", check first" if listing.status == "check_first" else ""
            yield f"### {listing.name}\n"
            yield f"`{listing.id}`, {listing.role.replace('_', ' ')}{status}.\n"
            yield "\n".join(items) + "\n"


def _items(listing: Listing) -> Iterator[str]:
    for contact in listing.contacts:
        doubts = _doubts(contact)
        if contact.type in _TO_CHECK and doubts:
            yield _item(contact, listing.sources, doubts)
    if listing.status == "closed":
        return
    for kind, words in _WANTED.items():
        if not any(contact.type == kind and contact.audience is None for contact in listing.contacts):
            yield f"- [ ] No {words} for the public is known. {_other_ways(listing)}"


def _doubts(contact: Contact) -> list[str]:
    doubts = [_GRADES[contact.grade]] if contact.grade in _GRADES else []
    return [*doubts, "the page it was seen on is old"] if contact.old else doubts


def _other_ways(listing: Listing) -> str:
    ways = [contact.value for contact in listing.contacts if contact.type not in _WANTED and contact.audience is None]
    ways += [f"through `{door.service}`" for door in listing.reach_through]
    return f"What we give instead: {'; '.join(ways)}." if ways else "Nothing stands in for it."


def _item(contact: Contact, sources: Mapping[str, Source], doubts: list[str]) -> str:
    kind = _TO_CHECK.get(contact.type, {"web": "Web address", "email": "Email"}.get(contact.type, "Ask"))
    for_whom = " (for professionals)" if contact.audience else ""
    sentences = [
        f"{kind}{for_whom}: **{contact.value}**.",
        *([_sentence("; ".join(doubts))] if doubts else []),
        *([_sentence(contact.note)] if contact.note else []),
        f"Seen: {'; '.join(_where(sources[key]) for key in contact.source if key in sources)}.",
    ]
    return f"- [ ] {' '.join(sentences)}"


def _where(source: Source) -> str:
    if source.said_by:
        return f"told by `{source.said_by}` ({date_in_words(source.dated or source.read)})"
    place = f"paper {source.paper}{f', {source.at}' if source.at else ''}" if source.paper else f"<{source.page}>"
    dated = f"dated {date_in_words(source.dated)}" if source.dated else "not dated"
    return f"{place} ({dated}, read {date_in_words(source.read)})"


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
