"""Searches that found little: counted, so that somebody can add the words that were missing.

Only single words that stand in a listing or in a word list are kept, by the day: no sentence, no hour, and nothing of
who searched. Of a search that holds any other word, or a number, nothing is kept: it may be about somebody.
"""

import atexit
import logging
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from threading import Lock, Timer

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, func, select

from app.actions.find import Found
from app.actions.today import today
from app.database import reading, writing
from app.models import LittleFoundSearch
from app.search.query import STOP_WORDS, read_query

WRITTEN_AFTER = 60.0
"""Seconds for which counts wait in memory; a process that is killed loses no more."""
MOST = 1000
"""Different words that wait in memory."""
_log = logging.getLogger(__name__)


class LittleFound:
    """The counts of one process, written down once a minute while there are any."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._counts: Counter[tuple[date, str]] = Counter()

    def note(self, found: Found, known: Collection[str]) -> None:
        """Counts a search that found little. ``known``: the words that may be kept."""
        words = kept_words(found, known)
        if not words:
            return
        day = today()
        with self._lock:
            if not self._counts:
                self._write_soon()
            for word in words:
                if len(self._counts) < MOST or (day, word) in self._counts:
                    self._counts[day, word] += 1

    def _write_soon(self) -> None:
        timer = Timer(WRITTEN_AFTER, self.write)
        timer.daemon = True
        timer.start()
        # In case the process ends before.
        atexit.unregister(self.write)
        atexit.register(self.write)

    def write(self) -> None:
        """Adds the counts to the table. What cannot be written is let go: no search waits for it."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            with writing(self._engine) as session:
                for (day, word), times in counts.items():
                    row = session.get(LittleFoundSearch, (day, word)) or LittleFoundSearch(day=day, word=word, times=0)
                    row.times += times
                    session.add(row)
        except SQLAlchemyError as error:
            _log.warning("%d counted searches could not be written (%s).", len(counts), type(error).__name__)


def kept_words(found: Found, known: Collection[str]) -> frozenset[str]:
    """What is kept of a search. Empty where it found enough, told of danger, or holds a word that is not known."""
    if found.relaxed is None or any(notice.kind == "urgent" for notice in found.notices):
        return frozenset()
    words = frozenset(read_query(found.query).words) - STOP_WORDS
    return words if all(word in known and word.isalpha() for word in words) else frozenset()


def most_searched_in_vain(engine: Engine, days: int, limit: int) -> Sequence[tuple[str, int]]:
    """The words that were searched for most often in the last days, with how often; most first."""
    since = today() - timedelta(days=days - 1)
    times = func.sum(col(LittleFoundSearch.times))
    with reading(engine) as session:
        rows = session.exec(
            select(LittleFoundSearch.word, times)
            .where(col(LittleFoundSearch.day) >= since)
            .group_by(col(LittleFoundSearch.word))
            .order_by(times.desc(), col(LittleFoundSearch.word))
            .limit(limit)
        ).all()
    return [(word, int(number)) for word, number in rows]
