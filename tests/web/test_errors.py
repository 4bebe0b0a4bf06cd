"""What people and programs see when something goes wrong."""

from pathlib import Path

import pytest
from flask import Flask, abort

from app.current import ENGINE
from tests.web.checker import Page, problems
from tests.web.site import empty_site, seeded_site

CODES = [400, 403, 404, 405, 413, 422, 429, 500, 503]


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site with an address for every error, and no catalogue."""
    app = empty_site(tmp_path_factory.mktemp("failing"))

    @app.get("/fail/<int:code>")
    @app.get("/api/fail/<int:code>")
    def fail(code: int) -> str:
        abort(code)

    @app.get("/crash")
    @app.get("/api/crash")
    def crash() -> str:
        raise RuntimeError("a secret detail")

    return app


@pytest.mark.parametrize("code", CODES)
def test_people_get_a_page_that_says_what_to_do(failing: Flask, code: int) -> None:
    response = failing.test_client().get(f"/fail/{code}")
    assert response.status_code == code
    assert problems(response.text, failing) == []
    assert "Search all services" in Page(response.text).text


@pytest.mark.parametrize("code", CODES)
def test_programs_get_json(failing: Flask, code: int) -> None:
    response = failing.test_client().get(f"/api/fail/{code}")
    assert response.status_code == code
    assert response.json
    assert response.json["error"]["message"]


@pytest.mark.parametrize("address", ["/crash", "/api/crash"])
def test_a_crash_tells_the_reader_no_details(failing: Flask, address: str) -> None:
    response = failing.test_client().get(address)
    assert response.status_code == 500
    assert "secret" not in response.text


def test_without_a_catalogue_the_site_is_not_ready(failing: Flask) -> None:
    response = failing.test_client().get("/services")
    assert response.status_code == 503
    assert "Try again in a minute" in response.text


def test_a_page_that_is_not_there_says_what_to_try(failing: Flask) -> None:
    text = Page(failing.test_client().get("/nowhere").text).text
    assert text.startswith("Sorry, that page is not here Try searching, or answer a few questions.")


@pytest.mark.parametrize("broken", [b"", b"this is no database" * 1000])
@pytest.mark.parametrize("address", ["/services", "/services?q=pain", "/services/workwell-ncl", "/check", "/"])
def test_with_a_broken_database_a_page_says_so(tmp_path: Path, address: str, broken: bytes) -> None:
    app = empty_site(tmp_path)
    app.extensions[ENGINE].dispose()
    (tmp_path / "directory.sqlite").write_bytes(broken)
    response = app.test_client().get(address)
    assert response.status_code == 503
    assert problems(response.text, app) == []
    assert "The directory is not ready Try again in a minute." in Page(response.text).text
    assert response.headers["Cache-Control"] == "no-store"


def test_a_damaged_database_is_not_ready_and_the_log_says_why(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = empty_site(tmp_path)
    app.extensions[ENGINE].dispose()
    path = tmp_path / "directory.sqlite"
    whole = path.read_bytes()
    for damaged, reason in (
        (b"this is no database" * 1000, "file is not a database"),
        (whole[:100] + bytes(len(whole) - 100), "database disk image is malformed"),
    ):
        path.write_bytes(damaged)
        assert app.test_client().get("/services").status_code == 503
        assert f"Not ready on /services: {reason}" in caplog.messages
        app.extensions[ENGINE].dispose()


def test_a_wrong_method_names_the_right_ones(failing: Flask) -> None:
    response = failing.test_client().post("/services")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_a_form_that_is_too_long() -> None:
    response = seeded_site().test_client().post("/check", data={"answer": "x" * 400_000})
    assert response.status_code == 413
