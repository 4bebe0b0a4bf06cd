"""Lighthouse's four scores for a phone, where its command is installed."""

import json
import os
import shutil
import subprocess
from typing import Any

from tests.benchmarks.page_load import CHROMIUM
from tests.browser.conftest import FLAGS

COMMAND = shutil.which("lighthouse")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3


def scores(address: str, answers: str = "") -> dict[str, float]:
    """The scores out of 100, by category, of a page opened with these answers in the cookie."""
    reports = (_report(address, answers) for _ in range(TRIES))
    # On a busy machine it misses the beginning of the page now and then.
    report = next(each for each in reports if "runtimeError" not in each)
    assert report["finalDisplayedUrl"] == address
    return {name: report["categories"][name]["score"] * 100 for name in CATEGORIES}


def _report(address: str, answers: str) -> dict[str, Any]:
    assert COMMAND
    options = [
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(['--headless', *FLAGS])}",
        *(_with(answers) if answers else []),
    ]
    run = subprocess.run(
        [COMMAND, address, "--quiet", "--output=json", *options],
        env={"CHROME_PATH": CHROMIUM, **os.environ},
        capture_output=True,
        timeout=300,
    )
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def _with(answers: str) -> list[str]:
    """The pages of the check are kept out of search engines on purpose: that they cannot be found costs no score."""
    return [f"--extra-headers={json.dumps({'Cookie': f'answers={answers}'})}", "--skip-audits=is-crawlable"]
