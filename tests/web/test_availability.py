"""What a provider says of today, on their form and on every page where somebody could be sent in vain."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Engine

from app.actions.accounts.sessions import SignedIn
from app.actions.availability import Typed, clear, digest, say, stands
from app.actions.exchange import load_seed
from app.models import row_id
from tests.accounts import a_person, enter, who_is
from tests.web.account_site import TOKEN, Browser
from tests.web.checker import Page, problems
from tests.web.site import SEED, Answers, Visitor, empty_site

SLUG = "workwell-ncl"
FORM = f"/manage/{SLUG}/availability"
EDITOR, OTHER = "editor@example.org", "other@example.org"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HUMAN_ROUTE, HUMAN_ROUTE_BY = "jobcentre-plus", "department-for-work-and-pensions"
ISLINGTON: Answers = {
    "lives_in": "islington",
    "health": "yes",
    "goals": ["find_job"],
    "age": "42",
    "work_status": "unemployed",
}
PAUSE = Typed("paused", note="Our team is small.", day="1", month="12", year="2026")
SEEN = re.compile(r'name="seen"\s+value="([^"]+)"')


@pytest.fixture(scope="module", name="whole_site")
def site_with_providers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole catalogue, an editor of WorkWell's organisation, and one of another."""
    with time_machine.travel(NOW):
        app = empty_site(tmp_path_factory.mktemp("site"))
        engine: Engine = app.extensions["engine"]
        assert not load_seed(engine, SEED, NOW).rejected
        a_person(engine, EDITOR, in_=row_id("organization", "shaw-trust"), now=NOW)
        a_person(engine, OTHER, in_=row_id("organization", "camden-council"), now=NOW)
    yield app
    engine.dispose()


