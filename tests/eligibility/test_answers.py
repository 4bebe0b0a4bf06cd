"""What a person said: read, refused with a sentence, and completed."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.eligibility.answers import AnswerError, Span, applies, read_answers, with_answer, with_change
from app.eligibility.questions import Implication
from tests.eligibility.worlds import QUESTIONNAIRE, raw_answers


def test_an_unanswered_question_is_open() -> None:
    answers = read_answers(QUESTIONNAIRE, {})
    assert not any(answers.settled(question) for question in QUESTIONNAIRE)


@pytest.mark.parametrize("open_answer", ["not_sure", "prefer_not_to_say"])
def test_an_open_answer_is_never_a_no_and_is_not_asked_again(open_answer: str) -> None:
    answers = read_answers(QUESTIONNAIRE, {"health": open_answer, "conditions": open_answer})
    assert answers.settled(QUESTIONNAIRE["health"])
    assert answers.settled(QUESTIONNAIRE["conditions"])
    assert "health" not in answers.one
    assert not answers.no


def test_what_is_not_named_in_a_list_is_no() -> None:
    answers = read_answers(QUESTIONNAIRE, {"conditions": ["autism"]})
    assert answers.yes == {("conditions", "autism")}
    assert answers.no == {("conditions", "cancer")}


def test_a_condition_means_ill_health() -> None:
    assert read_answers(QUESTIONNAIRE, {"conditions": ["cancer"]}).one["health"] == "yes"


def test_what_follows_replaces_an_open_answer() -> None:
    answers = read_answers(QUESTIONNAIRE, {"conditions": ["cancer"], "health": "not_sure"})
    assert answers.one["health"] == "yes"
    assert "health" not in answers.unsure


def test_good_health_means_no_condition() -> None:
    answers = read_answers(QUESTIONNAIRE, {"health": "no"})
    assert answers.settled(QUESTIONNAIRE["conditions"])
    assert not applies(QUESTIONNAIRE["conditions"], answers)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(16, 16, 17), ("16", 16, 17), ("16-18", 16, 19), ("18+", 18, 21), (" 15 ", 15, 16)],
)
def test_an_age_is_whole_years_or_a_band(value: object, low: int, high: int) -> None:
    assert read_answers(QUESTIONNAIRE, {"age": value}).number["age"] == Span(low, high)


@pytest.mark.parametrize(
    ("raw", "question"),
    [
        ({"shoe_size": 42}, "shoe_size"),
        ({"lives_in": "atlantis"}, "lives_in"),
        ({"lives_in": 3}, "lives_in"),
        ({"lives_in": ["camden"]}, "lives_in"),
        ({"lives_in": None}, "lives_in"),
        ({"conditions": "autism"}, "conditions"),
        ({"conditions": []}, "conditions"),
        ({"conditions": ["none", "autism"]}, "conditions"),
        ({"conditions": [["autism"]]}, "conditions"),
        ({"age": 200}, "age"),
        ({"age": -1}, "age"),
        ({"age": 16.5}, "age"),
        ({"age": True}, "age"),
        ({"age": "18-16"}, "age"),
        ({"age": "sixteen"}, "age"),
        ({"age": "²"}, "age"),
        ({"age": 10**400}, "age"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(raw: dict[str, object], question: str) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answers(QUESTIONNAIRE, raw)
    assert caught.value.questions == (question,)
    assert caught.value.message.endswith(".")


def test_contradictions_name_both_questions() -> None:
    with pytest.raises(AnswerError) as caught:
        read_answers(QUESTIONNAIRE, {"health": "no", "conditions": ["cancer"]})
    assert set(caught.value.questions) == {"health", "conditions"}


@given(raw_answers())
def test_reading_in_any_order_and_one_by_one_comes_to_the_same(raw: dict[str, object]) -> None:
    whole = read_answers(QUESTIONNAIRE, raw)
    backwards = read_answers(QUESTIONNAIRE, dict(reversed(raw.items())))
    step_by_step = read_answers(QUESTIONNAIRE, {})
    for question, value in raw.items():
        step_by_step = with_answer(QUESTIONNAIRE, step_by_step, QUESTIONNAIRE[question], value)
    assert whole == backwards
    assert (whole.one, whole.yes, whole.no, whole.number) == (
        step_by_step.one,
        step_by_step.yes,
        step_by_step.no,
        step_by_step.number,
    )


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*QUESTIONNAIRE.questions, "other"]), _json, max_size=4))
def test_any_json_is_read_or_refused_and_never_breaks(raw: dict[str, object]) -> None:
    with suppress(AnswerError):
        read_answers(QUESTIONNAIRE, raw)


def test_an_answer_keeps_its_place_when_it_changes() -> None:
    raw, dropped = with_change(QUESTIONNAIRE, {"lives_in": "camden", "health": "yes"}, "lives_in", "enfield")
    assert list(raw.items()) == [("lives_in", "enfield"), ("health", "yes")]
    assert dropped == ()


def test_the_newest_answer_wins_over_what_contradicts_it() -> None:
    raw, dropped = with_change(QUESTIONNAIRE, {"health": "no", "age": "18"}, "conditions", ["cancer"])
    assert (raw, dropped) == ({"age": "18", "conditions": ["cancer"]}, ("health",))


def test_the_newest_answer_wins_also_where_only_what_follows_contradicts() -> None:
    """Neither answer is about health; each says something else of it."""
    further = (
        Implication("lives_in", frozenset({"camden"}), "health", ("yes",)),
        Implication("goals", frozenset({"talk"}), "health", ("no",)),
    )
    linked = replace(QUESTIONNAIRE, implications=further)
    assert with_change(linked, {"age": 18, "lives_in": "camden"}, "goals", ["talk"]) == (
        {"age": 18, "goals": ["talk"]},
        ("lives_in",),
    )


def test_what_hangs_on_a_changed_answer_goes_with_it_also_when_it_was_withheld() -> None:
    for told in (["cancer"], "prefer_not_to_say"):
        raw, dropped = with_change(QUESTIONNAIRE, {"health": "yes", "conditions": told, "age": 18}, "health", "no")
        assert (raw, dropped) == ({"health": "no", "age": 18}, ("conditions",))


def test_an_answer_to_what_makes_no_sense_beside_the_others_says_nothing() -> None:
    withheld = read_answers(QUESTIONNAIRE, {"health": "no", "conditions": "not_sure"})
    assert withheld == read_answers(QUESTIONNAIRE, {"health": "no"})
