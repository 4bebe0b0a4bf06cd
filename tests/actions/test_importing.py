"""What comes in from other directories: all of it or nothing, the same again changes nothing, and no work is undone."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from app.actions.editing.publication import Made, publish
from app.actions.exchange import load_seed, write_goals
from app.actions.find import find
from app.actions.importing.bring_in import bring_in
from app.actions.importing.oruk import NothingHereError, import_oruk
from app.actions.importing.report import ImportReport
from app.actions.recommend import recommend
from app.catalogue import make_catalogue
from app.database import reading, writing
from app.directory.listing import Listing
from app.eligibility.questions import questionnaire_from
from app.exchange.incoming import Incoming
from app.exchange.oruk.feed import feed_of
from app.exchange.rows import Published, read_listing, read_published
from app.models import (
    Availability,
    ImportedRecord,
    ImportProposal,
    ListingVersion,
    MergedListing,
    Organization,
    ReferenceData,
    Service,
    row_id,
)
from tests.exchange.foreign_lists import foreign_service, write_list
from tests.exchange.seed_sets import write_seed

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
FEED = "their-list"


@pytest.fixture
def here(engine: Engine, tmp_path: Path) -> Engine:
    """A directory of three listings."""
    load_seed(engine, write_seed(tmp_path / "seed"), NOW)
    return engine


def bring(engine: Engine, folder: Path, *services: Any, now: datetime = NOW, **more: Any) -> ImportReport:
    return import_oruk(engine, write_list(folder / "services.json", services), FEED, now, **more)


def outcomes(report: ImportReport) -> list[tuple[str, str | None]]:
    return [(row.outcome, row.slug) for row in report.rows]


def published(engine: Engine) -> Published:
    with reading(engine) as session:
        return read_published(session)


def everything(engine: Engine) -> tuple[Published, list[Any]]:
    """All that an import can touch."""
    with reading(engine) as session:
        tables = (ListingVersion, ImportedRecord, ImportProposal, Organization, Service, MergedListing)
        rows = [[row.model_dump() for row in session.exec(select(table))] for table in tables]
        return read_published(session), rows


def edit(engine: Engine, slug: str, now: datetime, **changes: Any) -> None:
    """Somebody changes the listing here."""
    with writing(engine) as session:
        listing = read_listing(session, slug)
        assert listing
        publish(session, listing.model_copy(update=changes), Made("edited", ("editor@example.org",)), now)


def test_a_list_comes_in_and_the_same_again_changes_nothing(here: Engine, tmp_path: Path) -> None:
    services = [foreign_service(number) for number in range(5)]
    report = bring(here, tmp_path, *services, {"id": "x"}, services[0])
    assert [row.outcome for row in report.rows] == ["added", "repeated", *["added"] * 4, "rejected"]
    before = everything(here)
    assert before[0].generation == 2
    assert before[0].records["advice-group-0"].number == 4
    again = bring(here, tmp_path, *services, {"id": "x"}, services[0], now=LATER)
    assert [row.outcome for row in again.rows] == ["unchanged", "repeated", *["unchanged"] * 4, "rejected"]
    assert everything(here) == before
    with reading(here) as session:
        record = session.get_one(ImportedRecord, (FEED, services[3]["id"]))
        assert record.body == services[3]
        assert record.body["kept"] == {"as it": ["came", 3]}


def test_what_the_list_changes_is_changed_and_kept_in_the_history(here: Engine, tmp_path: Path) -> None:
    first, second = foreign_service(0), foreign_service(1)
    bring(here, tmp_path, first, second)
    before = published(here)
    stamp = {**second, "last_modified": "2026-11-22T09:00:00Z"}
    report = bring(here, tmp_path, {**first, "name": "A new name", "minimum_age": 40}, stamp, now=LATER)
    assert outcomes(report) == [("changed", "advice-group-0"), ("unchanged", "cooking-group-1")]
    after = published(here)
    assert after.generation == before.generation + 1
    listing = after.listings["advice-group-0"]
    assert (listing.name, listing.rules[0].everyone[0].at_least) == ("A new name", 40)
    assert after.listings["cooking-group-1"] == before.listings["cooking-group-1"]
    assert after.records["advice-group-0"].modified_at == LATER
    assert after.records["cooking-group-1"].modified_at == NOW
    with reading(here) as session:
        of = ListingVersion.service_id == row_id("service", "advice-group-0")
        versions = session.exec(select(ListingVersion).where(of).order_by(ListingVersion.number)).all()  # type: ignore[arg-type]
    assert [(row.number, row.how, row.made_by, row.at) for row in versions] == [
        (1, "imported", [FEED], NOW),
        (2, "imported", [FEED], LATER),
    ]
    assert Listing.model_validate(versions[1].body) == listing


def test_what_was_edited_here_waits_for_somebody(here: Engine, tmp_path: Path) -> None:
    service = foreign_service(0)
    bring(here, tmp_path, service)
    edit(here, "advice-group-0", LATER, role="service", summary="We know better.")
    news = {**service, "email": "new@group.example", "description": "Something else."}
    edited = everything(here)
    assert outcomes(bring(here, tmp_path, service, now=LATER)) == [("unchanged", "advice-group-0")]
    assert everything(here) == edited
    for _ in range(2):
        report = bring(here, tmp_path, news, now=LATER + timedelta(hours=1))
        assert outcomes(report) == [("waits", "advice-group-0")]
        assert published(here) == edited[0]
    with reading(here) as session:
        row = session.get_one(ImportProposal, row_id("service", "advice-group-0"))
        proposal = Listing.model_validate(row.listing)
    stands = edited[0].listings["advice-group-0"]
    assert (row.feed, proposal.summary, proposal.role) == (FEED, "Something else.", "service")
    assert "new@group.example" in [contact.value for contact in proposal.contacts]
    untouched = set(Listing.model_fields) - {"summary", "contacts", "notes", "sources"}
    assert all(getattr(proposal, field) == getattr(stands, field) for field in untouched)
    # Another change adds to what waits, and a field that nobody here knows takes nothing of it away.
    third = {**news, "fees": "Five pounds."}
    for more, when in ((third, 90), ({**third, "unknown": 0}, 100)):
        report = bring(here, tmp_path, more, now=LATER + timedelta(minutes=when))
        assert outcomes(report) == [("waits", "advice-group-0")]
        with reading(here) as session:
            waits = session.get_one(ImportProposal, row_id("service", "advice-group-0")).listing
        assert waits["summary"] == "Something else."
        assert "Five pounds." in str(waits)
    bring(here, tmp_path, news, now=LATER + timedelta(minutes=110))
    # Somebody does here what the list says: then nothing waits any more.
    edit(here, "advice-group-0", LATER + timedelta(hours=2), **dict(proposal))
    report = bring(here, tmp_path, {**news, "unknown": 1}, now=LATER + timedelta(hours=3))
    assert outcomes(report) == [("unchanged", "advice-group-0")]
    with reading(here) as session:
        assert session.get(ImportProposal, row_id("service", "advice-group-0")) is None


def test_what_is_not_in_the_list_any_more_is_told_and_left(here: Engine, tmp_path: Path) -> None:
    bring(here, tmp_path, foreign_service(0), foreign_service(1))
    before = everything(here)
    report = bring(here, tmp_path, foreign_service(1), now=LATER)
    assert report.missing == ("advice-group-0",)
    assert everything(here) == before
    assert "left as they are: advice-group-0." in report.summary()


def test_trying_changes_nothing(here: Engine, tmp_path: Path) -> None:
    before = everything(here)
    report = bring(here, tmp_path, foreign_service(0), dry_run=True)
    assert outcomes(report) == [("added", "advice-group-0")]
    assert everything(here) == before


def test_where_the_way_breaks_nothing_is_half_done(here: Engine) -> None:
    listing = published(here).listings["open-door"]

    def rows() -> Iterator[Incoming]:
        for number in range(450):
            name = f"new-{number}"
            yield Incoming(f"row {number}", name, listing.model_copy(update={"id": name}), body={"id": number})
        raise OSError("the disk is gone")

    before = everything(here)
    with pytest.raises(OSError, match="the disk"):
        bring_in(here, FEED, rows(), LATER)
    assert everything(here) == before


def test_names_and_organisations_that_are_here_already(here: Engine, tmp_path: Path) -> None:
    seeded = published(here).organisations["helpers"]
    theirs = {"id": "h", "name": seeded.name.upper(), "description": "Other words."}
    own = {"id": "o", "name": "Quite Other", "description": "They say."}
    services = [
        {**foreign_service(0), "name": "Open Door", "organization": theirs},
        {**foreign_service(1), "name": "Open Door", "organization": own},
        {**foreign_service(2), "organization": own},
    ]
    assert [slug for _, slug in outcomes(bring(here, tmp_path, *services))] == [
        "open-door-2",
        "open-door-3",
        "walking-group-2",
    ]
    after = published(here)
    assert after.organisations["helpers"] == seeded
    assert after.listings["open-door-2"].organisation == "helpers"
    assert after.listings["open-door-3"].organisation == "quite-other"
    assert after.listings["open-door"].organisation == "helpers"
    own["description"] = "They say more."
    theirs["description"] = "Others again."
    report = bring(here, tmp_path, *services, now=LATER)
    assert [slug for _, slug in outcomes(report)] == ["open-door-2", "open-door-3", "walking-group-2"]
    after = published(here)
    assert after.organisations["helpers"] == seeded
    assert after.organisations["quite-other"].description == "They say more."
    assert after.records["walking-group-2"].modified_at == LATER


def test_what_came_from_here_does_not_come_back_as_somebody_elses(here: Engine, tmp_path: Path) -> None:
    copied = {**foreign_service(0), "id": str(row_id("service", "open-door"))}
    (row,) = bring(here, tmp_path, copied).rows
    assert (row.outcome, row.why) == ("rejected", "This listing comes from this directory. It is looked after here.")


def test_a_copy_of_our_own_answers_is_not_taken_for_ours(here: Engine, tmp_path: Path) -> None:
    before = published(here)
    copied = {**foreign_service(0), "id": str(row_id("service", "open-door")), "name": "Open Door"}
    assert [row.outcome for row in bring(here, tmp_path, copied).rows] == ["rejected"]
    assert published(here) == before


def test_a_list_that_nobody_trusts_changes_nothing_of_ours(here: Engine, tmp_path: Path) -> None:
    told = {one["no_wrong_door"]["slug"]: one for one in map(json.loads, package(here))}
    before = published(here)
    door = told["open-door"]
    ours = door["no_wrong_door"]
    forged = {**ours, "confirmed_at": LATER.isoformat(), "confirmed_by": "organisation"}
    forged["listing"] = {**ours["listing"], "role": "human_route", "name": "Send us money", "rules": []}
    organisation = {**door["organization"], "name": "Hijacked", "description": "Not who they are."}
    new = {**ours, "slug": "trap", "listing": {**ours["listing"], "id": "trap", "name": "Trap", "role": "programme"}}
    hostile = [
        {**door, "organization": organisation, "no_wrong_door": forged},
        {**door, "id": str(row_id("service", "trap")), "name": "Trap", "no_wrong_door": new},
    ]
    assert outcomes(bring(here, tmp_path, *hostile)) == [("waits", "open-door"), ("added", "trap-2")]
    # Neither does what waits make it one of theirs, whose organisation they may name.
    hostile[0]["version"] = "2"
    assert outcomes(bring(here, tmp_path, *hostile, now=LATER)) == [("waits", "open-door"), ("unchanged", "trap-2")]
    after = published(here)
    assert {slug: one for slug, one in after.listings.items() if slug != "trap-2"} == before.listings
    assert after.organisations == before.organisations
    assert after.records["open-door"] == before.records["open-door"]
    assert (after.listings["trap-2"].role, after.listings["trap-2"].rules) == ("information", ())
    # Another list puts nothing in the place of what waits.
    others = import_oruk(here, write_list(tmp_path / "other.json", hostile[:1]), "another-list", LATER)
    assert others.rows[0].outcome == "waits"
    with reading(here) as session:
        assert session.exec(select(ImportProposal.feed)).all() == [FEED]
    # The same list, once somebody trusts it.
    assert outcomes(bring(here, tmp_path, *hostile, now=LATER, trusted=True)) == [
        ("changed", "open-door"),
        ("changed", "trap-2"),
    ]
    with reading(here) as session:
        assert session.exec(select(ImportProposal)).all() == []
    assert published(here).listings["trap-2"].role == "programme"


def test_search_finds_what_came_in_and_nobody_is_recommended_it(here: Engine, tmp_path: Path) -> None:
    services = [{**foreign_service(number), "status": ("active", "defunct")[number % 2]} for number in range(6)]
    before = published(here)
    bring(here, tmp_path, *services)
    after = published(here)
    catalogue = make_catalogue(after, tmp_path / "index")
    assert "walking-group-2" in find(catalogue, "walking group", None, 10, NOW.date()).results
    without = make_catalogue(before, tmp_path / "before")
    for answers in ({}, {"age": 30, "lives_in": "camden", "health": "yes"}):
        decision, as_before = (recommend(one, answers, NOW.date()) for one in (catalogue, without))
        assert not decision.information
        recommended = [[entry.listing.id for entry in one.recommendations] for one in (decision, as_before)]
        assert recommended[0] == recommended[1]


def package(engine: Engine) -> list[bytes]:
    """Every service as this directory tells it to others."""
    data = published(engine)
    feed = feed_of(data, questionnaire_from(data.reference["questions"]), LATER.date())
    return [feed.service(number) for number in range(len(feed.abouts))]


def test_what_this_directory_exports_comes_back_as_it_was(here: Engine, tmp_path: Path) -> None:
    edit(here, "other-door", NOW, summary="Edited here.")
    with writing(here) as session:
        door, other = (session.get_one(Service, row_id("service", slug)) for slug in ("open-door", "other-door"))
        door.assured_at, door.assured_by, door.review_days = NOW, "organisation", 30
        session.add(
            Availability(service_id=door.id, state="paused", note="Back soon.", said_at=NOW, said_by="x@y.example")
        )
        session.add(
            MergedListing(service_id=row_id("service", "old-door"), into_id=other.id, merged_by="a", merged_at=NOW)
        )
    told = package(here)
    services = [json.loads(one) for one in told]
    generation = published(here).generation
    assert {row.outcome for row in bring(here, tmp_path, *services, now=LATER).rows} == {"unchanged"}
    assert (package(here), published(here).generation) == (told, generation)

    reference = published(here).reference
    _empty_but_for(here, reference)
    assert {row.outcome for row in bring(here, tmp_path, *services, now=LATER, trusted=True).rows} == {"added"}
    assert package(here) == told
    before = everything(here)
    assert {row.outcome for row in bring(here, tmp_path, *services, now=LATER, trusted=True).rows} == {"unchanged"}
    assert everything(here) == before


def _empty_but_for(engine: Engine, reference: Any) -> None:
    with writing(engine) as session:
        for table in (MergedListing, ImportedRecord, Service, Organization, ReferenceData):
            for row in session.exec(select(table)):
                session.delete(row)
        session.flush()
        session.add_all([ReferenceData(name=name, body=body) for name, body in reference.items()])
        write_goals(session, reference["questions"])


def test_what_leads_nowhere_and_what_nobody_knows_here_is_left_out(here: Engine, tmp_path: Path) -> None:
    (service,) = [json.loads(one) for one in package(here) if b'"slug":"open-door"' in one]
    listing = service["no_wrong_door"]["listing"]
    listing |= {"goals": [*listing["goals"], "fly"], "see_instead": ["nowhere", "other-door"], "later": 1}
    rows = bring(here, tmp_path, service, now=LATER, trusted=True).rows
    assert outcomes(ImportReport(rows)) == [("changed", "open-door")]
    said = " ".join(rows[0].repairs)
    assert all(word in said for word in ("fly", "nowhere", "later"))
    after = published(here).listings["open-door"]
    assert after.see_instead == ("other-door",)
    assert "fly" not in after.goals
    spoilt: list[dict[str, Any]] = [
        {"name": ""},
        {"rules": [{"everyone": [{"question": "shoe_size", "text": "x", "source": ["page"]}]}]},
        {"sources": {}},
        {"contacts": [{"type": "web", "value": "javascript:alert(1)", "source": ["page"]}]},
    ]
    for broken in spoilt:
        bad = {**service, "no_wrong_door": {**service["no_wrong_door"], "listing": {**listing, **broken}}}
        (row,) = bring(here, tmp_path, bad, now=LATER, trusted=True).rows
        assert row.outcome == "rejected"
        assert row.why
    assert published(here).listings["open-door"] == after


def test_whatever_a_row_holds_no_database_stumbles(here: Engine, tmp_path: Path) -> None:
    hostile = [
        {
            "id": "a\x00b",
            "name": "N\x00\ud800\u202ename",
            "kept": ["\x00", "\ud800", 10**400, float("inf"), float("nan")],
        },
        {
            "id": "😀" * 200,
            "name": "اسم",
            "description": "<b>\x00&#0;&#xD800;</b>" * 50,
            "organization": {"name": "\x00 x"},
        },
        {
            "id": "' OR 1=1",
            "name": "'; DROP TABLE service; --",
            "status": [],
            "url": {"a": 1},
            "email": 5,
            "phones": "x",
        },
        {
            "id": "z" * 5000,
            "name": "Z" * 5000,
            "no_wrong_door": {"listing": {"id": 5}},
            "schedules": [{"opens_at": []}],
        },
    ]
    first = bring(here, tmp_path, *hostile)
    assert {row.outcome for row in first.rows} == {"added"}, list(first.told())
    before = everything(here)
    assert {row.outcome for row in bring(here, tmp_path, *hostile, now=LATER).rows} == {"unchanged"}
    assert everything(here) == before
    make_catalogue(before[0], tmp_path / "index")


def test_without_a_catalogue_there_is_nothing_to_read_a_list_against(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(NothingHereError):
        bring(engine, tmp_path, foreign_service(0))
    with Session(engine) as session:
        assert session.exec(select(func.count()).select_from(Service)).one() == 0