@pytest.fixture(name="app")
def fresh_site(whole_site: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The site on one morning, where nothing is said of WorkWell yet, and every request sees the newest catalogue."""
    monkeypatch.setattr("app.catalogue.FRESH_FOR", 0.0)
    with time_machine.travel(NOW, tick=False):
        engine = whole_site.extensions["engine"]
        said = stands(engine, _editor(engine), SLUG).said
        clear(engine, _editor(engine), SLUG, digest(said), NOW)
        yield whole_site


def _editor(engine: Engine) -> SignedIn:
    return who_is(engine, enter(engine, EDITOR).secret)


def _say(app: Flask, typed: Typed, at: datetime = NOW) -> None:
    engine = app.extensions["engine"]
    say(engine, _editor(engine), SLUG, typed, digest(stands(engine, _editor(engine), SLUG).said), at)


def _signed_in(app: Flask, email: str = EDITOR) -> Browser:
    browser = Browser(app)
    browser.sign_in(email)
    return browser


def _send(browser: Browser, seen: str = "", **fields: str) -> tuple[int, Page]:
    """Fills in the form that the page shows. ``seen``: from an older page."""
    shown = browser.get(FORM).text
    token, at_hand = TOKEN.search(shown), SEEN.search(shown)
    assert token
    assert at_hand
    answer = browser.post(FORM, csrf_token=token[1], seen=seen or at_hand[1], **fields)
    return answer.status_code, Page(answer.text)


def _text(app: Flask, address: str) -> str:
    return " ".join(unescape(Page(app.test_client().get(address).text).main).split())


def _results(app: Flask, page: str = "") -> str:
    visitor = Visitor(app)
    visitor.go_through(ISLINGTON)
    return " ".join(unescape(Page(visitor.get(f"/check/results{page}").text).main).split())


def _recommended(app: Flask) -> list[dict[str, Any]]:
    answers = {**ISLINGTON, "goals": ["find_job"]}
    recommendations: list[dict[str, Any]] = (
        app.test_client().post("/api/v1/recommendations", json={"answers": answers}).json or {}
    )["recommendations"]
    return recommendations


@pytest.mark.parametrize("address", [f"/services/{SLUG}", f"/services/{SLUG}/print"])
def test_a_pause_is_on_the_page_of_the_service_at_once(app: Flask, address: str) -> None:
    assert "Not taking referrals" not in _text(app, address)
    _say(app, PAUSE)
    assert (
        "Not taking referrals at the moment They expect to start again on 2 December 2026. "
        "They say: “Our team is small.” They said so on 22 November 2026."
    ) in _text(app, address)
    assert not problems(app.test_client().get(address).text, app)


def test_a_pause_is_in_the_search(app: Flask) -> None:
    _say(app, PAUSE)
    assert "They expect to start again on 2 December 2026." in _text(app, "/services?q=workwell")
    found = app.test_client().get("/api/v1/search?q=workwell").json
    assert found
    assert found["results"][0]["availability"] == {
        "state": "paused",
        "wait": "",
        "note": "Our team is small.",
        "until": "2026-12-01",
        "said_on": "2026-11-22",
        "text": (
            "Not taking referrals at the moment. They expect to start again on 2 December 2026. "
            "They say: “Our team is small.” They said so on 22 November 2026."
        ),
    }
    assert found["results"][1]["availability"] is None


def test_a_paused_service_falls_behind_one_that_is_open_and_is_never_hidden(app: Flask) -> None:
    assert _recommended(app)[0]["id"] == SLUG
    _say(app, PAUSE)
    first, second = _recommended(app)[:2]
    assert (second["id"], second["verdict"]) == (SLUG, "fits")
    assert second["because"] == f"{first['name']} comes first, because we know that it is open now."
    assert second["availability"]["state"] == "paused"
    assert first["availability"] is None


@pytest.mark.parametrize("state", ["taking", "waiting_list"])
def test_who_takes_people_keeps_their_place(app: Flask, state: str) -> None:
    _say(app, Typed(state, wait="about 3 weeks"))
    first = _recommended(app)[0]
    assert (first["id"], first["availability"]["wait"]) == (SLUG, "about 3 weeks")


def test_the_check_says_so_in_every_form_of_its_results(app: Flask) -> None:
    _say(app, PAUSE)
    assert "Not taking referrals at the moment. They expect to start again" in _results(app)
    _say(app, Typed("waiting_list", wait="about 3 weeks", note="Ring about your back."))
    assert "There is a waiting list. The wait: about 3 weeks. They say: “Ring about your back.”" in _results(app)
    assert "The wait: about 3 weeks." in _results(app, "/easy")
    message = _results(app, "/text")
    assert "The wait: about 3 weeks." in message
    assert "back" not in message.partition("WorkWell")[2].partition("You could say")[0]


def test_nobody_is_led_to_nobody_by_a_pause(app: Flask) -> None:
    engine = app.extensions["engine"]
    a_person(engine, "jobcentre@example.org", in_=row_id("organization", HUMAN_ROUTE_BY), now=NOW)
    who = who_is(engine, enter(engine, "jobcentre@example.org").secret)
    say(engine, who, HUMAN_ROUTE, Typed("closed_today"), digest(None), NOW)
    shown = _results(app).partition("People you can always talk to")[2]
    assert "Jobcentre Plus Closed today" in shown


def test_while_it_is_paused_there_is_no_letter_to_send_in_vain(app: Flask) -> None:
    address = f"/services/{SLUG}/referral"
    assert "Dear colleague" in _text(app, address)
    _say(app, PAUSE)
    shown = _text(app, address)
    assert "Dear colleague" not in shown
    assert "They take no referrals at the moment, so there is no letter and no message." in shown
    assert "Looked at, not taking referrals: WorkWell" in shown
    assert not problems(app.test_client().get(address).text, app)
    _say(app, Typed("closed_today"))
    shown = _text(app, address)
    assert "Closed today They said so on 22 November 2026." in shown
    assert "Dear colleague" in shown


@pytest.mark.parametrize(
    ("said_at", "midnight"),
    [
        (datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 23, 0, 0, tzinfo=UTC)),
        (datetime(2027, 7, 1, 9, tzinfo=UTC), datetime(2027, 7, 1, 23, 0, tzinfo=UTC)),
    ],
)
def test_closed_today_ends_at_midnight_in_london(app: Flask, said_at: datetime, midnight: datetime) -> None:
    _say(app, Typed("closed_today"), said_at)
    with time_machine.travel(midnight - timedelta(minutes=1), tick=False):
        assert "Closed today" in _text(app, f"/services/{SLUG}")
    with time_machine.travel(midnight, tick=False):
        assert "Closed today" not in _text(app, f"/services/{SLUG}")


def test_an_editor_says_how_it_is_and_reads_it_in_the_form(app: Flask) -> None:
    browser = _signed_in(app)
    fields = {"state": "paused", "note": "Back soon.", "day": "1", "month": "12", "year": "2026"}
    assert _send(browser, **fields)[0] == 303
    assert "They say: “Back soon.”" in _text(app, f"/services/{SLUG}")
    form = Page(browser.get(FORM).text)
    values = {field["name"]: field.get("value") for field in form.all("input") if field.get("name") != "state"}
    assert [values[part] for part in ("day", "month", "year")] == ["1", "12", "2026"]
    assert next(one for one in form.all("input") if one.get("value") == "paused").get("checked", "no") != "no"
    assert not problems(browser.get(FORM).text, app)


def test_an_editor_takes_it_back(app: Flask) -> None:
    _say(app, PAUSE)
    assert _send(_signed_in(app), state="nothing")[0] == 303
    assert "Not taking referrals" not in _text(app, f"/services/{SLUG}")


def test_what_will_not_do_is_told_and_what_was_typed_stays(app: Flask) -> None:
    status, shown = _send(_signed_in(app), state="paused", note="Back soon.", day="31", month="2", year="2027")
    assert status == 422
    assert "There is a problem Enter a real date" in shown.text
    assert "Back soon." in shown.text
    assert {"id": "until-day", "href": "#until-day"}.items() <= {
        "id": next(f["id"] for f in shown.all("input") if f.get("name") == "day"),
        "href": next(a["href"] for a in shown.all("a") if a.get("href") == "#until-day"),
    }.items()
    assert not problems(shown.html, app)


def test_who_was_slower_reads_what_stands_now_and_loses_nothing(app: Flask) -> None:
    browser = _signed_in(app)
    seen = SEEN.search(browser.get(FORM).text)
    assert seen
    _say(app, PAUSE)
    status, shown = _send(browser, seen=seen[1], state="taking", note="Come along.")
    assert status == 409
    assert "Now it says: Not taking referrals at the moment." in shown.text
    assert "Come along." in shown.text
    assert not problems(shown.html, app)
    fresh = SEEN.search(shown.html)
    assert fresh
    assert _send(browser, seen=fresh[1], state="taking", note="Come along.")[0] == 303


def test_the_form_is_for_those_who_look_after_the_service(app: Flask) -> None:
    nobody, other = Browser(app), _signed_in(app, OTHER)
    assert nobody.get(FORM).status_code == 303
    assert other.get(FORM).status_code == 403
    assert _signed_in(app).get("/manage/no-such-service/availability").status_code == 404
    token = TOKEN.search(other.get("/account/enrol").text)
    assert token
    assert other.post(FORM, csrf_token=token[1], seen="nothing", state="paused").status_code == 403
    assert _signed_in(app).post(FORM, seen="nothing", state="paused").status_code == 400
    assert "Not taking referrals" not in _text(app, f"/services/{SLUG}")
