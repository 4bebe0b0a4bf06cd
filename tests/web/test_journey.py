"""The wizard's plain functions."""

import yaml

from app.eligibility.questions import questionnaire_from
from app.web.wizard.journey import answer_in_words, choices, may_see_results, question_before
from tests.web.site import SEED

QUESTIONNAIRE = questionnaire_from(yaml.safe_load((SEED / "questions.yaml").read_text()))
BENEFITS, ASKING = QUESTIONNAIRE["benefits"], QUESTIONNAIRE["asking_for"]


def test_question_before() -> None:
    raw: dict[str, object] = {"asking_for": "me", "age": "42"}
    assert [question_before(raw, id_) for id_ in ("asking_for", "age", "health")] == [None, "asking_for", "age"]


def test_may_see_results() -> None:
    assert not may_see_results({"asking_for": "me"})
    assert may_see_results({"asking_for": "me", "health": "not_sure"})


def test_answer_in_words() -> None:
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["lives_in"], "camden") == ("Camden",)
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["age"], "42") == ("42",)
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["age"], "26-110") == ("26 or over",)
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["age"], "10-12") == ("Under 13",)
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["benefits"], ["none"]) == ("None of these",)
    assert answer_in_words(QUESTIONNAIRE, QUESTIONNAIRE["health"], "not_sure") == ("I'm not sure",)


def test_choices_put_the_answers_that_stand_alone_last() -> None:
    items = choices(BENEFITS, BENEFITS.answers, QUESTIONNAIRE.open_answers, ["pip"])
    assert [item.get("value", "or") for item in items][-4:] == ["or", "none", "not_sure", "prefer_not_to_say"]
    assert [item["value"] for item in items if item.get("checked")] == ["pip"]
    assert "or" not in [item.get("divider") for item in choices(ASKING, ASKING.answers, (), [])]
