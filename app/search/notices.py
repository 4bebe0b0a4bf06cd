"""What is said above the results: danger, a programme that has closed, a spelling put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.search.bundle import Search
from app.search.index import Entry
from app.search.names import Name
from app.search.query import Found, Query

_MOST_NAMED = 3


@dataclass(frozen=True)
class Notice:
    """A sentence above the results. ``service``: the closed listing that it is about."""

    kind: Literal["urgent", "closed", "did_you_mean"]
    text: str
    service: str | None = None
    successors: tuple[str, ...] = ()
    see_instead: tuple[str, ...] = ()


def urgent_notice(search: Search, raw: str, corrected: Query | None) -> list[Notice]:
    """The urgent notice, when the text as typed or with its spelling put right tells of danger."""
    texts = [raw, " ".join(corrected.words)] if corrected else [raw]
    told = any(search.urgent.tells_of_danger(text) for text in texts)
    return [Notice("urgent", search.urgent.notice)] if told else []


def closed_notices(search: Search, found: Sequence[Found[Name]]) -> list[Notice]:
    """One notice for each closed listing that the search names."""
    return [_closed(search, search.entries[listing]) for listing in dict.fromkeys(one.value.listing for one in found)]


def _closed(search: Search, entry: Entry) -> Notice:
    successors, instead = (
        tuple(one for one in ids if one in search.entries and search.entries[one].open)
        for ids in (entry.successors, entry.see_instead)
    )
    sentence = f"{entry.name} {'never opened' if entry.never_opened else 'has closed'}."
    if successors:
        sentence += f" {_named(search, successors)} took over from it."
    elif instead:
        sentence += f" Try {_named(search, instead)} instead."
    return Notice("closed", sentence, entry.id, successors, instead)


def _named(search: Search, ids: Sequence[str]) -> str:
    names = [search.entries[one].name for one in ids[:_MOST_NAMED]]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def spelling_notice(corrected: Query) -> Notice:
    """What was searched for instead of what was typed."""
    return Notice("did_you_mean", f"Showing results for “{' '.join(corrected.words)}”.")
