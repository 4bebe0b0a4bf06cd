"""What a change does to people: as many as when everybody is asked one by one, before and after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.answers import Answers, Span
from app.eligibility.evaluate import State, Verdict, state_of
from app.eligibility.impact import Effect, Impact, impact
from app.eligibility.rules import Condition, Programme, Ruleset
from app.eligibility.space import Space, space_of
from tests.eligibility.plain import evaluate
from tests.eligibility.test_coverage import World, rulesets, worlds
from tests.seeds import seed_catalogue

TODAY = date(2026, 11, 21)
YESTERDAY = TODAY - timedelta(1)
KINDS = ("gain", "lose", "surer", "less_sure", "stranded")
Change = tuple[Ruleset | None, Ruleset | None, Sequence[Ruleset]]
"""The rules of one programme before and after (None: it is not open), and those of the others."""


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Rules that have nothing to do with each other, and such as differ in one thing."""
    one, *others = draw(rulesets.filter(bool))
    another, *_ = draw(rulesets.filter(bool))
    changed = draw(
        st.sampled_from(
            [
                another,
                replace(one, routes=(*one.routes, another.routes[0])),
                replace(one, routes=tuple((*way, *another.routes[0]) for way in one.routes)),
                replace(one, routes=tuple(way[1:] for way in one.routes)),
                replace(one, routes=tuple(tuple(replace(c, assumed="Ours.") for c in way) for way in one.routes)),
                None,
            ]
        )
    )
    pair = (one, changed) if draw(st.booleans()) else (changed, one)
    return (*pair, others)


def _programme(id_: str, rules: Ruleset | None, role: str = "service") -> Programme:
    return Programme(id_, role, (rules,) if rules else (), closed=None if rules else YESTERDAY)


def _impact(space: Space, change: Change, role: str = "service") -> Impact:
    before, after, others = change
    programmes = [_programme(f"p{n}", rules) for n, rules in enumerate(others)]
    return impact(space, [*programmes, _programme("it", before, role)], _programme("it", after, role), TODAY)


def _verdict(rules: Ruleset | None, answers: Answers) -> Verdict:
    return evaluate(rules, answers) if rules else Verdict.DOES_NOT_FIT


def _kinds_of(answers: Answers, change: Change) -> set[str]:
    """What the change does to one person, judged one condition at a time."""
    before, after, others = change
    old, new = _verdict(before, answers), _verdict(after, answers)
    no, may, yes = Verdict.DOES_NOT_FIT, Verdict.MAY_FIT, Verdict.FITS
    kinds = {(no, may): "gain", (no, yes): "gain", (may, no): "lose", (yes, no): "lose"}
    kinds |= {(may, yes): "surer", (yes, may): "less_sure"}
    left_with_nothing = old is not no and all(_verdict(one, answers) is no for one in (after, *others))
    return {kinds.get((old, new), "the same"), *(["stranded"] if left_with_nothing else [])}


def _check(world: World, change: Change) -> None:
    found = _impact(world.space, change)
    told = [(answers, _kinds_of(answers, change), number, share) for answers, number, share in world.everybody]
    everybody = sum(share for _, _, share in world.everybody)
    for kind in KINDS:
        effect: Effect = getattr(found, kind)
        assert effect.sets == sum(number for _, kinds, number, _ in told if kind in kinds)
        share = sum(share for _, kinds, _, share in told if kind in kinds)
        assert effect.share == pytest.approx(share / everybody, abs=1e-9)
        assert len(effect.groups) <= 5
        for group in effect.groups:
            inside = [
                one for one in told if all(state_of(condition, one[0]) is State.MET for condition in group.conditions)
            ]
            assert inside
            assert all(kind in kinds for _, kinds, _, _ in inside)
            assert group.ways.share == pytest.approx(sum(share for _, _, _, share in inside) / everybody)
        shares = [group.ways.share for group in effect.groups]
        assert shares == sorted(shares, reverse=True)
    assert found.nothing == all(kinds == {"the same"} for _, kinds, _, _ in told)


@settings(max_examples=200)
@given(worlds, changes())
def test_the_counts_are_those_of_asking_everybody_before_and_after(world: World, change: Change) -> None:
    _check(world, change)


@pytest.mark.torture
@settings(max_examples=2000)
@given(worlds, changes())
def test_the_counts_are_those_of_asking_everybody_for_two_thousand_changes(world: World, change: Change) -> None:
    _check(world, change)


