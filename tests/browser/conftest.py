"""A running website and a real Chromium for every test that needs them."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, Request, sync_playwright
from werkzeug.serving import make_server

from tests.browser.visit import Visit
from tests.web.site import seeded_site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEBIAN = "/usr/bin/chromium"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a website on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The website on the real catalogue."""
    with served(seeded_site()) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = _launched(playwright)
        yield browser
        browser.close()


def _launched(playwright: Playwright) -> Browser:
    """The machine's own Chromium, or the one that playwright installed."""
    own = os.environ.get("CHROMIUM", DEBIAN)
    try:
        return playwright.chromium.launch(executable_path=own if Path(own).exists() else None, args=FLAGS)
    except Error as error:
        line = str(error).splitlines()[0]
        pytest.fail(f"No Chromium: set CHROMIUM to its path, or run `playwright install chromium`. ({line})", False)


class Visits:
    """Opens pages, and remembers what they complained about and whom they called."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address

    @contextmanager
    def visit(self, width: int = 1280, *, javascript: bool = True, touch: bool = False) -> Iterator[Visit]:
        """A new visitor. On leaving: no complaint on the console, and no call to anybody else."""
        context = self._browser.new_context(
            base_url=self._address,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            has_touch=touch,
        )
        try:
            visit = Visit(context.new_page())
            _listen(context, visit.page, visit)
            yield visit
            assert visit.complaints == []
            assert [url for url in visit.calls if not url.startswith((self._address, "data:"))] == []
        finally:
            context.close()


def _listen(context: BrowserContext, page: Page, visit: Visit) -> None:
    def called(request: Request) -> None:
        visit.calls.append(request.url)

    context.on("request", called)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda message: visit.noted(message.type, message.text))


@pytest.fixture
def visits(chromium: Browser, address: str) -> Visits:
    return Visits(chromium, address)
