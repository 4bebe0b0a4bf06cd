"""Who looks after an organisation: owners choose, nobody is left without one by accident, and everything is noted."""

from collections.abc import Callable
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from app.actions import audit
from app.actions.accounts import sessions
from app.actions.accounts.care import close
from app.actions.accounts.links import Invitation, LinkError, invite_as, use
from app.actions.accounts.members import change_role, leave, remove, take_back
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.teams import GoneError, NoTeamError, NotYourTeamError, my_teams, team
from app.database import reading
from app.models import UserAccount
from tests.accounts import ANNE, NOW, PASSWORD, a_person, after, an_organisation, enter, who_is, with_authenticator

OLA, OTTO = "ola@example.org", "otto@example.org"
ADMIN = "admin@example.org"
BEN = "ben@example.org"


@pytest.fixture
def harbour(engine: Engine) -> Engine:
    """Harbour with Anne, an editor, and Ola, its owner; Quay with Otto, its owner; and an admin."""
    place, quay = an_organisation(engine), an_organisation(engine, "quay")
    a_person(engine, in_=place)
    a_person(engine, OLA, role="owner", in_=place)
    a_person(engine, OTTO, role="owner", in_=quay)
    a_person(engine, ADMIN)
    return engine


def signed_in(engine: Engine, email: str) -> SignedIn:
    if email == ADMIN:
        return who_is(engine, with_authenticator(engine, email)[1].secret)
    return who_is(engine, enter(engine, email).secret)


def id_of(engine: Engine, email: str) -> UUID:
    with reading(engine) as session:
        return session.exec(select(UserAccount).where(UserAccount.email == email)).one().id


def roles(engine: Engine, slug: str = "harbour") -> dict[str, str]:
    """As the admin sees them."""
    return {one.email: one.role for one in team(engine, signed_in(engine, ADMIN), slug, NOW).members}


def noted(engine: Engine, email: str) -> list[tuple[str, str, str]]:
    entries = audit.newest(engine, subject=f"person/{email}")
    return [(entry.who, entry.action, entry.detail.get("role", "")) for entry in entries]


def test_an_owner_makes_somebody_an_owner_who_signs_in_again(harbour: Engine) -> None:
    before = enter(harbour).secret
    change_role(harbour, signed_in(harbour, OLA), "harbour", id_of(harbour, ANNE), "owner", NOW)
    assert sessions.signed_in(harbour, before, NOW) is None
    assert my_teams(harbour, signed_in(harbour, ANNE)) == [("harbour", "Harbour")]
    assert noted(harbour, ANNE)[0] == (OLA, "role given", "owner")


def test_who_is_removed_is_out_at_once_and_an_old_invitation_does_not_bring_them_back(harbour: Engine) -> None:
    ola, before = signed_in(harbour, OLA), enter(harbour).secret
    place = ola.roles[0].organization_id
    again = invite_as(harbour, ola, Invitation(ANNE, "owner", place), NOW)
    remove(harbour, ola, "harbour", id_of(harbour, ANNE), NOW)
    assert sessions.signed_in(harbour, before, NOW) is None
    assert roles(harbour) == {OLA: "owner"}
    assert noted(harbour, ANNE)[0] == (OLA, "role taken", "editor")
    with pytest.raises(LinkError):
        use(harbour, again, PASSWORD, NOW)


@pytest.mark.parametrize("email", [ANNE, OTTO])
def test_editors_and_other_owners_neither_see_nor_change_anything(harbour: Engine, email: str) -> None:
    who, ola = signed_in(harbour, email), id_of(harbour, OLA)
    tries: list[Callable[[], object]] = [
        lambda: team(harbour, who, "harbour", NOW),
        lambda: change_role(harbour, who, "harbour", ola, "editor", NOW),
        lambda: remove(harbour, who, "harbour", ola, NOW),
        lambda: take_back(harbour, who, "harbour", uuid4(), NOW),
    ]
    for attempt in tries:
        with pytest.raises(NotYourTeamError):
            attempt()
    assert roles(harbour) == {ANNE: "editor", OLA: "owner"}


def test_nobody_changes_their_own_role(harbour: Engine) -> None:
    ola = signed_in(harbour, OLA)
    tries: list[Callable[[], None]] = [
        lambda: change_role(harbour, ola, "harbour", ola.user_id, "editor", NOW),
        lambda: remove(harbour, ola, "harbour", ola.user_id, NOW),
    ]
    for attempt in tries:
        with pytest.raises(AccountError, match="Ask another owner"):
            attempt()
    assert roles(harbour)[OLA] == "owner"


