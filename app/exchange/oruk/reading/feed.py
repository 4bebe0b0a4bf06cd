"""The rows of a feed, one after the other, each as a listing or with the reason why it is none."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.directory.listing import Listing
from app.exchange.incoming import Incoming
from app.exchange.oruk.reading.files import Thing, UnreadableError, files_in, opened
from app.exchange.oruk.reading.foreign import NoListingError, as_uuid, foreign_listing, organisation_of
from app.exchange.oruk.reading.index import Copy, Spot, index_of, key_of, spots, thing_at
from app.exchange.oruk.reading.known import Known
from app.exchange.oruk.reading.mending import Mending
from app.exchange.oruk.reading.own import ours_of, own_dates, own_listing, own_organisation
from app.exchange.oruk.reading.split import Part
from app.exchange.oruk.reading.texts import text_of
from app.models import row_id

Row = Mapping[str, Any]
_MOST_PLACES = 100
NOT_TRUSTED = "not_trusted"
"""Where the row stands in the record, so that none of it goes out with our own listing, and trust is news."""
PART_OF_IT = "It is of a directory like this one. Its rules and its role did not come in: only --trusted brings them."


class OrukFeed:
    """A file or a folder. ``total`` is how many services were found in it; iterating gives the rows.

    Raises ``UnreadableError`` where there is no file.
    """

    def __init__(self, path: Path, known: Known) -> None:
        self._path, self._known = path, known
        self._index = index_of(files_in(path))
        self._run_something: set[str] = set()
        self.total = len(self._index.services)

    def __iter__(self) -> Iterator[Incoming]:
        with _Open() as files:
            # Those that stand as themselves come first, in the order of the lists.
            for key in sorted(self._index.services, key=lambda key: _first(self._index.services[key])):
                yield from self._service(key, files)
        yield from self._others()

    def _where(self, spot: Spot) -> str:
        folder = self._path if self._path.is_dir() else self._path.parent
        numbers = [spot.number, *(step + 1 for step in spot.within if isinstance(step, int))]
        items = [f"item {number}" for number in numbers if number]
        name = spot.file.relative_to(folder).as_posix().encode(errors="replace").decode()
        return ", ".join([name, *items])

    # Services

    def _service(self, key: str, files: "_Open") -> Iterator[Incoming]:
        copies = spots(self._index.services[key])
        fullest = next(copies)
        where = self._where(fullest.spot)
        try:
            row, mending = self._whole(key, fullest, files)
        except UnreadableError as error:
            yield Incoming(where, key, rejected=error.message)
            return
        yield _incoming(where, row, self._known, mending)
        for copy in copies:
            if copy.kind == 0:
                yield self._copy(key, copy, row, where, files)

    def _whole(self, key: str, copy: Copy, files: "_Open") -> tuple[Row, Mending]:
        """The row with its organisation and with those of its places that stand elsewhere."""
        mending = Mending()
        found = files.row(copy.spot)
        if found.repair:
            mending.say(found.repair)
        row = dict(found.data)
        if isinstance(row.get("organization"), dict):
            self._run_something.add(key_of(row["organization"]))
        elif organisation := self._organisation(row, copy):
            row["organization"] = organisation
        if places := self._places(key, row, files):
            row["service_at_locations"] = [*_list(row.get("service_at_locations")), *places]
        return row, mending

    def _organisation(self, row: Row, copy: Copy) -> Row | None:
        owner = copy.owner or self._index.owners.get(copy.spot.file) or key_of({"id": row.get("organization_id")})
        self._run_something.add(owner)
        return self._index.organisations.get(owner)

    def _places(self, key: str, row: Row, files: "_Open") -> list[Row]:
        there = {key_of(place) for place in _list(row.get("service_at_locations")) if isinstance(place, dict)}
        found: list[Row] = []
        for id_, spot in self._index.places.get(key, ())[:_MOST_PLACES]:
            if id_ not in there:
                place = files.row(spot).data
                found.append({field: value for field, value in place.items() if field != "service"})
        return found

    def _copy(self, key: str, copy: Copy, fullest: Row, where: str, files: "_Open") -> Incoming:
        """Another row with the same id: what it says is said already, or it contradicts."""
        try:
            row = files.row(copy.spot).data
        except UnreadableError as error:
            return Incoming(self._where(copy.spot), key, rejected=error.message)
        if _says_no_more(row, fullest):
            return Incoming(self._where(copy.spot), key, repeats=True)
        why = f"It has the same id as {where}, which says more. That one came in."
        return Incoming(self._where(copy.spot), key, rejected=why)

    # What is no service

    def _others(self) -> Iterator[Incoming]:
        for key, places in self._index.places.items():
            if key not in self._index.services:
                for _, spot in places:
                    yield Incoming(self._where(spot), key, rejected="The service of this place is not in the list.")
        for spot, key in self._index.alone:
            if key not in self._run_something:
                yield Incoming(self._where(spot), key, rejected="No service in the list belongs to this organisation.")
        for spot, why in self._index.refused:
            yield Incoming(self._where(spot), "", rejected=why)
        for file, why in self._index.faults:
            yield Incoming(self._where(Spot(file, None, 0)), "", rejected=why)


def _first(copies: list[Copy]) -> tuple[int, int]:
    return min((copy.kind, copy.order) for copy in copies)


class _Open(ExitStack):
    """Keeps the file and the thing that were asked for last: rows come in the order of their files."""

    def __init__(self) -> None:
        super().__init__()
        self._file: Path | None = None
        self._content = b""
        self._last: tuple[Path, Part | None] | None = None
        self._thing = Thing(None)

    def row(self, spot: Spot) -> Thing:
        """The row that stands there, with its repair. Raises ``UnreadableError``, also where the file changed."""
        if self._last != (spot.file, spot.part):
            self._last = None
            self._thing = thing_at(spot, self._of(spot.file))
            self._last = spot.file, spot.part
        data = self._thing.data
        try:
            for step in spot.within:
                data = data[step]
        except (LookupError, TypeError):
            data = None
        if not isinstance(data, dict):
            raise UnreadableError("The file changed while it was read.")
        return Thing(data, self._thing.repair)

    def _of(self, file: Path) -> bytes:
        if file != self._file:
            self._file = None
            self.close()
            try:
                self._content = self.enter_context(opened(file))
            except OSError as error:
                raise UnreadableError(f"The file cannot be read: {error.strerror or error}.") from error
            self._file = file
        return self._content


# One row


def _incoming(where: str, row: Row, known: Known, mending: Mending) -> Incoming:
    foreign_id = _id_of(row, mending)
    mending.empty_fields(row)
    ours = ours_of(row)
    body = {NOT_TRUSTED: dict(row)} if ours and not known.trusted else dict(row)
    try:
        if ours and known.takes_whole(as_uuid(row.get("id"))):
            listing = own_listing(ours, known, mending)
            organisation = own_organisation(row, listing, mending)
            found = Incoming(where, foreign_id, listing, organisation, body, mending.repairs)
            return replace(found, **own_dates(row, ours, mending), repairs=mending.repairs)
        if ours:
            mending.say(PART_OF_IT)
        organisation = organisation_of(row, mending)
        listing = _with_another_id(foreign_listing(row, known, mending), foreign_id)
        return Incoming(where, foreign_id, listing, organisation, body, mending.repairs)
    except NoListingError as error:
        return Incoming(where, foreign_id, body=body, repairs=mending.repairs, rejected=error.message)
    except ValidationError as error:
        fields = ", ".join(sorted({text_of(str(problem["loc"][0])) for problem in error.errors() if problem["loc"]}))
        return Incoming(where, foreign_id, body=body, rejected=f"It cannot be made a listing because of: {fields}.")


def _with_another_id(listing: Listing, foreign_id: str) -> Listing:
    """So that what has the id of a service of ours and its name is never taken for it."""
    is_like_ours = foreign_id == str(row_id("service", listing.id))
    return listing.model_copy(update={"id": f"{listing.id}-2"}) if is_like_ours else listing


def _id_of(row: Row, mending: Mending) -> str:
    key = key_of(row)
    if uuid := as_uuid(key):
        return str(uuid)
    if key.startswith("name:"):
        mending.say("It has no id. Its name stands for it.")
    elif isinstance(row.get("id"), int):
        mending.say("Its id is a number. It is kept as a text.")
    else:
        mending.say("Its id is no UUID. It is kept as it is.")
    return key


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _says_no_more(one: Any, other: Any) -> bool:
    """Whether all that the one says stands in the other."""
    if one is None or one in ("", [], {}):
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_says_no_more(value, other.get(field)) for field, value in one.items())
    return bool(one == other)
