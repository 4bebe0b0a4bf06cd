"""The story of a page that nobody confirmed: a letter comes, somebody presses a button, and readers are told."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from sqlalchemy import update

from app.current import ENGINE
from app.database import writing
from app.exchange.rows import raise_generation
from app.models import Service, row_id
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.people import (
    MINE,
    PUBLIC,
    WORKWELL,
    People,
    comes,
    follow,
    heading,
    press,
    sign_in_at,
    text_of,
    told,
)
from tests.browser.ways import every_way
from tests.mail_server import Postbox, mail_server
from tests.web.manage_site import EDITOR, LISTING, SECOND, manage_site

pytestmark = pytest.mark.browser
LINK = re.compile(r"https?://[^/\s]+(/account/confirm/\S+)")
YES = "Yes, all of this is still correct"
CONFIRMED, NOBODY = "The people who run it confirmed this page on", "Nobody has confirmed what we say here."


@pytest.fixture
def box() -> Iterator[Postbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def site(tmp_path: Path, box: Postbox) -> Iterator[Flask]:
    with manage_site(tmp_path, SMTP_URL=f"smtp://127.0.0.1:{box.port}") as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    """The website with people who look after listings, served on a port of its own."""
    with served(site) as address:
        yield Visits(chromium, address)


def nobody_confirmed_it_for(site: Flask, days: int) -> None:
    with writing(site.extensions[ENGINE]) as session:
        long_ago = datetime.now(UTC) - timedelta(days=days)
        mine = update(Service).where(Service.id == row_id("service", LISTING))  # type: ignore[arg-type]
        session.exec(mine.values(imported_at=long_ago, assured_at=None, assured_by=None))
        raise_generation(session)


def remind(site: Flask) -> str:
    with site.app_context():
        done = site.test_cli_runner().invoke(args=["remind"])
    assert done.exit_code == 0, done.output
    return done.output


def link_in(letter: EmailMessage) -> str:
    found = LINK.search(letter.get_content())
    assert found
    return found[1]


@every_way
def test_a_letter_comes_and_one_press_confirms_the_page(
    visits: Visits, site: Flask, box: Postbox, width: int, javascript: bool
) -> None:
    nobody_confirmed_it_for(site, 120)
    assert f"{LISTING}: due since" in remind(site)
    letters = {letter["To"]: letter for letter in (box.next() for _ in range(5))}
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        public, reader, second = people.new(), people.new(), people.new()
        assert comes(public, PUBLIC, NOBODY)
        reader.goto(link_in(letters[EDITOR]))
        heading(reader, f"Is this still correct? {WORKWELL}")
        assert NOBODY in text_of(public, PUBLIC), "opening the link changes nothing"
        press(reader, YES)
        heading(reader, "Thank you")
        assert comes(public, PUBLIC, CONFIRMED)
        assert NOBODY not in text_of(public, PUBLIC)
        second.goto(link_in(letters[SECOND]))
        heading(second, "Already confirmed")
        follow(second, "Sign in to change or confirm it")
        heading(second, "Sign in")


@every_way
def test_whoever_is_signed_in_confirms_with_one_click(
    visits: Visits, site: Flask, width: int, javascript: bool
) -> None:
    nobody_confirmed_it_for(site, 100)
    with ExitStack() as stack:
        people = People(visits, stack, width, javascript=javascript)
        editor, public = sign_in_at(people.new(), site, EDITOR), people.new()
        editor.goto("/manage")
        first = editor.locator(".app-hit").first
        expect(first).to_contain_text(WORKWELL)
        expect(first).to_contain_text("Please confirm")
        press(editor, f"Still correct for {WORKWELL}")
        told(editor, "Thank you.")
        assert "Please confirm" not in editor.locator("main").inner_text()
        assert comes(public, PUBLIC, CONFIRMED)
        editor.goto(MINE)
        press(editor, "Still correct")
        told(editor, "Thank you.")


def test_every_page_on_the_way_can_be_used_by_anybody(visits: Visits, site: Flask, box: Postbox) -> None:
    nobody_confirmed_it_for(site, 200)
    remind(site)
    link = link_in(next(letter for letter in (box.next() for _ in range(5)) if letter["To"] == EDITOR))
    with visits.visit() as visit:
        page = visit.page
        for address in (link, "/account/confirm/no-such-link"):
            page.goto(address)
            no_faults(page, PHONE_AND_DESK)
            page.emulate_media(color_scheme="light")
        page.goto(link)
        page.get_by_role("button", name=YES).click()
        heading(page, "Thank you")
        no_faults(page, PHONE_AND_DESK)
        nobody_confirmed_it_for(site, 200)
        sign_in_at(page, site, EDITOR)
        for address in ("/manage", MINE):
            page.goto(address)
            expect(page.locator("main")).to_contain_text("Overdue")
            no_faults(page, PHONE_AND_DESK)
            page.emulate_media(color_scheme="light")
