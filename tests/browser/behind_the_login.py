"""Every page behind the log-in, and every state of one that no other file looks at, each for one person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import Engine
from sqlmodel import select

from app.actions import availability
from app.actions.availability import Typed
from app.actions.editing import drafts
from app.actions.editing.review import review
from app.current import CATALOGUE, ENGINE
from app.database import reading, writing
from app.models import UserAccount
from tests.editing import decide, publish_beside, write
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    ORGANISATION,
    OTHER_ADMIN,
    OTHER_LISTING,
    OWNER,
    SECOND,
    STRANGER,
    signed_in_as,
    signed_in_browser,
)

MINE = f"/manage/{LISTING}"
TEAM = f"/manage/people/{ORGANISATION}"
REVIEW = f"/admin/approvals/{LISTING}"
JOB = "/admin/synonyms/meaning?means=find+a+job"
SUMMARY = "Two Work and Health coaches help you start work, stay in work, or go back after time off sick."

PAGES: Mapping[str, Mapping[str, str]] = {
    OWNER: {
        "manage.listing": MINE,
        "manage.availability": f"{MINE}/availability",
        "manage.history": f"{MINE}/history",
        "manage.version": f"{MINE}/history/1",
        "manage.people_home": "/manage/people",
        "manage.leave_team": f"{TEAM}/leave",
    },
    ADMIN: {
        "admin.home": "/admin",
        "manage.listings": "/manage",
        "manage.people": TEAM,
        "manage.member": f"{TEAM}/<id of editor>",
        "admin.approvals": "/admin/approvals",
        "admin.people": "/admin/people",
        "admin.person": "/admin/people/<id of editor>",
        "admin.delete_account": "/admin/people/<id of editor>/delete",
        "admin.invite_admin": "/admin/people/invite",
        "admin.organisations": "/admin/organisations",
    },
    OTHER_ADMIN: {
        "admin.organisation": f"/admin/organisations/{ORGANISATION}",
        "admin.new_organisation": "/admin/organisations/new",
        "admin.synonyms": "/admin/synonyms",
        "admin.synonym": JOB,
        "admin.new_synonym": "/admin/synonyms/new",
        "admin.take_out_synonym": "/admin/synonyms/meaning/take-out?means=find+a+job",
        "admin.questions": "/admin/questions",
        "admin.question": "/admin/questions/health",
        "admin.taxonomies": "/admin/taxonomies",
        "admin.taxonomy_term": "/admin/taxonomies/find_job",
        "admin.audit_trail": "/admin/audit",
    },
}
"""Whoever opens it, the endpoint, and its address."""

ELSEWHERE = frozenset(
    {
        "account.code",
        "account.enrol",
        "account.home",
        "account.invite",
        "account.link",
        "account.login",
        "account.reset",
        "admin.approval",
        "admin.audit_csv",
        "admin.coverage",
        "admin.coverage_csv",
        "manage.discard",
        "manage.preview",
        "manage.section",
        "manage.send",
    }
)
"""Those that another file opens, or that are no page."""


@dataclass(frozen=True)
class At:
    """Somebody's page in a browser."""

    page: Page
    site: Flask

    @property
    def engine(self) -> Engine:
        engine: Engine = self.site.extensions[ENGINE]
        return engine

    def enter(self, email: str, address: str) -> None:
        """Opens the page as this person, who is signed in."""
        if self.page.url == "about:blank":
            self.page.goto("/account/login")
        cookie = signed_in_browser(self.site, email).cookie
        self.page.context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
        self.page.goto(address.replace("<id of editor>", self.id_of(EDITOR)))

    def id_of(self, email: str) -> str:
        with reading(self.engine) as session:
            return str(session.exec(select(UserAccount).where(UserAccount.email == email)).one().id)

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def write(self, email: str = EDITOR, **fields: Any) -> None:
        write(self.engine, signed_in_as(self.engine, email), LISTING, now=now(), **fields)

    def send(self, email: str = EDITOR) -> None:
        who = signed_in_as(self.engine, email)
        drafts.send(self.engine, who, LISTING, drafts.managed(self.engine, who, LISTING).seen, now())

    def decide(self, *, returned: str = "") -> None:
        """An admin accepts everything; or sends everything back, and says why."""
        admin = signed_in_as(self.engine, ADMIN)
        found = review(self.engine, admin, LISTING).changes if returned else ()
        decide(self.engine, admin, LISTING, returned={one.id: returned for one in found}, now=now())


