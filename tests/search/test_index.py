"""The index: swapped in whole, and never missed."""

import threading
from pathlib import Path

import pytest

from app.actions.find import find
from app.catalogue import Catalogue
from app.search.index import Entry, build, open_index, search_plainly
from tests.seeds import catalogue_in

ENTRIES = [
    Entry("chairs", "Chairs for Work", "service", "live", ("camden",), text=("Pays for special chairs.",)),
    Entry("coach", "Work Coach", "service", "live", ("ncl",), text=("A coach who helps you find a job.",)),
]


def test_a_folder_without_an_index_has_none(tmp_path: Path) -> None:
    assert open_index(tmp_path) is None


def test_built_and_found(tmp_path: Path) -> None:
    build(tmp_path / "index", "7", ENTRIES)
    index = open_index(tmp_path / "index")
    assert index is not None
    assert index.generation == "7"
    assert list(index.search(["chair"], every=True)) == ["chairs"]
    assert list(index.search(["coaching"], every=True)) == ["coach"]
    assert index.search(["chair", "coach"], every=True) == {}
    assert set(index.search(["chair", "coach"], every=False)) == {"chairs", "coach"}


def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    build(tmp_path / "index", "1", ENTRIES)
    assert all(place.stat().st_mode & 0o077 == 0 for place in [tmp_path / "index", *tmp_path.glob("index/index-*")])


def test_the_last_three_are_kept(tmp_path: Path) -> None:
    for generation in range(6):
        build(tmp_path, str(generation), ENTRIES)
    assert len(list(tmp_path.glob("index-*"))) == 3


def test_readers_never_fail_while_it_is_rebuilt(tmp_path: Path) -> None:
    build(tmp_path, "0", ENTRIES)
    done = threading.Event()
    failures: list[str] = []

    def read() -> None:
        while not done.is_set():
            index = open_index(tmp_path)
            if index is None or set(index.search(["work"], every=True)) != {"chairs", "coach"}:
                failures.append("nothing found")

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()

    def rebuild(builder: int) -> None:
        for number in range(25):
            build(tmp_path, f"{builder}-{number}", ENTRIES)

    builders = [threading.Thread(target=rebuild, args=(number,)) for number in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []


def test_an_index_of_another_catalogue_is_built_anew(tmp_path: Path) -> None:
    first = catalogue_in(tmp_path).search.index
    again = catalogue_in(tmp_path).search.index
    assert first is not None
    assert again is not None
    assert first.generation == again.generation
    build(tmp_path, "1-other", ENTRIES)
    renewed = catalogue_in(tmp_path).search.index
    assert renewed is not None
    assert renewed.generation == first.generation


def _answers(catalogue: Catalogue) -> None:
    assert find(catalogue, "special chair for my back", None, 5).results[0] == "access-to-work"
    assert find(catalogue, "WorkWell", None, 5).results[0] == "workwell-ncl"
    assert "workwell-ncl" in find(catalogue, "vacancies recruitment", None, 50).results


def test_answers_without_a_folder_that_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    catalogue = catalogue_in(tmp_path / "file")
    assert catalogue.search.index is None
    _answers(catalogue)


@pytest.mark.parametrize("junk", [b"", b"\0\xff" * 40, b"1 ../../etc\n", b"1 index-gone\n"])
def test_a_broken_pointer_is_mended(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "current").write_bytes(junk)
    catalogue = catalogue_in(tmp_path)
    assert catalogue.search.index is not None
    _answers(catalogue)


def test_answers_when_the_open_index_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = catalogue_in(tmp_path)
    assert catalogue.search.index is not None

    def broken(*_: object, **__: object) -> dict[str, float]:
        raise OSError("torn page")

    monkeypatch.setattr(catalogue.search.index, "search", broken)
    _answers(catalogue)


def test_answers_when_every_file_of_the_index_is_junk(tmp_path: Path) -> None:
    catalogue_in(tmp_path)
    for path in tmp_path.glob("index-*/*"):
        path.write_bytes(b"junk")
    _answers(catalogue_in(tmp_path))


def test_the_plain_search_knows_every_and_any() -> None:
    assert list(search_plainly(ENTRIES, ["special", "chairs"], every=True)) == ["chairs"]
    assert search_plainly(ENTRIES, ["special", "job"], every=True) == {}
    assert set(search_plainly(ENTRIES, ["special", "job"], every=False)) == {"chairs", "coach"}
