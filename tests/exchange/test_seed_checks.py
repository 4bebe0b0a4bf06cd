"""Every mistake in a seed folder is found, told in a plain sentence, at the right line."""

from pathlib import Path

import pytest

from app.exchange.seed.checks import check_seed
from app.exchange.seed.files import read_seed
from app.exchange.seed.plain_yaml import Problem
from tests.exchange.broken_hours import BAD_HOURS, WITH_HOURS
from tests.exchange.broken_reference import BROKEN_REFERENCE
from tests.exchange.good_reference import REFERENCE
from tests.exchange.seed_sets import BROKEN, GOOD, OLD, OPEN, OPEN_DOOR, Broken, write_seed

ALL_BROKEN = BROKEN + BAD_HOURS + BROKEN_REFERENCE


def problems_in(folder: Path) -> list[Problem]:
    return check_seed(read_seed(folder))[1]


def test_the_good_set_is_good(tmp_path: Path) -> None:
    assert problems_in(write_seed(tmp_path)) == []


def test_hours_languages_and_what_people_said_are_good(tmp_path: Path) -> None:
    assert problems_in(write_seed(tmp_path, WITH_HOURS)) == []


@pytest.mark.parametrize("broken", ALL_BROKEN, ids=lambda broken: broken.name)
def test_a_mistake_is_told_where_it_is(broken: Broken, tmp_path: Path) -> None:
    found = problems_in(write_seed(tmp_path, broken.files()))
    assert any(str(problem).startswith(f"{broken.at}: ") and broken.words in problem.message for problem in found), (
        found
    )


@pytest.mark.parametrize("broken", ALL_BROKEN, ids=lambda broken: broken.name)
def test_a_mistake_is_told_in_sentences(broken: Broken, tmp_path: Path) -> None:
    for problem in problems_in(write_seed(tmp_path, broken.files())):
        assert problem.message.endswith(".")
        assert problem.line >= 1
        assert "Traceback" not in problem.message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    files = {
        **GOOD,
        OPEN: OPEN_DOOR.replace("[find_job]", "[fly]").replace("any_of: [camden]", "any_of: [camdem]"),
        OLD: GOOD[OLD].replace("[open-door]", "[opn-door]"),
    }
    lines = {f"{problem.file}:{problem.line}" for problem in problems_in(write_seed(tmp_path, files))}
    assert lines == {f"{OPEN}:11", f"{OPEN}:22", f"{OLD}:11"}


@pytest.mark.parametrize("name", REFERENCE)
def test_a_missing_file_is_told(name: str, tmp_path: Path) -> None:
    found = problems_in(write_seed(tmp_path, {file: text for file, text in GOOD.items() if file != name}))
    told = [problem for problem in found if problem.file == name]
    assert told == [Problem(name, 1, "This file is missing. The catalogue cannot do without it.")]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert "no such folder" in problems_in(tmp_path / "nowhere")[0].message


def test_a_file_that_would_not_be_read_is_told(tmp_path: Path) -> None:
    write_seed(tmp_path, {**GOOD, "services/third-door.yml": OPEN_DOOR, "services/.hidden": ""})
    (found,) = problems_in(tmp_path)
    assert found.file == "services/third-door.yml"


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (write_seed(tmp_path) / "services" / "a.yaml").mkdir()
    (found,) = problems_in(tmp_path)
    assert "cannot be opened" in found.message


def test_listings_may_share_an_alias(tmp_path: Path) -> None:
    files = {**GOOD, OLD: GOOD[OLD].replace("[The Door]", "[The Door, Door]")}
    assert problems_in(write_seed(tmp_path, files)) == []


def test_a_closed_listing_may_have_a_successor_that_closed_since(tmp_path: Path) -> None:
    older = GOOD[OLD].replace("id: old-door", "id: older-door").replace("[open-door]", "[old-door]")
    assert problems_in(write_seed(tmp_path, {**GOOD, "services/older-door.yaml": older})) == []


def test_the_catalogue_of_this_repository_is_good() -> None:
    assert [str(problem) for problem in problems_in(Path("seed"))] == []
