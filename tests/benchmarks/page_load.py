"""One page opened on a slow phone, over a slow line, with an empty cache: what it cost, as Chromium saw it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from tests.browser.conftest import DEBIAN, FLAGS

CHROMIUM = os.environ.get("CHROMIUM", DEBIAN)
PHONE: ViewportSize = {"width": 375, "height": 667}
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Milliseconds until each answer begins, and bytes a second: 400 kbit/s. To connect takes no time of its own."""
CPU = 4
"""How many times slower than this machine."""
SEEN = """
    () => new Promise(done => {
        const seen = {"largest-contentful-paint": [], "layout-shift": [], "longtask": []};
        for (const type of Object.keys(seen)) {
            const keep = list => seen[type].push(...list.getEntries().map(entry => entry.toJSON()));
            new PerformanceObserver(keep).observe({type, buffered: true});
        }
        setTimeout(() => done(seen), 100);
    })
"""
LONG_MS = 50
"""A task that takes longer keeps a finger waiting."""


@dataclass(frozen=True)
class Load:
    """``paint`` in seconds; ``blocking`` in milliseconds; ``kilobytes`` of 1,024 bytes, heads and packed bodies.

    ``requests`` went over the line. ``third_parties`` counts all that was asked of anybody else.
    """

    paint: float
    shift: float
    blocking: float
    kilobytes: float
    requests: int
    third_parties: int


@dataclass
class _Traffic:
    """The address of every request, and the bytes that came for each; none for what the cache already held."""

    asked: list[str] = field(default_factory=list)
    received: list[float] = field(default_factory=list)

    def listen(self, line: CDPSession) -> None:
        line.on("Network.requestWillBeSent", lambda event: self.asked.append(event["request"]["url"]))
        line.on("Network.loadingFinished", lambda event: self.received.append(event["encodedDataLength"]))

    def of_others(self, site: str) -> list[str]:
        return [address for address in self.asked if not address.startswith((f"{site}/", "data:"))]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, or the one that playwright installed."""
    with sync_playwright() as playwright:
        own = CHROMIUM if Path(CHROMIUM).exists() else None
        browser = playwright.chromium.launch(executable_path=own, args=FLAGS)
        yield browser
        browser.close()


def load(browser: Browser, site: str, path: str, answers: str = "", *, slow: bool = True) -> Load:
    """Opens a page with these answers in the cookie. With ``slow``, over ``LINE`` and ``CPU`` times slower."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    try:
        if answers:
            context.add_cookies([{"name": "answers", "value": answers, "url": site}])
        page = context.new_page()
        line = context.new_cdp_session(page)
        traffic = _Traffic()
        traffic.listen(line)
        line.send("Network.enable")
        if slow:
            line.send("Network.emulateNetworkConditions", LINE)
            line.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
        _open(page, site + path)
        return _cost(page.evaluate(SEEN), traffic, site)
    finally:
        context.close()


def _open(page: Page, address: str) -> None:
    response = page.goto(address, wait_until="networkidle")
    assert response
    assert (response.status, page.url) == (200, address)


def _cost(seen: dict[str, list[dict[str, Any]]], traffic: _Traffic, site: str) -> Load:
    return Load(
        paint=seen["largest-contentful-paint"][-1]["startTime"] / 1000,
        shift=sum(shift["value"] for shift in seen["layout-shift"]),
        blocking=sum(task["duration"] - LONG_MS for task in seen["longtask"]),
        kilobytes=sum(traffic.received) / 1024,
        requests=sum(size > 0 for size in traffic.received),
        third_parties=len(traffic.of_others(site)),
    )
