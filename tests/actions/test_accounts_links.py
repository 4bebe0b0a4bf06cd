"""Invitations and forgotten passwords: links that work once, for a while, and only for what they were made for."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.accounts import sessions
from app.actions.accounts.demo import make_demo_logins
from app.actions.accounts.letters import invitation_letter, reset_letter
from app.actions.accounts.links import (
    ADMIN,
    Invitation,
    LinkError,
    invite,
    invite_as,
    look_at,
    organisations_to_invite_to,
    reset,
    use,
)
from app.actions.accounts.rules import AccountError, NewPasswordError
from app.actions.accounts.sign_in import change_password
from app.database import reading
from app.models import EmailLink, UserAccount
from tests.accounts import ANNE, HERE, KEY, NOW, PASSWORD, a_person, after, an_organisation, enter, who_is

BEN = "ben@example.org"
NEW = "seven green bottles"


def asked(engine: Engine, email: str = ANNE) -> str:
    """The token of a link to a new password."""
    token = reset(engine, email, NOW)
    assert token
    return token


def test_an_invitation_makes_an_account_with_its_role(engine: Engine) -> None:
    token = invite(engine, Invitation(" Ben@Example.org", "owner", an_organisation(engine)), NOW)
    offered = look_at(engine, token, after(days=6))
    assert (offered.email, offered.organisation, offered.role, offered.needs_password) == (
        BEN,
        "Harbour",
        "owner",
        True,
    )
    use(engine, token, PASSWORD, after(days=6))
    (role,) = who_is(engine, enter(engine, BEN).secret).roles
    assert (role.organisation, role.role) == ("Harbour", "owner")


def test_looking_at_a_link_changes_nothing(engine: Engine) -> None:
    token = invite(engine, Invitation(BEN, "owner", an_organisation(engine)), NOW)
    for _ in range(3):
        look_at(engine, token, NOW)
    with reading(engine) as session:
        assert session.exec(select(UserAccount)).all() == []
    use(engine, token, PASSWORD, NOW)


@pytest.mark.parametrize("days", [7, 8])
def test_an_invitation_is_over_after_seven_days(engine: Engine, days: int) -> None:
    token = invite(engine, Invitation(BEN, "owner", an_organisation(engine)), NOW)
    with pytest.raises(LinkError):
        use(engine, token, PASSWORD, after(days=days))


def test_who_has_an_account_needs_no_new_password_for_another_organisation(engine: Engine) -> None:
    a_person(engine, in_=an_organisation(engine))
    before = enter(engine).secret
    token = invite(engine, Invitation(ANNE, "owner", an_organisation(engine, "quay")), NOW)
    assert not look_at(engine, token, NOW).needs_password
    use(engine, token, "ignored", NOW)
    roles = who_is(engine, enter(engine).secret).roles
    assert [(role.organisation, role.role) for role in roles] == [("Harbour", "editor"), ("Quay", "owner")]
    assert sessions.signed_in(engine, before, NOW) is None, "with other rights, one signs in again"


def test_a_link_works_once(engine: Engine) -> None:
    a_person(engine, in_=an_organisation(engine))
    token = asked(engine)
    use(engine, token, NEW, NOW)
    with pytest.raises(LinkError):
        look_at(engine, token, NOW)
    with pytest.raises(LinkError):
        use(engine, token, "another long password", NOW)
    assert enter(engine, password=NEW).secret


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (60, False)])
def test_a_reset_is_over_after_an_hour(engine: Engine, minutes: int, works: bool) -> None:
    a_person(engine, in_=an_organisation(engine))
    token = asked(engine)
    if works:
        use(engine, token, NEW, after(minutes=minutes))
    else:
        with pytest.raises(LinkError):
            use(engine, token, NEW, after(minutes=minutes))
    assert enter(engine, password=NEW if works else PASSWORD, now=after(minutes=minutes)).secret


def test_a_reset_signs_out_everywhere_and_ends_the_other_resets(engine: Engine) -> None:
    a_person(engine, in_=an_organisation(engine))
    secret = enter(engine).secret
    first, second = asked(engine), asked(engine)
    use(engine, first, NEW, NOW)
    assert sessions.signed_in(engine, secret, NOW) is None
    with pytest.raises(LinkError):
        use(engine, second, PASSWORD, NOW)


def test_a_changed_password_ends_resets_that_are_under_way(engine: Engine) -> None:
    a_person(engine, in_=an_organisation(engine))
    token = asked(engine)
    change_password(engine, KEY, who_is(engine, enter(engine).secret), PASSWORD, NEW, HERE, NOW)
    with pytest.raises(LinkError):
        look_at(engine, token, NOW)


def test_nobody_and_no_made_up_link_gets_a_new_password(engine: Engine) -> None:
    assert reset(engine, "nobody@example.org", NOW) is None
    for token in ("", "x", "'; DROP TABLE user_account; --", "\udcff", "a" * 5000):
        with pytest.raises(LinkError):
            use(engine, token, NEW, NOW)


def test_a_poor_password_leaves_the_link_as_it_is(engine: Engine) -> None:
    token = invite(engine, Invitation(BEN, "owner", an_organisation(engine)), NOW)
    with pytest.raises(NewPasswordError):
        use(engine, token, "short", NOW)
    use(engine, token, PASSWORD, NOW)


def test_the_link_is_not_in_the_tables(engine: Engine) -> None:
    token = invite(engine, Invitation(BEN, "owner", an_organisation(engine)), NOW)
    with reading(engine) as session:
        assert token not in str(session.exec(select(EmailLink)).one())


def test_who_did_not_come_is_forgotten(engine: Engine) -> None:
    harbour = an_organisation(engine)
    invite(engine, Invitation(BEN, "owner", harbour), NOW)
    invite(engine, Invitation(ANNE, "owner", harbour), after(days=8))
    with reading(engine) as session:
        assert [link.email for link in session.exec(select(EmailLink)).all()] == [ANNE]


def test_owners_invite_to_their_own_organisation_admins_to_any_and_editors_to_none(engine: Engine) -> None:
    harbour, quay = an_organisation(engine), an_organisation(engine, "quay")
    a_person(engine, "editor@example.org", in_=harbour)
    a_person(engine, "owner@example.org", role="owner", in_=harbour)
    a_person(engine, "admin@example.org")
    may: dict[str, set[tuple[UUID, str]]] = {}
    for name in ("editor", "owner", "admin"):
        who = replace(who_is(engine, enter(engine, f"{name}@example.org").secret), has_authenticator=True)
        offered = {id_ for id_, _ in organisations_to_invite_to(engine, who)}
        for place in (harbour, quay):
            for role in ("editor", "owner", ADMIN):
                try:
                    invite_as(engine, who, Invitation(BEN, role, place), NOW)
                except AccountError:
                    continue
                may[name] = {*may.get(name, ()), (place, role)}
        assert offered == {place for place, _ in may.get(name, ())}
        for wrong in (None, uuid4()):
            with pytest.raises(AccountError):
                invite_as(engine, who, Invitation(BEN, "owner", wrong), NOW)
    assert may == {
        "owner": {(harbour, "editor"), (harbour, "owner")},
        "admin": {(place, role) for place in (harbour, quay) for role in ("editor", "owner")},
    }


def test_the_letters_say_what_the_link_does_and_how_long_it_works(engine: Engine) -> None:
    token = invite(engine, Invitation(BEN, "owner", an_organisation(engine)), NOW)
    invitation = invitation_letter("https://directory.example", token, look_at(engine, token, NOW))
    forgotten = reset_letter("https://directory.example", "token", BEN)
    assert "the listings of Harbour as an owner" in invitation.text
    assert f"\nhttps://directory.example/account/link/{token}\n" in invitation.text
    assert "once, for 7 days" in invitation.text
    assert "once, for 60 minutes" in forgotten.text
    assert (invitation.to, forgotten.to) == (BEN, BEN)


def test_demo_logins_are_one_for_each_role_and_new_each_time(engine: Engine) -> None:
    with pytest.raises(AccountError, match="no catalogue"):
        make_demo_logins(engine, NOW)
    for slug in ("harbour", "quay"):
        an_organisation(engine, slug)
    first, second = make_demo_logins(engine, NOW), make_demo_logins(engine, NOW)
    assert not {login.password for login in first} & {login.password for login in second}
    people = {login.email: who_is(engine, enter(engine, login.email, login.password).secret).roles for login in second}
    assert {email: [(role.organisation, role.role) for role in roles] for email, roles in people.items()} == {
        "editor@demo.example": [("Harbour", "editor")],
        "owner@demo.example": [("Harbour", "owner")],
        "other@demo.example": [("Quay", "editor")],
        "admin@demo.example": [],
    }
