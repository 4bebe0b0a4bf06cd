"""Listings from the rows of a table: what a cell changes is changed, and everything else stays as it is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from app.directory.editing.typed import tidied
from app.directory.listing import Listing, Organisation
from app.exchange.csv import SPREADSHEET
from app.exchange.csv.cells import NONE, is_formula, plain
from app.exchange.csv.changes import Cells, RowError, Said, changed, made
from app.exchange.csv.columns import ID, ORGANISATION
from app.exchange.csv.reading import Row, Table
from app.exchange.csv.slugs import is_slug, slug_of
from app.exchange.incoming import Incoming
from app.models import row_id

_LONGEST_NAME = 160
_LONGEST_ID = 400
_TOO_LONG = "Something in it is longer than it can be here. Shorten it."


@dataclass(frozen=True)
class Here:
    """What is in the directory. ``listings`` and ``organisations`` are by slug.

    ``last`` is what this list said last, by the id of the row there: the slug of the listing, and the cells.
    """

    listings: Mapping[str, Listing]
    organisations: Mapping[str, Organisation]
    last: Mapping[str, tuple[str, Cells]] = field(default_factory=dict)


def incoming_of(table: Table, here: Here, feed: str, today: date) -> Iterator[Incoming]:
    """A row after the other. ``feed`` is what the list is called here; ``today`` is the day on which it is read."""
    reader = _Reader(table.columns, here, Said(feed, today))
    return map(reader.incoming, table.rows)


class _Reader:
    def __init__(self, columns: Sequence[str], here: Here, said: Said) -> None:
        self._columns, self._here, self._said = columns, here, said
        self._statuses = {slug: listing.status for slug, listing in here.listings.items()}
        self._row_of = {slug: id_ for id_, (slug, _) in sorted(here.last.items(), reverse=True)}
        self._slugs = {str(row_id("service", slug)): slug for slug in here.listings}
        self._by_names = _only_ones([(self._names(listing), slug) for slug, listing in here.listings.items()])
        self._organisations = {
            name.casefold(): slug for slug, one in here.organisations.items() for name in (*one.aliases, one.name)
        }
        self._taken = set(here.organisations)
        self._seen: dict[str, int] = {}

    def incoming(self, row: Row) -> Incoming:
        where, given = f"row {row.number}", list(zip(self._columns, row.cells, strict=False))
        cells = {column: plain(cell) for column, cell in given if cell}
        id_, slug = self._found(cells)
        repairs = [
            f"“{column}” looks like a formula. It is kept as text." for column, cell in given if is_formula(cell)
        ]
        if slug and ID not in cells and id_ not in self._here.last:
            repairs.append("It has no id. It was found by its name and organisation.")
        body = {SPREADSHEET: cells}
        try:
            self._refuse(row, slug or id_)
            listing, organisation, more = self._listing(id_, slug, cells)
        except RowError as error:
            return Incoming(where, id_, body=body, repairs=tuple(repairs), rejected=error.sentence)
        except ValidationError:
            return Incoming(where, id_, body=body, repairs=tuple(repairs), rejected=_TOO_LONG)
        self._seen[slug or id_] = row.number
        return Incoming(where, id_, listing, organisation, body, (*repairs, *more))

    def _refuse(self, row: Row, about: str) -> None:
        if row.fault:
            raise RowError(row.fault)
        if len(about) > _LONGEST_ID:
            raise RowError(f"Its id is longer than {_LONGEST_ID} characters.")
        if first := self._seen.get(about):
            raise RowError(f"Row {first} is about the same service. Only that one came in.")

    def _found(self, cells: Cells) -> tuple[str, str | None]:
        """The id of the row, and the listing that it is about; None where it is a new one."""
        name, runs_it = cells.get("name", ""), cells.get(ORGANISATION, "")
        given = cells.get(ID, "")
        if given in self._here.listings:
            slug: str | None = given
        elif given:
            slug = self._slugs.get(given.casefold())
        else:
            slug = self._by_names.get((tidied(name).casefold(), tidied(runs_it).casefold()))
        if slug:
            return self._row_of.get(slug, str(row_id("service", slug))), slug
        id_ = given or f"{tidied(name)} / {tidied(runs_it)}".casefold()
        last = self._here.last.get(id_)
        return id_, last[0] if last else None

    def _listing(
        self, id_: str, slug: str | None, cells: Cells
    ) -> tuple[Listing, tuple[str, Organisation] | None, tuple[str, ...]]:
        if slug is None:
            wished = cells.get(ID, "")
            outcome = made(wished if is_slug(wished) else slug_of(cells.get("name", "")), cells, self._said)
            return *self._with_organisation(outcome.listing, cells), outcome.repairs
        last = self._here.last.get(id_, ("", {}))[1]
        news = {column: cell for column, cell in cells.items() if last.get(column) != cell}
        outcome = changed(self._here.listings[slug], news, self._said, self._statuses)
        return *self._with_organisation(outcome.listing, news), outcome.repairs

    # Organisations

    def _names(self, listing: Listing) -> tuple[str, str]:
        return tidied(listing.name).casefold(), tidied(self._name_of(listing.organisation)).casefold()

    def _name_of(self, slug: str | None) -> str:
        organisation = self._here.organisations.get(slug or "")
        return organisation.name if organisation else ""

    def _with_organisation(self, listing: Listing, cells: Cells) -> tuple[Listing, tuple[str, Organisation] | None]:
        """With who runs it; a new organisation comes with it."""
        name = tidied(cells.get(ORGANISATION, ""))
        if not name or name == tidied(self._name_of(listing.organisation)):
            return listing, None
        if name.casefold() == NONE:
            return listing.model_copy(update={"organisation": None}), None
        if len(name) > _LONGEST_NAME:
            raise RowError(f"The name of the organisation is longer than {_LONGEST_NAME} characters. Shorten it.")
        slug = self._organisations.get(name.casefold())
        if slug in self._here.organisations:
            return listing.model_copy(update={"organisation": slug}), None
        slug = slug or self._free_slug(name)
        new = Organisation(name=name, description=f"It runs {listing.name}.")
        return listing.model_copy(update={"organisation": slug}), (slug, new)

    def _free_slug(self, name: str) -> str:
        wished = slug_of(name)
        slug, number = wished, 1
        while slug in self._taken:
            number += 1
            slug = f"{wished}-{number}"
        self._taken.add(slug)
        self._organisations[name.casefold()] = slug
        return slug


def _only_ones(pairs: Sequence[tuple[tuple[str, str], str]]) -> Mapping[tuple[str, str], str]:
    """Those that are there once: of two of the same name nobody knows which is meant."""
    times = Counter(key for key, _ in pairs)
    return {key: slug for key, slug in pairs if times[key] == 1 and key[0]}
