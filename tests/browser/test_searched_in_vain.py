"""A word that many searched in vain is put under its meaning in one step, and from then on it finds."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from app.current import LITTLE_FOUND
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.people import People, comes, follow, press, sign_in_at, text_of, told
from tests.browser.ways import every_way
from tests.web.manage_site import ADMIN, manage_site

pytestmark = pytest.mark.browser
WORD, MEANS = "frazzled", "low mood, anxiety, stress"
FINDS = "NHS Talking Therapies"
PUBLIC = f"/services?q={WORD}"
PLACES = count(1)
"""Each person searches from another one."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


def many_search_for_it(site: Flask, times: int) -> None:
    public = site.test_client()
    for _ in range(times):
        place = {"REMOTE_ADDR": f"192.0.2.{next(PLACES)}"}
        assert "Nothing matches your words" in public.get(PUBLIC, environ_base=place).text
    site.extensions[LITTLE_FOUND].write()


def searched(public: Page, *, javascript: bool) -> None:
    """Where the results follow what is typed, they are counted once they stand still."""
    if not javascript:
        assert "Nothing matches your words" in text_of(public, PUBLIC)
        return
    public.goto("/services")
    with public.expect_response("**/services/found"):
        public.fill("#q", WORD)


@every_way
def test_a_word_searched_in_vain_is_added_and_found(visits: Visits, site: Flask, width: int, javascript: bool) -> None:
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        public, admin = people.new(), sign_in_at(people.new(), site, ADMIN)
        searched(public, javascript=javascript)
        many_search_for_it(site, 6)
        admin.goto("/admin")
        follow(admin, "Searched in vain")
        expect(admin.get_by_text(WORD)).to_have_count(0)
        many_search_for_it(site, 1)
        admin.reload()
        row = admin.get_by_role("listitem").filter(has=admin.get_by_role("heading", name=WORD))
        expect(row).to_contain_text("10 searches")
        press(admin, f"Add {WORD} to this meaning")
        expect(row.get_by_text("Choose what it means.")).to_be_visible()
        if javascript and width == max(PHONE_AND_DESK):
            no_faults(admin, PHONE_AND_DESK)
        row.get_by_label("What it means").select_option(label=MEANS)
        press(admin, f"Add {WORD} to this meaning")
        told(admin, f"“{WORD}” stands under “{MEANS}” now.")
        expect(row).to_have_count(0)
        assert comes(public, PUBLIC, FINDS)
        assert "Nothing matches your words" not in text_of(public, PUBLIC)
