"""All rules at once give what each gives alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.answers import Answers, Span, read_answers
from app.eligibility.compiled import Layers, compile_rules, mask_of, members
from app.eligibility.evaluate import Verdict
from app.eligibility.rules import Condition, Ruleset
from tests.eligibility.plain import evaluate
from tests.eligibility.worlds import QUESTIONNAIRE, raw_answers, rulesets


def _told(catalogue: list[Ruleset], answers: Answers) -> list[Verdict]:
    fits, possible = compile_rules(QUESTIONNAIRE, catalogue).verdicts(answers)
    return [
        Verdict.FITS if fits >> p & 1 else Verdict.MAY_FIT if possible >> p & 1 else Verdict.DOES_NOT_FIT
        for p in range(len(catalogue))
    ]


bands = st.tuples(st.integers(14, 20), st.integers(14, 20)).map(lambda pair: f"{min(pair)}-{max(pair)}")


catalogues = st.lists(rulesets, max_size=5)
many_people = st.lists(st.tuples(raw_answers(), st.none() | bands), min_size=10, max_size=10)


@settings(max_examples=300)
@given(catalogues, many_people)
def test_the_whole_catalogue_at_once_is_judged_as_each_listing_alone(
    catalogue: list[Ruleset], people: list[tuple[dict[str, object], str | None]]
) -> None:
    _judged_alike(catalogue, people)


# Two thousand catalogues with ten people each: twenty thousand pairs.
@pytest.mark.torture
@settings(max_examples=2000)
@given(catalogues, many_people)
def test_twenty_thousand_pairs_are_judged_alike(
    catalogue: list[Ruleset], people: list[tuple[dict[str, object], str | None]]
) -> None:
    _judged_alike(catalogue, people)


def _judged_alike(catalogue: list[Ruleset], people: list[tuple[dict[str, object], str | None]]) -> None:
    for raw, band in people:
        answers = read_answers(QUESTIONNAIRE, {**raw, "age": band} if band else raw)
        assert _told(catalogue, answers) == [evaluate(rules, answers) for rules in catalogue]


def test_facts_partly_known_stay_open_where_they_can_decide() -> None:
    either = Ruleset(((Condition("a", "conditions", frozenset({"autism", "cancer"})),),))
    one = Ruleset(((Condition("b", "conditions", frozenset({"cancer"})),),))
    neither = Ruleset(((Condition("c", "conditions", frozenset({"autism", "cancer"}), excludes=True),),))
    not_autistic = Answers(no=frozenset({("conditions", "autism")}))
    assert _told([either, one, neither], not_autistic) == [Verdict.MAY_FIT] * 3
    autistic = Answers(yes=frozenset({("conditions", "autism")}))
    assert _told([either, one, neither], autistic) == [Verdict.FITS, Verdict.MAY_FIT, Verdict.DOES_NOT_FIT]


def test_no_programmes_and_no_conditions() -> None:
    nobody = read_answers(QUESTIONNAIRE, {})
    assert compile_rules(QUESTIONNAIRE, []).verdicts(nobody) == (0, 0)
    assert _told([Ruleset()], nobody) == [Verdict.MAY_FIT]


def test_ten_thousand_conditions_in_one_way_in() -> None:
    many = Ruleset(((Condition("x", "age", span=Span(14, 15)),) * 10_000,))
    answers = read_answers(QUESTIONNAIRE, {"age": 16})
    assert _told([many, Ruleset(), many], answers) == [Verdict.DOES_NOT_FIT, Verdict.MAY_FIT, Verdict.DOES_NOT_FIT]


@given(st.sets(st.integers(0, 300)))
def test_a_mask_lists_its_members_in_order(numbers: set[int]) -> None:
    assert list(members(mask_of(numbers))) == sorted(numbers)


@given(st.lists(st.integers(0, 3), max_size=40), st.data())
def test_folding_and_unfolding_follow_the_rows_of_each_programme(depths: list[int], data: st.DataObject) -> None:
    compiled = compile_rules(QUESTIONNAIRE, [Ruleset(((),) * depth) for depth in depths])
    programmes = mask_of(data.draw(st.sets(st.integers(0, len(depths) - 1)))) if depths else 0
    rows = mask_of(row for p in members(programmes) for row in _rows_of(compiled.ways, p, depths[p]))
    assert compiled.ways.unfold(programmes) & compiled.existing == rows
    assert compiled.ways.fold(rows) == mask_of(p for p in members(programmes) if depths[p])


def _rows_of(layers: Layers, programme: int, depth: int) -> list[int]:
    return [start + programme for start in layers.starts[:depth]]
