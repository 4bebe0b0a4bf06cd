"""The benchmarks compare like with like: every engine gives the same verdicts, and the slow counts agree with ours."""

from random import Random

import pytest

from app.eligibility.answers import Answers, read_answers
from app.eligibility.interview import FIRST
from tests.benchmarks.catalogues import varied_world
from tests.benchmarks.certificate import fewest_answers
from tests.benchmarks.engine import World, real_world
from tests.benchmarks.interviews import interview
from tests.benchmarks.optimum import Search
from tests.benchmarks.peers import ENGINES, numbers_of
from tests.benchmarks.people import Raw, sample_people
from tests.benchmarks.settled import Oracle
from tests.benchmarks.small_worlds import small_world
from tests.seeds import seed_catalogue


@pytest.fixture(scope="module")
def real() -> World:
    return real_world(seed_catalogue())


def _people(world: World, number: int, seed: int) -> list[Raw]:
    return sample_people(world.questionnaire, world.priors, number, seed)


def test_every_engine_gives_the_same_verdicts(real: World) -> None:
    world = varied_world(real, 150)
    rulesets = [programme.rules_on(world.day) for programme in world.programmes]
    people = _people(world, 6, seed=5)
    said = [*people, *(dict(list(raw.items())[:7]) for raw in people), *({**raw, "age": "16-24"} for raw in people)]
    answers = [read_answers(world.questionnaire, raw) for raw in said]
    verdicts = [
        [numbers_of(decide(), len(rulesets)) for decide in prepare(world.questionnaire, rulesets, answers)]
        for prepare, _ in ENGINES.values()
    ]
    assert all(found == verdicts[0] for found in verdicts)
    assert {number for found in verdicts[0] for number in found} == {0, 1, 2}


def test_made_up_people_are_complete_and_without_contradictions(real: World) -> None:
    for raw in _people(real, 100, seed=6):
        answers = read_answers(real.questionnaire, raw)
        left = [q.id for q in real.questionnaire if not answers.settled(q)]
        assert all((asked_if := real.questionnaire[id_].asked_if) and asked_if[0] in raw for id_ in left)


def test_the_slow_oracle_sees_the_first_three_that_the_engine_sees(real: World) -> None:
    oracle = Oracle(real)
    for raw in _people(real, 60, seed=7):
        for said in (raw, dict(list(raw.items())[:6]), dict(list(raw.items())[6:])):
            answers = read_answers(real.questionnaire, said)
            assert oracle.first(answers, FIRST) == real.first(answers, FIRST)


def test_what_the_oracle_says_can_change_the_first_three_does(real: World) -> None:
    oracle = Oracle(real)
    for raw in _people(real, 40, seed=8):
        known = {id_: value for id_, value in raw.items() if id_ not in {"age", "situation"}}
        answers = read_answers(real.questionnaire, known)
        if more := oracle.change(answers, FIRST):
            assert real.first(read_answers(real.questionnaire, {**known, **dict(more)}), FIRST) != real.first(
                answers, FIRST
            )


def test_the_oracle_agrees_with_trying_everything() -> None:
    rng = Random(9)
    for _ in range(12):
        world = small_world(rng)
        oracle = Oracle(world)
        search = Search(oracle)
        for raw in _people(world, 6, seed=9):
            for number in range(len(raw) + 1):
                answers = read_answers(world.questionnaire, dict(list(raw.items())[:number]))
                assert (oracle.change(answers, FIRST) is None) == search.fixed(answers)


def test_no_order_of_questions_needs_fewer_than_the_certificate() -> None:
    world = small_world(Random(10))
    oracle = Oracle(world)
    for raw in _people(world, 10, seed=10):
        fewest = fewest_answers(oracle, raw, FIRST)
        known = {id_: value for id_, value in raw.items() if id_ in fewest}
        assert oracle.change(read_answers(world.questionnaire, known), FIRST) is None
        assert len(fewest) <= len(interview(world, raw).asked)


def test_the_optimum_is_never_more_than_what_the_engine_asks() -> None:
    search = Search(Oracle(small_world(Random(11))))
    assert search.fewest(Answers()) <= search.policy(Answers()) + 1e-9
