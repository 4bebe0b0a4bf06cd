"""Small numbers stay hidden, also from somebody who works back from the total."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.directory.small_numbers import HIDDEN, shown, shown_total

ANY = range(13)
"""Enough for a part of each kind: none, hidden, and shown as 10."""


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (97, "95"), (1003, "1005")]
)
def test_a_number_is_hidden_or_rounded(number: int, text: str) -> None:
    assert shown(number) == text


def test_a_total_is_rounded_from_the_true_total() -> None:
    assert [shown(8)] * 3 == ["10"] * 3
    assert shown_total([8, 8, 8]) == "25"
    assert shown_total([3, 20, 30, 40]) == "95"
    assert shown_total([0, 0]) == "0"


@pytest.mark.parametrize("parts", [[4], [4, 0, 0], [7] * 7, [1] * 9, [1, 20, 30], [7, 7]])
def test_a_total_that_would_give_a_hidden_number_away_is_hidden(parts: list[int]) -> None:
    assert shown_total(parts) == HIDDEN


@given(st.lists(st.sampled_from(ANY), min_size=1, max_size=4))
def test_whoever_sees_the_parts_and_the_total_learns_nothing_of_a_hidden_part(parts: list[int]) -> None:
    seen = [shown(part) for part in parts]
    total = shown_total(parts)
    if total == HIDDEN:
        return
    could_be = [
        guess
        for guess in product(*([number for number in ANY if shown(number) == one] for one in seen))
        if shown(sum(guess)) == total
    ]
    for place, one in enumerate(seen):
        if one == HIDDEN:
            assert {guess[place] for guess in could_be} == set(range(1, 8))
