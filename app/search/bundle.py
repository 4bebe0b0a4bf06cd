"""Everything that answering a search needs, as one immutable value."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.directory.addresses import addresses_of
from app.directory.listing import Listing, Organisation
from app.directory.postcodes import Sectors, sectors_from
from app.search.danger import DangerWords, read_danger_words
from app.search.index import Entry, Index, IndexBuildError, build, open_or_build, search_plainly
from app.search.last_read import LastRead
from app.search.names import Name, closed_names, open_names
from app.search.places import Places, read_places
from app.search.query import FILLER_WORDS, Phrases, words_of
from app.search.spelling import Spelling, make_spelling
from app.search.synonyms import Synonyms, read_synonyms

_ROLES = ("programme", "service", "advice", "human_route", "information")
_log = logging.getLogger(__name__)
# Thousands of phrases: most of what a renewal took, though most renewals change none of them.
_synonyms_of = LastRead(read_synonyms)
_danger_words_of = LastRead(read_danger_words)


@dataclass(frozen=True)
class Search:
    """The index with the words that lead into it. ``named``: by each word, the listings that have it in a name."""

    folder: Path
    edition: str
    index: Index | None
    entries: Mapping[str, Entry]
    named: Mapping[str, Sequence[Entry]]
    synonyms: Synonyms
    places: Places
    danger_words: DangerWords
    open_names: Phrases[Name]
    closed_names: Phrases[Name]
    spelling: Spelling

    @property
    def healthy(self) -> bool:
        """Whether the index answers now: it is asked for the name of a listing."""
        try:
            return self.index is not None and all(
                self.index.search(words_of(entry.name), every=True) for entry in list(self.entries.values())[:1]
            )
        except Exception:
            return False

    def text(self, words: Sequence[str], among: AbstractSet[str], *, every: bool) -> dict[str, float]:
        """Ids ``among`` these whose text holds every word, or any, with a score from 0 to 1.

        Never fails: when the index cannot answer, the entries themselves do.
        """
        scores = {one: score for one, score in self._indexed(words, every=every).items() if one in among}
        best = max(scores.values(), default=0.0)
        return {one: score / best for one, score in scores.items()} if best > 0 else {}

    @cached_property
    def shelf(self) -> tuple[Entry, ...]:
        """All entries as they are browsed: by role and name."""
        return tuple(
            sorted(self.entries.values(), key=lambda one: (_ROLES.index(one.role), one.name.casefold(), one.id))
        )

    def names_with(self, words: Sequence[str]) -> list[str]:
        """Ids of listings that have these words side by side in a name or an alias."""
        run = f" {' '.join(words)} "
        fewest = min((self.named.get(word, ()) for word in words), key=len, default=())
        return [entry.id for entry in fewest if any(run in f" {name} " for name in entry.plain_names)]

    def rebuild(self) -> None:
        """Builds the index anew and swaps it in. Raises ``IndexBuildError``."""
        build(self.folder, self.edition, self.entries.values())

    def _indexed(self, words: Sequence[str], *, every: bool) -> dict[str, float]:
        if self.index is not None:
            try:
                return self.index.search(words, every=every)
            except Exception as error:  # a reader never sees a failure of the index
                self._tell_once(self.index, error)
        return search_plainly(self.entries.values(), words, every=every)

    @staticmethod
    def _tell_once(index: Index, error: Exception) -> None:
        """Only the kind of error: its text may hold words of the search."""
        if not index.failed:
            index.failed = True
            _log.warning("The search index fails (%s). Searches are answered from memory.", type(error).__name__)


def make_search(
    folder: Path,
    generation: str | int,
    listings: Mapping[str, Listing],
    organisations: Mapping[str, Organisation],
    reference: Mapping[str, Any],
) -> Search:
    """The search over these listings. Builds the index in ``folder`` when the one there is of another generation.

    ``reference``: the plain data of the seed files under "synonyms", "places", "postcode_sectors", "urgent" and
    "questions".
    """
    labels = _goal_labels(reference.get("questions") or {})
    sectors = sectors_from(reference.get("postcode_sectors") or {})
    entries = {listing.id: _entry(listing, organisations, labels, sectors) for listing in listings.values()}
    synonyms = _synonyms_of(reference.get("synonyms") or {})
    places = read_places(reference.get("places") or {}, sectors)
    danger_words = _danger_words_of(reference.get("urgent") or {})
    common = synonyms.words | places.words | FILLER_WORDS
    spelt_right = common | synonyms.everyday | danger_words.words
    edition = _edition(generation, entries.values())
    return Search(
        folder=folder,
        edition=edition,
        index=_index_of(folder, edition, list(entries.values())),
        entries=entries,
        named=_named(entries.values()),
        synonyms=synonyms,
        places=places,
        danger_words=danger_words,
        open_names=open_names(entries.values()),
        closed_names=closed_names(entries.values(), common),
        spelling=make_spelling(entries.values(), synonyms, spelt_right),
    )


def _edition(generation: str | int, entries: Iterable[Entry]) -> str:
    """The generation with a mark of what was in it: a restored database may use a number for the second time."""
    return f"{generation}-{sha256(repr(list(entries)).encode()).hexdigest()[:16]}"


def _index_of(folder: Path, edition: str, entries: Sequence[Entry]) -> Index | None:
    try:
        return open_or_build(folder, edition, entries)
    except IndexBuildError as error:  # a full or read-only disk must not stop the search
        _log.warning("%s. Searches are answered from memory.", error)
        return None


def _entry(
    listing: Listing, organisations: Mapping[str, Organisation], labels: Mapping[str, str], sectors: Sectors
) -> Entry:
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
            *(language.name for language in listing.languages),
        ),
        successors=listing.successors,
        see_instead=listing.see_instead,
        never_opened=listing.never_opened,
        places=tuple(address.position for address in addresses_of(listing, sectors)),
    )


def _named(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    named: dict[str, list[Entry]] = {}
    for entry in entries:
        for word in dict.fromkeys(word for name in entry.plain_names for word in name.split()):
            named.setdefault(word, []).append(entry)
    return named


def _goal_labels(questions: Mapping[str, Any]) -> dict[str, str]:
    answers = questions.get("questions", {}).get("goals", {}).get("answers", {})
    return {goal: str(answer.get("label", "")) for goal, answer in answers.items()}
