"""Makes a listing of what somebody edited. Sources follow from what was changed.

A sentence that stands as it stood keeps its sources; a new one is what the provider says, on this day. A new line of
a rule can name a web page that says so.
"""

from collections.abc import Sequence

from app.directory.editing.edited import Edited
from app.directory.editing.source_pool import Pool
from app.directory.editing.source_pool import Statement as Statement
from app.directory.listing import Listing
from app.directory.sources import Source


def statement(organisation: str | None, day: str) -> Statement:
    """``day`` is written 2026-11-22. Without an organisation the directory team says it."""
    source = Source(said_by=organisation or "directory", dated=day, read=day)
    return Statement(f"said-{day}", source)


def listing_of(edited: Edited, live: Listing, said: Statement, others: Sequence[Listing] = ()) -> Listing:
    """The listing that ``edited`` makes of the ``live`` one.

    What stands as it stood in the live listing, or in one of the ``others``, keeps its sources. Raises pydantic's
    ``ValidationError`` where ``app.directory.editing.edit_checks`` finds something wrong.
    """
    pool = Pool(said, (live, *others))
    fields = {
        "name": edited.name,
        "summary": edited.summary,
        "aliases": [pool.alias(name) for name in edited.aliases],
        "commissioner": pool.optional_fact("commissioner", edited.commissioner),
        "offers": [pool.fact("offers", text) for text in edited.offers],
        "goals": edited.goals,
        "area": edited.area,
        "contacts": [pool.contact(contact) for contact in edited.contacts],
        "hours": pool.hours(edited),
        "languages": [pool.language(name) for name in edited.languages],
        "access": [pool.fact("access", text) for text in edited.access],
        "practical": {id_: pool.practical(id_, answer) for id_, answer in edited.practical.items() if answer.text},
        "referral": [pool.route(route) for route in edited.referral],
        "notes": [pool.fact("notes", text) for text in edited.notes],
        "unknown": edited.unknown,
        "status": edited.status,
        "status_note": pool.fact("status_note", edited.status_note),
        "opened": edited.opened or None,
        "closed": edited.closed or None,
        "successors": edited.successors,
        "successor_source": pool.successor_source(edited.successors),
        "see_instead": edited.see_instead,
        "rules": [pool.rule(rule) for rule in edited.rules],
    }
    kept = live.model_dump(include={"id", "role", "organisation", "never_opened", "last_seen", "reach_through"})
    return Listing.model_validate({**kept, **fields, "sources": pool.sources_used()})
