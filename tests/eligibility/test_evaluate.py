"""One rule against one person. The oracle tries every complete person that the answers leave possible, one by one."""

from hypothesis import given, settings

from app.eligibility.answers import Answers, Span, read_answers
from app.eligibility.evaluate import State, Verdict, state_of
from app.eligibility.rules import NO_RULES, Condition, Ruleset
from tests.eligibility.plain import evaluate
from tests.eligibility.worlds import EVERYBODY, OPEN, QUESTIONNAIRE, raw_answers, rulesets


def _slow_verdict(ruleset: Ruleset, answers: Answers) -> Verdict:
    """Condition by condition in plain words; the reference for the real one."""
    worst_states = []
    for route in ruleset.routes:
        states = [_slow_state(condition, answers) for condition in route]
        worst_states.append("no" if "no" in states else "open" if "open" in states else "yes")
    if "yes" in worst_states:
        return Verdict.FITS if any(not c.assumed for route in ruleset.routes for c in route) else Verdict.MAY_FIT
    return Verdict.MAY_FIT if "open" in worst_states else Verdict.DOES_NOT_FIT


def _slow_state(condition: Condition, answers: Answers) -> str:
    if condition.question is None:
        return "open"
    if condition.question == "age":
        state = _slow_age(condition.span, answers.number.get("age"))
    elif condition.question == "conditions":
        told = [_fact(answers, fact) for fact in condition.any_of]
        state = "yes" if "yes" in told else "open" if "open" in told else "no"
    elif condition.question not in answers.one:
        state = "open"
    else:
        state = "yes" if answers.one[condition.question] in condition.any_of else "no"
    return {"yes": "no", "no": "yes", "open": "open"}[state] if condition.excludes else state


def _slow_age(wanted: Span | None, given: Span | None) -> str:
    if given is None or wanted is None:
        return "open"
    halves = [half / 2 for half in range(int(given.low * 2), int(given.high * 2))]
    inside = [wanted.low <= half < wanted.high for half in halves]
    return "yes" if all(inside) else "open" if any(inside) else "no"


def _fact(answers: Answers, fact: str) -> str:
    if ("conditions", fact) in answers.yes:
        return "yes"
    return "no" if ("conditions", fact) in answers.no else "open"


def _could_be(person: dict[str, object], raw: dict[str, object]) -> bool:
    return all(person[question] == value for question, value in raw.items() if value not in OPEN)


@settings(max_examples=2000)
@given(rulesets, raw_answers())
def test_the_verdict_is_the_one_of_the_slow_oracle(ruleset: Ruleset, raw: dict[str, object]) -> None:
    answers = read_answers(QUESTIONNAIRE, raw)
    assert evaluate(ruleset, answers) is _slow_verdict(ruleset, answers)


@settings(max_examples=500)
@given(rulesets, raw_answers())
def test_a_settled_verdict_holds_for_everybody_the_answers_leave_possible(
    ruleset: Ruleset, raw: dict[str, object]
) -> None:
    verdict = evaluate(ruleset, read_answers(QUESTIONNAIRE, raw))
    if verdict is not Verdict.MAY_FIT:
        for person in EVERYBODY:
            if _could_be(person, raw):
                assert evaluate(ruleset, read_answers(QUESTIONNAIRE, person)) is verdict


def test_without_a_sourced_condition_nobody_is_told_that_it_fits() -> None:
    everything = read_answers(QUESTIONNAIRE, {"lives_in": "camden", "health": "yes", "age": 18, "conditions": ["none"]})
    assumed = Ruleset(((Condition("For people of 16 and over.", "age", span=Span(16, 200), assumed="Ours."),),))
    assert evaluate(NO_RULES, everything) is Verdict.MAY_FIT
    assert evaluate(assumed, everything) is Verdict.MAY_FIT
    assert evaluate(assumed, read_answers(QUESTIONNAIRE, {"age": 15})) is Verdict.DOES_NOT_FIT


def test_at_seventeen_a_limit_of_seventeen_and_a_half_is_open() -> None:
    condition = Condition("For adults.", "age", span=Span(17.5, float("inf")))
    states = [state_of(condition, read_answers(QUESTIONNAIRE, {"age": age})) for age in (16, 17, 18)]
    assert states == [State.NOT_MET, State.OPEN, State.MET]
