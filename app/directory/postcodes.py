"""From a postcode to the boroughs in which its sector lies: "N19 5AB" is in the sector "N19 5".

A district ("N19") lies in too many boroughs to tell anything, and a list of whole postcodes would be old every quarter.
"""

import re
from collections.abc import Mapping, Sequence
from unicodedata import normalize

HOME = "lives_in"
"""The question that a postcode can answer."""
EXAMPLE = "NW1 2DB"
"""How a postcode looks, for somebody who gave something else: that of the British Library."""

Sectors = Mapping[str, frozenset[str]]
"""By sector, the answers to ``HOME`` among which the answer for a home there is. A sector may be missing."""

SECTOR = r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9]"
# The letters C, I, K, M, O and V never stand in the last two places.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])[ABD-HJLNP-UW-Z]{2}")


def sectors_from(data: Mapping[str, Sequence[str]]) -> Sectors:
    """The data of ``seed/postcode_sectors.csv``, as its reader gives it."""
    return {sector: frozenset(boroughs) for sector, boroughs in data.items()}


def sector_of(text: str) -> str | None:
    """The sector of a postcode, however it is spaced and written; None where the text is no whole postcode."""
    squeezed = "".join(normalize("NFKC", text).split()).upper()
    found = _POSTCODE.fullmatch(squeezed)
    return f"{found[1]} {found[2]}" if found else None
