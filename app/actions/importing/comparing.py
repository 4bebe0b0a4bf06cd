"""What a feed said last, what it says now, and what stands here."""

from typing import Any

from app.directory.listing import Listing
from app.exchange.listing_rows import Fields


def same_facts(one: Listing, other: Listing) -> bool:
    """Whether they say the same, on whichever day it was read."""
    return _without_days(one) == _without_days(other)


def _without_days(listing: Listing) -> Listing:
    sources = {key: source.model_copy(update={"read": ""}) for key, source in listing.sources.items()}
    return listing.model_copy(update={"sources": sources})


def with_news(last: Listing, now: Listing, here: Listing) -> Listing:
    """What stands here, with what the feed changed since it was read last. Fields are taken whole."""
    news = {
        field: getattr(now, field)
        for field in Listing.model_fields
        if field not in {"id", "sources"} and getattr(now, field) != getattr(last, field)
    }
    return _with_sources(here.model_copy(update=news), {**here.sources, **now.sources})


def _with_sources(listing: Listing, sources: Fields) -> Listing:
    """With those of the sources that some fact of it names."""
    named = _sources_named(listing.model_dump(mode="json", exclude={"sources"}))
    return listing.model_copy(update={"sources": {key: one for key, one in sources.items() if key in named}})


def _sources_named(data: Any) -> set[str]:
    if isinstance(data, dict):
        found = {key for name in ("source", "successor_source") for key in data.get(name, ())}
        return found.union(*map(_sources_named, data.values()))
    return set().union(*map(_sources_named, data)) if isinstance(data, list) else set()


def as_kept(listing: Listing) -> dict[str, Any]:
    """As it stands in ``imported_record`` and ``import_proposal``."""
    return listing.model_dump(mode="json", by_alias=True, exclude_defaults=True)
