"""Listings that are one and the same: one stands for the other, and whoever pointed to the other finds it."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.directory.listing import Alias, Listing, ReachThrough

_LEADS = frozenset({"lead", "lead_in", "borough_services", "last_resort"})


def without_merged(
    listings: Mapping[str, Listing], into: Mapping[str, str]
) -> tuple[dict[str, Listing], dict[str, Listing]]:
    """Those that stand, and those that another one stands for. ``into``: which, by slug; never more than one step.

    What stands is found by the names of what it stands for, and nothing leads to what does not stand any more.
    """
    if not into:
        return dict(listings), {}
    merged = {slug: listings[slug] for slug in into}
    standing = {slug: led_on(listing, into) for slug, listing in listings.items() if slug not in into}
    for slug, listing in merged.items():
        standing[into[slug]] = _also_called(standing[into[slug]], listing)
    return standing, merged


def led_on(listing: Listing, into: Mapping[str, str]) -> Listing:
    """The listing with its links as they lead today: to what stands for others, and never to itself."""
    targets = {*listing.successors, *listing.see_instead, *(door.service for door in listing.reach_through)}
    if not targets & into.keys():
        return listing
    doors = [_door_led_on(door, into) for door in listing.reach_through]
    return listing.model_copy(
        update={
            "successors": _others(listing, listing.successors, into),
            "see_instead": _others(listing, listing.see_instead, into),
            "reach_through": tuple(door for door in doors if door.service != listing.id),
        }
    )


def _door_led_on(door: ReachThrough, into: Mapping[str, str]) -> ReachThrough:
    return door.model_copy(update={"service": into.get(door.service, door.service)})


def _others(listing: Listing, slugs: Iterable[str], into: Mapping[str, str]) -> tuple[str, ...]:
    led_on = dict.fromkeys(into.get(slug, slug) for slug in slugs)
    return tuple(slug for slug in led_on if slug != listing.id)


def _also_called(listing: Listing, other: Listing) -> Listing:
    known = {listing.name.casefold(), *(alias.name.casefold() for alias in listing.aliases)}
    names = [Alias(name=other.name[:120]), *other.aliases]
    new = tuple(alias for alias in names if alias.name.casefold() not in known)
    return listing.model_copy(update={"aliases": (*listing.aliases, *new)})


def words_led_on(reference: Mapping[str, Any], into: Mapping[str, str]) -> dict[str, Any]:
    """The reference data, in which what people say leads to listings that stand."""
    if not into or "synonyms" not in reference:
        return dict(reference)
    return {**reference, "synonyms": _ids_led_on(reference["synonyms"], into)}


def _ids_led_on(data: Any, into: Mapping[str, str]) -> Any:
    """Ids stand in ``lead``, ``lead_in``, ``borough_services`` and ``last_resort``, at any depth."""
    if isinstance(data, dict):
        follow = {key: _targets_led_on if key in _LEADS else _ids_led_on for key in data}
        return {key: follow[key](one, into) for key, one in data.items()}
    return [_ids_led_on(one, into) for one in data] if isinstance(data, list) else data


def _targets_led_on(data: Any, into: Mapping[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _targets_led_on(one, into) for key, one in data.items()}
    return [_targets_led_on(one, into) for one in data] if isinstance(data, list) else into.get(data, data)
