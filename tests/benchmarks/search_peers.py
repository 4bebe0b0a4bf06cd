"""Other ways to search the same words, to be timed beside ours: SQLite's FTS5, and Whoosh with its own query parser.

Both rank by BM25, take a listing that holds any of the words, and know neither meanings, names, places nor spelling.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.qparser import MultifieldParser, OrGroup

from app.search.index import Entry
from app.search.query import words_of

FIELDS = ("name", "aliases", "text")


class Fts5:
    """SQLite's full-text index in a file: stems, and the last word as a beginning."""

    def __init__(self, folder: Path, entries: Iterable[Entry]) -> None:
        self._connection = sqlite3.connect(folder / "fts5.sqlite")
        self._connection.execute(
            f"CREATE VIRTUAL TABLE listing USING fts5(id UNINDEXED, {', '.join(FIELDS)}, tokenize='porter')"
        )
        self._connection.executemany(
            "INSERT INTO listing VALUES (?, ?, ?, ?)", [(one.id, *_texts(one)) for one in entries]
        )
        self._connection.commit()

    def search(self, typed: str, limit: int) -> list[str]:
        """Ids, best first."""
        words = [f'"{word}"' for word in words_of(typed)]
        if not words:
            return []
        rows = self._connection.execute(
            "SELECT id FROM listing WHERE listing MATCH ? ORDER BY bm25(listing) LIMIT ?",
            (f"{' OR '.join(words)}*", limit),
        )
        return [id_ for (id_,) in rows]


class PlainWhoosh:
    """Whoosh as its handbook shows it: one query parser over all fields, any of the words."""

    def __init__(self, folder: Path, entries: Iterable[Entry]) -> None:
        schema = Schema(id=ID(stored=True), **{field: TEXT(analyzer=StemmingAnalyzer()) for field in FIELDS})
        index = whoosh_index.create_in(str(folder), schema)
        writer = index.writer()
        for one in entries:
            writer.add_document(id=one.id, **dict(zip(FIELDS, _texts(one), strict=True)))
        writer.commit()
        self._searcher: Any = index.searcher()
        self._parser: Any = MultifieldParser(FIELDS, schema, group=OrGroup)

    def search(self, typed: str, limit: int) -> list[str]:
        """Ids, best first."""
        query = self._parser.parse(" ".join(words_of(typed)))
        return [hit["id"] for hit in self._searcher.search(query, limit=limit)]


def _texts(entry: Entry) -> tuple[str, str, str]:
    """The text of each of ``FIELDS``."""
    return entry.name, " ".join((*entry.aliases, *entry.alone, *entry.names)), " ".join(entry.text)
