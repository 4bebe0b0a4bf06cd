"""How fresh a listing is: when it was changed, confirmed and brought in, and when it is to be confirmed again."""

from datetime import date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from app.directory.value import Value

ReviewDays = Literal[30, 90, 180, 365]
REVIEW_DAYS: tuple[ReviewDays, ...] = get_args(ReviewDays)
USUAL_REVIEW: ReviewDays = 90
"""Open Referral UK recommends that a listing was assured within the last three months."""
OVERDUE_AFTER = timedelta(days=28)
"""From the day on which a listing is due to the day on which readers are told that nobody confirmed it."""
AssuredBy = Literal["organisation", "directory_team"]
_LONDON = ZoneInfo("Europe/London")


class Freshness(Value):
    """Three moments, never one. ``changed_at``: somebody edited it here. ``assured_at``: somebody responsible
    (``assured_by``) said that all of it is still true. ``imported_at``: it was brought in from a file."""

    changed_at: AwareDatetime | None = None
    assured_at: AwareDatetime | None = None
    assured_by: AssuredBy | None = None
    imported_at: AwareDatetime | None = None
    review_days: ReviewDays = USUAL_REVIEW

    @property
    def due_on(self) -> date | None:
        """The first day, in London, on which somebody should confirm it again; None where there is nothing to count
        from.

        An edit confirms nothing. Of a listing that nobody ever confirmed, the days count from when it came in.
        """
        counted_from = self.assured_at or self.imported_at or self.changed_at
        return day_in_london(counted_from) + timedelta(days=self.review_days) if counted_from else None

    @property
    def overdue_from(self) -> date | None:
        """The first day on which readers are told, and on which it ranks lower."""
        return self.due_on + OVERDUE_AFTER if self.due_on else None

    def is_due_on(self, day: date) -> bool:
        """Of a listing without any date nobody knows how old it is: it is due."""
        return self.due_on is None or day >= self.due_on

    def is_overdue_on(self, day: date) -> bool:
        return self.overdue_from is not None and day >= self.overdue_from


def day_in_london(moment: datetime) -> date:
    return moment.astimezone(_LONDON).date()
