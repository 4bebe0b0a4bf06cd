"""Choosing who looks after an organisation, and what the directory team does for people, as they meet it."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlmodel import select

from app.actions.accounts.links import Invitation, invite
from app.database import reading
from app.models import UserAccount, row_id
from tests.accounts import ANNE, a_person
from tests.web.account_site import ADMIN, OWNER, TOKEN, Browser
from tests.web.checker import Page, problems

HARBOUR, QUAY = "/manage/people/harbour", "/manage/people/quay"
BEN = "ben@example.org"


def id_of(accounts: Flask, email: str) -> str:
    with reading(accounts.extensions["engine"]) as session:
        return str(session.exec(select(UserAccount).where(UserAccount.email == email)).one().id)


def ben_joins(accounts: Flask, role: str = "editor", place: str = "harbour") -> str:
    """The id of Ben, who comes to Harbour."""
    a_person(accounts.extensions["engine"], BEN, role=role, in_=row_id("organization", place), now=datetime.now(UTC))
    return id_of(accounts, BEN)


def text(browser: Browser, address: str) -> str:
    return Page(browser.get(address).text).text


@pytest.fixture
def owner(browser: Browser) -> Browser:
    browser.sign_in(OWNER)
    return browser


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in(ADMIN)
    browser.enrol()
    return browser


def press(browser: Browser, address: str, form: str, **fields: str) -> str:
    """Sends a form, and gives what the page says to which it leads."""
    answer = browser.send(address, form, **fields)
    assert answer.status_code == 303, Page(answer.text).text
    return text(browser, answer.location)


def test_an_owner_sees_who_looks_after_the_organisation(owner: Browser) -> None:
    assert owner.get("/manage/people").location == HARBOUR
    shown = text(owner, HARBOUR)
    assert ANNE in shown
    assert f"{OWNER} (you)" in shown
    assert "There is only one owner. Invite a second one" in shown


def test_an_owner_of_several_chooses(accounts: Flask, browser: Browser) -> None:
    for place in ("harbour", "quay"):
        ben_joins(accounts, "owner", place)
    browser.sign_in(BEN)
    assert re.findall(r'href="(/manage/people/[a-z]+)"', browser.get("/manage/people").text) == [HARBOUR, QUAY]


def test_an_owner_makes_an_editor_an_owner_and_removes_them(accounts: Flask, owner: Browser) -> None:
    anne, one = Browser(accounts), f"{HARBOUR}/{id_of(accounts, ANNE)}"
    anne.sign_in()
    assert f"{ANNE} is now an owner of Harbour." in press(owner, one, one, role="owner")
    assert not anne.is_in
    anne.sign_in()
    assert anne.get(HARBOUR).status_code == 200
    assert "They no longer look after these listings." in press(owner, f"{one}/remove", one)
    assert not anne.is_in
    assert ANNE not in text(owner, HARBOUR)
    assert owner.get(one).status_code == 404


def test_a_person_who_is_gone_meanwhile_is_said(accounts: Flask, owner: Browser) -> None:
    one = f"{HARBOUR}/{id_of(accounts, ANNE)}"
    token = TOKEN.search(owner.get(one).text)
    assert token
    owner.post(f"{one}/remove", csrf_token=token[1])
    for address in (one, f"{one}/remove"):
        answer = owner.post(address, csrf_token=token[1], role="owner")
        assert answer.status_code == 409
        assert "does not look after the organisation any more" in Page(answer.text).text


def test_no_role_but_those_two_can_be_given_and_not_to_oneself(accounts: Flask, owner: Browser) -> None:
    one, me = f"{HARBOUR}/{id_of(accounts, ANNE)}", f"{HARBOUR}/{id_of(accounts, OWNER)}"
    wrong = owner.send(one, one, role="admin")
    assert wrong.status_code == 422
    assert Page(wrong.text).text.count("Choose a role.") == 2
    assert "You cannot change your own role." in text(owner, me)
    for address in (me, f"{me}/remove"):
        refused = owner.send(address, one, role="editor")
        assert refused.status_code == 422
        assert "You cannot change your own role." in Page(refused.text).text


def test_the_only_owner_cannot_leave_and_an_editor_can(accounts: Flask, owner: Browser) -> None:
    leave = f"{HARBOUR}/leave"
    refused = owner.send(leave, leave)
    assert refused.status_code == 422
    assert "Invite another owner first." in Page(refused.text).text
    anne = Browser(accounts)
    anne.sign_in()
    assert "You no longer look after Harbour." in press(anne, leave, leave)
    assert not anne.is_in
    assert ANNE not in text(owner, HARBOUR)


def test_an_invitation_is_taken_back(accounts: Flask, owner: Browser) -> None:
    wanted = Invitation(BEN, "editor", row_id("organization", "harbour"))
    token = invite(accounts.extensions["engine"], wanted, datetime.now(UTC))
    (take_back,) = re.findall(r'action="(/manage/people/harbour/invitations/[^"]+/take-back)"', owner.get(HARBOUR).text)
    assert "Its link no longer works." in press(owner, take_back, HARBOUR)
    assert Browser(accounts).get(f"/account/link/{token}").status_code == 410
    assert owner.send(take_back, "/account").status_code == 409


def test_editors_and_owners_of_others_come_no_further_than_the_door(accounts: Flask, browser: Browser) -> None:
    ben_joins(accounts, "owner", "quay")
    someone = f"{HARBOUR}/{id_of(accounts, OWNER)}"
    for email in (ANNE, BEN):
        browser.sign_in(email)
        assert browser.get("/manage/people").status_code == (403 if email == ANNE else 303)
        assert browser.get(HARBOUR).status_code == 403
        assert browser.get(someone).status_code == 403
        assert browser.send(someone, "/account", role="editor").status_code == 403
        assert browser.send(f"{someone}/remove", "/account").status_code == 403
        assert browser.get("/admin/people").status_code == 403
        assert browser.get("/admin/organisations").status_code == 403


def test_the_navigation_leads_where_the_roles_allow(browser: Browser) -> None:
    def ways() -> list[str]:
        html = browser.get("/account").text
        return re.findall(r"<a[^>]*govuk-service-navigation__link[^>]*>\s*(?:<strong[^>]*>)?\s*([^<]+?)\s*<", html)

    browser.sign_in()
    assert ways() == ["My listings", "Your account"]
    browser.sign_in(OWNER)
    assert ways() == ["My listings", "People", "Your account"]
    browser.sign_in(ADMIN)
    browser.enrol()
    assert ways() == ["My listings", "People", "Directory team", "Your account"]


def test_an_admin_finds_people_and_helps_them(accounts: Flask, admin: Browser) -> None:
    assert "1 person." in text(admin, "/admin/people?q=anne")
    anne = Browser(accounts)
    anne.sign_in()
    anne.enrol()
    one = f"/admin/people/{id_of(accounts, ANNE)}"
    assert Page(admin.get(one).text).title.split() == [ANNE, "–", "No", "Wrong", "Door"]
    shown = text(admin, one)
    assert "Harbour, as an editor." in shown
    assert "Make sure first who asks:" in shown
    assert "no longer work." in press(admin, f"{one}/forget-authenticator", one)
    assert not anne.is_in
    assert anne.sign_in().location == "/account", "with the password alone"
    assert "They are signed out everywhere." in press(admin, f"{one}/sign-out", one)
    assert not anne.is_in
    assert "The account is closed." in press(admin, f"{one}/close", one)
    assert anne.sign_in().status_code == 422
    assert "The account is open again." in press(admin, f"{one}/open", one)
    assert anne.sign_in().status_code == 303


def test_an_admin_makes_and_unmakes_another_and_never_themselves(accounts: Flask, admin: Browser) -> None:
    one, me = (f"/admin/people/{id_of(accounts, email)}" for email in (ANNE, ADMIN))
    assert "They are an admin now." in press(admin, f"{one}/admin", one)
    assert "They are no longer an admin." in press(admin, f"{one}/no-admin", one)
    assert "This is you." in text(admin, me)
    for deed in ("no-admin", "close", "delete", "forget-authenticator"):
        answer = admin.send(f"{me}/{deed}", one)
        assert answer.status_code == 422
        assert "your own account" in Page(answer.text).text


def test_an_admin_deletes_an_account_for_good_and_is_told_what_stays(accounts: Flask, admin: Browser) -> None:
    one = f"/admin/people/{id_of(accounts, OWNER)}"
    asked = text(admin, f"{one}/delete")
    assert "still noted with their email address" in asked
    assert "They are the only owner of Harbour." in asked
    assert f"The account of {OWNER} is deleted." in press(admin, f"{one}/delete", f"{one}/delete")
    assert admin.get(one).status_code == 404
    assert Browser(accounts).sign_in(OWNER).status_code == 422
    assert "Nobody owns Harbour now." in text(admin, HARBOUR)


def test_an_admin_invites_another_and_takes_it_back(accounts: Flask, admin: Browser) -> None:
    address = "/admin/people/invite"
    wrong = admin.send(address, address, email="nobody")
    assert wrong.status_code == 422
    assert "The invitation is sent." in press(admin, address, address, email=BEN)
    (file,) = accounts.config["SETTINGS"].mail_folder.glob("*.eml")
    assert "look after the directory as an admin" in file.read_text()
    page = admin.get("/admin/people").text
    (take_back,) = re.findall(r'action="(/admin/people/invitations/[^"]+/take-back)"', page)
    assert "Its link no longer works." in press(admin, take_back, "/admin/people")
    assert admin.send(take_back, "/account").status_code == 409


def test_every_page_about_people_is_well_made(accounts: Flask, browser: Browser) -> None:
    ben_joins(accounts)
    invite(accounts.extensions["engine"], Invitation("new@example.org", "admin", None), datetime.now(UTC))
    wanted = Invitation("new@example.org", "owner", row_id("organization", "harbour"))
    invite(accounts.extensions["engine"], wanted, datetime.now(UTC))
    browser.sign_in(OWNER)
    ben, me = id_of(accounts, BEN), id_of(accounts, OWNER)
    pages = [browser.get(page) for page in (HARBOUR, f"{HARBOUR}/{ben}", f"{HARBOUR}/{me}", f"{HARBOUR}/leave")]
    pages += [browser.send(f"{HARBOUR}/{ben}", f"{HARBOUR}/{ben}", role="x"), browser.get(QUAY)]
    browser.sign_in(ADMIN)
    browser.enrol()
    admin = id_of(accounts, ADMIN)
    pages += [
        browser.get(f"/admin/people{page}")
        for page in ("", "?q=x", "/invite", f"/{ben}", f"/{ben}/delete", f"/{admin}")
    ]
    pages += [browser.get("/manage/people"), browser.send("/admin/people/invite", "/admin/people/invite", email="x")]
    for page in pages:
        assert problems(page.text, accounts) == [], page.request.path
        assert page.headers["Cache-Control"] == "no-store", page.request.path


def test_the_picture_for_the_app_is_drawn_in_the_page(browser: Browser) -> None:
    browser.sign_in(ADMIN)
    shown = browser.get("/account/enrol").text
    assert '<svg viewBox="0 0 ' in shown
    assert 'fill="#fff"' in shown
    assert "otpauth:" not in shown


def test_public_pages_lead_to_the_log_in_and_are_the_same_for_all(browser: Browser) -> None:
    before = browser.get("/privacy").text
    assert Page(before).all("a")[-1:] != []
    assert 'href="/account">For people who run a service' in before
    browser.sign_in()
    assert browser.get("/privacy").text == before
