"""The second step: an app's codes and the recovery codes, each good once."""

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.accounts import sessions
from app.actions.accounts.authenticator import enrol, give_code, offered_secret
from app.actions.accounts.care import forget_authenticator
from app.actions.accounts.links import reset, use
from app.actions.accounts.rules import AccountError
from app.database import reading
from app.models import RecoveryCode, UserAccount
from tests.accounts import ANNE, HERE, KEY, NOW, PASSWORD, a_person, after, app_code, enter, who_is, with_authenticator

LATER = after(minutes=5)


@pytest.fixture
def directory(engine: Engine) -> Engine:
    """A directory with Anne, its admin."""
    a_person(engine)
    return engine


def second_step(engine: Engine, code: str, key: str = KEY) -> str:
    """Signs in with the password and this code, five minutes after enrolling."""
    entered = enter(engine, now=LATER)
    assert entered.awaits_code
    return give_code(engine, key, entered.secret, code, HERE, LATER)


def test_an_admin_must_enrol_first_and_then_need_not(directory: Engine) -> None:
    assert who_is(directory, enter(directory).secret).must_enrol
    _, enrolled = with_authenticator(directory)
    assert not who_is(directory, enrolled.secret).must_enrol


def test_the_key_that_is_offered_stays_the_same_until_it_is_used(directory: Engine) -> None:
    one, two = enter(directory).secret, enter(directory).secret
    assert offered_secret(KEY, one) == offered_secret(KEY, one)
    assert offered_secret(KEY, one) != offered_secret(KEY, two)
    with reading(directory) as session:
        assert session.exec(select(UserAccount)).one().authenticator_secret is None


def test_a_wrong_code_enrols_nothing(directory: Engine) -> None:
    secret = enter(directory).secret
    with pytest.raises(AccountError):
        enrol(directory, KEY, who_is(directory, secret), secret, "000000", NOW)
    assert not enter(directory).awaits_code


def test_enrolling_signs_out_everywhere_else(directory: Engine) -> None:
    elsewhere = enter(directory).secret
    with_authenticator(directory)
    assert sessions.signed_in(directory, elsewhere, NOW) is None


def test_password_and_code_let_in(directory: Engine) -> None:
    app, _ = with_authenticator(directory)
    code = app_code(app, LATER)
    assert not who_is(directory, second_step(directory, f" {code[:3]} {code[3:]} "), LATER).awaits_code


def test_until_the_code_is_given_the_session_is_good_for_nothing_else(directory: Engine) -> None:
    with_authenticator(directory)
    entered = enter(directory, now=LATER)
    who = who_is(directory, entered.secret, LATER)
    assert who.awaits_code
    assert who.session_id not in {one.id for one in sessions.open_sessions(directory, who.user_id, LATER)}
    assert sessions.signed_in(directory, entered.secret, after(minutes=15)) is None, "ten minutes are enough"


def test_the_session_that_waited_for_the_code_ends_with_it(directory: Engine) -> None:
    app, _ = with_authenticator(directory)
    waiting = enter(directory, now=LATER).secret
    give_code(directory, KEY, waiting, app_code(app, LATER), HERE, LATER)
    assert sessions.signed_in(directory, waiting, LATER) is None


def test_a_code_works_once(directory: Engine) -> None:
    app, _ = with_authenticator(directory)
    code = app_code(app, LATER)
    second_step(directory, code)
    with pytest.raises(AccountError, match="Each code works once"):
        second_step(directory, code)


def test_the_code_that_enrolled_does_not_let_in(directory: Engine) -> None:
    app, _ = with_authenticator(directory)
    waiting = enter(directory).secret
    with pytest.raises(AccountError):
        give_code(directory, KEY, waiting, app_code(app, NOW), HERE, NOW)


@pytest.mark.parametrize(("seconds", "works"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_a_phones_clock_may_be_half_a_minute_wrong(directory: Engine, seconds: int, works: bool) -> None:
    app, _ = with_authenticator(directory)
    code = app_code(app, after(minutes=5, seconds=seconds))
    if works:
        assert second_step(directory, code)
    else:
        with pytest.raises(AccountError):
            second_step(directory, code)


@pytest.mark.parametrize("code", ["", "12345", "0" * 7, "\uff11" * 6, "abcdef", "-1", "\udcff", "0" * 10_000])
def test_odd_codes_are_wrong_codes(directory: Engine, code: str) -> None:
    with_authenticator(directory)
    with pytest.raises(AccountError):
        second_step(directory, code)


def test_after_ten_wrong_codes_the_right_one_waits(directory: Engine) -> None:
    app, _ = with_authenticator(directory)
    right = app_code(app, LATER)
    waiting = enter(directory, now=LATER).secret
    for number in range(10):
        wrong = "000000" if right != "000000" else "000001"
        with pytest.raises(AccountError):
            give_code(directory, KEY, waiting, wrong, f"192.0.2.{number}", LATER)
    with pytest.raises(AccountError):
        give_code(directory, KEY, waiting, right, "192.0.2.99", LATER)


def test_ten_recovery_codes_each_let_in_once(directory: Engine) -> None:
    _, enrolled = with_authenticator(directory)
    assert len(set(enrolled.codes)) == 10
    for code in enrolled.codes:
        assert second_step(directory, code.upper().replace("-", " "))
    for code in enrolled.codes[:3]:
        with pytest.raises(AccountError):
            second_step(directory, code)


def test_enrolling_again_takes_the_old_app_and_codes_out_of_use(directory: Engine) -> None:
    app, first = with_authenticator(directory)
    secret = second_step(directory, app_code(app, LATER))
    offered = offered_secret(KEY, secret)
    at = after(minutes=6)
    enrol(directory, KEY, who_is(directory, secret, at), secret, app_code(offered, at), at)
    now = after(minutes=10)
    for code in (app_code(app, now), first.codes[0]):
        waiting = enter(directory, now=now).secret
        with pytest.raises(AccountError):
            give_code(directory, KEY, waiting, code, HERE, now)
    assert give_code(directory, KEY, enter(directory, now=now).secret, app_code(offered, now), HERE, now)


def test_a_forgotten_password_does_not_go_round_the_authenticator(directory: Engine) -> None:
    with_authenticator(directory)
    use(directory, reset(directory, ANNE, NOW) or "", "seven green bottles", NOW)
    assert enter(directory, password="seven green bottles").awaits_code


def test_who_reads_the_tables_cannot_make_codes(directory: Engine) -> None:
    app, enrolled = with_authenticator(directory)
    with reading(directory) as session:
        kept = f"{session.exec(select(UserAccount)).one()} {session.exec(select(RecoveryCode)).all()}"
    assert app not in kept
    assert not any(code.replace("-", "") in kept for code in enrolled.codes)
    assert PASSWORD not in kept


def test_after_a_change_of_the_settings_key_recovery_codes_still_let_in(directory: Engine) -> None:
    app, enrolled = with_authenticator(directory)
    with pytest.raises(AccountError):
        second_step(directory, app_code(app, LATER), key="another key")
    assert second_step(directory, enrolled.codes[0], key="another key")


def test_who_lost_everything_enrols_again_with_the_teams_help(directory: Engine) -> None:
    _, enrolled = with_authenticator(directory)
    forget_authenticator(directory, ANNE, NOW)
    assert sessions.signed_in(directory, enrolled.secret, NOW) is None
    assert who_is(directory, enter(directory).secret).must_enrol
    with reading(directory) as session:
        assert session.exec(select(RecoveryCode)).all() == []
    with pytest.raises(AccountError, match="Nobody has an account"):
        forget_authenticator(directory, "nobody@example.org", NOW)
