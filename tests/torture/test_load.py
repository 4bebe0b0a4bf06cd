"""Many readers at once, while the catalogue changes under them and the workers are told to start anew."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.seeds import ROOT

pytestmark = pytest.mark.torture
READERS = 8
REQUESTS = 400
PAGES = ("/", "/services?q=sick+note", "/services/workwell-ncl", "/api/v1/search?q=back+pain", "/check")


def test_every_reader_is_answered_through_reloads_and_restarts(tmp_path: Path) -> None:
    environment = {**os.environ, "INSTANCE_PATH": str(tmp_path)}
    flask = [sys.executable, "-m", "flask", "--app", "app"]
    subprocess.run([*flask, "seed", "load"], cwd=ROOT, env=environment, check=True, capture_output=True)
    address = f"127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", address, "--log-level", "error", "app:create_app()"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(address)
        with ThreadPoolExecutor(READERS) as pool:
            readers = [pool.submit(_read, address, number) for number in range(READERS)]
            for _ in range(5):
                server.send_signal(signal.SIGHUP)
                subprocess.run([*flask, "index", "build"], cwd=ROOT, env=environment, check=True, capture_output=True)
            failures = [failure for reader in readers for failure in reader.result()]
        assert failures == []
    finally:
        server.terminate()
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://{address}/readyz", timeout=2).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("The server did not start.")


def _read(address: str, number: int) -> list[str]:
    failures = []
    for turn in range(REQUESTS):
        page = PAGES[(turn + number) % len(PAGES)]
        try:
            urllib.request.urlopen(f"http://{address}{page}", timeout=20).read()
        except OSError as error:
            failures.append(f"{page}: {error}")
    return failures
