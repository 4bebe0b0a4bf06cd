"""Rules and questions so tangled that looking at all of them would take for ever are refused soon.

None has a stopwatch: without a limit, these tests would not end.
"""

from dataclasses import replace
from random import Random

import pytest

from app.eligibility.answers import Span, read_answers
from app.eligibility.changes import fewest_changes
from app.eligibility.checks import MOST_CONDITIONS, Fault, faults
from app.eligibility.compiled import compile_rules
from app.eligibility.coverage import Walk
from app.eligibility.possible import TooTangledError, people
from app.eligibility.priors import Priors
from app.eligibility.questions import Answer, Implication, Kind, Question, Questionnaire
from app.eligibility.rules import Condition, Ruleset
from app.eligibility.space import space_of
from tests.eligibility.worlds import QUESTIONNAIRE

PIGEONS, HOLES = range(14), range(13)
TANGLED = Fault("These rules are too tangled to check. Use fewer conditions, or fewer ways in.", "error")


def _question(id_: str, kind: Kind, answers: int) -> Question:
    named = tuple(Answer(f"{number}", "", "are so", "were so") for number in range(answers))
    return Question(id_, kind, "situation", "?", "", answers=named)


def _world(questions: list[Question], *implications: Implication) -> Questionnaire:
    return replace(QUESTIONNAIRE, questions={one.id: one for one in questions}, implications=implications)


def _pigeons() -> tuple[Questionnaire, Ruleset]:
    """Each pigeon sits in some hole and no hole takes two: nobody can find out by trying that one is left over."""
    pigeons = [_question(f"pigeon-{pigeon}", "multi", len(HOLES)) for pigeon in PIGEONS]
    holes = [_question(f"hole-{hole}", "one", len(PIGEONS)) for hole in HOLES]
    sits = [
        Implication(f"pigeon-{pigeon}", frozenset({f"{hole}"}), f"hole-{hole}", (f"{pigeon}",))
        for pigeon in PIGEONS
        for hole in HOLES
    ]
    way = tuple(Condition(f"{one.id}.", one.id, frozenset(one.answer_ids)) for one in pigeons)
    return _world([*pigeons, *holes], *sits), Ruleset((way,))


def test_rules_that_nobody_can_see_through_are_refused() -> None:
    assert faults(*_pigeons()) == [TANGLED]


def test_questions_from_which_everything_follows_are_refused() -> None:
    lists = [_question(f"list-{number}", "multi", 50) for number in range(10)]
    facts = frozenset(lists[0].answer_ids)
    world = _world(
        lists, *(Implication(one.id, facts, other.id, one.answer_ids) for one in lists for other in lists[:2])
    )
    with pytest.raises(TooTangledError):
        people(world, ())
    assert faults(world, Ruleset(((Condition("So.", "list-0", facts),),))) == [TANGLED]


def test_a_gap_is_found_between_ways_in_that_share_most_of_many_conditions() -> None:
    """Choosing an unmet condition of each way in, one after the other, would be more than the search allows."""
    rng = Random(1)
    grown = replace(QUESTIONNAIRE["age"], lowest=10, highest=110)
    world = _world([_question("facts", "multi", 30), grown])
    shared = [
        Condition(f"{n}.", "facts", frozenset(rng.sample(world["facts"].answer_ids, rng.randint(2, 6))))
        for n in range(15)
    ]

    def way(low: float, high: float, ages: int) -> tuple[Condition, ...]:
        spans = [Span(low - n / 7, high + n / 7) for n in range(ages)]
        of_age = [Condition("Age.", "age", span=span) for span in spans]
        return (*rng.sample(shared, MOST_CONDITIONS - ages), *of_age)

    ways = (way(16, 18, 5), way(60, 62, 5), way(20, 40, 10), way(40, 61, 10))
    assert any("leave out 18 to 19" in fault.message for fault in faults(world, Ruleset(ways)))


def test_a_proof_on_rules_without_any_order_is_given_up() -> None:
    facts = [f"{number}" for number in range(60)]
    world = _world([_question("home", "one", 2), _question("facts", "multi", len(facts))])
    rules = [
        Ruleset((tuple(Condition("", "facts", frozenset({facts[n * k % 60]})) for k in (1, 7, 13)),)) for n in range(60)
    ]
    compiled = compile_rules(world, rules)
    walk = Walk(space_of(world, Priors({}, ())), compiled, lenient=0, by="home")
    with pytest.raises(TooTangledError):
        walk.unserved(compiled.existing)


def test_a_proof_on_questions_that_all_hang_together_is_given_up() -> None:
    questions = [_question(f"{number}", "one", 5) for number in range(30)]
    chained = [Implication(f"{n}", frozenset({"0"}), f"{n + 1}", ("0",)) for n in range(29)]
    with pytest.raises(TooTangledError):
        space_of(_world(questions, *chained), Priors({}, ()))


def test_a_proof_on_a_list_from_whose_facts_all_else_follows_is_given_up() -> None:
    questions = [_question("facts", "multi", 40), *(_question(f"{number}", "one", 2) for number in range(40))]
    follows = [Implication("facts", frozenset({f"{n}"}), f"{n}", ("0",)) for n in range(40)]
    with pytest.raises(TooTangledError):
        space_of(_world(questions, *follows), Priors({}, ()))


def test_no_change_is_told_where_there_are_too_many_to_try() -> None:
    questions = [_question(f"{number}", "one", 20) for number in range(20)]
    chained = [Implication(f"{n}", frozenset({"19"}), f"{(n + 1) % 20}", ("19",)) for n in range(20)]
    world = _world(questions, *chained)
    way = tuple(Condition("", one.id, frozenset(one.answer_ids[1:])) for one in questions)
    answers = read_answers(world, {one.id: "0" for one in questions})
    assert fewest_changes(world, Ruleset((way,)), answers) == ()
    assert len(fewest_changes(world, Ruleset((way[:1],)), answers)) == 1


def test_answers_from_which_follows_round_in_a_circle_are_read() -> None:
    questions = [_question(f"{number}", "one", 2) for number in range(50)]
    circle = [Implication(f"{n}", frozenset({"0"}), f"{(n + 1) % 50}", ("0",)) for n in reversed(range(50))]
    assert read_answers(_world(questions, *circle), {"7": "0"}).one == {one.id: "0" for one in questions}
