"""The whole catalogue as files for other directories: each list as the API would give it, on one page.

The same catalogue on the same day gives the same bytes. So nothing says when it was written.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import UUID

from app.exchange.oruk.feed import Feed, as_json
from app.exchange.oruk.ours import OurWhole, Shape
from app.exchange.oruk.shapes import PROFILE, VERSION, Organization, Page, Service

MANIFEST = "manifest.json"
PACKAGE = 1
"""The version of how the files are laid out."""
_LISTS = ("services", "taxonomies", "service_at_locations")
_FILES = frozenset({MANIFEST, *(f"{name}.json" for name in _LISTS)})
NOT_EXPORTED = frozenset({"spreadsheet", "not_trusted"})
"""What stands in a record without being a field of the standard: the row of a spreadsheet, and of a list that is not
trusted with our own listings."""
_PARTS: Mapping[str, type[Shape]] = {"organization": Organization, "no_wrong_door": OurWhole}


class PackageError(Exception):
    """``message`` is a sentence for whoever runs the export."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Package:
    """``services`` are JSON, each with the fields that its feed gave and nobody here knows."""

    feed: Feed
    services: Callable[[int], bytes]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many things are in each list."""
        return dict(zip(_LISTS, (len(self.feed.abouts), 1, len(self.feed.places)), strict=True))


def package_of(feed: Feed, unknown: Mapping[UUID, Mapping[str, Any]]) -> Package:
    """``unknown``: what was read of a service that has no place here, by its id."""

    def service(number: int) -> bytes:
        body, more = feed.service(number), unknown.get(feed.abouts[number].record.id)
        return _with_more(body, more) if more else body

    return Package(feed, service)


def unknown_fields(body: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says under names that are not ours; also inside its organisation, and in ``no_wrong_door``."""
    found = {name: value for name, value in body.items() if name not in Service.model_fields and _is_said(name, value)}
    for part, shape in _PARTS.items():
        inside = body.get(part)
        if isinstance(inside, dict):
            more = {name: value for name, value in inside.items() if name not in shape.model_fields}
            found |= {part: more} if more else {}
    return found


def _is_said(name: str, value: Any) -> bool:
    # The standard takes no null.
    return name not in NOT_EXPORTED and value is not None


def _with_more(body: bytes, more: Mapping[str, Any]) -> bytes:
    whole = json.loads(body)
    for name in sorted(more):
        if name not in _PARTS:
            whole[name] = more[name]
        elif name in whole:
            whole[name] |= {inside: more[name][inside] for inside in sorted(more[name])}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


# Files


def write_package(package: Package, folder: Path) -> None:
    """Writes the files beside the folder, and then puts them in its place: nobody reads half of them.

    Raises ``PackageError`` where something else stands in the folder, and ``OSError``.
    """
    folder = folder.resolve()
    _refuse_others(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    mark = token_hex(4)
    new, old = folder.with_name(f".{folder.name}.new-{mark}"), folder.with_name(f".{folder.name}.old-{mark}")
    new.mkdir()
    try:
        for name, parts in _files(package):
            _write(new / name, parts)
        _swap(new, folder, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _refuse_others(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise PackageError(f"{folder} is a file. Name a folder.")
    names = {one.name for one in folder.iterdir()}
    if names and not (MANIFEST in names and names <= _FILES):
        raise PackageError(f"{folder} holds other things. Name a new folder, or one that an export made.")


def _swap(new: Path, folder: Path, old: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _write(file: Path, parts: Iterable[bytes]) -> None:
    with file.open("wb") as handle:
        for part in parts:
            handle.write(part)
        handle.flush()
        os.fsync(handle.fileno())


def _files(package: Package) -> Iterator[tuple[str, Iterable[bytes]]]:
    feed = package.feed
    items: tuple[Callable[[int], bytes], ...] = (
        package.services,
        lambda _: as_json(feed.taxonomy),
        feed.place_in_list,
    )
    for (name, count), item in zip(package.counts.items(), items, strict=True):
        yield f"{name}.json", _page(count, item)
    yield MANIFEST, [_manifest(package)]


def _page(count: int, item: Callable[[int], bytes]) -> Iterator[bytes]:
    """One page with everything on it; each thing on a line of its own."""
    envelope: Page[Shape] = Page(
        total_items=count,
        total_pages=min(count, 1),
        page_number=1,
        size=count,
        first_page=True,
        last_page=True,
        empty=count == 0,
        contents=(),
    )
    yield envelope.model_dump_json().encode().removesuffix(b"]}")
    for number in range(count):
        yield (b",\n" if number else b"\n") + item(number)
    yield b"]}\n"


def _manifest(package: Package) -> bytes:
    said = {"package": PACKAGE, "profile": VERSION, "profile_url": PROFILE, **package.counts}
    return json.dumps(said, indent=1).encode() + b"\n"
