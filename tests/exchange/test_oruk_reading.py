"""What other directories export is read as far as it can be, and of each row something is said."""

import json
import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.exchange.incoming import Incoming
from app.exchange.oruk.reading.feed import OrukFeed
from app.exchange.oruk.reading.files import LARGEST_FILE, UnreadableError
from app.exchange.oruk.reading.known import Known, known_from
from app.exchange.oruk.reading.split import loose_things, split
from app.exchange.oruk.reading.texts import beginning, pieces, plain
from tests.exchange.foreign_lists import foreign_service, location, write_list
from tests.seeds import ROOT, published_seed

EXAMPLES = Path(os.environ.get("ORUK", ROOT.parent / "shared" / "oruk")) / "examples"
TODAY = date(2026, 11, 22)
SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


@cache
def known() -> Known:
    return known_from(published_seed().reference, "their-list", TODAY)


def rows_in(path: Path) -> list[Incoming]:
    return list(OrukFeed(path, known()))


def rows_of(folder: Path, *things: Any) -> list[Incoming]:
    return rows_in(write_list(folder / "services.json", things))


def one_row(folder: Path, **changes: Any) -> Incoming:
    (row,) = rows_of(folder, {**foreign_service(0), **changes})
    return row


def test_a_sound_service_comes_in_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    service = foreign_service(0)
    (row,) = rows_of(tmp_path, service)
    assert row.foreign_id == service["id"]
    assert row.body == service
    assert row.organisation
    assert row.organisation[0] == "charity-0"
    listing = row.listing
    assert listing
    assert (listing.id, listing.role, listing.status) == ("advice-group-0", "information", "live")
    assert listing.area == ("camden",)
    assert [(one.type, one.value) for one in listing.contacts] == [
        ("phone", "020 7946 0000"),
        ("web", "https://group-0.example/"),
        ("email", "hello@group-0.example"),
        ("address", "Hall 0, 0 High Street, London, N19 5AB"),
    ]
    assert listing.hours
    assert [(time.day, time.opens, time.closes) for time in listing.hours.times] == [
        ("monday", "09:00", "17:00"),
        ("tuesday", "09:00", "17:00"),
    ]
    assert listing.languages[0].name == "Somali"
    assert listing.practical["free"].answer == "yes"
    assert listing.rules[0].everyone[0].at_least == 16
    assert listing.rules[0].everyone[1].ask
    assert listing.sources["list"].at == "their-list"
    said = " ".join([listing.summary, *(note.text for note in listing.notes)])
    assert said == service["description"].strip()


