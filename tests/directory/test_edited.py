"""What somebody did not touch keeps its sources; what they wrote is what they said on that day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from app.directory.editing.edited import (
    FIELDS,
    SECTIONS,
    Edited,
    EditedContact,
    digest,
    edited_of,
)
from app.directory.editing.sourcing import listing_of, statement
from app.directory.listing import Alias, Contact, Fact, Listing, Rule, RuleCondition
from app.directory.sources import Source
from tests.directory.edits import LISTINGS, MESSY
from tests.exchange.listings import listings
from tests.seeds import published_seed

SAID = statement("helpers", "2026-11-22")
WORKWELL = published_seed().listings["workwell-ncl"]
OTHER_PAGE = Source(page="https://other.example/", read="2019-01")


def _sourced(listing: Listing) -> Listing:
    """The same as the checks of the files let it in: each source is there and used, and hours say something."""
    hours = listing.hours if listing.hours and (listing.hours.times or listing.hours.note) else None
    successors = listing.successor_source or ("page",)
    body = {
        **listing.model_dump(by_alias=True),
        "hours": hours.model_dump() if hours else None,
        "successor_source": successors if listing.successors else (),
    }
    sources = {key: {"page": f"https://{number}.example/", "read": "2026"} for number, key in enumerate(_keys(body))}
    return Listing.model_validate({**body, "sources": sources})


def _keys(body: Any) -> dict[str, None]:
    """The keys of sources that stand anywhere in a listing, or in a part of it."""
    if isinstance(body, dict):
        own = [key for name in ("source", "successor_source") for key in body.get(name, ())]
        return dict.fromkeys([*own, *(key for part in body.values() for key in _keys(part))])
    if isinstance(body, list | tuple):
        return dict.fromkeys(key for part in body for key in _keys(part))
    return {}


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.id)
def test_a_listing_that_nobody_changed_stays_as_it_is(listing: Listing) -> None:
    assert listing_of(edited_of(listing), listing, SAID) == listing


@settings(max_examples=50)
@given(listings())
def test_no_listing_loses_anything_by_being_looked_at(listing: Listing) -> None:
    listing = _sourced(listing)
    assert listing_of(edited_of(listing), listing, SAID) == listing
    assert listing_of(Edited.model_validate_json(edited_of(listing).model_dump_json()), listing, SAID) == listing


@settings(max_examples=30)
@given(listings(), listings())
def test_restoring_an_older_version_brings_its_facts_back_each_with_its_own_sources(
    live: Listing, old: Listing
) -> None:
    live, old = _sourced(live), _sourced(old)
    result = listing_of(edited_of(old), live, SAID, [old])
    assert _unsourced(result) == _unsourced(old)
    assert set(_keys(result.model_dump())) == set(result.sources)
    for field in ("offers", "contacts", "notes", "referral"):
        for mine, theirs in zip(getattr(result, field), getattr(old, field), strict=True):
            assert _in(result, mine.source) == _in(old, theirs.source) or _stands_in(live, field, mine)


def _unsourced(listing: Listing) -> Edited:
    """The conditions of its rules name their sources."""
    rules = tuple(rule.model_copy(update=_nameless(rule)) for rule in listing.rules)
    return edited_of(listing.model_copy(update={"rules": rules}))


def _nameless(rule: Rule) -> dict[str, Any]:
    def bare(part: tuple[RuleCondition, ...]) -> tuple[RuleCondition, ...]:
        return tuple(one.model_copy(update={"source": ()}) for one in part)

    parts = {part: bare(getattr(rule, part)) for part in ("everyone", "exclusions", "made_for")}
    return {**parts, "routes": tuple(map(bare, rule.routes))}


def _stands_in(listing: Listing, field: str, fact: Any) -> bool:
    known = {**fact.model_dump(), "source": ()}
    return known in [{**one.model_dump(), "source": ()} for one in getattr(listing, field)]


def _in(listing: Listing, keys: tuple[str, ...]) -> list[Source]:
    return [listing.sources[key] for key in keys if key in listing.sources]


def test_what_took_over_keeps_the_page_that_says_so() -> None:
    live = WORKWELL.model_copy(update={"status": "check_first"})
    old = live.model_copy(
        update={
            "successors": ("iwork",),
            "successor_source": ("leaflet",),
            "sources": {**live.sources, "leaflet": OTHER_PAGE},
        }
    )
    edited = edited_of(live).model_copy(update={"successors": ("iwork",)})
    result = listing_of(edited, live, SAID, [old])
    assert _in(result, result.successor_source) == [OTHER_PAGE]


def test_a_new_sentence_is_said_by_the_organisation_on_the_day() -> None:
    edited = edited_of(WORKWELL).model_copy(update={"offers": ("Tea and a talk.", *edited_of(WORKWELL).offers)})
    result = listing_of(edited, WORKWELL, SAID)
    assert _in(result, result.offers[0].source) == [Source(said_by="helpers", dated="2026-11-22", read="2026-11-22")]
    assert result.offers[1:] == WORKWELL.offers


def test_a_listing_of_no_organisation_is_said_by_the_directory_team() -> None:
    assert statement(None, date(2026, 11, 22).isoformat()).source.said_by == "directory"


def test_the_same_sentence_twice_keeps_both_its_sources() -> None:
    facts = tuple(Fact(text="Free.", source=(key,)) for key in ("leaflet", "gp-page"))
    live = WORKWELL.model_copy(update={"offers": facts})
    assert listing_of(edited_of(live), live, SAID).offers == facts


def test_a_contact_that_is_written_anew_is_no_longer_in_doubt() -> None:
    old = Contact(type="phone", value="020 7946 0000", grade="weak", old=True, source=("leaflet",))
    live = WORKWELL.model_copy(update={"contacts": (old,)})
    kept = edited_of(live)
    changed = kept.model_copy(update={"contacts": (EditedContact(type="phone", value="020 7946 0001"),)})
    assert listing_of(kept, live, SAID).contacts == (old,)
    (contact,) = listing_of(changed, live, SAID).contacts
    assert (contact.grade, contact.old) == (None, False)


def test_common_words_stay_common_words() -> None:
    live = WORKWELL.model_copy(update={"aliases": (Alias(name="Work Well", alone=True),)})
    assert listing_of(edited_of(live), live, SAID).aliases == live.aliases


# Sections


def test_every_field_that_people_type_stands_in_one_section() -> None:
    assert sorted(field for fields in SECTIONS.values() for field in fields) == sorted(FIELDS)


@given(MESSY, MESSY)
def test_a_section_has_another_mark_exactly_where_something_in_it_changed(one: Edited, other: Edited) -> None:
    for section, fields in SECTIONS.items():
        same = all(getattr(one, field) == getattr(other, field) for field in fields)
        assert (digest(one, section) == digest(other, section)) == same
    assert (digest(one, "") == digest(other, "")) == (one == other)


def test_the_mark_stays_after_a_draft_was_put_away_and_fetched() -> None:
    edited = edited_of(WORKWELL)
    fetched = Edited.model_validate_json(edited.model_dump_json())
    assert [digest(fetched, section) for section in ("", *SECTIONS)] == [digest(edited, one) for one in ("", *SECTIONS)]
