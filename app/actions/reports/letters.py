"""The e-mails about reports. What a stranger wrote is quoted as plain text, and the reporter is named to nobody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.actions.reports.answering import Answered
from app.actions.reports.taking import Taken
from app.actions.today import LONDON
from app.directory.reports import ABOUT, Outcome, quoted
from app.mail import Letter

FOOT = "No Wrong Door: health and work in North Central London"
MOST_NAMED = 20
"""In one letter. The page that it leads to has all."""
CAME_OF_IT: Mapping[Outcome, str] = {
    "put_right": "Those who look after the page have put it right. Thank you.",
    "was_right": "Those who look after the page checked it. They say that it was right already. Thank you.",
    "no_report": "Those who look after the page read it. They say that it is nothing they can put right.",
}


@dataclass(frozen=True)
class Unanswered:
    """A report that waits, of the listing of this name."""

    name: str
    slug: str
    reported_at: datetime


def report_letter(to: str, site: str, taken: Taken) -> Letter:
    """To whoever looks after the listing. ``site`` is that of the settings."""
    return _letter(
        to,
        f"Somebody says that something is wrong: {taken.name}",
        f"A reader says that something is wrong on the page “{taken.name}”.",
        f"What it is about: {ABOUT[taken.about]}",
        quoted(taken.text),
        "Anybody can write to us in this way. Take care with links that a stranger sends.",
        "Open this page to answer. If the page is wrong, you can change it there too:",
        f"{site}/manage/{taken.slug}/reports",
        "If nobody answers within 14 days, we ask the directory team to look at it.",
    )


def answered_letter(to: str, site: str, answered: Answered) -> Letter:
    """To the reporter. What is no report for us is not repeated: the address may be that of somebody else."""
    return _letter(to, f"What came of your report: {answered.name}", *_told(site, answered))


def unanswered_letter(to: str, site: str, waiting: Sequence[Unanswered]) -> Letter:
    """To an admin: one list of all."""
    number = len(waiting)
    what = "One report has" if number == 1 else f"{number} reports have"
    named = [f"- {one.name}, reported on {_day(one.reported_at)}" for one in waiting[:MOST_NAMED]]
    more = [f"- and {number - MOST_NAMED} more"] if number > MOST_NAMED else []
    return _letter(
        to,
        f"{what} waited for 14 days",
        f"{what} waited for an answer for 14 days or longer:",
        "\n".join([*named, *more]),
        "Please ask the organisation, or answer yourself. Open this page to see them all:",
        f"{site}/admin/reports",
    )


def _told(site: str, answered: Answered) -> Iterator[str]:
    yield f"You told us that something is wrong on the page “{answered.name}”."
    if answered.outcome != "no_report":
        yield f"You wrote:\n{quoted(answered.text)}"
    yield CAME_OF_IT[answered.outcome]
    if answered.answer:
        yield f"They wrote to you:\n{quoted(answered.answer)}"
    yield f"This is the page:\n{site}/services/{answered.slug}"
    yield "We have deleted your email address from the report. This is the only email that you get about it."


def _day(moment: datetime) -> str:
    day = moment.astimezone(LONDON)
    return f"{day.day} {day:%B %Y}"


def _letter(to: str, subject: str, *paragraphs: str) -> Letter:
    return Letter(to, " ".join(subject.split()), "\n\n".join((*paragraphs, FOOT)) + "\n")
