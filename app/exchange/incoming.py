"""What comes in from elsewhere, one row at a time: as a listing of ours, or with the reason why it cannot be one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.directory.availability import Availability
from app.directory.freshness import Freshness
from app.directory.listing import Listing, Organisation


@dataclass(frozen=True)
class Incoming:
    """One row of a feed or of a spreadsheet. Without ``listing`` it is ``rejected``, or ``repeats``.

    ``where`` says where it stands, for people: "services-2.json, item 14" or "row 7". ``foreign_id`` is its id there.
    ``organisation`` has its slug. ``body`` is the whole row as it came, also what nobody here knows. ``repairs`` and
    ``rejected`` are sentences. ``repeats``: another row says all of this.

    What came out of this directory, or of one like it, has the UUID of the listing as its ``foreign_id``
    (``str(row_id("service", listing.id))``), and keeps its slug. Whatever else is new gets a slug that is free here.
    ``freshness``, ``modified_at``, ``availability`` and ``merged_into`` are those of that directory.
    """

    where: str
    foreign_id: str
    listing: Listing | None = None
    organisation: tuple[str, Organisation] | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    rejected: str = ""
    repeats: bool = False
    freshness: Freshness | None = None
    modified_at: datetime | None = None
    availability: Availability | None = None
    merged_into: UUID | None = None
