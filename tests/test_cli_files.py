"""The commands for files in and out, as a person gives them: what they print, and how they end."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from app import create_app
from tests.exchange.seed_sets import GOOD, write_seed

ROOT = Path(__file__).parents[1]
Flask = Callable[..., Result]


@pytest.fixture
def flask(tmp_path: Path) -> Flask:
    """Gives one command to the application, with an empty instance folder of its own."""
    runner = create_app({"INSTANCE_PATH": str(tmp_path / "instance")}).test_cli_runner()
    assert runner.invoke(args=["database", "upgrade"]).exit_code == 0

    def run(*words: str | Path) -> Result:
        done = runner.invoke(args=[str(word) for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    return run


def test_without_a_catalogue_and_with_other_files_one_line_says_why(flask: Flask, tmp_path: Path) -> None:
    sectors = ROOT / "seed" / "postcode_sectors.csv"
    wrong = [("export", "oruk", tmp_path / "out"), ("import", "csv", sectors), ("import", "postcodes", sectors.parent)]
    for words in wrong:
        done = flask(*words)
        assert (done.exit_code, len(done.stderr.splitlines()), done.stdout) == (1, 1, "")
    assert flask("import", "csv", tmp_path / "nowhere.csv").exit_code == 2
    assert flask("export", "csv").exit_code == 2


def test_the_catalogue_out_and_in_again(flask: Flask, tmp_path: Path) -> None:
    write_seed(tmp_path / "seed", GOOD)
    assert flask("seed", "load", "--path", tmp_path / "seed").exit_code == 0
    package, table = tmp_path / "open-data", tmp_path / "services.csv"
    written = flask("export", "oruk", package)
    assert (written.exit_code, written.stderr) == (0, "")
    assert written.stdout == f"Written to {package}: 3 services in 0 places.\n"
    assert flask("export", "csv", table).exit_code == 0
    with table.open("a", newline="") as file:
        csv.writer(file).writerow(["", "A new one", "", "It helps.", *[""] * 2, "Camden", "nonsense"])
    for trial, outcome in (("--dry-run", "1 added"), ("--feed=table", "1 added"), ("--feed=table", "0 added")):
        done = flask("import", "csv", table, trial)
        assert done.exit_code == 0
        assert outcome in done.stdout
        assert ("row 5: added a-new-one. “nonsense”" in done.stdout) == (outcome == "1 added")
        assert ("Nothing was changed" in done.stdout) == (trial == "--dry-run")
