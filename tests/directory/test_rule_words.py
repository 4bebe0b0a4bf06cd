"""A condition comes with a sentence, so that nobody has to find the words."""

import pytest

from app.directory.editing.edited_rules import EditedCondition, Part
from app.directory.rule_words import sentence_of
from app.eligibility.questions import Question
from tests.directory.edits import QUESTIONNAIRE
from tests.sentences import length

LONGEST = 25
"""Words of a sentence."""
BEGINNINGS: dict[Part, str] = {
    "everyone": "For ",
    "routes": "For ",
    "exclusions": "Not for ",
    "made_for": "Made for ",
}


def on(question: str, *any_of: str, at_least: str = "", below: str = "") -> EditedCondition:
    return EditedCondition(question=question, any_of=any_of, at_least=at_least, below=below)


@pytest.mark.parametrize("question", [*QUESTIONNAIRE], ids=lambda question: question.id)
@pytest.mark.parametrize("part", BEGINNINGS)
def test_every_answer_makes_a_short_sentence(question: Question, part: Part) -> None:
    conditions = [on(question.id, answer) for answer in question.answer_ids] or [on(question.id, at_least="18")]
    for condition in conditions:
        sentence = sentence_of(condition, part, QUESTIONNAIRE)
        assert sentence.startswith(BEGINNINGS[part])
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert length(sentence, ()) <= LONGEST


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (on("lives_in", "islington", "camden"), "For people who live in Camden or Islington."),
        (on("gp_borough", "no_gp"), "For people who have no GP."),
        (on("gp_borough", "no_gp", "camden"), "For people with a GP in Camden or no GP at all."),
        (on("conditions", "autism"), "For autistic people."),
        (on("conditions", "autism", "diabetes", "epilepsy"), "For people with diabetes, epilepsy or autism."),
        (on("situation", "care_leaver", "refugee"), "For people who were in care as children or came as refugees."),
        (on("age", at_least="16", below="26"), "For people aged 16 to 25."),
        (on("age", at_least="16"), "For people aged 16 and over."),
        (on("age", below="26"), "For people aged under 26."),
        (on("age", at_least="17.5"), "For people aged 17½ and over."),
        (on("age", at_least="17½", below="25"), "For people aged 17½ and over, and under 25."),
        (on("age", at_least="18", below="19"), "For people aged 18."),
        (EditedCondition(assume="working_age"), "For people aged 16 and over."),
        (on("lives_in"), ""),
        (on("age"), ""),
        (on("age", at_least="many"), ""),
        (on("lives_in", "atlantis"), ""),
        (on("weather", "rain"), ""),
        (EditedCondition(ask="Is it raining?"), ""),
    ],
)
def test_the_sentence_says_what_was_chosen(condition: EditedCondition, sentence: str) -> None:
    assert sentence_of(condition, "everyone", QUESTIONNAIRE) == sentence


def test_whom_it_is_not_for_and_whom_it_is_made_for_is_said_so() -> None:
    condition = on("lives_in", "camden")
    assert sentence_of(condition, "exclusions", QUESTIONNAIRE) == "Not for people who live in Camden."
    assert sentence_of(condition, "made_for", QUESTIONNAIRE) == "Made for people who live in Camden."
