"""Listings that look alike wait for an admin, become one, and are taken apart again as they were."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.actions import availability
from app.actions.accounts.sessions import SignedIn
from app.actions.administration.contact_checks import to_confirm
from app.actions.administration.synonyms import doors
from app.actions.administration.taxonomy import goals
from app.actions.availability import Typed
from app.actions.duplicates.finding import look_again
from app.actions.duplicates.merging import ApartError, RefusedError, take_apart
from app.actions.duplicates.pairs import DecidedError, NoPairError, call_different, pair_shown, waiting_pairs
from app.actions.editing.errors import EditError, MergedListingError, NotYoursError
from app.actions.editing.history import restore
from app.actions.editing.mine import my_listings
from app.actions.editing.stranding import StrandsError
from app.actions.exchange import load_seed
from app.actions.freshness.confirming import ClosedListingError, confirm
from app.actions.freshness.rows import due_listings
from app.database import reading, writing
from app.exchange.rows import generation_of, read_published
from app.models import ReferenceData, Service, row_id
from tests.accounts import NOW
from tests.editing import (
    ADMIN,
    DOOR,
    EDITOR,
    OLD_DOOR,
    OTHER_ADMIN,
    OTHER_DOOR,
    admin,
    catalogue_of,
    editor,
    live,
    noted,
    small_catalogue,
    write,
)
from tests.exchange.seed_sets import write_seed
from tests.twins import TWIN, add_twin, look, make_one, pair_of, pairs, say

SOON = NOW + timedelta(minutes=1)
LATE = (NOW + timedelta(days=400)).date()
People = dict[str, SignedIn]


@pytest.fixture
def people(engine: Engine, tmp_path: Path) -> People:
    """An editor of Open Door and two admins; Twin Door came in with another list."""
    small_catalogue(engine, tmp_path)
    add_twin(engine)
    found = {EDITOR: editor(engine), ADMIN: admin(engine), OTHER_ADMIN: admin(engine, OTHER_ADMIN)}
    look(engine)
    return found


def generation(engine: Engine) -> int:
    with reading(engine) as session:
        return generation_of(session)


def modified(engine: Engine) -> dict[str, object]:
    with reading(engine) as session:
        return {
            slug: session.get_one(Service, row_id("service", slug)).modified_at for slug in (DOOR, TWIN, OTHER_DOOR)
        }


def test_a_pair_waits_until_somebody_decides_and_is_not_asked_again(engine: Engine, people: People) -> None:
    (found,) = waiting_pairs(engine)
    assert found.reasons[0] == "name_and_organisation"
    assert {found.one, found.other} == {("Open Door", "The Helpers")}
    assert (look(engine), look(engine, {TWIN}), look_again(engine, people[ADMIN], NOW)) == (0, 0, 0)
    call_different(engine, people[ADMIN], found.id, NOW)
    assert (look(engine), list(waiting_pairs(engine))) == (0, [])
    assert [(one.action, one.who) for one in noted(engine)][-1] == ("called different", ADMIN)
    with pytest.raises(DecidedError):
        make_one(engine, people[OTHER_ADMIN])


@pytest.mark.usefixtures("people")
def test_a_pair_that_is_not_alike_any_more_goes(engine: Engine) -> None:
    say(engine, TWIN, name="Swimming", aliases=(), contacts=())
    assert look(engine, {OTHER_DOOR}) == 0
    assert len(pairs(engine)) == 1
    assert look(engine) == 0
    assert pairs(engine) == {}


def test_one_stands_for_the_other_everywhere(engine: Engine, people: People) -> None:
    say(engine, TWIN, name="Twin Gate")
    say(engine, OLD_DOOR, see_instead=(TWIN, OTHER_DOOR))
    with writing(engine) as session:
        row = session.get_one(ReferenceData, "synonyms")
        row.body = {**row.body, "last_resort": [TWIN]}
        session.add(row)
    before, stood = generation(engine), modified(engine)
    assert make_one(engine, people[ADMIN]) == TWIN
    catalogue = catalogue_of(engine)
    assert (generation(engine), catalogue.merged_into) == (before + 1, {TWIN: DOOR})
    assert modified(engine) == {**stood, DOOR: NOW, TWIN: NOW}
    assert TWIN not in catalogue.listings
    assert "Twin Gate" in {alias.name for alias in catalogue.listings[DOOR].aliases}
    assert catalogue.listings[OLD_DOOR].see_instead == (DOOR, OTHER_DOOR)
    assert live(engine, OLD_DOOR).see_instead == (TWIN, OTHER_DOOR)
    assert live(engine, TWIN).name == "Twin Gate"
    with reading(engine) as session:
        assert read_published(session).reference["synonyms"]["last_resort"] == [DOOR]
    entry = noted(engine)[-1]
    assert (entry.action, entry.subject, entry.detail) == ("listing merged", f"listing/{TWIN}", {"kept": "Open Door"})


def test_a_listing_that_another_one_stands_for_asks_nobody_for_anything(engine: Engine, people: People) -> None:
    make_one(engine, people[ADMIN])
    with reading(engine) as session:
        assert TWIN not in {one.slug for one in due_listings(session, LATE)}
    (mine,) = (one for one in my_listings(engine, people[EDITOR]) if one.id == TWIN)
    assert (mine.part_of, mine.is_due_on(LATE)) == ("Open Door", False)
    assert TWIN not in {group.id for group in to_confirm(engine).groups}
    assert [one.aside for one in doors(engine) if one.id == TWIN] == ["now Open Door"]
    assert TWIN not in {one.id for goal in goals(engine) for one in goal.listings}
    with pytest.raises(MergedListingError):
        write(engine, people[EDITOR], TWIN, summary="Something new.")
    with pytest.raises(MergedListingError):
        availability.say(engine, people[EDITOR], TWIN, Typed("paused"), "nothing", NOW)
    with pytest.raises(MergedListingError):
        restore(engine, people[EDITOR], TWIN, 1, NOW)
    with pytest.raises(ClosedListingError, match="Open Door stands for this one"):
        confirm(engine, people[EDITOR], TWIN, 1, NOW)


def test_files_leave_what_became_one_as_it_is(engine: Engine, people: People, tmp_path: Path) -> None:
    make_one(engine, people[ADMIN])
    report = load_seed(engine, write_seed(tmp_path / "again"), SOON)
    assert (report.rejected, report.not_in_files) == ([], (TWIN,))
    assert catalogue_of(engine).merged_into == {TWIN: DOOR}


def test_taken_apart_both_are_as_before_and_the_pair_waits_again(engine: Engine, people: People) -> None:
    before = dict(catalogue_of(engine).listings)
    make_one(engine, people[ADMIN])
    take_apart(engine, people[OTHER_ADMIN], TWIN, SOON)
    assert dict(catalogue_of(engine).listings) == before
    assert modified(engine)[DOOR] == modified(engine)[TWIN] == SOON
    assert len(waiting_pairs(engine)) == 1
    assert pair_shown(engine, pair_of(engine).id).is_open
    assert noted(engine)[-1].action == "listing taken apart"
    with pytest.raises(ApartError):
        take_apart(engine, people[ADMIN], TWIN, SOON)


def test_nobody_is_led_astray_by_making_two_one(engine: Engine, people: People) -> None:
    add_twin(engine, OTHER_DOOR, "twin-help")
    add_twin(engine, slug="third-door")
    add_twin(
        engine,
        slug="shut-door",
        status="closed",
        closed="2026-01-01",
        successors=("other-door",),
        successor_source=("page",),
    )
    look(engine)
    with pytest.raises(RefusedError, match="anybody can ask"):
        make_one(engine, people[ADMIN], "twin-help", OTHER_DOOR)
    with pytest.raises(RefusedError, match="has closed"):
        make_one(engine, people[ADMIN], "shut-door", TWIN)
    write(engine, people[EDITOR], TWIN, summary="Something new.")
    with pytest.raises(RefusedError, match="Decide about them first"):
        make_one(engine, people[ADMIN])
    make_one(engine, people[ADMIN], DOOR, "third-door")
    with pytest.raises(RefusedError, match="stands for another"):
        make_one(engine, people[ADMIN], TWIN, DOOR)
    with pytest.raises(DecidedError):
        make_one(engine, people[ADMIN], TWIN, "third-door")
    with pytest.raises(NotYoursError):
        make_one(engine, people[EDITOR])
    with pytest.raises(NoPairError):
        call_different(engine, people[ADMIN], row_id("service", DOOR), NOW)


def test_what_leaves_people_with_no_programme_takes_a_yes_and_a_reason(engine: Engine, people: People) -> None:
    """The only programme would become part of a page that is no programme."""
    add_twin(engine, slug="only-told", role="information", rules=())
    look(engine)
    make_one(engine, people[ADMIN], "only-told", TWIN)
    with pytest.raises(StrandsError) as refused:
        make_one(engine, people[ADMIN], "only-told", DOOR)
    make_one(engine, people[ADMIN], "only-told", DOOR, although="It is a mistake.", seen=refused.value.impact.sign)
    detail = noted(engine)[-1].detail
    assert (detail["although"], bool(detail["stranded"])) == ("It is a mistake.", True)
    assert catalogue_of(engine).merged_into == {TWIN: "only-told", DOOR: "only-told"}


def test_two_admins_who_decide_otherwise_at_once_leave_one_decision(engine: Engine, people: People) -> None:
    def first() -> str:
        return make_one(engine, people[ADMIN])

    def second() -> str:
        return make_one(engine, people[OTHER_ADMIN], TWIN, DOOR)

    with ThreadPoolExecutor() as pool:
        done = [pool.submit(one) for one in (first, second)]
    refused = [one.exception() for one in done if one.exception()]
    assert len(refused) == 1
    assert isinstance(refused[0], EditError)
    assert len(catalogue_of(engine).merged_into) == 1
