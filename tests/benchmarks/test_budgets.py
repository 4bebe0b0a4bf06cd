"""A figure over its limit is seen."""

from tests.benchmarks.budgets import AT_LEAST, AT_MOST, limit


def test_a_miss_is_seen() -> None:
    for measure, most in AT_MOST.items():
        assert "MISSED" in limit(f"home: {measure}", most + 1)
        assert "MISSED" not in limit(f"home: {measure}", most)
    for measure, least in AT_LEAST.items():
        assert "MISSED" in limit(f"home: {measure}", least - 1)
        assert "MISSED" not in limit(f"home: {measure}", least)


def test_other_figures_have_no_limit() -> None:
    assert limit("six searches, ms", 1000) == ""
