"""The contacts to confirm, as the directory team sees them, and what everybody reads once one was checked."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from io import StringIO
from urllib.parse import quote

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine, delete

from app.actions.administration.contact_checks import Typed, digest, tick, to_confirm
from app.current import ENGINE
from app.database import writing
from app.directory.contact_checks import ContactCheck, contact_key
from app.directory.known_contacts import known
from app.directory.listing import Contact
from app.exchange.rows import raise_generation
from app.models import ContactCheck as Row
from app.web.words import best_contact, checked, doubt
from tests.web.account_site import TOKEN, Browser
from tests.web.checker import problems
from tests.web.manage_site import ADMIN, OTHER_ADMIN, manage_site, signed_in_as, signed_in_browser

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SLUG, NAME, NUMBER = "acas-helpline", "Acas helpline", "0300 123 1100"
KEY = contact_key(SLUG, "phone", NUMBER)
ITEM = f"/admin/contacts/item?key={quote(KEY)}"
PUBLIC = f"/services/{SLUG}"
RIGHT = {"outcome": "right", "how": "rang", "day": "21", "month": "11", "year": "2026", "note": "=Anne answered"}
CHECKED, WRONG = "We checked this number on 21 November 2026.", "wrong when we tried on 21 November 2026"


@pytest.fixture(scope="module", name="whole_site")
def site_with_admins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with manage_site(tmp_path_factory.mktemp("site")) as app:
        yield app


@pytest.fixture(name="app")
def fresh_site(whole_site: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Nothing is checked yet, and every request sees the newest catalogue."""
    monkeypatch.setattr("app.catalogue.FRESH_FOR", 0.0)
    with time_machine.travel(NOW, tick=False):
        with writing(whole_site.extensions[ENGINE]) as session:
            session.exec(delete(Row))
            raise_generation(session)
        yield whole_site


@pytest.fixture(name="admin")
def an_admin(app: Flask) -> Browser:
    return signed_in_browser(app, ADMIN)


def send(browser: Browser, address: str = ITEM, **fields: str):  # type: ignore[no-untyped-def]
    """As somebody who has the page of the item open."""
    html = browser.get(ITEM).text
    token = TOKEN.search(html)
    assert token
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    return browser.post(address, csrf_token=token[1], **{"seen": seen, **fields})


def test_a_right_number_is_no_longer_doubted_anywhere(app: Flask, admin: Browser) -> None:
    pages, search = (PUBLIC, f"{PUBLIC}/print"), f"/services?q={quote(NAME)}"
    for page in (*pages, f"{PUBLIC}/referral"):
        assert "old number: check" in admin.get(page).text, page
    assert NUMBER not in admin.get(search).text
    answer = send(admin, **RIGHT)
    assert (answer.status_code, answer.location) == (303, f"/admin/contacts?show=to_check#open-{SLUG}")
    for page in (*pages, f"{PUBLIC}/referral", search):
        text = unescape(admin.get(page).text)
        assert NUMBER in text, page
        assert "old number: check" not in text, page
        assert "this number may have changed" not in text, page
    for page in pages:
        assert CHECKED in admin.get(page).text
        assert problems(admin.get(page).text, app) == []


def test_a_wrong_number_warns_and_leads_to_where_it_is_put_right(app: Flask, admin: Browser) -> None:
    for outcome in ("wrong", "none"):
        answer = send(admin, **{**RIGHT, "outcome": outcome})
        assert answer.location.startswith("/admin/contacts/item?")
        html = admin.get(answer.location).text
        assert f"/manage/{SLUG}/edit/contacts" in html
        assert problems(html, app) == []
        for page in (PUBLIC, f"{PUBLIC}/print", f"{PUBLIC}/referral"):
            assert WRONG in unescape(admin.get(page).text), page
        assert CHECKED not in admin.get(PUBLIC).text


def test_the_list_shows_what_is_left_and_how_far_we_are(app: Flask, admin: Browser) -> None:
    html = admin.get("/admin/contacts").text
    assert problems(html, app) == []
    total = len({item.key for group in to_confirm(app.extensions[ENGINE]).groups for item in group.items})
    assert f"0 of {total} checked." in html
    assert html.index("Crisis lines</h2>") < html.index("Open listings</h2>")
    assert NUMBER in html
    send(admin, **RIGHT)
    left, done = admin.get("/admin/contacts").text, admin.get("/admin/contacts?show=checked&kind=number").text
    assert f"1 of {total} checked." in left
    assert NUMBER not in left
    assert NUMBER in done
    assert "by admin@example.org, who rang or wrote." in done
    assert problems(done, app) == []
    assert NUMBER not in admin.get("/admin/contacts?show=wrong").text
    assert NUMBER not in admin.get("/admin/contacts?show=checked&kind=missing").text
    assert admin.get("/admin/contacts?show=nonsense&kind=nonsense").status_code == 200


