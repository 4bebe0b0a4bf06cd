"""The snapshot: how soon a change is seen, and that trouble never takes away what is there."""

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.actions.exchange import load_seed
from app.catalogue import FRESH_FOR, CatalogueEmptyError, CatalogueHolder
from app.database import make_engine, writing
from app.migrations import upgrade
from tests.databases import engine_on
from tests.seeds import SEED

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.catalogue.monotonic", clock)
    return clock


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[tuple[Engine, Path]]:
    """A database with the catalogue of a copy of the seed, and the copy."""
    seed = tmp_path / "seed"
    shutil.copytree(SEED, seed)
    with engine_on("sqlite") as engine:
        assert not load_seed(engine, seed, NOW).rejected
        yield engine, seed


def _rename(engine: Engine, seed: Path, name: str) -> None:
    file = seed / "services" / "iwork.yaml"
    lines = [f"name: {name}" if line.startswith("name:") else line for line in file.read_text().splitlines()]
    file.write_text("\n".join(lines) + "\n")
    assert load_seed(engine, seed, NOW).changed == ("iwork",)


def test_a_change_is_seen_after_a_second_and_not_before(
    loaded: tuple[Engine, Path], tmp_path: Path, clock: Clock
) -> None:
    engine, seed = loaded
    holder = CatalogueHolder(engine, tmp_path / "index")
    first = holder.get()
    _rename(engine, seed, "iWork under another name")
    assert holder.get() is first
    clock.seconds += FRESH_FOR + 0.1
    assert holder.get().listings["iwork"].name == "iWork under another name"


def test_without_a_change_the_same_value_is_served(loaded: tuple[Engine, Path], tmp_path: Path, clock: Clock) -> None:
    holder = CatalogueHolder(loaded[0], tmp_path / "index")
    first = holder.get()
    clock.seconds += 60
    assert holder.get() is first


def test_when_the_database_fails_the_catalogue_at_hand_stays(
    loaded: tuple[Engine, Path], tmp_path: Path, clock: Clock
) -> None:
    engine, _ = loaded
    holder = CatalogueHolder(engine, tmp_path / "index")
    first = holder.get()
    with writing(engine) as session:
        session.connection().execute(text("DROP TABLE catalogue_generation"))
    clock.seconds += 60
    assert holder.get() is first


def test_a_catalogue_that_cannot_be_made_does_not_replace_the_one_at_hand(
    loaded: tuple[Engine, Path], tmp_path: Path, clock: Clock
) -> None:
    engine, seed = loaded
    holder = CatalogueHolder(engine, tmp_path / "index")
    first = holder.get()
    _rename(engine, seed, "iWork under another name")
    with writing(engine) as session:
        session.connection().execute(text("DELETE FROM reference_data WHERE name = 'questions'"))
    clock.seconds += 60
    assert holder.get() is first


def test_many_readers_get_whole_catalogues_while_it_changes(loaded: tuple[Engine, Path], tmp_path: Path) -> None:
    engine, seed = loaded
    holder = CatalogueHolder(engine, tmp_path / "index")
    seen: list[tuple[int, str]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            catalogue = holder.get()
            seen.append((catalogue.generation, catalogue.listings["iwork"].name))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    _rename(engine, seed, "iWork under another name")
    stop.wait(FRESH_FOR * 2)
    stop.set()
    for reader in readers:
        reader.join()
    assert len(dict(seen)) == 2
    assert len(set(seen)) == 2


def test_an_empty_database_has_no_catalogue(tmp_path: Path) -> None:
    with engine_on("sqlite") as engine, pytest.raises(CatalogueEmptyError):
        CatalogueHolder(engine, tmp_path).get()


def test_a_database_that_was_put_back_is_read_anew(tmp_path: Path, clock: Clock) -> None:
    file, other = tmp_path / "catalogue.db", tmp_path / "other.db"
    for target in (file, other):
        upgrade(f"sqlite:///{target}")
    engine = make_engine(f"sqlite:///{file}")
    load_seed(engine, SEED, NOW)
    holder = CatalogueHolder(engine, tmp_path / "index")
    assert holder.get().listings["iwork"].name != "Another iWork"
    seed = tmp_path / "seed"
    shutil.copytree(SEED, seed)
    replacement = make_engine(f"sqlite:///{other}")
    load_seed(replacement, SEED, NOW)
    _rename(replacement, seed, "Another iWork")
    other.replace(file)
    clock.seconds += 2
    assert holder.get().listings["iwork"].name == "Another iWork"
