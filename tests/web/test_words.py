"""How facts are put into short words."""

import re

import pytest

from app.directory.listing import BOROUGHS, Contact
from app.web.words import address_of, area, best_contact, doubt, listed
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


def contact(type_: str, value: str, **more: object) -> Contact:
    return Contact.model_validate({"type": type_, "value": value, "source": ["page"], **more})
