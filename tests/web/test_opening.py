"""What pages say of opening hours, languages and access, and of what the people who run a service told us."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.actions.exchange import load_seed
from app.database import writing
from app.directory.listing import Listing
from app.exchange.rows import raise_generation, write_listing
from app.models import Availability
from tests.seeds import published_seed
from tests.web.checker import Page, problems
from tests.web.site import SEED, empty_site

OPEN_NOW, CLOSED_NOW = "2026-11-23 10:00+00:00", "2026-11-28 18:00+00:00"
"""A Monday morning and a Saturday evening."""
CLOSED_THAT_DAY = "2026-11-24 10:00+00:00"
"""A Tuesday morning on which they said that they are closed today."""
FACTS = {
    "hours": {
        "times": [
            *({"day": day, "opens": "09:00", "closes": "17:00"} for day in ("monday", "tuesday", "wednesday")),
            {"day": "saturday", "opens": "10:00", "closes": "12:30"},
        ],
        "note": "Closed on public holidays.",
        "source": ["told-by-them"],
    },
    "languages": [{"name": "Klingon", "source": ["told-by-them"]}, {"name": "Somali", "source": ["told-by-team"]}],
    "access": [{"text": "The door has no steps.", "source": ["told-by-them"]}],
}
SOURCES = {
    "told-by-them": {"said_by": "shaw-trust", "dated": "2026-11-22", "read": "2026-11-22"},
    "told-by-team": {"said_by": "directory", "dated": "2026-11-21", "read": "2026-11-21"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The catalogue, with one listing of which hours, languages and access are known."""
    app = empty_site(tmp_path_factory.mktemp("site"))
    engine = app.extensions["engine"]
    load_seed(engine, SEED, datetime.now(UTC))
    before = published_seed().listings["workwell-ncl"].model_dump(by_alias=True)
    listing = Listing.model_validate({**before, **FACTS, "sources": {**before["sources"], **SOURCES}})
    with writing(engine) as session:
        service = write_listing(session, listing)
        said = datetime.fromisoformat(CLOSED_THAT_DAY)
        session.add(Availability(service_id=service.id, state="closed_today", said_at=said, said_by="anne@example.org"))
        raise_generation(session)
    return app


def text_of(client: FlaskClient, address: str, now: str = OPEN_NOW) -> str:
    """The words of a page as somebody reads it then, with single spaces."""
    with time_machine.travel(now, tick=False):
        return " ".join(Page(client.get(address).text).main.split())


@pytest.mark.parametrize("address", ["/services/workwell-ncl", "/services/workwell-ncl/print"])
def test_hours_languages_and_access_are_on_the_page(site: Flask, client: FlaskClient, address: str) -> None:
    text = text_of(client, address)
    assert "Opening hours, languages and access" in text
    assert "Open now until 5pm." in text
    assert "Monday to Wednesday, 9am to 5pm Saturday, 10am to 12.30pm Closed on public holidays." in text
    assert "Klingon and Somali" in text
    assert "The door has no steps." in text
    assert problems(client.get(address).text, site) == []


def test_who_said_it_stands_among_the_sources(client: FlaskClient) -> None:
    text = text_of(client, "/services/workwell-ncl")
    assert "The people who run it, 22 November 2026." in text
    assert "The directory team, 21 November 2026." in text
    assert "2026. Read in 22 November" not in text
    assert "The people who run it told us a part of this page, last on 22 November 2026." in text


def test_outside_the_hours_it_says_when_it_opens(client: FlaskClient) -> None:
    assert "Closed now. Opens on Monday at 9am." in text_of(client, "/services/workwell-ncl", CLOSED_NOW)


def test_a_search_result_says_in_two_words_whether_it_is_open(client: FlaskClient) -> None:
    assert text_of(client, "/services?q=workwell").count("Open now") == 1
    assert text_of(client, "/services?q=workwell", CLOSED_NOW).count("Closed now") == 1


def test_closed_today_goes_before_the_usual_hours(client: FlaskClient) -> None:
    for address in ("/services/workwell-ncl", "/services?q=workwell"):
        text = text_of(client, address, CLOSED_THAT_DAY)
        assert "Closed today" in text
        assert "Open now" not in text


def test_a_language_finds_the_listing(client: FlaskClient) -> None:
    assert "1 service for “klingon”" in text_of(client, "/services?q=klingon")


def test_where_nothing_is_known_nothing_is_said(client: FlaskClient) -> None:
    for address in ("/services/iwork", "/services/iwork/print", "/services?q=iwork"):
        text = text_of(client, address)
        assert "Open now" not in text
        assert "Closed now" not in text
        assert "Opening hours" not in text
