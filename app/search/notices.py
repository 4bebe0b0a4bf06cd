"""What is said above the results: danger, a programme that has closed, a spelling put right."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from app.search.bundle import Search
from app.search.index import Entry
from app.search.names import Name
from app.search.query import PhraseMatch, Query

_MOST_NAMED = 3


@dataclass(frozen=True)
class Notice:
    """A sentence above the results. ``service``: the closed listing that it is about."""

    kind: Literal["urgent", "closed", "did_you_mean"]
    text: str
    service: str | None = None
    successors: tuple[str, ...] = ()
    see_instead: tuple[str, ...] = ()


def urgent_notice(search: Search, raw: str, others: Iterable[Query] = ()) -> list[Notice]:
    """The urgent notice, when the text tells of danger as typed, or as one of the ``others`` that it may mean."""
    texts = [raw, *(" ".join(other.words) for other in others)]
    told = any(search.danger_words.tells_of_danger(text) for text in texts)
    return [Notice("urgent", search.danger_words.notice)] if told else []


def closed_notices(search: Search, found: Sequence[PhraseMatch[Name]], open_ids: AbstractSet[str]) -> list[Notice]:
    """One notice for each closed listing that the search names."""
    named = dict.fromkeys(one.value.listing for one in found)
    return [_closed(search, search.entries[listing], open_ids) for listing in named]


def _closed(search: Search, entry: Entry, open_ids: AbstractSet[str]) -> Notice:
    successors, instead = (
        tuple(one for one in ids if one in open_ids) for ids in (entry.successors, entry.see_instead)
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