@pytest.mark.parametrize(
    ("changes", "field", "value", "repair"),
    [
        ({"id": 7}, "foreign_id", "7", "Its id is a number"),
        ({"id": "SVC-9"}, "foreign_id", "svc-9", "Its id is no UUID"),
        ({"id": None}, "foreign_id", "name:advice-group-0", "It has no id"),
        ({"url": "www.help.example/a"}, "contacts.1.value", "https://www.help.example/a", "had no https://"),
        ({"url": "javascript:alert(1)"}, "contacts.1.type", "email", "“url” is not the address of a web page"),
        ({"email": ""}, "contacts.2.type", "address", "Empty fields were left out: email"),
        ({"description": None}, "summary", "The list that it comes from does not say what it does.", "no description"),
        (
            {"description": "<p>Tea &amp; talk</p><script>x()</script><p>Come in</p>"},
            "summary",
            "Tea & talk. Come in.",
            "markup",
        ),
        ({"status": "archived"}, "status", "closed", "not a status of the standard"),
        ({"status": "defunct"}, "status", "closed", ""),
        ({"status": "temporarily closed"}, "status", "check_first", ""),
        ({"status": None}, "status", "check_first", "It has no status"),
        ({"organization": None, "organization_id": "gone"}, "organisation", None, "organisation is not in the list"),
        ({"organization": {"id": "x"}}, "organisation", None, "organisation has no name"),
        (
            {"phones": [{"number": "+1 555 0100"}]},
            "notes.1.text",
            "Phone: +1 555 0100.",
            "no phone number of this country",
        ),
        (
            {"contacts": [{"name": "Ann Smith", "title": "Desk"}]},
            "contacts.3.value",
            "Ask for: Desk.",
            "Names of people",
        ),
        ({"minimum_age": 60, "maximum_age": 18}, "rules", (), "youngest age is above"),
        ({"minimum_age": "old"}, "rules", (), "“minimum_age” is not a number"),
        ({"maximum_age": 25}, "rules.0.everyone.0.text", "For people aged 16 to 25.", ""),
        ({"cost_options": [{"amount": 5, "option": "A class"}]}, "practical.free.text", "A class: £5.", ""),
        ({"fees": "Ask us", "cost_options": []}, "notes.1.text", "What it costs: Ask us.", ""),
        ({"schedules": [{"byday": "1MO", "freq": "MONTHLY", "opens_at": "9:00"}]}, "hours", None, "not of every week"),
        (
            {"schedules": {"byday": "SU", "opens_at": "9:30:00", "closes_at": "12:00Z"}},
            "hours.times.0.opens",
            "09:30",
            "a list of one",
        ),
        ({"service_areas": [{"name": "Wards", "uri": "http://x.example/E09000010"}]}, "area", ("enfield",), ""),
        ({"service_areas": [{"name": "Finsbury Park, London"}]}, "area", ("haringey", "islington"), ""),
        ({"service_areas": [{"name": "All of England"}]}, "area", ("national",), ""),
        ({"service_areas": []}, "area", ("ncl",), "Its postcode is in North Central London"),
        ({"service_areas": [], "service_at_locations": []}, "unknown", ("area that it serves",), "found in every area"),
        (
            {
                "service_areas": [{"name": "Leeds"}],
                "service_at_locations": [{"location": {"addresses": [{"city": "Barnet"}]}}],
            },
            "area",
            ("barnet",),
            "where its address is",
        ),
        ({"name": "Long. " * 60}, "notes.0.text", ("Long. " * 60).strip(), "name is too long"),
        ({"assured_date": "2999-01-01"}, "sources.list.dated", None, "no day of the past"),
    ],
)
def test_what_is_not_right_is_put_right_and_said(
    tmp_path: Path, changes: dict[str, Any], field: str, value: object, repair: str
) -> None:
    row = one_row(tmp_path, **changes)
    assert row.listing, row.rejected
    assert row.body == {**foreign_service(0), **changes}
    assert repair in " ".join(row.repairs)
    found: Any = row if field == "foreign_id" else row.listing
    for step in field.split("."):
        found = found[int(step)] if step.isdigit() else found[step] if isinstance(found, dict) else getattr(found, step)
    assert found == value


def test_each_of_the_rows_of_a_messy_list_is_accounted_for(tmp_path: Path) -> None:
    sound = foreign_service(0)
    less = {"id": sound["id"], "name": sound["name"], "status": "active"}
    other = {**less, "name": "Another name"}
    orphan, nested = (
        {"id": "p1", "location": location(1)},
        {"id": "p2", "service_id": "nowhere", "location": location(2)},
    )
    elsewhere = {**foreign_service(1), "service_areas": [{"name": "Hackney"}]}
    deep: Any = {"id": "deep"}
    for _ in range(60):
        deep = {"id": "deep", "name": "Deep", "in": deep}
    things = [sound, less, other, {"id": "x", "name": " "}, 7, "text", [1], None, orphan, nested, elsewhere, deep]
    rows = {row.where.removeprefix("services.json, item "): row for row in rows_of(tmp_path, *things)}
    assert list(map(str, range(1, 13))) == sorted(rows, key=int)
    assert rows["1"].listing
    assert rows["2"].repeats
    assert rows["3"].rejected == "It has the same id as services.json, item 1, which says more. That one came in."
    assert rows["4"].rejected == "It has no name."
    assert rows["9"].rejected == "This place has no service."
    assert rows["10"].rejected == "The service of this place is not in the list."
    assert rows["11"].rejected == "It is for places that this directory is not for."
    assert rows["12"].rejected == "It is nested too deeply to be a service."
    for number, piece in (("5", "“7”"), ("6", "“"), ("7", "“[1]”"), ("8", "“null”")):
        assert rows[number].rejected.startswith(f"This is no service: {piece}")


