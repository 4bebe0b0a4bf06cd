"""Whoever edits a listing is told what is wrong, where, and what to do; and what passes can be published."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from app.directory.editing.edit_checks import Known, Mistake, mistakes, normalised
from app.directory.editing.edited import (
    Edited,
    EditedAnswer,
    EditedContact,
    EditedRoute,
    EditedTime,
    edited_of,
)
from app.directory.editing.sourcing import listing_of, statement
from app.directory.listing import Listing, PracticalId
from app.exchange.seed.checks import check_seed
from app.exchange.seed.files import SeedFiles, read_seed
from app.exchange.seed.plain_yaml import Document
from tests.directory.edits import GOALS, LISTINGS, MESSY, QUESTIONNAIRE, changed
from tests.seeds import SEED, published_seed

STATUSES = {listing.id: listing.status for listing in LISTINGS}
OPEN = [id_ for id_, status in STATUSES.items() if status == "live"]
CLOSED = [id_ for id_, status in STATUSES.items() if status == "closed"]
WORKWELL = published_seed().listings["workwell-ncl"]
GOOD = edited_of(WORKWELL)


def known(listing: Listing = WORKWELL) -> Known:
    return Known(
        own=listing.id,
        goals=GOALS,
        listings=STATUSES,
        practical=get_args(PracticalId),
        today=date(2026, 11, 22),
        has_doors=bool(listing.reach_through),
        questionnaire=QUESTIONNAIRE,
    )


def wrong(**fields: Any) -> list[Mistake]:
    """What is wrong with a good listing after some of its fields were typed anew."""
    return list(mistakes(normalised(GOOD.model_copy(update=fields)), known()))


def places(**fields: Any) -> list[str]:
    return [mistake.place for mistake in wrong(**fields)]


def one(type_: str, value: str) -> tuple[EditedContact, ...]:
    return (*GOOD.contacts, EditedContact(type=type_, value=value))


LAST = f"contacts-{len(GOOD.contacts)}-value"


# The promise


@cache
def _files() -> SeedFiles:
    files = read_seed(SEED)
    used = ("questions", "organisations", "papers")
    return replace(files, reference={name: files.reference[name] for name in used})


def _seed_problems(listing: Listing) -> list[str]:
    """What the checks of the files say of a listing, beside those that it leads to."""
    files = _files()
    led_to = {*listing.successors, *listing.see_instead, *(door.service for door in listing.reach_through)}
    body = listing.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    mine = Document("mine", body, {})
    others = [one for one in files.services if one.data["id"] in led_to - {listing.id}]
    _, problems = check_seed(replace(files, services=[mine, *others]))
    return [
        problem.message for problem in problems if problem.file == "mine" and "and the file is" not in problem.message
    ]


@settings(max_examples=150)
@given(st.sampled_from(LISTINGS).flatmap(lambda listing: st.tuples(st.just(listing), changed(edited_of(listing), 2))))
def test_what_passes_can_be_published_and_passes_the_checks_of_the_files(pair: tuple[Listing, Edited]) -> None:
    listing, typed = pair
    edited = normalised(typed)
    if mistakes(edited, known(listing)):
        event("refused")
        return
    event("published")
    result = listing_of(edited, listing, statement(listing.organisation, "2026-11-22"))
    assert _seed_problems(result) == []


@given(MESSY)
def test_nothing_that_can_be_typed_breaks_it(typed: Edited) -> None:
    edited = normalised(typed)
    for mistake in mistakes(edited, known()):
        assert mistake.sentence.endswith((".", "”"))
        begins = "who" if mistake.field == "rules" else mistake.field
        assert mistake.place == begins or mistake.place.startswith(f"{begins}-")


@given(MESSY)
def test_tidying_twice_changes_nothing_more(typed: Edited) -> None:
    assert normalised(normalised(typed)) == normalised(typed)


@given(MESSY)
def test_what_is_tidied_can_be_kept_in_either_database(typed: Edited) -> None:
    written = normalised(typed).model_dump_json()
    assert "\\u0000" not in written
    written.encode()


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.id)
def test_the_listings_that_are_public_need_nothing_but_a_way_to_get_in_touch(listing: Listing) -> None:
    edited = edited_of(listing)
    assert normalised(edited) == edited
    found = {mistake.place for mistake in mistakes(edited, known(listing))}
    assert found <= ({"contacts"} if not listing.public_contacts else set())


# What is put right


def test_spaces_and_empty_rows_are_put_right() -> None:
    edited = normalised(
        Edited(
            name="  Work \n Well\0 ",
            offers=("", " A coach. ", "\t"),
            contacts=(EditedContact(), EditedContact(type="phone", value=" 020  7946 0000 ")),
            practical={"free": EditedAnswer(answer="", text=" ")},
            referral=(EditedRoute(), EditedRoute(route="self", text="Call us.")),
            hours=(EditedTime(day="monday"), EditedTime(day="tuesday", opens="9", closes="5")),
        )
    )
    assert edited == Edited(
        name="Work Well",
        offers=("A coach.",),
        contacts=(EditedContact(type="phone", value="020 7946 0000"),),
        referral=(EditedRoute(route="self", text="Call us."),),
        hours=(EditedTime(day="tuesday", opens="09:00", closes="17:00"),),
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (("9", "5"), ("09:00", "17:00")),
        (("9am", "5pm"), ("09:00", "17:00")),
        (("9.30", "17:00"), ("09:30", "17:00")),
        (("0930", "1.15 p.m."), ("09:30", "13:15")),
        (("10", "2"), ("10:00", "14:00")),
        (("22", "6"), ("22:00", "06:00")),
        (("noon", "midnight"), ("12:00", "00:00")),
        (("12am", "12pm"), ("00:00", "12:00")),
        (("2pm", "4"), ("14:00", "16:00")),
    ],
)
def test_times_can_be_typed_as_people_write_them(typed: tuple[str, str], read: tuple[str, str]) -> None:
    (time,) = normalised(Edited(hours=(EditedTime(day="monday", opens=typed[0], closes=typed[1]),))).hours
    assert (time.opens, time.closes) == read


@pytest.mark.parametrize("typed", [("2", "4"), ("25:00", "17:00"), ("soon", "17:00"), ("9", "13pm"), ("9", "")])
def test_a_time_that_could_be_another_is_asked_for_again(typed: tuple[str, str]) -> None:
    found = wrong(hours=(EditedTime(day="monday", opens=typed[0], closes=typed[1]),))
    assert found
    assert all("am or pm" in mistake.sentence for mistake in found)


def test_times_are_put_in_the_order_of_the_week() -> None:
    times = [("friday", "9", "5"), ("monday", "1pm", "5"), ("monday", "9", "12")]
    edited = normalised(Edited(hours=tuple(EditedTime(day=day, opens=a, closes=b) for day, a, b in times)))
    assert [(time.day, time.opens) for time in edited.hours] == [
        ("monday", "09:00"),
        ("monday", "13:00"),
        ("friday", "09:00"),
    ]


def test_a_web_address_can_be_typed_without_its_beginning() -> None:
    assert normalised(Edited(contacts=one("web", "www.example.org/jobs"))).contacts[-1].value == (
        "https://www.example.org/jobs"
    )


def test_a_number_is_written_so_that_a_telephone_can_dial_it() -> None:
    assert normalised(Edited(contacts=one("phone", "+44 (0)20-7946-0000"))).contacts[-1].value == "+44 20 7946 0000"


# What is wrong


@pytest.mark.parametrize(
    "number",
    [
        "020 7946 0000",
        "0300 123 1100",
        "0800 1111",
        "0808 808 00 00",
        "116 123",
        "111",
        "+44 20 7946 0000",
        "07700 900123",
        "18001 then 0800 121 7479",
        "020 7946 0000 ext. 12",
        "020 7946 0000 option 2",
    ],
)
def test_phone_numbers_that_people_use(number: str) -> None:
    assert not wrong(contacts=one("phone", number))


@pytest.mark.parametrize(
    "number", ["7946 0000", "020 7946", "call us", "020 7946 0000 or 020 7946 0001", "85258", "\uff10\uff12\uff10"]
)
def test_what_is_no_phone_number(number: str) -> None:
    assert wrong(contacts=one("phone", number)) == [
        Mistake("contacts", LAST, "Enter the phone number with its area code, such as 020 7946 0000.")
    ]


def test_a_short_code_is_for_texts() -> None:
    assert not wrong(contacts=one("text", "85258"))
    assert places(contacts=one("text", "852")) == [LAST]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.org",
        "https://",
        "https://[",
        "https://help@example.org",
        "https://example.org:99999/",
        "https://example.org/<script>",
        "our site",
        "//example.org",
    ],
)
def test_what_is_no_web_address(address: str) -> None:
    assert places(contacts=one("web", address)) == [LAST]


@pytest.mark.parametrize("address", ["help@example", "help", "help@example.org?bcc=you@example.org", "a b@example.org"])
def test_what_is_no_email_address(address: str) -> None:
    assert places(contacts=one("email", address)) == [LAST]


def test_an_email_address_is_accepted() -> None:
    assert not wrong(contacts=one("email", "Work.Well+help@example.nhs.uk"))


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"summary": "…"}, "summary"),
        ({"summary": "x" * 601}, "summary"),
        ({"status_note": " "}, "status_note"),
        ({"area": ()}, "area"),
        ({"area": ("atlantis",)}, "area"),
        ({"goals": ("fly",)}, "goals"),
        ({"offers": ("Tea.", "tea.")}, "offers-1"),
        ({"offers": ("x" * 601,)}, "offers-0"),
        ({"offers": tuple(f"Offer {number}." for number in range(41))}, "offers"),
        ({"aliases": tuple(f"Name {number}" for number in range(13))}, "aliases"),
        ({"languages": ("Somali", "somali")}, "languages-1"),
        ({"contacts": (EditedContact(type="phone", value="020 7946 0000", professionals=True),)}, "contacts"),
        ({"contacts": (*GOOD.contacts, EditedContact(type="fax", value="1"))}, f"contacts-{len(GOOD.contacts)}-type"),
        ({"contacts": (*GOOD.contacts, GOOD.contacts[0])}, LAST),
        ({"hours": (EditedTime(day="someday", opens="9", closes="5"),)}, "hours-0-day"),
        ({"practical": {"free": EditedAnswer(answer="yes")}}, "practical-free-text"),
        ({"practical": {"free": EditedAnswer(answer="maybe", text="It is.")}}, "practical-free-answer"),
        ({"practical": {"weather": EditedAnswer(text="It is.")}}, "practical-weather"),
        ({"referral": (EditedRoute(route="pigeon", text="By pigeon."),)}, "referral-0-route"),
        ({"referral": (EditedRoute(route="gp"),)}, "referral-0-text"),
        ({"opened": "2026-02-30"}, "opened"),
        ({"opened": "1066"}, "opened"),
        ({"opened": "2036"}, "opened"),
        ({"status": "perhaps"}, "status"),
        ({"closed": "2026-03"}, "closed"),
        ({"successors": (OPEN[0],)}, "successors"),
        ({"see_instead": ("workwell-ncl",)}, "see_instead-0"),
        ({"see_instead": ("nowhere",)}, "see_instead-0"),
        ({"see_instead": (CLOSED[0],)}, "see_instead-0"),
        ({"status": "closed", "see_instead": ()}, "see_instead"),
        ({"status": "closed", "successors": (CLOSED[0],)}, "see_instead"),
        ({"status": "closed", "see_instead": (OPEN[0],), "opened": "2026-03", "closed": "2026-02"}, "closed"),
    ],
)
def test_each_mistake_is_told_at_its_place(fields: dict[str, Any], place: str) -> None:
    assert places(**fields) == [place]


def test_times_that_overlap_are_told_also_over_night() -> None:
    week = [("monday", "02:00", "03:00"), ("monday", "09:00", "12:00"), ("monday", "11:00", "13:00")]
    times = tuple(EditedTime(day=day, opens=a, closes=b) for day, a, b in [*week, ("sunday", "22:00", "02:30")])
    assert places(hours=times) == ["hours-2-opens", "hours-3-opens"]


def test_two_times_that_touch_are_no_mistake() -> None:
    times = (("monday", "09:00", "12:00"), ("monday", "12:00", "17:00"))
    assert not wrong(hours=tuple(EditedTime(day=day, opens=a, closes=b) for day, a, b in times))


def test_a_service_can_be_closed_with_a_day_and_somewhere_to_go() -> None:
    assert not wrong(status="closed", closed="2026-11-1", successors=(OPEN[0], CLOSED[0]))


def test_a_service_that_others_lead_to_needs_no_contact() -> None:
    edited = GOOD.model_copy(update={"contacts": ()})
    assert not mistakes(edited, replace(known(), has_doors=True))
    assert [mistake.place for mistake in mistakes(edited, replace(known(), has_doors=False))] == ["contacts"]