def test_a_form_that_will_not_do_comes_back_with_what_was_typed(app: Flask, admin: Browser) -> None:
    answer = send(admin, **{**RIGHT, "outcome": "", "day": "24"})
    assert answer.status_code == 422
    assert problems(answer.text, app) == []
    for link in ("#outcome", "#checked-day"):
        assert f'href="{link}"' in answer.text
    assert "=Anne answered" in answer.text


def test_a_tick_of_another_admin_is_shown_first(app: Flask, admin: Browser) -> None:
    engine: Engine = app.extensions[ENGINE]
    html = admin.get(ITEM).text
    tick(engine, signed_in_as(engine, OTHER_ADMIN), KEY, Typed(**{**RIGHT, "outcome": "wrong"}), digest(None), NOW)
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    answer = send(admin, **{**RIGHT, "seen": seen})
    assert answer.status_code == 409
    assert "by other-admin@example.org" in answer.text
    assert problems(answer.text, app) == []
    assert send(admin, "/admin/contacts/item/undo?key=" + quote(KEY), seen="nothing").status_code == 409
    assert send(admin, "/admin/contacts/item/undo?key=" + quote(KEY)).status_code == 303
    assert "old number: check" in admin.get(PUBLIC).text


def test_the_table_has_every_check_and_no_formula(app: Flask, admin: Browser) -> None:
    send(admin, **RIGHT)
    answer = admin.get("/admin/contacts.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    row = next(one for one in rows if one["contact"] == NUMBER)
    assert (row["outcome"], row["how"], row["checked_on"], row["checked_by"]) == ("right", "rang", "2026-11-21", ADMIN)
    assert row["note"] == "'=Anne answered"
    assert len(rows) == sum(len(group.items) for group in to_confirm(app.extensions[ENGINE]).groups)


def test_what_is_not_on_the_list_says_so(admin: Browser) -> None:
    for key in ("", "listing/nobody/phone/", "%00", quote(KEY + "1")):
        assert admin.get(f"/admin/contacts/item?key={key}").status_code == 404, key


def test_the_one_contact_that_is_shown_is_not_one_that_we_know_to_be_wrong() -> None:
    day = NOW.date()
    phone = Contact(type="phone", value="1", source=("page",))
    old = Contact(type="phone", value="2", old=True, source=("page",))
    web = Contact(type="web", value="https://one.example/", old=True, source=("page",))
    wrong = known(phone, ContactCheck(outcome="wrong", how="rang", checked_on=day))
    right = known(old, ContactCheck(outcome="right", how="rang", checked_on=day))
    assert best_contact([wrong, web]) == web
    assert best_contact([web, wrong, right]) == right
    assert best_contact([wrong]) == wrong
    assert (doubt(right), checked(right)) == ("", "We checked this number on 22 November 2026.")
    assert (doubt(wrong), checked(wrong)) == ("wrong when we tried on 22 November 2026", "")
    assert (doubt(old), checked(old)) == ("old number: check", "")


def test_one_after_the_other_is_checked_without_the_list_between(app: Flask, admin: Browser) -> None:
    """The home page of the team counts down; a wrong one waits under “To be put right”, and nobody is held up by it."""
    left = re.search(r"(\d+) left\.", admin.get("/admin").text)
    assert left
    address = f"{ITEM}&show=to_check&kind=number"
    answer = send(admin, address, **{**RIGHT, "outcome": "wrong", "then": "next"})
    assert answer.location.startswith("/admin/contacts/item?")
    assert SLUG not in answer.location
    assert answer.location.endswith("&show=to_check&kind=number")
    following = admin.get(answer.location).text
    assert problems(following, app) == []
    assert f"Noted. {NAME}: it stands under" in following
    assert NUMBER in admin.get("/admin/contacts?show=wrong").text
    assert f"{int(left[1]) - 1} left." in admin.get("/admin").text
