"""The rules for zen-engine (https://gorules.io), a rules engine in Rust.

A verdict is a number: 2 fits, 1 may fit, 0 does not fit; so a way in is the least of its conditions, and a set of
rules the greatest of its ways in.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import zen

from app.eligibility.answers import Answers
from app.eligibility.questions import Questionnaire
from app.eligibility.rules import Condition, Ruleset
from tests.benchmarks.person_data import bound, person_data

Ready = Callable[[], Any]


def zen_decisions(questionnaire: Questionnaire, rulesets: Sequence[Ruleset], people: Sequence[Answers]) -> list[Ready]:
    """As it is meant to be used: one decision a programme. Gives a list of numbers."""
    decisions = [_decision([_verdict(questionnaire, rules)]) for rules in rulesets]
    return [partial(_one_by_one, decisions, json.dumps(person_data(questionnaire, answers))) for answers in people]


def zen_decision(questionnaire: Questionnaire, rulesets: Sequence[Ruleset], people: Sequence[Answers]) -> list[Ready]:
    """All programmes in one decision. Gives a response with the numbers by p0, p1, …"""
    decision = _decision([_verdict(questionnaire, rules) for rules in rulesets])
    return [partial(decision.evaluate, json.dumps(person_data(questionnaire, answers))) for answers in people]


def zen_expression(questionnaire: Questionnaire, rulesets: Sequence[Ruleset], people: Sequence[Answers]) -> list[Ready]:
    """Without decisions: all programmes as one compiled expression, the fastest that it can do. Gives a list."""
    expression = zen.compile_expression("[" + ", ".join(_verdict(questionnaire, rules) for rules in rulesets) + "]")
    return [partial(expression.evaluate, person_data(questionnaire, answers)) for answers in people]


def _one_by_one(decisions: Sequence[zen.ZenDecision], person: str) -> list[int]:
    return [decision.evaluate(person)["result"]["p0"] for decision in decisions]


def _decision(expressions: Sequence[str]) -> zen.ZenDecision:
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {
            "id": "rules",
            "name": "rules",
            "type": "expressionNode",
            "content": {
                "expressions": [
                    {"id": f"e{number}", "key": f"p{number}", "value": text} for number, text in enumerate(expressions)
                ]
            },
        },
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rules"},
        {"id": "2", "type": "edge", "sourceId": "rules", "targetId": "out"},
    ]
    return zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps({"nodes": nodes, "edges": edges})))


def _verdict(questionnaire: Questionnaire, rules: Ruleset) -> str:
    ways = [[_state(questionnaire, condition) for condition in way] for way in rules.routes]
    verdict = f"max([{', '.join(_least(way) for way in ways)}])"
    return verdict if rules.sourced else f"min([1, {verdict}])"


def _least(states: Sequence[str]) -> str:
    return f"min([{', '.join(states)}])" if states else "2"


def _state(questionnaire: Questionnaire, condition: Condition) -> str:
    state = _plain_state(questionnaire, condition)
    return f"(2 - {state})" if condition.excludes else state


def _plain_state(questionnaire: Questionnaire, condition: Condition) -> str:
    id_ = condition.question
    if id_ is None:
        return "1"
    if condition.span is not None:
        low, high = bound(condition.span.low), bound(condition.span.high)
        inside = f"{id_}.low >= {low} and {id_}.high <= {high}"
        outside = f"{id_}.high <= {low} or {id_}.low >= {high}"
        return f"({id_} == null ? 1 : ({inside} ? 2 : ({outside} ? 0 : 1)))"
    if questionnaire[id_].kind == "one":
        return f"({id_} == null ? 1 : ({id_} in {sorted(condition.any_of)} ? 2 : 0))"
    return f"max([{', '.join(f'{id_}.{fact}' for fact in sorted(condition.any_of))}])"
