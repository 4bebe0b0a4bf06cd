"""The order of the results, tier by tier, and what cannot buy a place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from app.eligibility.answers import Answers, Span, read_answers
from app.eligibility.position import position_of
from app.eligibility.priors import Priors
from app.eligibility.ranking import TIERS, Ranked, Standing, rank, why_ahead
from app.eligibility.rulebook import rulebook
from app.eligibility.rules import Condition, Programme, Ruleset
from tests.eligibility import plain
from tests.eligibility.worlds import QUESTIONNAIRE, programmes, raw_answers, wishes

DAY = date(2026, 11, 21)
PRIORS = Priors(
    {
        "lives_in": {"camden": 0.5, "enfield": 0.4, "away": 0.1},
        "health": {"yes": 0.8, "no": 0.2},
        "conditions": {"autism": 0.04, "cancer": 0.3},
        "goals": {"find_job": 0.6},
    },
    ((Span(14, 21), 1.0),),
)
IN_CAMDEN = Condition("For people in Camden.", "lives_in", frozenset({"camden"}))
ILL = Condition("For people who are ill.", "health", frozenset({"yes"}))
AUTISTIC = Condition("For autistic people.", "conditions", frozenset({"autism"}))
EITHER = Condition("For two conditions.", "conditions", frozenset({"autism", "cancer"}))
PLAIN = Programme(
    "plain", "service", (Ruleset(((IN_CAMDEN,),)),), goals=frozenset({"find_job"}), boroughs=frozenset({"camden"})
)
PERSON = read_answers(
    QUESTIONNAIRE, {"lives_in": "camden", "conditions": ["autism"], "age": 18, "goals": ["find_job", "talk"]}
)


def _ranked(programmes: Sequence[Programme], answers: Answers = PERSON, day: date = DAY) -> list[Ranked]:
    book = rulebook(QUESTIONNAIRE, programmes, PRIORS, day)
    return list(rank(Standing(position_of(book, answers)), -1))


def _order(*programmes: Programme, answers: Answers = PERSON, day: date = DAY) -> list[str]:
    return [entry.programme.id for entry in _ranked(programmes, answers, day)]


def _with_rule(programme: Programme, *conditions: Condition, made_for: tuple[Condition, ...] = ()) -> Programme:
    return replace(programme, rulesets=(Ruleset((conditions,), made_for),))


WISHED = frozenset({"find_job", "talk"})
BETTER = {
    "it fits by what we know": (PLAIN, _with_rule(PLAIN, IN_CAMDEN, Condition("For those who ask.", ask="Ask."))),
    "it does more of what was asked for": (PLAIN, replace(PLAIN, goals=frozenset({"talk"}))),
    "it is made for a narrower group": (_with_rule(PLAIN, IN_CAMDEN, ILL), PLAIN),
    "we know that it is open now": (PLAIN, replace(PLAIN, unproven_after=date(2025, 3, 31))),
    "its page is not overdue to be confirmed": (
        replace(PLAIN, overdue_from=date(2026, 11, 22)),
        replace(PLAIN, overdue_from=DAY),
    ),
    "it gives more of the other help that was asked for": (
        replace(PLAIN, goals=frozenset({"find_job", "talk"})),
        PLAIN,
    ),
    "it is more local": (PLAIN, replace(PLAIN, boroughs=frozenset(), reach="national")),
    "people can go there by themselves": (replace(PLAIN, self_referral=True, has_contact=True), PLAIN),
}


@pytest.mark.parametrize("tier", BETTER)
def test_each_tier_decides_and_can_be_said(tier: str) -> None:
    first, second = (
        replace(programme, id=id_) for programme, id_ in zip(BETTER[tier], ("first", "second"), strict=True)
    )
    ranked = _ranked([second, first])
    assert [entry.programme.id for entry in ranked] == ["first", "second"]
    assert why_ahead(*ranked) == tier
    assert tier in TIERS


@settings(max_examples=500)
@given(programmes(most=8), raw_answers(), wishes)
def test_the_order_is_the_one_worked_out_listing_by_listing(
    made: list[Programme], raw: dict[str, object], wish: list[str]
) -> None:
    answers = read_answers(QUESTIONNAIRE, {**raw, "goals": wish} if wish else raw)
    slow = plain.rank(QUESTIONNAIRE, made, answers, PRIORS, DAY)
    found = _ranked(made, answers)
    assert [(entry.programme.id, entry.verdict) for entry in found] == [(e.programme.id, e.verdict) for e in slow]
    assert [entry.key for entry in found] == [entry.key[:-1] for entry in slow]


def test_a_rare_condition_comes_before_health_in_general() -> None:
    rare = replace(_with_rule(PLAIN, IN_CAMDEN, AUTISTIC), id="rare")
    general = replace(_with_rule(PLAIN, IN_CAMDEN, ILL), id="general")
    assert _order(general, rare) == ["rare", "general"]


def test_wide_rules_and_many_of_them_buy_nothing() -> None:
    """A rule that names a rare condition beside a common one is a wide rule: it counts as health in general."""
    narrow = replace(_with_rule(PLAIN, IN_CAMDEN, AUTISTIC), id="narrow")
    wide = replace(_with_rule(PLAIN, IN_CAMDEN, EITHER), id="wide")
    many = replace(
        _with_rule(PLAIN, IN_CAMDEN, ILL, EITHER, ILL, IN_CAMDEN, made_for=(ILL, EITHER, IN_CAMDEN)), id="many"
    )
    assert _order(wide, many, narrow)[0] == "narrow"
    keys = {entry.programme.id: entry.key for entry in _ranked([wide, many])}
    assert keys["wide"] == keys["many"]


def test_a_listing_for_a_kind_of_job_not_named_serves_none() -> None:
    building = replace(PLAIN, id="building", goals=frozenset({"building"}))
    wants_building = read_answers(QUESTIONNAIRE, {"lives_in": "camden", "goals": ["building"]})
    assert _order(building, PLAIN) == ["plain", "building"]
    assert _order(building, PLAIN, answers=wants_building) == ["building", "plain"]


def test_among_those_that_may_fit_the_likelier_comes_first() -> None:
    nobody_known = read_answers(QUESTIONNAIRE, {})
    likely = replace(_with_rule(PLAIN, ILL), id="likely")
    unlikely = replace(_with_rule(PLAIN, AUTISTIC), id="unlikely")
    assert _order(unlikely, likely, answers=nobody_known) == ["likely", "unlikely"]


def test_what_does_not_fit_is_left_out() -> None:
    assert _order(_with_rule(PLAIN, Condition("For Enfield.", "lives_in", frozenset({"enfield"})))) == []


def test_equals_take_turns_by_the_day_and_not_by_name() -> None:
    alike = [replace(PLAIN, id=id_) for id_ in ("aaa", "bbb", "ccc")]
    leaders = {_order(*alike, day=date(2026, 11, day))[0] for day in range(1, 29)}
    assert leaders == {"aaa", "bbb", "ccc"}
    assert _order(*alike) == _order(*reversed(alike))
