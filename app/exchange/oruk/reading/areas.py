"""Which areas a service is for, as far as its words, its codes and its postcodes tell."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.directory.listing import BOROUGHS
from app.directory.postcodes import UNKNOWN, Sectors, sectors_in
from app.exchange.oruk.reading.contacts import locations_of
from app.exchange.oruk.reading.mending import Mending
from app.exchange.oruk.reading.texts import text_of

_OUTSIDE = "outside"
_WIDE = ("national", "london", "ncl")
_WIDE_NAMES: Mapping[str, str] = {
    "north central london": "ncl",
    "ncl": "ncl",
    "london": "london",
    "greater london": "london",
    "england": "national",
    "uk": "national",
    "united kingdom": "national",
    "great britain": "national",
    "national": "national",
    "nationwide": "national",
}
# The codes of the Office for National Statistics, which lists give in place of names.
_CODES: Mapping[str, str] = {
    "E09000003": "barnet",
    "E09000007": "camden",
    "E09000010": "enfield",
    "E09000014": "haringey",
    "E09000019": "islington",
    "E12000007": "london",
    "E92000001": "national",
    "K02000001": "national",
}
_CODE = re.compile(r"\b[EKNSW][0-9]{8}\b")
_SAID_IN = ("name", "service_area", "description", "extent", "uri")
Row = Mapping[str, Any]
Names = Callable[[str], Iterator[str]]
"""The areas that are named in a text: boroughs, ``ncl``, ``london``, ``national`` and ``outside``."""
UNKNOWN_AREA = "area that it serves"
"""Finishes “We do not know the …”."""


@dataclass(frozen=True)
class Areas:
    """``ids`` are none where all that is said is that it is for somewhere else. ``said``: the list itself says so."""

    ids: tuple[str, ...]
    said: bool = True


def names_from(places: Mapping[str, Any]) -> Names:
    """Reads the data of ``seed/places.yaml``."""
    meanings: dict[str, tuple[str, ...]] = {name.casefold(): () for name in places.get("wider", ())}
    meanings |= {name.casefold(): (_OUTSIDE,) for name in places.get("outside", ())}
    meanings |= {name.casefold(): tuple(boroughs) for name, boroughs in places.get("across", {}).items()}
    for borough, inside in places.get("inside", {}).items():
        meanings |= {name.casefold(): (borough,) for name in inside}
    meanings |= {name: (area,) for name, area in _WIDE_NAMES.items()}
    # “North London” is found before “London”.
    longest_first = sorted(meanings, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

    def names(text: str) -> Iterator[str]:
        for found in pattern.finditer(text.casefold()):
            yield from meanings[found.group()]
        for code in _CODE.findall(text):
            yield _CODES.get(code, _OUTSIDE)

    return names


def areas_of(row: Row, names: Names, sectors: Sectors, mending: Mending) -> Areas:
    said = {area for one in mending.dicts(row, "service_areas") for area in _named(one, _SAID_IN, names)}
    if found := _widest(said):
        return Areas(found)
    if _OUTSIDE in said:
        return Areas(())
    lies_in = {area for address in _addresses(row, mending) for area in _named(address, ("city", "region"), names)}
    if boroughs := _boroughs(lies_in):
        mending.say("Nothing says which area it serves. It is put where its address is.")
        return Areas(boroughs, said=False)
    if any(_is_near(text_of(address.get("postal_code")), sectors) for address in _addresses(row, mending)):
        mending.say("Nothing says which area it serves. Its postcode is in North Central London.")
        return Areas(("ncl",), said=False)
    mending.say("Nothing says which area it serves. It is found in every area, and its page says so.")
    return Areas(("national",), said=False)


def _named(row: Row, fields: tuple[str, ...], names: Names) -> Iterator[str]:
    for field in fields:
        yield from names(text_of(row.get(field))[:5000])


def _widest(said: set[str]) -> tuple[str, ...]:
    """Boroughs; where none is named, the widest area."""
    return _boroughs(said) or tuple(area for area in _WIDE if area in said)[:1]


def _boroughs(said: set[str]) -> tuple[str, ...]:
    return tuple(borough for borough in BOROUGHS if borough in said)


def _addresses(row: Row, mending: Mending) -> Iterator[Row]:
    for location in locations_of(row, mending):
        yield from mending.dicts(location, "addresses")


def _is_near(postcode: str, sectors: Sectors) -> bool:
    found = [sectors.get(sector, UNKNOWN).boroughs for sector in sectors_in(postcode.upper())]
    return any(boroughs & set(BOROUGHS) for boroughs in found)
