"""Every kind of page, and every state of the check: by name, how a visitor comes there."""

from collections.abc import Callable, Mapping

from tests.browser.visit import Visit
from tests.web.site import BACK_PAIN, Answers

OUTSIDE: Answers = {"lives_in": "outside_ncl", "gp_borough": "outside_ncl"}
TOO_YOUNG: Answers = {
    "lives_in": "haringey",
    "gp_borough": "haringey",
    "work_status": "student",
    "age": "15",
    "health": "no",
    "situation": ["none"],
    "benefits": ["none"],
    "goals": ["find_job"],
}


def at(address: str) -> Callable[[Visit], object]:
    return lambda visit: visit.page.goto(address)


def within(address: str, person: str = "me") -> Callable[[Visit], object]:
    """A page of a check that was just begun."""

    def come(visit: Visit) -> None:
        visit.begin(person)
        visit.page.goto(address)

    return come


def refused(address: str) -> Callable[[Visit], object]:
    """A question that was left without an answer."""

    def come(visit: Visit) -> None:
        within(address)(visit)
        visit.go_on()
        assert visit.page.title().startswith("Error: ")

    return come


def results_for(answers: Answers, heading: str) -> Callable[[Visit], object]:
    """The results with everything unfolded."""

    def come(visit: Visit) -> None:
        visit.go_through(answers)
        assert visit.page.locator("h1").inner_text() == heading
        unfold(visit)

    return come


def for_one_person(visit: Visit) -> None:
    """A search with what is known of a patient, and everything unfolded."""
    visit.page.goto("/services?q=back+pain")
    unfold(visit)
    visit.page.select_option("#glance-lives_in", "camden")
    visit.page.check("#glance-conditions-back_or_neck")
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Mark what fits").click()
    unfold(visit)


def refused_person(visit: Visit) -> None:
    visit.page.goto("/services?q=back+pain")
    unfold(visit)
    visit.page.fill("#glance-postcode", "nowhere")
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Mark what fits").click()
    assert visit.page.title().startswith("Error: ")


def unfold(visit: Visit) -> None:
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def early_results(visit: Visit) -> None:
    visit.begin()
    visit.page.goto("/check/results")
    assert "More answers could still change this list." in visit.page.content()


def after_results(address: str) -> Callable[[Visit], object]:
    """A page for somebody with results."""

    def come(visit: Visit) -> None:
        visit.go_through(BACK_PAIN)
        visit.page.goto(address)
        unfold(visit)

    return come


def postcode_of_another_place(visit: Visit) -> None:
    within("/check/lives_in")(visit)
    visit.page.fill("#postcode", "M1 1AE")
    visit.go_on()
    assert "We do not know which borough" in visit.page.content()


def refused_at_the_start(visit: Visit) -> None:
    visit.page.goto("/check")
    visit.go_on()


def start_with_another_under_way(visit: Visit) -> None:
    visit.begin()
    visit.page.goto("/check")
    assert "You have a check under way." in visit.page.content()


def changing(visit: Visit) -> None:
    after_results("/check/answers")(visit)
    visit.page.get_by_role("link", name="Change").first.click()


def dropped(visit: Visit) -> None:
    visit.begin()
    visit.page.goto("/check/disabled")
    visit.answer("yes")
    visit.page.goto("/check/health?from=answers")
    visit.answer("no")
    assert "You changed an answer." in visit.page.content()


def other_check(visit: Visit) -> None:
    visit.begin("patient")
    first = visit.page.url
    visit.begin("patient")
    visit.page.goto(first)
    assert visit.page.locator("h1").inner_text() == "This page belongs to an earlier check"


def other_check_answered(visit: Visit) -> None:
    visit.two_tabs()
    visit.page.check("main input[value=not_sure]")
    visit.go_on()
    assert visit.page.locator("h1").inner_text() == "We did not save that answer"


def answers_lost(visit: Visit) -> None:
    visit.begin()
    visit.page.context.clear_cookies()
    visit.answer("not_sure")
    assert "Your earlier answers are gone." in visit.page.content()


def deleted(visit: Visit) -> None:
    visit.begin()
    visit.page.get_by_role("button", name="Delete my answers now").click()


CHECK: dict[str, Callable[[Visit], object]] = {
    "start": at("/check"),
    "start, answers gone": at("/check?cleared=1"),
    "start, another check under way": start_with_another_under_way,
    "start, error": refused_at_the_start,
    "question, one answer": within("/check/work_status"),
    "question, home": within("/check/lives_in"),
    "question, several answers": within("/check/conditions"),
    "question, number": within("/check/age"),
    "question for a patient": within("/check/health", "patient"),
    "question for somebody's employee": within("/check/goals", "employee"),
    "error, one answer": refused("/check/lives_in"),
    "error, postcode of another place": postcode_of_another_place,
    "error, several answers": refused("/check/situation"),
    "error, number": refused("/check/age"),
    "answers": after_results("/check/answers"),
    "answers, changing one": changing,
    "answers, some dropped": dropped,
    "results, fits": results_for(BACK_PAIN, "This fits you best"),
    "results, may fit": results_for({}, "This may fit you"),
    "results, outside the area": results_for(OUTSIDE, "This may help you"),
    "results, nothing fits": results_for(TOO_YOUNG, "Talk to one of these people"),
    "results, early": early_results,
    "results, as a text": after_results("/check/results/text"),
    "results, easy to read": after_results("/check/results/easy"),
    "urgent": results_for({"goals": ["urgent_help"]}, "Get help now"),
    "delete": within("/check/delete"),
    "deleted": deleted,
    "other check": other_check,
    "other check, answered": other_check_answered,
    "answers lost": answers_lost,
    "check, 404": at("/check/nowhere"),
}
PAGES: Mapping[str, Callable[[Visit], object]] = CHECK | {
    "home": at("/"),
    "search": at("/services?q=pain&borough=camden"),
    "search, danger": at("/services?q=suicide"),
    "search, closed": at("/services?q=fit+for+work"),
    "search for one person": for_one_person,
    "search for one person, refused": refused_person,
    "professionals": at("/professionals"),
    "developers": at("/developers"),
    "listing": at("/services/workwell-ncl"),
    "listing, closed": at("/services/fit-for-work"),
    "listing, to print": at("/services/workwell-ncl/print"),
    "referral": at("/services/workwell-ncl/referral"),
    "referral, check first": at("/services/iwork/referral"),
    "referral, codes": at("/services/social-prescribing-link-worker/referral"),
    "referral, closed": at("/services/fit-for-work/referral"),
    "referral from results": after_results("/services/workwell-ncl/referral"),
    "listing from results": after_results("/services/workwell-ncl"),
    "404": at("/nowhere"),
    "privacy": at("/privacy"),
    "accessibility": at("/accessibility"),
    "sign in": at("/account/login"),
    "forgotten password": at("/account/reset"),
}
