"""What is counted, and of whom: people who open a page, and not programs that fetch one."""

import re
from collections.abc import Iterable

from flask import request

from app.actions.find import Found
from app.actions.use import Kind
from app.current import current_catalogue, current_little_found, current_use

from .account.access import network_address

ROBOTS = re.compile(r"(?<!cu)bot\b|crawl|spider", re.IGNORECASE)
"""How programs that read the web name themselves: Googlebot, bingbot, Baiduspider, "crawler". CUBOT makes phones."""
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")
"""Headers with which browsers fetch a page before anybody asks for it, as ``prefetch`` or ``prerender``."""


def count(kind: Kind, ids: Iterable[str]) -> None:
    """Counts for listings of the catalogue once more, where this request is somebody's who reads."""
    if is_of_a_reader():
        current_use().note(kind, ids)


def count_in_vain(found: Found) -> None:
    """Counts the words of a search that found little."""
    if is_of_a_reader():
        current_little_found().note(found, current_catalogue().search.spelling.words, network_address())


def is_of_a_reader() -> bool:
    agent = request.headers.get("User-Agent", "")
    ahead = any("pre" in request.headers.get(name, "").lower() for name in AHEAD)
    return request.method != "HEAD" and not ahead and not ROBOTS.search(agent)
