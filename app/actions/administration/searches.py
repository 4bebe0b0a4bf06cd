"""Words that were searched in vain, and what the directory team does about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, func, select

from app.actions.accounts.care import check_admin
from app.actions.accounts.sessions import SignedIn
from app.actions.administration import synonyms
from app.actions.administration.likely_meanings import LikelyMeanings, phrases_said
from app.actions.administration.reference import Fault, FaultsError
from app.actions.administration.synonym_checks import PART
from app.actions.audit import Entry, note
from app.actions.editing.errors import EditError
from app.actions.little_found import HASHED, hidden
from app.actions.today import today
from app.database import reading, writing
from app.directory.small_numbers import FEW
from app.models import LittleFoundSearch, ReferenceData
from app.search.query import stem

SHOWN = 25
"""Words on the page. As they are dealt with, others come."""
LONGEST_TIME = 90
"""Days that somebody can look back."""


class NotSearchedError(EditError):
    """The word is not among those searched in vain, or not any more."""

    def __init__(self) -> None:
        super().__init__("This word is not in the list any more. Somebody else may have dealt with it.")


@dataclass(frozen=True)
class InVain:
    """A word, how often it was searched for, and the names of the meanings that it may belong to, likeliest first."""

    word: str
    times: int
    likely: tuple[str, ...]


@dataclass(frozen=True)
class SearchedInVain:
    """``words``: most often searched first. ``meanings``: the names of all, in their order."""

    words: tuple[InVain, ...]
    meanings: tuple[str, ...]


def most_searched_in_vain(engine: Engine, days: int, limit: int) -> list[tuple[str, int]]:
    """The words that were searched for most often in the last days, with how often; most first.

    A hash is no word. What stands under some meaning by now is left out.
    """
    with reading(engine) as session:
        return _most_searched(session, _groups(session), days)[:limit]


def searched_in_vain(engine: Engine, days: int) -> SearchedInVain:
    with reading(engine) as session:
        groups = _groups(session)
        found = _most_searched(session, groups, days)[:SHOWN]
    likely = LikelyMeanings(groups)
    words = tuple(InVain(word, times, likely.of(word)) for word, times in found)
    return SearchedInVain(words, tuple(sorted((group["means"] for group in groups), key=str.casefold)))


def add_to_meaning(engine: Engine, who: SignedIn, word: str, means: str, now: datetime) -> None:
    """The word is one more thing that people say for it. The search knows it as soon as any change.

    Raises ``NotSearchedError``, ``FaultsError``, ``NotThereError``, ``MovedError``, ``AccountError``.
    """
    if not means:
        raise FaultsError([Fault("means", "Choose what it means.")])
    with reading(engine) as session:
        _check_searched(session, word)
    shown = synonyms.meaning(engine, means).shown
    texts = {**shown.texts, "say": f"{shown.texts['say']}\n{word}"}
    synonyms.change(engine, who, means, texts, shown.version, now)


def set_aside(engine: Engine, who: SignedIn, word: str, key: str, now: datetime) -> None:
    """There is nothing to add: its counts are deleted. ``key``: the secret one.

    Raises ``NotSearchedError``, ``AccountError``.
    """
    with writing(engine) as session:
        check_admin(session, who)
        _check_searched(session, word)
        counted = col(LittleFoundSearch.word).in_([word, hidden(key, word)])
        session.exec(delete(LittleFoundSearch).where(counted))
        note(session, Entry(now, who.email, "searched word set aside", f"search/{word}"))


def _groups(session: Session) -> Sequence[Mapping[str, Any]]:
    """None before anything was loaded."""
    row = session.get(ReferenceData, PART)
    return row.body["groups"] if row else ()


def _check_searched(session: Session, word: str) -> None:
    if word not in (one for one, _ in _most_searched(session, _groups(session), LONGEST_TIME)):
        raise NotSearchedError


def _most_searched(session: Session, groups: Iterable[Mapping[str, Any]], days: int) -> list[tuple[str, int]]:
    since = today() - timedelta(days=days - 1)
    times = func.sum(col(LittleFoundSearch.times))
    rows = session.exec(
        select(LittleFoundSearch.word, times)
        .where(col(LittleFoundSearch.day) >= since, ~col(LittleFoundSearch.word).startswith(HASHED))
        .group_by(col(LittleFoundSearch.word))
    ).all()
    said = phrases_said(groups)
    found = [(word, int(number)) for word, number in rows if stem(word) not in said]
    return sorted(found, key=_place)


def _place(counted: tuple[str, int]) -> tuple[int, str]:
    """The order among small numbers would tell what is hidden of them."""
    word, times = counted
    return (-times if times >= FEW else 0), word
