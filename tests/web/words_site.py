"""The website with a small catalogue, and an admin of the directory who is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from app.actions.exchange import load_seed
from tests.exchange.seed_sets import write_seed
from tests.web.account_site import ADMIN, Browser, account_site


@contextmanager
def words_site(folder: Path) -> Iterator[tuple[Flask, Browser]]:
    """The site, and the admin's browser."""
    with account_site(folder) as app:
        load_seed(app.extensions["engine"], write_seed(folder / "seed"), datetime.now(UTC))
        browser = Browser(app)
        browser.sign_in(ADMIN)
        browser.enrol()
        yield app, browser
