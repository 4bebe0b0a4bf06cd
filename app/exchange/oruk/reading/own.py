"""A service that came out of a directory like this one: all that was said of it there comes back."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from app.directory.availability import Availability
from app.directory.freshness import Freshness
from app.directory.listing import Listing, Organisation
from app.directory.rule_checks import conditions_of
from app.exchange.oruk.reading.foreign import NoListingError, as_uuid, organisation_of
from app.exchange.oruk.reading.known import Known
from app.exchange.oruk.reading.mending import Mending
from app.exchange.oruk.reading.texts import shown, text_of
from app.exchange.seed.plain_yaml import Document, Problem
from app.exchange.seed.shape import validate
from app.exchange.seed.sources import is_page, not_a_page
from app.models import row_id

Row = Mapping[str, Any]


def ours_of(row: Row) -> Row | None:
    """What a directory like this said besides; None where the service is of another one."""
    ours = row.get("no_wrong_door")
    listing = ours.get("listing") if isinstance(ours, dict) else None
    if not isinstance(ours, dict) or not isinstance(listing, dict):
        return None
    slug = listing.get("id")
    is_its_id = isinstance(slug, str) and as_uuid(row.get("id")) == row_id("service", slug)
    return ours if is_its_id else None


def own_listing(ours: Row, known: Known, mending: Mending) -> Listing:
    """Raises ``NoListingError``."""
    data = dict(ours["listing"])
    if strange := sorted(data.keys() - _fields()):
        mending.say(f"This directory does not know the fields {', '.join(map(shown, strange[:10]))}: left out.")
    problems: list[Problem] = []
    document = Document("", {field: value for field, value in data.items() if field in _fields()}, {})
    listing = validate(Listing, document, problems)
    if listing is None:
        raise NoListingError(problems[0].message)
    if fault := _source_fault(listing, known) or _address_fault(listing) or known.rule_fault(listing.rules):
        raise NoListingError(fault)
    return listing


def _fields() -> set[str]:
    return set(Listing.model_fields)


def _source_fault(listing: Listing, known: Known) -> str:
    """Every fact has a source, and every source can be shown."""
    for key in sorted(_keys_used(listing) - listing.sources.keys()):
        return f"There is no source {shown(key)}."
    for key, source in listing.sources.items():
        if source.paper and source.paper not in known.papers:
            return f"This directory does not have the paper {shown(source.paper)}."
        if not (source.paper or source.page or source.said_by):
            return f"The source {shown(key)} has no paper and no page, and nobody said it."
    return ""


def _address_fault(listing: Listing) -> str:
    """An address that somebody follows is one of a web page, and nothing that runs."""
    addresses = [source.page for source in listing.sources.values() if source.page]
    addresses += [contact.value for contact in listing.contacts if contact.type == "web"]
    return next((not_a_page(one[:80]) for one in addresses if not is_page(one)), "")


def _keys_used(listing: Listing) -> set[str]:
    facts = [
        listing.status_note,
        *(one for one in (listing.commissioner, listing.hours) if one),
        *listing.offers,
        *listing.notes,
        *listing.referral,
        *listing.contacts,
        *listing.languages,
        *listing.access,
        *listing.practical.values(),
        *(condition for rule in listing.rules for _, condition in conditions_of(rule, ())),
    ]
    return {key for fact in facts for key in fact.source} | set(listing.successor_source)


def own_organisation(row: Row, listing: Listing, mending: Mending) -> tuple[str, Organisation] | None:
    """With the slug and the other names that it has there."""
    found = organisation_of(row, mending) if isinstance(row.get("organization"), dict) else None
    if found is None or listing.organisation is None:
        return None
    ours = row["organization"].get("no_wrong_door")
    names = ours.get("aliases", ()) if isinstance(ours, dict) else ()
    aliases = tuple(name for name in names if isinstance(name, str)) if isinstance(names, list | tuple) else ()
    return listing.organisation, found[1].model_copy(update={"aliases": aliases})


def own_dates(row: Row, ours: Row, mending: Mending) -> dict[str, Any]:
    """Its dates, what was said of today, and which listing stands for it: fields of ``Incoming``."""
    freshness = {
        "changed_at": ours.get("changed_at"),
        "assured_at": ours.get("confirmed_at"),
        "assured_by": ours.get("confirmed_by"),
        "review_days": ours.get("review_days"),
    }
    said = ours.get("availability")
    changed = _read(Freshness, {"changed_at": row.get("last_modified")}, mending)
    return {
        "freshness": _read(Freshness, freshness, mending) or Freshness(),
        "modified_at": changed.changed_at if changed else None,
        "availability": _read(Availability, said, mending) if isinstance(said, dict) else None,
        "merged_into": as_uuid(ours.get("merged_into")),
    }


def _read(model: Any, fields: Mapping[str, Any], mending: Mending) -> Any:
    try:
        return model.model_validate({field: value for field, value in fields.items() if value is not None})
    except ValidationError as error:
        names = ", ".join(sorted({text_of(str(problem["loc"][0])) for problem in error.errors() if problem["loc"]}))
        mending.say(f"Its dates, or what was said of today, cannot be read: {names}. They were left out.")
        return None
