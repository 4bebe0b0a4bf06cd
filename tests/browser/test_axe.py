"""The automatic accessibility checker on every kind of page, at three widths, light and dark."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visits
from tests.browser.visit import Visit
from tests.web.site import BACK_PAIN

pytestmark = pytest.mark.browser
WIDTHS = (320, 375, 1280)
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def at(address: str) -> Callable[[Visit], object]:
    return lambda visit: visit.page.goto(address)


def question(visit: Visit) -> None:
    visit.begin()


def error(visit: Visit) -> None:
    visit.begin()
    visit.go_on()


def age(visit: Visit) -> None:
    visit.begin()
    visit.page.goto("/check/age")


def results(visit: Visit) -> None:
    visit.go_through(BACK_PAIN)
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def answers(visit: Visit) -> None:
    visit.go_through(BACK_PAIN)
    visit.page.goto("/check/answers")


def urgent(visit: Visit) -> None:
    visit.go_through({"goals": ["urgent_help"]})
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def deleted(visit: Visit) -> None:
    visit.begin()
    visit.page.get_by_role("button", name="Delete my answers now").click()


def patient(visit: Visit) -> None:
    visit.begin("patient")


def other_check(visit: Visit) -> None:
    visit.begin("patient")
    first = visit.page.url
    visit.begin("patient")
    visit.page.goto(first)
    assert visit.page.locator("h1").inner_text() == "This page belongs to an earlier check"


def other_check_answered(visit: Visit) -> None:
    visit.two_tabs()
    visit.page.check("main input[value=not_sure]")
    visit.go_on()
    assert visit.page.locator("h1").inner_text() == "We did not save that answer"


def listing_from_results(visit: Visit) -> None:
    visit.go_through(BACK_PAIN)
    visit.page.goto("/services/workwell-ncl")
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


PAGES: dict[str, Callable[[Visit], object]] = {
    "home": at("/"),
    "search": at("/services?q=pain&borough=camden"),
    "search, danger": at("/services?q=suicide"),
    "search, closed": at("/services?q=fit+for+work"),
    "listing": at("/services/workwell-ncl"),
    "listing, closed": at("/services/fit-for-work"),
    "listing, to print": at("/services/workwell-ncl/print"),
    "start": at("/check"),
    "question": question,
    "question for a patient": patient,
    "question, number": age,
    "error": error,
    "answers": answers,
    "results": results,
    "urgent": urgent,
    "deleted": deleted,
    "other check": other_check,
    "other check, answered": other_check_answered,
    "check, 404": at("/check/nowhere"),
    "listing from results": listing_from_results,
    "404": at("/nowhere"),
    "privacy": at("/privacy"),
    "accessibility": at("/accessibility"),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_violations(visits: Visits, name: str) -> None:
    with visits.visit() as visit:
        PAGES[name](visit)
        for width in WIDTHS:
            visit.page.set_viewport_size({"width": width, "height": 800})
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, f"sideways at {width}"
            for scheme in SCHEMES:
                visit.page.emulate_media(color_scheme=scheme)
                found = Axe().run(visit.page, options=RULES)
                assert found.violations_count == 0, f"{width}, {scheme}: {found.generate_report()}"
