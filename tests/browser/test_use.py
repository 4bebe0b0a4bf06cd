"""Somebody searches, reads and copies; whoever looks after the listing sees how often, on a phone and on a desk."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from sqlmodel import select

from app.actions.today import today
from app.current import ENGINE, USE
from app.database import reading, writing
from app.models import ListingUse, row_id
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.people import MINE, PUBLIC, WORKWELL, People, follow, looked_at, sign_in_at
from tests.web.manage_site import EDITOR, LISTING, manage_site

pytestmark = pytest.mark.browser
HERS = row_id("service", LISTING)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


def counted(site: Flask) -> Counter[str]:
    """How often each kind was counted for her listing."""
    site.extensions[USE].write()
    with reading(site.extensions[ENGINE]) as session:
        found: Counter[str] = Counter()
        for row in session.exec(select(ListingUse).where(ListingUse.service_id == HERS)):
            found[row.kind] += row.times
        return found


def used_before(site: Flask) -> None:
    """A month in which it was read more and more, but on some days."""
    with writing(site.extensions[ENGINE]) as session:
        for ago in range(1, 30):
            if ago % 4:
                day = today().fromordinal(today().toordinal() - ago)
                session.add(ListingUse(day=day, service_id=HERS, kind="read", times=2 * (30 - ago)))


def she_sees(page: Page) -> None:
    """The link on her listing, the drawings, and the same numbers in tables."""
    page.goto(MINE)
    follow(page, "How much it is used")
    expect(page.get_by_role("img", name="Read, a bar for each day")).to_be_visible()
    page.locator("summary", has_text="Day by day: read").click()
    table = page.get_by_role("table", name="Read, day by day")
    assert table.get_by_role("row").count() == 31
    expect(table.get_by_role("row").nth(2)).to_contain_text("60")
    follow(page, "Last 90 days")
    expect(page.get_by_role("link", name="Last 90 days")).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("width", [375, 1280])
def test_what_somebody_does_is_counted_and_shown(visits: Visits, site: Flask, width: int) -> None:
    used_before(site)
    before = counted(site)
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=True)
        public, editor = people.new(), sign_in_at(people.new(), site, EDITOR)
        public.context.grant_permissions(["clipboard-read", "clipboard-write"])
        public.goto("/services?q=zzzz")
        with public.expect_request("**/services/found") as told:
            for typed in ("work", "workw", "workwell"):
                public.fill("#q", typed)
                expect(public.locator("#results-heading")).to_contain_text(f"“{typed}”")
        answer = told.value.response()
        assert answer
        assert answer.status == 204
        assert counted(site)["found"] == 1, "typed in three steps, and looked at once"
        follow(public, WORKWELL)
        public.goto(f"{PUBLIC}/referral")
        with public.expect_response("**/copied") as copied:
            public.get_by_role("button", name="Copy the record").click()
        assert copied.value.status == 204
        assert counted(site) == before + Counter(found=1, read=1, copied=1)
        she_sees(editor)
        if width == 375:
            no_faults(editor, PHONE_AND_DESK)
        looked_at(editor)


def test_who_copies_with_a_key_and_opens_a_result_at_once_has_found_it_too(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        visit.page.goto("/services?q=zzzz")
        visit.page.fill("#q", "workwell")
        expect(visit.page.locator("#results-heading")).to_contain_text("“workwell”")
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        hit = visit.page.locator("[data-hit]").first
        hit.press("c")
        expect(hit).to_have_attribute("data-hit", "Copied")
        hit.click()
        for _ in range(40):
            if counted(site)["found"]:
                break
            visit.page.wait_for_timeout(100)
    assert counted(site) == {"found": 1, "copied": 1, "read": 1}
