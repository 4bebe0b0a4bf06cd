"""Who can use a service, entered by clicking: with and without JavaScript, and with what it does beside it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page, expect

from app.actions.editing import drafts
from app.actions.editing.drafts import Typed
from app.actions.today import today
from app.current import ENGINE
from app.directory.editing.edited import digest
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from app.directory.editing.rule_periods import rule_on, with_rule
from tests.browser.axe import PHONE_AND_DESK, no_faults
from tests.browser.conftest import Visits, served
from tests.browser.visit import too_wide
from tests.seeds import seed_catalogue
from tests.web.manage_site import ADMIN, manage_site, signed_in_as, signed_in_browser

pytestmark = pytest.mark.browser
WORKWELL, ICOPE, EQUALS, MACMILLAN = "workwell-ncl", "icope", "enfield-equals", "macmillan-work-support"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def visits(chromium: Chromium, site: Flask) -> Iterator[Visits]:
    with served(site) as address:
        yield Visits(chromium, address)


def enter(page: Page, site: Flask, listing: str) -> Page:
    """The form, as somebody of the directory team sees it."""
    page.set_default_timeout(20_000)
    page.goto("/account/login")
    cookie = signed_in_browser(site, ADMIN).cookie
    page.context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    page.goto(f"/manage/{listing}/edit/who")
    return page


def now_in(site: Flask, listing: str) -> EditedRule:
    engine = site.extensions[ENGINE]
    return rule_on(drafts.managed(engine, signed_in_as(engine, ADMIN), listing).edited, today())


def begin_without_rules(site: Flask, listing: str) -> None:
    engine = site.extensions[ENGINE]
    who = signed_in_as(engine, ADMIN)
    before = drafts.managed(engine, who, listing)
    rules = with_rule(before.edited, today(), EditedRule()).rules
    typed = Typed("who", {"rules": rules}, digest(before.edited, "who"), "")
    drafts.save(engine, who, listing, typed, datetime.now(UTC))


@dataclass(frozen=True)
class Clicks:
    """Somebody who clicks a rule together."""

    page: Page

    def line(self, place: str, condition: EditedCondition) -> None:
        """Adds a line and fills it in. What the directory assumes, they say themselves."""
        questionnaire = seed_catalogue().questionnaire
        assumed = questionnaire.assumptions.get(condition.assume)
        question = assumed.question if assumed else condition.question
        here = self.page.locator(f"#{place} .app-row")
        number = here.count()
        self.page.locator(f"#{place}-add").select_option(question or "ask")
        self.page.locator(f'button[value="add-{place}"]').click()
        line = self.page.locator(f"#{place}-{number}")
        expect(line).to_be_visible()
        if question and questionnaire[question].kind != "number":
            labels = {answer.id: answer.label for answer in questionnaire[question].answers}
            for id_ in condition.any_of:
                line.get_by_role("checkbox", name=labels[id_], exact=True).check()
        elif question:
            low = f"{assumed.at_least:g}" if assumed and assumed.at_least else condition.at_least
            line.get_by_label("From", exact=True).fill(low)
        else:
            line.get_by_label("What they should ask you").fill(condition.ask)
            line.get_by_label("The sentence that people read").fill(condition.text)

    def rule(self, rule: EditedRule) -> None:
        for condition in rule.everyone:
            self.line("who-everyone", condition)
        for number, route in enumerate(rule.routes):
            for condition in route:
                self.line(f"who-routes-{number}", condition)
        for part in ("exclusions", "made_for"):
            for condition in getattr(rule, part):
                self.line(f"who-{part}", condition)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Save", exact=True).click()


def asked(rule: EditedRule) -> list[list[tuple[str, ...]]]:
    """What is asked for in each part, without the words."""
    assumptions = seed_catalogue().questionnaire.assumptions

    def one(condition: EditedCondition) -> tuple[str, ...]:
        if assumed := assumptions.get(condition.assume):
            return (assumed.question, f"{assumed.at_least:g}", "")
        return (condition.question, condition.at_least, condition.below, condition.ask, *sorted(condition.any_of))

    parts = (rule.everyone, *rule.routes, rule.exclusions, rule.made_for)
    return [[tuple(filter(None, one(condition))) for condition in part] for part in parts]


@pytest.mark.parametrize(
    ("listing", "javascript"), [(WORKWELL, True), (ICOPE, True), (EQUALS, True), (MACMILLAN, False)]
)
def test_a_rule_is_clicked_together_from_nothing(visits: Visits, site: Flask, listing: str, javascript: bool) -> None:
    wanted = now_in(site, listing)
    begin_without_rules(site, listing)
    with visits.visit(375 if listing == ICOPE else 1280, javascript=javascript) as visit:
        page = enter(visit.page, site, listing)
        Clicks(page).rule(wanted)
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
        assert asked(now_in(site, listing)) == asked(wanted)


def first_answers(page: Page) -> Locator:
    page.locator("#who-routes-0-0 summary").first.click()
    return page.locator("#who-routes-0-0")


def saved(page: Page) -> None:
    expect(page.locator("[data-told]")).to_have_text(re.compile("Saved"))


def test_what_it_does_is_made_anew_beside_it_and_undone(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site, WORKWELL)
        undo = page.get_by_role("button", name="Undo the last change")
        expect(undo).to_be_hidden()
        first_answers(page).get_by_role("checkbox", name="Enfield").uncheck()
        without = "For people who live in Barnet, Camden, Haringey or Islington."
        expect(page.locator("#who-routes-0-0 .app-line__sentence")).to_have_text(without)
        expect(page.locator("#beside").get_by_text(without).first).to_be_visible()
        expect(page.locator("#beside").get_by_role("heading", name="What this changes for people")).to_be_visible()
        page.get_by_role("button", name=re.compile("Take out the whole way in 2")).click()
        expect(page.locator("#who-routes-1")).to_have_count(0)
        expect(page.locator("#who-routes")).to_be_focused()
        undo.click()
        expect(page.locator("#who-routes-1")).to_be_visible()
        undo.click()
        expect(page.locator("#who-routes-0-0 .app-line__sentence")).to_contain_text("Enfield")
        expect(undo).to_be_hidden()


def test_a_new_line_has_the_focus_and_is_kept_when_the_page_saves_itself(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site, WORKWELL)
        page.locator("#who-exclusions-add").select_option("age")
        page.locator('button[value="add-who-exclusions"]').click()
        line = page.locator("#who-exclusions-0")
        expect(line.get_by_label("From", exact=True)).to_be_focused()
        page.keyboard.type("67")
        expect(line.locator(".app-line__sentence")).to_have_text("Not for people aged 67 and over.")
        page.reload()
        expect(line.locator(".app-line__sentence")).to_have_text("Not for people aged 67 and over.")


def test_who_was_faster_is_told_of_on_the_whole_page(visits: Visits, site: Flask) -> None:
    with visits.visit() as visit:
        page = enter(visit.page, site, WORKWELL)
        begin_without_rules(site, WORKWELL)
        with page.expect_navigation():
            page.locator('button[value="out-who-everyone-0"]').click()
        expect(page.get_by_text("Both versions are below.")).to_be_visible()
        visit.complaints.clear()


# States


def as_it_stands(page: Page, site: Flask) -> None:
    enter(page, site, WORKWELL)
    for summary in page.locator("#edit .app-row > details > summary").all():
        summary.click()


def with_mistakes(page: Page, site: Flask) -> None:
    enter(page, site, ICOPE)
    page.locator("#who-everyone-add").select_option("situation")
    page.locator('button[value="add-who-everyone"]').click()
    expect(page.locator("#who-everyone-2")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("One thing to put right")).to_be_visible()


def with_people_left_out(page: Page, site: Flask) -> None:
    enter(page, site, WORKWELL)
    first_answers(page).get_by_role("checkbox", name="Enfield").uncheck()
    expect(page.locator("#impact")).to_be_visible()


def two_versions(page: Page, site: Flask) -> None:
    enter(page, site, WORKWELL)
    begin_without_rules(site, WORKWELL)
    with page.expect_navigation():
        page.locator('button[value="out-who-everyone-0"]').click()


STATES: dict[str, Callable[[Page, Flask], None]] = {
    "as it stands, opened": as_it_stands,
    "with mistakes": with_mistakes,
    "with people left out": with_people_left_out,
    "two versions": two_versions,
}


@pytest.mark.parametrize("state", STATES)
def test_no_violations_and_nothing_sideways(visits: Visits, site: Flask, state: str) -> None:
    with visits.visit(375) as visit:
        STATES[state](visit.page, site)
        assert too_wide(visit.page, 375) == []
        no_faults(visit.page, PHONE_AND_DESK)
        visit.complaints.clear()
