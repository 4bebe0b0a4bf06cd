"""The automatic accessibility checker on every kind of page."""

import pytest

from tests.browser.axe import no_faults
from tests.browser.conftest import Visits
from tests.browser.states import PAGES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
def test_no_violations_and_nothing_sideways(visits: Visits, name: str) -> None:
    with visits.visit() as visit:
        PAGES[name](visit)
        no_faults(visit.page)
