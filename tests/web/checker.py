"""What every HTML page must be, whatever it says: parsed here, and checked in one place."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from app.web.headers import JS_ENABLED_HASH

Attributes = dict[str, str | None]
UNLABELLED = {"hidden", "submit", "button"}


@dataclass
class Page(HTMLParser):
    """A page taken apart: elements by tag, and the text of those that matter."""

    html: str
    elements: list[tuple[str, Attributes]] = field(default_factory=list)
    texts: Counter[str] = field(default_factory=Counter)
    scripts: list[str] = field(default_factory=list)
    title: str = ""
    h1: str = ""
    main: str = ""
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in {"title", "h1", "main", "script"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "main" not in self._open:  # A drawing has a title too.
            self.title += data
        if "h1" in self._open:
            self.h1 += data
        if "main" in self._open:
            self.main += data
        if "script" in self._open and data.strip():
            self.scripts.append(data)

    def all(self, tag: str) -> list[Attributes]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """What stands in the page's main part, with single spaces."""
        return " ".join(self.main.split())


def problems(html: str, app: Flask) -> list[str]:
    """Everything that is wrong with a page; empty when all is well."""
    page = Page(html)
    return [
        *_head(page),
        *_unique_ids(page),
        *_labels(page),
        *_no_inline_code(page),
        *_forms(page, app),
        *_links(page, app),
    ]


def _head(page: Page) -> Iterator[str]:
    if not page.title.strip().endswith("– No Wrong Door") or len(page.title.split()) < 5:
        yield f"title: {page.title!r}"
    if len(page.all("h1")) != 1 or not page.h1.strip():
        yield f"{len(page.all('h1'))} h1 elements"
    if page.all("html")[0].get("lang") != "en-GB":
        yield "no language"
    if len(page.all("main")) != 1:
        yield "not one main element"


def _unique_ids(page: Page) -> Iterator[str]:
    counts = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    yield from (f"id twice: {id_}" for id_, times in counts.items() if times > 1)


def _labels(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label")}
    fields = [*page.all("input"), *page.all("select"), *page.all("textarea")]
    for attributes in fields:
        if attributes.get("type") not in UNLABELLED and attributes.get("id") not in labelled:
            yield f"no label: {attributes}"
    for image in page.all("img"):
        if "alt" not in image:
            yield f"no alt: {image}"


def _no_inline_code(page: Page) -> Iterator[str]:
    for text in page.scripts:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        if f"sha256-{digest}" != JS_ENABLED_HASH:
            yield f"inline script: {text[:60]}"
    if page.all("style"):
        yield "style element"
    for tag, attributes in page.elements:
        if "style" in attributes or any(name.startswith("on") or name == "hx-on" for name in attributes):
            yield f"inline style or handler on {tag}"


def _forms(page: Page, app: Flask) -> Iterator[str]:
    for form in page.all("form"):
        action, method = form.get("action"), (form.get("method") or "get").upper()
        if not action or not _resolves(app, action, method):
            yield f"form goes nowhere: {method} {action}"


def _links(page: Page, app: Flask) -> Iterator[str]:
    ids = {attributes.get("id") for _, attributes in page.elements}
    for link in page.all("a"):
        href = link.get("href") or ""
        if href.startswith("#"):
            if href[1:] not in ids:
                yield f"dead anchor: {href}"
        elif href.startswith("/"):
            if not _resolves(app, href, "GET"):
                yield f"dead link: {href}"
        elif not href.startswith(("https://", "http://", "tel:", "sms:", "mailto:")):
            yield f"odd link: {href!r}"


def _resolves(app: Flask, address: str, method: str) -> bool:
    try:
        app.url_map.bind("localhost").match(urlsplit(address).path, method)
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return False
    return True
