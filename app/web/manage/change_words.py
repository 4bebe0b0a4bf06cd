"""Changes and fields of a listing as lines for people: what stands there by its id is named."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import ValidationError

from app.actions.today import today
from app.catalogue import Catalogue
from app.directory.editing.changes import Change, changes
from app.directory.editing.edited import SECTIONS, Edited, edited_of
from app.directory.listing import Listing
from app.directory.opening import Hours
from app.directory.opening_words import lines_of

from ..words import area, practical_questions
from .edit_form import Choices
from .field_words import STATUS_WORDS, route_label
from .who_form import WhoChoices

_SHORT = 140
"""Characters of a section in one line."""


@dataclass(frozen=True)
class Names:
    """Ids with their words. ``listings`` are all, also those that closed."""

    goals: Mapping[str, str]
    listings: Mapping[str, str]
    assumptions: Mapping[str, str]


def names_in(catalogue: Catalogue) -> Names:
    goals = {answer.id: answer.label for answer in catalogue.questionnaire["goals"].answers}
    assumptions = {id_: one.text for id_, one in catalogue.questionnaire.assumptions.items()}
    merged = {id_: catalogue.listings[into].name for id_, into in catalogue.merged_into.items()}
    return Names(goals, {id_: listing.name for id_, listing in catalogue.listings.items()} | merged, assumptions)


def choices_in(catalogue: Catalogue, own: str) -> Choices:
    """What somebody can choose who edits the listing ``own``."""
    others = [one for one in catalogue.listings.values() if one.status != "closed" and one.id != own]
    by_name = sorted(others, key=lambda one: one.name.casefold())
    return Choices(
        goals=names_in(catalogue).goals,
        practical=practical_questions(),
        listings={one.id: one.name for one in by_name},
        who=who_choices(catalogue, catalogue.listings.get(own)),
    )


def who_choices(catalogue: Catalogue, live: Listing | None) -> WhoChoices:
    """What a rule of this listing can ask for today."""
    return WhoChoices(catalogue.questionnaire, edited_of(live) if live else Edited(), today())


def named(change: Change, names: Names) -> Change:
    """The change with words in place of ids."""
    word = _naming(change.field, names)
    return replace(change, before=tuple(map(word, change.before)), after=tuple(map(word, change.after)))


def lines(edited: Edited, fields: Iterable[str], names: Names) -> tuple[str, ...]:
    """What stands in these fields."""
    nothing = Edited()
    wanted = nothing.model_copy(update={field: getattr(edited, field) for field in fields})
    return tuple(line for one in changes(nothing, wanted) for line in named(one, names).after)


def in_short(section: str, edited: Edited, names: Names) -> str:
    """What stands in a section, in one line; empty where nothing does."""
    said = _hours(edited) if section == "hours" else ()
    line = " · ".join(text.removesuffix(".") for text in said or lines(edited, SECTIONS[section], names))
    return line if len(line) <= _SHORT else f"{line[:_SHORT].rsplit(' ', 1)[0]} …"


def _hours(edited: Edited) -> tuple[str, ...]:
    times = [time.model_dump() for time in edited.hours]
    try:
        days = lines_of(Hours.model_validate({"times": times, "source": ["draft"]}))
    except ValidationError:
        return ()
    return (*map(str, days), *filter(None, (edited.hours_note,)))


def _naming(field: str, names: Names) -> Callable[[str], str]:
    match field:
        case "goals":
            return lambda line: names.goals.get(line, line)
        case "area":
            return lambda line: area((line,)) or line
        case "status":
            return lambda line: STATUS_WORDS.get(line, line)
        case "successors" | "see_instead":
            return lambda line: names.listings.get(line, line)
        case "referral":
            return _route
        case "rules":
            return lambda line: _assumed(line, names)
        case _:
            return lambda line: line


def _route(line: str) -> str:
    route, colon, text = line.partition(": ")
    return f"{route_label(route)}{colon}{text}"


def _assumed(line: str, names: Names) -> str:
    """What the directory assumes stands at the end of its line by its id."""
    before, colon, last = line.rpartition(": ")
    return f"{before}{colon}{names.assumptions.get(last, last)}"
