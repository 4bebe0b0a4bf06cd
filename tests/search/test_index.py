"""The index: swapped in whole, and never missed."""

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.actions.find import find
from app.catalogue import Catalogue
from app.search.index import Entry, IndexBuildError, build, open_index, open_or_build, search_plainly
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


def _at_once(tasks: list[Callable[[], object]]) -> list[object]:
    """What tasks answer that start together, each in its thread; a failure is the exception."""
    together = threading.Barrier(len(tasks))
    answers: list[object] = [None] * len(tasks)

    def run(place: int, task: Callable[[], object]) -> None:
        together.wait()
        try:
            answers[place] = task()
        except Exception as error:
            answers[place] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_eight_that_start_at_once_build_it_once(tmp_path: Path) -> None:
    catalogues = _at_once([lambda: catalogue_in(tmp_path).search.healthy] * 8)
    assert catalogues == [True] * 8
    assert len(list(tmp_path.glob("index-*"))) == 1


def test_each_gets_the_edition_that_it_asked_for(tmp_path: Path) -> None:
    def generation_of(wanted: str) -> Callable[[], str]:
        return lambda: open_or_build(tmp_path, wanted, ENTRIES).generation

    wanted = [str(number % 3) for number in range(9)]
    assert _at_once([generation_of(one) for one in wanted]) == wanted


def test_many_readers_of_one_index_do_not_disturb_each_other(tmp_path: Path) -> None:
    many = [Entry(str(n), f"Service {n}", "service", "live", ("ncl",), text=(f"work word{n % 7}",)) for n in range(60)]
    index = build(tmp_path, "1", many)
    wanted = [index.search([word], every=True) for word in ("work", "word1", "word2")]

    def read() -> bool:
        return all(
            [index.search([word], every=True) for word in ("work", "word1", "word2")] == wanted for _ in range(15)
        )

    patience = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        assert _at_once([read] * 8) == [True] * 8
    finally:
        sys.setswitchinterval(patience)


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, "1", ENTRIES)
    monkeypatch.setattr("app.search.index._fill", _broken)
    with pytest.raises(IndexBuildError):
        build(tmp_path, "2", ENTRIES)
    index = open_index(tmp_path)
    assert index is not None
    assert index.generation == "1"
    assert len(list(tmp_path.glob("index-*"))) == 1


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


def _broken(*_: object, **__: object) -> dict[str, float]:
    raise OSError("torn\npage at anxiety")


def test_answers_without_a_folder_that_can_be_written(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    catalogue = catalogue_in(tmp_path / "file")
    assert catalogue.search.index is None
    assert not catalogue.search.healthy
    _answers(catalogue)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_a_rebuild_that_fails_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexBuildError, match="could not be built") as failure:
        catalogue_in(tmp_path / "file").search.rebuild()
    assert len(str(failure.value).splitlines()) == 1


def test_a_rebuild_replaces_the_index(tmp_path: Path) -> None:
    catalogue = catalogue_in(tmp_path)
    before = (tmp_path / "current").read_text()
    catalogue.search.rebuild()
    assert (tmp_path / "current").read_text() != before
    assert catalogue.search.healthy


@pytest.mark.parametrize("junk", [b"", b"\0\xff" * 40, b"1 ../../etc\n", b"1 index-gone\n"])
def test_a_broken_pointer_is_mended(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "current").write_bytes(junk)
    catalogue = catalogue_in(tmp_path)
    assert catalogue.search.index is not None
    _answers(catalogue)


def test_answers_when_the_open_index_breaks_and_that_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    catalogue = catalogue_in(tmp_path)
    assert catalogue.search.index is not None
    assert catalogue.search.healthy
    monkeypatch.setattr(catalogue.search.index, "search", _broken)
    assert not catalogue.search.healthy
    _answers(catalogue)
    assert len(caplog.records) == 1
    assert "OSError" in caplog.text
    assert "anxiety" not in caplog.text


def test_answers_when_every_file_of_the_index_is_junk(tmp_path: Path) -> None:
    catalogue_in(tmp_path)
    for path in tmp_path.glob("index-*/*"):
        path.write_bytes(b"junk")
    _answers(catalogue_in(tmp_path))


def test_the_plain_search_knows_every_and_any() -> None:
    assert list(search_plainly(ENTRIES, ["special", "chairs"], every=True)) == ["chairs"]
    assert search_plainly(ENTRIES, ["special", "job"], every=True) == {}
    assert set(search_plainly(ENTRIES, ["special", "job"], every=False)) == {"chairs", "coach"}
