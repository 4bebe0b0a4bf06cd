"""The rules as JsonLogic (https://jsonlogic.com), rules as plain data, for the package panzi-json-logic.

Of the Python packages it is the one that has all operators of the format and runs on the Pythons of today.
A verdict is a number: 2 fits, 1 may fit, 0 does not fit.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from json_logic import jsonLogic

from app.eligibility.answers import Answers
from app.eligibility.questions import Questionnaire
from app.eligibility.rules import Condition, Ruleset
from tests.benchmarks.person_data import bound, person_data


def json_logic(
    questionnaire: Questionnaire, rulesets: Sequence[Ruleset], people: Sequence[Answers]
) -> list[Callable[[], Any]]:
    """One rule a programme. Gives a list of numbers."""
    rules = [_verdict(questionnaire, ruleset) for ruleset in rulesets]
    return [partial(_one_by_one, rules, person_data(questionnaire, answers)) for answers in people]


def _one_by_one(rules: Sequence[object], person: dict[str, object]) -> list[Any]:
    return [jsonLogic(rule, person) for rule in rules]


def _verdict(questionnaire: Questionnaire, rules: Ruleset) -> object:
    ways = [{"min": [2, *(_state(questionnaire, condition) for condition in way)]} for way in rules.routes]
    return {"min": [2 if rules.sourced else 1, {"max": ways}]}


def _state(questionnaire: Questionnaire, condition: Condition) -> object:
    state = _plain_state(questionnaire, condition)
    return {"-": [2, state]} if condition.excludes else state


def _plain_state(questionnaire: Questionnaire, condition: Condition) -> object:
    id_ = condition.question
    if id_ is None:
        return 1
    if condition.span is not None:
        low, high = {"var": f"{id_}.low"}, {"var": f"{id_}.high"}
        least, most = bound(condition.span.low), bound(condition.span.high)
        inside = {"and": [{">=": [low, least]}, {"<=": [high, most]}]}
        outside = {"or": [{"<=": [high, least]}, {">=": [low, most]}]}
        return {"if": [{"==": [{"var": id_}, None]}, 1, inside, 2, outside, 0, 1]}
    if questionnaire[id_].kind == "one":
        return {"if": [{"==": [{"var": id_}, None]}, 1, {"in": [{"var": id_}, sorted(condition.any_of)]}, 2, 0]}
    return {"max": [{"var": f"{id_}.{fact}"} for fact in sorted(condition.any_of)]}