def now() -> datetime:
    return datetime.now(UTC)


def sent(at: At, email: str = EDITOR) -> None:
    at.write(email, summary=SUMMARY)
    at.send(email)


def returned(at: At) -> None:
    sent(at)
    at.decide(returned="Please say where the coaches are.")


def changed_meanwhile(at: At) -> None:
    at.write(summary=SUMMARY)
    publish_beside(at.engine, LISTING, "A coach helps people who are ill to find work.", now())


def unfinished(at: At) -> None:
    at.write(summary="", name="")


def two_versions(at: At) -> None:
    sent(at)
    at.decide()


def paused(at: At) -> None:
    who = signed_in_as(at.engine)
    stands = availability.stands(at.engine, who, LISTING)
    seen = availability.digest(stands.said)
    until = now() + timedelta(days=30)
    typed = Typed("paused", "", "Our team is small.", day=str(until.day), month=str(until.month), year=str(until.year))
    availability.say(at.engine, who, LISTING, typed, seen, now())


def a_listing_that_waits(at: At) -> None:
    sent(at)
    at.enter(EDITOR, MINE)


def a_listing_that_came_back(at: At) -> None:
    returned(at)
    at.enter(EDITOR, MINE)


def a_section_that_came_back(at: At) -> None:
    returned(at)
    at.enter(EDITOR, f"{MINE}/edit/about")


def a_listing_that_was_changed_meanwhile(at: At) -> None:
    changed_meanwhile(at)
    at.enter(EDITOR, MINE)


def a_listing_that_has_closed(at: At) -> None:
    catalogue = at.site.extensions[CATALOGUE].get()
    closed = next(one.id for one in catalogue.listings.values() if one.status == "closed")
    at.enter(ADMIN, f"/manage/{closed}")


def sending_too_early(at: At) -> None:
    unfinished(at)
    at.enter(EDITOR, f"{MINE}/send")


def previewing_too_early(at: At) -> None:
    unfinished(at)
    at.enter(EDITOR, f"{MINE}/preview")


def sending_again(at: At) -> None:
    sent(at)
    at.enter(EDITOR, f"{MINE}/send")


def saving_what_waits(at: At) -> None:
    at.enter(SECOND, f"{MINE}/edit/offers")
    sent(at)
    at.page.get_by_role("textbox").first.fill("Mine.")
    at.press("Save")


def a_restore_beside_a_draft(at: At) -> None:
    two_versions(at)
    at.write(summary="Again something new.")
    at.enter(EDITOR, f"{MINE}/history/1")
    at.press("Bring this version back")


def a_version_that_was_public(at: At) -> None:
    two_versions(at)
    at.enter(EDITOR, f"{MINE}/history/1")
    at.page.locator("summary", has_text="How the page differs today").click()


def a_restored_draft(at: At) -> None:
    two_versions(at)
    at.enter(EDITOR, f"{MINE}/history/1")
    at.press("Bring this version back")


def a_long_history(at: At) -> None:
    for number in range(3):
        publish_beside(at.engine, LISTING, f"{number} coaches.", now())
    two_versions(at)
    at.enter(EDITOR, f"{MINE}/history")


def somebody_elses(at: At) -> None:
    at.enter(STRANGER, MINE)


def my_listings_in_vain(at: At) -> None:
    at.enter(ADMIN, "/manage?q=nonsense")


