"""What one person waits for: the whole decision, and the next question; and the memory that the rules take."""

import tracemalloc
from collections.abc import Sequence
from functools import partial
from statistics import median

from app.actions.decision import decision_data
from app.actions.recommend import recommend
from app.catalogue import Catalogue
from app.eligibility.compiled import compile_rules
from tests.benchmarks.catalogues import varied_world
from tests.benchmarks.engine import DAY, World, real_world
from tests.benchmarks.interviews import interview
from tests.benchmarks.people import Raw, sample_people
from tests.benchmarks.timing import median_ms, milliseconds, percentile

LIMIT = 10
SIZES = (100, 10_000)
MEMORY_SIZES = (10_000, 100_000)
PEOPLE = 30
MEGABYTE = 2**20


def figures(catalogue: Catalogue) -> dict[str, float]:
    """The times in milliseconds, and the most memory in use while rules are compiled, in megabytes."""
    real = real_world(catalogue)
    people = sample_people(real.questionnaire, real.priors, PEOPLE)
    found = {
        f"real catalogue: {name}, ms": median_ms([partial(task, catalogue, raw) for raw in people], rounds=5)
        for name, task in (("whole decision, reasons of the first ten", _decide), ("all that JSON tells", _tell))
    }
    for name, world in [("real catalogue", real), *((f"{size:,}", varied_world(real, size)) for size in SIZES)]:
        times = _next_question(world, people)
        found[f"{name}: evaluate and choose the next question, median ms"] = median(times)
        found[f"{name}: evaluate and choose the next question, p95 ms"] = percentile(times, 95)
    for size in MEMORY_SIZES:
        found[f"{size:,}: compiled rules, MB"], found[f"{size:,}: peak while compiling, MB"] = _memory(real, size)
    return found


def _decide(catalogue: Catalogue, raw: Raw) -> object:
    return [entry.reasons for entry in recommend(catalogue, raw, DAY).recommendations[:LIMIT]]


def _tell(catalogue: Catalogue, raw: Raw) -> object:
    """With ten that do not fit, and for each the fewest changes and where to go instead."""
    return decision_data(catalogue, recommend(catalogue, raw, DAY), LIMIT)


def _next_question(world: World, people: Sequence[Raw]) -> list[float]:
    """The time at every step of everybody's interview."""
    states = [state for raw in people for state in interview(world, raw).states]
    return [milliseconds(partial(world.ask, state)) for state in states]


def _memory(real: World, size: int) -> tuple[float, float]:
    world = varied_world(real, size)
    rulesets = [programme.rules_on(world.day) for programme in world.programmes]
    tracemalloc.start()
    compiled = compile_rules(world.questionnaire, rulesets)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del compiled
    return kept / MEGABYTE, peak / MEGABYTE
