"""Signing in, staying signed in and signing out, on both databases."""

from datetime import datetime
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.accounts import sessions
from app.actions.accounts.care import close, open_again
from app.actions.accounts.owners import owned_alone, set_role
from app.actions.accounts.rules import AccountError, NewPasswordError, WrongPasswordError, check_password, folded_email
from app.actions.accounts.sign_in import REFUSED, change_password, sign_in
from app.database import reading, writing
from app.models import LoginSession, SignInAttempt, UserAccount
from tests.accounts import ANNE, HERE, KEY, NOW, PASSWORD, a_person, after, an_organisation, enter, who_is

NEW = "seven green bottles"


@pytest.fixture
def harbour(engine: Engine) -> Engine:
    """A directory with Anne, an editor of Harbour."""
    a_person(engine, in_=an_organisation(engine))
    return engine


def refused(engine: Engine, email: str, password: str, now: datetime = NOW, address: str = HERE) -> str:
    with pytest.raises(AccountError) as caught:
        sign_in(engine, KEY, email, password, address, now)
    return caught.value.message


def test_who_signs_in_is_known_with_what_they_look_after(harbour: Engine) -> None:
    who = who_is(harbour, enter(harbour, "  Anne@Example.ORG ").secret)
    assert who.email == ANNE
    assert [(role.organisation, role.role) for role in who.roles] == [("Harbour", "editor")]
    assert not who.directory_admin


