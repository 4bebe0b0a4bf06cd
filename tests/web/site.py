"""The website on the real seed files, for tests: loaded once a process."""

import atexit
import re
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.actions.exchange import load_seed
from app.migrations import upgrade

SEED = Path(__file__).resolve().parents[2] / "seed"
FORM = re.compile(r'<form action="(/check/[^"]+)"')
"""Where a question's form goes. (The form that deletes has its class first.)"""

Answers = dict[str, str | list[str]]
BACK_PAIN: Answers = {
    "goals": ["keep_job"],
    "lives_in": "camden",
    "age": "42",
    "health": "yes",
    "work_status": "off_sick",
    "conditions": ["back_or_neck"],
}


@cache
def seeded_site() -> Flask:
    """The application with the whole catalogue. No test may write to its database."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    app = empty_site(folder)
    report = load_seed(app.extensions["engine"], SEED, datetime.now(UTC))
    assert not report.rejected, [str(problem) for problem in report.rejected]
    return app


def empty_site(folder: Path) -> Flask:
    """The application with all tables and no catalogue."""
    app = create_app({"INSTANCE_PATH": str(folder)})
    upgrade(app.config["SETTINGS"].database_url)
    return app


def question_in(address: str) -> str:
    """The question that an address asks, or the page of the check that it is."""
    return urlsplit(address).path.rpartition("/")[2]


class Visitor:
    """Somebody who uses the wizard without JavaScript."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.seen: list[TestResponse] = []

    def get(self, address: str) -> TestResponse:
        return self._noted(self.client.get(address))

    def post(self, address: str, **form: str | list[str]) -> TestResponse:
        return self._noted(self.client.post(address, data=form))

    def begin(self, person: str = "me") -> str:
        """Starts a check, and gives the address of the next page."""
        return self.post("/check", answer=person).location or ""

    def answer(self, address: str, answer: str | list[str]) -> TestResponse:
        """Answers the question at an address, as its form does."""
        return self.post(self.form_at(address), answer=answer)

    def form_at(self, address: str) -> str:
        """Where the form of a question goes."""
        found = FORM.search(self.get(address).text)
        assert found, f"no form at {address}"
        return found[1]

    def go_through(self, answers: Answers, person: str = "me") -> TestResponse:
        """Answers what is asked, "not sure" to what is not in ``answers``, until the results come."""
        address = self.begin(person)
        while (question := question_in(address)) != "results":
            address = self.answer(address, answers.get(question, "not_sure")).location or ""
        return self.get(address)

    def _noted(self, response: TestResponse) -> TestResponse:
        self.seen.append(response)
        return response
