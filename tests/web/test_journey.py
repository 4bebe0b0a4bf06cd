"""The wizard's plain functions."""

import yaml

from app.eligibility.questions import questionnaire_from
from app.web.journey import answer_in_words, choices, may_see_results, question_before, with_change
from tests.web.site import SEED

QUESTIONNAIRE = questionnaire_from(yaml.safe_load((SEED / "questions.yaml").read_text()))


def test_an_answer_keeps_its_place_when_it_changes() -> None:
    raw, dropped = with_change(QUESTIONNAIRE, {"lives_in": "camden", "health": "yes"}, "lives_in", "barnet")
    assert list(raw.items()) == [("lives_in", "barnet"), ("health", "yes")]
    assert dropped == ()


def test_the_newest_answer_wins_over_what_contradicts_it() -> None:
    given: dict[str, object] = {"health": "no", "age": "42"}
    raw, dropped = with_change(QUESTIONNAIRE, given, "conditions", ["skin"])
    assert (raw, dropped) == ({"age": "42", "conditions": ["skin"]}, ("health",))


def test_what_hangs_on_a_changed_answer_goes_with_it() -> None:
    given: dict[str, object] = {"work_status": "unemployed", "out_of_work_for": "under_12_months", "health": "yes"}
    raw, dropped = with_change(QUESTIONNAIRE, given, "work_status", "in_work")
    assert dropped == ("out_of_work_for",)
    assert "health" in raw


def test_a_withheld_answer_goes_too_when_its_question_no_longer_applies() -> None:
    given: dict[str, object] = {"health": "yes", "conditions": "prefer_not_to_say", "disabled": "not_sure"}
    assert with_change(QUESTIONNAIRE, given, "health", "no")[1] == ("conditions", "disabled")


def test_question_before() -> None:
    raw: dict[str, object] = {"asking_for": "me", "age": "42"}
    assert [question_before(raw, id_) for id_ in ("asking_for", "age", "health")] == [None, "asking_for", "age"]


def test_may_see_results() -> None:
    assert not may_see_results({"asking_for": "me", "age": "42"})
    assert may_see_results({"age": "42", "health": "not_sure"})


def test_answer_in_words() -> None:
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["lives_in"], "camden") == ("Camden",)
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["age"], "42") == ("42",)
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["benefits"], ["none"]) == ("None of these",)
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["health"], "not_sure") == ("I'm not sure",)


def test_choices_put_the_answers_that_stand_alone_last() -> None:
    items = choices(QUESTIONNAIRE["benefits"], QUESTIONNAIRE.open_answers, ["pip"])
    assert [item.get("value", "or") for item in items][-4:] == ["or", "none", "not_sure", "prefer_not_to_say"]
    assert [item["value"] for item in items if item.get("checked")] == ["pip"]
    assert "or" not in [item.get("divider") for item in choices(QUESTIONNAIRE["asking_for"], (), [])]