def test_nothing_that_lets_somebody_in_stands_in_the_tables(harbour: Engine) -> None:
    secret = enter(harbour).secret
    with reading(harbour) as session:
        user = session.exec(select(UserAccount)).one()
        kept = session.exec(select(LoginSession)).one()
    assert (user.password_hash or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in str(user)
    assert secret not in str(kept)


def test_a_wrong_password_an_unknown_address_and_a_closed_account_get_the_same_answer(harbour: Engine) -> None:
    told = {refused(harbour, ANNE, "wrong"), refused(harbour, "nobody@example.org", PASSWORD), refused(harbour, "", "")}
    close(harbour, ANNE, NOW)
    told.add(refused(harbour, ANNE, PASSWORD))
    assert told == {REFUSED}


class Counted(PasswordHasher):
    """Hashes as ever, and counts."""

    looked = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.looked += 1
        return super().verify(hash, password)


def test_every_try_costs_one_look_at_a_password(harbour: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the time tells nobody who has an account, or that they are shut out."""
    counted = Counted(time_cost=2, memory_cost=19456, parallelism=1)
    monkeypatch.setattr("app.actions.accounts.passwords._HASHER", counted)
    looked = []
    for email in (*[ANNE] * 11, "nobody@example.org", "no address"):
        counted.looked = 0
        refused(harbour, email, "wrong")
        looked.append(counted.looked)
    assert looked == [1] * 13


def test_after_ten_wrong_tries_the_right_password_waits_five_minutes(harbour: Engine) -> None:
    for number in range(10):
        refused(harbour, ANNE, f"wrong {number}", address=f"192.0.2.{number}")
    assert refused(harbour, ANNE, PASSWORD, after(minutes=4), "192.0.2.99") == REFUSED
    assert enter(harbour, now=after(minutes=5)).secret


def test_ten_wrong_tries_from_one_place_shut_that_place_and_no_other(harbour: Engine) -> None:
    for number in range(10):
        refused(harbour, f"guess{number}@example.org", PASSWORD)
    assert refused(harbour, ANNE, PASSWORD) == REFUSED
    assert sign_in(harbour, KEY, ANNE, PASSWORD, "198.51.100.7", NOW).secret


def test_tries_that_were_right_do_not_count(harbour: Engine) -> None:
    for _ in range(12):
        enter(harbour)


def test_tries_do_not_say_who_or_where_and_are_soon_forgotten(harbour: Engine) -> None:
    refused(harbour, ANNE, "wrong")
    refused(harbour, "other@example.org", "wrong", after(minutes=6))
    with reading(harbour) as session:
        (kept,) = session.exec(select(SignInAttempt)).all()
    assert kept.tried_at == after(minutes=6)
    assert "other" not in str(kept)
    assert HERE not in str(kept)


@pytest.mark.parametrize(("minutes", "still"), [(119, True), (121, False)])
def test_a_session_that_is_not_used_for_two_hours_ends(harbour: Engine, minutes: int, still: bool) -> None:
    secret = enter(harbour).secret
    assert (sessions.signed_in(harbour, secret, after(minutes=minutes)) is not None) is still


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(harbour: Engine) -> None:
    secret = enter(harbour).secret
    for hour in range(1, 12):
        assert sessions.signed_in(harbour, secret, after(hours=hour))
    assert sessions.signed_in(harbour, secret, after(hours=11.99))
    assert sessions.signed_in(harbour, secret, after(hours=12)) is None


def test_each_sign_in_is_another_session_and_signing_out_ends_one(harbour: Engine) -> None:
    one, two = enter(harbour).secret, enter(harbour).secret
    assert one != two
    sessions.end(harbour, one)
    assert sessions.signed_in(harbour, one, NOW) is None
    assert who_is(harbour, two).email == ANNE


def test_sessions_are_listed_and_can_be_ended_by_their_owner_alone(harbour: Engine) -> None:
    a_person(harbour, "ben@example.org", in_=an_organisation(harbour, "lighthouse"))
    anne, ben = (who_is(harbour, enter(harbour, email).secret) for email in (ANNE, "ben@example.org"))
    (listed,) = sessions.open_sessions(harbour, anne.user_id, NOW)
    assert listed.id == anne.session_id
    sessions.end_one(harbour, ben.user_id, listed.id)
    assert len(sessions.open_sessions(harbour, anne.user_id, NOW)) == 1
    sessions.end_one(harbour, anne.user_id, listed.id)
    assert sessions.open_sessions(harbour, anne.user_id, NOW) == []


def test_an_account_that_is_closed_is_signed_out_everywhere(harbour: Engine) -> None:
    secret = enter(harbour).secret
    close(harbour, "Anne@example.org", NOW)
    assert sessions.signed_in(harbour, secret, NOW) is None
    open_again(harbour, ANNE, NOW)
    assert sessions.signed_in(harbour, secret, NOW) is None
    assert enter(harbour).secret


def test_a_new_password_signs_out_everywhere_else(harbour: Engine) -> None:
    here, elsewhere = enter(harbour).secret, enter(harbour).secret
    new_here = change_password(harbour, KEY, who_is(harbour, here), PASSWORD, NEW, HERE, NOW)
    assert [sessions.signed_in(harbour, secret, NOW) for secret in (here, elsewhere)] == [None, None]
    assert who_is(harbour, new_here).email == ANNE
    assert refused(harbour, ANNE, PASSWORD) == REFUSED
    assert enter(harbour, password=NEW).secret


def test_the_password_is_not_changed_by_who_does_not_know_it(harbour: Engine) -> None:
    who = who_is(harbour, enter(harbour).secret)
    for number in range(10):
        with pytest.raises(WrongPasswordError):
            change_password(harbour, KEY, who, f"wrong {number}", NEW, HERE, NOW)
    with pytest.raises(WrongPasswordError):
        change_password(harbour, KEY, who, PASSWORD, NEW, HERE, NOW)
    assert enter(harbour, now=after(minutes=5)).secret


def test_a_change_of_role_signs_out(harbour: Engine) -> None:
    secret = enter(harbour).secret
    who = who_is(harbour, secret)
    with writing(harbour) as session:
        set_role(session, who.user_id, who.roles[0].organization_id, "owner")
    assert sessions.signed_in(harbour, secret, NOW) is None
    assert who_is(harbour, enter(harbour).secret).roles[0].role == "owner"


def test_an_only_owner_is_told_apart_from_one_of_two(harbour: Engine) -> None:
    quay = an_organisation(harbour, "quay")
    a_person(harbour, "ben@example.org", role="owner", in_=quay)
    ben = who_is(harbour, enter(harbour, "ben@example.org").secret)
    assert owned_alone(harbour, ben) == {quay}
    a_person(harbour, "cem@example.org", role="owner", in_=quay)
    assert owned_alone(harbour, ben) == frozenset()


@pytest.mark.parametrize(
    "password", ["short", "eleven char", "aaaaaaaaaaaaaaaa", "abababababababab", ANNE, "ANNE@example.org", "x1y2" * 51]
)
def test_a_password_that_could_be_guessed_is_refused_with_a_sentence(password: str) -> None:
    with pytest.raises(NewPasswordError, match=r"\.$"):
        check_password(password, ANNE)


@pytest.mark.parametrize("password", [PASSWORD, "żółta łódź podwodna", "🐙🦑🐡🐠🐟🐬🐳🐋🦈🐊🐅🐆"])
def test_any_letters_make_a_password(password: str) -> None:
    check_password(password, ANNE)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "anne", "anne@", "@example.org", "anne@example", "a b@example.org", "é@example.org"),
        *("anne@example.org\nBcc: x@example.org", "anne@example.org\x00", "anne@example..org"),
        *("a" * 65 + "@example.org", "anne@" + "a." * 200 + "org"),
    ],
)
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    with pytest.raises(AccountError, match="correct format"):
        folded_email(typed)
