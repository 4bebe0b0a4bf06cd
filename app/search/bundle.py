"""Everything that answering a search needs, as one immutable value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.directory.listing import Listing, Organisation
from app.search.index import Entry, Index, build, open_index, search_plainly
from app.search.names import Name, closed_names, open_names
from app.search.places import Places, read_places
from app.search.query import FILLER_WORDS, Phrases
from app.search.spelling import Spelling, make_spelling
from app.search.synonyms import Synonyms, read_synonyms
from app.search.urgent import Urgent, read_urgent


@dataclass(frozen=True)
class Search:
    """The index with the words that lead into it."""

    folder: Path
    edition: str
    index: Index | None
    entries: Mapping[str, Entry]
    synonyms: Synonyms
    places: Places
    urgent: Urgent
    open_names: Phrases[Name]
    closed_names: Phrases[Name]
    spelling: Spelling

    def text(self, words: Sequence[str], *, every: bool) -> dict[str, float]:
        """Ids of open listings whose text holds every word, or any, with a score from 0 to 1.

        Never fails: when the index cannot answer, the entries themselves do.
        """
        scores = self._indexed(words, every=every)
        scores = {one: score for one, score in scores.items() if one in self.entries and self.entries[one].open}
        best = max(scores.values(), default=0.0)
        return {one: score / best for one, score in scores.items()} if best > 0 else {}

    def rebuild(self) -> None:
        """Builds the index anew and swaps it in. Raises OSError when the folder cannot be written."""
        build(self.folder, self.edition, self.entries.values())

    def _indexed(self, words: Sequence[str], *, every: bool) -> dict[str, float]:
        if self.index is not None:
            try:
                return self.index.search(words, every=every)
            except Exception:  # noqa: S110  a reader never sees a failure of the index
                pass
        return search_plainly(self.entries.values(), words, every=every)


def make_search(
    folder: Path,
    generation: str | int,
    listings: Mapping[str, Listing],
    organisations: Mapping[str, Organisation],
    reference: Mapping[str, Any],
) -> Search:
    """The search over these listings. Builds the index in ``folder`` when the one there is of another generation.

    ``reference``: the plain data of the seed files under "synonyms", "places", "urgent" and "questions".
    """
    labels = _goal_labels(reference.get("questions") or {})
    entries = {listing.id: _entry(listing, organisations, labels) for listing in listings.values()}
    synonyms = read_synonyms(reference.get("synonyms") or {})
    places = read_places(reference.get("places") or {})
    urgent = read_urgent(reference.get("urgent") or {})
    common = synonyms.words | places.words | FILLER_WORDS
    edition = _edition(generation, entries.values())
    return Search(
        folder=folder,
        edition=edition,
        index=_current_index(folder, edition, list(entries.values())),
        entries=entries,
        synonyms=synonyms,
        places=places,
        urgent=urgent,
        open_names=open_names(entries.values()),
        closed_names=closed_names(entries.values(), common),
        spelling=make_spelling(entries.values(), synonyms, common | urgent.words),
    )


def _edition(generation: str | int, entries: Iterable[Entry]) -> str:
    """The generation with a mark of what was in it: a restored database may use a number for the second time."""
    return f"{generation}-{sha256(repr(list(entries)).encode()).hexdigest()[:16]}"


def _current_index(folder: Path, edition: str, entries: Sequence[Entry]) -> Index | None:
    index = open_index(folder)
    if index is not None and index.generation == edition:
        return index
    try:
        build(folder, edition, entries)
    except Exception:  # a full or read-only disk must not stop the search: the entries answer for themselves
        return None
    return open_index(folder)


def _entry(listing: Listing, organisations: Mapping[str, Organisation], labels: Mapping[str, str]) -> Entry:
    run_by = organisations.get(listing.organisation or "")
    conditions = [
        condition
        for rule in listing.rules
        for part in (rule.everyone, *rule.routes, rule.made_for)
        for condition in part
    ]
    return Entry(
        id=listing.id,
        name=listing.name,
        role=listing.role,
        status=listing.status,
        area=listing.area,
        aliases=tuple(alias.name for alias in listing.aliases if not alias.alone),
        alone=tuple(alias.name for alias in listing.aliases if alias.alone),
        names=(run_by.name, *run_by.aliases) if run_by else (),
        text=(
            listing.summary,
            *(offer.text for offer in listing.offers),
            *(condition.text for condition in conditions if condition.text),
            *(labels[goal] for goal in listing.goals if goal in labels),
        ),
        successors=listing.successors,
        see_instead=listing.see_instead,
        never_opened=listing.never_opened,
    )


def _goal_labels(questions: Mapping[str, Any]) -> dict[str, str]:
    answers = questions.get("questions", {}).get("goals", {}).get("answers", {})
    return {goal: str(answer.get("label", "")) for goal, answer in answers.items()}
