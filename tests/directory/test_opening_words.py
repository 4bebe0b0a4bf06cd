"""Opening hours as people say them."""

from datetime import UTC, datetime

import pytest

from app.directory.opening import WEEKDAYS, Hours
from app.directory.opening_words import clock_in_words, lines_of, open_now, open_now_in_short


def hours(*spans: str) -> Hours:
    """From “monday 09:00 17:00”; the day may be a few: “monday,friday 09:00 17:00”."""
    times = []
    for span in spans:
        days, opens, closes = span.split()
        times += [{"day": day, "opens": opens, "closes": closes} for day in days.split(",")]
    return Hours.model_validate({"times": times, "source": ["page"]})


WEEK = ",".join(WEEKDAYS[:5])
OFFICE = hours(f"{WEEK} 09:00 17:00", "saturday 10:00 12:30")


@pytest.mark.parametrize(
    ("known", "lines"),
    [
        (OFFICE, ["Monday to Friday, 9am to 5pm", "Saturday, 10am to 12.30pm"]),
        (hours("saturday,sunday 10:00 12:00"), ["Saturday and Sunday, 10am to midday"]),
        (hours("monday,wednesday,friday 09:00 17:00"), ["Monday, Wednesday and Friday, 9am to 5pm"]),
        (
            hours("monday,tuesday,wednesday,saturday 09:00 17:00", "thursday 09:00 20:00"),
            ["Monday to Wednesday and Saturday, 9am to 5pm", "Thursday, 9am to 8pm"],
        ),
        (hours("tuesday 14:00 16:30", "tuesday 09:00 12:00"), ["Tuesday, 9am to midday and 2pm to 4.30pm"]),
        (hours("friday 20:00 06:00"), ["Friday, 8pm to 6am the next day"]),
        (hours("friday 20:00 00:00"), ["Friday, 8pm to midnight"]),
        (hours(f"{','.join(WEEKDAYS)} 00:00 00:00"), ["Every day, 24 hours"]),
        (hours(), []),
    ],
)
def test_days_with_the_same_hours_stand_on_one_line(known: Hours, lines: list[str]) -> None:
    assert [str(line) for line in lines_of(known)] == lines


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("00:00", "midnight"),
        ("00:30", "12.30am"),
        ("09:05", "9.05am"),
        ("12:00", "midday"),
        ("12:30", "12.30pm"),
        ("23:59", "11.59pm"),
    ],
)
def test_times_are_said_as_people_say_them(clock: str, words: str) -> None:
    assert clock_in_words(clock) == words


@pytest.mark.parametrize(
    ("known", "moment", "sentence"),
    [
        (OFFICE, "2026-11-23T12:00", "Open now until 5pm."),
        (OFFICE, "2026-11-23T08:00", "Closed now. Opens at 9am."),
        (OFFICE, "2026-11-23T20:00", "Closed now. Opens tomorrow at 9am."),
        (OFFICE, "2026-11-28T13:00", "Closed now. Opens on Monday at 9am."),
        (OFFICE, "2026-07-06T08:30", "Open now until 5pm."),
        (hours("monday 09:00 10:00"), "2026-11-23T10:00", "Closed now. Opens on Monday 30 November 2026 at 9am."),
        (hours("friday 20:00 00:00"), "2026-11-27T21:00", "Open now until midnight."),
        (hours("friday 20:00 06:00"), "2026-11-27T21:00", "Open now until tomorrow at 6am."),
        (hours("friday,saturday,sunday 00:00 00:00"), "2026-11-27T21:00", "Open now until Sunday at midnight."),
        (hours(f"{','.join(WEEKDAYS)} 00:00 00:00"), "2026-11-27T21:00", "Open now."),
        (hours(), "2026-11-27T21:00", ""),
        (None, "2026-11-27T21:00", ""),
    ],
)
def test_open_now(known: Hours | None, moment: str, sentence: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert open_now(known, now) == sentence
    assert sentence.startswith(open_now_in_short(known, now))
