"""The pages on which the directory team changes the words that the directory goes by."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from time import sleep

import pytest
from flask import Flask

from app.catalogue import FRESH_FOR
from tests.web.account_site import ADMIN, OWNER, Browser
from tests.web.checker import Page, problems
from tests.web.words_site import words_site

Site = tuple[Flask, Browser]
FIELD = re.compile(r'<input[^>]*\bname="([^"]+)"[^>]*\bvalue="([^"]*)"')
AREA = re.compile(r'<textarea[^>]*\bname="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]+)" selected')
PAGES = ("", "/synonyms", "/questions", "/taxonomies", "/audit", "/audit.csv", "/synonyms/new", "/questions/health")
JOB = "/admin/synonyms/meaning?means=find+a+job"
OUT = "/admin/synonyms/meaning/take-out?means=find+a+job"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with words_site(tmp_path) as both:
        yield both


def filled(browser: Browser, address: str) -> dict[str, str]:
    """The form of a page as it stands there."""
    html = browser.get(address).text
    found = {name: unescape(value) for name, value in [*FIELD.findall(html), *AREA.findall(html)] if name != "q"}
    leads = CHOSEN.findall(html)
    return found | ({"lead": leads[0]} if leads else {})


def public(app: Flask, address: str) -> str:
    """What the public reads once every process had time to follow."""
    sleep(FRESH_FOR)
    return Page(app.test_client().get(address).text).text


@pytest.mark.parametrize("page", PAGES)
def test_only_the_directory_team_comes_in(site: Site, page: str) -> None:
    app, admin = site
    stranger, owner = Browser(app), Browser(app)
    owner.sign_in(OWNER)
    assert stranger.get(f"/admin{page}").status_code == 303
    assert owner.get(f"/admin{page}").status_code == 403
    assert admin.get(f"/admin{page}").status_code == 200


def test_every_page_is_well_made(site: Site) -> None:
    app, admin = site
    job, health = filled(admin, JOB), filled(admin, "/admin/questions/health")
    answers = [admin.get(f"/admin{page}") for page in PAGES if not page.endswith("csv")]
    answers += [admin.get(f"/admin/synonyms?q={word}") for word in ("jobs", "lift")]
    answers += [admin.get(address) for address in (JOB, f"{JOB}&add=lift", OUT, "/admin/synonyms/meaning?means=x")]
    answers += [admin.get(f"/admin/{page}") for page in ("taxonomies/find_job", "questions/age", "audit?day=x")]
    answers += [admin.post("/admin/synonyms/new", csrf_token=job["csrf_token"])]
    answers += [admin.post("/admin/questions/health/preview", **health)]
    answers += [admin.post("/admin/questions/health", **{**health, "text": "{x}", "why": ""})]
    answers += [admin.post(JOB, **{**job, "say": "", "lead": ""}), admin.post(JOB, **{**job, "say": "hired"})]
    answers += [admin.post(JOB, **job), admin.post(OUT, **{**job, "version": "x"})]
    statuses = [answer.status_code for answer in answers]
    assert statuses[-6:] == [200, 422, 422, 303, 409, 409]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        if answer.status_code != 303:
            assert problems(answer.text, app) == [], answer.request.url


def test_a_phrase_that_is_added_is_found_by_the_public(site: Site) -> None:
    app, admin = site
    looked = admin.get("/admin/synonyms?q=lift+share").text
    assert "No meaning has “lift share” yet" in Page(looked).text
    assert '<option value="find a job"' in looked, "it can be added to a meaning there is"
    form = filled(admin, f"{JOB}&add=lift+share")
    assert form["say"].splitlines() == ["lift share", "find work", "jobs"]
    answer = admin.post(JOB, **form)
    assert (answer.status_code, answer.location) == (303, JOB)
    assert "find a job" in Page(admin.get("/admin/synonyms?q=lift+share").text).text
    assert "Open Door" in public(app, "/services?q=lift+share")


def test_a_meaning_of_its_own_and_away_with_it(site: Site) -> None:
    _, admin = site
    form = filled(admin, "/admin/synonyms/new?say=lift+share")
    assert form["say"] == "lift share"
    admin.post("/admin/synonyms/new", **{**form, "means": "a lift", "lead": "other-door"})
    address = "/admin/synonyms/meaning/take-out?means=a+lift"
    shown = Page(admin.get(address).text).text
    assert "lift share" in shown
    assert "Other Door" in shown
    assert admin.post(address, **filled(admin, address)).status_code == 303
    assert admin.get("/admin/synonyms/meaning?means=a+lift").status_code == 404


def test_what_will_not_do_is_said_at_the_top_and_at_the_field_and_nothing_typed_is_lost(site: Site) -> None:
    _, admin = site
    form = {**filled(admin, "/admin/questions/lives_in"), "text": "Where do {yu} live?", "why": "", "hint": "Think."}
    answer = admin.post("/admin/questions/lives_in", **form)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert page.title.strip().startswith("Error:")
    assert page.text.count("only {you} and {your} can stand in braces here") == 2
    assert page.text.count("This is empty. Write it.") == 2
    assert "Where do {yu} live?" in answer.text
    assert "Think." in answer.text


def test_the_slower_of_two_admins_sees_both_versions_and_can_still_save(site: Site) -> None:
    _, admin = site
    first, second = (filled(admin, "/admin/questions/lives_in") for _ in "12")
    admin.post("/admin/questions/lives_in", **{**first, "text": "Where is {your} home?"})
    answer = admin.post("/admin/questions/lives_in", **{**second, "text": "What is {your} borough?"})
    assert answer.status_code == 409
    text = Page(answer.text).text
    assert f"{ADMIN} changed this on" in text
    assert "In the directory now Where is {your} home? What you wrote What is {your} borough?" in text
    version = dict(FIELD.findall(answer.text))["version"]
    again = {**second, "text": "What is {your} borough?", "version": version}
    assert admin.post("/admin/questions/lives_in", **again).status_code == 303
    assert filled(admin, "/admin/questions/lives_in")["text"] == "What is {your} borough?"


def test_the_preview_is_the_public_question_and_leads_back_to_the_form(site: Site) -> None:
    app, admin = site
    form = {**filled(admin, "/admin/questions/lives_in"), "text": "Where is {your} home?"}
    shown = admin.post("/admin/questions/lives_in/preview", **form)
    page = Page(shown.text)
    assert page.h1.strip() == "Where is your home?"
    assert "Where is their home?" in page.text
    assert "You live in Camden. It could fit if you lived in Camden." in page.text
    again = admin.post("/admin/questions/lives_in", **dict(FIELD.findall(shown.text)), again="yes")
    assert "Where is {your} home?" in again.text
    assert "home?" not in filled(admin, "/admin/questions/lives_in")["text"]
    admin.post("/admin/questions/lives_in", **{name: unescape(text) for name, text in FIELD.findall(shown.text)})
    public(app, "/")
    client = app.test_client()
    client.post("/check", data={"answer": "me"})
    assert Page(client.get("/check/lives_in").text).h1.strip() == "Where is your home?"


def test_a_goal_is_worded_anew_for_the_question_too(site: Site) -> None:
    _, admin = site
    form = filled(admin, "/admin/taxonomies/find_job")
    assert "Open Door" in Page(admin.get("/admin/taxonomies/find_job").text).text
    admin.post("/admin/taxonomies/find_job", **{**form, "answers.find_job.label": "Get a job"})
    assert "Get a job" in Page(admin.get("/admin/taxonomies").text).text
    assert filled(admin, "/admin/questions/goals")["answers.find_job.label"] == "Get a job"


@pytest.mark.parametrize(
    "address", [JOB, OUT, "/admin/synonyms/new", "/admin/questions/health", "/admin/taxonomies/find_job"]
)
def test_a_form_without_its_token_changes_nothing(site: Site, address: str) -> None:
    _, admin = site
    form = {**filled(admin, address), "csrf_token": "", "means": "x", "say": "x"}
    assert admin.post(address, **form).status_code == 400
