"""Where a file may send people: only to listings that exist and, where it matters, that are open."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.directory.listing import Listing


@dataclass(frozen=True)
class Doors:
    """The listings that could be read, and the ids of all by their files' names (``names``).

    A listing that cannot be read is told of once, and not again wherever it is named.
    """

    listings: Mapping[str, Listing]
    names: frozenset[str]

    def fault(self, target: str, *, may_be_closed: bool = False) -> str | None:
        """Why nobody can be sent there, as a sentence; None where all is well."""
        if target not in self.names:
            return f"There is no listing “{target}”. Correct the id, or write the listing."
        listing = self.listings.get(target)
        if listing and listing.status == "closed" and not may_be_closed:
            return f"“{target}” is closed. Name a listing that is open."
        return None