def test_the_only_owner_leaves_when_there_is_another_who_can_sign_in(harbour: Engine) -> None:
    with pytest.raises(AccountError, match="Invite another owner first"):
        leave(harbour, signed_in(harbour, OLA), "harbour", NOW)
    change_role(harbour, signed_in(harbour, OLA), "harbour", id_of(harbour, ANNE), "owner", NOW)
    close(harbour, ANNE, NOW)
    with pytest.raises(AccountError, match="Invite another owner first"):
        leave(harbour, signed_in(harbour, OLA), "harbour", NOW)
    a_person(harbour, BEN, role="owner", in_=signed_in(harbour, OLA).roles[0].organization_id)
    leave(harbour, signed_in(harbour, OLA), "harbour", NOW)
    assert roles(harbour) == {ANNE: "owner", BEN: "owner"}
    assert noted(harbour, OLA)[0] == (OLA, "role taken", "owner")


def test_an_editor_leaves(harbour: Engine) -> None:
    leave(harbour, signed_in(harbour, ANNE), "harbour", NOW)
    assert roles(harbour) == {OLA: "owner"}
    with pytest.raises(GoneError):
        leave(harbour, signed_in(harbour, ANNE), "harbour", NOW)


def test_an_admin_removes_the_only_owner_and_the_team_says_that_there_is_none(harbour: Engine) -> None:
    admin = signed_in(harbour, ADMIN)
    remove(harbour, admin, "harbour", id_of(harbour, OLA), NOW)
    assert team(harbour, admin, "harbour", NOW).owners == 0


def test_two_owners_who_remove_each_other_at_once_leave_one(harbour: Engine) -> None:
    change_role(harbour, signed_in(harbour, OLA), "harbour", id_of(harbour, ANNE), "owner", NOW)
    ola, anne = signed_in(harbour, OLA), signed_in(harbour, ANNE)
    refused: list[AccountError] = []

    def attempt(who: SignedIn, other: SignedIn) -> None:
        try:
            remove(harbour, who, "harbour", other.user_id, NOW)
        except AccountError as error:
            refused.append(error)

    threads = [Thread(target=attempt, args=pair) for pair in ((ola, anne), (anne, ola))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert list(roles(harbour).values()) == ["owner"]


def test_an_invitation_that_is_taken_back_no_longer_works(harbour: Engine) -> None:
    ola = signed_in(harbour, OLA)
    token = invite_as(harbour, ola, Invitation(BEN, "editor", ola.roles[0].organization_id), NOW)
    (invited,) = team(harbour, ola, "harbour", NOW).invitations
    assert (invited.email, invited.role) == (BEN, "editor")
    with pytest.raises(GoneError):
        take_back(harbour, signed_in(harbour, OTTO), "quay", invited.id, NOW)
    take_back(harbour, ola, "harbour", invited.id, NOW)
    with pytest.raises(LinkError):
        use(harbour, token, PASSWORD, NOW)
    with pytest.raises(GoneError):
        take_back(harbour, ola, "harbour", invited.id, NOW)
    assert [(who, action) for who, action, _ in noted(harbour, BEN)] == [
        (OLA, "invitation taken back"),
        (OLA, "invitation sent"),
    ]


def test_invitations_that_are_over_or_accepted_are_not_listed(harbour: Engine) -> None:
    ola = signed_in(harbour, OLA)
    place = ola.roles[0].organization_id
    use(harbour, invite_as(harbour, ola, Invitation(BEN, "editor", place), NOW), PASSWORD, NOW)
    invite_as(harbour, ola, Invitation("late@example.org", "editor", place), NOW)
    assert [one.email for one in team(harbour, ola, "harbour", NOW).invitations] == ["late@example.org"]
    assert team(harbour, ola, "harbour", after(days=8)).invitations == ()


def test_what_is_not_there_is_said(harbour: Engine) -> None:
    admin = signed_in(harbour, ADMIN)
    with pytest.raises(NoTeamError):
        team(harbour, admin, "nowhere", NOW)
    with pytest.raises(GoneError):
        remove(harbour, admin, "quay", id_of(harbour, ANNE), NOW)
    with pytest.raises(AccountError, match="Choose a role"):
        change_role(harbour, admin, "harbour", id_of(harbour, ANNE), "admin", NOW)
