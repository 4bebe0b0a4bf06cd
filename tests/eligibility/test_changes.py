"""What would have to be otherwise for a service to fit. The oracle tries every set of changed answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.answers import AnswerError, Answers, read_answers
from app.eligibility.changes import Change, fewest_changes, instead
from app.eligibility.evaluate import State, state_of
from app.eligibility.questions import NONE, Answer, Implication, Question, Questionnaire
from app.eligibility.rules import Condition, Programme, Route, Ruleset
from tests.eligibility.worlds import QUESTIONNAIRE, raw_answers, rulesets

DISABLED = replace(
    QUESTIONNAIRE["health"],
    id="disabled",
    answers=(Answer("yes", "Yes", "are", "were disabled"), Answer("no", "No", "are not", "were not disabled")),
)
LINKED = replace(
    QUESTIONNAIRE,
    questions={id_: QUESTIONNAIRE[id_] for id_ in ("lives_in", "health", "conditions")} | {"disabled": DISABLED},
    implications=(
        *QUESTIONNAIRE.implications,
        Implication("disabled", frozenset({"yes"}), "health", ("yes",)),
        Implication("conditions", frozenset({"cancer"}), "conditions", ("autism",)),
        Implication("lives_in", frozenset({"away"}), "disabled", ("yes",)),
    ),
)
"""A world where much follows: of cancer autism, of every condition and of a disability illness, and not always back."""


def _all_answers(question: Question) -> list[object]:
    if question.kind == "one":
        return list(question.answer_ids)
    if question.kind == "number":
        return list(range(question.lowest, question.highest + 1))
    some = [list(facts) for size in (1, 2) for facts in combinations(question.answer_ids, size)]
    return [[NONE], *some]


def _possible(questionnaire: Questionnaire, raw: Mapping[str, object]) -> Answers | None:
    try:
        return read_answers(questionnaire, raw)
    except AnswerError:
        return None


def _known(questionnaire: Questionnaire, answers: Answers) -> dict[str, object]:
    """What the answers say, with what follows from them, as if it had all been asked."""
    known: dict[str, object] = dict(answers.one)
    for question_id, span in answers.number.items():
        known[question_id] = int(span.low)
    for question in questionnaire:
        if question.kind == "multi" and answers.settled(question) and question.id not in answers.unsure:
            known[question.id] = sorted(answers.said(question.id)) or [NONE]
    return known


def _changed(questionnaire: Questionnaire, known: Mapping[str, object], new: dict[str, object]) -> Answers | None:
    """The person with new answers; an old answer goes where it cannot be true beside them."""
    kept = {id_: old for id_, old in known.items() if id_ not in new and _possible(questionnaire, {**new, id_: old})}
    return _possible(questionnaire, new) and _possible(questionnaire, {**kept, **new})


def _fails(route: Route, answers: Answers) -> set[str]:
    """The questions whose answers keep the person out of this way in."""
    return {one.question for one in route if one.question and state_of(one, answers) is State.NOT_MET}


def _fewest(questionnaire: Questionnaire, route: Route, known: Mapping[str, object], asked: set[str]) -> int | None:
    questions = [question for question in questionnaire if question.id in asked]
    for size in range(len(questions) + 1):
        for some in combinations(questions, size):
            for values in product(*map(_all_answers, some)):
                new = dict(zip((question.id for question in some), values, strict=True))
                person = _changed(questionnaire, known, new)
                if person and not _fails(route, person):
                    return size
    return None


def _ways_to_do(questionnaire: Questionnaire, change: Change, known: Mapping[str, object]) -> Iterator[object]:
    """Every new answer that the change speaks of."""
    if questionnaire[change.question].kind != "multi":
        yield from change.answers
        return
    old = known[change.question]
    assert isinstance(old, list)
    wanted = [condition.any_of & set(change.answers) for condition in change.conditions if not condition.excludes]
    for chosen in product(*wanted):
        yield sorted({*chosen, *(set(old) & set(change.answers))}) or [NONE]


def _check(
    questionnaire: Questionnaire, ruleset: Ruleset, raw: Mapping[str, object], may_change: set[str] | None = None
) -> None:
    """``may_change``: the questions that the oracle tries; those that a way in asks in vain, where it is None."""
    answers = read_answers(questionnaire, raw)
    known = _known(questionnaire, answers)
    changes = fewest_changes(questionnaire, ruleset, answers)
    tried = [_fewest(questionnaire, way, known, may_change or _fails(way, answers)) for way in ruleset.routes]
    assert len(changes) == min((size for size in tried if size is not None), default=0)
    if not changes:
        return
    for values in product(*(_ways_to_do(questionnaire, change, known) for change in changes)):
        person = _changed(questionnaire, known, dict(zip((change.question for change in changes), values, strict=True)))
        assert person
        assert not all(_fails(route, person) for route in ruleset.routes)


@settings(max_examples=300)
@given(rulesets, raw_answers())
def test_the_changes_are_the_fewest_and_each_of_them_will_do(ruleset: Ruleset, raw: dict[str, object]) -> None:
    _check(QUESTIONNAIRE, ruleset, raw, set(QUESTIONNAIRE.questions) - {"goals"})


@st.composite
def _linked_conditions(draw: st.DrawFn) -> Condition:
    question = draw(st.sampled_from(list(LINKED)))
    accepted = draw(st.sets(st.sampled_from(question.answer_ids), min_size=1))
    return Condition("For some.", question.id, frozenset(accepted), excludes=draw(st.booleans()))


_linked_rules = st.builds(
    Ruleset,
    st.lists(st.lists(_linked_conditions(), min_size=1, max_size=5).map(tuple), min_size=1, max_size=2).map(tuple),
)
_linked_raw = st.fixed_dictionaries(
    {}, optional={question.id: st.sampled_from(_all_answers(question)) for question in LINKED}
).filter(lambda raw: _possible(LINKED, raw) is not None)


@settings(max_examples=300)
@given(_linked_rules, _linked_raw)
def test_what_follows_from_a_change_is_not_another_change(ruleset: Ruleset, raw: dict[str, object]) -> None:
    _check(LINKED, ruleset, raw)


IN_CAMDEN = Condition("For people in Camden.", "lives_in", frozenset({"camden"}))
ILL = Condition("For people who are ill.", "health", frozenset({"yes"}))


def test_of_two_ways_in_that_ask_for_as_much_the_first_is_told() -> None:
    answers = read_answers(QUESTIONNAIRE, {"lives_in": "away", "health": "no"})
    for ways in ([(IN_CAMDEN,), (ILL,)], [(ILL,), (IN_CAMDEN,)], [(IN_CAMDEN, ILL), (IN_CAMDEN,)]):
        first = min(ways, key=len)
        assert [change.conditions for change in fewest_changes(QUESTIONNAIRE, Ruleset(tuple(ways)), answers)] == [first]


def test_ten_thousand_conditions_are_worked_through() -> None:
    many = (IN_CAMDEN, ILL) * 5000
    answers = read_answers(QUESTIONNAIRE, {"lives_in": "away", "health": "no"})
    assert len(fewest_changes(QUESTIONNAIRE, Ruleset((many,)), answers)) == 2


def _programme(id_: str, *goals: str) -> Programme:
    return Programme(id_, "service", goals=frozenset(goals))


CLOSED_TO_ME = _programme("closed", "find_job", "talk")


@pytest.mark.parametrize(
    ("recommended", "instead_of_it"),
    [
        ([_programme("a", "building"), _programme("b", "talk"), _programme("c", "find_job", "talk")], "b"),
        ([_programme("a", "building"), _programme("b")], "a"),
        ([], None),
    ],
    ids=["the first that serves one of its goals", "else the first of all", "else nothing"],
)
def test_where_to_go_instead(recommended: list[Programme], instead_of_it: str | None) -> None:
    found = instead(CLOSED_TO_ME, recommended)
    assert (found and found.id) == instead_of_it
