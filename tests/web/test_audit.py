"""The audit trail as the directory team reads it and takes it out."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask

from app.actions.audit import Entry, note
from app.database import writing
from tests.web.account_site import ADMIN, Browser
from tests.web.checker import Page, problems
from tests.web.words_site import words_site

Site = tuple[Flask, Browser]
SUMMER = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
"""In London it is half past midnight of the first of July."""
BEN = "ben@example.org"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with words_site(tmp_path) as both:
        yield both


def noted(app: Flask, *entries: Entry) -> None:
    with writing(app.extensions["engine"]) as session:
        for entry in entries:
            note(session, entry)


def shown(browser: Browser, query: str = "") -> str:
    answer = browser.get(f"/admin/audit{query}")
    assert answer.status_code == 200
    return Page(answer.text).text.partition("first")[2] or Page(answer.text).text.partition("Older")[2]


def rows(browser: Browser) -> list[list[str]]:
    return list(csv.reader(StringIO(browser.get("/admin/audit.csv").get_data().decode("utf-8-sig"))))


def test_an_entry_is_told_in_words_with_before_and_after(site: Site) -> None:
    app, admin = site
    changes = [{"field": "summary", "before": "Old words.", "after": "New words.", "comment": "Good"}]
    noted(
        app,
        Entry(SUMMER, BEN, "change approved", "listing/open-door", {"version": 2, "own": False, "changes": changes}),
        Entry(SUMMER, BEN, "question changed", "question/age", {"before": {"why": "So."}, "after": {"why": "As."}}),
    )
    text = shown(admin, "?who=BEN")
    assert text.index("Question changed: age") < text.index("Change approved: Open Door")
    assert "1 July 2026, 00:30 · ben@example.org · Listing" in text
    assert "Summary Before: Old words. After: New words. Comment Good" in text
    assert "Why we ask Before: So. After: As." in text


def test_the_trail_is_narrowed_by_person_kind_and_day(site: Site) -> None:
    app, admin = site
    noted(
        app,
        Entry(SUMMER, BEN, "availability changed", "listing/open-door"),
        Entry(SUMMER, "x_y@example.org", "role given", "person/z@example.org"),
    )
    assert "Role given" in shown(admin, "?day=2026-07-01")
    assert "Nothing is written down that fits." in shown(admin, "?day=2026-06-30")
    assert "Role given" not in shown(admin, "?day=2026-07-01&kind=listing")
    assert "Role given" in shown(admin, "?who=x_y")
    assert "Nothing is written down that fits." in shown(admin, "?who=xxy")
    assert "Role given" in shown(admin, "?kind=nonsense&before=99999999999&who=%00x_y")


def test_a_long_trail_has_pages_and_nothing_is_left_out(site: Site) -> None:
    app, admin = site
    noted(app, *(Entry(SUMMER, BEN, f"thing {number}. done", "other/x") for number in range(120)))
    address, seen = "/admin/audit?who=ben", ""
    while address:
        answer = admin.get(address)
        assert problems(answer.text, app) == []
        page = Page(answer.text)
        seen += page.text
        address = next((link["href"] or "" for link in page.all("a") if link.get("rel") == "next"), "")
    assert all(seen.count(f"Thing {number}. done:") >= 1 for number in range(120))


def test_the_table_has_all_entries_and_who_took_it_out(site: Site) -> None:
    app, admin = site
    noted(app, *(Entry(SUMMER, BEN, "role given", "person/x", {"role": "“owner”"}) for _ in range(2500)))
    answer = admin.get("/admin/audit.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="audit-' in answer.headers["Content-Disposition"]
    assert answer.get_data().startswith(b"\xef\xbb\xbfid,at,who,action,subject,detail\r\n")
    table = rows(admin)
    assert sum(row[3] == "role given" and row[2] == BEN for row in table) == 2500
    assert json.loads(next(row for row in table if row[2] == BEN)[5]) == {"role": "“owner”"}
    assert [row[2:5] for row in table[-2:]] == [[ADMIN, "trail exported", "audit/all"]] * 2
    assert "Trail exported" in shown(admin)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_spreadsheet_calculates_nothing(site: Site, start: str) -> None:
    app, admin = site
    formula = f"{start}HYPERLINK(1)"
    noted(app, Entry(SUMMER, formula, formula, formula))
    row = next(row for row in rows(admin) if "HYPERLINK" in row[2])
    assert row[2:5] == [f"'{formula}"] * 3


def test_what_somebody_wrote_is_shown_and_not_run(site: Site) -> None:
    app, admin = site
    bad = "<script>alert(1)</script>"
    noted(app, Entry(SUMMER, bad, bad, f"listing/{bad}", {bad: {bad: [bad]}, "before": bad}))
    assert "<script>alert" not in admin.get("/admin/audit").text
    assert problems(admin.get("/admin/audit").text, app) == []
