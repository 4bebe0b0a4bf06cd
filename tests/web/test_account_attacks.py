"""What somebody would try who wants in: each is tried here, and none works."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice, product
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
import time_machine
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlmodel import select

from app.actions.accounts.links import Invitation, invite, reset
from app.database import reading
from app.models import Membership, UserAccount, row_id
from tests.accounts import ANNE, PASSWORD, app_code
from tests.web.account_site import ADMIN, OWNER, TOKEN, Browser, account_site
from tests.web.checker import Page

NEW = "seven green bottles"
SESSION = "00000000-0000-4000-8000-000000000000"
OPEN = {
    "/account/login",
    "/account/reset",
    "/account/link/<token>",
    "/account/code",
    "/account/logout",
    "/account/confirm/<token>",
    "/account/confirmed/<service_id>",
}
"""What whoever is not signed in may ask for. Of these, the code and signing out do nothing for them."""
BEHIND = {
    "/account",
    "/account/password",
    "/account/sessions/<uuid:session_id>/end",
    "/account/enrol",
    "/account/invite",
}


def filled(address: str) -> str:
    return address.replace("<token>", "x").replace("<service_id>", "workwell-ncl").replace("<uuid:session_id>", SESSION)


def routes(accounts: Flask, method: str) -> list[str]:
    rules = (rule for rule in accounts.url_map.iter_rules() if rule.endpoint.startswith("account."))
    return [rule.rule for rule in rules if method in (rule.methods or ())]


def reset_link(accounts: Flask) -> str:
    return f"/account/link/{reset(accounts.extensions['engine'], ANNE, datetime.now(UTC))}"


def test_every_address_is_on_one_of_the_two_lists(accounts: Flask) -> None:
    assert {*routes(accounts, "GET"), *routes(accounts, "POST")} == OPEN | BEHIND


def test_who_is_not_signed_in_is_led_to_the_log_in(accounts: Flask, browser: Browser) -> None:
    for address in BEHIND & {*routes(accounts, "GET")}:
        assert (browser.get(address).location or "").startswith("/account/login?next=/account"), address
    for address in BEHIND & {*routes(accounts, "POST")}:
        assert browser.send(filled(address), "/account/login").location == "/account/login", address


def test_with_the_password_alone_nothing_is_open_that_needs_a_code(accounts: Flask, browser: Browser) -> None:
    browser.sign_in(ADMIN)
    for address in BEHIND - {"/account/enrol"}:
        if address in routes(accounts, "GET"):
            assert browser.get(address).location == "/account/enrol", address
        if address in routes(accounts, "POST"):
            assert browser.send(filled(address), "/account/enrol").location == "/account/enrol", address
    browser.enrol()
    waiting = Browser(accounts)
    waiting.sign_in(ADMIN)
    for address in BEHIND:
        if address in routes(accounts, "GET"):
            assert waiting.get(address).location == "/account/code", address
        if address in routes(accounts, "POST"):
            assert waiting.send(filled(address), "/account/code").location == "/account/code", address


def test_no_form_is_taken_without_its_token(accounts: Flask, browser: Browser) -> None:
    other = Browser(accounts)
    stolen = TOKEN.search(other.get("/account/login").text)
    assert stolen
    browser.sign_in()
    fields = {"email": ANNE, "password": PASSWORD, "new_password": NEW, "code": "1"}
    for address in routes(accounts, "POST"):
        for token in ("", "x", stolen[1]):
            answer = browser.post(filled(address), csrf_token=token, **fields)
            assert answer.status_code == 400, address
            assert "We changed nothing." in answer.text
    assert browser.is_in
    assert other.sign_in().location == "/account", "the password is the same"


def test_no_form_is_taken_from_another_website_over_https(accounts: Flask) -> None:
    browser = Browser(accounts, "https://localhost")
    token = TOKEN.search(browser.get("/account/login").text)
    assert token
    for referrer in ("https://elsewhere.example/", "https://localhost.elsewhere.example/", ""):
        answer = browser.client.post(
            "/account/login",
            data={"csrf_token": token[1], "email": ANNE, "password": PASSWORD},
            base_url="https://localhost",
            headers={"Referer": referrer},
        )
        assert answer.status_code == 400


def test_no_answer_tells_who_has_an_account(accounts: Flask) -> None:
    told = set()
    for number, (email, password) in enumerate(
        [(ANNE, "wrong"), ("nobody@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("x", "x"), ("x\x00", "x")]
    ):
        answer = Browser(accounts, address=f"192.0.2.{number}").sign_in(email, password)
        told.add((answer.status_code, without_what_was_typed(answer.text)))
    assert len(told) == 1
    asked = {
        without_what_was_typed(Browser(accounts).send("/account/reset", "/account/reset", email=email).text)
        for email in (ANNE, "nobody@example.org")
    }
    assert len(asked) == 1


def without_what_was_typed(html: str) -> str:
    return re.sub(r'value="[^"]*"', "", html)


def test_too_many_tries_look_like_wrong_ones(accounts: Flask) -> None:
    guesser = Browser(accounts)
    answers = [guesser.sign_in(password=f"wrong {number}") for number in range(10)]
    answers.append(guesser.sign_in())
    assert {answer.status_code for answer in answers} == {422}
    assert len({without_what_was_typed(answer.text) for answer in answers}) == 1
    with time_machine.travel(datetime.now(UTC).timestamp() + 300):
        assert guesser.sign_in().location == "/account"


def test_ten_addresses_of_one_household_count_as_one(accounts: Flask) -> None:
    for number in range(10):
        Browser(accounts, address=f"2001:db8:1:2::{number:x}").sign_in(f"guess{number}@example.org", "wrong")
    assert Browser(accounts, address="2001:db8:1:2:ffff::1").sign_in().status_code == 422
    assert Browser(accounts, address="2001:db8:1:3::1").sign_in().location == "/account"


@pytest.mark.parametrize(("proxies", "lets_in"), [("0", 422), ("1", 303)])
def test_who_asked_is_what_the_proxy_says_only_where_there_is_one(tmp_path: Path, proxies: str, lets_in: int) -> None:
    def ask(accounts: Flask, number: int, email: str, password: str) -> int:
        browser = Browser(accounts)
        browser.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}"
        return browser.sign_in(email, password).status_code

    with account_site(tmp_path, PROXIES=proxies) as accounts:
        for number in range(10):
            assert ask(accounts, number, f"guess{number}@example.org", "wrong") == 422
        assert ask(accounts, 10, ANNE, PASSWORD) == lets_in


def test_a_session_that_was_planted_before_signing_in_is_worth_nothing_after(accounts: Flask, browser: Browser) -> None:
    browser.get("/account/login")
    planted = browser.cookie
    browser.sign_in()
    first = browser.cookie
    thief = Browser(accounts)
    thief.client.set_cookie("session", planted)
    assert not thief.is_in
    browser.sign_in()
    assert browser.cookie != first
    thief.client.set_cookie("session", first)
    assert not thief.is_in, "a new sign-in ends the one before it at this browser"


def test_a_victim_made_to_use_the_attackers_cookie_does_not_sign_the_attacker_in(accounts: Flask) -> None:
    attacker, victim = Browser(accounts), Browser(accounts)
    attacker.sign_in()
    victim.client.set_cookie("session", attacker.cookie)
    victim.sign_in(OWNER)
    assert not attacker.is_in, "the session they shared is over"


@pytest.mark.parametrize("how", ["sign out", "new password", "ended from elsewhere", "role changed"])
def test_a_copied_cookie_is_worth_nothing_after(accounts: Flask, browser: Browser, how: str) -> None:
    browser.sign_in()
    thief, copied = Browser(accounts), browser.cookie
    thief.client.set_cookie("session", copied)
    assert thief.is_in
    if how == "sign out":
        browser.send("/account/logout", "/account")
    elif how == "new password":
        browser.send("/account/password", "/account", password=PASSWORD, new_password=NEW)
    elif how == "role changed":
        engine, now = accounts.extensions["engine"], datetime.now(UTC)
        token = invite(engine, Invitation(ANNE, "owner", row_id("organization", "harbour")), now)
        browser.send(f"/account/link/{token}", f"/account/link/{token}")
    else:
        other = Browser(accounts)
        other.sign_in()
        for end in re.findall(r'action="(/account/sessions/[^"]+)"', other.get("/account").text):
            other.send(end, "/account")
    thief.client.set_cookie("session", copied)
    assert not thief.is_in


def test_a_cookie_that_we_did_not_sign_is_no_session(accounts: Flask, browser: Browser) -> None:
    browser.sign_in()
    content = browser.cookie.partition(".")[0]
    forged = URLSafeTimedSerializer("another key", salt="cookie-session").dumps({"_user_id": "x"})
    for cookie in (forged, content, f"{content}.x.y", browser.cookie[:-2], "", "é", "a" * 4000):
        thief = Browser(accounts)
        thief.client.set_cookie("session", cookie)
        thief.client.set_cookie("remember_token", cookie)
        assert not thief.is_in


def test_nobody_ends_the_session_of_another(accounts: Flask, browser: Browser) -> None:
    elsewhere, stranger = Browser(accounts), Browser(accounts)
    elsewhere.sign_in()
    browser.sign_in()
    (end,) = re.findall(r'action="(/account/sessions/[^"]+/end)"', browser.get("/account").text)
    stranger.sign_in(OWNER)
    stranger.send(end, "/account")
    assert elsewhere.is_in


def elsewhere() -> Iterator[str]:
    """Addresses that lead, or could be taken to lead, to another website."""
    hosts = ("evil.example", "evil.example/account", "localhost@evil.example", "evil.example\\@localhost")
    starts = (
        *("//", "///", "////", "/\\", "/\\/", "\\\\", "\\/", "https://", "http://", "https:", "http:///", "https:/\\"),
        *("/\t/", "/\n/", "\t//", " //", "/ /", "\x00//", "/\x0b/", "/\u2028/", "\ufeff//", "/\u3002//", "//\u2044"),
        *("javascript://", "data:text/html,", "/%09/\\", "ftp://", "HTTPS://", "/@", "/;//", "/,//"),
    )
    yield from (start + host for start, host in product(starts, hosts))


def test_no_next_leads_to_another_website(accounts: Flask) -> None:
    payloads = list(islice(elsewhere(), 130))
    assert len(payloads) >= 100
    left = []
    for payload in payloads:
        browser = Browser(accounts)
        location = browser.sign_in(on=f"?next={quote(payload)}").location or ""
        there = urlsplit(
            urljoin("http://localhost/account/login", re.sub(r"[\t\r\n]", "", location).replace("\\", "/"))
        )
        if there.netloc != "localhost" or there.scheme != "http":
            left.append((payload, location))
    assert left == []


def test_a_link_works_once_and_for_an_hour(accounts: Flask, browser: Browser) -> None:
    used, old = reset_link(accounts), reset_link(accounts)
    browser.send(used, used, new_password=NEW)
    for link in (used, old):
        answer = browser.send(link, "/account/login", new_password="another long password")
        assert answer.status_code == 410, "a new password ends all links to one"
    late = reset_link(accounts)
    with time_machine.travel(datetime.now(UTC).timestamp() + 3601):
        assert browser.get(late).status_code == 410
        assert browser.send(late, "/account/login", new_password="another long password").status_code == 410
        assert browser.sign_in(password=NEW).location == "/account"


def test_opening_a_link_however_often_changes_nothing(accounts: Flask, browser: Browser) -> None:
    """Scanners of e-mail open every link."""
    link = reset_link(accounts)
    for _ in range(5):
        assert browser.get(link).status_code == 200
        assert browser.client.head(link).status_code == 200
    assert browser.sign_in().location == "/account"
    assert browser.send(link, link, new_password=NEW).status_code == 303


def test_a_code_works_once(accounts: Flask, browser: Browser) -> None:
    browser.sign_in(ADMIN)
    secret, _ = browser.enrol()
    with time_machine.travel(datetime.now(UTC).timestamp() + 60):
        code = app_code(secret, datetime.now(UTC))
        first, second = Browser(accounts), Browser(accounts)
        for thief in (first, second):
            thief.sign_in(ADMIN)
        assert first.send("/account/code", "/account/code", code=code).status_code == 303
        assert second.send("/account/code", "/account/code", code=code).status_code == 422
        assert not second.is_in


def test_fields_that_a_form_does_not_have_are_not_read(accounts: Flask, browser: Browser) -> None:
    more = {
        **dict.fromkeys(("is_admin", "directory_admin", "admin", "is_active"), "1"),
        **{"role": "owner", "roles": "owner", "organization_id": str(row_id("organization", "quay"))},
        **{"email": ADMIN, "user_id": SESSION, "disabled_at": "", "authenticator_secret": "A" * 32},
    }
    engine = accounts.extensions["engine"]
    link = f"/account/link/{invite(engine, Invitation('ben@example.org', 'editor', None), datetime.now(UTC))}"
    browser.send(link, link, new_password=NEW, **more)
    browser.send("/account/login", "/account/login", password=NEW, **{**more, "email": "ben@example.org"})
    assert browser.is_in
    browser.send("/account/password", "/account", password=NEW, new_password=PASSWORD, **more)
    with reading(engine) as session:
        ben = session.exec(select(UserAccount).where(UserAccount.email == "ben@example.org")).one()
        held = session.exec(select(Membership).where(Membership.user_id == ben.id)).all()
    assert (ben.directory_admin, ben.authenticator_secret, held) == (False, None, [])


def test_an_owner_invites_to_no_organisation_but_their_own(accounts: Flask, browser: Browser) -> None:
    browser.sign_in(OWNER)
    for organisation, role in (("quay", "owner"), ("harbour", "admin"), ("harbour", "")):
        fields = {"email": "ben@example.org", "organisation": str(row_id("organization", organisation)), "role": role}
        assert browser.send("/account/invite", "/account/invite", **fields).status_code == 422
    assert not accounts.config["SETTINGS"].mail_folder.exists()


def test_the_host_of_a_request_does_not_get_into_an_email(tmp_path: Path) -> None:
    with account_site(tmp_path, SITE_URL="https://directory.example") as accounts:
        browser = Browser(accounts, "http://evil.example")
        browser.sign_in(OWNER)
        harbour = str(row_id("organization", "harbour"))
        fields = {"email": "ben@example.org", "organisation": harbour, "role": "editor"}
        assert browser.send("/account/invite", "/account/invite", **fields).status_code == 303
        (file,) = accounts.config["SETTINGS"].mail_folder.glob("*.eml")
        assert b"https://directory.example/account/link/" in file.read_bytes()
        assert b"evil" not in file.read_bytes()


def test_no_log_has_a_password_a_link_or_an_address(
    accounts: Flask, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    link = reset_link(accounts)
    token = link.rpartition("/")[2]
    with caplog.at_level(logging.DEBUG):
        for name, line in (("werkzeug", '"GET %s HTTP/1.1" 200 -'), ("gunicorn.access", "GET %(U)s")):
            log = logging.getLogger(name)
            log.info(line, {"U": link} if "(U)" in line else link)
        browser.sign_in(password="wrong secret phrase")
        browser.send(link, link, new_password=NEW)
        browser.sign_in(password=NEW)
    told = " ".join(f"{record.getMessage()} {record.args}" for record in caplog.records)
    assert "/account/link/…" in told
    assert not [secret for secret in (token, NEW, "wrong secret phrase", ANNE) if secret in told]


def test_markup_in_a_field_comes_back_as_text(browser: Browser) -> None:
    html = browser.sign_in('"><script>alert(1)</script>@example.org', "x").text
    assert "<script>alert" not in html
    assert Page(html).title.strip().startswith("Error:")