def my_few_listings(at: At) -> None:
    returned(at)
    at.enter(EDITOR, "/manage")


def the_team_without_rights(at: At) -> None:
    at.enter(EDITOR, TEAM)


def the_admin_pages_without_rights(at: At) -> None:
    at.enter(EDITOR, "/admin")


def nowhere(at: At) -> None:
    at.enter(EDITOR, "/manage/nowhere")


def availability_refused(at: At) -> None:
    at.enter(EDITOR, f"{MINE}/availability")
    at.page.get_by_role("radio", name="Not taking referrals").check()
    at.page.get_by_role("textbox", name="Day").fill("31")
    at.page.get_by_role("textbox", name="Month").fill("2")
    at.press("Make it public now")


def availability_said_meanwhile(at: At) -> None:
    at.enter(EDITOR, f"{MINE}/availability")
    paused(at)
    at.page.locator("input[value=taking]").check()
    at.press("Make it public now")


def a_paused_listing(at: At) -> None:
    paused(at)
    at.enter(EDITOR, MINE)


def a_review_of_many_changes(at: At) -> None:
    at.write(summary=SUMMARY)
    at.write(languages=("Bengali", "Turkish"), access=("There is a lift.",))
    at.write(hours=tuple({"day": "monday", "opens": "9am", "closes": "17:00"} for _ in range(1)))
    at.write(status="closed", status_note="It closed.", closed="2026-10", successors=(OTHER_LISTING,))
    at.send()
    at.enter(ADMIN, REVIEW)


def a_review_refused(at: At) -> None:
    a_review_of_many_changes(at)
    at.page.get_by_role("radio", name="Send back").first.check()
    at.press("Save what I decided")


def a_review_that_moved(at: At) -> None:
    sent(at)
    at.enter(ADMIN, REVIEW)
    drafts.take_back(at.engine, signed_in_as(at.engine), LISTING, now())
    at.write(summary="Other words.")
    at.send()
    at.page.get_by_role("radio", name="Send back").first.check()
    at.page.get_by_label("Comment on “Summary”").fill("Which one?")
    at.press("Save what I decided")


def a_review_that_is_over(at: At) -> None:
    sent(at)
    at.enter(ADMIN, REVIEW)
    drafts.take_back(at.engine, signed_in_as(at.engine), LISTING, now())
    at.page.get_by_role("radio", name="Send back").first.check()
    at.page.get_by_label("Comment on “Summary”").fill("Which one?")
    at.press("Save what I decided")


def a_review_of_ones_own(at: At) -> None:
    sent(at, ADMIN)
    at.enter(ADMIN, REVIEW)


def a_review_by_the_only_admin(at: At) -> None:
    with writing(at.engine) as session:
        other = session.exec(select(UserAccount).where(UserAccount.email == OTHER_ADMIN)).one()
        other.directory_admin = False
        session.add(other)
    a_review_of_ones_own(at)


def a_review_of_a_page_that_moved(at: At) -> None:
    changed_meanwhile(at)
    at.send()
    at.enter(ADMIN, REVIEW)


def a_decision(at: At) -> None:
    sent(at)
    at.enter(ADMIN, REVIEW)
    at.press("Accept all changes")


def a_word_that_is_known(at: At) -> None:
    at.enter(ADMIN, "/admin/synonyms?q=job")


def a_word_that_is_not_known(at: At) -> None:
    at.enter(ADMIN, "/admin/synonyms?q=zebra")


def a_new_meaning_refused(at: At) -> None:
    at.enter(ADMIN, "/admin/synonyms/new")
    at.press("Add it")


def a_meaning_refused(at: At) -> None:
    at.enter(ADMIN, JOB)
    at.page.locator("[name=say]").fill("")
    at.press("Save")


def a_meaning_changed_meanwhile(at: At) -> None:
    at.enter(ADMIN, JOB)
    change_beside(at, "[name=say]", "job\nwork\nbread winning")
    at.page.locator("[name=say]").fill("job\nmy own words")
    at.press("Save")


