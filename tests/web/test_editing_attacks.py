"""What somebody would try who is signed in, or was a moment ago: each is tried here, and none works."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlmodel import select
from werkzeug.test import TestResponse

from app.actions import availability
from app.actions.accounts import care, members
from app.actions.accounts.links import Invitation, invite, invite_as, use
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn
from app.actions.accounts.sign_in import change_password, sign_in
from app.actions.administration import synonyms, wording
from app.actions.administration.people import find_people
from app.actions.editing import drafts, history
from app.actions.editing.decision import Decision, Verdict, decide
from app.actions.editing.drafts import Managed, Typed
from app.actions.editing.errors import NotYoursError
from app.actions.editing.letters import authors_to_tell
from app.actions.editing.review import review
from app.current import CATALOGUE
from app.database import reading
from app.directory.editing.edited import digest
from app.directory.editing.typed import tidied
from app.directory.postcodes import sector_of
from app.models import Membership, UserAccount, row_id
from tests.accounts import ANNE, HERE, KEY, NOW, PASSWORD, a_person, an_organisation, enter, who_is
from tests.web.account_site import TOKEN, Browser
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    ORGANISATION,
    OTHER_ADMIN,
    OWNER,
    SECOND,
    manage_site,
    signed_in_as,
    signed_in_browser,
)

MARKS = "a" + "\u0315\u0300" * 60_000
"""A letter with so many accents that putting them in order would take a minute."""
CANARY = "Zanzibar marmalade"
NOTES = f"/manage/{LISTING}/edit/notes"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def tables(site: Flask) -> Engine:
    engine: Engine = site.extensions["engine"]
    return engine


def now() -> datetime:
    return datetime.now(UTC)


def write(engine: Engine, email: str = EDITOR, note: str = CANARY) -> Managed:
    who = signed_in_as(engine, email)
    before = drafts.managed(engine, who, LISTING)
    fields = {"notes": [note], "unknown": before.edited.unknown}
    return drafts.save(engine, who, LISTING, Typed("notes", fields, digest(before.edited, "notes"), "form"), now())


def write_and_send(engine: Engine, email: str = EDITOR) -> None:
    drafts.send(engine, signed_in_as(engine, email), LISTING, write(engine, email).seen, now())


def user_of(engine: Engine, email: str) -> UserAccount:
    with reading(engine) as session:
        return session.exec(select(UserAccount).where(UserAccount.email == email)).one()


# Rights that are lost while somebody works


def _removed(engine: Engine) -> None:
    members.remove(engine, signed_in_as(engine, OWNER), ORGANISATION, user_of(engine, EDITOR).id, now())


def _closed(engine: Engine) -> None:
    care.close(engine, EDITOR, now())


def _deleted(engine: Engine) -> None:
    care.delete_for_good(engine, EDITOR, now())


def _save(engine: Engine, who: SignedIn, seen: str) -> None:
    drafts.save(engine, who, LISTING, Typed("notes", {"notes": ["Mine"]}, seen, "form"), now())


WRITERS: dict[str, Callable[[Engine, SignedIn, str], object]] = {
    "save": _save,
    "send": lambda engine, who, seen: drafts.send(engine, who, LISTING, seen, now()),
    "take back": lambda engine, who, _: drafts.take_back(engine, who, LISTING, now()),
    "discard": lambda engine, who, seen: drafts.discard(engine, who, LISTING, seen, now()),
    "restore": lambda engine, who, _: history.restore(engine, who, LISTING, 1, now()),
    "availability": lambda engine, who, _: availability.say(
        engine, who, LISTING, availability.Typed("paused"), "nothing", now()
    ),
    "nothing today": lambda engine, who, _: availability.clear(engine, who, LISTING, "nothing", now()),
}


@pytest.mark.parametrize("loses", [_removed, _closed, _deleted])
def test_who_lost_the_listing_while_a_form_was_on_its_way_changes_nothing(
    tables: Engine, loses: Callable[[Engine], None]
) -> None:
    who, seen = signed_in_as(tables), write(tables).seen
    loses(tables)
    for action in WRITERS.values():
        with pytest.raises(NotYoursError):
            action(tables, who, seen)
    draft = drafts.managed(tables, signed_in_as(tables, OWNER), LISTING).draft
    assert draft
    assert (draft.edited.notes, draft.state) == ((CANARY,), "open")


def test_who_is_no_admin_any_more_decides_nothing_though_they_look_after_the_listing(
    site: Flask, tables: Engine
) -> None:
    token = invite(tables, Invitation(ADMIN, "editor", row_id("organization", ORGANISATION)), now())
    use(tables, token, "", now())
    write_and_send(tables)
    who = signed_in_as(tables, ADMIN)
    found = review(tables, who, LISTING)
    care.set_admin(tables, ADMIN, False, now())
    all_of_it = Verdict(found.managed.seen, {change.id: Decision(accept=True) for change in found.changes})
    with pytest.raises(NotYoursError):
        decide(tables, site.extensions[CATALOGUE].get(), who, LISTING, all_of_it, now())
    assert drafts.managed(tables, who, LISTING).version == found.managed.version


def test_who_is_no_admin_any_more_changes_no_words_and_invites_nobody(tables: Engine) -> None:
    who = signed_in_as(tables, ADMIN)
    shown = wording.wording(tables, "age").shown
    care.set_admin(tables, ADMIN, False, now())
    typed = {"say": "zanzibar", "lead": LISTING}
    first = synonyms.search(tables, "")[0].means
    version = synonyms.meaning(tables, first).shown.version
    tries: list[Callable[[], object]] = [
        lambda: synonyms.add(tables, who, "islands", typed, now()),
        lambda: synonyms.change(tables, who, first, typed, version, now()),
        lambda: synonyms.take_out(tables, who, first, version, now()),
        lambda: wording.change(tables, who, "age", {**shown.texts, "why": "Because."}, shown.version, now()),
        lambda: invite_as(tables, who, Invitation(ANNE, "admin", None), now()),
        lambda: invite_as(tables, who, Invitation(ANNE, "owner", row_id("organization", ORGANISATION)), now()),
    ]
    for attempt in tries:
        with pytest.raises(AccountError):
            attempt()
    assert wording.wording(tables, "age").shown == shown


def test_an_owner_who_was_removed_a_moment_ago_invites_nobody(tables: Engine) -> None:
    who = signed_in_as(tables, OWNER)
    members.remove(tables, signed_in_as(tables, ADMIN), ORGANISATION, who.user_id, now())
    with pytest.raises(AccountError):
        invite_as(tables, who, Invitation(ANNE, "owner", row_id("organization", ORGANISATION)), now())


def test_who_was_removed_is_not_told_what_became_of_the_draft(tables: Engine) -> None:
    written_by = [str(user_of(tables, email).id) for email in (EDITOR, SECOND, ADMIN)]
    assert authors_to_tell(tables, LISTING, written_by) == [ADMIN, EDITOR, OWNER, SECOND]
    _removed(tables)
    assert authors_to_tell(tables, LISTING, written_by) == [ADMIN, OWNER, SECOND]


def test_an_account_that_is_closed_while_its_password_is_changed_gets_no_session(engine: Engine) -> None:
    a_person(engine, in_=an_organisation(engine))
    who = who_is(engine, enter(engine).secret)
    care.close(engine, ANNE, NOW)
    with pytest.raises(AccountError):
        change_password(engine, KEY, who, PASSWORD, "seven green bottles", HERE, NOW)


def test_the_only_owner_stays_one_whatever_invitation_they_accept(engine: Engine) -> None:
    harbour = an_organisation(engine)
    a_person(engine, role="owner", in_=harbour)
    use(engine, invite(engine, Invitation(ANNE, "editor", harbour), NOW), "", NOW)
    with reading(engine) as session:
        assert session.exec(select(Membership.role)).all() == ["owner"]


# Approving what one wrote oneself


def decided_by(site: Flask, email: str) -> TestResponse:
    browser, address = signed_in_browser(site, email), f"/admin/approvals/{LISTING}"
    html = browser.get(address).text
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    token = TOKEN.search(html) or TOKEN.search(browser.get("/account").text)
    assert token
    extra = {"own_approval": "1", "only_admin": "1", "contributors": "", "state": "sent", "approved_by": OTHER_ADMIN}
    return browser.post(address, csrf_token=token[1], seen=seen, all="accept", **extra)


def test_no_admin_approves_what_they_wrote_though_somebody_else_wrote_on_and_sent_it(site: Flask) -> None:
    engine: Engine = site.extensions["engine"]
    write(engine, ADMIN)
    write(engine, EDITOR, f"{CANARY}, and more")
    drafts.send(
        engine, signed_in_as(engine), LISTING, drafts.managed(engine, signed_in_as(engine), LISTING).seen, now()
    )
    before = drafts.managed(engine, signed_in_as(engine), LISTING).version
    assert decided_by(site, ADMIN).status_code == 403
    assert drafts.managed(engine, signed_in_as(engine), LISTING).version == before
    assert decided_by(site, OTHER_ADMIN).status_code == 303


def test_a_draft_that_was_taken_back_and_changed_after_it_was_looked_at_is_not_approved(site: Flask) -> None:
    engine: Engine = site.extensions["engine"]
    write_and_send(engine)
    admin = signed_in_browser(site, ADMIN)
    html = admin.get(f"/admin/approvals/{LISTING}").text
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    drafts.take_back(engine, signed_in_as(engine), LISTING, now())
    sent = write(engine, EDITOR, "Not what was looked at.")
    drafts.send(engine, signed_in_as(engine), LISTING, sent.seen, now())
    token = TOKEN.search(html)
    assert token
    answer = admin.post(f"/admin/approvals/{LISTING}", csrf_token=token[1], seen=seen, all="accept")
    assert answer.status_code == 409
    assert "Not what was looked at." not in Browser(site).get(f"/services/{LISTING}").text


# Requests that no form of ours makes


def test_fields_that_a_section_does_not_have_are_not_read(site: Flask) -> None:
    engine: Engine = site.extensions["engine"]
    browser = signed_in_browser(site)
    html = browser.get(NOTES).text
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    before = drafts.managed(engine, signed_in_as(engine), LISTING)
    more: dict[str, Any] = {
        **{"rules": "[]", "rules-0": "x", "id": "iwork", "organisation": "islington-council", "name": "Taken over"},
        **{"state": "sent", "contributors": "", "base_version": "0", "restored_from": "9", "status": "closed"},
    }
    token = TOKEN.search(html)
    assert token
    answer = browser.post(NOTES, csrf_token=token[1], **{"notes-0": CANARY, "seen": seen, "form": "form", **more})
    assert answer.status_code == 303
    after = drafts.managed(engine, signed_in_as(engine), LISTING)
    assert after.draft
    assert (after.draft.state, after.draft.contributors) == ("open", (str(user_of(engine, EDITOR).id),))
    assert {change.field for change in after.changes} <= {"notes", "unknown"}
    assert after.listing == before.listing


@pytest.mark.parametrize("what", ["send", "discard"])
def test_what_only_asks_for_a_page_sends_and_throws_away_nothing(site: Flask, what: str) -> None:
    engine: Engine = site.extensions["engine"]
    seen = write(engine).seen
    browser = signed_in_browser(site)
    browser.client.head(f"/manage/{LISTING}/{what}", data={"seen": seen})
    draft = drafts.managed(engine, signed_in_as(engine), LISTING).draft
    assert draft
    assert draft.state == "open"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_what_another_website_writes_is_not_offered_for_saving(site: Flask, headers: dict[str, str]) -> None:
    for browser in (Browser(site), signed_in_browser(site)):
        answer = browser.client.post(NOTES, data={"notes-0": CANARY, "act": "save"}, headers=headers)
        assert answer.status_code == 400
        assert CANARY not in answer.text
        assert "Set-Cookie" not in answer.headers, "nor is anybody signed out by it"


def test_addresses_that_nothing_has_are_not_found(site: Flask) -> None:
    admin = signed_in_browser(site, ADMIN)
    for address in (
        *("/manage/a%00b", "/manage/people/a%00b", "/admin/organisations/%00", "/admin/questions/no-such-question"),
        *("/manage/..%2f..%2fadmin", f"/manage/{LISTING}/history/{'9' * 30}", "/admin/people/new"),
    ):
        assert admin.get(address).status_code == 404, address
    assert admin.get("/admin/audit?day=9999-12-31").status_code == 422
    for query in (f"/manage/{LISTING}/history?before={'9' * 30}", f"/admin/people?page={'9' * 30}"):
        assert admin.get(query).status_code == 200, query


def test_an_organisation_called_new_can_be_opened(site: Flask) -> None:
    form = "/admin/organisations/new"
    added = signed_in_browser(site, ADMIN).send(form, form, name="New", description="Helps people.")
    assert added.location == "/admin/organisations/new-2"


def test_an_address_that_no_database_keeps_is_nobodys(engine: Engine) -> None:
    with pytest.raises(AccountError, match="not right"):
        sign_in(engine, KEY, "nobody\0@example.org", PASSWORD, HERE, NOW)
    assert find_people(engine, "\0nobody", 1).total == 0


# Too much of everything


def test_a_letter_with_accents_without_end_keeps_nobody_waiting() -> None:
    assert sector_of(MARKS) is None
    assert tidied(MARKS) == MARKS
    assert tidied("cafe\u0301") == "caf\u00e9"


def test_more_ways_in_than_the_form_has_leave_the_page_for_others_as_it_was(site: Flask) -> None:
    address = f"/manage/{LISTING}/edit/who"
    browser = signed_in_browser(site)
    html = browser.get(address).text
    token, seen = TOKEN.search(html), html.partition('name="seen" value="')[2].partition('"')[0]
    assert token
    lines = [f"who-routes-{way}-{line}" for way in range(50) for line in range(50)]
    typed = {
        f"{line}-{part}": said for line in lines for part, said in (("question", "lives_in"), ("any_of", "camden"))
    }
    assert browser.post(address, csrf_token=token[1], seen=seen, **typed).status_code == 303
    after = signed_in_browser(site, SECOND).get(address)
    assert after.status_code == 200
    assert "who-routes-3-0" in after.text
    assert "who-routes-4-0" not in after.text


def test_what_was_thrown_away_without_end_does_not_fill_the_audit_trail(site: Flask) -> None:
    engine: Engine = site.extensions["engine"]
    seen = write(engine, EDITOR, f"{CANARY} {'and ' * 40_000} the end of it").seen
    drafts.discard(engine, signed_in_as(engine), LISTING, seen, now())
    admin = signed_in_browser(site, ADMIN)
    shown = admin.get("/admin/audit").text
    assert CANARY in shown
    assert "the end of it" not in shown
    assert "the end of it" in admin.get("/admin/audit.csv").text


def test_guesses_from_one_place_do_not_shut_the_log_in_for_all_where_a_server_listens_for_both_kinds(
    accounts: Flask,
) -> None:
    for number in range(10):
        Browser(accounts, address="::ffff:198.51.100.7").sign_in(f"guess{number}@example.org", "wrong")
    assert Browser(accounts, address="198.51.100.7").sign_in().status_code == 422, "it is the same place"
    assert Browser(accounts, address="::ffff:203.0.113.9").sign_in().location == "/account"
