"""What a provider says of today: how long it counts, by the clock in London, and how it reads."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.directory.availability import Availability


def _said(state: str, at: datetime, **more: object) -> Availability:
    return Availability.model_validate({"state": state, "said_at": at, **more})


WINTER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said_at", "day"),
    [
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), date(2026, 11, 22)),
        # In summer the clocks of London are an hour ahead.
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 1, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_closed_today_is_of_one_day_in_london(said_at: datetime, day: date) -> None:
    closed = _said("closed_today", said_at)
    assert closed.on(day)
    assert not closed.on(day + timedelta(days=1))
    assert not closed.on(day - timedelta(days=1))


def test_a_pause_lasts_through_its_last_day() -> None:
    paused = _said("paused", WINTER, until=date(2026, 12, 1))
    assert paused.on(date(2026, 12, 1))
    assert not paused.on(date(2026, 12, 2))


@pytest.mark.parametrize("state", ["taking", "waiting_list", "paused"])
def test_without_a_last_day_it_counts_until_somebody_says_otherwise(state: str) -> None:
    assert _said(state, WINTER).on(date(2028, 1, 1))


def test_it_says_nothing_of_days_before_it_was_said() -> None:
    assert not _said("paused", WINTER).on(date(2016, 11, 21))


def test_a_pause_reads_with_the_day_on_which_they_start_again() -> None:
    assert _said("paused", WINTER, until=date(2026, 12, 1)).sentences == (
        "Not taking referrals at the moment.",
        "They expect to start again on 2 December 2026.",
        "They said so on 22 November 2026.",
    )


def test_a_waiting_list_reads_with_the_wait_and_what_they_add() -> None:
    said = _said("waiting_list", WINTER, wait="about 3 weeks.", note="Ring us first.", until=date(2026, 12, 31))
    assert said.sentences == (
        "There is a waiting list.",
        "The wait: about 3 weeks.",
        "They expect this until 31 December 2026.",
        "They say: “Ring us first.”",
        "They said so on 22 November 2026.",
    )
