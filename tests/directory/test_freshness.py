"""When a listing is due to be confirmed again, and when readers are told that it is late."""

from datetime import UTC, date, datetime

from app.directory.freshness import USUAL_REVIEW, Freshness
from app.models import Service

IN_JANUARY, IN_MARCH = datetime(2026, 1, 10, 9, tzinfo=UTC), datetime(2026, 3, 10, 9, tzinfo=UTC)


def test_a_listing_that_nobody_confirmed_is_due_a_review_period_after_it_came_in() -> None:
    fresh = Freshness(imported_at=IN_JANUARY, review_days=90)
    assert fresh.due_on == date(2026, 4, 10)
    assert not fresh.is_due_on(date(2026, 4, 9))
    assert fresh.is_due_on(date(2026, 4, 10))


def test_an_edit_confirms_nothing() -> None:
    assert Freshness(imported_at=IN_JANUARY, changed_at=IN_MARCH).due_on == Freshness(imported_at=IN_JANUARY).due_on


def test_a_new_import_confirms_nothing() -> None:
    before = Freshness(assured_at=IN_JANUARY, assured_by="organisation", imported_at=IN_JANUARY)
    assert before.model_copy(update={"imported_at": IN_MARCH}).due_on == before.due_on


def test_confirming_begins_the_period_anew() -> None:
    fresh = Freshness(imported_at=IN_JANUARY, assured_at=IN_MARCH, assured_by="organisation", review_days=30)
    assert fresh.due_on == date(2026, 4, 9)


def test_readers_are_told_four_weeks_after_it_was_due() -> None:
    fresh = Freshness(imported_at=IN_JANUARY, review_days=90)
    assert not fresh.is_overdue_on(date(2026, 5, 7))
    assert fresh.is_overdue_on(date(2026, 5, 8))


def test_days_are_those_of_london() -> None:
    late_in_the_evening = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    assert Freshness(imported_at=late_in_the_evening, review_days=30).due_on == date(2026, 7, 2)


def test_a_listing_of_unknown_age_is_due_and_yet_not_called_late() -> None:
    assert Freshness().is_due_on(date(2026, 1, 1))
    assert not Freshness().is_overdue_on(date(2026, 1, 1))


def test_a_new_row_has_the_usual_period() -> None:
    assert Service.model_fields["review_days"].default == USUAL_REVIEW
