"""The text index. The only file that imports Whoosh, so that it can be changed in a day.

An index is built aside and swapped in by replacing a pointer file, so that a reader never meets half of one. Queries
are built here from plain words: Whoosh's query parser lets a reader ask for minutes of work.
"""

import fcntl
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeVar

from whoosh import index as whoosh_index
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema

from app.directory.postcodes import Position
from app.search.query import words_of

_POINTER = "current"
_LOCK = "lock"
_KEPT = 3
_SHORTEST_PREFIX = 4
# What so many words find is kept.
_WORDS_KEPT = 512
# More words than these with one beginning are many.
_FEW = 2
_ANALYSER = StemmingAnalyzer(stoplist=None, minsize=1)

T = TypeVar("T")


@dataclass(frozen=True)
class _Field:
    """A field of the index, and how much a word counts in it: ``whole``, or as the beginning of a longer word."""

    name: str
    whole: float
    begun: float


_FIELDS = (_Field("name", 3.0, 1.5), _Field("text", 1.0, 0.5))


class IndexBuildError(Exception):
    """The index could not be built. The message is one line for whoever looks after the machine."""


@dataclass(frozen=True)
class Entry:
    """What the search knows about one listing. ``places``: where its addresses are, as far as we know."""

    id: str
    name: str
    role: str
    status: str
    area: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    see_instead: tuple[str, ...] = ()
    never_opened: bool = False
    places: tuple[Position, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether it is told of as closed."""
        return self.status == "closed"

    @property
    def own_names(self) -> tuple[str, ...]:
        """Every name that it goes by."""
        return (self.name, *self.aliases, *self.alone)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name that it or its organisation goes by."""
        return (*self.own_names, *self.names)

    @cached_property
    def plain_names(self) -> tuple[str, ...]:
        """Its name and aliases as plain words."""
        return tuple(" ".join(words_of(name)) for name in (self.name, *self.aliases))


class Index:
    """A built index, open for reading. What a word finds is kept, since an edition of the index never changes."""

    def __init__(self, generation: str, opened: whoosh_index.Index) -> None:
        self.generation = generation
        # Whether a failure of it was told of: one line in the log is enough.
        self.failed = False
        self._searcher = opened.searcher()
        self._reader = self._searcher.reader()
        self._ids = [fields["id"] for fields in self._reader.all_stored_fields()]
        # Postings are read through shared file positions, so that two threads must not read at once.
        self._lock = threading.Lock()
        self._kept: dict[str, Mapping[str, float]] = {}

    def search(self, words: Sequence[str], *, every: bool) -> dict[str, float]:
        """Listing ids with their score, for listings that hold every word, or any."""
        found = [self._kept.get(word) or self._find(word) for word in words]
        if not every:
            return _added(found)
        fewest = min(found, key=len, default={})
        return {id_: sum(one[id_] for one in found) for id_ in fewest if all(id_ in one for one in found)}

    def _find(self, word: str) -> Mapping[str, float]:
        """The same for one word, which is kept. A word that finds nothing is not: it may be somebody's name."""
        with self._lock:
            scores = _added(part for field in _FIELDS for part in self._parts(field, word))
            found = {self._ids[number]: score for number, score in scores.items()}
            if found:
                self._kept[word] = found
            if len(self._kept) > _WORDS_KEPT:
                del self._kept[next(iter(self._kept))]
            return found

    def _parts(self, field: _Field, word: str) -> Iterator[dict[int, float]]:
        """What a field adds to the scores of documents: for the word itself, and for the words that begin so.

        Where one word alone begins so, it counts in full. Of many, each document gets the same, however often they
        stand in it.
        """
        for token in _ANALYSER(word):
            if (field.name, token.text) in self._reader:
                yield self._weighed(field, token.text, field.whole)
        begun = list(self._reader.expand_prefix(field.name, word)) if len(word) >= _SHORTEST_PREFIX else []
        if len(begun) > _FEW:
            found = (self._reader.postings(field.name, term).all_ids() for term in begun)
            yield dict.fromkeys(chain.from_iterable(found), 1.0)
        else:
            boost = field.begun if len(begun) > 1 else 1.0
            yield from (self._weighed(field, term, boost) for term in begun)

    def _weighed(self, field: _Field, term: str | bytes, boost: float) -> dict[int, float]:
        matcher = self._searcher.postings(field.name, term)
        found = {}
        while matcher.is_active():
            found[matcher.id()] = matcher.score() * boost
            matcher.next()
        return found


def _added(parts: Iterable[Mapping[T, float]]) -> dict[T, float]:
    """The sum of the scores, key by key."""
    total: dict[T, float] = {}
    for part in parts:
        if not total:
            total = dict(part)
            continue
        for key, score in part.items():
            total[key] = total.get(key, 0.0) + score
    return total


def open_index(folder: Path) -> Index | None:
    """The current index, or None when there is none that can be read."""
    tried = None
    while (pointer := _read_pointer(folder)) and pointer != tried:
        try:
            return _open(folder, pointer)
        except Exception:  # it may have been swapped out and dropped just now; else whatever is wrong, build another
            tried = pointer
    return None


def _read_pointer(folder: Path) -> str | None:
    try:
        return (folder / _POINTER).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _open(folder: Path, pointer: str) -> Index:
    generation, name = pointer.split()
    return _open_place(folder / Path(name).name, generation)


def _open_place(place: Path, generation: str) -> Index:
    return Index(generation, whoosh_index.open_dir(str(place), readonly=True))


def build(folder: Path, generation: str, entries: Iterable[Entry]) -> Index:
    """Builds the index of these entries, swaps it in and opens it. Raises ``IndexBuildError``."""
    with _one_builder(folder):
        return _build(folder, generation, entries)


def open_or_build(folder: Path, generation: str, entries: Iterable[Entry]) -> Index:
    """The index of this generation: the one that is there, or a new one. Raises ``IndexBuildError``."""
    there = _open_generation(folder, generation)
    if there is not None:
        return there
    with _one_builder(folder):
        # Another process may have built it while this one waited.
        return _open_generation(folder, generation) or _build(folder, generation, entries)


def _open_generation(folder: Path, generation: str) -> Index | None:
    index = open_index(folder)
    return index if index is not None and index.generation == generation else None


def _build(folder: Path, generation: str, entries: Iterable[Entry]) -> Index:
    place = Path(tempfile.mkdtemp(prefix="index-", dir=folder))
    try:
        _fill(place, entries)
        index = _open_place(place, generation)
        pointer = place / "pointer"
        pointer.write_text(f"{generation} {place.name}\n", encoding="utf-8")
        os.replace(pointer, folder / _POINTER)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    _drop_old(folder, place)
    return index


def _fill(place: Path, entries: Iterable[Entry]) -> None:
    schema = Schema(
        id=ID(stored=True, unique=True),
        name=TEXT(analyzer=_ANALYSER, phrase=False),
        text=TEXT(analyzer=_ANALYSER, phrase=False),
    )
    writer = whoosh_index.create_in(str(place), schema).writer()
    for entry in entries:
        names = " ".join(words_of(" ".join(entry.all_names)))
        writer.add_document(id=entry.id, name=names, text=" ".join(words_of(" ".join(entry.text))))
    writer.commit()


@contextmanager
def _one_builder(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        with (folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except Exception as error:  # Whoosh raises whatever it likes
        reason = " ".join(str(error).split()) or type(error).__name__
        raise IndexBuildError(f"The search index could not be built in {folder}: {reason}") from error


def _drop_old(folder: Path, newest: Path) -> None:
    places = sorted(folder.glob("index-*"), key=lambda place: (place == newest, place.stat().st_mtime_ns))
    for place in places[:-_KEPT]:
        shutil.rmtree(place, ignore_errors=True)


def search_plainly(entries: Iterable[Entry], words: Sequence[str], *, every: bool) -> dict[str, float]:
    """The same question asked of the entries themselves: slower and plainer, for when the index cannot answer."""
    scores = {}
    for entry in entries:
        held = set(words_of(" ".join((*entry.all_names, *entry.text))))
        share = sum(word in held for word in words) / len(words) if words else 0.0
        if share == 1.0 or (share and not every):
            scores[entry.id] = share
    return scores
