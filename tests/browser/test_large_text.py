"""Letters of twice the size on the narrowest phone: everything can be read without scrolling sideways."""

import pytest

from tests.browser.conftest import Visits
from tests.browser.states import PAGES
from tests.browser.visit import too_wide

pytestmark = pytest.mark.browser
NARROWEST = 320
LETTERS = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"


@pytest.mark.parametrize("name", PAGES)
def test_text_of_200_percent_does_not_overflow(visits: Visits, name: str) -> None:
    with visits.visit(NARROWEST) as visit:
        PAGES[name](visit)
        page = visit.page
        before = page.evaluate(LETTERS)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(LETTERS) == pytest.approx(2 * before)
        assert too_wide(page, NARROWEST) == []
