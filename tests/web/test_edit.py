"""Writing changes: what is typed is kept, nobody overwrites another, and nothing is public before its time."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.actions.editing import drafts
from app.database import reading
from app.directory.editing.edited import SECTIONS
from app.models import ListingDraft, Service
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.filled_form import filled_form
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    SECOND,
    STRANGER,
    manage_site,
    signed_in_as,
    signed_in_browser,
)

MINE = f"/manage/{LISTING}"
SUMMARY = "A coach helps you find work, or keep the work you have."


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def editor(site: Flask) -> Browser:
    return signed_in_browser(site, EDITOR)


class Form:
    """A form for a section that somebody has open."""

    def __init__(self, browser: Browser, section: str) -> None:
        self.browser = browser
        self.address = f"{MINE}/edit/{section}"
        self.fields = filled_form(browser.get(self.address).text)

    def send(self, act: str = "save", *, by_itself: bool = False, **changed: str) -> TestResponse:
        """Presses a button, with some fields ``offers_0="…"`` typed over."""
        for name, text in changed.items():
            self.fields[name.replace("__", "-")] = text
        headers = {"Referer": "http://localhost/manage"} | ({"X-Autosave": "1"} if by_itself else {})
        data = self.fields if by_itself else MultiDict([*self.fields.items(multi=True), ("act", act)])
        return self.browser.client.post(self.address, data=data, headers=headers)


def draft_of(site: Flask) -> ListingDraft | None:
    with reading(site.extensions["engine"]) as session:
        service = session.exec(select(Service).where(Service.slug == LISTING)).one()
        return session.get(ListingDraft, service.id)


def mistakes(site: Flask, browser: Browser, section: str) -> list[str]:
    return problems(browser.get(f"{MINE}/edit/{section}").text, site)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_part_is_a_whole_page_and_saving_it_untouched_makes_no_draft(
    site: Flask, editor: Browser, section: str
) -> None:
    assert mistakes(site, editor, section) == []
    answer = Form(editor, section).send()
    assert answer.status_code == 303
    assert draft_of(site) is None


def test_what_is_saved_stands_in_the_form_and_not_on_the_public_page(site: Flask, editor: Browser) -> None:
    answer = Form(editor, "about").send(summary=f"  {SUMMARY} ")
    assert answer.location == f"{MINE}/edit/about"
    page = editor.get(answer.location)
    assert filled_form(page.text)["summary"] == SUMMARY
    assert "Saved." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert SUMMARY not in site.test_client().get(f"/services/{LISTING}").text


def test_what_will_not_do_is_kept_and_told_beside_its_field(site: Flask, editor: Browser) -> None:
    answer = Form(editor, "contacts").send(contacts__0__value="ring us")
    page = editor.get(answer.location or "")
    assert filled_form(page.text)["contacts-0-value"] == "ring us"
    assert "Saved. One thing to put right before you send it." in page.text
    assert 'href="#contacts-0-value"' in page.text
    assert 'id="contacts-0-value-error"' in page.text
    assert problems(page.text, site) == []
    assert Page(page.text).title.strip().startswith("Error: Ways to get in touch")


def test_every_mistake_leads_to_where_it_is(site: Flask, editor: Browser) -> None:
    Form(editor, "about").send(name="", summary="", aliases__0="!", commissioner="?")
    Form(editor, "offers").send(offers__0="x" * 700)
    Form(editor, "contacts").send(contacts__0__type="", contacts__1__value="here", contacts__2__hours="x" * 201)
    empty_area = Form(editor, "area")
    empty_area.fields.poplist("area")
    empty_area.send()
    Form(editor, "who").send(who__everyone__0__text="?", who__made_for__0__page="over there")
    Form(editor, "hours").send(hours__0__opens="whenever", hours__0__closes="5pm", hours_note="!")
    Form(editor, "access").send(languages__0="?", access__0="?")
    Form(editor, "practical").send(practical__free__answer="yes", practical__free__text="")
    Form(editor, "referral").send(referral__0__route="", referral__0__text="Ring.")
    Form(editor, "notes").send(notes__0="?", unknown__0="?")
    Form(editor, "open").send(
        status="closed", status_note="", opened__year="soon", closed__year="99", successors__0=LISTING
    )
    for section in SECTIONS:
        page = editor.get(f"{MINE}/edit/{section}")
        assert "Put this right before you send it" in page.text, section
        assert problems(page.text, site) == []
    listing = editor.get(MINE)
    assert problems(listing.text, site) == []
    for refused in (editor.get(f"{MINE}/send"), editor.get(f"{MINE}/preview")):
        assert problems(refused.text, site) == []
        assert f"{MINE}/edit/area#area" in refused.text


def test_add_another_saves_and_gives_one_empty_row(site: Flask, editor: Browser) -> None:
    form = Form(editor, "offers")
    before = [name for name in form.fields if name.startswith("offers-")]
    answer = form.send("add-offers", offers__0="Help with letters.")
    assert answer.location == f"{MINE}/edit/offers?add=offers#offers-{len(before)}"
    page = editor.get(answer.location.partition("#")[0])
    rows = filled_form(page.text)
    assert rows["offers-0"] == "Help with letters."
    assert rows[f"offers-{len(before)}"] == ""
    assert f"offers-{len(before) + 1}" not in rows
    assert problems(page.text, site) == []


def test_rows_are_taken_out_and_moved(editor: Browser) -> None:
    first, second = (Form(editor, "offers").fields[f"offers-{number}"] for number in (0, 1))
    Form(editor, "offers").send("up-offers-1")
    moved = Form(editor, "offers")
    assert [moved.fields["offers-0"], moved.fields["offers-1"]] == [second, first]
    moved.send(offers__0__remove="yes")
    assert Form(editor, "offers").fields["offers-0"] == first


def test_times_are_read_as_people_write_them(editor: Browser) -> None:
    Form(editor, "hours").send("copy-monday", hours__0__opens="9am", hours__0__closes="5.30 pm")
    shown = Form(editor, "hours").fields
    assert [shown["hours-4-day"], shown["hours-4-opens"], shown["hours-4-closes"]] == ["friday", "09:00", "17:30"]


def test_the_button_to_go_on_leads_through_all_parts(editor: Browser) -> None:
    for section, following in pairwise(SECTIONS):
        assert Form(editor, section).send("next").location == f"{MINE}/edit/{following}"
    assert Form(editor, list(SECTIONS)[-1]).send("next").location == MINE


# By itself


def test_a_page_that_saves_by_itself_goes_on_saving(site: Flask, editor: Browser) -> None:
    form = Form(editor, "about")
    first = form.send(by_itself=True, summary="A coach")
    assert first.status_code == 200
    assert first.json
    assert first.json["saved"].count(":") == 1
    # The answer to the first save may have been lost on the way: the page still has the old mark.
    assert form.send(by_itself=True, summary=SUMMARY).status_code == 200
    draft = draft_of(site)
    assert draft
    assert draft.body["summary"] == SUMMARY
    form.fields["seen"] = first.json["seen"]
    assert form.send(summary=f"{SUMMARY} Free.").status_code == 303


def test_a_page_never_saves_over_somebody_else_by_itself(site: Flask, editor: Browser) -> None:
    mine = Form(editor, "about")
    Form(signed_in_browser(site, SECOND), "about").send(summary="Theirs.")
    answer = mine.send(by_itself=True, summary="Mine.")
    assert answer.status_code == 409
    assert answer.json == {"sentence": "Somebody else changed this. Press Save to see both versions."}
    draft = draft_of(site)
    assert draft
    assert draft.body["summary"] == "Theirs."


def test_who_is_signed_out_is_told_so_and_loses_nothing(site: Flask, editor: Browser) -> None:
    form = Form(editor, "about")
    editor.send("/account/logout", "/account")
    by_itself = form.send(by_itself=True, summary=SUMMARY)
    assert by_itself.status_code in {400, 403}
    assert (by_itself.json or {})["sentence"].startswith("You are signed out.")
    kept = form.send(summary=SUMMARY)
    assert kept.status_code in {400, 403}
    assert SUMMARY in kept.text
    assert problems(kept.text, site) == []
    # They sign in in another tab, and press Save: the form has the token of the time before.
    again = signed_in_browser(site, EDITOR)
    form.browser = again
    offered = form.send(summary=SUMMARY)
    assert offered.status_code == 400
    assert "Press Save once more" in offered.text
    token = Form(again, "about").fields["csrf_token"]
    assert form.send(csrf_token=token).status_code == 303
    draft = draft_of(site)
    assert draft
    assert draft.body["summary"] == SUMMARY


def test_an_ended_session_keeps_what_was_typed(site: Flask, editor: Browser) -> None:
    form = Form(editor, "about")
    with site.extensions["engine"].begin() as connection:
        connection.exec_driver_sql("DELETE FROM login_session")
    kept = form.send(summary=SUMMARY)
    assert kept.status_code == 403
    assert SUMMARY in kept.text
    assert form.send(by_itself=True).json == {
        "sentence": "You are signed out. Copy your text, sign in again in another tab, and press Save."
    }


# Two at once


def test_both_versions_stand_side_by_side_and_the_second_save_counts(site: Flask, editor: Browser) -> None:
    mine = Form(editor, "about")
    Form(signed_in_browser(site, SECOND), "about").send(summary="Theirs.")
    stale = mine.send(summary="Mine.", name="Mine too")
    assert stale.status_code == 409
    assert problems(stale.text, site) == []
    assert "As it stands now" in stale.text
    assert "Theirs." in stale.text
    assert SECOND in stale.text
    again = filled_form(stale.text)
    assert (again["summary"], again["name"]) == ("Mine.", "Mine too")
    mine.fields = again
    assert mine.send().status_code == 303
    assert Form(editor, "about").fields["summary"] == "Mine."


def test_other_parts_that_somebody_else_saves_are_not_in_the_way(site: Flask, editor: Browser) -> None:
    mine = Form(editor, "about")
    Form(signed_in_browser(site, SECOND), "notes").send(notes__0="Ring the bell.")
    assert mine.send(summary=SUMMARY).status_code == 303
    assert Form(editor, "notes").fields["notes-0"] == "Ring the bell."


def test_two_tabs_of_one_person_are_two(editor: Browser) -> None:
    one, other = Form(editor, "about"), Form(editor, "about")
    one.send(summary="One.")
    assert other.send(summary="Other.").status_code == 409


def test_what_waits_for_approval_is_taken_back_and_saved_in_one_go(site: Flask, editor: Browser) -> None:
    Form(editor, "notes").send(notes__0="Ring the bell.")
    mine = Form(editor, "about")
    engine, second = site.extensions["engine"], signed_in_as(site.extensions["engine"], SECOND)
    seen = drafts.managed(engine, second, LISTING).seen
    signed_in_browser(site, SECOND).send(f"{MINE}/send", f"{MINE}/send", seen=seen)
    refused = mine.send(summary=SUMMARY)
    assert refused.status_code == 409
    assert "Take it back and save mine" in refused.text
    mine.fields = filled_form(refused.text)
    assert mine.send("take-back").status_code == 303
    draft = draft_of(site)
    assert draft
    assert (draft.state, draft.body["summary"]) == ("open", SUMMARY)


def test_nothing_typed_is_lost_where_there_is_nothing_to_take_back_any_more(site: Flask, editor: Browser) -> None:
    Form(editor, "about").send(summary="Sent before.")
    mine = Form(editor, "about")
    engine = site.extensions["engine"]
    seen = drafts.managed(engine, signed_in_as(engine), LISTING).seen
    editor.send(f"{MINE}/send", f"{MINE}/send", seen=seen)
    mine.fields = filled_form(mine.send(summary="Mine.").text)
    address = f"/admin/approvals/{LISTING}"
    admin = signed_in_browser(site, ADMIN)
    seen = filled_form(admin.get(address).text, "changes")["seen"]
    assert admin.send(address, address, seen=seen, all="accept").status_code == 303
    answer = mine.send("take-back")
    assert answer.status_code == 303
    assert Form(editor, "about").fields["summary"] == "Mine."


# Who may, and what


def test_others_come_to_a_page_that_says_why_not(site: Flask, editor: Browser) -> None:
    stranger = signed_in_browser(site, STRANGER)
    for address in (MINE, f"{MINE}/edit/about", f"{MINE}/preview", f"{MINE}/send", f"{MINE}/discard"):
        answer = stranger.get(address)
        assert answer.status_code == 403, address
        assert "Your organisation does not look after this service." in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    theirs = Form(editor, "about")
    theirs.browser = stranger
    theirs.fields["csrf_token"] = filled_form(stranger.get("/manage/iwork/edit/about").text)["csrf_token"]
    assert theirs.send(summary="Hacked.").status_code == 403
    assert theirs.send(by_itself=True).status_code == 403
    assert draft_of(site) is None
    assert signed_in_browser(site, ADMIN).get(f"{MINE}/edit/about").status_code == 200


def test_there_is_no_such_listing_or_part(editor: Browser) -> None:
    for address in ("/manage/nowhere", "/manage/nowhere/edit/about", f"{MINE}/edit/rules", "/manage/nowhere/preview"):
        assert editor.get(address).status_code == 404, address


def test_a_form_without_its_token_changes_nothing(site: Flask, editor: Browser) -> None:
    form = Form(editor, "about")
    assert form.send(summary=SUMMARY, csrf_token="").status_code == 400
    for address in ("send", "take-back", "discard"):
        assert editor.post(f"{MINE}/{address}").status_code == 400
    assert draft_of(site) is None


def test_only_the_fields_of_the_part_are_read(site: Flask, editor: Browser) -> None:
    smuggled = {
        "status": "closed",
        "role": "advice",
        "organisation": "nhs",
        "id": "x",
        "rules": "[]",
        "area": "national",
    }
    form = Form(editor, "about")
    form.fields.update(smuggled)
    form.send(summary=SUMMARY)
    managed = drafts.managed(site.extensions["engine"], signed_in_as(site.extensions["engine"]), LISTING)
    assert {change.field for change in managed.changes} == {"summary"}


def test_what_is_typed_is_shown_as_text(site: Flask, editor: Browser) -> None:
    attack = '"><script>alert(1)</script>{{ 7 * 7 }}'
    Form(editor, "about").send(name=attack, aliases__0=attack)
    for address in (MINE, f"{MINE}/edit/about", f"{MINE}/send", f"{MINE}/discard", f"{MINE}/preview"):
        page = editor.get(address)
        assert "<script>alert" not in page.text
        assert problems(page.text, site) == []
    assert Form(editor, "about").fields["name"] == attack
