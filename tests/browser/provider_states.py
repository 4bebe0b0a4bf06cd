"""States of the pages of whoever looks after a listing."""

from collections.abc import Callable, Mapping

from app.current import CATALOGUE
from tests.browser.behind_the_login import (
    MINE,
    TEAM,
    At,
    changed_meanwhile,
    now,
    overdue,
    paused,
    returned,
    sent,
    two_versions,
    unfinished,
)
from tests.browser.people import comes
from tests.editing import publish_beside
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    SECOND,
    STRANGER,
)


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


def an_overdue_page(at: At) -> None:
    overdue(at)
    assert comes(at.page, f"/services/{LISTING}", "Not confirmed lately")


def a_referral_text_of_an_overdue_page(at: At) -> None:
    overdue(at)
    assert comes(at.page, f"/services/{LISTING}/referral", "Not confirmed lately")


def a_paused_listing(at: At) -> None:
    paused(at)
    at.enter(EDITOR, MINE)


PROVIDER_STATES: Mapping[str, Callable[[At], None]] = {
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
        an_overdue_page,
        a_referral_text_of_an_overdue_page,
        a_paused_listing,
    )
}
