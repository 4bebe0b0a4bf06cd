"""From a postcode to its sector: the boroughs in which that lies, and about where. "N19 5AB" is in the sector "N19 5".

A district ("N19") lies in too many boroughs to tell anything, and a list of whole postcodes would be old every quarter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any
from unicodedata import normalize

HOME = "lives_in"
"""The question that a postcode can answer."""
EXAMPLE = "NW1 2DB"
"""How a postcode looks, for somebody who gave something else: that of the British Library."""


@dataclass(frozen=True)
class Position:
    """A point on the British National Grid, in metres."""

    easting: int
    northing: int

    def metres_to(self, other: "Position") -> float:
        """The way in a straight line."""
        return hypot(self.easting - other.easting, self.northing - other.northing)


@dataclass(frozen=True)
class Sector:
    """The answers to ``HOME`` among which the answer for a home there is, and about the middle of the homes."""

    boroughs: frozenset[str] = frozenset()
    middle: Position | None = None


Sectors = Mapping[str, Sector]
"""By name. A sector may be missing."""
UNKNOWN = Sector()
"""What we know of a sector that is missing."""
_LONGEST = 100
"""Characters, spaces and all. To put a hundred thousand accents on one letter in order takes a minute."""

SECTOR = r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9]"
# The letters C, I, K, M, O and V never stand in the last two places.
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9])[ABD-HJLNP-UW-Z]{2}\b")


def sectors_from(data: Mapping[str, Any]) -> Sectors:
    """The data of ``seed/postcode_sectors.csv``, as its reader gives it."""
    return {name: _sector(row) for name, row in data.items()}


def _sector(row: Any) -> Sector:
    # A database filled by an earlier version holds the boroughs alone.
    if isinstance(row, list):
        return Sector(frozenset(row))
    placed = row["easting"] is not None
    return Sector(frozenset(row["boroughs"]), Position(row["easting"], row["northing"]) if placed else None)


def sector_of(text: str) -> str | None:
    """The sector of a postcode, however it is spaced and written; None where the text is no whole postcode."""
    if len(text) > _LONGEST:
        return None
    squeezed = "".join(normalize("NFKC", text).split()).upper()
    found = _POSTCODE.fullmatch(squeezed)
    return f"{found[1]} {found[2]}" if found else None


def sectors_in(text: str) -> list[str]:
    """The sectors of the postcodes that stand in a text, written as the post writes them."""
    return [f"{found[1]} {found[2]}" for found in _POSTCODE.finditer(text)]
