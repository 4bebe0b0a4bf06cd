"""The proof: its counts are those of a slow walk through every set of answers, and a solver finds the same holes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.answers import AnswerError, Answers, Span, applies, read_answers, with_answer
from app.eligibility.compiled import Compiled, compile_rules, members
from app.eligibility.coverage import Walk
from app.eligibility.evaluate import State, state_of
from app.eligibility.groups import GroupSearch, serves_all
from app.eligibility.priors import Priors
from app.eligibility.questions import Answer, Implication, Kind, Question, Questionnaire
from app.eligibility.rules import Condition, Route, Ruleset
from app.eligibility.space import NO_WAY, Space, Ways, space_of
from tests.eligibility.solver import Solver
from tests.eligibility.worlds import QUESTIONNAIRE

IMPLICATIONS = (
    Implication("conditions", frozenset(), "health", ("yes",)),
    Implication("health", frozenset({"no"}), "conditions", ()),
    Implication("health", frozenset({"no"}), "lasting", ("no",)),
    Implication("lasting", frozenset({"yes"}), "health", ("yes",)),
    Implication("benefits", frozenset({"sick"}), "benefits", ("basic",)),
    Implication("benefits", frozenset({"sick"}), "health", ("yes",)),
    Implication("conditions", frozenset({"cancer"}), "benefits", ("sick",)),
    Implication("home", frozenset({"away"}), "benefits", ()),
)


def _question(
    id_: str, kind: Kind, answers: tuple[str, ...] = (), asked_if: tuple[str, frozenset[str]] | None = None
) -> Question:
    said = tuple(Answer(answer, answer, answer) for answer in answers)
    return Question(id_, kind, "health", id_, "", answers=said, asked_if=asked_if, lowest=15, highest=17)


def _questionnaire(implied: Iterable[int], *, hanging: bool) -> Questionnaire:
    """Small, with some of what can follow from answers, and with or without questions that hang on another."""
    if_ill = ("health", frozenset({"yes"})) if hanging else None
    questions = [
        _question("conditions", "multi", ("autism", "cancer"), if_ill),
        _question("home", "one", ("camden", "away")),
        _question("lasting", "one", ("yes", "no"), if_ill),
        _question("health", "one", ("yes", "no")),
        _question("benefits", "multi", ("basic", "sick")),
        _question("age", "number"),
    ]
    by_id = {question.id: question for question in questions}
    return replace(QUESTIONNAIRE, questions=by_id, implications=tuple(IMPLICATIONS[number] for number in implied))


PRIORS = Priors(
    {
        "home": {"camden": 0.7, "away": 0.3},
        "health": {"yes": 0.6, "no": 0.4},
        "lasting": {"yes": 0.5, "no": 0.5},
        "conditions": {"autism": 0.1, "cancer": 0.2},
        "benefits": {"basic": 0.5, "sick": 0.25},
    },
    ((Span(15, 17), 0.8), (Span(17, 18), 0.2)),
)


@dataclass(frozen=True, eq=False)
class World:
    """A questionnaire with everybody who can answer it."""

    questionnaire: Questionnaire

    @cached_property
    def space(self) -> Space:
        return space_of(self.questionnaire, PRIORS)

    @cached_property
    def everybody(self) -> Sequence[tuple[Answers, int, float]]:
        """Each set of answers, with how many are like it (withheld for unsure) and the share of people who give it."""
        return _everybody(self.questionnaire)


def _everybody(questionnaire: Questionnaire) -> list[tuple[Answers, int, float]]:
    people = [(Answers(), 1, 1.0)]
    for question in sorted(questionnaire, key=lambda question: question.asked_if is not None):
        people = [after for person in people for after in _asked(questionnaire, question, person)]
    return people


def _asked(
    questionnaire: Questionnaire, question: Question, person: tuple[Answers, int, float]
) -> Iterator[tuple[Answers, int, float]]:
    answers, number, share = person
    if not applies(question, answers):
        yield person
        return
    for value, ways, part in [("not_sure", 2, 0.0), *((value, 1, part) for value, part in _values(question))]:
        try:
            yield with_answer(questionnaire, answers, question, value), number * ways, share * part
        except AnswerError:
            continue


def _values(question: Question) -> list[tuple[object, float]]:
    if question.kind == "number":
        return [(age, PRIORS.age_share(age, age + 1)) for age in range(question.lowest, question.highest + 1)]
    shares = PRIORS.shares[question.id]
    if question.kind == "one":
        return list(shares.items())
    chosen: list[tuple[list[str], float]] = [([], 1.0)]
    for fact, share in shares.items():
        chosen = [
            both for facts, part in chosen for both in (([*facts, fact], part * share), (facts, part * (1 - share)))
        ]
    return [(facts or ["none"], part) for facts, part in chosen]


def _serves(row: Route, answers: Answers, *, lenient: bool) -> bool:
    wanted = {State.MET, State.OPEN} if lenient else {State.MET}
    return all(state_of(condition, answers) in wanted for condition in row)


worlds = st.sampled_from(
    [
        World(_questionnaire(implied, hanging=hanging))
        for implied in [(), (0, 1, 2, 3), (4, 5), (0, 1, 4, 6), (2, 6, 7), range(len(IMPLICATIONS))]
        for hanging in (True, False)
    ]
)


@st.composite
def _conditions(draw: st.DrawFn) -> Condition:
    question = draw(st.sampled_from([None, *_questionnaire((), hanging=False)]))
    if question is None:
        return Condition("For people who ask.", ask="Ask them.")
    excludes = draw(st.integers(0, 3)) == 0
    if question.kind == "number":
        low, high = draw(st.sampled_from([(15, 16), (15.5, 17), (16, 17), (16.5, float("inf")), (0, 17)]))
        return Condition("For an age.", question.id, span=Span(low, high), excludes=excludes)
    accepted = draw(st.frozensets(st.sampled_from(question.answer_ids), min_size=1))
    return Condition(f"For {sorted(accepted)}.", question.id, accepted, excludes=excludes)


rulesets = st.lists(
    st.builds(
        Ruleset,
        routes=st.lists(st.lists(_conditions(), max_size=3).map(tuple), min_size=1, max_size=3).map(tuple),
        made_for=st.lists(_conditions(), max_size=1).map(tuple),
    ),
    max_size=4,
)


def _rows(compiled: Compiled) -> int:
    return compiled.existing & compiled.ways.unfold(-1)


@settings(max_examples=120)
@given(worlds, rulesets, st.integers(0, 2**12 - 1))
def test_the_counts_are_those_of_a_slow_walk_through_every_set_of_answers(
    world: World, rules: list[Ruleset], lenient: int
) -> None:
    compiled = compile_rules(world.questionnaire, rules)
    rows = _rows(compiled)
    found = Walk(world.space, compiled, lenient, "home").unserved(rows)
    expected = dict.fromkeys(found, NO_WAY)
    for answers, number, share in world.everybody:
        if not any(_serves(compiled.rows[n] or (), answers, lenient=bool(lenient >> n & 1)) for n in members(rows)):
            expected[answers.one.get("home", "")] += Ways(number, share)
    assert {home: ways.count for home, ways in found.items()} == {home: ways.count for home, ways in expected.items()}
    for home, ways in found.items():
        assert ways.share == pytest.approx(expected[home].share)


@settings(max_examples=120)
@given(worlds, rulesets, st.integers(0, 2**12 - 1))
def test_the_example_of_unserved_people_is_one_of_them(world: World, rules: list[Ruleset], lenient: int) -> None:
    compiled = compile_rules(world.questionnaire, rules)
    for home, ways in Walk(world.space, compiled, lenient, "home").unserved(_rows(compiled)).items():
        if ways.count:
            answers = read_answers(world.questionnaire, world.space.raw(ways.example))
            assert answers.one.get("home", "") == home
            for n in members(_rows(compiled)):
                assert not _serves(compiled.rows[n] or (), answers, lenient=bool(lenient >> n & 1))


@settings(max_examples=120)
@given(worlds, rulesets)
def test_nobody_in_a_group_may_fit_and_its_size_is_exact(world: World, rules: list[Ruleset]) -> None:
    rows = [row for one in rules for row in one.routes]
    groups = GroupSearch(world.space).largest(rows, most=3)
    everybody = sum(share for _, _, share in world.everybody)
    for group in groups:
        inside = [one for one in world.everybody if _serves(group.conditions, one[0], lenient=False)]
        assert group.ways.count == sum(number for _, number, _ in inside)
        assert group.ways.share == pytest.approx(sum(share for _, _, share in inside) / everybody)
        assert not any(_serves(row, answers, lenient=True) for row in rows for answers, _, _ in inside)
    shares = [group.ways.share for group in groups]
    assert shares == sorted(shares, reverse=True)


@settings(max_examples=120)
@given(worlds, rulesets)
def test_where_somebody_who_answers_everything_is_unserved_there_is_a_group(world: World, rules: list[Ruleset]) -> None:
    compiled = compile_rules(world.questionnaire, rules)
    missed = sum(Walk(world.space, compiled, lenient=-1).unserved(_rows(compiled)).values(), NO_WAY)
    groups = GroupSearch(world.space).largest([row for one in rules for row in one.routes], most=1)
    assert bool(groups) or missed.share < 0.05
    assert missed.share > 0 or not groups


@settings(max_examples=120)
@given(worlds, rulesets, _conditions(), st.booleans())
def test_whoever_is_said_to_talk_to_all_of_a_group_does(
    world: World, rules: list[Ruleset], condition: Condition, lenient: bool
) -> None:
    rows = [row for one in rules for row in one.routes]
    for group in GroupSearch(world.space).largest(rows, most=2):
        if serves_all(world.questionnaire, (condition,), group, lenient=lenient):
            for answers, _, _ in world.everybody:
                if _serves(group.conditions, answers, lenient=False):
                    assert _serves((condition,), answers, lenient=lenient)


@settings(max_examples=60)
@given(worlds, rulesets, st.integers(0, 2**12 - 1))
def test_a_solver_finds_somebody_unserved_where_the_walk_does(world: World, rules: list[Ruleset], lenient: int) -> None:
    compiled = compile_rules(world.questionnaire, rules)
    found = Walk(world.space, compiled, lenient, "home").unserved(_rows(compiled))
    solver = Solver(world.questionnaire)
    served = [
        solver.serves(compiled.rows[n] or (), lenient=bool(lenient >> n & 1)) for n in members(_rows(compiled))
    ]  # fmt: skip
    for home, ways in found.items():
        assert solver.somebody(solver.final("home", home), nobody_of=served) == (ways.count > 0)
