"""A month of days as they come, with a clock change; ``make torture`` lives through years, on both databases."""

from datetime import date, timedelta
from random import Random

from tests.databases import engine_on
from tests.simulated_days import Days


def test_no_page_is_forgotten_and_nobody_is_pestered() -> None:
    with engine_on("sqlite") as engine:
        days = Days(engine, Random(8))
        first = date(2026, 3, 2)
        days.begin(first)
        for number in range(30):
            days.live_through(first + timedelta(days=number))
    assert days.runs > 25
    assert days.sent.total() > 300
