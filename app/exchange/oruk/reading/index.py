"""What stands where in the files of a feed: services, organisations, places, and what is none of these.

One service may stand in several files: in a list, in a file of its own, within its organisation, with a place. The
fullest of these counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.exchange.oruk.reading.files import Thing, UnreadableError, around, opened, parts_of, thing
from app.exchange.oruk.reading.foreign import slug_of
from app.exchange.oruk.reading.split import Part, Split, loose_things
from app.exchange.oruk.reading.texts import shown, text_of

Row = Mapping[str, Any]
_OF_ORGANISATIONS = (
    "legal_status",
    "parent_organization_id",
    "organization_identifiers",
    "logo",
    "website",
    "services",
)
_OF_SERVICES = ("status", "organization", "organization_id", "schedules", "service_areas", "service_at_locations")
_OF_TERMS = ("taxonomy", "taxonomy_terms", "taxonomy_id", "term_uri", "parent_id")
_LARGEST_ORGANISATION = 20_000
"""Characters that are kept of one."""
_LONGEST_LOOSE = 10_000
"""Bytes that are looked at between two things."""


@dataclass(frozen=True)
class Spot:
    """Where a row stands: the thing of this number in the file, or one of those in it; None: the file is the thing."""

    file: Path
    part: Part | None
    number: int
    within: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Copy:
    """A place at which a service stands. ``kind``: 0, as itself; 1, within its organisation; 2, with a place.

    ``owner`` is the key of the organisation in which it stands, or empty.
    """

    spot: Spot
    kind: int
    size: int
    order: int
    owner: str = ""


@dataclass
class Index:
    """``services`` are by id, and so are ``organisations``; ``owners`` are those whose whole file it is, and
    ``alone`` have no service in themselves.

    ``places`` are by the id of the service, each with its own. ``refused`` are rows that are nothing that can come in,
    each with the reason; ``faults`` are sentences about files.
    """

    services: dict[str, list[Copy]] = field(default_factory=dict)
    organisations: dict[str, Row] = field(default_factory=dict)
    owners: dict[Path, str] = field(default_factory=dict)
    alone: list[tuple[Spot, str]] = field(default_factory=list)
    places: dict[str, list[tuple[str, Spot]]] = field(default_factory=dict)
    refused: list[tuple[Spot, str]] = field(default_factory=list)
    faults: list[tuple[Path, str]] = field(default_factory=list)
    count: int = 0


def key_of(row: Row) -> str:
    """The id of a row as a text, or what stands for it where it has none."""
    id_ = row.get("id")
    if isinstance(id_, str | int) and not isinstance(id_, bool) and text_of(id_):
        return text_of(id_)[:300].casefold()
    return f"name:{slug_of(text_of(row.get('name')))}"


def index_of(files: list[Path]) -> Index:
    """Looks at everything once, and keeps where it stands."""
    index = Index()
    for file in files:
        try:
            with opened(file) as content:
                _read_file(index, file, content)
        except UnreadableError as error:
            index.faults.append((file, error.message))
        except OSError as error:
            index.faults.append((file, f"The file cannot be read: {error.strerror or error}."))
    return index


def _read_file(index: Index, file: Path, content: bytes) -> None:
    found = parts_of(content)
    number = 0
    for part in found.parts:
        if part.loose:
            for piece in loose_things(content[part.start : min(part.end, part.start + _LONGEST_LOOSE)]):
                number += 1
                why = f"This is no service: {shown(piece.decode(errors='replace'))}."
                index.refused.append((Spot(file, part, number), why))
            continue
        number += 1
        try:
            _sort(index, Spot(file, part, number), thing(content, part).data)
        except UnreadableError as error:
            index.refused.append((Spot(file, part, number), error.message))
    if found.problem:
        index.faults.append((file, found.problem))
    if found.around:
        _sort_whole(index, Spot(file, None, 0), content, found)


def _sort_whole(index: Index, spot: Spot, content: bytes, found: Split) -> None:
    """A file that is one thing, or what stands around the lists in it, such as their organisation."""
    try:
        data = around(content, found).data
    except UnreadableError as error:
        index.faults.append((spot.file, error.message))
        return
    if not isinstance(data, dict) or not {"id", "name"} & data.keys() or spot.file.stem == "manifest":
        # A list, or what a package says of itself.
        return
    if found.parts:
        index.owners[spot.file] = key_of(data)
    _sort(index, spot, data)


def _sort(index: Index, spot: Spot, row: Any) -> None:
    if not isinstance(row, dict):
        index.refused.append((spot, f"This is no service: {shown(row)}."))
    elif "location" in row or "location_id" in row or isinstance(row.get("service"), dict):
        _sort_place(index, spot, row)
    elif _is_organisation(spot, row):
        _sort_organisation(index, spot, row)
    elif _is_term(spot, row):
        # Terms of other taxonomies are known by the services that name them.
        if not spot.file.stem.casefold().startswith("taxonom"):
            index.refused.append((spot, "This is a term of a taxonomy, and no service."))
    else:
        _add_service(index, spot, row, kind=0)


def _is_term(spot: Spot, row: Row) -> bool:
    named = spot.file.stem.casefold().startswith("taxonom")
    return named or (any(name in row for name in _OF_TERMS) and not any(name in row for name in _OF_SERVICES))


def _is_organisation(spot: Spot, row: Row) -> bool:
    list_name = spot.part.list_name if spot.part else ""
    if row.get("services") or list_name.startswith("organi"):
        return True
    if list_name != "services" and spot.file.stem.casefold().startswith(("organization", "organisation")):
        return True
    return any(name in row for name in _OF_ORGANISATIONS) and not any(name in row for name in _OF_SERVICES)


def _sort_organisation(index: Index, spot: Spot, row: Row) -> None:
    services = row.get("services") if isinstance(row.get("services"), list) else []
    kept = {name: str(row.get(name) or "")[:_LARGEST_ORGANISATION] for name in ("id", "name", "description")}
    index.organisations.setdefault(key_of(row), {**kept, "website": str(row.get("website") or row.get("url") or "")})
    if not services:
        index.alone.append((spot, key_of(row)))
    for number, service in enumerate(services or ()):
        _sort_within(index, Spot(spot.file, spot.part, spot.number, ("services", number)), service, key_of(row))


def _sort_within(index: Index, spot: Spot, service: Any, owner: str) -> None:
    if isinstance(service, dict):
        _add_service(index, spot, service, 1, owner)
    else:
        index.refused.append((spot, f"This is no service: {shown(service)}."))


def _sort_place(index: Index, spot: Spot, row: Row) -> None:
    service = row.get("service")
    if isinstance(service, dict):
        _add_service(index, Spot(spot.file, spot.part, spot.number, ("service",)), service, kind=2)
        index.places.setdefault(key_of(service), []).append((key_of(row), spot))
    elif text_of(row.get("service_id")):
        index.places.setdefault(key_of({"id": row["service_id"]}), []).append((key_of(row), spot))
    else:
        index.refused.append((spot, "This place has no service."))


def _add_service(index: Index, spot: Spot, row: Row, kind: int, owner: str = "") -> None:
    index.services.setdefault(key_of(row), []).append(Copy(spot, kind, _size(row), index.count, owner))
    index.count += 1


def _size(value: Any) -> int:
    """How much is said, whichever way it is written."""
    if isinstance(value, dict):
        return sum(1 + _size(one) for one in value.values())
    if isinstance(value, list):
        return sum(map(_size, value))
    return len(value) if isinstance(value, str) else int(value is not None)


def thing_at(spot: Spot, content: bytes) -> Thing:
    """The thing that stands there, or that in which it stands. Raises ``UnreadableError``."""
    return thing(content, spot.part) if spot.part else around(content, parts_of(content))


def spots(copies: list[Copy]) -> Iterator[Copy]:
    """The fullest first; of equals, the one that stands as itself, and the earlier one."""
    return iter(sorted(copies, key=lambda copy: (-copy.size, copy.kind, copy.order)))
