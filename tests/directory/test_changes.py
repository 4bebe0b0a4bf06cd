"""What somebody changed in a listing can be looked at, and accepted, piece by piece."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.directory.editing.changes import Change, changes, with_changes
from app.directory.editing.edited import Edited, EditedAnswer, EditedContact, EditedRoute, EditedTime
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from app.directory.editing.rule_periods import from_today
from app.directory.editing.tidying import normalised
from tests.directory.edits import MESSY, changed

PAIRS = MESSY.flatmap(lambda edited: st.tuples(st.just(edited), changed(edited, 8) | MESSY))
PHONE = EditedContact(type="phone", value="020 7946 0000", hours="Mon to Fri", note="A note.", professionals=True)
PAGE = EditedContact(type="web", value="https://example.org/")


@given(PAIRS)
def test_accepting_nothing_leaves_everything_as_it_was(pair: tuple[Edited, Edited]) -> None:
    before, after = pair
    assert with_changes(before, after, ()) == before


@given(PAIRS)
def test_accepting_everything_gives_what_was_written(pair: tuple[Edited, Edited]) -> None:
    before, after = pair
    assert with_changes(before, after, {change.id for change in changes(before, after)}) == after


@given(PAIRS, st.randoms(use_true_random=False))
def test_accepting_some_changes_and_later_the_rest_gives_what_was_written(
    pair: tuple[Edited, Edited], random: Random
) -> None:
    before, after = pair
    some = {change.id for change in changes(before, after) if random.random() < 0.5}
    halfway = with_changes(before, after, some)
    rest = {change.id for change in changes(halfway, after)}
    assert with_changes(halfway, after, rest) == after
    fields = {change.field for change in changes(before, after) if change.id not in some}
    assert {change.field for change in changes(halfway, after)} == fields


@given(MESSY)
def test_what_stands_as_it_stood_is_no_change(edited: Edited) -> None:
    assert changes(edited, edited.model_copy(deep=True)) == ()


@given(PAIRS)
def test_every_change_has_an_id_of_its_own_which_is_the_same_each_time(pair: tuple[Edited, Edited]) -> None:
    found = changes(*pair)
    assert len({change.id for change in found}) == len(found)
    assert changes(*pair) == found


def test_a_new_sentence_is_shown_beside_the_old_one() -> None:
    assert changes(Edited(summary="A coach."), Edited(summary="Two coaches.")) == (
        Change("summary", "summary", "", ("A coach.",), ("Two coaches.",)),
    )


def test_a_contact_is_shown_in_one_line_with_everything_that_is_said_of_it() -> None:
    (change,) = changes(Edited(contacts=(PAGE,)), Edited(contacts=(PAGE, PHONE)))
    assert change == Change(
        "contacts-0", "contacts", "", (), ("Phone 020 7946 0000 (Mon to Fri). A note. For professionals",)
    )


def test_each_practical_question_is_a_change_of_its_own() -> None:
    before = Edited(
        practical={"free": EditedAnswer(answer="yes", text="It is free."), "wait": EditedAnswer(text="A week.")}
    )
    after = Edited(practical={"free": EditedAnswer(answer="no", text="It costs £5.")})
    found = {change.id: change for change in changes(before, after)}
    assert found["practical-free"] == Change(
        "practical-free", "practical", "free", ("Yes. It is free.",), ("No. It costs £5.",)
    )
    assert found["practical-wait"].after == ()
    assert with_changes(before, after, {"practical-wait"}).practical == {"free": before.practical["free"]}


def test_two_parts_of_a_list_are_accepted_apart() -> None:
    before = Edited(offers=("One.", "Two.", "Three."))
    after = Edited(offers=("First.", "Two.", "Three.", "Four."))
    assert [change.id for change in changes(before, after)] == ["offers-0", "offers-1"]
    assert with_changes(before, after, {"offers-1"}).offers == ("One.", "Two.", "Three.", "Four.")


@pytest.mark.parametrize("field", ["goals", "area", "successors", "see_instead"])
def test_choices_are_accepted_together(field: str) -> None:
    found = changes(*(Edited().model_copy(update={field: chosen}) for chosen in (("a", "b", "c"), ("x", "b", "y"))))
    assert [(change.id, change.before, change.after) for change in found] == [
        (field, ("a", "b", "c"), ("x", "b", "y")),
    ]


# Rules

ADULTS = EditedCondition(question="age", at_least="18", text="For people aged 18 and over.")
CAMDEN = EditedCondition(question="lives_in", any_of=("camden",), text="For people who live in Camden.")
CARERS = EditedCondition(question="situation", any_of=("carer",), text="Made for carers.")
CRISIS = EditedCondition(ask="Is it urgent?", text="Not for urgent help.")
RULE = EditedRule(everyone=(ADULTS,), routes=((CAMDEN,), (CARERS, CRISIS)), exclusions=(CRISIS,), made_for=(CARERS,))


def ruled(*rules: EditedRule) -> Edited:
    return Edited(rules=rules)


def test_each_part_of_a_rule_is_accepted_apart_and_told_in_sentences() -> None:
    paged = CAMDEN.model_copy(update={"page": "https://example.org/who"})
    after = EditedRule(everyone=(ADULTS, CAMDEN), routes=((paged,), (CARERS, CRISIS), (CRISIS,)), exclusions=(CRISIS,))
    adults, camden = "Everybody: For people aged 18 and over.", "For people who live in Camden."
    assert changes(ruled(RULE), ruled(after)) == (
        Change("rules-0-everyone", "rules", "", (adults,), (adults, f"Everybody: {camden}")),
        Change(
            "rules-0-routes-0",
            "rules",
            "",
            (f"A way in: {camden}",),
            (f"A way in: {camden} (https://example.org/who)",),
        ),
        Change("rules-0-routes-1", "rules", "", (), ("A way in: Not for urgent help.",)),
        Change("rules-0-made_for", "rules", "", ("Made for: Made for carers.",), ()),
    )
    some = with_changes(ruled(RULE), ruled(after), {"rules-0-routes-1", "rules-0-made_for"})
    assert some == ruled(RULE.model_copy(update={"routes": (*RULE.routes, (CRISIS,)), "made_for": ()}))


def test_a_line_that_asks_for_something_else_in_the_same_words_does_not_pass_unseen() -> None:
    wider = CAMDEN.model_copy(update={"any_of": ("camden", "outside_ncl")})
    (change,) = changes(ruled(EditedRule(everyone=(CAMDEN,))), ruled(EditedRule(everyone=(wider,))))
    assert change.before == ("Everybody: For people who live in Camden. [lives in: camden]",)
    assert change.after == ("Everybody: For people who live in Camden. [lives in: camden, outside ncl]",)
    older = ADULTS.model_copy(update={"below": "65"})
    (change,) = changes(ruled(EditedRule(everyone=(ADULTS,))), ruled(EditedRule(everyone=(older,))))
    assert change.after == ("Everybody: For people aged 18 and over. [age: from 18, below 65]",)


def test_a_new_period_is_accepted_as_a_whole() -> None:
    before = ruled(EditedRule(everyone=(ADULTS,)))
    after = from_today(before, date(2026, 11, 22))
    (change,) = changes(before, after)
    assert (change.id, change.before) == ("rules", ("At all times. Everybody: For people aged 18 and over.",))
    assert change.after == (
        "Until 21 November 2026. Everybody: For people aged 18 and over.",
        "From 22 November 2026. Everybody: For people aged 18 and over.",
    )
    (change,) = changes(ruled(EditedRule(since="2017-05", until="2018")), ruled())
    assert change.before == ("From May 2017 to 2018. Nothing is said of who can use it.",)


@given(PAIRS)
def test_no_change_of_a_rule_looks_the_same_before_and_after(pair: tuple[Edited, Edited]) -> None:
    before, after = (normalised(one) for one in pair)
    for change in changes(before, after):
        if change.field == "rules":
            assert change.before != change.after


def test_times_ways_in_and_days_are_shown_in_words() -> None:
    after = Edited(
        hours=(EditedTime(day="monday", opens="09:00", closes="17:00"),),
        referral=(EditedRoute(route="gp", text="Ask your GP."),),
        opened="2026-03-01",
        closed="tomorrow",
    )
    assert {change.field: change.after for change in changes(Edited(), after)} == {
        "hours": ("Monday 09:00 to 17:00",),
        "referral": ("gp: Ask your GP.",),
        "opened": ("1 March 2026",),
        "closed": ("tomorrow",),
    }
