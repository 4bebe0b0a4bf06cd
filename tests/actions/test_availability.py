"""Saying how it is today: who may, what will do, and that nobody's word is written over unseen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.audit import newest
from app.actions.availability import (
    AvailabilityMistakesError,
    ClosedError,
    StaleAvailabilityError,
    Typed,
    clear,
    digest,
    say,
    stands,
)
from app.actions.coverage import coverage
from app.actions.editing.errors import NoListingError, NotYoursError
from app.actions.exchange import load_seed
from app.actions.find import find
from app.actions.recommend import recommend
from app.catalogue import FRESH_FOR, CatalogueHolder, make_catalogue
from app.database import make_engine, reading, writing
from app.directory.availability import Availability
from app.exchange.rows import generation_of, raise_generation
from app.models import Service, row_id
from tests.accounts import ANNE, NOW, a_person, after, an_organisation, enter, who_is, with_authenticator
from tests.seeds import SEED, published_seed, seed_catalogue

PAUSED = Typed("paused", day="1", month="12", year="2026")
NEW = digest(None)


def _service(engine: Engine, organisation: str = "harbour", slug: str = "mooring", status: str = "live") -> None:
    with writing(engine) as session:
        session.add(
            Service(
                id=row_id("service", slug),
                slug=slug,
                number=len(session.exec(select(Service)).all()) + 1,
                organization_id=row_id("organization", organisation) if organisation else None,
                name=slug.title(),
                role="service",
                description="Helps.",
                status=status,
            )
        )


@pytest.fixture(name="anne")
def an_editor_of_harbour(engine: Engine) -> SignedIn:
    """There are Harbour with Mooring, which Anne edits, and Quay with Jetty."""
    a_person(engine, in_=an_organisation(engine))
    an_organisation(engine, "quay")
    _service(engine)
    _service(engine, "quay", "jetty")
    return who_is(engine, enter(engine).secret)


def _generation(engine: Engine) -> int:
    with reading(engine) as session:
        return generation_of(session)


def test_what_is_said_stands_and_everybody_is_told(engine: Engine, anne: SignedIn) -> None:
    before = _generation(engine)
    said = say(engine, anne, "mooring", PAUSED, NEW, NOW)
    assert said.until == date(2026, 12, 1)
    assert stands(engine, anne, "mooring").said == said
    assert _generation(engine) == before + 1


def test_it_is_noted_who_said_it(engine: Engine, anne: SignedIn) -> None:
    say(engine, anne, "mooring", PAUSED, NEW, NOW)
    clear(engine, anne, "mooring", digest(stands(engine, anne, "mooring").said), after(minutes=5))
    taken_back, said = newest(engine, subject="listing/mooring")
    assert (said.who, said.action, said.detail["state"]) == (ANNE, "availability changed", "paused")
    assert (taken_back.who, taken_back.detail["state"]) == (ANNE, None)
    assert stands(engine, anne, "mooring").said is None


def test_nobody_speaks_for_another_organisation(engine: Engine, anne: SignedIn) -> None:
    with pytest.raises(NotYoursError):
        say(engine, anne, "jetty", PAUSED, NEW, NOW)
    with pytest.raises(NotYoursError):
        clear(engine, anne, "jetty", NEW, NOW)
    with pytest.raises(NotYoursError):
        stands(engine, anne, "jetty")
    with pytest.raises(NoListingError):
        say(engine, anne, "no-such-listing", PAUSED, NEW, NOW)
    assert not newest(engine, subject="listing/jetty")


def test_a_service_of_no_organisation_is_for_admins_alone(engine: Engine, anne: SignedIn) -> None:
    _service(engine, "", "drifting")
    with pytest.raises(NotYoursError):
        say(engine, anne, "drifting", PAUSED, NEW, NOW)
    a_person(engine, "admin@example.org")
    with pytest.raises(NotYoursError):  # An admin without an authenticator can do nothing yet.
        say(engine, who_is(engine, enter(engine, "admin@example.org").secret), "drifting", PAUSED, NEW, NOW)
    _, enrolled = with_authenticator(engine, "admin@example.org")
    admin = who_is(engine, enrolled.secret)
    assert say(engine, admin, "drifting", PAUSED, NEW, NOW).state == "paused"


def test_who_did_not_see_what_stands_is_shown_it_first(engine: Engine, anne: SignedIn) -> None:
    first = say(engine, anne, "mooring", PAUSED, NEW, NOW)
    with pytest.raises(StaleAvailabilityError) as refused:
        say(engine, anne, "mooring", Typed("taking"), NEW, after(minutes=1))
    assert refused.value.now_said == first
    with pytest.raises(StaleAvailabilityError):
        clear(engine, anne, "mooring", NEW, after(minutes=1))
    assert say(engine, anne, "mooring", Typed("taking"), digest(first), after(minutes=2)).state == "taking"


def test_the_same_words_said_again_are_something_new(engine: Engine, anne: SignedIn) -> None:
    first = say(engine, anne, "mooring", PAUSED, NEW, NOW)
    again = say(engine, anne, "mooring", PAUSED, digest(first), after(minutes=1))
    assert digest(again) != digest(first)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Typed(), "state"),
        (Typed("on_fire"), "state"),
        (Typed("waiting_list", wait="x" * 121), "wait"),
        (Typed("paused", note="x" * 301), "note"),
        (Typed("paused", day="31", month="2", year="2027"), "day"),
        (Typed("paused", day="1", month="12", year="26"), "day"),
        (Typed("paused", day="soon"), "day"),
        (Typed("paused", day="21", month="11", year="2026"), "day"),
        (Typed("paused", day="1", month="12", year="2062"), "day"),
        (Typed("paused", day="²", month="12", year="2026"), "day"),
    ],
)
def test_what_will_not_do_is_told_beside_its_field(engine: Engine, anne: SignedIn, typed: Typed, field: str) -> None:
    with pytest.raises(AvailabilityMistakesError) as refused:
        say(engine, anne, "mooring", typed, NEW, NOW)
    assert [mistake.field for mistake in refused.value.mistakes] == [field]
    assert stands(engine, anne, "mooring").said is None


def test_all_mistakes_are_told_at_once(engine: Engine, anne: SignedIn) -> None:
    with pytest.raises(AvailabilityMistakesError) as refused:
        say(engine, anne, "mooring", Typed("waiting_list", "x" * 121, "x" * 301, "99", "99", "2026"), NEW, NOW)
    assert {mistake.field for mistake in refused.value.mistakes} == {"wait", "note", "day"}


def test_the_last_day_may_be_today(engine: Engine, anne: SignedIn) -> None:
    typed = Typed("paused", day="22", month="11", year="2026")
    assert say(engine, anne, "mooring", typed, NEW, NOW).until == date(2026, 11, 22)


def test_what_a_choice_has_no_use_for_is_left_out(engine: Engine, anne: SignedIn) -> None:
    typed = Typed("closed_today", "2 weeks", "  Burst\n pipe \x00", "1", "12", "2026")
    said = say(engine, anne, "mooring", typed, NEW, NOW)
    assert (said.wait, said.note, said.until) == ("", "Burst pipe", None)


def test_nothing_is_said_of_a_service_that_has_closed(engine: Engine, anne: SignedIn) -> None:
    _service(engine, slug="sunk", status="closed")
    with pytest.raises(ClosedError):
        say(engine, anne, "sunk", PAUSED, NEW, NOW)


def test_another_process_shows_it_at_once_and_still_finds_what_is_new(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = 0.0
    monkeypatch.setattr("app.catalogue.monotonic", lambda: seconds)
    assert not load_seed(engine, SEED, NOW).rejected
    other_process = make_engine(engine.url.render_as_string(hide_password=False))
    holder = CatalogueHolder(other_process, tmp_path)
    assert holder.get().said_on("iwork", NOW.date()) is None
    a_person(engine, "admin@example.org")
    admin = who_is(engine, with_authenticator(engine, "admin@example.org")[1].secret)
    said = say(engine, admin, "iwork", PAUSED, NEW, NOW)
    seconds = FRESH_FOR + 0.1
    catalogue = holder.get()
    assert catalogue.said_on("iwork", date(2026, 11, 22)) == said
    assert catalogue.said_on("iwork", date(2026, 12, 2)) is None
    assert catalogue.programmes["iwork"].paused_on(date(2026, 12, 1))
    with writing(engine) as session:
        session.exec(update(Service).where(col(Service.slug) == "iwork").values(name="Zebra crossing"))
        raise_generation(session)
    seconds *= 2
    assert find(holder.get(), "zebra", None, 1, NOW.date()).results == ("iwork",)
    other_process.dispose()


def test_a_pause_shuts_nobody_out_and_opens_no_hole(tmp_path: Path) -> None:
    """Even where everybody to talk to has paused for good: what is proved is who can use what."""
    routes = seed_catalogue().questionnaire.human_routes
    paused = Availability(state="paused", said_at=NOW)
    catalogue = make_catalogue(replace(published_seed(), availability=dict.fromkeys(routes, paused)), tmp_path)
    assert coverage(catalogue, NOW.date()) == coverage(seed_catalogue(), NOW.date())
    always = recommend(catalogue, {}, NOW.date()).always
    assert [route.listing.id for route in always] == [
        route.listing.id for route in recommend(seed_catalogue(), {}, NOW.date()).always
    ]
    assert always[0].availability == paused
