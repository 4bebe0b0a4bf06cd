"""When a listing's reminder goes to whom: decided here, from days and people alone.

A reminder never falls silent. It goes to more people the longer nobody answers, and every week to each of them.
"""

from datetime import date
from typing import Literal

from app.actions.listing_people import ListingPeople, Reader

Level = Literal["editors", "owners", "admins"]
OWNERS_AFTER = 14
"""Days since a listing was due: by then editors had two letters, and may be away for longer."""
ADMINS_AFTER = 28
"""Days since it was due: on this day readers are told that nobody confirms the page, so the team should know too."""
AGAIN_AFTER = 7
"""Days between two letters about a listing to one person: often enough to be seen, and not every day."""


def level_of(days: int, people: ListingPeople) -> Level:
    """How far the reminder of a listing has come, ``days`` after it was due. Where nobody is on a level, the next one
    hears of it at once."""
    if days >= ADMINS_AFTER or not (people.editors or people.owners):
        return "admins"
    return "owners" if days >= OWNERS_AFTER or not people.editors else "editors"


def readers_of(level: Level, people: ListingPeople) -> tuple[Reader, ...]:
    """Everybody who is written to on this level. Nobody stands there twice."""
    readers = list(people.editors)
    readers += people.owners if level != "editors" else ()
    readers += people.admins if level == "admins" else ()
    return tuple(dict.fromkeys(readers))


def is_silent(day: date, claimed: date, *, taken: bool) -> bool:
    """Whether a letter of the day ``claimed`` keeps another one from going on ``day``.

    On one day nothing goes twice, even where nobody knows whether the first one went. A letter of a day that is still
    to come was written by a clock that was wrong.
    """
    return claimed == day or (taken and 0 <= (day - claimed).days < AGAIN_AFTER)
