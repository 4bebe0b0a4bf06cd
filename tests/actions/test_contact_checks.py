"""Ticking off a contact: what will do, that nobody's tick is written over unseen, and what the public then sees."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn
from app.actions.administration.contact_checks import (
    StaleCheckError,
    Typed,
    as_written,
    digest,
    needs_correcting,
    stands,
    tick,
    to_confirm,
    untick,
)
from app.actions.administration.reference import FaultsError, NotThereError
from app.database import reading
from app.directory.contact_checks import LONGEST_NOTE, contact_key, crisis_key
from app.directory.known_contacts import check_of_contact, may_be_old
from app.directory.listing import Contact
from app.exchange.rows import generation_of
from tests.accounts import NOW, after
from tests.editing import (
    ADMIN,
    DOOR,
    OTHER_ADMIN,
    OTHER_DOOR,
    admin,
    catalogue_of,
    editor,
    noted,
    publish,
    signed_in,
    small_catalogue,
)

PHONE = contact_key(DOOR, "phone", "020 7946 0000")
NO_PHONE = contact_key(OTHER_DOOR, "phone")
RIGHT = Typed("right", "rang", "21", "11", "2026", " Anne   answered. ")
NEW = digest(None)


@pytest.fixture(name="anne")
def an_admin(engine: Engine, tmp_path: Path) -> SignedIn:
    """Of Open Door one weak phone number is known; of Other Door no number, and no address."""
    small_catalogue(engine, tmp_path)
    admin(engine, OTHER_ADMIN)
    return admin(engine)


def public_phone(engine: Engine) -> Contact:
    return next(one for one in catalogue_of(engine).listings[DOOR].contacts if one.type == "phone")


def generation(engine: Engine) -> int:
    with reading(engine) as session:
        return generation_of(session)


def test_a_tick_is_kept_public_and_written_down_and_can_be_taken_back(engine: Engine, anne: SignedIn) -> None:
    before, raw = generation(engine), public_phone(engine)
    tick(engine, anne, PHONE, RIGHT, NEW, NOW)
    found = stands(engine, PHONE).noted
    assert found
    assert (found.by, found.at, found.check.checked_on, found.check.note) == (
        ADMIN,
        NOW,
        date(2026, 11, 21),
        "Anne answered.",
    )
    assert to_confirm(engine).noted == {PHONE: found}
    assert check_of_contact(public_phone(engine)) == found.check
    assert generation(engine) == before + 1
    untick(engine, anne, PHONE, digest(found), after(minutes=5))
    assert stands(engine, PHONE).noted is None
    assert public_phone(engine) == raw
    assert generation(engine) == before + 2
    entries = noted(engine)[-2:]
    assert [(one.who, one.action, one.subject) for one in entries] == [
        (ADMIN, "contact checked", f"listing/{DOOR}"),
        (ADMIN, "check of a contact taken back", f"listing/{DOOR}"),
    ]
    assert entries[0].detail["contact"] == "020 7946 0000"
    assert entries[0].detail["outcome"] == "right"


def test_the_listing_itself_stays_as_it_was_written(engine: Engine, anne: SignedIn) -> None:
    """So that a right contact stays on the list as checked, and nothing is carried into the files."""
    before = as_written(engine)
    items = to_confirm(engine).groups
    tick(engine, anne, PHONE, RIGHT, NEW, NOW)
    assert as_written(engine) == before
    assert to_confirm(engine).groups == items


def test_a_number_that_was_changed_is_to_be_checked_anew(engine: Engine, anne: SignedIn) -> None:
    tick(engine, anne, PHONE, replace(RIGHT, outcome="wrong"), NEW, NOW)
    publish(engine, editor(engine), anne, contacts=({"type": "phone", "value": "020 7946 0001"},))
    assert check_of_contact(public_phone(engine)) is None
    with pytest.raises(NotThereError):
        stands(engine, PHONE)


def test_what_will_not_do_is_refused_with_the_field(engine: Engine, anne: SignedIn) -> None:
    wrong = {
        "outcome": replace(RIGHT, outcome="perhaps"),
        "how": replace(RIGHT, how=""),
        "note": replace(RIGHT, note="x" * (LONGEST_NOTE + 1)),
    }
    days = {
        "future": ("23", "11", "2026"),
        "too old": ("21", "11", "2025"),
        "none": ("31", "2", "2026"),
        "empty": ("", "", ""),
    }
    wrong |= {f"day {why}": replace(RIGHT, day=day, month=month, year=year) for why, (day, month, year) in days.items()}
    for why, typed in wrong.items():
        with pytest.raises(FaultsError) as refused:
            tick(engine, anne, PHONE, typed, NEW, NOW)
        assert [fault.field for fault in refused.value.faults] == [why.split()[0]], why
    with pytest.raises(FaultsError):
        tick(engine, anne, NO_PHONE, RIGHT, NEW, NOW)
    assert to_confirm(engine).noted == {}


def test_that_there_is_none_is_right_of_a_missing_number_and_wrong_of_one_that_is_shown(
    engine: Engine, anne: SignedIn
) -> None:
    none = replace(RIGHT, outcome="none")
    for key, wrong in ((NO_PHONE, False), (PHONE, True)):
        ticked = tick(engine, anne, key, none, NEW, NOW)
        assert ticked.noted
        assert needs_correcting(ticked.item, ticked.noted.check) is wrong


def test_a_tick_that_came_meanwhile_is_not_written_over_unseen(engine: Engine, anne: SignedIn) -> None:
    other = signed_in(engine, OTHER_ADMIN)
    tick(engine, anne, PHONE, RIGHT, NEW, NOW)
    with pytest.raises(StaleCheckError) as refused:
        tick(engine, other, PHONE, replace(RIGHT, outcome="wrong"), NEW, NOW)
    assert refused.value.stands.noted
    assert refused.value.stands.noted.by == ADMIN
    with pytest.raises(StaleCheckError):
        untick(engine, other, PHONE, NEW, NOW)
    tick(engine, other, PHONE, replace(RIGHT, outcome="wrong"), digest(refused.value.stands.noted), NOW)
    assert may_be_old(public_phone(engine))


def test_two_admins_at_once(engine: Engine, anne: SignedIn) -> None:
    """At two items nobody is disturbed; at one, one of them is told."""
    other, none = signed_in(engine, OTHER_ADMIN), replace(RIGHT, outcome="none")
    with ThreadPoolExecutor(4) as threads:
        jobs = [
            threads.submit(tick, engine, who, key, none, NEW, NOW) for key in (PHONE, NO_PHONE) for who in (anne, other)
        ]
    refused = [job.exception() for job in jobs if job.exception()]
    assert [type(error) for error in refused] == [StaleCheckError, StaleCheckError]
    assert set(to_confirm(engine).noted) == {PHONE, NO_PHONE}


def test_a_crisis_line_is_ticked_off_and_stays_where_it_is(engine: Engine, anne: SignedIn) -> None:
    group = next(group for group in to_confirm(engine).groups if group.part == "crisis")
    item = group.items[0]
    assert item.contact
    assert item.key == crisis_key(group.id, item.type, item.contact.value)
    lines = [(line.id, [one.value for one in line.contacts]) for line in catalogue_of(engine).urgent.lines]
    tick(engine, anne, item.key, replace(RIGHT, outcome="wrong"), NEW, NOW)
    urgent = catalogue_of(engine).urgent
    assert [(line.id, [one.value for one in line.contacts]) for line in urgent.lines] == lines
    assert check_of_contact(next(line for line in urgent.lines if line.id == group.id).contacts[0])
    assert noted(engine)[-1].subject == f"crisis/{group.id}"


def test_what_is_not_on_the_list_cannot_be_ticked(engine: Engine, anne: SignedIn) -> None:
    for key in ("", "listing/", "listing/nobody/phone/", "crisis/x", "listing/\0", f"{PHONE}1", "%"):
        with pytest.raises(NotThereError):
            tick(engine, anne, key, RIGHT, NEW, NOW)


def test_only_the_directory_team_ticks(engine: Engine, anne: SignedIn) -> None:
    with pytest.raises(AccountError):
        tick(engine, editor(engine), PHONE, RIGHT, NEW, NOW)
    with pytest.raises(AccountError):
        untick(engine, replace(anne, has_authenticator=False), PHONE, NEW, NOW)
