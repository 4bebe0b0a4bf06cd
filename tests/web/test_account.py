"""Accounts as their owners meet them: signing in and out, invitations, forgotten passwords, the authenticator."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from tests.accounts import ANNE, PASSWORD, app_code
from tests.mail_server import mail_server
from tests.web.account_site import ADMIN, OWNER, Browser, account_site
from tests.web.checker import Page, problems

NEW = "seven green bottles"
LINK = re.compile(r"http://127\.0\.0\.1:5000(/account/link/[\w-]+)")


def link_in(message: EmailMessage) -> str:
    found = LINK.search(message.get_content())
    assert found
    return found[1]


def link_in_the_folder(accounts: Flask) -> str:
    """Where the one e-mail of the development folder leads."""
    (file,) = accounts.config["SETTINGS"].mail_folder.glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    file.unlink()
    return link_in(message)


def test_signing_in_and_out(browser: Browser) -> None:
    assert browser.get("/account").location == "/account/login?next=/account"
    answer = browser.sign_in()
    assert (answer.status_code, answer.location) == (303, "/account")
    text = Page(browser.get("/account").text).text
    assert f"You are signed in as {ANNE}." in text
    assert "Harbour, as an editor" in text
    assert browser.send("/account/logout", "/account").location == "/account/login"
    assert "You are signed out." in browser.get("/account/login").text
    assert not browser.is_in


def test_what_is_missing_or_wrong_is_said_at_the_top_and_at_the_field(browser: Browser) -> None:
    answer = browser.sign_in("", "")
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.title.strip().startswith("Error: Sign in")
    assert page.text.count("Enter your email address.") == 2
    assert page.text.count("Enter your password.") == 2
    wrong = browser.sign_in(password="wrong").text
    assert 'value="anne@example.org"' in wrong
    assert 'value="wrong"' not in wrong, "a password is never sent back"


def test_after_signing_in_one_comes_to_the_page_one_wanted(browser: Browser) -> None:
    asked = browser.get("/account/enrol").location
    assert asked == "/account/login?next=/account/enrol"
    assert browser.sign_in(on="?next=/account/enrol").location == "/account/enrol"


def test_every_page_is_well_made_and_kept_nowhere(accounts: Flask, browser: Browser) -> None:
    pages = [browser.get("/account/login"), browser.sign_in("", ""), browser.get("/account/reset")]
    pages += [browser.send("/account/reset", "/account/reset", email=email) for email in ("", "x", "n@example.org")]
    pages += [browser.get("/account/link/gone"), browser.post("/account/login")]
    browser.sign_in(OWNER)
    pages += [browser.get(f"/account{page}") for page in ("", "/enrol", "/invite")]
    pages += [browser.send("/account/invite", "/account/invite", email="x", organisation="x", role="x")]
    pages += [browser.send("/account/password", "/account", password="x", new_password="y")]
    pages += [browser.send("/account/enrol", "/account/enrol", password="x", code="y"), browser.enrol()[1]]
    browser.send("/account/logout", "/account")
    browser.sign_in(OWNER)
    pages += [browser.get("/account/code"), browser.send("/account/code", "/account/code", code="")]
    for page in pages:
        assert page.status_code in {200, 400, 410, 422}, page.request.path
        assert problems(page.text, accounts) == [], page.request.path
        assert page.headers["Cache-Control"] == "no-store", page.request.path


def test_the_cookie_is_closed_to_scripts_and_bound_to_the_host_over_https(accounts: Flask) -> None:
    (plain,) = Browser(accounts).get("/account/login").headers.getlist("Set-Cookie")
    (safe,) = Browser(accounts, "https://localhost").get("/account/login").headers.getlist("Set-Cookie")
    assert plain.startswith("session=")
    assert safe.startswith("__Host-session=")
    assert "Secure" in safe
    for cookie in (plain, safe):
        assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
        assert not re.search("Domain|Expires|Max-Age", cookie)


def test_over_https_one_signs_in_too(accounts: Flask) -> None:
    browser = Browser(accounts, "https://localhost")
    assert browser.sign_in().location == "/account"
    assert browser.is_in


@pytest.mark.parametrize("address", ["/privacy", "/accessibility", "/check/delete", "/static/css/site.css", "/healthz"])
def test_pages_for_the_public_neither_set_nor_look_into_the_cookie(browser: Browser, address: str) -> None:
    browser.sign_in()
    answer = browser.get(address)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.vary


def test_a_forgotten_password(tmp_path: Path) -> None:
    with mail_server() as box, account_site(tmp_path, SMTP_URL=f"smtp://127.0.0.1:{box.port}") as accounts:
        browser = Browser(accounts)
        asked = browser.send("/account/reset", "/account/reset", email=" Anne@example.org ")
        assert "we have sent a link" in asked.text
        message = box.next()
        link = link_in(message)
        assert message["To"] == ANNE
        assert browser.get(link).status_code == 200
        poor = browser.send(link, link, new_password="short")
        assert poor.status_code == 422
        assert "12 characters or more" in poor.text
        assert browser.send(link, link, new_password=NEW).location == "/account/login"
        assert "Your password is set." in browser.get("/account/login").text
        assert browser.get(link).status_code == 410
        assert browser.sign_in().status_code == 422
        assert browser.sign_in(password=NEW).location == "/account"


def test_an_owner_invites_somebody_who_then_signs_in(accounts: Flask, browser: Browser) -> None:
    browser.sign_in(OWNER)
    assert "You are the only owner." in browser.get("/account").text
    choices = re.findall(r'<option value="([^"]+)"', browser.get("/account/invite").text)
    fields = {"email": "ben@example.org", "organisation": choices[0], "role": "owner"}
    assert len(choices) == 1, "an owner invites to their own organisation"
    assert browser.send("/account/invite", "/account/invite", **fields).location == "/manage/people/harbour"
    assert "The invitation is sent." in browser.get("/manage/people/harbour").text
    link, guest = link_in_the_folder(accounts), Browser(accounts)
    for _ in range(2):
        assert "look after the listings of Harbour as an owner" in Page(guest.get(link).text).text
    assert guest.send(link, link, new_password=NEW).location == "/account/login"
    assert guest.sign_in("ben@example.org", NEW).location == "/account"
    assert "You are the only owner." not in browser.get("/account").text


def test_an_admin_invites_an_owner_to_any_organisation(accounts: Flask, browser: Browser) -> None:
    browser.sign_in(ADMIN)
    browser.enrol()
    shown = browser.get("/account/invite").text
    offered = dict(re.findall(r'<option value="([^"]+)"[^>]*>\s*([^<]+?)\s*</option>', shown))
    assert sorted(offered.values()) == ["Harbour", "Quay"]
    quay = next(id_ for id_, name in offered.items() if name == "Quay")
    fields = {"email": ANNE, "organisation": quay, "role": "owner"}
    assert browser.send("/account/invite", "/account/invite", **fields).location == "/manage/people/quay"
    anne = Browser(accounts)
    anne.sign_in()
    link = link_in_the_folder(accounts)
    assert "new_password" not in anne.get(link).text, "Anne has one"
    anne.send(link, link)
    assert not anne.is_in, "with other rights one signs in again"
    anne.sign_in()
    assert "Quay, as an owner" in Page(anne.get("/account").text).text


def test_an_editor_invites_nobody(browser: Browser) -> None:
    browser.sign_in()
    assert "/account/invite" not in browser.get("/account").text
    assert browser.get("/account/invite").status_code == 403


def test_without_a_mail_server_it_is_said_that_nothing_can_be_sent(tmp_path: Path) -> None:
    key = "x" * 43 + "="
    with account_site(tmp_path, NWD_ENV="production", SECRET_KEY=key) as accounts:
        answer = Browser(accounts).send("/account/reset", "/account/reset", email=ANNE)
    assert answer.status_code == 422
    assert "We cannot send e-mail at the moment." in answer.text


def test_an_admin_sets_up_an_authenticator_before_anything_else(browser: Browser) -> None:
    browser.sign_in(ADMIN)
    for page in ("/account", "/account/invite"):
        assert browser.get(page).location == "/account/enrol"
    secret, done = browser.enrol()
    codes = re.findall(r"<code>([a-z0-9-]{19})</code>", done.text)
    assert len(codes) == 10
    assert browser.is_in
    browser.send("/account/logout", "/account")
    with time_machine.travel(datetime.now(UTC).timestamp() + 60):
        assert browser.sign_in(ADMIN).location == "/account/code?next=/account"
        assert not browser.is_in
        wrong = browser.send("/account/code", "/account/code", code="nonsense")
        assert "That code is not right." in wrong.text
        code = app_code(secret, datetime.now(UTC))
        assert (
            browser.send("/account/code?next=/account/invite", "/account/code", code=code).location == "/account/invite"
        )
        assert browser.is_in
        assert "We show them only now." not in browser.get("/account/enrol").text
    browser.sign_in(ADMIN)
    assert browser.send("/account/code", "/account/code", code=codes[0]).location == "/account"


def test_a_new_password_signs_out_everywhere_else(accounts: Flask, browser: Browser) -> None:
    elsewhere = Browser(accounts)
    elsewhere.sign_in()
    browser.sign_in()
    wrong = browser.send("/account/password", "/account", password="wrong", new_password=NEW)
    poor = browser.send("/account/password", "/account", password=PASSWORD, new_password="short")
    assert "Your password is not right." in wrong.text
    assert "12 characters or more" in poor.text
    assert browser.send("/account/password", "/account", password=PASSWORD, new_password=NEW).location == "/account"
    assert "Your password is changed." in browser.get("/account").text
    assert not elsewhere.is_in


def test_one_can_end_a_session_elsewhere(accounts: Flask, browser: Browser) -> None:
    elsewhere = Browser(accounts)
    elsewhere.sign_in()
    browser.sign_in()
    page = browser.get("/account").text
    (end,) = re.findall(r'action="(/account/sessions/[^"]+/end)"', page)
    assert "You are here." in page
    browser.send(end, "/account")
    assert not elsewhere.is_in
    assert browser.is_in


def test_unused_for_two_hours_one_signs_in_again(browser: Browser) -> None:
    start = datetime.now(UTC).timestamp()
    browser.sign_in()
    with time_machine.travel(start + 119 * 60):
        assert browser.is_in
    with time_machine.travel(start + (119 + 121) * 60):
        assert not browser.is_in
