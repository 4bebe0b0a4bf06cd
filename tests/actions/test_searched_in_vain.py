"""What the directory team does about words that were searched in vain: on both databases."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import Engine

from app.actions import audit
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn
from app.actions.administration import synonyms
from app.actions.administration.likely_meanings import LikelyMeanings
from app.actions.administration.reference import FaultsError, NotThereError
from app.actions.administration.searches import (
    NotSearchedError,
    add_to_meaning,
    most_searched_in_vain,
    searched_in_vain,
    set_aside,
)
from app.actions.exchange import load_seed
from app.actions.find import Found
from app.actions.little_found import LittleFound
from app.database import reading, writing
from app.exchange.rows import generation_of
from app.models import LittleFoundSearch, UserAccount
from tests.accounts import KEY, NOW
from tests.exchange.seed_sets import write_seed
from tests.seeds import published_seed

ADMIN = SignedIn(uuid4(), uuid4(), "admin@example.org", True, True, False, ())
NOBODY = SignedIn(uuid4(), uuid4(), "nobody@example.org", True, True, False, ())
JOB = "find a job"


@pytest.fixture
def directory(engine: Engine, tmp_path: Path) -> Engine:
    """A small catalogue and an admin; on this day nine searched in vain for zumba, and others for more."""
    load_seed(engine, write_seed(tmp_path), NOW)
    with writing(engine) as session:
        session.add(UserAccount(id=ADMIN.user_id, email=ADMIN.email, created_at=NOW, directory_admin=True))
    with time_machine.travel(NOW, tick=False):
        counts = LittleFound(engine, KEY)
        searches = (*["zumba"] * 9, *["zumba skydiving"] * 2, *["door"] * 3, *["working"] * 12, *["jobs"] * 20)
        for number, text in enumerate(searches):
            counts.note(Found(text, 0, (), (), "Nothing matches your words."), {"door", "jobs"}, f"place {number}")
        counts.write()
    return engine


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def words(engine: Engine) -> list[str]:
    return [one.word for one in searched_in_vain(engine, 30).words]


def test_the_list_has_what_may_be_told_and_is_no_synonym_yet(directory: Engine) -> None:
    found = searched_in_vain(directory, 30)
    assert [(one.word, one.times) for one in found.words] == [("working", 12), ("zumba", 11), ("door", 3)]
    assert found.words[0].likely == (JOB,)
    assert found.words[1].likely == ()
    assert found.meanings == (JOB, "multiple sclerosis")
    assert most_searched_in_vain(directory, 30, 2) == [("working", 12), ("zumba", 11)]


def test_a_word_is_added_in_one_step_and_its_row_is_gone(directory: Engine) -> None:
    add_to_meaning(directory, ADMIN, "zumba", JOB, NOW)
    assert synonyms.meaning(directory, JOB).shown.texts["say"].splitlines() == ["find work", "jobs", "zumba"]
    with reading(directory) as session:
        assert generation_of(session) == 2
    entry = audit.newest(directory)[0]
    assert (entry.who, entry.action, entry.subject) == (ADMIN.email, "synonym changed", f"synonym/{JOB}")
    assert entry.detail["after"] == {"say": "zumba"}
    assert words(directory) == ["working", "door"]
    with pytest.raises(NotSearchedError):
        add_to_meaning(directory, ADMIN, "zumba", "multiple sclerosis", NOW)


def test_what_cannot_be_added_is_refused_and_stays_in_the_list(directory: Engine) -> None:
    for who, means, refusal in (
        (ADMIN, "", FaultsError),
        (ADMIN, "no such meaning", NotThereError),
        (NOBODY, JOB, AccountError),
    ):
        with pytest.raises(refusal):
            add_to_meaning(directory, who, "zumba", means, NOW)
    with pytest.raises(NotSearchedError):
        add_to_meaning(directory, ADMIN, "skydiving", JOB, NOW)
    assert "zumba" in words(directory)
    assert not audit.newest(directory)


def test_what_is_set_aside_is_deleted_with_its_hash(directory: Engine) -> None:
    with pytest.raises(AccountError):
        set_aside(directory, NOBODY, "zumba", KEY, NOW)
    set_aside(directory, ADMIN, "zumba", KEY, NOW)
    assert words(directory) == ["working", "door"]
    entry = audit.newest(directory)[0]
    assert (entry.who, entry.action, entry.subject) == (ADMIN.email, "searched word set aside", "search/zumba")
    with reading(directory) as session:
        assert session.get(LittleFoundSearch, (NOW.date(), "zumba")) is None
    with pytest.raises(NotSearchedError):
        set_aside(directory, ADMIN, "zumba", KEY, NOW)


@pytest.mark.parametrize(
    ("word", "means"),
    [
        ("dyslexic", "ADHD, dyslexia, dyspraxia"),
        ("redundent", "redundancy"),
        ("physiotherapist", "back, neck and joints"),
        ("apprenticeships", "young people"),
    ],
)
def test_the_meaning_that_somebody_would_choose_is_among_the_likely_ones(word: str, means: str) -> None:
    assert means in LikelyMeanings(published_seed().reference["synonyms"]["groups"]).of(word)
