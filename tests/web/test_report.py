"""“Something is wrong here”, on the pages of readers, of those who look after a listing, and of the directory team."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlmodel import col, select, update
from werkzeug.test import TestResponse

from app.database import reading, writing
from app.models import ListingReport
from tests.seeds import closed_listings
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.manage_site import ADMIN, EDITOR, LISTING, OTHER_LISTING, OWNER, SECOND, manage_site, signed_in_browser

FORM, SENT = f"/services/{LISTING}/report", f"/services/{LISTING}/report/sent"
MINE = f"/manage/{LISTING}"
GOOD = {"about": "contact", "text": "The phone number leads to a bakery.", "email": "reader@example.net"}
HIDDEN = re.compile(r'name="(csrf_token|stamp)"\s+value="([^"]+)"')
EVIL = "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7 * 7 }} javascript:alert(3) http://evil.example"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def reader(site: Flask) -> Browser:
    return Browser(site)


def hidden(browser: Browser, form: str = FORM) -> dict[str, str]:
    """What the form carries unseen."""
    return dict(HIDDEN.findall(browser.get(form).text))


def report(
    browser: Browser, fields: Mapping[str, str] = GOOD, *, form: str = FORM, waits: timedelta = timedelta(seconds=20)
) -> TestResponse:
    """Opens the form some time ago, and sends it now."""
    now = datetime.now(UTC)
    with time_machine.travel(now - waits, tick=False):
        carried = hidden(browser, form)
    with time_machine.travel(now, tick=False):
        return browser.post(form, **{**carried, **fields})


def rows(site: Flask) -> list[ListingReport]:
    with reading(site.extensions["engine"]) as session:
        return list(session.exec(select(ListingReport)).all())


def change_rows(site: Flask, **values: Any) -> None:
    with writing(site.extensions["engine"]) as session:
        session.exec(update(ListingReport).where(col(ListingReport.text) != "").values(**values))


def test_only_the_form_sets_the_cookie_of_its_token(reader: Browser) -> None:
    listing = reader.get(f"/services/{LISTING}")
    assert f'href="{FORM}">Something wrong here? Tell us</a>' in " ".join(listing.text.split())
    assert f"Tell us: http://localhost{FORM}" in Page(reader.get(f"/services/{LISTING}/print").text).text
    assert "Set-Cookie" not in listing.headers
    form = reader.get(FORM)
    assert "session=" in form.headers["Set-Cookie"]
    assert form.headers["Cache-Control"] == "no-store"
    assert reader.client.head(FORM).status_code == 200, "programs that look at links ask so"
    assert "Set-Cookie" not in reader.get(SENT).headers


def test_anybody_reports_and_is_told_who_reads_it(site: Flask, reader: Browser) -> None:
    for listing in (LISTING, closed_listings()[0].id):
        form = f"/services/{listing}/report"
        assert problems(reader.get(form).text, site) == []
        sent = report(reader, form=form)
        assert (sent.status_code, sent.location) == (303, f"{form}/sent")
    thanks = reader.get(SENT)
    assert problems(thanks.text, site) == []
    assert "Those who look after the page" in Page(thanks.text).text
    assert len(rows(site)) == 2
    assert reader.get("/services/nothing/report").status_code == 404


def test_what_is_missing_is_said_and_what_was_typed_stays(site: Flask, reader: Browser) -> None:
    answer = report(reader, {"about": "times", "text": "Wrong", "email": "me@"})
    assert answer.status_code == 422
    assert problems(answer.text, site) == []
    page = Page(answer.text)
    assert page.title.strip().startswith("Error: ")
    links = {link["href"] for link in page.all("a") if (link["href"] or "").startswith("#")}
    assert {"#text", "#email"} <= links
    chosen = [choice["value"] for choice in page.all("input") if "checked" in choice]
    assert chosen == ["times"]
    assert ">Wrong</textarea>" in answer.text
    assert 'value="me@"' in answer.text
    assert rows(site) == []


def test_a_form_without_its_token_is_refused_and_keeps_what_a_person_typed(site: Flask, reader: Browser) -> None:
    for token in ("", "of another"):
        refused = report(reader, {**GOOD, "csrf_token": token})
        assert refused.status_code == 400
        assert GOOD["text"] in refused.text
        assert problems(refused.text, site) == []
    headers = {"Sec-Fetch-Site": "cross-site"}
    from_elsewhere = reader.client.post(FORM, data=GOOD, headers=headers)
    assert from_elsewhere.status_code == 400
    assert GOOD["text"] not in from_elsewhere.text
    assert rows(site) == []


def test_machines_are_held_off_and_people_are_told_kindly(site: Flask, reader: Browser) -> None:
    trapped = report(reader, {**GOOD, "subject_line": "Cheap watches"})
    assert trapped.location == SENT, "it looks like any other"
    kept = trapped
    for waits, told in ((timedelta(seconds=1), "very quick"), (timedelta(hours=13), "open for a long time")):
        kept = report(reader, waits=waits)
        assert kept.status_code == 422
        assert told in kept.text
        assert GOOD["text"] in kept.text
        assert problems(kept.text, site) == []
    assert rows(site) == []
    now = datetime.now(UTC)
    again = dict(HIDDEN.findall(kept.text))
    with time_machine.travel(now + timedelta(seconds=10), tick=False):
        assert reader.post(FORM, **{**GOOD, **again}).status_code == 303, "the form has a new stamp"


def test_over_the_limit_somebody_is_told_when_to_try_again(site: Flask, reader: Browser) -> None:
    for number in range(3):
        assert report(reader, {**GOOD, "text": f"Line {number} is not right."}).status_code == 303
    many = report(reader)
    assert many.status_code == 429
    assert 3500 < int(many.headers["Retry-After"]) <= 3600
    assert "Please send it again after" in many.text
    assert GOOD["text"] in many.text
    assert problems(many.text, site) == []
    assert report(Browser(site, address="192.0.2.77")).status_code == 303


def test_the_provider_reads_it_as_plain_text_and_never_the_address(site: Flask, reader: Browser) -> None:
    assert report(reader, {**GOOD, "text": EVIL}).status_code == 303
    wrong = report(reader, {"about": "", "text": EVIL, "email": EVIL})
    [row] = rows(site)
    editor, admin = signed_in_browser(site, EDITOR), signed_in_browser(site, ADMIN)
    pages = [editor.get(f"{MINE}/reports"), editor.get(f"{MINE}/reports/{row.id}"), admin.get("/admin/reports")]
    for page in (*pages, wrong):
        assert problems(page.text, site) == []
        assert escape(EVIL.split(" {{")[0]) in page.text
        assert "{{ 7 * 7 }}" in unescape(page.text)
        assert not any("evil" in (link["href"] or "") for link in Page(page.text).all("a"))
        assert "reader@" not in page.text
    assert "One report to look at" in editor.get("/manage").text
    assert "One report to look at" in editor.get(MINE).text
    letters = list(site.config["SETTINGS"].mail_folder.glob("*.eml"))
    assert not any("reader@" in letter.read_text() for letter in letters)


def test_somebody_answers_and_of_two_one_is_too_late(site: Flask, reader: Browser) -> None:
    report(reader)
    [row] = rows(site)
    one, other = signed_in_browser(site, EDITOR), signed_in_browser(site, SECOND)
    address = f"{MINE}/reports/{row.id}"
    missing = one.send(address, address, words="A")
    assert missing.status_code == 422
    assert problems(missing.text, site) == []
    assert ">A</textarea>" in missing.text
    theirs = hidden(other, address)
    assert one.send(address, address, outcome="put_right", words="Thank you, well seen.").location == f"{MINE}/reports"
    late = other.post(address, **theirs, outcome="no_report", words="Is it?")
    assert late.status_code == 409
    assert problems(late.text, site) == []
    for text in ("Somebody else answered", EDITOR, "We put it right", "Is it?"):
        assert text in late.text
    answered = one.get(f"{MINE}/reports")
    assert problems(answered.text, site) == []
    assert "Thank you, well seen." in answered.text
    assert "report to look at" not in one.get("/manage").text
    assert rows(site)[0].email is None
    assert "Report answered" in signed_in_browser(site, ADMIN).get("/admin/audit").text
    assert one.get(f"/manage/{OTHER_LISTING}/reports/{row.id}").status_code == 403
    admin = signed_in_browser(site, ADMIN)
    assert admin.get(f"/manage/{OTHER_LISTING}/reports/{row.id}").status_code == 404


def test_the_team_sees_first_what_it_has_to_see_to(site: Flask, reader: Browser) -> None:
    report(reader)
    change_rows(site, reported_at=datetime.now(UTC) - timedelta(days=15))
    report(reader, form=f"/services/{OTHER_LISTING}/report")
    page = signed_in_browser(site, ADMIN).get("/admin/reports")
    assert problems(page.text, site) == []
    assert page.text.index("WorkWell") < page.text.index("iWork")
    assert page.text.count("Has waited for 14 days") == 1
    assert signed_in_browser(site, OWNER).get("/admin/reports").status_code == 403


def test_remind_tells_the_admins_and_wipes(site: Flask, reader: Browser) -> None:
    report(reader)
    change_rows(site, reported_at=datetime.now(UTC) - timedelta(days=15))
    with site.app_context():
        dry, done = (site.test_cli_runner().invoke(args=args) for args in (["remind", "--dry-run"], ["remind"]))
    assert "Reports that nobody answered: 1." in dry.output
    assert "Reports that nobody answered, sent to the admins: 1." in done.output
    [row] = rows(site)
    assert row.escalated_at
    assert row.address_hash is None
    change_rows(site, outcome="was_right", email="reader@example.net")
    with site.app_context():
        late, again = (site.test_cli_runner().invoke(args=["remind"]) for _ in range(2))
    assert "Answers to readers that had not gone: 1 sent." in late.output
    assert "Answers to readers" not in again.output
    assert rows(site)[0].email is None
    letters = [letter.read_text() for letter in site.config["SETTINGS"].mail_folder.glob("*.eml")]
    assert sum("One report has waited" in letter for letter in letters) == 2, "both admins"


def test_of_hundreds_of_spam_posts_ten_reach_a_person_at_the_most(site: Flask) -> None:
    """From many addresses; some without a token, some at once, some again and again."""
    dice, now, taken = Random(8), datetime.now(UTC), 0
    spammer = Browser(site)
    with time_machine.travel(now - timedelta(seconds=9), tick=False):
        good = hidden(spammer)
    bad = [{"csrf_token": ""}, {"stamp": "forged"}, {"about": ""}, {"subject_line": "x"}, {"text": "Buy, buy, buy!"}]
    with time_machine.travel(now, tick=False):
        for number in range(200):
            spammer.address = f"198.51.{dice.randrange(256)}.{dice.randrange(256)}"
            form = f"/services/{dice.choice([LISTING, OTHER_LISTING])}/report"
            twist = dice.choice([{}, {}, *bad])
            fields = {**GOOD, "text": f"Buy offer {number} at http://spam.example", **good, **twist}
            taken += spammer.post(form, **fields).status_code == 303
    assert 1 <= len(rows(site)) <= 10
    assert taken >= len(rows(site))
