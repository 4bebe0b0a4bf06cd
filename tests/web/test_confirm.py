"""Confirming a page over the web: what is refused and why, what is kept out of logs, and the command that reminds."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.accounts.care import close
from app.actions.freshness.remind import remind
from app.current import ENGINE
from app.database import reading, writing
from app.models import Service
from tests.editing import publish_beside
from tests.reminded import SITE, Postbox, tokens_in
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.manage_site import ADMIN, EDITOR, LISTING, OTHER_LISTING, OWNER, manage_site, signed_in_browser

MINE = f"/manage/{LISTING}"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    """WorkWell is due, and one listing that others look after is overdue."""
    with manage_site(tmp_path) as app:
        long_ago(app, LISTING, 100)
        long_ago(app, OTHER_LISTING, 200)
        yield app


def long_ago(app: Flask, slug: str, days: int) -> None:
    with writing(app.extensions[ENGINE]) as session:
        service = session.exec(select(Service).where(Service.slug == slug)).one()
        service.imported_at = datetime.now(UTC) - timedelta(days=days)
        session.add(service)


def row(app: Flask, slug: str = LISTING) -> Service:
    with reading(app.extensions[ENGINE]) as session:
        return session.exec(select(Service).where(Service.slug == slug)).one()


def link(app: Flask, to: str = EDITOR) -> str:
    box, engine = Postbox(), app.extensions[ENGINE]
    assert isinstance(engine, Engine)
    remind(engine, SITE, box, datetime.now(UTC))
    letter = next(letter for letter in box.letters if letter.to == to)
    return f"/account/confirm/{tokens_in(letter)[0]}"


def test_what_is_due_comes_first_with_its_button_and_the_team_sees_how_far_reminders_went(site: Flask) -> None:
    link(site)
    admin = signed_in_browser(site, ADMIN)
    mine = admin.get("/manage").text
    assert problems(mine, site) == []
    assert mine.index("Overdue") < mine.index("Please confirm")
    assert mine.count('name="version"') == 2
    told = admin.get("/admin/freshness").text
    assert problems(told, site) == []
    assert "to the editors." in told
    assert "Nobody can sign in for these pages" in told


@pytest.mark.parametrize("base", ["http://localhost", "https://localhost"])
def test_a_link_asks_first_confirms_once_and_says_what_became_of_it(site: Flask, base: str) -> None:
    address, browser = link(site), Browser(site, base)
    asked = browser.get(address)
    assert problems(asked.text, site) == []
    assert asked.headers["Referrer-Policy"] == "strict-origin"
    assert asked.headers["Cache-Control"] == "no-store"
    assert row(site).assured_at is None
    sent = browser.send(address, address, version="1")
    assert (sent.status_code, sent.location) == (303, f"/account/confirmed/{LISTING}")
    assert (row(site).assured_by, row(site).assured_how) == ("organisation", "email_link")
    thanks = browser.get(f"/account/confirmed/{LISTING}")
    assert "by the organisation" in thanks.text
    assert problems(thanks.text, site) == []
    again = browser.get(address)
    assert again.status_code == 410
    assert "was confirmed already" in Page(again.text).text
    assert problems(again.text, site) == []
    with writing(site.extensions[ENGINE]) as session:
        service = session.exec(select(Service).where(Service.slug == LISTING)).one()
        service.assured_at = datetime.now(UTC) - timedelta(days=91)
        session.add(service)
    again = browser.get(address)
    assert "It is time to confirm it again." in Page(again.text).text
    assert "nothing more to do" not in again.text
    for nothing in (f"/account/confirmed/{OTHER_LISTING}", "/account/confirmed/nowhere"):
        assert browser.get(nothing).status_code == 404
    made_up = browser.get("/account/confirm/made-up")
    assert made_up.status_code == 410
    assert problems(made_up.text, site) == []


def test_who_can_no_longer_confirm_is_not_told_to_sign_in_for_it(site: Flask) -> None:
    address, browser, engine = link(site), Browser(site), site.extensions[ENGINE]
    with writing(engine) as session:
        service = session.exec(select(Service).where(Service.slug == LISTING)).one()
        service.status = "closed"
        session.add(service)
    closed = browser.get(address)
    close(engine, EDITOR, datetime.now(UTC))
    not_theirs = browser.get(address)
    for answer, words in ((closed, "has closed"), (not_theirs, "You do not look after this page any more.")):
        assert answer.status_code == 410
        assert words in Page(answer.text).text
        assert "Still correct" not in answer.text
        assert problems(answer.text, site) == []


def test_a_page_that_changed_meanwhile_is_shown_again_and_not_confirmed(site: Flask) -> None:
    address, version = link(site), str(row(site).version)
    editor = signed_in_browser(site)
    publish_beside(
        site.extensions[ENGINE], LISTING, "Two coaches help people who are ill to find work.", datetime.now(UTC)
    )
    for answer in (
        Browser(site).send(address, address, version=version),
        editor.send(f"{MINE}/confirm", MINE, version=version),
        editor.send(f"{MINE}/confirm", MINE, version="nonsense"),
    ):
        assert answer.status_code == 409
        assert "This page was changed meanwhile." in answer.text
        assert problems(answer.text, site) == []
    assert row(site).assured_at is None
    assert "Two coaches" in Browser(site).get(address).text
    assert editor.send(f"{MINE}/confirm", MINE, version=str(row(site).version)).status_code == 303


def test_owners_choose_how_often_we_ask_and_nobody_overwrites_the_other(site: Flask) -> None:
    owner, editor, address = signed_in_browser(site, OWNER), signed_in_browser(site), f"{MINE}/freshness"
    seen = editor.get(address).text
    assert problems(seen, site) == []
    assert "We ask every 3 months. An owner of your organisation can change this." in Page(seen).text
    assert owner.send(address, address, days="180", seen="90").status_code == 303
    assert row(site).review_days == 180
    for days, shown, status in (("30", "90", 409), ("31", "180", 422), ("", "180", 422)):
        answer = owner.send(address, address, days=days, seen=shown)
        assert answer.status_code == status
        assert problems(answer.text, site) == []
        assert "There is a problem" in answer.text
    assert row(site).review_days == 180
    told = signed_in_browser(site, ADMIN).get("/admin/audit").text
    assert "Days after which we ask again" in told


def test_links_to_confirm_stand_in_no_log(site: Flask, caplog: pytest.LogCaptureFixture) -> None:
    address = link(site)
    logging.getLogger("gunicorn.access").warning('"GET %s HTTP/1.1" 200 "%s"', address, f"{SITE}{address}")
    assert address.rpartition("/")[2] not in caplog.text
    assert "/account/confirm/…" in caplog.text


def run(app: Flask, *words: str) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["remind", *words])


def test_the_command_says_what_it_would_do_does_it_and_names_nobody(site: Flask, tmp_path: Path) -> None:
    would = run(site, "--dry-run")
    assert not (tmp_path / "mail").exists()
    done = run(site)
    assert (would.exit_code, done.exit_code) == (0, 0)
    assert done.output.partition("Due: ")[0] == would.output.partition("Due: ")[0]
    assert "for the editors: 2 sent" in done.output
    assert "@" not in done.output
    assert len(list((tmp_path / "mail").iterdir())) == 5
    assert "within the last 7 days" in run(site).output


def test_the_command_says_in_one_line_when_mail_fails_or_is_not_set_up(tmp_path: Path) -> None:
    with manage_site(tmp_path, SMTP_URL="smtp://127.0.0.1:9") as app:
        long_ago(app, LISTING, 100)
        refused = run(app)
        assert refused.exit_code == 1
        assert "2 refused" in refused.output
        assert refused.stderr.count("\n") == 1
    production = {"NWD_ENV": "production"}
    with manage_site(tmp_path / "other", **production) as app:
        long_ago(app, LISTING, 100)
        without = run(app)
        assert (without.exit_code, without.stderr.count("\n")) == (1, 1)
        assert "SMTP_URL" in without.stderr
