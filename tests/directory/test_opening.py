"""Whether a service is open, by the clock in London: held against a walk through every minute."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.directory.opening import LONDON, LOOK_AHEAD, WEEKDAYS, Hours, OpeningTime, OpenState, overlapping, state_at

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LEAP_FORWARD, LEAP_BACK = datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)

_any_clock = st.times().map("{:%H:%M}".format)
_night_clock = st.builds("{:02}:{:02}".format, st.integers(0, 3), st.sampled_from([0, 15, 30, 59]))
_spans = st.builds(
    OpeningTime,
    day=st.sampled_from([*WEEKDAYS, "saturday", "sunday", "monday"]),
    opens=_any_clock | _night_clock,
    closes=_any_clock | _night_clock,
)
_moments = st.builds(
    lambda start, minutes: start + minutes * MINUTE,
    st.sampled_from([LEAP_FORWARD, LEAP_BACK, datetime(2026, 12, 31, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC)]),
    st.integers(-9 * 1440, 2 * 1440) | st.integers(-120, 120),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def in_london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def hours(*spans: str) -> Hours:
    """From “monday 09:00 17:00”."""
    times = [dict(zip(("day", "opens", "closes"), span.split(), strict=True)) for span in spans]
    return Hours.model_validate({"times": times, "source": ["page"]})


def state(known: Hours, moment: datetime) -> tuple[bool, str]:
    """Whether it is open, and when that changes, as the clock shows it and in UTC."""
    found = state_at(known, moment)
    assert found is not None
    changes = found.changes
    return found.is_open, f"{changes:%a %H:%M} = {changes.astimezone(UTC):%H:%M} UTC" if changes else ""


# Against every minute


def is_open_when_shown(times: Sequence[OpeningTime], shown: datetime) -> bool:
    """What the times of the week say of a time that a clock on the wall shows."""
    clock, today, yesterday = f"{shown:%H:%M}", WEEKDAYS[shown.weekday()], WEEKDAYS[(shown - DAY).weekday()]
    for span in times:
        to_next_day = span.closes <= span.opens
        if span.day == today and span.opens <= clock and (to_next_day or clock < span.closes):
            return True
        if span.day == yesterday and to_next_day and clock < span.closes:
            return True
    return False


def every_minute(times: Sequence[OpeningTime], moment: datetime) -> Iterator[tuple[datetime, bool]]:
    """Each minute from the moment on, and whether it is open. What the clock shows again does not count again."""
    shown, minute = datetime.min, moment - 2 * DAY
    while minute <= moment + LOOK_AHEAD:
        shown = max(shown, minute.astimezone(LONDON).replace(tzinfo=None))
        if minute >= moment:
            yield minute, is_open_when_shown(times, shown)
        minute += MINUTE


@settings(deadline=None, max_examples=60)
@given(st.lists(_spans, min_size=1, max_size=4), _moments)
@example([OpeningTime(day="sunday", opens="01:30", closes="01:45")], LEAP_FORWARD - MINUTE)
@example([OpeningTime(day="sunday", opens="00:30", closes="01:30")], LEAP_BACK - 90 * MINUTE)
@example([OpeningTime(day=day, opens="00:00", closes="00:00") for day in WEEKDAYS], LEAP_BACK)
def test_it_says_what_a_walk_through_the_minutes_says(times: list[OpeningTime], moment: datetime) -> None:
    walk = every_minute(times, moment)
    _, is_open = next(walk)
    changes = next((minute for minute, then in walk if then != is_open), None)
    found = state_at(Hours(times=tuple(times), source=("page",)), moment)
    assert found is not None
    assert found.is_open == is_open
    assert (found.changes and found.changes.astimezone(UTC)) == changes


@given(_spans, _spans)
def test_spans_overlap_where_they_share_a_minute(first: OpeningTime, second: OpeningTime) -> None:
    week = [datetime(2026, 6, 1) + number * MINUTE for number in range(7 * 1440)]
    shared = any(is_open_when_shown([first], shown) and is_open_when_shown([second], shown) for shown in week)
    assert overlapping([first, second]) == ((1,) if shared else ())


# An ordinary week


def test_nothing_known_is_not_closed() -> None:
    assert state_at(None, at("2026-11-23T12:00")) is None
    assert state_at(Hours(note="Ring first.", source=("page",)), at("2026-11-23T12:00")) is None


def test_an_office_in_the_week() -> None:
    office = hours(*(f"{day} 09:00 17:00" for day in WEEKDAYS[:5]))
    assert state(office, at("2026-11-23T08:59")) == (False, "Mon 09:00 = 09:00 UTC")
    assert state(office, at("2026-11-23T09:00")) == (True, "Mon 17:00 = 17:00 UTC")
    assert state(office, at("2026-11-27T17:00")) == (False, "Mon 09:00 = 09:00 UTC")


def test_in_summer_the_clock_in_london_counts() -> None:
    assert state(hours("monday 09:00 17:00"), at("2026-07-06T08:00")) == (True, "Mon 17:00 = 16:00 UTC")


def test_closed_over_midday() -> None:
    two_spans = hours("monday 13:00 17:00", "monday 09:00 12:00")
    assert state(two_spans, at("2026-11-23T11:00")) == (True, "Mon 12:00 = 12:00 UTC")
    assert state(two_spans, at("2026-11-23T12:30")) == (False, "Mon 13:00 = 13:00 UTC")


def test_a_night_lasts_until_morning() -> None:
    night = hours("sunday 20:00 06:00")
    assert state(night, at("2026-11-23T05:59")) == (True, "Mon 06:00 = 06:00 UTC")
    assert state(night, at("2026-11-22T19:00")) == (False, "Sun 20:00 = 20:00 UTC")


def test_what_goes_on_after_midnight_is_one_span() -> None:
    assert state(hours("friday 18:00 00:00", "saturday 00:00 02:00"), at("2026-11-27T20:00"))[1].startswith("Sat 02:00")


def test_always_open_never_changes() -> None:
    always = hours(*(f"{day} 00:00 00:00" for day in WEEKDAYS))
    assert state_at(always, at("2026-11-23T12:00")) == OpenState(is_open=True, changes=None)


def test_once_a_week_opens_in_a_week() -> None:
    assert state(hours("monday 09:00 10:00"), at("2026-11-23T10:00")) == (False, "Mon 09:00 = 09:00 UTC")


# The two days on which the clock is changed


def test_a_time_that_the_clock_leaps_over_is_the_moment_of_the_leap() -> None:
    """On 29 March 2026 there is no 01:30."""
    opens_then = hours("sunday 01:30 04:00")
    assert state(opens_then, at("2026-03-29T00:59")) == (False, "Sun 02:00 = 01:00 UTC")
    assert state(opens_then, at("2026-03-29T01:00")) == (True, "Sun 04:00 = 03:00 UTC")
    assert state(hours("saturday 22:00 01:30"), at("2026-03-29T00:30")) == (True, "Sun 02:00 = 01:00 UTC")


def test_what_lies_in_the_leap_is_left_out_that_week() -> None:
    in_the_leap = hours("sunday 01:15 01:45")
    assert state(in_the_leap, at("2026-03-28T12:00")) == (False, "Sun 01:15 = 00:15 UTC")
    assert state_at(in_the_leap, at("2026-03-22T12:00")) == OpenState(is_open=False, changes=None)


def test_a_time_that_comes_twice_is_the_first() -> None:
    """On 25 October 2026 the clock shows 01:30 at 00:30 and at 01:30 UTC."""
    opens_then, closes_then = hours("sunday 01:30 04:00"), hours("saturday 22:00 01:30")
    assert state(opens_then, at("2026-10-25T00:29")) == (False, "Sun 01:30 = 00:30 UTC")
    assert state(opens_then, at("2026-10-25T01:10")) == (True, "Sun 04:00 = 04:00 UTC")
    assert state(closes_then, at("2026-10-25T00:29")) == (True, "Sun 01:30 = 00:30 UTC")
    assert state(closes_then, at("2026-10-25T01:10"))[0] is False


def test_a_night_over_a_change_is_an_hour_shorter_or_longer() -> None:
    night = hours("saturday 22:00 06:00")
    for start, length in (("2026-03-28T22:00", 7), ("2026-10-24T22:00", 9)):
        begin = in_london(start).astimezone(UTC)
        found = state_at(night, begin)
        assert found is not None
        assert found.is_open
        assert found.changes is not None
        assert found.changes.astimezone(UTC) - begin == timedelta(hours=length)


# What is no time


@pytest.mark.parametrize("wrong", ["25:00", "24:00", "9:00", "09:60", "0900", "09.00", "9am", "", "²³:00", "09:00:00"])
def test_what_is_no_time_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError, match="is not a time"):
        OpeningTime(day="monday", opens=wrong, closes="17:00")


def test_a_time_without_quotes_is_refused() -> None:
    """Files read 10:30 without quotes as 630."""
    with pytest.raises(ValidationError, match="put it in quotes"):
        OpeningTime.model_validate({"day": "monday", "opens": 630, "closes": "17:00"})
