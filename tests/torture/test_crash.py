"""Processes killed in the middle of their work: nothing half done is ever seen."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.actions.find import find
from app.catalogue import CatalogueHolder
from app.database import make_engine
from tests.seeds import ROOT, SEED

pytestmark = pytest.mark.torture
ROUNDS = 100


def _environment(instance: Path) -> dict[str, str]:
    return {**os.environ, "INSTANCE_PATH": str(instance)}


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "app", *words]


def _run(instance: Path, *words: str) -> None:
    subprocess.run(_command(*words), cwd=ROOT, env=_environment(instance), check=True, capture_output=True)


def _killed(instance: Path, after: float, *words: str) -> None:
    process = subprocess.Popen(
        _command(*words), cwd=ROOT, env=_environment(instance), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _seed_that_says(word: str, folder: Path) -> Path:
    """The seed with one word at the end of every summary."""
    shutil.copytree(SEED, folder)
    for file in (folder / "services").glob("*.yaml"):
        file.write_text(
            re.sub(r"^(summary: .*?)(\"?)$", rf"\1 {word}.\2", file.read_text(), count=1, flags=re.MULTILINE)
        )
    return folder


def _summaries(database: Path) -> list[str]:
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute("SELECT description FROM service")]


def test_a_load_killed_at_any_moment_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    versions = {word: _seed_that_says(word, tmp_path / word) for word in ("Alpha", "Omega")}
    instance = tmp_path / "instance"
    _run(instance, "seed", "load", "--path", str(versions["Alpha"]))
    for turn in range(ROUNDS):
        word = ("Omega", "Alpha")[turn % 2]
        _killed(instance, random.uniform(0.3, 2.5), "seed", "load", "--path", str(versions[word]))
        endings = {summary.rpartition(" ")[2] for summary in _summaries(instance / "directory.sqlite")}
        assert len(endings) == 1, endings
    _run(instance, "seed", "load", "--path", str(versions["Omega"]))
    assert {summary.rpartition(" ")[2] for summary in _summaries(instance / "directory.sqlite")} == {"Omega."}


def test_searches_go_on_while_builders_of_the_index_are_killed(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    _run(instance, "seed", "load")
    engine = make_engine(f"sqlite:///{instance / 'directory.sqlite'}")
    for _ in range(ROUNDS):
        _killed(instance, random.uniform(0.3, 2.5), "index", "build")
        catalogue = CatalogueHolder(engine, instance / "index").get()
        assert find(catalogue, "WorkWell", None, 10).results[0] == "workwell-ncl"
