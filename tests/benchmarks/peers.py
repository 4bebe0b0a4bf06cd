"""One person against many programmes: our masks, the plain loop, zen-engine and JsonLogic, all with the same verdicts.

Everything is compiled before the clock starts, and the person is ready in the shape that each engine reads fastest.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from app.eligibility.answers import Answers, read_answers
from app.eligibility.compiled import compile_rules, members
from app.eligibility.evaluate import Verdict
from app.eligibility.questions import Questionnaire
from app.eligibility.rules import Ruleset
from tests.benchmarks.catalogues import varied_world
from tests.benchmarks.engine import World
from tests.benchmarks.logic_peer import json_logic
from tests.benchmarks.people import sample_people
from tests.benchmarks.timing import median_ms
from tests.benchmarks.zen_peer import zen_decision, zen_decisions, zen_expression
from tests.eligibility import plain

Ready = Callable[[], Any]
"""One person against all programmes, ready to be timed."""
Prepare = Callable[[Questionnaire, Sequence[Ruleset], Sequence[Answers]], Sequence[Ready]]
"""The rules compiled once, and each person ready."""

SIZES = (100, 1_000, 10_000, 100_000)
PEOPLE = 5
MOST_IN_FULL = 1_000
"""The most programmes for which a time is taken nine times; for more of them, three."""
NUMBERS = {Verdict.FITS: 2, Verdict.MAY_FIT: 1, Verdict.DOES_NOT_FIT: 0}


def ours(questionnaire: Questionnaire, rulesets: Sequence[Ruleset], people: Sequence[Answers]) -> list[Ready]:
    """Our masks. Gives those that fit and those that are possible: bit p is programme p."""
    compiled = compile_rules(questionnaire, rulesets)
    return [partial(compiled.verdicts, answers) for answers in people]


def plain_loop(_: Questionnaire, rulesets: Sequence[Ruleset], people: Sequence[Answers]) -> list[Ready]:
    """The obvious Python, condition by condition. Gives a list of verdicts."""
    return [partial(_loop, rulesets, answers) for answers in people]


def _loop(rulesets: Sequence[Ruleset], answers: Answers) -> list[Verdict]:
    return [plain.evaluate(rules, answers) for rules in rulesets]


ENGINES: Mapping[str, tuple[Prepare, int]] = {
    "ours": (ours, 100_000),
    "plain loop": (plain_loop, 100_000),
    "zen-engine, one expression": (zen_expression, 100_000),
    "zen-engine, one decision": (zen_decision, 100_000),
    "zen-engine, a decision each": (zen_decisions, 10_000),
    "JsonLogic": (json_logic, 10_000),
}
"""Each engine with the most programmes for which waiting for it is bearable."""


def figures(real: World, sizes: Sequence[int] = SIZES) -> dict[str, float]:
    """For each size our time in milliseconds, the median over five people, and each peer's as a multiple of it."""
    found: dict[str, float] = {}
    for size in sizes:
        world = varied_world(real, size)
        rulesets = [programme.rules_on(world.day) for programme in world.programmes]
        people = [
            read_answers(world.questionnaire, raw) for raw in sample_people(world.questionnaire, world.priors, PEOPLE)
        ]
        times = {
            name: median_ms(prepare(world.questionnaire, rulesets, people), rounds=3 if size > MOST_IN_FULL else 9)
            for name, (prepare, most) in ENGINES.items()
            if size <= most
        }
        found[f"{size:,} programmes: ours, ms"] = times["ours"]
        found |= {
            f"{size:,} programmes: {name}, times ours": ms / times["ours"]
            for name, ms in times.items()
            if name != "ours"
        }
    return found


def numbers_of(outcome: Any, programmes: int) -> list[int]:
    """Any engine's outcome as a number for each programme: 2 fits, 1 may fit, 0 does not fit."""
    if isinstance(outcome, tuple):
        fits, possible = (frozenset(members(mask)) for mask in outcome)
        return [(p in fits) + (p in possible) for p in range(programmes)]
    if isinstance(outcome, Mapping):
        return [int(outcome["result"][f"p{p}"]) for p in range(programmes)]
    return [NUMBERS[entry] if isinstance(entry, Verdict) else int(entry) for entry in outcome]
