"""The judged residents of today answer by clicking, and the page puts first what the JSON API puts first."""

from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from tests.browser.conftest import Visits
from tests.web.site import Answers

pytestmark = pytest.mark.browser
CASES = yaml.safe_load((Path(__file__).parents[1] / "judged_cases.yaml").read_text())
PRESENT = [case for case in CASES if not case["as_of"].startswith("2016")]
DEVICES = ((375, True), (1280, False), (1280, True), (375, False))
"""Width, and whether there is JavaScript: the residents take turns."""


@pytest.mark.parametrize(
    ("case", "width", "javascript"),
    [
        pytest.param(case, width, javascript, id=f"{case['id']}-{width}{'' if javascript else '-no-javascript'}")
        for case, (width, javascript) in zip(PRESENT, cycle(DEVICES), strict=False)
    ],
)
def test_the_first_service_is_the_one_that_the_api_gives(
    visits: Visits, case: dict[str, Any], width: int, javascript: bool
) -> None:
    with visits.visit(width, javascript=javascript) as visit:
        clicked = visit.go_through(in_forms(case["answers"]))
        shown = first_service(visit.page)
        assert shown == first_of_the_api(visit.page, clicked), "the answers that were asked for"
        assert shown == first_of_the_api(visit.page, case["answers"]), "all that the resident could say"
        in_danger = visit.page.locator("h1").inner_text() == "Get help now"
        assert in_danger is (case["expect"]["outcome"] == ["urgent"])


def in_forms(answers: dict[str, Any]) -> Answers:
    return {id_: value if isinstance(value, list) else str(value) for id_, value in answers.items()}


def first_service(page: Page) -> str | None:
    """The id of the service that the result page shows first; None where it shows only people to talk to."""
    links = page.locator("main article h2 a")
    address = links.first.get_attribute("href") if links.count() else None
    return address.partition("?")[0].rpartition("/")[2] if address else None


def first_of_the_api(page: Page, answers: Answers | dict[str, Any]) -> str | None:
    response = page.request.post("/api/v1/recommendations", data={"answers": answers})
    assert response.ok, response.text()
    return next((entry["id"] for entry in response.json()["recommendations"]), None)
