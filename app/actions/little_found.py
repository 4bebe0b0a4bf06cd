"""Searches that found little: counted, so that somebody can add the words that were missing.

Single words are counted, by the day: no sentence, no hour, and nothing of who searched. A word that the directory does
not know may be about somebody. So it is kept under a keyed hash until it stood in as many searches of a month as may
be told; from then on the word itself is kept. From one network address a word counts once a day, so that nobody brings
it there alone. Of a search that holds a number or an @, or tells of danger, nothing is kept.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from app.actions.accounts.tokens import keyed
from app.actions.counting import Counts
from app.actions.find import Found
from app.actions.once_a_day import OnceADay
from app.actions.today import today
from app.database import writing
from app.directory.small_numbers import FEW
from app.models import LittleFoundSearch
from app.search.query import STOP_WORDS, read_query

MOST = 1000
"""Different words that wait in memory."""
HASHED = "#"
"""What a hash begins with in place of a word: no word does."""
MONTH = timedelta(days=30)
"""How long a hash is kept, and within which its searches are added up."""
MOST_HASHED = 5000
"""Hashes kept, so that nobody fills the disk with made-up words."""
SHORTEST, LONGEST = 3, 24
"""Letters of a word that the directory does not know."""
Kept = tuple[date, str]
"""A day, and a word or its hash."""


class Noted(NamedTuple):
    """A word of a search of this day, and whether the directory knows it."""

    day: date
    word: str
    known: bool


class LittleFound:
    """The counts of one process, written down once a minute while there are any. ``key``: the secret one."""

    def __init__(self, engine: Engine, key: str) -> None:
        self._counts: Counts[Noted] = Counts(partial(_add, engine, partial(hidden, key)), MOST)
        self._once = OnceADay()

    def note(self, found: Found, known: Collection[str], address: str) -> None:
        """Counts a search that found little. ``known``: the words that the directory knows. ``address``: of the network
        from which it came; it is kept nowhere."""
        day = today()
        words = self._once.new(day, address, counted_words(found, known))
        self._counts.note([Noted(day, word, word in known) for word in words])

    def write(self) -> None:
        self._counts.write()


def hidden(key: str, word: str) -> str:
    """What is kept in place of a word that was searched for less than ``FEW`` times."""
    return HASHED + keyed(key, "little found", word).hex()


def counted_words(found: Found, known: Collection[str]) -> frozenset[str]:
    """What is counted of a search. Empty where it found enough, told of danger, or holds a number or an e-mail
    address."""
    if found.relaxed is None or any(notice.kind == "urgent" for notice in found.notices):
        return frozenset()
    words = frozenset(read_query(found.query).words) - STOP_WORDS
    if "@" in found.query or not all(word.isalpha() for word in words):
        return frozenset()
    return frozenset(word for word in words if word in known or SHORTEST <= len(word) <= LONGEST)


def added(rows: Mapping[Kept, int], counts: Mapping[Noted, int], hide: Callable[[str], str]) -> dict[Kept, int]:
    """The rows of a month with what was counted since. What may be told by now stands there as a word."""
    after = Counter(rows)
    places = MOST_HASHED - sum(word.startswith(HASHED) for _, word in rows)
    for one, times in counts.items():
        kept = (one.day, one.word if one.known else hide(one.word))
        if not one.known and kept not in after:
            if places <= 0:
                continue
            places -= 1
        after[kept] += times
    totals: Counter[str] = Counter()
    for (_, word), times in after.items():
        totals[word] += times
    unknown = {hide(one.word): one.word for one in counts if not one.known}
    told = {hash_: word for hash_, word in unknown.items() if totals[hash_] + totals[word] >= FEW}
    result: Counter[Kept] = Counter()
    for (day, word), times in after.items():
        result[day, told.get(word, word)] += times
    return dict(result)


def _add(engine: Engine, hide: Callable[[str], str], counts: Mapping[Noted, int]) -> None:
    first = today() - MONTH + timedelta(days=1)
    with writing(engine) as session:
        old = (col(LittleFoundSearch.day) < first, col(LittleFoundSearch.word).startswith(HASHED))
        session.exec(delete(LittleFoundSearch).where(*old))
        since = col(LittleFoundSearch.day) >= min(first, *(one.day for one in counts))
        found = session.exec(select(LittleFoundSearch).where(since)).all()
        before = {(row.day, row.word): row.times for row in found}
        session.expunge_all()
        _replace(session, before, added(before, counts, hide))


def _replace(session: Session, before: Mapping[Kept, int], after: Mapping[Kept, int]) -> None:
    """Writes the days that changed, in the order of their words: where a row stands then tells nothing of the searches
    that its word came from."""
    days = {day for (day, _), _ in set(before.items()) ^ set(after.items())}
    session.exec(delete(LittleFoundSearch).where(col(LittleFoundSearch.day).in_(days)))
    rows = (LittleFoundSearch(day=day, word=word, times=times) for (day, word), times in sorted(after.items()))
    session.add_all(row for row in rows if row.day in days)
