"""Which pages nobody has confirmed for too long, and how far their reminders have come."""

from collections.abc import Iterable
from itertools import groupby

from flask import Response

from app.actions.freshness.overview import DueListing, WithoutPeople, overview
from app.actions.today import today
from app.current import current_engine

from ..manage.freshness_words import in_words, told
from ..page import page
from .home import blueprint as blueprint

WHO = {
    "editors": "the editors",
    "owners": "the editors and owners",
    "admins": "the editors, the owners and the directory team",
}
"""Who is written to on each level."""


@blueprint.get("/freshness", endpoint="freshness")
def freshness_page() -> Response:
    day = today()
    found = overview(current_engine(), day)
    alone = {one.slug for one in found.without_people}
    return page(
        "admin/freshness.html",
        due=[(one, told(one.freshness, "", day), _since(one), _letters(one, alone)) for one in found.due],
        alone=_by_organisation(found.without_people),
        number_alone=len(alone),
    )


def _by_organisation(listings: Iterable[WithoutPeople]) -> list[tuple[str, list[WithoutPeople]]]:
    """Those of one organisation together: somebody who is invited looks after all of them."""
    by_name = sorted(listings, key=lambda one: (not one.organisation, _organisation(one)))
    return [(name, list(theirs)) for name, theirs in groupby(by_name, _organisation)]


def _organisation(one: WithoutPeople) -> str:
    return one.organisation or ""


def _since(one: DueListing) -> str:
    due_on = one.freshness.due_on
    return f"Due since {in_words(due_on)}." if due_on else "We do not know how old it is."


def _letters(one: DueListing, alone: set[str]) -> str:
    """How far its reminder has come, in a sentence."""
    if not one.readers:
        return "There is nobody to write to."
    who = "the directory team" if one.slug in alone else WHO[one.level]
    if one.sent_on is None:
        return f"Nobody was written to yet. The next reminder goes to {who}."
    return f"We last wrote on {in_words(one.sent_on)}, to {who}."