def test_one_service_in_several_files_is_one(tmp_path: Path) -> None:
    whole = [foreign_service(number) for number in range(12)]
    short = [{key: one[key] for key in ("id", "name", "status", "description")} for one in whole]
    write_list(tmp_path / "services-10.json", short[6:])
    write_list(tmp_path / "services-2.json", short[:6])
    (tmp_path / "by-id").mkdir()
    for number, one in enumerate(whole):
        (tmp_path / "by-id" / f"{number}.json").write_text(json.dumps(one))
    rows = rows_in(tmp_path)
    assert [row.listing.name for row in rows if row.listing] == [one["name"] for one in whole]
    assert all(row.body in whole for row in rows if row.listing)
    assert sum(row.repeats for row in rows) == 12
    assert len(rows) == 24


def test_services_places_and_organisations_apart_find_each_other(tmp_path: Path) -> None:
    service = foreign_service(3)
    organisation = {**service.pop("organization"), "website": "https://charity.example/"}
    place = {**service.pop("service_at_locations")[0], "service_id": service["id"]}
    write_list(
        tmp_path / "organizations.json", [organisation, {**organisation, "id": "2", "services": [foreign_service(4)]}]
    )
    write_list(tmp_path / "places.json", [place])
    write_list(tmp_path / "services.json", [{**service, "organization_id": organisation["id"]}])
    write_list(tmp_path / "taxonomies.json", [{"id": "t", "name": "Terms", "description": "x", "version": "1"}])
    first, second = rows_in(tmp_path)
    assert first.listing
    assert first.organisation
    assert first.organisation[1].url == "https://charity.example/"
    assert first.listing.contacts[-1].value.startswith("Hall 3")
    assert second.listing
    assert second.where == "organizations.json, item 2, item 1"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "The file is empty."),
        (b"<html>", "This is not JSON."),
        (b'{"contents": [' + b"[" * 5000, "1,000 deep"),
        (b"[" * 100_000, "1,000 deep"),
        (b'[{"id": "1", "name": "A"}, {"id": "2", "na', "It ends in the middle."),
        (b'[{"id": "1", "name": "A"}, {"id": "2", "name": }]', "It is not valid JSON."),
        (b'[{"id": "1", "name": "A"}] and more', "Something stands after its end."),
        (b'[{"id": ' + b"9" * 5000 + b"}]", "It is not valid JSON."),
    ],
)
def test_a_broken_file_says_so_and_spoils_nothing_else(tmp_path: Path, raw: bytes, why: str) -> None:
    (tmp_path / "broken.json").write_bytes(raw)
    write_list(tmp_path / "sound.json", [foreign_service(0)])
    rows = rows_in(tmp_path)
    assert any(why in row.rejected for row in rows)
    names = [row.listing.name for row in rows if row.listing]
    assert "Advice Group 0" in names
    assert ("A" in names) == (b'"A"' in raw)


def test_a_file_that_is_too_large_says_so(tmp_path: Path) -> None:
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    (row,) = rows_in(tmp_path)
    (tmp_path / "nothing").mkdir()
    assert row.rejected == "The file is over 200 MB. Split it into smaller ones."
    with pytest.raises(UnreadableError):
        rows_in(tmp_path / "nothing")


