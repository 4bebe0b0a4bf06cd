"""Rows that wait for those after them, small enough that ten thousand of them can wait."""

import json
from dataclasses import dataclass, replace
from zlib import compress, decompress

from app.actions.importing.intake import Case
from app.directory.listing import Listing
from app.exchange.incoming import Incoming

_QUICKLY = 1


@dataclass(frozen=True)
class Held:
    """A row without its record, which is read again when its turn comes."""

    number: int
    repairs: tuple[str, ...]
    incoming: Incoming
    body: bytes
    listing: bytes

    @classmethod
    def of(cls, case: Case) -> "Held":
        return cls(
            number=case.number,
            repairs=tuple(case.repairs),
            incoming=replace(case.incoming, listing=None, body={}),
            body=compress(json.dumps(dict(case.incoming.body)).encode(), _QUICKLY),
            listing=compress(case.listing.model_dump_json(by_alias=True, exclude_defaults=True).encode(), _QUICKLY),
        )

    def case(self) -> Case:
        listing = Listing.model_validate_json(decompress(self.listing))
        incoming = replace(self.incoming, listing=listing, body=json.loads(decompress(self.body)))
        return Case(self.number, incoming, listing, repairs=list(self.repairs))
