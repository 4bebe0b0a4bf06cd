"""Rules that a provider surely did not mean. The oracle asks every person of a small world, one by one."""

import re
from dataclasses import dataclass, replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.answers import Span
from app.eligibility.checks import MOST_CONDITIONS, Fault, faults
from app.eligibility.questions import Answer, Implication, Question
from app.eligibility.rules import NO_RULES, Condition, Route, Ruleset
from tests.eligibility.worlds import QUESTIONNAIRE

SINCE = Question(
    "since",
    "one",
    "place",
    "Since when?",
    "",
    answers=(Answer("long", "Long", "came long ago"), Answer("short", "Short", "came lately")),
    asked_if=("lives_in", frozenset({"camden"})),
)
"""Put only to people in Camden; of people in Enfield the answer is known without asking."""
WORLD = replace(
    QUESTIONNAIRE,
    questions={**QUESTIONNAIRE.questions, "age": replace(QUESTIONNAIRE["age"], highest=16), "since": SINCE},
    implications=(
        *QUESTIONNAIRE.implications,
        Implication("lives_in", frozenset({"enfield"}), "since", ("short",)),
    ),
)
HALVES = [14, 14.5, 15, 15.5, 16, 16.5]


@dataclass(frozen=True)
class Person:
    lives_in: str
    since: str
    health: str
    conditions: frozenset[str]
    age: float
    asks: bool


EVERYBODY = [
    Person(home, since, health, frozenset(conditions), age, asks)
    for (home, since), (health, conditions), age, asks in product(
        [("camden", "long"), ("camden", "short"), ("enfield", "short"), ("away", "")],
        [("no", ()), ("yes", ()), ("yes", ["autism"]), ("yes", ["cancer"]), ("yes", ["autism", "cancer"])],
        HALVES,
        [True, False],
    )
]


def _meets(person: Person, condition: Condition) -> bool:
    if condition.question is None:
        return person.asks
    if condition.span:
        so = condition.span.low <= person.age < condition.span.high
    elif condition.question == "conditions":
        so = bool(condition.any_of & person.conditions)
    else:
        so = getattr(person, condition.question) in condition.any_of
    return so != condition.excludes


def _let_in(way: Route) -> frozenset[Person]:
    return frozenset(person for person in EVERYBODY if all(_meets(person, one) for one in way))


def _camden(text: str = "For people who live in Camden.") -> Condition:
    return Condition(text, "lives_in", frozenset({"camden"}))


def _aged(low: float, high: float, *, excludes: bool = False) -> Condition:
    text = f"{'Not for' if excludes else 'For'} people of {low:g} and over, below {high:g}."
    return Condition(text, "age", span=Span(low, high), excludes=excludes)


ILL = Condition("For people who are ill.", "health", frozenset({"yes"}))
WELL = Condition("For people who are well.", "health", frozenset({"no"}))
AUTISTIC = Condition("For autistic people.", "conditions", frozenset({"autism"}))
THERAPY = Condition("For people in therapy.", ask="Is it under way?")

spans = st.sampled_from([(low, high) for low, high in combinations([*HALVES, 17], 2) if low <= 16])


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    kind = draw(st.sampled_from(["lives_in", "since", "health", "conditions", "age", "ask"]))
    if kind == "ask":
        return THERAPY
    if kind == "age":
        return _aged(*draw(spans), excludes=draw(st.booleans()))
    accepted = draw(st.sets(st.sampled_from(WORLD[kind].answer_ids), min_size=1))
    excludes = draw(st.booleans())
    text = f"{'Not for' if excludes else 'For'} {sorted(accepted)}."
    return Condition(text, kind, frozenset(accepted), excludes=excludes)


ways = st.lists(conditions(), max_size=4).map(tuple)


@st.composite
def rulesets(draw: st.DrawFn) -> Ruleset:
    """Ways in of any kind, and some that differ in their ages alone."""
    shared = draw(ways)
    alike = draw(st.lists(spans.map(lambda ends: (_aged(*ends), *shared)), max_size=3))
    others = draw(st.lists(ways, min_size=0 if alike else 1, max_size=4 - len(alike)))
    return Ruleset(tuple(draw(st.permutations([*alike, *others]))), tuple(draw(st.lists(conditions(), max_size=2))))


