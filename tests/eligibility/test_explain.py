"""A verdict in sentences."""

import pytest

from app.eligibility.answers import Span, read_answers
from app.eligibility.evaluate import evaluate
from app.eligibility.explain import NO_SOURCE, Reason, explain
from app.eligibility.rules import NO_RULES, Citation, Condition, Ruleset
from tests.eligibility.worlds import QUESTIONNAIRE

CITED = (Citation("A paper, 2025"),)
RULES = Ruleset(
    (
        (
            Condition("For people who live in Camden.", "lives_in", frozenset({"camden"}), citations=CITED),
            Condition("For people of 16 and over.", "age", span=Span(16, float("inf")), assumed="Ours."),
            Condition("For autistic people.", "conditions", frozenset({"autism"})),
            Condition("Not for people with cancer.", "conditions", frozenset({"cancer"}), excludes=True),
            Condition("For people in therapy.", ask="Is it under way?"),
        ),
    ),
    made_for=(Condition("Made for people in Enfield.", "lives_in", frozenset({"enfield"})),),
)


def _reasons(raw: dict[str, object], person: str = "me") -> list[Reason]:
    answers = read_answers(QUESTIONNAIRE, raw)
    return list(explain(QUESTIONNAIRE, RULES, evaluate(RULES, answers), answers, person))


def test_every_condition_is_said_with_its_state_and_source() -> None:
    reasons = _reasons({"lives_in": "camden", "conditions": ["autism"]})
    assert [(reason.state, reason.text) for reason in reasons] == [
        ("met", "You live in camden."),
        ("open", "For people of 16 and over."),
        ("met", "You are autistic."),
        ("met", "Not for people with cancer."),
        ("open", "For people in therapy. Is it under way?"),
    ]
    assert reasons[0].citations == CITED
    assert reasons[1].assumed == "Ours."
    assert reasons[4].question is None


@pytest.mark.parametrize(
    ("raw", "person", "text"),
    [
        ({"lives_in": "enfield"}, "me", "For people who live in Camden; you live in enfield."),
        ({"lives_in": "enfield"}, "patient", "For people who live in Camden; they live in enfield."),
        ({"age": 15}, "me", "For people of 16 and over; you are 15."),
        ({"age": "14-15"}, "patient", "For people of 16 and over; they are 14 to 15."),
        ({"conditions": ["none"]}, "me", "For autistic people; by the answers so far, this does not apply."),
        ({"conditions": ["autism", "cancer"]}, "me", "Not for people with cancer; you have cancer."),
    ],
)
def test_what_is_not_met_says_what_it_is_for_and_what_was_answered(
    raw: dict[str, object], person: str, text: str
) -> None:
    assert text in [reason.text for reason in _reasons(raw, person) if reason.state == "not_met"]


def test_what_it_is_made_for_is_a_reason_and_never_an_objection() -> None:
    assert ("met", "You live in enfield.") in [(r.state, r.text) for r in _reasons({"lives_in": "enfield"})]
    assert not any("Made for" in reason.text for reason in _reasons({"lives_in": "camden"}))


def test_a_listing_without_sources_says_so() -> None:
    answers = read_answers(QUESTIONNAIRE, {})
    reasons = explain(QUESTIONNAIRE, NO_RULES, evaluate(NO_RULES, answers), answers, "me")
    assert [(reason.state, reason.text) for reason in reasons] == [("unknown", NO_SOURCE)]
