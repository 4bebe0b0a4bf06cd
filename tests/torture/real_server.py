"""The website as gunicorn serves it, with several workers, to be killed and started again; and browsers for it."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from tests.seeds import ROOT
from tests.web.manage_site import KEY, signed_in_browser

COOKIE = re.compile(r"session=([^;]+)")
PATIENCE = 60
"""Seconds for an answer. The machine may be busy; a server that has hung is found all the same."""


class Server:
    """``workers`` processes of one website on this folder, always on the same port. Its errors are in ``log``."""

    def __init__(self, folder: Path, workers: int, application: str = "app:create_app()", **environment: str) -> None:
        self.host = f"127.0.0.1:{_free_port()}"
        self.log = folder / "gunicorn.log"
        self._command = [sys.executable, "-m", "gunicorn", "-w", str(workers), "-b", self.host, application]
        self._environment = {**os.environ, "INSTANCE_PATH": str(folder), "SECRET_KEY": KEY, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            # A session of its own, so that all workers can be killed together.
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        while not self._listens():
            if self._process.poll() is not None:
                raise RuntimeError(self.log.read_text())

    def kill(self) -> None:
        """The way the machine would end it: no worker gets a chance to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, sign: signal.Signals) -> None:
        if self._process:
            os.killpg(self._process.pid, sign)
            self._process.wait(PATIENCE)
            self._process = None

    def _listens(self) -> bool:
        try:
            return HttpBrowser(self.host).get("/readyz").status == 200
        except OSError:
            return False


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str
    headers: Mapping[str, str]


class HttpBrowser:
    """Somebody at a browser, with the cookie of their session. Raises ``OSError`` where no server answers."""

    def __init__(self, host: str, session: str = "") -> None:
        self.host = host
        self.session = session

    def get(self, address: str) -> Answer:
        return self._ask("GET", address, None, {})

    def post(self, address: str, fields: Iterable[tuple[str, str]], **headers: str) -> Answer:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        form = {"Content-Type": "application/x-www-form-urlencoded", **more}
        return self._ask("POST", address, urlencode(list(fields)), form)

    def _ask(self, method: str, address: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        connection = HTTPConnection(self.host, timeout=PATIENCE)
        try:
            cookie = {"Cookie": f"session={self.session}"} if self.session else {}
            connection.request(method, address, body, {**headers, **cookie})
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        if found := COOKIE.search(response.getheader("Set-Cookie", "")):
            self.session = found[1]
        return Answer(response.status, text, response.getheader("Location", ""), dict(response.headers))


def browser_of(app: Flask, email: str, host: str) -> HttpBrowser:
    """A browser at which this person is signed in already. ``app`` has the database and the key of the server."""
    return HttpBrowser(host, signed_in_browser(app, email).cookie)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
