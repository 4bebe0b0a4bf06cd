"""The automatic accessibility checker on one page, at three widths, light and dark."""

from collections.abc import Sequence
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visit import too_wide

WIDTHS = (320, 375, 1280)
PHONE_AND_DESK = (320, 1280)
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def no_faults(page: Page, widths: Sequence[int] = WIDTHS) -> None:
    """No violation of WCAG 2.2 A and AA, and nothing that runs off the side."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert too_wide(page, width) == []
        _no_violations(page, f"{width}")
    # What is wrong with a colour is wrong at every width.
    for scheme in SCHEMES[1:]:
        page.emulate_media(color_scheme=scheme)
        _no_violations(page, scheme)


def _no_violations(page: Page, where: str) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"
