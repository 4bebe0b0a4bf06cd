"""A listing as a service of the standard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.directory.availability import Availability
from app.directory.freshness import Freshness, day_in_london
from app.directory.listing import Listing, Organisation, Rule, RuleCondition
from app.exchange.oruk import ours, shapes
from app.exchange.oruk.parts import parts_of
from app.exchange.oruk.ways import as_uri, is_email, public
from app.exchange.records import Record
from app.models import row_id

_AGE = "age"


@dataclass(frozen=True)
class About:
    """All that is said of one listing. ``said`` is what its provider says of ``day``; ``modified_at`` is the last time
    that any of this changed, also by itself."""

    listing: Listing
    record: Record
    modified_at: datetime | None
    freshness: Freshness
    organisation: Organisation | None
    said: Availability | None
    day: date


def service_in_list(about: About) -> shapes.ServiceInList:
    return shapes.ServiceInList.model_validate({**_shared(about), "no_wrong_door": _ours(about)})


def service(about: About, terms: Mapping[str, shapes.Term]) -> shapes.Service:
    """The whole of it. ``terms`` by the id of the goal."""
    listing = about.listing
    return shapes.Service.model_validate(
        {
            **_shared(about),
            **parts_of(listing, terms),
            "no_wrong_door": _whole(about),
        }
    )


def _shared(about: About) -> dict[str, object]:
    listing = about.listing
    lowest, highest = ages(listing.rule_on(about.day))
    return {
        "id": about.record.id,
        "organization_id": row_id("organization", listing.organisation) if listing.organisation else None,
        "name": listing.name,
        "description": listing.summary,
        "url": next(filter(None, (as_uri(one.value) for one in public(listing, "web"))), None),
        "email": next((one.value for one in public(listing, "email") if is_email(one.value)), None),
        "status": _status(about),
        "fees": listing.practical["free"].text if "free" in listing.practical else None,
        "minimum_age": lowest,
        "maximum_age": highest,
        "assured_date": day_in_london(about.freshness.assured_at) if about.freshness.assured_at else None,
        "alert": _alert(about),
        "last_modified": about.modified_at,
        "organization": _organization(about),
    }


def _status(about: About) -> shapes.Status:
    if about.record.merged_into or about.listing.status == "closed":
        return "defunct"
    return "temporarily closed" if about.said and about.said.pauses else "active"


def _alert(about: About) -> str | None:
    """What somebody should know before they send anybody there."""
    if about.listing.status != "live":
        return about.listing.status_note.text
    return " ".join(about.said.in_short) if about.said else None


def _organization(about: About) -> shapes.Organization | None:
    slug, organisation = about.listing.organisation, about.organisation
    if slug is None or organisation is None:
        return None
    return shapes.Organization(
        id=row_id("organization", slug),
        name=organisation.name,
        description=organisation.description,
        website=as_uri(organisation.url or ""),
        no_wrong_door=ours.OurOrganisation(slug=slug, aliases=organisation.aliases),
    )


def _ours(about: About) -> ours.OurPart:
    return ours.OurPart.model_validate(_our_fields(about))


def _whole(about: About) -> ours.OurWhole:
    return ours.OurWhole.model_validate(
        {
            **_our_fields(about),
            "review_days": about.freshness.review_days,
            "availability": _availability(about.said) if about.said else None,
            "listing": about.listing.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        }
    )


def _our_fields(about: About) -> dict[str, object]:
    listing, merged_into = about.listing, about.record.merged_into
    return {
        "slug": listing.id,
        "url": f"/services/{listing.id}",
        "role": listing.role,
        "status_here": "merged" if merged_into else listing.status,
        "confirmed_at": about.freshness.assured_at,
        "confirmed_by": about.freshness.assured_by,
        "changed_at": about.freshness.changed_at,
        "successors": [row_id("service", slug) for slug in listing.successors],
        "see_instead": [row_id("service", slug) for slug in listing.see_instead],
        "merged_into": row_id("service", merged_into) if merged_into else None,
    }


def _availability(said: Availability) -> ours.OurAvailability:
    return ours.OurAvailability(
        state=said.state, wait=said.wait or None, note=said.note or None, until=said.until, said_at=said.said_at
    )


# Ages


def ages(rule: Rule | None) -> tuple[float | None, float | None]:
    """The youngest and the oldest that any way in lets in, in whole years; None: no source gives a limit.

    What the directory assumes where no source says anything is not told to others as if somebody had said it.
    """
    if rule is None:
        return None, None
    ways: Sequence[tuple[RuleCondition, ...]] = rule.routes or ((),)
    spans = [_span([*way, *rule.everyone]) for way in ways]
    lowest, highest = [low for low, _ in spans], [high for _, high in spans]
    return (
        None if None in lowest else min(low for low in lowest if low is not None),
        None if None in highest else max(high for high in highest if high is not None),
    )


def _span(conditions: Sequence[RuleCondition]) -> tuple[float | None, float | None]:
    of_age = [one for one in conditions if one.question == _AGE]
    lowest = max((one.at_least for one in of_age if one.at_least is not None), default=None)
    below = min((one.below for one in of_age if one.below is not None), default=None)
    return lowest, None if below is None else below - 1
