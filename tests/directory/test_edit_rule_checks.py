"""Whoever writes who can use a service is told what is wrong, at its place, in their own words."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from app.directory.editing.edit_checks import Known, mistakes, normalised
from app.directory.editing.edited import Edited
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from tests.directory.edits import MESSY, QUESTIONNAIRE
from tests.directory.test_edit_checks import GOOD, known

CAMDEN = EditedCondition(question="lives_in", any_of=("camden",), text="For people who live in Camden.")
BARNET = EditedCondition(question="lives_in", any_of=("barnet",), text="For people who live in Barnet.")
TEENS = EditedCondition(question="age", at_least="16", below="20", text="For people aged 16 to 19.")
OLDER = EditedCondition(question="age", at_least="25", below="40", text="For people aged 25 to 39.")
OPEN = EditedCondition(ask="Is it so?", text="For people who are so.")
ID = re.compile(r"“[a-z_]+”")


def found(*rules: EditedRule) -> dict[str, str]:
    """The sentences by their places."""
    edited = normalised(GOOD.model_copy(update={"rules": rules}))
    return {mistake.place: mistake.sentence for mistake in mistakes(edited, known())}


def line(**fields: object) -> EditedRule:
    """A rule with the Camden line, some of it typed anew."""
    return EditedRule(everyone=(EditedCondition.model_validate({**CAMDEN.model_dump(), **fields}),))


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        (line(question=""), "who-everyone-0-question"),
        (line(question="weather"), "who-everyone-0-question"),
        (line(ask="Is it so?"), "who-everyone-0-question"),
        (line(any_of=()), "who-everyone-0-any_of"),
        (line(any_of=("camden", "atlantis")), "who-everyone-0-any_of"),
        (line(at_least="16"), "who-everyone-0-at_least"),
        (line(text=" "), "who-everyone-0-text"),
        (line(text="…"), "who-everyone-0-text"),
        (line(text="x" * 601), "who-everyone-0-text"),
        (line(page="our site"), "who-everyone-0-page"),
        (line(page=f"https://example.org/{'x' * 400}"), "who-everyone-0-page"),
        (line(question="age"), "who-everyone-0-any_of"),
        (line(question="age", any_of=()), "who-everyone-0-at_least"),
        (line(question="age", any_of=(), below="old"), "who-everyone-0-below"),
        (line(question="age", any_of=(), below="-1"), "who-everyone-0-below"),
        (line(question="age", any_of=(), at_least="200"), "who-everyone-0-at_least"),
        (line(question="age", any_of=(), at_least="30", below="20"), "who-everyone-0-at_least"),
        (line(question="", ask="Is it so?"), "who-everyone-0-ask"),
        (line(question="", any_of=(), text="", assume="elderly"), "who-everyone-0-assume"),
        (line(question="", any_of=(), assume="young"), "who-everyone-0-assume"),
        (EditedRule(exclusions=(CAMDEN, BARNET.model_copy(update={"any_of": ()}))), "who-exclusions-1-any_of"),
        (EditedRule(routes=((OPEN,), (CAMDEN, BARNET.model_copy(update={"text": ""})))), "who-routes-1-1-text"),
        (EditedRule(made_for=(BARNET.model_copy(update={"text": ""}),)), "who-made_for-0-text"),
        (EditedRule(since="soon", everyone=(CAMDEN,)), "who-since"),
        (EditedRule(until="2026-02-30", everyone=(CAMDEN,)), "who-until"),
        (EditedRule(everyone=(OPEN,) * 21), "who-everyone"),
        (EditedRule(made_for=(OPEN,) * 21), "who-made_for"),
        (EditedRule(routes=((OPEN,), (OPEN,) * 21)), "who-routes-1"),
        (EditedRule(everyone=(OPEN,) * 11, exclusions=(OPEN,) * 10), "who"),
        (EditedRule(routes=((CAMDEN,),) * 5), "who-routes"),
        (EditedRule(everyone=(CAMDEN, BARNET)), "who-everyone-1"),
        (EditedRule(everyone=(CAMDEN,), exclusions=(CAMDEN,)), "who-exclusions-0"),
        (EditedRule(routes=((CAMDEN,), (CAMDEN, TEENS))), "who-routes-1"),
        (EditedRule(routes=((TEENS,), (OLDER,))), "who-routes-1"),
        (line(question="asking_for", any_of=QUESTIONNAIRE["asking_for"].answer_ids), "who-everyone-0"),
    ],
)
def test_each_mistake_is_told_at_its_line(rule: EditedRule, place: str) -> None:
    assert list(found(rule)) == [place]


@pytest.mark.parametrize(
    "rule",
    [
        EditedRule(everyone=(TEENS,), routes=((OPEN,), (CAMDEN.model_copy(update={"page": "example.org"}),))),
        EditedRule(everyone=(CAMDEN, EditedCondition()), routes=((), (EditedCondition(text=" "),))),
        EditedRule(everyone=(EditedCondition(assume="young"),), made_for=(CAMDEN,)),
    ],
)
def test_what_is_well_is_left_alone(rule: EditedRule) -> None:
    assert found(rule) == {}


def test_ages_can_be_typed_as_people_write_them() -> None:
    typed = [("17½", "17.5"), (" 16 ", "16"), ("16.0", "16"), ("½", "0.5"), ("old", "old"), ("1e3", "1e3")]
    for text, read in typed:
        edited = normalised(Edited(rules=(EditedRule(everyone=(EditedCondition(at_least=text),)),)))
        assert edited.rules[0].everyone[0].at_least == read


def test_an_empty_way_in_does_not_open_the_service_to_everybody() -> None:
    edited = normalised(Edited(rules=(EditedRule(routes=((CAMDEN,), (), (EditedCondition(page=" "),))), EditedRule())))
    assert edited.rules == (EditedRule(routes=((CAMDEN,),)),)


def test_periods_that_meet_are_told() -> None:
    first = EditedRule(until="2026-11-22", everyone=(CAMDEN,))
    second = EditedRule(since="2026-11-22", everyone=(BARNET,))
    assert list(found(first, second)) == ["who"]
    assert found(first, second.model_copy(update={"since": "2026-11-23"})) == {}


def test_a_rule_of_another_day_is_told_as_a_whole() -> None:
    past = EditedRule(until="2020", everyone=(CAMDEN, BARNET))
    assert list(found(past, EditedRule(since="2021", everyone=(CAMDEN,)))) == ["who"]


def test_two_lines_that_cannot_both_be_are_named_by_their_sentences() -> None:
    said = found(EditedRule(everyone=(CAMDEN, BARNET)))["who-everyone-1"]
    assert "“For people who live in Camden.”" in said


def test_a_gap_between_ages_names_the_question_in_words() -> None:
    said = found(EditedRule(routes=((TEENS,), (OLDER,))))["who-routes-1"]
    assert "20 to 24" in said
    assert "“How old are you?”" in said


@given(MESSY)
def test_nobody_is_told_of_ids(typed: Edited) -> None:
    for mistake in mistakes(normalised(typed), known()):
        if mistake.field == "rules":
            assert not any(one.strip("“”") in QUESTIONNAIRE.questions for one in ID.findall(mistake.sentence))


@given(MESSY)
def test_lines_are_checked_also_where_the_questions_are_not_at_hand(typed: Edited) -> None:
    edited = normalised(typed)

    def lines(at_hand: Known) -> set[str]:
        # Who has chosen no answer is told so where the questions are, and elsewhere that the sentence is missing.
        found = (mistake.place for mistake in mistakes(edited, at_hand))
        return {re.sub("-(text|any_of|at_least|question)$", "", place) for place in found}

    assert lines(replace(known(), questionnaire=None)) <= lines(known())
