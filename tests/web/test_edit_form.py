"""The fields of the form and what they stand for: nothing is lost on the way there and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.actions.editing.drafts import Managed
from app.directory.editing.edit_checks import normalised
from app.directory.editing.edited import SECTIONS, Edited, EditedContact, EditedRoute, EditedTime, edited_of
from app.web.manage.change_words import choices_in
from app.web.manage.edit import form_page
from app.web.manage.edit_form import Choices, date_parts, parts_of, place_after, week
from tests.seeds import published_seed, seed_catalogue
from tests.web.filled_form import filled_form
from tests.web.manage_site import manage_site

CHOICES = Choices({"find_job": "Find a job", "skills": "Skills"}, {"free": "Is it free?"}, {"iwork": "iWork"})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """No test here writes to its database."""
    folder: Path = tmp_path_factory.mktemp("site")
    with manage_site(folder) as app:
        yield app


@pytest.mark.parametrize("section", SECTIONS)
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(site: Flask, section: str) -> None:
    for id_, listing in published_seed().listings.items():
        shown = edited_of(listing)
        with site.test_request_context():
            form = filled_form(form_page(section, Managed(listing, 1, None), shown, ()).get_data(as_text=True))
        assert form["seen"], id_
        sent = parts_of(section, form, shown, choices_in(seed_catalogue(), id_))
        assert normalised(shown.model_copy(update=sent)) == shown, id_


def read(section: str, *fields: tuple[str, str], shown: Edited | None = None) -> Edited:
    """The draft after a form with these fields."""
    before = shown or Edited()
    return before.model_copy(update=parts_of(section, MultiDict(list(fields)), before, CHOICES))


def test_a_row_that_is_ticked_to_be_taken_out_is_gone() -> None:
    edited = read(
        "offers", ("offers-0", "One."), ("offers-1", "Two."), ("offers-1-remove", "yes"), ("offers-2", "Three.")
    )
    assert edited.offers == ("One.", "Three.")


def test_a_row_moves_up_over_the_one_before_it() -> None:
    rows = [("offers-0", "One."), ("offers-1", "Two."), ("offers-2", "Three.")]
    assert read("offers", *rows, ("act", "up-offers-2")).offers == ("One.", "Three.", "Two.")
    assert read("offers", *rows, ("act", "up-offers-0")).offers == ("One.", "Two.", "Three.")
    assert read("offers", *rows, ("act", "up-offers-9")).offers == ("One.", "Two.", "Three.")


def test_rows_count_as_numbers_and_not_as_texts() -> None:
    edited = read("notes", *[(f"notes-{number}", f"Note {number}.") for number in range(12)])
    assert edited.notes[2:4] == ("Note 2.", "Note 3.")
    assert edited.notes[-1] == "Note 11."


def test_a_contact_is_read_with_all_its_parts() -> None:
    fields = {"type": "phone", "value": "020 7946 0000", "hours": "9 to 5", "note": "Ask.", "professionals": "yes"}
    edited = read("contacts", *[(f"contacts-0-{part}", text) for part, text in fields.items()])
    whole = EditedContact(type="phone", value="020 7946 0000", hours="9 to 5", note="Ask.", professionals=True)
    assert edited.contacts == (whole,)


def test_what_is_chosen_is_one_of_the_choices() -> None:
    assert read("contacts", ("contacts-0-type", "<b>"), ("contacts-0-value", "x")).contacts[0].type == ""
    assert read("referral", ("referral-0-route", "self"), ("referral-0-text", "Ring.")).referral == (
        EditedRoute(route="self", text="Ring."),
    )
    assert read("area", ("area", "camden"), ("area", "the-moon")).area == ("camden",)
    assert read("offers", ("goals", "skills"), ("goals", "everything")).goals == ("skills",)
    assert read("open", ("status", "secret")).status == ""
    assert read("open", ("see_instead-0", "iwork"), ("see_instead-1", "nowhere")).see_instead == ("iwork", "")
    assert (
        read("practical", ("practical-free-answer", "maybe"), ("practical-free-text", "It is."))
        .practical["free"]
        .answer
        == ""
    )


def test_what_was_chosen_keeps_its_order_and_stays_a_choice() -> None:
    shown = Edited(goals=("skills", "find_job"), see_instead=("closed-since",))
    kept = read("offers", ("goals", "find_job"), ("goals", "skills"), shown=shown)
    assert kept.goals == ("skills", "find_job")
    assert read("open", ("see_instead-0", "closed-since"), shown=shown).see_instead == ("closed-since",)


def test_fields_of_other_parts_are_not_read() -> None:
    shown = Edited(name="Harbour", status="live")
    taken = parts_of(
        "notes", MultiDict({"name": "Ours", "status": "closed", "rules": "x", "role": "admin"}), shown, CHOICES
    )
    assert set(taken) == {"notes", "unknown"}


def test_a_date_may_be_a_year_a_month_or_a_day_and_nonsense_stays() -> None:
    def opened(day: str, month: str, year: str) -> str:
        return read("open", ("opened-day", day), ("opened-month", month), ("opened-year", year)).opened

    assert opened("", "", "2024") == "2024"
    assert opened("", "3", "2024") == "2024-3"
    assert opened(" 1 ", "3", "2024") == "2024-3-1"
    assert opened("", "", "") == ""
    for typed in ("2024", "2024-3", "2024-3-1", "2024--1", "soon", "-3-1"):
        parts = date_parts(typed)
        assert opened(parts["day"], parts["month"], parts["year"]) == typed


def test_each_day_has_two_places_and_shows_more_where_more_is_kept() -> None:
    times = tuple(
        EditedTime(day=day, opens=o, closes="x") for day, o in [("monday", "1"), ("monday", "2"), ("monday", "3")]
    )
    monday, tuesday, *_ = week(times)
    assert [span[1] for span in monday.spans] == ["1", "2", "3"]
    assert [span[1] for span in tuesday.spans] == ["", ""]
    numbers = [span[0] for day in week(times) for span in day.spans]
    assert len(numbers) == len(set(numbers))


def test_mondays_times_are_copied_to_the_working_days_alone() -> None:
    fields = [("hours-0-day", "monday"), ("hours-0-opens", "9am"), ("hours-0-closes", "5pm")]
    fields += [("hours-1-day", "friday"), ("hours-1-opens", "10am"), ("hours-1-closes", "11am")]
    fields += [("hours-2-day", "saturday"), ("hours-2-opens", "10am"), ("hours-2-closes", "1pm")]
    times = normalised(read("hours", *fields, ("act", "copy-monday"))).hours
    assert [(time.day, time.opens) for time in times] == [
        *((day, "09:00") for day in ("monday", "tuesday", "wednesday", "thursday", "friday")),
        ("saturday", "10:00"),
    ]


def test_after_a_button_the_page_opens_where_it_was_pressed() -> None:
    edited = Edited(offers=("One.",), contacts=(EditedContact(),))
    assert place_after("add-offers", edited) == ("offers", "offers-1")
    assert place_after("add-contacts", edited) == ("contacts", "contacts-1-type")
    assert place_after("up-offers-1", edited) == ("", "offers-row-0")
    assert place_after("save", edited) == ("", "")
    assert place_after("add-everything", edited) == ("", "")
