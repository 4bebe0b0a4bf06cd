"""Help for somebody in danger: in full view, before anything else, and at the foot of every page."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.checker import Page
from tests.web.site import Visitor


def seen_at_once(html: str) -> str:
    """The text of the box with crisis help, up to its first list that is folded away."""
    return html.partition('class="app-urgent"')[2].partition("More people to call")[0]


@pytest.mark.parametrize("query", ["suicide", "want+to+die", "i+feel+suicidal+zzzz"])
def test_a_search_in_danger_shows_help_and_then_services(client: FlaskClient, query: str) -> None:
    text = Page(client.get(f"/services?q={query}").text).text
    assert text.index("get help now") < text.index("999") < text.index("If you were looking for a service")
    assert "Nothing" not in text
    assert "services for “" not in text


def test_four_lines_are_seen_at_once_and_the_others_can_be_opened(client: FlaskClient, visitor: Visitor) -> None:
    pages = (client.get("/services?q=suicide").text, visitor.go_through({"goals": ["urgent_help"]}).text)
    for html in pages:
        for name in ("Emergency services", "NHS 111, mental health option", "Samaritans", "Shout"):
            assert f">{name}</h3>" in seen_at_once(html)
        assert "Childline" not in seen_at_once(html)
        assert "Childline" in html


@pytest.mark.parametrize("address", ["/", "/services", "/services/workwell-ncl", "/check", "/nowhere", "/privacy"])
def test_every_page_names_somebody_to_talk_to(client: FlaskClient, address: str) -> None:
    foot = client.get(address).text.partition('class="app-footer"')[2]
    words = " ".join(re.sub(r"<[^>]*>", "", foot).split())
    assert "Need to talk? Call Samaritans, free, day and night, on 116 123." in words
    assert 'href="tel:116123"' in foot


def test_below_the_help_stand_a_few_services_and_the_others_on_further_pages(client: FlaskClient) -> None:
    pages = [client.get(f"/services?q=suicide+jobs&page={number}").text for number in (1, 2)]
    hits = [re.findall(r"data-hit>([^<]+)<", page) for page in pages]
    assert [len(found) for found in hits] == [5, 5]
    assert not set(hits[0]) & set(hits[1])
