"""What is asked next, and when the questions stop."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.answers import Answers, Span, read_answers
from app.eligibility.interview import FIRST, Interview, bands, next_question
from app.eligibility.ranking import rank
from app.eligibility.rules import Condition, Programme, Ruleset
from tests.eligibility.test_ranking import AUTISTIC, DAY, ILL, IN_CAMDEN, PLAIN, PRIORS
from tests.eligibility.worlds import EVERYBODY, OPEN, QUESTIONNAIRE, raw_answers, rulesets

goals = st.sets(st.sampled_from(["find_job", "building", "talk"]))
programmes = st.lists(
    st.builds(lambda rules, wanted: (rules, frozenset(wanted)), rulesets, goals), min_size=1, max_size=5
).map(
    lambda made: [
        Programme(f"p{number}", "service", (rules,), goals=wanted) for number, (rules, wanted) in enumerate(made)
    ]
)
WISHES = [["none"], ["find_job"], ["building"], ["talk"], ["find_job", "talk"]]


def _first(answers: Answers, all_programmes: list[Programme], day: date = DAY) -> list[tuple[str, str]]:
    ranked = rank(QUESTIONNAIRE, all_programmes, answers, PRIORS, day)
    return [(entry.programme.id, entry.result.verdict.value) for entry in ranked[:FIRST]]


@settings(max_examples=150)
@given(programmes, raw_answers(), st.sampled_from(WISHES))
def test_when_the_questions_stop_no_answer_can_change_the_first_three(
    all_programmes: list[Programme], raw: dict[str, object], wish: list[str]
) -> None:
    given_so_far: dict[str, object] = {**raw, "goals": wish}
    answers = read_answers(QUESTIONNAIRE, given_so_far)
    if next_question(Interview(QUESTIONNAIRE, all_programmes, PRIORS, DAY), answers) is not None:
        return
    for person in EVERYBODY:
        if all(person[question] == value for question, value in raw.items() if value not in OPEN):
            left = {question: value for question, value in person.items() if question not in raw}
            try_out = {**given_so_far, **left}
            if "health" in raw and raw["health"] in OPEN and "conditions" in left:
                del try_out["conditions"]
            assert _first(read_answers(QUESTIONNAIRE, try_out), all_programmes) == _first(answers, all_programmes)


@settings(max_examples=100)
@given(programmes, raw_answers())
def test_no_question_is_asked_twice_or_in_vain(all_programmes: list[Programme], raw: dict[str, object]) -> None:
    answers = read_answers(QUESTIONNAIRE, raw)
    question = next_question(Interview(QUESTIONNAIRE, all_programmes, PRIORS, DAY), answers)
    if question is not None:
        assert not answers.settled(question)


def test_nothing_is_asked_that_no_rule_mentions() -> None:
    only_home = [PLAIN]
    asked = next_question(Interview(QUESTIONNAIRE, only_home, PRIORS, DAY), read_answers(QUESTIONNAIRE, {}))
    assert asked == QUESTIONNAIRE["lives_in"]
    after = read_answers(QUESTIONNAIRE, {"lives_in": "camden"})
    assert next_question(Interview(QUESTIONNAIRE, only_home, PRIORS, DAY), after) is None


def test_a_sensitive_question_comes_last_and_never_before_the_one_it_hangs_on() -> None:
    programmes_ = [
        replace(PLAIN, id="autism", rulesets=(Ruleset(((AUTISTIC,),)),)),
        replace(PLAIN, id="ill", rulesets=(Ruleset(((ILL, IN_CAMDEN),)),)),
    ]
    raw: dict[str, object] = {}
    asked = []
    while question := next_question(
        Interview(QUESTIONNAIRE, programmes_, PRIORS, DAY), read_answers(QUESTIONNAIRE, raw)
    ):
        asked.append(question.id)
        raw[question.id] = {"lives_in": "camden", "health": "yes", "conditions": ["autism"], "goals": ["find_job"]}[
            question.id
        ]
    assert asked[-1] == "conditions"
    assert asked.index("health") < asked.index("conditions")


def test_age_is_cut_where_the_rules_cut() -> None:
    rules = [
        Ruleset(((Condition("16 to 18", "age", span=Span(16, 19)),),)),
        Ruleset(((Condition("17½ and over", "age", span=Span(17.5, float("inf"))),),)),
    ]
    assert bands(QUESTIONNAIRE["age"], rules) == [(14, 15), (16, 16), (17, 17), (18, 18), (19, 20)]


def test_a_programme_that_fits_is_still_asked_about_when_another_way_in_is_narrower() -> None:
    programmes_ = [
        replace(PLAIN, id="plain"),
        replace(PLAIN, id="two-ways", rulesets=(Ruleset(((IN_CAMDEN,), (IN_CAMDEN, AUTISTIC))),)),
    ]
    known = read_answers(QUESTIONNAIRE, {"lives_in": "camden", "health": "yes", "goals": ["find_job"]})
    assert next_question(Interview(QUESTIONNAIRE, programmes_, PRIORS, DAY), known) == QUESTIONNAIRE["conditions"]
