"""One visitor in a real browser."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.web.site import Answers

EXPECTED = ("status of 4", "status of 5")
"""Chromium reports every error page on the console."""

TOO_WIDE = """
    width => document.documentElement.scrollWidth > width
        ? [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > width).map(one => one.outerHTML.slice(0, 100))
        : []
"""


@dataclass
class Visit:
    """A page, with what it complained about and every address that it called."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def noted(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(expected in text for expected in EXPECTED):
            self.complaints.append(text)

    def begin(self, person: str = "me") -> None:
        self.page.goto("/check")
        self.page.check(f"input[value={person}]")
        self.go_on()

    def two_tabs(self) -> None:
        """This tab asks about one patient, and a newer one about another."""
        self.begin("patient")
        newer = self.page.context.new_page()
        Visit(newer).begin("patient")
        newer.close()

    def go_on(self) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Continue").click()

    @property
    def question(self) -> str:
        """The id of the question on the page, or the page of the check that it is."""
        return self.page.url.partition("?")[0].rpartition("/")[2]

    def answer(self, answer: str | list[str]) -> None:
        for value in answer if isinstance(answer, list) else [answer]:
            self.page.check(f"main input[value='{self._band_of(value) if value.isdigit() else value}']")
        self.go_on()

    def _band_of(self, age: str) -> str:
        """The choice on the page in which somebody of this age finds themselves."""
        offered = [str(choice.get_attribute("value")) for choice in self.page.locator("main input[type=radio]").all()]
        bands = {band: band.split("-") for band in offered if band[0].isdigit()}
        return next(band for band, (low, high) in bands.items() if int(low) <= int(age) <= int(high))

    def go_through(self, answers: Answers) -> Answers:
        """Answers what is asked, "not sure" to what is not in ``answers``, until the results come.

        Gives what was answered.
        """
        person = str(answers.get("asking_for", "me"))
        given: Answers = {"asking_for": person}
        self.begin(person)
        while (question := self.question) != "results":
            given[question] = answers.get(question, "not_sure")
            self.answer(given[question])
        return given


def too_wide(page: Page, width: int) -> list[str]:
    """What is wider than the window, so that one has to scroll sideways."""
    found: list[str] = page.evaluate(TOO_WIDE, width)
    return found
