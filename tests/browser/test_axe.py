"""The automatic accessibility checker on every kind of page, at three widths, light and dark."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visits
from tests.browser.states import PAGES
from tests.browser.visit import too_wide

pytestmark = pytest.mark.browser
WIDTHS = (320, 375, 1280)
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("name", PAGES)
def test_no_violations_and_nothing_sideways(visits: Visits, name: str) -> None:
    with visits.visit() as visit:
        page = visit.page
        PAGES[name](visit)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert too_wide(page, width) == []
            no_violations(page, f"{width}")
        # What is wrong with a colour is wrong at every width.
        for scheme in SCHEMES[1:]:
            page.emulate_media(color_scheme=scheme)
            no_violations(page, scheme)


def no_violations(page: Page, where: str) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
