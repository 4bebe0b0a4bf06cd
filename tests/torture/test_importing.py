"""Ten thousand services and a hundred megabytes come in within a minute and half a gigabyte; killed, they come in
whole or not at all."""

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.database import make_engine, reading
from app.exchange.rows import generation_of
from app.models import row_id
from tests.databases import engine_on
from tests.exchange.foreign_lists import foreign_service, write_list
from tests.seeds import ROOT

pytestmark = pytest.mark.torture
MANY = 10_000
MOST_MEMORY = 500_000
"""Kilobytes."""
MOST_SECONDS = 60
"""Of work: the machine may be busy with something else."""
ROUNDS = 30


def _flask(instance: Path, *words: str, database: str = "") -> "subprocess.Popen[str]":
    environment = {**os.environ, "INSTANCE_PATH": str(instance), "DATABASE_URL": database}
    command = [sys.executable, "-m", "flask", "--app", "app", *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _run(process: "subprocess.Popen[str]") -> str:
    told, _ = process.communicate()
    assert process.returncode == 0, told[-2000:]
    return told


def _worked() -> float:
    """Seconds that the programs which ended have worked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("sentences", [3, 85], ids=["13 MB", "100 MB"])
def test_ten_thousand_services_at_once(tmp_path: Path, kind: str, sentences: int) -> None:
    services = (foreign_service(number, sentences=sentences) for number in range(MANY))
    file = str(write_list(tmp_path / "list.json", services))
    with engine_on(kind) as engine:
        url = engine.url.render_as_string(hide_password=False)
        _run(_flask(tmp_path, "seed", "load", database=url))
        before = _worked()
        told = _run(_flask(tmp_path, "import", "oruk", file, database=url))
        assert _worked() - before <= MOST_SECONDS
        assert f"{MANY:,} added" in told
        assert f"{MANY:,} unchanged" in _run(_flask(tmp_path, "import", "oruk", file, database=url))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= MOST_MEMORY


def test_an_export_of_ten_thousand_listings_needs_no_more_memory(tmp_path: Path) -> None:
    _run(_flask(tmp_path, "seed", "load"))
    services = [_like_ours(number) for number in range(MANY)]
    file = str(write_list(tmp_path / "list.json", services))
    del services
    assert f"{MANY:,} added" in _run(_flask(tmp_path, "import", "oruk", file, "--trusted"))
    assert f"{MANY:,} unchanged" in _run(_flask(tmp_path, "import", "oruk", file, "--trusted"))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= MOST_MEMORY


def _like_ours(number: int) -> dict[str, object]:
    slug = f"ours-{number}"
    facts = [
        {"text": f"Fact {fact} of {number}. {'It says some words. ' * 10}", "source": ["page"]} for fact in range(20)
    ]
    listing = {
        "id": slug,
        "name": f"Ours {number}",
        "role": "information",
        "summary": "It helps.",
        "area": ["camden"],
        "status": "live",
        "status_note": facts[0],
        "notes": facts,
        # It leads to the one after it, which is not here yet.
        "see_instead": [f"ours-{(number + 1) % MANY}"],
        "sources": {"page": {"page": "https://ours.example/", "read": "2026-11"}},
    }
    id_ = str(row_id("service", slug))
    return {
        "id": id_,
        "name": f"Ours {number}",
        "status": "active",
        "no_wrong_door": {"slug": slug, "listing": listing},
    }


def test_an_import_killed_at_any_moment_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    lists = [
        write_list(tmp_path / f"{turn}.json", ({**foreign_service(n), "fees": f"In turn {turn}"} for n in range(600)))
        for turn in range(2)
    ]
    _run(_flask(tmp_path, "seed", "load"))
    _run(_flask(tmp_path, "import", "oruk", str(lists[0]), "--feed", "theirs"))
    seen = set()
    for turn in range(ROUNDS):
        process = _flask(tmp_path, "import", "oruk", str(lists[(turn + 1) % 2]), "--feed", "theirs")
        time.sleep(random.uniform(1.0, 6.0))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with sqlite3.connect(tmp_path / "directory.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            bodies = [json.loads(body)["fees"] for (body,) in connection.execute("SELECT body FROM imported_record")]
            facts = {text for (text,) in connection.execute("SELECT text FROM fact WHERE text LIKE '%In turn%'")}
        assert len(bodies) == 600
        assert len(set(bodies)) == 1, "half of one list and half of the other"
        assert len(facts) == 1
        seen |= set(bodies)
    assert len(seen) == 2, "never killed at a moment that tells"


def test_readers_go_on_while_a_list_comes_in(tmp_path: Path) -> None:
    services = (foreign_service(number, sentences=40) for number in range(3000))
    file = str(write_list(tmp_path / "list.json", services))
    _run(_flask(tmp_path, "seed", "load"))
    engine = make_engine(f"sqlite:///{tmp_path / 'directory.sqlite'}")
    process = _flask(tmp_path, "import", "oruk", file)
    seen: set[int] = set()
    while process.poll() is None and len(seen) < 2:
        with reading(engine) as session:
            seen.add(generation_of(session))
        time.sleep(0.1)
    assert "3,000 added" in _run(process)
    assert seen <= {1, 2}
