"""States of the pages of the directory team."""

from collections.abc import Callable, Mapping

from sqlmodel import select

from app.actions.editing import drafts
from app.database import writing
from app.models import UserAccount
from tests.browser.behind_the_login import (
    JOB,
    REVIEW,
    SUMMARY,
    TEAM,
    At,
    changed_meanwhile,
    now,
    overdue,
    paused,
    returned,
    sent,
)
from tests.web.manage_site import (
    ADMIN,
    LISTING,
    ORGANISATION,
    OTHER_ADMIN,
    OTHER_LISTING,
    OWNER,
    signed_in_as,
)


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


def pages_that_are_overdue(at: At) -> None:
    overdue(at)
    at.enter(ADMIN, "/admin/freshness")
    at.page.locator("summary").click()


ADMIN_STATES: Mapping[str, Callable[[At], None]] = {
    one.__name__: one
    for one in (
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
        pages_that_are_overdue,
    )
}