@settings(max_examples=60)
@given(worlds, changes())
def test_taking_a_change_back_turns_gain_and_loss_round(world: World, change: Change) -> None:
    before, after, others = change
    there, back = _impact(world.space, (before, after, others)), _impact(world.space, (after, before, others))
    assert there.gain == back.lose
    assert there.lose == back.gain
    assert there.surer == back.less_sure
    assert there.less_sure == back.surer


@settings(max_examples=60)
@given(worlds, changes())
def test_a_change_of_nothing_does_nothing(world: World, change: Change) -> None:
    _, after, others = change
    found = _impact(world.space, (after, after, others))
    assert found.nothing
    assert [getattr(found, kind) for kind in KINDS] == [Effect(0, 0.0)] * len(KINDS)


@settings(max_examples=60)
@given(worlds, changes())
def test_advice_and_information_strand_nobody(world: World, change: Change) -> None:
    """They are shown beside what people are led to, so that nobody depends on them."""
    found = _impact(world.space, change, role="information")
    assert found.stranded == Effect(0, 0.0)
    assert found.lose == _impact(world.space, change).lose


def test_a_listing_that_is_new_takes_nothing_from_anybody() -> None:
    catalogue = seed_catalogue()
    found = impact(space_of(catalogue.questionnaire, catalogue.priors), [], _programme("new", Ruleset()), TODAY)
    assert found.gain.share == 1
    assert found.lose.sets == found.stranded.sets == 0


# On the real catalogue

EVERY_AGE_FROM_18 = Condition("For people aged 18 and over.", "age", span=Span(18, float("inf")))
IN_ISLINGTON = Condition("For people who live in Islington.", "lives_in", frozenset({"islington"}))


def _on_the_catalogue(changed: Programme) -> Impact:
    catalogue = seed_catalogue()
    return impact(space_of(catalogue.questionnaire, catalogue.priors), catalogue.programmes.values(), changed, TODAY)


def _with_condition(id_: str, condition: Condition) -> Programme:
    """The programme with one more condition for everybody."""
    programme = seed_catalogue().programmes[id_]
    rules = programme.rules_on(TODAY)
    narrower = replace(rules, routes=tuple((*way, condition) for way in rules.routes))
    return replace(programme, rulesets=(narrower,))


def test_whom_a_higher_age_turns_away_are_those_between_the_two() -> None:
    found = _on_the_catalogue(_with_condition("access-to-work", EVERY_AGE_FROM_18))
    assert found.gain.sets == found.surer.sets == 0
    assert 0 < found.stranded.sets < found.lose.sets
    assert found.stranded.share < found.lose.share < 0.03
    for group in (*found.lose.groups, *found.stranded.groups):
        (age,) = (condition.span for condition in group.conditions if condition.question == "age")
        assert age == Span(16, 18)


def test_whom_one_borough_alone_turns_away_live_elsewhere() -> None:
    found = _on_the_catalogue(_with_condition("ips-severe-mental-illness", IN_ISLINGTON))
    assert found.gain.sets == 0
    (group,) = found.lose.groups
    (home,) = (condition.any_of for condition in group.conditions if condition.question == "lives_in")
    assert home == {"barnet", "camden", "enfield", "haringey"}


def test_when_a_service_for_refugees_closes_some_of_them_are_left_with_nothing() -> None:
    programme = replace(seed_catalogue().programmes["breaking-barriers"], closed=YESTERDAY)
    found = _on_the_catalogue(programme)
    assert 0 < found.stranded.share < found.lose.share
    assert found.stranded.groups
    for group in found.stranded.groups:
        assert Condition("", "situation", frozenset({"refugee"})) in group.conditions


def test_without_its_source_a_rule_makes_people_less_sure_and_turns_nobody_away() -> None:
    programme = seed_catalogue().programmes["access-to-work"]
    rules = programme.rules_on(TODAY)
    assumed = tuple(tuple(replace(one, assumed="Ours.") for one in way) for way in rules.routes)
    found = _on_the_catalogue(replace(programme, rulesets=(replace(rules, routes=assumed),)))
    assert found.less_sure.share > 0.05
    assert found.less_sure.groups
    assert found.gain.sets == found.lose.sets == found.surer.sets == found.stranded.sets == 0
