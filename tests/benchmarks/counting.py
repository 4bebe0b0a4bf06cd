"""What counting adds to a page: the same page with and without it, in turn, as a ratio of medians."""

from collections.abc import Iterable
from statistics import median

import pytest
from flask import Flask

from app.actions.use import Kind, UseCounts
from app.current import USE
from app.web.find import search
from tests.benchmarks.timing import milliseconds
from tests.web.site import seeded_site

PAGES = {"listing page": "/services/workwell-ncl", "search": "/services?q=back+pain"}
ROUNDS = 800
SPREAD = "with counting, to without, ratio"
AT_MOST = 1.05
WRITTEN_EACH = 100
"""Pages after which what was counted is written, which a page may have to wait for: far more often than in use."""


def figures() -> dict[str, float]:
    app = seeded_site()
    return {f"{name} {SPREAD}": _ratio(app, address) for name, address in PAGES.items()}


def limit(name: str, figure: float) -> str:
    """What stands beside a figure: the limit that it has to keep, and whether it is missed."""
    if not name.endswith(SPREAD):
        return ""
    return f"  at most {AT_MOST:g}" + ("  MISSED" if figure > AT_MOST else "")


def _ratio(app: Flask, address: str) -> float:
    client = app.test_client()
    counts: UseCounts = app.extensions[USE]
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * ROUNDS):
        # In pairs whose first is now the one, now the other.
        counting = turn % 4 in {0, 3}
        with pytest.MonkeyPatch.context() as patch:
            if not counting:
                patch.setattr(search, "count", _not_counted)
            taken[counting].append(milliseconds(lambda: client.get(address)))
        if turn % WRITTEN_EACH == 0:
            counts.write()
    return median(taken[True]) / median(taken[False])


def _not_counted(_kind: Kind, _ids: Iterable[str]) -> None:
    pass
