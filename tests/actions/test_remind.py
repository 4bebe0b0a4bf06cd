"""Reminders: who is written to, when, and that nobody is written to twice or forgotten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from app.actions.freshness.overview import overview
from app.actions.freshness.remind import Told, in_a_line, remind, would_remind
from app.actions.freshness.rows import MOST_LISTINGS
from app.database import writing
from app.mail import Letter
from app.models import Service, row_id
from tests.reminded import SITE, KilledError, Postbox, a_listing, address, letters_noted, open_ones, people, tokens_in

DUE = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
"""On this day the listings below are due."""
IN = DUE - timedelta(days=90)
ANNE, ELSE, OLGA, ADA = (address(name) for name in ("anne", "else", "olga", "ada"))


@pytest.fixture(name="box")
def a_world(engine: Engine) -> Postbox:
    """Mooring and Jetty are of Harbour, with two editors and an owner. Pier is of Quay, where there is only Else,
    who owns it. Buoy is of nobody. Ada is the directory team."""
    people(engine, "harbour", IN, editor=["anne", "second"], owner=["olga"])
    people(engine, "quay", IN, owner=["else"])
    people(engine, None, IN, admin=["ada"])
    for slug, organisation in (("mooring", "harbour"), ("jetty", "harbour"), ("pier", "quay"), ("buoy", None)):
        a_listing(engine, slug, organisation, IN)
    a_listing(engine, "wreck", "harbour", IN, status="closed")
    a_listing(engine, "young", "harbour", DUE)
    return Postbox()


def run(engine: Engine, box: Callable[[Letter], None], days: float = 0) -> list[Told]:
    return remind(engine, SITE, box, DUE + timedelta(days=days))


def set_fields(engine: Engine, slug: str, **fields: object) -> None:
    with writing(engine) as session:
        service = session.get_one(Service, row_id("service", slug))
        session.add(service.sqlmodel_update(fields))


def test_each_person_gets_one_letter_with_all_their_pages_and_the_next_one_a_week_later(
    engine: Engine, box: Postbox
) -> None:
    assert run(engine, box, -1) == []
    assert open_ones(engine) == {}
    told = {one.slug: one for one in run(engine, box)}
    assert sorted(box.readers) == [ADA, ANNE, ELSE, address("second")]
    mine = next(letter for letter in box.emptied() if letter.to == ANNE)
    assert "The mooring service" in mine.text
    assert "The jetty service" in mine.text
    assert "wreck" not in mine.text
    assert "young" not in mine.text
    assert len(tokens_in(mine)) == 2
    assert {slug: row.level for slug, row in open_ones(engine).items()} == {
        "mooring": "editors",
        "jetty": "editors",
        "pier": "owners",
        "buoy": "admins",
    }
    assert in_a_line(told["mooring"]) == "mooring: due since 2026-06-01, for the editors: 2 sent"
    for days in (0, 1, 6):
        again = run(engine, box, days)
        assert "within the last 7 days" in in_a_line(again[0])
    assert box.emptied() == []
    run(engine, box, 7)
    assert sorted(box.readers) == [ADA, ANNE, ELSE, address("second")]


def test_the_longer_nobody_answers_the_more_people_hear_of_it_and_it_never_ends(engine: Engine, box: Postbox) -> None:
    heard: dict[int, set[str]] = {}
    for days in (*range(3), 6, 7, 8, 13, 14, 15, 20, 21, 27, 28, 29, 35, 36, 42, 70):
        run(engine, box, days)
        letters = [letter for letter in box.emptied() if "mooring" in letter.text]
        heard |= {days: {letter.to for letter in letters}} if letters else {}
    editors = {ANNE, address("second")}
    assert heard == {
        days: editors | ({OLGA} if days >= 14 else set()) | ({ADA} if days >= 28 else set())
        for days in (0, 7, 14, 21, 28, 35, 42, 70)
    }


def test_the_letter_goes_at_once_to_whoever_is_new_and_to_nobody_who_left(engine: Engine, box: Postbox) -> None:
    run(engine, box)
    box.emptied()
    people(engine, "quay", DUE, editor=["new"])
    set_fields(engine, "mooring", assured_at=DUE, assured_by="organisation")
    set_fields(engine, "jetty", status="closed")
    run(engine, box, 1)
    assert box.readers == [address("new")]
    assert set(open_ones(engine)) == {"pier", "buoy"}
    set_fields(engine, "pier", review_days=180)
    run(engine, box, 7)
    assert set(open_ones(engine)) == {"buoy"}
    assert sorted(box.readers) == [ADA, address("new")]


def test_an_edit_confirms_nothing(engine: Engine, box: Postbox) -> None:
    run(engine, box)
    box.emptied()
    set_fields(engine, "mooring", changed_at=DUE + timedelta(days=1), version=2)
    run(engine, box, 7)
    assert "The mooring service" in next(letter.text for letter in box.letters if letter.to == ANNE)


def test_what_the_mail_server_refuses_is_tried_again_and_the_others_are_not_written_to_twice(
    engine: Engine, box: Postbox
) -> None:
    box.refuses = frozenset({ANNE})
    told = {one.slug: one for one in run(engine, box)}
    assert (told["mooring"].sent, told["mooring"].refused) == (1, 1)
    assert in_a_line(told["mooring"]).endswith("1 sent, 1 refused")
    box.refuses = frozenset()
    box.emptied()
    run(engine, box)
    assert box.readers == [ANNE]
    box.is_down = True
    assert all(one.sent == 0 for one in run(engine, box, 7))
    box.is_down = False
    box.emptied()
    run(engine, box, 8)
    assert sorted(box.readers) == [ADA, ANNE, ELSE, address("second")]


@pytest.mark.parametrize("after", [0, 2])
def test_whoever_is_killed_in_the_middle_is_followed_by_somebody_who_goes_on(
    engine: Engine, box: Postbox, after: int
) -> None:
    box.killed_after = after
    with pytest.raises(KilledError):
        run(engine, box)
    box.killed_after = None
    run(engine, box)
    # Of the letter that was on its way nobody knows. On this day it does not go again; on the next it does.
    assert len(box.readers) == len(set(box.readers)) == 3
    lost = ({ADA, ANNE, ELSE, address("second")} - set(box.readers)).pop()
    box.emptied()
    run(engine, box, 1)
    assert box.readers == [lost]


def test_two_at_the_same_moment_send_nothing_twice(engine: Engine, box: Postbox) -> None:
    both = Barrier(2)

    def one(_: int) -> None:
        both.wait()
        run(engine, box)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    assert sorted(box.readers) == [ADA, ANNE, ELSE, address("second")]
    assert all(row.taken for row in letters_noted(engine))


def test_a_clock_that_was_wrong_silences_nothing(engine: Engine, box: Postbox) -> None:
    run(engine, box, 300)
    box.emptied()
    run(engine, box, 20)
    assert sorted(box.readers) == [ADA, ANNE, ELSE, OLGA, address("second")]
    assert open_ones(engine)["mooring"].level == "owners"
    assert str(open_ones(engine)["mooring"].sent_on) == "2026-06-21"
    assert "young" not in open_ones(engine)
    run(engine, box, -5)
    assert open_ones(engine) == {}


def test_a_dry_run_says_the_same_and_does_nothing(engine: Engine, box: Postbox) -> None:
    would = would_remind(engine, DUE)
    assert open_ones(engine) == {}
    assert run(engine, box) == would


def test_who_looks_after_very_many_is_told_how_many_and_where(engine: Engine, box: Postbox) -> None:
    for number in range(MOST_LISTINGS):
        a_listing(engine, f"berth-{number}", "quay", IN)
    run(engine, box)
    mine = next(letter for letter in box.emptied() if letter.to == ELSE)
    assert f"{MOST_LISTINGS + 1} pages" in mine.subject
    assert len(tokens_in(mine)) == MOST_LISTINGS
    assert f"One more page is due. Sign in to see them all: {SITE}/manage" in mine.text
    run(engine, box, 6)
    assert box.letters == []


def test_the_team_sees_what_is_due_how_far_it_is_and_who_has_nobody(engine: Engine, box: Postbox) -> None:
    run(engine, box)
    set_fields(engine, "pier", imported_at=None)
    found = overview(engine, (DUE + timedelta(days=14)).date())
    due = {one.slug: one for one in found.due}
    assert list(due) == ["buoy", "jetty", "mooring", "pier"]
    assert (due["mooring"].level, due["mooring"].readers) == ("owners", 3)
    assert str(due["mooring"].sent_on) == "2026-06-01"
    assert [one.slug for one in found.without_people] == ["buoy"]
