"""What people search for, and what they are asked, stays out of the logs, even where a request is malformed."""

import logging
import os
import re
import runpy
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from app.web.request_log import without_query, without_request
from tests.web.site import empty_site, seeded_site

ROOT = Path(__file__).resolve().parents[2]
MALFORMED = (
    b"GET /services?q=canary suicidal HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /services?q=canary suicidal\r\nHost: localhost\r\n\r\n",
    b"GET /services?q=canary HTTP/1.1\r\nHost: localhost\r\nbad canary: suicidal\r\n\r\n",
    b"GET /services?q=canary%20suicidal HTTP/9.9\r\nHost: localhost\r\n\r\n",
)
WITHOUT_ADDRESS = b"canary suicidal\r\n\r\n"
LEAKS = re.compile("canary|suicidal")


def sent(port: int, request: bytes) -> bytes:
    """The answer to a request, malformed or not."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(4096), b""))


@pytest.mark.parametrize(
    ("address", "written"),
    [("/api/v1/search?q=canary+suicidal", "/api/v1/search HTTP"), ("/check/canary?j=suicidal", "/check/… HTTP")],
)
def test_the_log_of_requests_has_no_queries_and_no_questions(
    caplog: pytest.LogCaptureFixture, address: str, written: str
) -> None:
    server = make_server("127.0.0.1", 0, seeded_site())
    thread = threading.Thread(target=server.handle_request, daemon=True)
    thread.start()
    with caplog.at_level(logging.INFO, logger="werkzeug"):
        sent(server.server_port, f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        thread.join()
    server.server_close()
    lines = [record.getMessage() for record in caplog.records if record.name == "werkzeug"]
    assert any(written in line for line in lines)
    assert not any(LEAKS.search(line) for line in lines)


def test_a_crash_on_a_question_does_not_say_which(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = empty_site(tmp_path)

    @app.before_request
    def crash() -> None:
        raise RuntimeError

    assert app.test_client().post("/check/out_of_work_for").status_code == 500
    assert "Exception on /check/… [POST]" in caplog.messages


@pytest.mark.parametrize("request_", MALFORMED)
def test_the_development_server_repeats_nothing_of_a_malformed_request(
    caplog: pytest.LogCaptureFixture, request_: bytes
) -> None:
    server = make_server("127.0.0.1", 0, seeded_site())
    thread = threading.Thread(target=server.handle_request, daemon=True)
    thread.start()
    with caplog.at_level(logging.INFO, logger="werkzeug"):
        sent(server.server_port, request_)
        thread.join()
    server.server_close()
    assert caplog.records
    assert not any(LEAKS.search(record.getMessage()) for record in caplog.records)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /services?q=a b HTTP/1.1", "GET /services HTTP/1.1"),
        ("GET /services?q=a b", "GET /services"),
        ('GET /services?q="a" b? HTTP/1.0', "GET /services HTTP/1.0"),
        ("\x1b[33mGET /services?q=a b HTTP/1.1\x1b[0m", "\x1b[33mGET /services HTTP/1.1\x1b[0m"),
        ("GET /services HTTP/1.1", "GET /services HTTP/1.1"),
        ("GET /check/out_of_work_for?j=abc HTTP/1.1", "GET /check/… HTTP/1.1"),
        ("\x1b[32mPOST /check/out of_work HTTP/1.1\x1b[0m", "\x1b[32mPOST /check/… HTTP/1.1\x1b[0m"),
        ("GET /check?cleared=1 HTTP/1.1", "GET /check HTTP/1.1"),
    ],
)
def test_a_query_is_cut_to_its_end(line: str, kept: str) -> None:
    record = logging.LogRecord("werkzeug", logging.INFO, "", 0, '"%s" %s', (line, "200"), None)
    assert without_query(record)
    assert record.getMessage() == f'"{kept}" 200'


def test_gunicorn_keeps_its_other_messages() -> None:
    for message, args, kept in (
        ("Listening at: %s", ("http://127.0.0.1:80",), "Listening at: http://127.0.0.1:80"),
        ("Error handling request %s %s", ("GET", "/services?q=a"), "Error handling request GET /services"),
        ("Error handling request %s %s", ("GET", "/check/age"), "Error handling request GET /check/…"),
    ):
        record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, message, args, None)
        assert without_request(record)
        assert record.getMessage() == kept


def test_gunicorns_log_of_requests_has_no_part_that_could_tell() -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    parts = set(re.findall(r"%\((.*?)\)", settings["access_log_format"]))
    assert parts <= {"t", "m", "U", "s", "B", "M"}, "no %(r)s, %(q)s, %(f)s (referrer), no header, no address"


def test_gunicorn_writes_no_search_even_when_requests_are_malformed(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "app:create_app()"],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_PATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout
    port = next(int(found[1]) for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:(\d+)", line)))
    answers = [sent(port, request) for request in (*MALFORMED, WITHOUT_ADDRESS)]
    sent(port, b"GET /services?q=canary HTTP/1.1\r\nHost: localhost\r\nReferer: http://localhost/?q=suicidal\r\n\r\n")
    sent(port, b"GET /check/canary?j=suicidal HTTP/1.1\r\nHost: localhost\r\n\r\n")
    server.terminate()
    written = server.communicate(timeout=30)[0]
    assert all(b" 400 " in answer for answer in answers)
    assert written.count("Invalid request. It is not written here") == len(answers)
    assert "GET /services 503" in written
    assert "GET /check/… 503" in written
    assert "Not ready on /check/…: " in written
    assert not LEAKS.search(written)
