"""Confirming that a page is still right: who may, by which way, and only what they looked at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.editing.errors import NoListingError, NotYoursError
from app.actions.freshness.confirming import (
    ChangedMeanwhileError,
    ClosedListingError,
    UnknownPeriodError,
    confirm,
    set_review_period,
    stands,
)
from app.actions.freshness.link import LinkOverError, as_confirmed, confirm_by_link, look_at
from app.actions.freshness.remind import remind
from app.database import writing
from app.exchange.rows import generation_of
from app.models import Membership, Service, UserAccount, row_id
from tests.accounts import NOW, after
from tests.editing import (
    ADMIN,
    DOOR,
    EDITOR,
    LOADED,
    OLD_DOOR,
    OTHER_DOOR,
    SECOND,
    STRANGER,
    admin,
    editor,
    noted,
    publish,
    publish_beside,
    signed_in,
    small_catalogue,
)
from tests.reminded import SITE, Postbox, open_ones, tokens_in

OWNER = "owner@helpers.example"
DUE = LOADED + timedelta(days=90)


@dataclass(frozen=True)
class World:
    engine: Engine
    anne: SignedIn
    stranger: SignedIn
    ada: SignedIn

    def fresh(self, slug: str = DOOR) -> tuple[str | None, datetime | None, date | None]:
        found = stands(self.engine, self.ada, slug).freshness
        return found.assured_by, found.assured_at, found.due_on

    def version(self, slug: str = DOOR) -> int:
        return stands(self.engine, self.ada, slug).version

    def tokens(self) -> dict[str, str]:
        """Reminds everybody; gives the newest link of each to Open Door, by their address."""
        box = Postbox()
        remind(self.engine, SITE, box, DUE)
        found = {}
        for letter in box.letters:
            for token in tokens_in(letter):
                if look_at(self.engine, token, DUE).listing.id == DOOR:
                    found[letter.to] = token
        return found


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> World:
    small_catalogue(engine, tmp_path)
    editor(engine, SECOND)
    return World(engine, editor(engine), editor(engine, STRANGER, "quay"), admin(engine))


def set_fields(engine: Engine, slug: str, **fields: object) -> None:
    with writing(engine) as session:
        session.add(session.get_one(Service, row_id("service", slug)).sqlmodel_update(fields))


def generation(engine: Engine) -> int:
    with Session(engine) as session:
        return generation_of(session)


def test_one_click_confirms_for_the_organisation_or_for_the_team(world: World) -> None:
    engine, before = world.engine, generation(world.engine)
    confirm(engine, world.anne, DOOR, world.version(), NOW)
    assert world.fresh() == ("organisation", NOW, date(2027, 2, 20))
    assert generation(engine) > before
    confirm(engine, world.ada, OTHER_DOOR, world.version(OTHER_DOOR), NOW)
    assert world.fresh(OTHER_DOOR)[0] == "directory_team"
    said = [(one.who, one.action, one.subject, one.detail["how"]) for one in noted(engine)]
    assert said[-2:] == [
        (EDITOR, "listing confirmed", f"listing/{DOOR}", "signed in"),
        (ADMIN, "listing confirmed", f"listing/{OTHER_DOOR}", "signed in"),
    ]


def test_nobody_confirms_what_is_not_theirs_closed_or_otherwise_than_they_saw_it(world: World) -> None:
    engine, seen = world.engine, world.version()
    with pytest.raises(NotYoursError):
        confirm(engine, world.stranger, DOOR, seen, NOW)
    with pytest.raises(NoListingError):
        confirm(engine, world.ada, "no-door", 1, NOW)
    with pytest.raises(ClosedListingError):
        confirm(engine, world.ada, OLD_DOOR, world.version(OLD_DOOR), NOW)
    publish_beside(engine, DOOR, "A coach helps you find work, and keep it.", NOW)
    with pytest.raises(ChangedMeanwhileError):
        confirm(engine, world.anne, DOOR, seen, NOW)
    assert world.fresh()[0] is None


def test_an_edit_and_its_approval_confirm_nothing(world: World) -> None:
    publish(world.engine, world.anne, world.ada, summary="A coach helps you find work, and keep it.")
    assert world.fresh() == (None, None, DUE.date())


def test_a_link_confirms_once_and_takes_all_others_for_the_page_with_it(world: World) -> None:
    engine, tokens = world.engine, world.tokens()
    assert set(tokens) == {EDITOR, SECOND}
    assert DOOR in open_ones(engine)
    later = DUE + timedelta(days=1)
    seen = look_at(engine, tokens[EDITOR], later)
    assert world.fresh()[0] is None
    assert as_confirmed(engine, DOOR) is None
    assert confirm_by_link(engine, tokens[EDITOR], seen.version, later) == DOOR
    assert world.fresh()[:2] == ("organisation", later)
    assert noted(engine)[-1].who == EDITOR
    assert noted(engine)[-1].detail == {"confirmed_by": "organisation", "how": "email link"}
    assert DOOR not in open_ones(engine)
    for token in tokens.values():
        with pytest.raises(LinkOverError) as over:
            confirm_by_link(engine, token, seen.version, later)
        assert over.value.confirmed
        assert over.value.confirmed.assured_at == later


def test_a_link_dies_of_age_with_the_right_and_never_was(world: World) -> None:
    engine, tokens = world.engine, world.tokens()
    seen = look_at(engine, tokens[EDITOR], DUE + timedelta(days=13))
    with pytest.raises(LinkOverError, match="too old"):
        look_at(engine, tokens[EDITOR], DUE + timedelta(days=14))
    with pytest.raises(LinkOverError, match="do not know"):
        look_at(engine, "made-up", DUE)
    publish_beside(engine, DOOR, "A coach helps you find work, and keep it.", DUE)
    with pytest.raises(ChangedMeanwhileError):
        confirm_by_link(engine, tokens[EDITOR], seen.version, DUE)
    with writing(engine) as session:
        session.exec(delete(Membership).where(col(Membership.user_id) == world.anne.user_id))
    with pytest.raises(LinkOverError, match="do not look after"):
        confirm_by_link(engine, tokens[EDITOR], world.version(), DUE)
    set_fields(engine, DOOR, status="closed")
    with pytest.raises(ClosedListingError):
        look_at(engine, tokens[SECOND], DUE)
    assert world.fresh()[0] is None


def test_owners_and_the_team_say_how_often_to_ask_and_editors_do_not(world: World) -> None:
    engine = world.engine
    editor(engine, OWNER)
    with writing(engine) as session:
        membership = session.exec(
            select(Membership)
            .join(UserAccount, onclause=col(UserAccount.id) == col(Membership.user_id))
            .where(UserAccount.email == OWNER)
        ).one()
        membership.role = "owner"
        session.add(membership)
    owner = signed_in(engine, OWNER)
    assert [stands(engine, who, DOOR).may_set for who in (world.anne, owner, world.ada)] == [False, True, True]
    with pytest.raises(NotYoursError):
        set_review_period(engine, world.anne, DOOR, "30", "90", NOW)
    set_review_period(engine, owner, DOOR, "30", "90", NOW)
    assert stands(engine, world.anne, DOOR).freshness.review_days == 30
    with pytest.raises(ChangedMeanwhileError):
        set_review_period(engine, world.ada, DOOR, "365", "90", after(minutes=1))
    with pytest.raises(UnknownPeriodError):
        set_review_period(engine, world.ada, DOOR, "31", "30", NOW)
    entry = noted(engine)[-1]
    assert (entry.action, entry.detail) == (
        "review period changed",
        {"field": "review_days", "before": 90, "after": 30},
    )
