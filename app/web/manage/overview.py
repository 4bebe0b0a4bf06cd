"""How a listing stands, section by section: what is written there, what changed, and what somebody should look at."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.actions.editing.drafts import Draft, Managed
from app.directory.editing.edit_checks import Mistake
from app.directory.editing.edited import SECTIONS, edited_of

from .change_words import Names, in_short, lines
from .field_words import SECTION_WORDS, place_label


@dataclass(frozen=True)
class Clash:
    """A field that the public page changed too, since the draft began, with what it says now."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """A section of a listing in short. ``said``: what an admin said about it, by field in words."""

    id: str
    title: str
    text: str
    changed: bool
    mistakes: int
    said: dict[str, str]
    clashes: tuple[Clash, ...]


def overviews(managed: Managed, mistakes: Iterable[Mistake], names: Names) -> list[Overview]:
    """In the order of the form."""
    wrong = list(mistakes)
    return [_overview(section, managed, wrong, names) for section in SECTIONS]


def _overview(section: str, managed: Managed, mistakes: Iterable[Mistake], names: Names) -> Overview:
    fields = SECTIONS[section]
    return Overview(
        id=section,
        title=SECTION_WORDS[section],
        text=in_short(section, managed.edited, names),
        changed=any(change.field in fields for change in managed.changes),
        mistakes=sum(mistake.field in fields for mistake in mistakes),
        said=said_about(managed.draft, fields),
        clashes=clashes_of(managed, fields, names),
    )


def section_of(field: str) -> str:
    """The section in which a field stands. What stands in none is with the name."""
    return next((section for section, fields in SECTIONS.items() if field in fields), "about")


def said_about(draft: Draft | None, fields: Iterable[str]) -> dict[str, str]:
    """What an admin said about these fields, by the name of the field in words."""
    comments = draft.comments if draft else {}
    return {place_label(place): text for place, text in comments.items() if place.partition("-")[0] in fields}


def clashes_of(managed: Managed, fields: Iterable[str], names: Names) -> tuple[Clash, ...]:
    """What clashes in these fields."""
    clashing = managed.draft.clashes if managed.draft else frozenset()
    here = [place for place in sorted(clashing) if place.partition("-")[0] in fields]
    return tuple(Clash(place_label(place), _live_lines(managed, place, names)) for place in here)


def _live_lines(managed: Managed, place: str, names: Names) -> tuple[str, ...]:
    field, _, key = place.partition("-")
    live = edited_of(managed.listing)
    if key:
        live = live.model_copy(update={field: {id_: said for id_, said in live.practical.items() if id_ == key}})
    return lines(live, (field,), names)
