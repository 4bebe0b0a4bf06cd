"""The website as it is served in production: gunicorn, in a process of its own, over HTTP."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.seeds import ROOT

LISTENING = re.compile(r"Listening at: (http://127\.0\.0\.1:\d+)")


@contextmanager
def served(instance: Path) -> Iterator[str]:
    """The address of the website, with this folder's database and key."""
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "app:create_app()"],
        cwd=ROOT,
        env={**os.environ, "INSTANCE_PATH": str(instance)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr
        yield next(found[1] for line in server.stderr if (found := LISTENING.search(line)))
    finally:
        server.terminate()
        server.communicate(timeout=30)
