"""The budgets look at real visits to real pages."""

import pytest
from playwright.sync_api import Browser

from tests.benchmarks.budgets import OF_A_VISIT, figures_of_visits, fragment_kb, limit, pages
from tests.benchmarks.served import served
from tests.web.site import seeded_site

pytestmark = pytest.mark.browser


def test_every_page_has_every_figure_and_each_has_a_limit(chromium: Browser) -> None:
    opened = [page for page in pages() if page.name in {"search", "results"}]
    with served(seeded_site().config["SETTINGS"].instance) as site:
        found = figures_of_visits(chromium, site, opened, rounds=1, slow=False) | fragment_kb(site)
    assert set(found) == {f"{page.name}: {measure}" for page in opened for measure in OF_A_VISIT} - {
        "results: fragment, KB"
    }
    assert all(limit(name, 0) for name in found)
    for page in opened:
        assert found[f"{page.name}: requests"] >= 5, "the page, its styles, scripts and drawing"
        assert found[f"{page.name}: largest paint, s"] > 0
    assert 0 < found["search: fragment, KB"] < found["search: transferred, KB"]
