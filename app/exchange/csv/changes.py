"""What the cells of a row make of a listing. Sources follow from what was changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from app.directory.editing.edit_checks import Known, Mistake, mistakes
from app.directory.editing.edited import FIELDS, Edited, edited_of
from app.directory.editing.sourcing import Statement, listing_of
from app.directory.listing import Fact, Listing, PracticalId
from app.directory.sources import OTHER_LIST, Source
from app.exchange.csv.cells import NONE, cleaned
from app.exchange.csv.columns import COLUMNS
from app.exchange.csv.kinds import CellError, Column
from app.exchange.csv.words import STATUSES

Cells = Mapping[str, str]
_NEEDED = ("name", "summary", "area")
_HOURS = frozenset({"hours", "hours_note"})
_SAYS_WHERE_ELSE = frozenset({"see_instead", "successors"})


class RowError(Exception):
    """The row cannot become a listing; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Said:
    """What the list is called here, and the day on which it was read: the source of all that it changes."""

    feed: str
    today: date

    @property
    def statement(self) -> Statement:
        day = self.today.isoformat()
        return Statement(f"list-{day}", Source(said_by=OTHER_LIST, at=self.feed, read=day))

    def status_note(self, status: str) -> str:
        return f"{STATUSES[status]}, as the list “{self.feed}” says."


@dataclass(frozen=True)
class Outcome:
    """``repairs`` are sentences about the cells that could not be taken as they are."""

    listing: Listing
    repairs: tuple[str, ...] = ()


def made(slug: str, cells: Cells, said: Said) -> Outcome:
    """A new listing. It can be found by search, and is recommended to nobody. Raises ``RowError``."""
    for name in _NEEDED:
        if cleaned(cells.get(name, "")).casefold() in {"", NONE}:
            raise RowError(f"There is no {name}. Fill in the column “{name}”.")
    start = Edited(status="live", status_note=said.status_note("live"))
    edited, wrong = _filled_in(start, cells, said)
    repairs = [f"{column.name}: {sentence} It is left out." for column, sentence in wrong]
    edited, sentences = _put_right(edited, start, _known(slug, (), {}, said.today))
    if needed := [sentence for field, sentence in sentences if field in (*_NEEDED, *_SAYS_WHERE_ELSE)]:
        raise RowError(needed[0])
    if refused := [sentence for column, sentence in wrong if column.name in _NEEDED]:
        raise RowError(refused[0])
    repairs += [f"{sentence} It is left out." for _, sentence in sentences]
    key, source = said.statement.key, said.statement.source
    empty = Listing.model_validate(
        {
            "id": slug,
            "name": edited.name,
            "role": "information",
            "summary": edited.summary,
            "area": edited.area,
            "status": edited.status,
            "status_note": Fact(text=edited.status_note, source=(key,)),
            "sources": {key: source},
        }
    )
    return Outcome(listing_of(edited, empty, said.statement), tuple(repairs))


def changed(listing: Listing, cells: Cells, said: Said, statuses: Mapping[str, str]) -> Outcome:
    """The listing with what the cells say. ``statuses``: of all listings, by slug."""
    before = edited_of(listing)
    edited, wrong = _filled_in(before, cells, said)
    repairs = [f"{column.name}: {sentence} It is left as it is." for column, sentence in wrong]
    edited, sentences = _put_right(edited, before, _known(listing.id, listing.goals, statuses, said.today))
    repairs += [f"{sentence} It is left as it is." for _, sentence in sentences]
    fields = _differing(before, edited)
    if not fields:
        return Outcome(listing, tuple(repairs))
    new = listing_of(edited, listing, said.statement)
    news = {field: getattr(new, field) for field in ("hours" if field in _HOURS else field for field in fields)}
    return Outcome(_with_sources(listing.model_copy(update=news), new), tuple(repairs))


def _filled_in(start: Edited, cells: Cells, said: Said) -> tuple[Edited, list[tuple[Column, str]]]:
    """With what the cells say, and which of them cannot be read, and why."""
    wrong = []
    edited = start
    for column in COLUMNS:
        cell = cells.get(column.name, "")
        if not cell or (start.name and cleaned(cell) == cleaned(column.written(start))):
            continue
        try:
            edited = column.taken(edited, "" if cell.casefold() == NONE else cleaned(cell))
        except CellError as error:
            wrong.append((column, error.sentence))
    if edited.status != start.status:
        edited = edited.model_copy(update={"status_note": said.status_note(edited.status)})
    return edited, wrong


def _known(slug: str, goals: Sequence[str], statuses: Mapping[str, str], today: date) -> Known:
    # A row without any way to get in touch can come in: who lists it may not know one either.
    return Known(slug, goals, statuses, get_args(PracticalId), today, has_doors=True)


def _put_right(edited: Edited, before: Edited, known: Known) -> tuple[Edited, list[tuple[str, str]]]:
    """Without what cannot be public, and what that is: the field, and a sentence. What was so before may stay."""
    fields = _differing(before, edited)
    if not fields:
        return edited, []
    about = {*fields, *(_SAYS_WHERE_ELSE if "status" in fields else ())}
    old = {(one.field, one.sentence) for one in mistakes(before, known)} if before.name else set()
    found = [one for one in mistakes(edited, known) if one.field in about and (one.field, one.sentence) not in old]
    wrong = {one.field for one in found}
    updates: dict[str, Any] = {field: getattr(before, field) for field in wrong & {*fields} - {"contacts"}}
    if wrong & {*_SAYS_WHERE_ELSE, "status"}:
        updates |= {"status": before.status, "status_note": before.status_note}
    if "contacts" in wrong:
        updates["contacts"] = _right_contacts(edited, before, found)
    return edited.model_copy(update=updates), list(dict.fromkeys(_told(found, edited)))


def _right_contacts(edited: Edited, before: Edited, found: Iterable[Mistake]) -> tuple[Any, ...]:
    """Without those that are wrong; where there are too many, those that were there."""
    places = [one.place.split("-") for one in found if one.field == "contacts"]
    if any(len(place) == 1 for place in places):
        return before.contacts
    numbers = {int(place[1]) for place in places}
    return tuple(contact for number, contact in enumerate(edited.contacts) if number not in numbers)


def _told(found: Iterable[Mistake], edited: Edited) -> Iterator[tuple[str, str]]:
    for one in found:
        about = one.field.replace("_", " ")
        if one.field == "contacts" and "-" in one.place:
            about = f"“{edited.contacts[int(one.place.split('-')[1])].value[:60]}”"
        yield one.field, f"{about}: {one.sentence}"


def _differing(before: Edited, edited: Edited) -> tuple[str, ...]:
    return tuple(field for field in FIELDS if getattr(before, field) != getattr(edited, field))


def _with_sources(listing: Listing, new: Listing) -> Listing:
    """With the sources of what is new. Those of other days of a list that nothing names any more are taken out."""
    named = _named(listing.model_dump(mode="json", exclude={"sources"}))
    sources = {**listing.sources, **new.sources}
    kept = {key: one for key, one in sources.items() if key in named or one.said_by != OTHER_LIST}
    return listing.model_copy(update={"sources": kept})


def _named(data: Any) -> set[str]:
    if isinstance(data, dict):
        here = {key for name in ("source", "successor_source") for key in data.get(name, ())}
        return here.union(*map(_named, data.values()))
    return set().union(*map(_named, data)) if isinstance(data, list) else set()