def _told(found: list[Fault], words: str) -> list[Fault]:
    return [fault for fault in found if words in fault.message]


# Against the oracle


@settings(max_examples=200)
@given(rulesets())
def test_ways_in_for_nobody_are_exactly_those_that_no_person_meets(ruleset: Ruleset) -> None:
    errors = [fault for fault in faults(WORLD, ruleset) if fault.severity == "error"]
    assert [fault.way for fault in errors] == [n for n, way in enumerate(ruleset.routes) if not _let_in(way)]
    for fault in errors:
        assert fault.way is not None
        assert fault.condition is not None
        way = ruleset.routes[fault.way]
        to_blame = {way[fault.condition], *(one for one in way if f"“{one.text}”" in fault.message)}
        assert not _let_in(tuple(to_blame))
        assert all(_let_in(tuple(to_blame - {one})) for one in to_blame)


@settings(max_examples=200)
@given(rulesets())
def test_ways_in_for_nobody_new_are_exactly_those_that_let_in_a_part_of_another(ruleset: Ruleset) -> None:
    let_in = {number: _let_in(way) for number, way in enumerate(ruleset.routes) if _let_in(way)}
    told = _told(faults(WORLD, ruleset), "Whoever comes in this way")
    assert [fault.way for fault in told] == [
        number
        for number, some in let_in.items()
        if any(some < more or (some == more and other < number) for other, more in let_in.items())
    ]


@settings(max_examples=200)
@given(rulesets())
def test_conditions_that_say_nothing_are_exactly_those_that_all_people_meet(ruleset: Ruleset) -> None:
    parts = [*enumerate(ruleset.routes), (None, ruleset.made_for)]
    told = _told(faults(WORLD, ruleset), "Everybody meets this")
    assert [(fault.way, fault.condition) for fault in told] == [
        (way, number)
        for way, part in parts
        for number, condition in enumerate(part)
        if _let_in((condition,)) == frozenset(EVERYBODY)
    ]


@settings(max_examples=300)
@given(rulesets())
def test_holes_are_exactly_the_ages_between_that_leave_somebody_out(ruleset: Ruleset) -> None:
    told = {fault.way: _halves(fault.message) for fault in _told(faults(WORLD, ruleset), "leave out")}
    assert told == _slow_holes([(n, way) for n, way in enumerate(ruleset.routes) if _let_in(way)])


def _slow_holes(ways: list[tuple[int, Route]]) -> dict[int, set[float]]:
    """By the last way in of each group that differs in its ages alone: the half years left out."""
    groups: dict[frozenset[Person], list[tuple[int, set[float]]]] = {}
    for number, way in ways:
        limits = [one for one in way if one.span and not one.excludes]
        rest = tuple(one for one in way if one not in limits)
        if limits:
            taken = {p.age for p in EVERYBODY if all(_meets(p, one) for one in limits)}
            groups.setdefault(_let_in(rest), []).append((number, taken))
    holes = {}
    inside = frozenset[Person]().union(*(_let_in(way) for _, way in ways))
    for people, members in groups.items():
        taken = set[float]().union(*(ages for _, ages in members))
        if left_out := {p.age for p in people - inside if min(taken) < p.age < max(taken) and p.age not in taken}:
            holes[members[-1][0]] = left_out
    return holes


def _halves(message: str) -> set[float]:
    ages = re.search(r"leave out (.*) \(“age”\)", message)
    assert ages
    found = re.findall(r"([\d.]+) and over, below ([\d.]+),|(\d+)(?: to (\d+))?", ages[1])
    ends = [(float(low), float(high)) if low else (int(a), int(b or a) + 1) for low, high, a, b in found]
    return {half for low, high in ends for half in HALVES if low <= half < high}


# In the provider's words


def test_good_rules_have_no_fault() -> None:
    assert faults(WORLD, NO_RULES) == []
    assert faults(WORLD, Ruleset(((_camden(), ILL, _aged(15, 17)), (AUTISTIC, THERAPY)), (AUTISTIC,))) == []


