"""A year of days as they come, with both clock changes: no page that is due is forgotten, and nobody is pestered."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import Engine

from tests.simulated_days import Days

pytestmark = pytest.mark.torture


@pytest.mark.parametrize("seed", [2026, 8, 60])
def test_no_page_is_forgotten_and_nobody_is_pestered_in_a_year(engine: Engine, seed: int) -> None:
    days = Days(engine, Random(seed))
    first = date(2026, 1, 1)
    days.begin(first)
    for number in range(365):
        days.live_through(first + timedelta(days=number))
    print(f"\n{days.runs} runs, {days.sent.total()} reminders, {len(days.tokens)} links")
