"""Counts that wait in memory and are written once a minute, so that no page waits for the database."""

import atexit
import logging
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock, Timer
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

WRITTEN_AFTER = 60.0
"""Seconds for which counts wait in memory; a process that is killed loses no more."""
Key = TypeVar("Key", bound=Hashable)
_log = logging.getLogger(__name__)


class Counts(Generic[Key]):
    """What one process has counted and not written yet.

    ``add`` adds to the table, all or nothing; what it could not write waits for the next time. ``most``: different
    keys that wait. Once so many wait, no other key is counted until they are written. ``after``: seconds.
    """

    def __init__(self, add: Callable[[Mapping[Key, int]], None], most: int, after: float = WRITTEN_AFTER) -> None:
        self._add = add
        self._most = most
        self._after = after
        self._lock = Lock()
        self._waiting: Counter[Key] = Counter()
        self._timer: Timer | None = None
        self._ending = False

    def note(self, keys: Iterable[Key]) -> None:
        """Counts each key once more."""
        with self._lock:
            for key in keys:
                self._count(key, 1)
            if self._waiting and self._timer is None:
                self._write_soon()

    def write(self) -> None:
        """Adds what waits to the table. What cannot be written is told in the log, and tried again."""
        with self._lock:
            counts, self._waiting = self._waiting, Counter()
            self._stop_timer()
        if not counts:
            return
        try:
            self._add(counts)
        except SQLAlchemyError as error:
            _log.warning("%d counts could not be written yet (%s).", len(counts), type(error).__name__)
            self._put_back(counts)

    def _put_back(self, counts: Mapping[Key, int]) -> None:
        with self._lock:
            for key, times in counts.items():
                self._count(key, times)
            if self._timer is None and not self._ending:
                self._write_soon()

    def _count(self, key: Key, times: int) -> None:
        if key in self._waiting or len(self._waiting) < self._most:
            self._waiting[key] += times

    def _write_soon(self) -> None:
        self._timer = Timer(self._after, self.write)
        self._timer.daemon = True
        self._timer.start()
        # In case the process ends before.
        atexit.unregister(self._write_at_the_end)
        atexit.register(self._write_at_the_end)

    def _write_at_the_end(self) -> None:
        self._ending = True
        self.write()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