def test_a_condition_that_follows_from_another_is_no_fault() -> None:
    assert faults(WORLD, Ruleset(((ILL, AUTISTIC),))) == []


@pytest.mark.parametrize(
    ("way", "place", "message"),
    [
        (
            (_camden(), WELL, AUTISTIC),
            2,
            "Nobody can meet this and also “For people who are well.”. Make them two ways in, or correct one.",
        ),
        (
            (_camden(), ILL, replace(ILL, text="Not for people who are ill.", excludes=True)),
            2,
            "This shuts out everybody who meets “For people who are ill.”. Correct it, or take it out.",
        ),
        (
            (
                Condition("For the young.", "lives_in", frozenset({"camden", "enfield"})),
                Condition("For the old.", "lives_in", frozenset({"enfield", "away"})),
                Condition("For the others.", "lives_in", frozenset({"camden", "away"})),
            ),
            2,
            "Nobody can meet this and also “For the young.” and “For the old.”. Make them two ways in, or correct one.",
        ),
        (
            (
                _camden(),
                Condition("For the young.", "lives_in", frozenset({"camden", "enfield"})),
                Condition("For the old.", "lives_in", frozenset({"camden", "away"})),
                Condition("For the others.", "lives_in", frozenset({"enfield", "away"})),
            ),
            3,
            "Nobody can meet this and also “For people who live in Camden.”. Make them two ways in, or correct one.",
        ),
        (
            (Condition("Not for anybody.", "age", span=Span(0, 99), excludes=True),),
            0,
            "Nobody can meet this. Correct it, or take it out.",
        ),
        (
            (
                Condition("From elsewhere.", "lives_in", frozenset({"away"})),
                Condition("S.", "since", frozenset({"long"})),
            ),
            1,
            "Nobody can meet this and also “From elsewhere.”. Make them two ways in, or correct one.",
        ),
    ],
    ids=["what follows", "an exclusion", "three", "a pair beside three", "an exclusion of all", "a question not put"],
)
def test_a_contradiction_names_the_smallest_part_to_blame(way: Route, place: int, message: str) -> None:
    assert faults(WORLD, Ruleset((way,))) == [Fault(message, "error", 0, place)]


def test_ages_that_meet_within_a_year_are_no_contradiction() -> None:
    assert faults(WORLD, Ruleset(((_aged(15.5, 17), _aged(14, 16)),))) == []


def test_a_way_in_for_nobody_new_names_the_wider_one() -> None:
    (found,) = faults(WORLD, Ruleset(((AUTISTIC, THERAPY), (_camden(),), (ILL,))))
    message = "Whoever comes in this way can already come in by the third way in. Take it out, or say what differs."
    assert found == Fault(message, "warning", 0)


def test_of_two_ways_in_alike_the_second_is_named() -> None:
    assert [fault.way for fault in faults(WORLD, Ruleset(((_camden(),), (_camden("Local people."),))))] == [1]


def test_a_condition_that_all_ages_meet_is_named() -> None:
    (found,) = faults(WORLD, Ruleset(((ILL,),), made_for=(AUTISTIC, _aged(0, 99))))
    assert found == Fault("Everybody meets this, so it says nothing. Correct it, or take it out.", "warning", None, 1)


def _teens(*ends: tuple[float, float], shared: Route = ()) -> Ruleset:
    return Ruleset(tuple((_aged(*pair), *shared) for pair in ends))


@pytest.mark.parametrize(
    ("ages", "left_out"),
    [
        ([(14, 16), (17, 21)], "16"),
        ([(18, 21), (14, 15)], "15 to 17"),
        ([(14, 15), (16, 17), (18, 21)], "15 and 17"),
        ([(14, 17.5), (18, 21)], "17.5 and over, below 18,"),
    ],
)
def test_a_hole_names_the_ages_left_out(ages: list[tuple[float, float]], left_out: str) -> None:
    (found,) = faults(QUESTIONNAIRE, _teens(*ages, shared=(ILL,)))
    message = f"The ways in leave out {left_out} (“age”) and let in people on both sides."
    assert found == Fault(f"{message} Close the gap, or exclude it if it is meant.", "warning", len(ages) - 1)


