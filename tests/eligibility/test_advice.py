"""Beside a rule: made-up people whom it really lets in, may let in or turns away, and its faults at their place."""

from datetime import date

import pytest
from hypothesis import given, settings

from app.eligibility.advice import SAMPLES, Advice, Remark, Sample, Written, advice
from app.eligibility.answers import Span, read_answers
from app.eligibility.evaluate import State, Verdict, state_of
from app.eligibility.questions import NOT_SURE
from app.eligibility.rules import Condition, Ruleset
from tests.eligibility.plain import evaluate
from tests.eligibility.test_ranking import AUTISTIC, ILL, IN_CAMDEN, PRIORS
from tests.eligibility.worlds import QUESTIONNAIRE, rulesets
from tests.seeds import seed_catalogue

TODAY = date(2026, 11, 21)
WELL = Condition("For people who are well.", "health", frozenset({"no"}))
THERAPY = Condition("For people in therapy.", ask="Is it under way?")
NOT_AUTISTIC = Condition("Not for autistic people.", "conditions", frozenset({"autism"}), excludes=True)


def _aged(low: float, high: float) -> Condition:
    return Condition(f"For people of {low:g} and over, below {high:g}.", "age", span=Span(low, high))


def _told(written: Written) -> Advice:
    return advice(QUESTIONNAIRE, PRIORS, written)


def _as_written(ruleset: Ruleset) -> Written:
    return Written(routes=ruleset.routes, made_for=ruleset.made_for)


def _by_verdict(told: Advice) -> dict[Verdict, tuple[Sample, ...]]:
    return {Verdict.FITS: told.lets_in, Verdict.MAY_FIT: told.may_let_in, Verdict.DOES_NOT_FIT: told.turns_away}


@settings(max_examples=200)
@given(rulesets)
def test_the_people_are_let_in_or_turned_away_as_is_said_and_for_the_reason_given(ruleset: Ruleset) -> None:
    named = {condition.question for way in ruleset.routes for condition in way}
    for verdict, samples in _by_verdict(_told(_as_written(ruleset))).items():
        assert len(samples) <= SAMPLES
        assert all(samples.count(one) == 1 for one in samples)
        for sample in samples:
            answers = read_answers(QUESTIONNAIRE, sample.answers)
            assert evaluate(ruleset, answers) is verdict
            assert set(sample.answers) <= named
            state = {Verdict.FITS: None, Verdict.MAY_FIT: State.OPEN, Verdict.DOES_NOT_FIT: State.NOT_MET}[verdict]
            assert all(state_of(condition, answers) is state for condition in sample.because)
            assert bool(sample.because) == (verdict is not Verdict.FITS) or not ruleset.sourced


@settings(max_examples=100)
@given(rulesets)
def test_the_same_rule_always_shows_the_same_people(ruleset: Ruleset) -> None:
    assert _told(_as_written(ruleset)) == _told(_as_written(ruleset))


@pytest.mark.parametrize("id_", sorted(seed_catalogue().programmes))
def test_every_rule_of_the_catalogue_has_people_of_each_kind_that_there_can_be(id_: str) -> None:
    catalogue = seed_catalogue()
    for rules in catalogue.programmes[id_].rulesets:
        told = advice(catalogue.questionnaire, catalogue.priors, _as_written(rules))
        settled = any(all(condition.question for condition in way) for way in rules.routes)
        asked = all(any(condition.question for condition in way) for way in rules.routes)
        assert bool(told.lets_in) == (rules.sourced and settled)
        assert told.may_let_in
        assert bool(told.turns_away) == asked
        for verdict, samples in _by_verdict(told).items():
            for sample in samples:
                assert evaluate(rules, read_answers(catalogue.questionnaire, sample.answers)) is verdict


def test_who_is_let_in_is_likely_and_says_no_more_than_the_rule_asks() -> None:
    told = _told(Written(everyone=(IN_CAMDEN, ILL)))
    assert told.lets_in == (Sample({"lives_in": "camden", "health": "yes"}),)
    assert [sample.answers for sample in told.turns_away][:1] == [{"lives_in": "enfield", "health": "yes"}]
    assert {condition for sample in told.turns_away for condition in sample.because} == {IN_CAMDEN, ILL}


