"""Made-up catalogues of any size in the shape of the real one: its rules, with boroughs, ages and answers varied."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from app.eligibility.answers import Span
from app.eligibility.questions import Questionnaire
from app.eligibility.rulebook import PLACES
from app.eligibility.rules import RECOMMENDED, Condition, Programme, Route
from tests.benchmarks.engine import DAY, World

RECOMBINED = 0.2
"""The share of programmes that take over another's ways in."""
YEARS = (14, 16, 17, 18, 19, 25, 26, 30, 50, 65)
"""Ages at which rules are cut."""


def varied_world(real: World, size: int, seed: int = 1) -> World:
    """A catalogue of that many programmes; the same seed always gives the same one."""
    rng = Random(seed)
    return replace(real, programmes=varied(real.questionnaire, real.programmes, size, rng))


def varied(questionnaire: Questionnaire, originals: Sequence[Programme], size: int, rng: Random) -> Sequence[Programme]:
    """That many programmes, each a real one with other boroughs, ages and answers, and at times another's ways in."""
    made = [programme for programme in originals if programme.role in RECOMMENDED and programme.open_on(DAY)]
    return [_varied(questionnaire, rng, rng.choice(made), rng.choice(made), number) for number in range(size)]


def _varied(
    questionnaire: Questionnaire, rng: Random, programme: Programme, other: Programme, number: int
) -> Programme:
    homes = _moved(questionnaire, rng)
    rules, more = programme.rules_on(DAY), other.rules_on(DAY)
    ways = more.routes if rng.random() < RECOMBINED else rules.routes
    return replace(
        programme,
        id=f"made-up-{number}",
        boroughs=frozenset(homes.get(borough, borough) for borough in programme.boroughs),
        rulesets=(
            replace(
                rules,
                routes=tuple(_varied_way(questionnaire, rng, way, homes) for way in ways),
                made_for=_varied_way(questionnaire, rng, rules.made_for, homes),
            ),
        ),
    )


def _moved(questionnaire: Questionnaire, rng: Random) -> Mapping[str, str]:
    """Each borough's stand-in, so that a programme covers as many as before, at home as by GP."""
    homes = [
        home for home in questionnaire[PLACES[0]].answer_ids if all(home in questionnaire[p].answer_ids for p in PLACES)
    ]
    return dict(zip(homes, rng.sample(homes, len(homes)), strict=True))


def _varied_way(questionnaire: Questionnaire, rng: Random, way: Route, homes: Mapping[str, str]) -> Route:
    return tuple(_varied_condition(questionnaire, rng, condition, homes) for condition in way)


def _varied_condition(
    questionnaire: Questionnaire, rng: Random, condition: Condition, homes: Mapping[str, str]
) -> Condition:
    if condition.question is None:
        return condition
    if condition.span is not None:
        return replace(condition, span=_varied_span(rng, condition.span))
    if condition.question in PLACES:
        return replace(condition, any_of=frozenset(homes.get(home, home) for home in condition.any_of))
    answers = questionnaire[condition.question].answer_ids
    if len(answers) <= 2 or rng.random() < 0.5:
        return condition
    return replace(condition, any_of=frozenset(rng.sample(answers, min(len(condition.any_of), len(answers) - 1))))


def _varied_span(rng: Random, span: Span) -> Span:
    low = rng.choice([years for years in YEARS if years < span.high])
    if span.high == float("inf") or rng.random() < 0.5:
        return Span(low, span.high)
    return Span(low, rng.choice([years for years in (*YEARS, 100) if years > low]))