def change_beside(at: At, field: str, text: str) -> None:
    """Another window of the same person is faster."""
    other = at.page.context.new_page()
    other.goto(at.page.url)
    other.locator(field).first.fill(text)
    with other.expect_navigation():
        other.get_by_role("button", name="Save", exact=True).click()
    other.close()


def a_question_refused(at: At) -> None:
    at.enter(ADMIN, "/admin/questions/health")
    at.page.locator("#text").fill("")
    at.press("See it as the public would")


def a_question_previewed(at: At) -> None:
    at.enter(ADMIN, "/admin/questions/health")
    at.press("See it as the public would")


def a_goal_refused(at: At) -> None:
    at.enter(ADMIN, "/admin/taxonomies/find_job")
    at.page.locator("main input[type=text]").first.fill("")
    at.press("Save")


def a_goal_changed_meanwhile(at: At) -> None:
    at.enter(ADMIN, "/admin/taxonomies/find_job")
    change_beside(at, "main input[type=text]", "Find some paid work")
    at.page.locator("main input[type=text]").first.fill("Get work")
    at.press("Save")


def an_organisation_refused(at: At) -> None:
    at.enter(ADMIN, f"/admin/organisations/{ORGANISATION}")
    at.page.get_by_label("Name", exact=True).fill("")
    at.press("Save. Everybody sees it at once")


def an_invitation_of_an_admin_refused(at: At) -> None:
    at.enter(ADMIN, "/admin/people/invite")
    at.page.get_by_role("main").get_by_role("button").click()


def a_role_refused(at: At) -> None:
    """They are the only owner."""
    at.enter(ADMIN, f"{TEAM}/{at.id_of(OWNER)}")
    at.page.get_by_role("radio", name="Editor").check()
    at.press("Save the role")


def ones_own_role(at: At) -> None:
    at.enter(OWNER, f"{TEAM}/{at.id_of(OWNER)}")


def leaving_refused(at: At) -> None:
    at.enter(OWNER, f"{TEAM}/leave")
    at.press("Leave Shaw Trust")


def a_trail_of_many(at: At) -> None:
    returned(at)
    paused(at)
    at.enter(ADMIN, "/admin/audit")


def a_trail_of_nothing(at: At) -> None:
    at.enter(ADMIN, "/admin/audit?who=nobody@example.org")


STATES: Mapping[str, Callable[[At], None]] = {
    one.__name__: one
    for one in (
        a_listing_that_waits,
        a_listing_that_came_back,
        a_section_that_came_back,
        a_listing_that_was_changed_meanwhile,
        a_listing_that_has_closed,
        sending_too_early,
        previewing_too_early,
        sending_again,
        saving_what_waits,
        a_restore_beside_a_draft,
        a_version_that_was_public,
        a_restored_draft,
        a_long_history,
        somebody_elses,
        my_listings_in_vain,
        my_few_listings,
        the_team_without_rights,
        the_admin_pages_without_rights,
        nowhere,
        availability_refused,
        availability_said_meanwhile,
        a_paused_listing,
        a_review_of_many_changes,
        a_review_refused,
        a_review_that_moved,
        a_review_that_is_over,
        a_review_of_ones_own,
        a_review_by_the_only_admin,
        a_review_of_a_page_that_moved,
        a_decision,
        a_word_that_is_known,
        a_word_that_is_not_known,
        a_new_meaning_refused,
        a_meaning_refused,
        a_meaning_changed_meanwhile,
        a_question_refused,
        a_question_previewed,
        a_goal_refused,
        a_goal_changed_meanwhile,
        an_organisation_refused,
        an_invitation_of_an_admin_refused,
        a_role_refused,
        ones_own_role,
        leaving_refused,
        a_trail_of_many,
        a_trail_of_nothing,
    )
}