@pytest.mark.parametrize(("encoding", "repaired"), [("utf-8", False), ("utf-8-sig", False), ("cp1252", True)])
def test_letters_are_read_as_they_were_meant(tmp_path: Path, encoding: str, repaired: bool) -> None:
    text = json.dumps([{**foreign_service(0), "name": "Café – “Zoë”"}], ensure_ascii=False)
    (tmp_path / "list.json").write_bytes(text.encode(encoding))
    (row,) = rows_in(tmp_path)
    assert row.listing
    assert row.listing.name == "Café – “Zoë”"
    assert row.listing.id == "cafe-zoe"
    assert any("Windows-1252" in sentence for sentence in row.repairs) == repaired


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples of the standard are not here")
def test_the_examples_of_the_standard_come_in() -> None:
    rows = rows_in(EXAMPLES)
    assert [row.listing.id for row in rows if row.listing] == ["community-counselling"]
    assert not [row.rejected for row in rows if row.rejected]


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["active", "MO", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_fields = sorted(
    {
        *foreign_service(0),
        "contacts",
        "fees",
        "funding",
        "attributes",
        "alert",
        "service",
        "location",
        "services",
        "no_wrong_door",
        "assured_date",
        "maximum_age",
        "organization_id",
    }
)


@SLOW
@given(st.lists(_json | st.dictionaries(st.sampled_from(_fields), _json, max_size=6), max_size=4))
@example([{"id": "\x00", "name": "\ud800", "url": "http://[", "status": ["active"]}])
def test_any_json_is_accounted_for(tmp_path: Path, things: list[Any]) -> None:
    rows = rows_of(tmp_path, {**foreign_service(0)}, *things)
    assert rows[0].listing
    assert all(row.listing or row.rejected or row.repeats for row in rows)
    assert all(row.where for row in rows)


@SLOW
@given(
    st.sampled_from(_fields),
    _json,
    st.sampled_from(["addresses", "phones", "name", "number", "byday", "amount", "id", "listing"]),
)
def test_any_value_in_any_field_is_no_trouble(tmp_path: Path, field: str, value: Any, inner: str) -> None:
    for changed in (value, [{inner: value}], {inner: value}, {inner: [{inner: value}]}):
        assert rows_of(tmp_path, {**foreign_service(0), field: changed})


@given(st.lists(_json, max_size=5), st.booleans(), st.integers(0, 3) | st.none())
def test_a_file_is_split_where_its_things_begin_and_end(things: list[Any], in_page: bool, indent: int | None) -> None:
    whole = {"total": len(things), "contents": things, "more": [[1], {"a": "]"}]} if in_page else things
    content = json.dumps(whole, indent=indent, allow_nan=False, default=str) if _is_strict(things) else "[]"
    found = split(content.encode())
    assert not found.problem
    parts = [json.loads(content.encode()[part.start : part.end]) for part in found.parts if not part.loose]
    if _is_strict(things):
        assert parts == [thing for thing in things if isinstance(thing, dict | list)]
        scalars = [thing for thing in things if not isinstance(thing, dict | list | str)]
        loose = [
            piece
            for part in found.parts
            if part.loose
            for piece in loose_things(content.encode()[part.start : part.end])
        ]
        assert len(loose) >= len(scalars)


def _is_strict(things: list[Any]) -> bool:
    try:
        json.dumps(things, allow_nan=False)
    except ValueError:
        return False
    return True


@given(st.text(max_size=300), st.integers(20, 60))
def test_no_word_of_a_long_text_is_lost(text: str, most: int) -> None:
    text = " ".join(text.split())
    parts = list(pieces(text, most))
    assert all(0 < len(part) <= most for part in parts)
    assert "".join("".join(parts).split()).replace("…", "") == "".join(text.split()).replace("…", "")
    assert beginning(text, len(text)) == (text, "")


@given(st.text(max_size=100))
def test_markup_never_comes_through(text: str) -> None:
    told, _ = plain(f"<b>{text}</b><img src=x onerror='x()'>")
    assert "<img" not in told
    assert "onerror" not in told or "onerror" in text
