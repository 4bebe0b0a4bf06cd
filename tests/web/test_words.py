"""How facts are put into short words."""

import re

import pytest

from app.directory.listing import BOROUGHS, Contact, Fact, Listing
from app.directory.sources import Source
from app.web.words import address_of, area, best_contact, doubt, listed, newest_month, newest_page
from tests.seeds import open_listings


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        (["camden"], "Camden"),
        (["islington", "camden"], "Camden and Islington"),
        (["barnet", "camden", "enfield"], "Barnet, Camden and Enfield"),
        (["barnet", "camden", "enfield", "haringey", "islington"], "All five boroughs"),
        (["ncl"], "All five boroughs"),
        (["london"], "All of London"),
        (["national"], "The whole country"),
    ],
)
def test_area(areas: list[str], words: str) -> None:
    assert area(areas) == words


def test_a_door_that_names_boroughs_is_for_people_of_these_alone() -> None:
    for listing in open_listings():
        for door in listing.reach_through:
            start = re.match(r"(?:In|For) ((?:[A-Z][a-z]+(?:, | and )?)+)", door.text)
            named = {borough for borough in BOROUGHS if start and borough.title() in start[1]}
            assert not named or set(door.area) == named, f"{listing.id}: {door.text}"


def test_listed() -> None:
    assert [listed([]), listed(["A"]), listed(["A", "B"])] == ["", "A", "A and B"]


@pytest.mark.parametrize(
    ("type_", "value", "address"),
    [
        ("phone", "0808 196 2386", "tel:08081962386"),
        ("phone", "18001 then 0800 121 7479", ""),
        ("text", "85258", "sms:85258"),
        ("email", "a@b.example", "mailto:a@b.example"),
        ("web", "https://a.example/x", "https://a.example/x"),
        ("web", "javascript:alert(1)", ""),
        ("ask", "Ask your GP.", ""),
        ("address", "222 Upper Street", "https://www.openstreetmap.org/search?query=222%20Upper%20Street"),
    ],
)
def test_address_of(type_: str, value: str, address: str) -> None:
    assert address_of(contact(type_, value)) == address


def test_best_contact_is_a_phone_number_of_today() -> None:
    web, old, mine = contact("web", "https://a.example"), contact("phone", "1", old=True), contact("phone", "2")
    staff = contact("phone", "3", audience="professionals")
    assert best_contact([web, old, staff, mine]) == mine
    assert best_contact([old, web]) == web
    assert best_contact([staff]) is None


@pytest.mark.parametrize(
    ("type_", "more", "mark"),
    [
        ("phone", {"old": True, "grade": "official"}, "old number: check"),
        ("text", {"old": True}, "old number: check"),
        ("web", {"old": True, "grade": "weak"}, "old: check"),
        ("phone", {"grade": "seed_only"}, "not confirmed"),
        ("email", {"grade": "weak"}, "not confirmed"),
        ("phone", {"grade": "council"}, ""),
        ("phone", {}, ""),
    ],
)
def test_doubt(type_: str, more: dict[str, object], mark: str) -> None:
    assert doubt(contact(type_, "1", **more)) == mark


@pytest.mark.parametrize(
    ("status", "dates", "words"),
    [
        ("live", ["2025-02-03", "2026-02-26"], "Newest page that says it runs: February 2026. Nobody who runs it"),
        ("live", ["2026", "2026-01"], "Newest page that says it runs: January 2026."),
        ("live", [None, "2026"], "Newest page that says it runs: 2026, with no month."),
        ("live", [None], "The pages we read show no date. Nobody who runs it has confirmed this page."),
        ("check_first", ["2016-01"], "Newest page we go by: January 2016."),
        ("closed", ["2016-01"], "Newest page we go by: January 2016. Nobody who ran it has confirmed this page."),
    ],
)
def test_newest_page(status: str, dates: list[str | None], words: str) -> None:
    assert newest_page(listing(status, dates)).startswith(words)


@pytest.mark.parametrize(
    ("said_by", "page", "month"),
    [
        ("a-charity", "The people who run it told us about it, last on 22 November 2026.", "November 2026, from them"),
        ("directory", "Nobody who runs it has confirmed this page.", "February 2026, not confirmed"),
    ],
)
def test_what_the_people_who_run_it_told_us_is_not_a_page(said_by: str, page: str, month: str) -> None:
    told = Source(said_by=said_by, dated="2026-11-22", read="2026-11-22")
    known = listing("live", ["2026-02"])
    known = known.model_copy(update={"sources": {**known.sources, "said": told}})
    assert newest_page(known) == f"Newest page that says it runs: February 2026. {page}"
    assert newest_month(known) == month
    by_word = known.model_copy(update={"status_note": Fact(text="It runs.", source=("said",))})
    assert newest_page(by_word) == page


def listing(status: str, dates: list[str | None]) -> Listing:
    """A listing whose status is known from pages of these dates, and of which a newer page tells other things."""
    pages = {
        f"page{at}": {"page": "https://a.example", "dated": dated, "read": "2026-11"} for at, dated in enumerate(dates)
    }
    return Listing.model_validate(
        {
            "id": "a-service",
            "name": "A service",
            "role": "programme",
            "summary": "It helps.",
            "area": "ncl",
            "status": status,
            "status_note": {"text": "It runs.", "source": list(pages)},
            "sources": {**pages, "other": {"page": "https://b.example", "dated": "2026-10", "read": "2026-11"}},
        }
    )


def contact(type_: str, value: str, **more: object) -> Contact:
    return Contact.model_validate({"type": type_, "value": value, "source": ["page"], **more})