def test_whoever_is_not_sure_may_be_let_in_and_so_may_all_where_only_the_service_can_tell() -> None:
    told = _told(Written(everyone=(IN_CAMDEN,)))
    assert told.may_let_in == (Sample({"lives_in": NOT_SURE}, (IN_CAMDEN,)),)
    told = _told(Written(everyone=(IN_CAMDEN, THERAPY)))
    assert told.lets_in == ()
    assert told.may_let_in[0] == Sample({"lives_in": "camden"}, (THERAPY,))


def test_people_come_by_every_way_in() -> None:
    told = _told(Written(routes=((IN_CAMDEN,), (AUTISTIC,))))
    assert {frozenset(sample.answers) for sample in told.lets_in} == {
        frozenset({"lives_in"}),
        frozenset({"conditions"}),
    }
    for sample in told.turns_away:
        assert len(sample.answers) == 2


def test_what_follows_from_another_answer_is_not_said_again() -> None:
    told = _told(Written(everyone=(ILL, AUTISTIC)))
    assert told.lets_in == (Sample({"conditions": ["autism"]}),)


def test_a_rule_for_everybody_lets_anybody_in_perhaps_and_turns_nobody_away() -> None:
    assert _told(Written()) == Advice((), (Sample({}),), (), ())


# What is wrong


def test_a_fault_stands_where_it_was_written() -> None:
    told = _told(Written(everyone=(ILL,), routes=((IN_CAMDEN,), (IN_CAMDEN, WELL))))
    (remark,) = told.remarks
    assert (remark.severity, remark.part, remark.way, remark.condition) == ("error", "routes", 1, 1)
    assert f"“{ILL.text}”" in remark.message
    assert told.lets_in
    told = _told(Written(everyone=(AUTISTIC,), exclusions=(NOT_AUTISTIC,)))
    assert [(one.part, one.way, one.condition) for one in told.remarks] == [("exclusions", None, 0)]
    assert told.lets_in == ()
    told = _told(Written(everyone=(IN_CAMDEN,), routes=((AUTISTIC,),), exclusions=(_aged(0, 14.5), NOT_AUTISTIC)))
    assert [(one.part, one.way, one.condition) for one in told.remarks] == [("exclusions", None, 1)]


def test_what_says_nothing_for_everybody_is_told_once_however_many_ways_in_there_are() -> None:
    told = _told(Written(everyone=(_aged(0, 99),), routes=((IN_CAMDEN,), (AUTISTIC,))))
    message = "Everybody meets this, so it says nothing. Correct it, or take it out."
    assert told.remarks == (Remark(message, "warning", "everyone", None, 0),)
    told = _told(Written(everyone=(IN_CAMDEN,), made_for=(ILL, _aged(0, 99))))
    assert told.remarks == (Remark(message, "warning", "made_for", None, 1),)


def test_a_way_in_for_nobody_new_and_a_hole_between_ages_are_about_that_way_in() -> None:
    told = _told(Written(everyone=(ILL,), routes=((IN_CAMDEN,), (IN_CAMDEN, AUTISTIC))))
    assert [(one.part, one.way, one.condition) for one in told.remarks] == [("routes", 1, None)]
    told = _told(Written(everyone=(ILL,), routes=((_aged(14, 16),), (_aged(18, 21),))))
    (remark,) = told.remarks
    assert (remark.part, remark.way, remark.condition) == ("routes", 1, None)
    assert "leave out 16 to 17" in remark.message


def test_a_rule_that_cannot_be_read_shows_its_fault_and_nobody() -> None:
    told = _told(Written(everyone=(Condition("For people there.", "lives_in", frozenset({"nowhere"})),)))
    assert (told.lets_in, told.may_let_in, told.turns_away) == ((), (), ())
    assert [(one.severity, one.part, one.condition) for one in told.remarks] == [("error", "everyone", 0)]
    told = _told(Written(routes=((IN_CAMDEN,) * 21,)))
    assert [(one.severity, one.part, one.way) for one in told.remarks] == [("error", "routes", 0)]
