"""One visitor in a real browser."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.web.site import Answers

EXPECTED = ("status of 4", "status of 5")
"""Chromium reports every error page on the console."""


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
        if self.page.locator("input#answer[type=text]").count() and isinstance(answer, str) and answer.isdigit():
            self.page.fill("#answer", answer)
        else:
            for value in answer if isinstance(answer, list) else [answer]:
                self.page.check(f"main input[value={value}]")
        self.go_on()

    def go_through(self, answers: Answers) -> None:
        """Answers what is asked, "not sure" to what is not in ``answers``, until the results come."""
        self.begin()
        while self.question != "results":
            self.answer(answers.get(self.question, "not_sure"))
