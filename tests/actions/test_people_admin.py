"""What the directory team does for people with accounts."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from app.actions import audit
from app.actions.accounts import care, sessions
from app.actions.accounts.authenticator import give_code
from app.actions.accounts.links import ADMIN, Invitation, LinkError, invite, invite_as, use
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.sign_in import change_password
from app.actions.accounts.teams import GoneError
from app.actions.administration.people import (
    A_PAGE,
    admins_invited,
    find_people,
    person_in_full,
    take_back_from_admin,
)
from app.database import reading, writing
from app.models import EmailLink, UserAccount
from tests.accounts import (
    ANNE,
    HERE,
    KEY,
    NOW,
    PASSWORD,
    a_person,
    after,
    an_organisation,
    enter,
    who_is,
    with_authenticator,
)

BOSS, OTHER, BEN = "boss@example.org", "other@example.org", "ben@example.org"
Care = Callable[[Engine, str, datetime, SignedIn | None], None]


@pytest.fixture
def directory(engine: Engine) -> Engine:
    """Two admins, and Anne, the owner of Harbour."""
    a_person(engine, role="owner", in_=an_organisation(engine))
    a_person(engine, BOSS)
    a_person(engine, OTHER)
    return engine


def signed_in(engine: Engine, email: str = BOSS) -> SignedIn:
    return who_is(engine, with_authenticator(engine, email)[1].secret)


def id_of(engine: Engine, email: str) -> UUID:
    with reading(engine) as session:
        return session.exec(select(UserAccount).where(UserAccount.email == email)).one().id


def unmake(engine: Engine, email: str, now: datetime, by: SignedIn | None) -> None:
    care.set_admin(engine, email, False, now, by)


def noted(engine: Engine, email: str) -> list[tuple[str, str]]:
    return [(entry.who, entry.action) for entry in audit.newest(engine, subject=f"person/{email}")]


def test_people_are_found_by_a_part_of_their_address_a_page_at_a_time(directory: Engine) -> None:
    assert [one.email for one in find_people(directory, "", 1).people] == [ANNE, BOSS, OTHER]
    (found,) = find_people(directory, " ANNE@ ", 1).people
    assert [(role.organisation, role.role, role.alone) for role in found.roles] == [("Harbour", "owner", True)]
    assert find_people(directory, "%", 1).people == ()
    with writing(directory) as session:
        session.add_all(UserAccount(email=f"p{number:02}@many.example", created_at=NOW) for number in range(A_PAGE + 1))
    second = find_people(directory, "@many", 2)
    assert ([one.email for one in second.people], second.total, second.pages) == ([f"p{A_PAGE}@many.example"], 26, 2)
    assert find_people(directory, "@many", 99).page == 2
    assert find_people(directory, "@many", -1).page == 1


def test_a_person_is_seen_in_full(directory: Engine) -> None:
    person = person_in_full(directory, id_of(directory, ANNE))
    assert person
    assert (person.email, person.directory_admin, person.has_authenticator, person.closed_at) == (
        ANNE,
        False,
        False,
        None,
    )
    assert person_in_full(directory, UUID(int=0)) is None


@pytest.mark.parametrize("action", [unmake, care.close, care.forget_authenticator, care.delete_for_good])
def test_no_admin_does_to_themselves_what_could_leave_none(directory: Engine, action: Care) -> None:
    boss = signed_in(directory)
    with pytest.raises(AccountError, match="your own account"):
        action(directory, BOSS, NOW, boss)
    assert noted(directory, BOSS)[0] == (BOSS, "authenticator set up"), "what failed is not noted as done"


@pytest.mark.parametrize("action", [unmake, care.close, care.delete_for_good])
def test_of_two_admins_who_shut_out_each_other_one_stays(directory: Engine, action: Care) -> None:
    boss, other = signed_in(directory), signed_in(directory, OTHER)
    action(directory, OTHER, NOW, boss)
    with pytest.raises(AccountError, match="Only the directory team"):
        action(directory, BOSS, NOW, other)
    assert sessions.signed_in(directory, enter(directory, BOSS).secret, NOW)


@pytest.mark.parametrize(
    "action",
    [unmake, care.close, care.open_again, care.sign_out_everywhere, care.forget_authenticator, care.delete_for_good],
)
def test_who_is_no_admin_does_none_of_it(directory: Engine, action: Care) -> None:
    anne = who_is(directory, enter(directory).secret)
    with pytest.raises(AccountError, match="Only the directory team"):
        action(directory, OTHER, NOW, anne)
    assert (ANNE, "account deleted") not in noted(directory, OTHER)


def test_an_admin_is_made_and_unmade(directory: Engine) -> None:
    boss, before = signed_in(directory), enter(directory).secret
    care.set_admin(directory, ANNE, True, NOW, boss)
    assert sessions.signed_in(directory, before, NOW) is None
    assert who_is(directory, enter(directory).secret).must_enrol
    link = invite_as(directory, boss, Invitation(ANNE, ADMIN, None), NOW)
    care.set_admin(directory, ANNE, False, NOW, boss)
    with pytest.raises(LinkError):
        use(directory, link, "", NOW)
    assert not who_is(directory, enter(directory).secret).directory_admin
    assert noted(directory, ANNE)[0] == (BOSS, "role taken")


def test_signing_out_everywhere_ends_all_sessions(directory: Engine) -> None:
    secrets = [enter(directory).secret for _ in range(2)]
    care.sign_out_everywhere(directory, ANNE, NOW, signed_in(directory))
    assert [sessions.signed_in(directory, secret, NOW) for secret in secrets] == [None, None]


def test_a_deleted_account_is_gone_and_what_was_done_is_still_noted(directory: Engine) -> None:
    boss = signed_in(directory)
    invite_as(directory, boss, Invitation(ANNE, "owner", an_organisation(directory, "quay")), NOW)
    care.delete_for_good(directory, ANNE, NOW, boss)
    with pytest.raises(AccountError):
        enter(directory)
    with reading(directory) as session:
        assert session.exec(select(EmailLink).where(EmailLink.email == ANNE)).all() == []
    assert noted(directory, ANNE)[:2] == [(BOSS, "account deleted"), (BOSS, "invitation sent")]
    assert (ANNE, "invitation accepted") in noted(directory, ANNE)


def test_an_admin_invites_another_and_takes_it_back(directory: Engine) -> None:
    boss = signed_in(directory)
    token = invite_as(directory, boss, Invitation(BEN, ADMIN, None), NOW)
    (invited,) = admins_invited(directory, NOW)
    assert invited.email == BEN
    take_back_from_admin(directory, boss, invited.id, NOW)
    with pytest.raises(LinkError):
        use(directory, token, PASSWORD, NOW)
    with pytest.raises(GoneError):
        take_back_from_admin(directory, boss, invited.id, NOW)
    assert noted(directory, BEN) == [(BOSS, "invitation taken back"), (BOSS, "invitation sent")]
    with pytest.raises(AccountError):
        invite_as(directory, who_is(directory, enter(directory).secret), Invitation(BEN, ADMIN, None), NOW)


def test_the_trail_tells_what_lets_people_in_and_no_secrets(directory: Engine) -> None:
    place = an_organisation(directory, "quay")
    token = invite(directory, Invitation(BEN, "editor", place), NOW)
    use(directory, token, PASSWORD, NOW)
    change_password(
        directory, KEY, who_is(directory, enter(directory, BEN).secret), PASSWORD, "a new one, long", HERE, NOW
    )
    secret = enter(directory, BEN, "a new one, long").secret
    change_password(directory, KEY, who_is(directory, secret), "a new one, long", PASSWORD, HERE, NOW)
    app, enrolled = with_authenticator(directory, BEN)
    give_code(directory, KEY, enter(directory, BEN).secret, enrolled.codes[0], HERE, after(minutes=5))
    assert [action for _, action in noted(directory, BEN)] == [
        "recovery code used",
        "authenticator set up",
        "password changed",
        "password changed",
        "invitation accepted",
        "invitation sent",
    ]
    told = " ".join(str(entry) for entry in audit.every_entry(directory))
    for kept in (token, PASSWORD, "a new one, long", app, *enrolled.codes):
        assert kept not in told
