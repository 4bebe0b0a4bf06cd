"""What a listing says in short, for whoever is asked whether it is still correct."""

from collections.abc import Iterable, Mapping

from app.directory.editing.edited import edited_of
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from app.directory.listing import Listing

from ..manage.change_words import Names, lines
from ..manage.field_words import SECTION_WORDS

SHOWN: Mapping[str, tuple[str, ...]] = {
    "contacts": ("contacts",),
    "hours": ("hours", "hours_note"),
    "offers": ("offers",),
    "who": ("rules",),
    "referral": ("referral",),
}
"""Fields by part of the page: those that go out of date, and that hurt when they are wrong."""
NOTHING = ("The page says nothing of this yet.",)


def parts_of(listing: Listing, names: Names) -> list[tuple[str, tuple[str, ...]]]:
    """Each part of the page: its title and its lines. Which pages say so is left out: nobody reads them here."""
    edited = edited_of(listing)
    edited = edited.model_copy(update={"rules": tuple(map(_without_pages, edited.rules))})
    return [(SECTION_WORDS[part], lines(edited, fields, names) or NOTHING) for part, fields in SHOWN.items()]


def _without_pages(rule: EditedRule) -> EditedRule:
    return rule.model_copy(
        update={
            "everyone": _plain(rule.everyone),
            "routes": tuple(map(_plain, rule.routes)),
            "exclusions": _plain(rule.exclusions),
            "made_for": _plain(rule.made_for),
        }
    )


def _plain(conditions: Iterable[EditedCondition]) -> tuple[EditedCondition, ...]:
    return tuple(one.model_copy(update={"page": ""}) for one in conditions)