def test_ages_that_are_excluded_or_let_in_otherwise_are_no_hole() -> None:
    excluded = _teens((14, 16), (17, 21), shared=(_aged(16, 17, excludes=True),))
    assert faults(QUESTIONNAIRE, excluded) == []
    other_way = (_aged(15, 18), ILL)
    closed = Ruleset((*_teens((14, 16), (17, 21), shared=(AUTISTIC,)).routes, other_way))
    assert _told(faults(QUESTIONNAIRE, closed), "leave out") == []


def test_ways_in_that_differ_in_more_than_their_ages_leave_no_hole() -> None:
    assert faults(QUESTIONNAIRE, Ruleset(((_aged(14, 16), ILL), (_aged(17, 21),)))) == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("C.", "livs_in", frozenset({"camden"})), "There is no question “livs_in”."),
        (Condition("C.", "lives_in", frozenset({"camdem"})), "The question “lives_in” has no answer “camdem”."),
        (Condition("C.", "lives_in"), "This condition accepts no answer."),
        (Condition("C.", "lives_in", span=Span(1, 2)), "The question “lives_in” has no numbers."),
        (Condition("C.", "age", frozenset({"young"})), "The question “age” takes a number."),
        (Condition("C.", "age"), "This condition has no limit."),
        (_aged(15, 15), "Nobody is 15 or over and below 15."),
        (_aged(17, 99), "Nobody gives such a number: answers go from 14 to 16."),
        (_aged(0, 14), "Nobody gives such a number: answers go from 14 to 16."),
    ],
)
def test_what_cannot_be_read_is_told_first_and_alone(condition: Condition, words: str) -> None:
    (in_a_way,) = faults(WORLD, Ruleset(((ILL, WELL, condition),)))
    (made_for,) = faults(WORLD, Ruleset(made_for=(condition,)))
    assert in_a_way == replace(made_for, way=0, condition=2)
    assert in_a_way.message.startswith(words)
    assert in_a_way.severity == "error"


def test_rules_out_of_size_are_told_and_not_looked_at_further() -> None:
    many = tuple(_camden(f"For number {number}.") for number in range(10_000))
    (long,) = faults(WORLD, Ruleset((many,)))
    assert long == Fault(
        "There are 10,000 conditions here, and 20 are the most. Join those on the same question, or take some out.",
        "error",
        0,
    )
    assert [fault.way for fault in faults(WORLD, Ruleset(made_for=many))] == [None]
    (wide,) = faults(WORLD, Ruleset(tuple((one,) for one in many)))
    assert wide.message == "There are 10,000 ways in, and four are the most. Join some, or take some out."
    (none,) = faults(WORLD, Ruleset(()))
    assert none.message.startswith("Nobody can come in.")


def test_the_largest_rules_that_are_looked_at_come_to_an_end() -> None:
    """Every way in needs all the others' conditions to be told from them."""
    every = [replace(one, text=f"{one.text} {n}") for n in range(MOST_CONDITIONS // 2) for one in (ILL, AUTISTIC)]
    ruleset = Ruleset(tuple((*every[1:], _aged(low, low + 1)) for low in (14, 16, 18, 20)))
    assert [fault.way for fault in faults(QUESTIONNAIRE, ruleset)] == [3]


def test_circular_and_contradictory_knowledge_comes_to_an_end() -> None:
    """Reading refuses such questions; whoever builds them by hand is told that nobody can come in."""
    circular = replace(WORLD["lives_in"], asked_if=("since", frozenset({"long"})))
    never = Implication("lives_in", frozenset({"camden"}), "health", ("no",))
    always = Implication("lives_in", frozenset({"camden"}), "health", ("yes",))
    broken = replace(
        WORLD, questions={**WORLD.questions, "lives_in": circular}, implications=(*WORLD.implications, never, always)
    )
    assert faults(broken, Ruleset(((_camden(),),))) == [
        Fault("Nobody can meet this. Correct it, or take it out.", "error", 0, 0)
    ]
