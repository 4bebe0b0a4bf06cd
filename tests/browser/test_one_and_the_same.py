"""Two listings become one, and two again; and what another list says becomes a change of ours."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from app.current import ENGINE
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.people import PUBLIC, WORKWELL, People, comes, follow, heading, press, sign_in_at, text_of, told
from tests.twins import FEED, add_twin, propose
from tests.web.manage_site import ADMIN, LISTING, manage_site

pytestmark = pytest.mark.browser
TWIN, TWIN_NAME = "workwell-camden", "Work Well of Camden"
OLD = f"/services/{TWIN}"
NEWS = "Coaches help you start work, also at the library."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """WorkWell came in with another list too, which says something else of it."""
    with manage_site(tmp_path) as app:
        now = datetime.now(UTC)
        add_twin(app.extensions[ENGINE], LISTING, TWIN, now, name=TWIN_NAME, area=["camden"])
        propose(app.extensions[ENGINE], LISTING, now, summary=NEWS)
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


@pytest.mark.parametrize(("width", "javascript"), [(375, True), (1280, False)])
def test_two_listings_become_one_and_two_again(visits: Visits, site: Flask, width: int, javascript: bool) -> None:
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        admin, public = sign_in_at(people.new(), site, ADMIN), people.new()
        admin.goto("/admin")
        follow(admin, "Listings that may be one and the same")
        press(admin, "Look through all listings")
        told(admin, "new pairs may be one and the same")
        follow(admin, f"{WORKWELL} and {TWIN_NAME}")
        heading(admin, "Are these two the same service?")
        admin.get_by_role("radio", name=f"Keep the first: {WORKWELL}").check()
        press(admin, "Save")
        told(admin, f"They are one now: {WORKWELL}.")
        assert comes(public, OLD, WORKWELL)
        expect(public).to_have_url(f"{public.url.split('/services')[0]}{PUBLIC}")
        assert WORKWELL in text_of(public, f"/services?q={TWIN_NAME}")
        follow(admin, TWIN_NAME)
        press(admin, "Take them apart again")
        told(admin, "They are two listings again")
        assert comes(public, OLD, TWIN_NAME)


@pytest.mark.parametrize(("width", "javascript"), [(375, False), (1280, True)])
def test_what_another_list_says_becomes_public(visits: Visits, site: Flask, width: int, javascript: bool) -> None:
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        admin, public = sign_in_at(people.new(), site, ADMIN), people.new()
        admin.goto("/admin")
        follow(admin, "What other lists say")
        follow(admin, WORKWELL)
        press(admin, "Make it a draft to approve")
        heading(admin, f"Changes to {WORKWELL}")
        expect(admin.locator("main")).to_contain_text(f"Written by {FEED}")
        press(admin, "Accept all changes")
        told(admin, "One change is public now.")
        assert comes(public, PUBLIC, NEWS)


def test_the_pages_are_for_everybody(visits: Visits, site: Flask) -> None:
    """On a phone and on a desk, in light and in dark: each page, and what is refused."""
    with ExitStack() as stack:
        admin = sign_in_at(People(visits, stack, 1280, javascript=True).new(), site, ADMIN)
        admin.goto("/admin/proposals")
        no_faults(admin, PHONE_AND_DESK)
        follow(admin, WORKWELL)
        no_faults(admin, PHONE_AND_DESK)
        admin.goto("/admin/duplicates")
        press(admin, "Look through all listings")
        no_faults(admin, PHONE_AND_DESK)
        follow(admin, f"{WORKWELL} and {TWIN_NAME}")
        press(admin, "Save")
        admin.get_by_role("link", name="Choose whether they are the same.").click()
        expect(admin.get_by_role("radio").first).to_be_focused()
        no_faults(admin, PHONE_AND_DESK)
        admin.get_by_role("radio", name=f"Keep the first: {WORKWELL}").check()
        press(admin, "Save")
        admin.goto(f"/manage/{TWIN}")
        no_faults(admin, PHONE_AND_DESK)
