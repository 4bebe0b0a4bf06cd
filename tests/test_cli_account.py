"""The commands about accounts, run as a person would."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from app.database import make_engine
from tests.accounts import an_organisation
from tests.databases import sqlite_url

ROOT = Path(__file__).parents[1]


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def flask(tmp_path: Path) -> Iterator[Run]:
    """Runs one command of the application on a database with two organisations."""
    with sqlite_url() as url:
        engine = make_engine(url)
        for slug in ("harbour", "quay"):
            an_organisation(engine, slug)

        def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
            environment = {**os.environ, "INSTANCE_PATH": str(tmp_path), "DATABASE_URL": url, **more}
            command = [sys.executable, "-m", "flask", "--app", "app", "account", *words]
            return subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
            )

        yield run


def test_the_first_admin_gets_a_link(flask: Run) -> None:
    made = flask("admin", "Boss@Example.org", SITE_URL="https://directory.example")
    assert made.returncode == 0
    assert re.search(r"^https://directory\.example/account/link/[\w-]{43}$", made.stdout, re.MULTILINE)
    wrong = flask("admin", "boss")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.count("\n") == 1


def test_demo_logins_are_printed_and_never_made_in_production(flask: Run) -> None:
    made = flask("demo")
    assert made.returncode == 0
    *logins, where = made.stdout.splitlines()
    assert [line.split()[0] for line in logins] == [
        f"{name}@demo.example" for name in ("editor", "owner", "other", "admin")
    ]
    assert "Sign in at http://127.0.0.1:5000/account/login." in where
    refused = flask("demo", NWD_ENV="production", SECRET_KEY=Fernet.generate_key().decode())
    assert refused.returncode == 1
    assert "not for production" in refused.stderr


def test_an_account_is_closed_and_opened_again_and_an_unknown_one_is_said(flask: Run) -> None:
    flask("demo")
    for words in (("close",), ("close", "--undo"), ("forget-authenticator",)):
        assert flask(*words, "editor@demo.example").returncode == 0
        unknown = flask(*words, "nobody@example.org")
        assert (unknown.returncode, unknown.stderr) == (1, "Nobody has an account with that address.\n")
