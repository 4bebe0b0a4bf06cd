"""Readers report what is wrong; a flood of spam reaches nobody; who looks after the page answers, or is reminded."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select, update

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import newest
from app.actions.editing.errors import EditError, NotYoursError
from app.actions.reports.answering import answer, reports_of
from app.actions.reports.errors import (
    AnsweredError,
    NoReportError,
    ReportMistakesError,
    TooFastError,
    TooManyError,
    TooOldError,
)
from app.actions.reports.letters import answered_letter, report_letter
from app.actions.reports.stamps import new_stamp
from app.actions.reports.taking import Sent, Taken, take
from app.actions.reports.telling import tell, tell_again
from app.actions.reports.unanswered import due_reports, escalate_reports
from app.actions.reports.waiting import all_waiting, open_reports
from app.actions.reports.wiping import wipe_reports
from app.database import reading, writing
from app.mail import Letter, MailError
from app.models import ListingReport, Service, row_id
from tests.accounts import KEY, NOW, after
from tests.editing import ADMIN, DOOR, EDITOR, OLD_DOOR, OTHER_DOOR, STRANGER, admin, editor, small_catalogue

SITE = "https://directory.example"
TEXT = "The phone number leads to a bakery."
REPORTER = "reader@example.net"
DAY = timedelta(days=1)
GOOD = Sent("contact", TEXT, stamp=new_stamp(KEY, DOOR, NOW - timedelta(seconds=30)))


@pytest.fixture(name="anne")
def somebody_who_looks_after_open_door(engine: Engine, tmp_path: Path) -> SignedIn:
    small_catalogue(engine, tmp_path)
    admin(engine)
    return editor(engine)


def report(
    engine: Engine,
    text: str = TEXT,
    *,
    slug: str = DOOR,
    email: str = "",
    address: str = "192.0.2.1",
    about: str = "contact",
    at: datetime = NOW,
    unseen: str = "",
    stamp: str | None = None,
) -> Taken | None:
    """As a person would: half a minute after they opened the form."""
    if stamp is None:
        stamp = new_stamp(KEY, slug, at - timedelta(seconds=30))
    return take(engine, KEY, slug, Sent(about, text, email, unseen, stamp), address, at)


def rows(engine: Engine) -> list[ListingReport]:
    with reading(engine) as session:
        return list(session.exec(select(ListingReport).order_by(col(ListingReport.reported_at))).all())


@pytest.mark.usefixtures("anne")
def test_a_report_goes_to_those_who_look_after_the_page_and_else_to_the_team(engine: Engine) -> None:
    taken = report(engine, "It says:\r\n<b>Call</b> https://evil.example\x00\u202e", email=f" {REPORTER} ")
    assert taken
    assert taken.readers == (EDITOR,)
    letter = report_letter(EDITOR, SITE, taken)
    assert "> It says:\n> <b>Call</b> https://evil.example\n" in letter.text
    assert f"{SITE}/manage/{DOOR}/reports" in letter.text
    assert REPORTER not in letter.text
    with writing(engine) as session:
        session.exec(update(Service).where(col(Service.slug) == OTHER_DOOR).values(organization_id=None))
    for_the_team = report(engine, slug=OTHER_DOOR)
    assert for_the_team
    assert for_the_team.readers == (ADMIN,)
    assert report(engine, slug=OLD_DOOR), "of a page that has closed, too"
    assert open_reports(engine, [DOOR, OLD_DOOR]) == {DOOR: 1, OLD_DOOR: 1}
    assert not any("192.0.2.1" in repr(row) for row in rows(engine))


@pytest.mark.usefixtures("anne")
def test_what_is_typed_is_checked_and_told_beside_its_field(engine: Engine) -> None:
    for fields, names in (
        ({"about": "", "text": ""}, ["about", "text"]),
        ({"text": "Wrong.   \u200b"}, ["text"]),
        ({"text": "x" * 1001}, ["text"]),
        ({"email": "me\nBcc: all@example.org"}, ["email"]),
    ):
        with pytest.raises(ReportMistakesError) as error:
            take(engine, KEY, DOOR, replace(GOOD, **fields), "192.0.2.1", NOW)
        assert [mistake.field for mistake in error.value.mistakes] == names
    assert report(engine, "é" * 500 + "\r\n" + "x" * 499)
    assert report(engine, "Ring\u00a0on\u202fMonday,\tthey\u2028say")
    assert [row.text for row in rows(engine)][1:] == ["Ring on Monday, they say"]


@pytest.mark.usefixtures("anne")
def test_what_only_machines_do_is_not_taken(engine: Engine) -> None:
    assert report(engine, unseen="Cheap watches") is None
    with pytest.raises(TooFastError):
        report(engine, stamp=new_stamp(KEY, DOOR, NOW - timedelta(seconds=2.9)))
    with pytest.raises(TooFastError):
        report(engine, stamp=new_stamp(KEY, DOOR, NOW + DAY))
    for stamp in (
        "",
        "no stamp",
        new_stamp("another key", DOOR, after(seconds=-30)),
        new_stamp(KEY, OTHER_DOOR, after(seconds=-30)),
        new_stamp(KEY, DOOR, after(hours=-12, seconds=-1)),
    ):
        with pytest.raises(TooOldError):
            report(engine, stamp=stamp)
    assert rows(engine) == []


@pytest.mark.usefixtures("anne")
def test_limits_hold_for_an_address_a_page_and_all_and_say_when_to_try_again(engine: Engine) -> None:
    for number in range(3):
        assert report(engine, f"Number {number} is wrong.", at=after(minutes=number))
    assert report(engine, " number 0  IS wrong. ", at=after(minutes=5)) is None, "said before"
    assert report(engine, "Number 0 is wrong.", address="192.0.2.9", at=after(hours=9)) is None, "and still waiting"
    with pytest.raises(TooManyError) as from_one_address:
        report(engine, "Number 3 is wrong.", slug=OTHER_DOOR, at=after(minutes=5))
    assert from_one_address.value.free_at == after(minutes=60)
    for number in (3, 4):
        assert report(engine, f"Number {number} is wrong.", address=f"192.0.2.{number}", at=after(minutes=10))
    with pytest.raises(TooManyError) as about_one_page:
        report(engine, "Number 5 is wrong.", address="192.0.2.5", at=after(hours=23))
    assert about_one_page.value.free_at == after(hours=24)
    for number in range(5):
        address = f"192.0.2.{10 + number}"
        assert report(engine, f"Number {number} is wrong.", slug=OTHER_DOOR, address=address, at=after(minutes=20))
    with pytest.raises(TooManyError) as in_all:
        report(engine, "Number 9 is wrong.", slug=OLD_DOOR, address="192.0.2.20", at=after(minutes=30))
    assert in_all.value.free_at == after(minutes=60)
    assert report(engine, "Number 9 is wrong.", slug=OLD_DOOR, at=after(minutes=60)), "there is room again"
    assert len(rows(engine)) == 11


def spam(dice: Random) -> Iterator[tuple[str, Sent, str]]:
    """The listing, what is sent, and the address: from many places, some with right stamps, some again and again."""
    good = {slug: new_stamp(KEY, slug, NOW - timedelta(minutes=9)) for slug in (DOOR, OLD_DOOR, OTHER_DOOR)}
    again = [(slug, Sent("other", f"Buy {slug} now, cheap!", "", "", good[slug]), "198.51.100.1") for slug in good]
    for number in range(1_000):
        slug = dice.choice([*good])
        address = f"{dice.randrange(1, 224)}.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(256)}"
        stamp = dice.choice([good[slug], good[slug], "", "forged", new_stamp(KEY, slug, NOW)])
        unseen = dice.choice(["", "", "https://spam.example"])
        sent = Sent(dice.choice(["other", "closed", ""]), f"Buy now: offer {number}", "", unseen, stamp)
        yield dice.choice([(slug, sent, address), (slug, sent, address), dice.choice(again)])


@pytest.mark.usefixtures("anne")
def test_of_a_thousand_spam_posts_ten_reach_a_person_at_the_most(engine: Engine) -> None:
    refused, letters = 0, 0
    for number, (slug, sent, address) in enumerate(spam(Random(8))):
        try:
            taken = take(engine, KEY, slug, sent, address, NOW + timedelta(seconds=3 * number))
        except (ReportMistakesError, TooFastError, TooOldError, TooManyError):
            refused += 1
        else:
            letters += len(taken.readers) if taken else 0
    assert 1 <= len(rows(engine)) <= 10
    assert letters <= 10
    assert refused > 300


def test_an_answer_tells_the_reporter_and_forgets_their_address(engine: Engine, anne: SignedIn) -> None:
    report(engine, email=REPORTER)
    [waiting] = reports_of(engine, anne, DOOR).waiting
    assert (waiting.about, waiting.text, waiting.hears_back) == ("The ways to get in touch", TEXT, True)
    assert REPORTER not in repr(reports_of(engine, anne, DOOR))
    with pytest.raises(ReportMistakesError) as error:
        answer(engine, anne, DOOR, waiting.id, "", "x" * 1001, NOW)
    assert [mistake.field for mistake in error.value.mistakes] == ["outcome", "words"]
    answered = answer(engine, anne, DOOR, waiting.id, "put_right", "Now it is 020 7946 0199.", after(hours=1))
    letter = answered_letter(REPORTER, SITE, answered)
    assert answered.email == REPORTER
    for text in (f"> {TEXT}", "> Now it is 020 7946 0199.", "have put it right", f"{SITE}/services/{DOOR}"):
        assert text in letter.text
    [row] = rows(engine)
    assert (row.email, row.outcome, row.answered_by) == (None, "put_right", EDITOR)
    noted = newest(engine, subject=f"listing/{DOOR}")[0]
    assert (noted.who, noted.action) == (EDITOR, "report answered")
    assert noted.detail == {"report": "The ways to get in touch", "outcome": "We put it right"}
    found = reports_of(engine, anne, DOOR)
    assert (len(found.waiting), len(found.answered)) == (0, 1)
    assert open_reports(engine, [DOOR]) == {}
    assert report(engine, at=after(days=2)), "said again after it was answered: it may be wrong again"


def test_an_answer_that_the_mail_server_refuses_goes_the_next_day_and_once(engine: Engine, anne: SignedIn) -> None:
    report(engine, email=REPORTER)
    [waiting] = reports_of(engine, anne, DOOR).waiting
    answered = answer(engine, anne, DOOR, waiting.id, "put_right", "Thank you.", NOW)
    letters: list[Letter] = []

    def down(_letter: Letter) -> None:
        raise MailError

    with pytest.raises(MailError):
        tell(engine, SITE, down, answered)
    assert (rows(engine)[0].email, tell_again(engine, SITE, down)) == (REPORTER, 0)
    assert [tell_again(engine, SITE, letters.append) for _ in range(2)] == [1, 0]
    assert [(letter.to, "> Thank you." in letter.text) for letter in letters] == [(REPORTER, True)]
    assert rows(engine)[0].email is None


@pytest.mark.usefixtures("anne")
def test_who_sends_it_again_with_their_address_hears_back(engine: Engine) -> None:
    report(engine)
    for email, from_where in (("stranger@example.net", "192.0.2.9"), (REPORTER, "192.0.2.1"), ("", "192.0.2.1")):
        assert report(engine, email=email, address=from_where) is None
    assert [row.email for row in rows(engine)] == [REPORTER]


def test_spam_is_not_sent_on_to_the_address_that_it_names(engine: Engine, anne: SignedIn) -> None:
    report(engine, "Buy now at https://evil.example", email="victim@example.net")
    [waiting] = reports_of(engine, anne, DOOR).waiting
    answered = answer(engine, anne, DOOR, waiting.id, "no_report", "", NOW)
    assert "evil" not in answered_letter("victim@example.net", SITE, answered).text


def test_nobody_else_reads_or_answers(engine: Engine, anne: SignedIn) -> None:
    report(engine)
    [waiting] = reports_of(engine, anne, DOOR).waiting
    stranger = editor(engine, STRANGER, "quay")
    with pytest.raises(NotYoursError):
        reports_of(engine, stranger, DOOR)
    with pytest.raises(NotYoursError):
        answer(engine, stranger, DOOR, waiting.id, "put_right", "", NOW)
    with pytest.raises(NoReportError):
        answer(engine, anne, DOOR, row_id("report", "none"), "put_right", "", NOW)
    with pytest.raises(EditError):
        answer(engine, anne, OTHER_DOOR, waiting.id, "put_right", "", NOW)
    assert rows(engine)[0].outcome is None


def test_of_two_answers_at_once_one_counts(engine: Engine, anne: SignedIn) -> None:
    report(engine, email=REPORTER)
    [waiting] = reports_of(engine, anne, DOOR).waiting
    both, came = threading.Barrier(2), []

    def one(outcome: str) -> None:
        both.wait()
        try:
            came.append(answer(engine, anne, DOOR, waiting.id, outcome, "", NOW).email)
        except AnsweredError:
            came.append("too late")

    threads = [threading.Thread(target=one, args=[outcome]) for outcome in ("put_right", "was_right")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, came)) == sorted([REPORTER, "too late"])
    assert len(newest(engine, subject=f"listing/{DOOR}")) == 1


def test_what_nobody_answers_goes_to_the_team_every_two_weeks(engine: Engine, anne: SignedIn) -> None:
    report(engine)
    report(engine, "It has closed for good.", slug=OTHER_DOOR, at=NOW + DAY)
    sent: list[Letter] = []

    def escalate(days: float) -> int:
        return escalate_reports(engine, SITE, sent.append, NOW + timedelta(days=days)).reports

    assert escalate(13.9) == 0
    assert due_reports(engine, NOW + 14 * DAY) == 1
    assert [escalate(days) for days in (14, 14, 14.5, 15, 20)] == [1, 0, 0, 1, 0]
    assert [letter.to for letter in sent] == [ADMIN, ADMIN]
    assert f"{SITE}/admin/reports" in sent[0].text
    assert TEXT not in sent[0].text
    assert escalate(29) == 2, "again, in one list"
    assert len(sent) == 3
    with writing(engine) as session:
        session.exec(update(ListingReport).values(escalated_at=NOW + 900 * DAY))
    assert escalate(30) == 2, "a clock that ran ahead silences nothing"
    waiting = all_waiting(engine, NOW + 14.5 * DAY)
    assert [(one.slug, one.overdue, one.nobody) for one in waiting] == [(DOOR, True, False), (OTHER_DOOR, False, True)]
    [mine] = reports_of(engine, anne, DOOR).waiting
    answer(engine, anne, DOOR, mine.id, "was_right", "", NOW + 31 * DAY)
    assert escalate(60) == 1


@pytest.mark.usefixtures("anne")
def test_a_mail_server_that_is_down_loses_no_reminder_of_a_report(engine: Engine) -> None:
    report(engine)

    def down(_letter: Letter) -> None:
        raise MailError("An e-mail could not be sent.")

    assert escalate_reports(engine, SITE, down, NOW + 14 * DAY).refused
    sent: list[Letter] = []
    assert escalate_reports(engine, SITE, sent.append, NOW + 14 * DAY).reports == 1


def test_nothing_is_kept_for_longer_than_promised(engine: Engine, anne: SignedIn) -> None:
    report(engine, email=REPORTER)
    for days, has_address, has_email in ((0.9, True, True), (1, False, True), (88, False, True), (89, False, False)):
        wipe_reports(engine, NOW + timedelta(days=days))
        [row] = rows(engine)
        assert (row.address_hash is not None, row.email is not None) == (has_address, has_email)
    [waiting] = reports_of(engine, anne, DOOR).waiting
    answer(engine, anne, DOOR, waiting.id, "was_right", "", NOW + 100 * DAY)
    wipe_reports(engine, NOW + 464 * DAY)
    assert len(rows(engine)) == 1
    wipe_reports(engine, NOW + 465 * DAY)
    assert rows(engine) == []
