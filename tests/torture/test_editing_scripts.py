"""Hostile texts in every field that anybody can write: every page shows them as text, and nothing of them runs."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from app.directory.editing.edited import SECTIONS
from tests.benchmarks.page_load import chromium
from tests.browser.visit import Visit
from tests.seeds import published_seed
from tests.torture.hostile_site import Site, hostile_site
from tests.torture.hostile_texts import ELEMENTS, TEXTS, lines
from tests.torture.hostile_writers import decide, send, type_everything, write
from tests.torture.watched_browser import Watched, watched
from tests.web.manage_site import (
    ADMIN,
    LISTING,
    ORGANISATION,
    signed_in_browser,
)
from tests.web.site import BACK_PAIN

pytestmark = [pytest.mark.torture, pytest.mark.browser]
DENSE = ("workwell-ncl", "iwork")
"""Listings whose drafts hold all texts in every list."""
ADMIN_PARTS = ("audit", "organisations", "people", "synonyms", "questions", "taxonomies")
WITHOUT_TEXTS = ("area", "who")
TYPED = "textarea, input:not([type=hidden], [type=checkbox], [type=radio])"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def test_no_hostile_text_runs_on_any_page(tmp_path: Path) -> None:
    with hostile_site(tmp_path) as site, chromium() as browser:
        faults = [
            *_on_public_pages(site, browser),
            *_on_pages_of_drafts(site, browser),
            *_on_pages_of_the_team(site, browser),
            *_in_what_is_typed(site, browser),
            *_in_data(site),
        ]
        assert faults == []


def test_what_a_page_would_let_through_is_noticed() -> None:
    unnoticed = []
    with chromium() as browser:
        for text in TEXTS[:ELEMENTS]:
            with watched(browser, "http://raw.example") as seen:
                _answer_with(seen, f"<!doctype html><body><main>{text.replace('%d', '1')}</main>")
                seen.open("/")
                unnoticed += [] if seen.faults else [text]
    assert unnoticed == []


def _answer_with(seen: Watched, html: str) -> None:
    """Every address that the page asks for is answered with this."""

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html")

    seen.page.route("**/*", answer)


def _on_public_pages(site: Site, browser: Browser) -> list[str]:
    with watched(browser, site.address) as seen:
        for slug in sorted(published_seed().listings):
            seen.open(f"/services/{slug}")
        for slug in DENSE:
            seen.open(f"/services/{slug}/print")
            seen.open(f"/services/{slug}/referral")
        for query in ("", "?q=back+pain", "?q=alert", "?q=script&page=2", "?q=onerror", "?q=svg"):
            seen.open(f"/services{query}")
        _go_through_the_check(seen)
        return _told("public pages", seen)


def _go_through_the_check(seen: Watched) -> None:
    visit = Visit(seen.page)
    visit.begin()
    while visit.question != "results":
        seen.look()
        visit.answer(BACK_PAIN.get(visit.question, "not_sure"))
    seen.look()
    for path in ("/check/results/easy", "/check/results/text", "/check/answers"):
        seen.open(path)


def _on_pages_of_drafts(site: Site, browser: Browser) -> list[str]:
    """A draft that can be sent, one that came back with comments, and one that will not do at all."""
    with watched(browser, site.address, site.session()) as seen:
        for turn, slug in enumerate(DENSE, 7):
            write(site.engine, site.writer, slug, turn, each=len(lines(600)))
            for page in ("", "/preview", "/send", "/discard", "/history", "/history/1", "/history/2"):
                seen.open(f"/manage/{slug}{page}")
            send(site.engine, site.writer, slug)
            for path in ("/admin/approvals", f"/admin/approvals/{slug}", f"/manage/{slug}", f"/manage/{slug}/send"):
                seen.open(path)
            decide(signed_in_browser(site.app, ADMIN), slug, turn, accept=False)
            seen.open(f"/manage/{slug}")
        type_everything(signed_in_browser(site.app, ADMIN), LISTING)
        stale = 0
        for section in SECTIONS:
            seen.open(f"/manage/{LISTING}/edit/{section}")
            stale += _saved_in_vain(seen)
        assert stale >= len(SECTIONS) - len(WITHOUT_TEXTS)
        for path in ("", "/preview", "/send", "/discard"):
            seen.open(f"/manage/{LISTING}{path}")
        return _told("pages of drafts", seen)


def _saved_in_vain(seen: Watched) -> bool:
    """Saves the form of a section as somebody else would, and looks at the page with two versions of it."""
    seen.page.evaluate(
        """() => {
            const form = document.getElementById("edit");
            form.seen.value = "older";
            form.form.value = "another";
            for (const one of form.querySelectorAll("textarea, input[type=text]")) one.value = `Mine. ${one.value}`;
        }"""
    )
    with seen.page.expect_navigation():
        seen.page.get_by_role("button", name="Save", exact=True).last.click()
    seen.look("two versions")
    return seen.page.get_by_text("Both versions are below").count() > 0


def _on_pages_of_the_team(site: Site, browser: Browser) -> list[str]:
    organisations = sorted(published_seed().organisations)
    paths = [
        *("/manage", "/manage/people", f"/manage/people/{ORGANISATION}", "/account", "/account/invite"),
        *("/admin", *(f"/admin/{part}" for part in ADMIN_PARTS)),
        *(f"/admin/organisations/{slug}" for slug in organisations[:12]),
        *(f"/admin/questions/{id_}" for id_ in ("goals", "age", "conditions", "work_status")),
        *(f"/admin/audit?kind={kind}" for kind in ("listing", "organisation", "question", "person")),
    ]
    with watched(browser, site.address, site.session()) as seen:
        for path in paths:
            seen.open(path)
        for place in range(5):
            seen.open("/admin/synonyms?q=alert")
            with seen.page.expect_navigation():
                seen.page.locator("main a[href*='means=']").nth(place).click()
            seen.look()
        while (older := seen.page.get_by_role("link", name="Older")).count() and seen.opened < len(paths) + 8:
            seen.open(older.first.get_attribute("href") or "")
        return _told("pages of the directory team", seen)


def _in_what_is_typed(site: Site, browser: Browser) -> list[str]:
    """Forms that are filled with hostile texts and sent: what is refused stands on the page again."""
    forms = [
        "/admin/synonyms/new",
        "/admin/organisations/new",
        f"/admin/organisations/{ORGANISATION}",
        "/admin/questions/goals",
        "/admin/taxonomies/find_job",
        "/account/invite",
        "/admin/people/invite",
        f"/manage/{LISTING}/availability",
        "/admin/audit",
        "/manage",
        "/admin/synonyms",
    ]
    with watched(browser, site.address, site.session()) as seen:
        for path in forms:
            for text in lines(600)[:4]:
                seen.page.goto(path)
                _fill_and_send(seen, text)
                seen.look(f"{path} (filled in)")
        return _told("forms that were filled in", seen)


def _fill_and_send(seen: Watched, text: str) -> None:
    with seen.page.expect_navigation():
        seen.page.evaluate(
            """([typed, text]) => {
                const forms = [...document.querySelectorAll("main form")];
                const form = forms.find(one => one.querySelector(typed));
                for (const one of form.querySelectorAll(typed)) one.value = text;
                form.submit();
            }""",
            [TYPED, text],
        )


def _in_data(site: Site) -> list[str]:
    """What programs read is told to be data, and no cell of a table is a formula."""
    browser, faults = signed_in_browser(site.app, ADMIN), []
    asked = {"answers": {"goals": ["keep_job"], "lives_in": "camden"}}
    for response in (
        browser.get("/api/v1/search?q=alert"),
        browser.get("/api/v1/questions"),
        browser.client.post("/api/v1/recommendations", json=asked),
    ):
        json.loads(response.text)
        if response.mimetype != "application/json" or response.headers["X-Content-Type-Options"] != "nosniff":
            faults.append(f"{response.request.path}: {response.headers}")
    trail = browser.get("/admin/audit.csv")
    if trail.mimetype != "text/csv" or "attachment" not in trail.headers["Content-Disposition"]:
        faults.append(f"audit.csv: {trail.headers}")
    rows = list(csv.reader(StringIO(trail.text.lstrip("\ufeff"))))
    faults += [f"a formula in {row}" for row in rows for cell in row if cell.startswith(FORMULA)]
    return faults + ([] if len(rows) > len(published_seed().listings) else ["the trail is too short"])


def _told(where: str, seen: Watched) -> list[str]:
    print(f"{where}: {seen.opened} opened, hostile texts on {seen.held}", flush=True)
    return seen.faults
