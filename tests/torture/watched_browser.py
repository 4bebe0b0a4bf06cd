"""A real browser that notes whatever ran, was called, or was shut out on the pages that it opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Error, Page, Request

from tests.torture.hostile_texts import NOWHERE

LISTEN = """
    window.ran = [];
    for (const name of ["alert", "confirm", "prompt", "print"])
        window[name] = (...said) => { window.ran.push(`${name}(${said})`); };
    document.addEventListener("securitypolicyviolation",
        event => window.ran.push(`shut out: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
LOOK = """
    nowhere => {
        const found = [...window.ran], told = one => one.outerHTML.slice(0, 200);
        const code = /^[\\s\\u0000-\\u001f]*(javascript|data|vbscript):/i;
        for (const one of document.querySelectorAll("*")) {
            for (const {name, value} of one.attributes) {
                const plain = value.replace(/[\\t\\r\\n]/g, "");
                if (/^on/i.test(name) || /^(data-)?hx-on/i.test(name) || name === "srcdoc")
                    found.push(`${name}: ${told(one)}`);
                if (/^((xlink:)?href|src|action|formaction|data|poster|background)$/i.test(name) && code.test(plain))
                    found.push(`${name}: ${told(one)}`);
                if (/^(data-)?hx-/i.test(name) && value.includes(nowhere))
                    found.push(`${name}: ${told(one)}`);
            }
        }
        const made = "iframe, object, embed, base, style, math, video, meta[http-equiv=refresh], svg script, svg a, " +
            "main script, main link, main meta";
        for (const one of document.querySelectorAll(made))
            if (!one.matches("script[type=module][src^='/static/']")) found.push(`element: ${told(one)}`);
        if (document.documentElement.textContent.includes("9359")) found.push("a template was filled in");
        return found;
    }
"""


@dataclass
class Watched:
    """``faults`` name the page. ``opened`` counts the pages; ``held`` those on which hostile texts stood."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)
    opened: int = 0
    held: int = 0

    def open(self, path: str) -> None:
        answer = self.page.goto(path, wait_until="load")
        if answer is None or answer.status != 200:
            self.faults.append(f"{path}: not there")
        self.look(path)

    def look(self, path: str = "") -> None:
        """At the page that is open, however it came to be."""
        try:
            found: list[str] = self.page.evaluate(LOOK, NOWHERE)
            self.held += "alert" in self.page.content()
        except Error:
            found = ["the page led elsewhere by itself"]
        self.faults += [f"{path or self.page.url}: {fault}" for fault in found]
        self.opened += 1

    def noted(self, kind: str, text: str) -> None:
        self.faults.append(f"{self.page.url}: {kind} {text}")


@contextmanager
def watched(browser: Browser, address: str, session: str = "") -> Iterator[Watched]:
    """``session`` is the cookie of somebody who is signed in."""
    context = browser.new_context(base_url=address)
    context.add_init_script(LISTEN)
    if session:
        context.add_cookies([{"name": "session", "value": session, "url": address}])
    seen = Watched(context.new_page(), address)

    def called(request: Request) -> None:
        if not request.url.startswith((address, "data:", "about:")):
            seen.noted("called", request.url)

    def dialog(shown: Any) -> None:
        seen.noted("dialog", shown.message)
        shown.dismiss()

    context.on("request", called)
    context.on("dialog", dialog)
    seen.page.on("pageerror", lambda error: seen.noted("error", str(error)))
    seen.page.on("console", lambda said: seen.noted("console", said.text) if "Security" in said.text else None)
    try:
        yield seen
    finally:
        context.close()
