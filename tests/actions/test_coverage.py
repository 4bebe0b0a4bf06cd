"""The proof on the real catalogue: its sums, its groups, a second opinion, and a human route that is lost."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.coverage import coverage
from app.actions.coverage_words import coverage_in_words
from app.actions.recommend import recommend, usable_contacts
from app.catalogue import Catalogue, interviews
from app.directory.listing import BOROUGHS
from app.eligibility.answers import AnswerError, Span, read_answers
from app.eligibility.evaluate import Verdict
from app.eligibility.groups import GroupSearch
from app.eligibility.questions import NONE
from app.eligibility.rules import RECOMMENDED, Condition, Programme, Route, Ruleset
from app.eligibility.space import space_of
from tests.eligibility.solver import Formula, Solver
from tests.seeds import seed_catalogue

TODAY = date(2026, 11, 21)
IN_2016 = date(2016, 2, 1)
LEVELS = ("fits", "fits_or_may_fit", "human_route")


@cache
def _proof(day: date) -> dict[str, Any]:
    return coverage(seed_catalogue(), day)


@pytest.mark.parametrize("day", [TODAY, IN_2016])
def test_nobody_ends_at_a_dead_end(day: date) -> None:
    proof = _proof(day)
    assert proof["hole"] is None
    for area in proof["areas"]:
        assert area["human_route"]["sets"] == area["sets"] > 0
        assert area["human_route"]["share"] in (1, None)


@pytest.mark.parametrize("day", [TODAY, IN_2016])
def test_the_areas_add_up_and_each_level_holds_the_one_before(day: date) -> None:
    everywhere, *areas = _proof(day)["areas"]
    assert {area["id"] for area in areas} >= {*BOROUGHS, "not_said"}
    assert everywhere["sets"] == sum(area["sets"] for area in areas)
    for level in LEVELS:
        assert everywhere[level]["sets"] == sum(area[level]["sets"] for area in areas)
    for area in (everywhere, *areas):
        assert [area[level]["sets"] for level in LEVELS] == sorted(area[level]["sets"] for level in LEVELS)
        shares = [area[level]["share"] for level in LEVELS]
        assert area["id"] == "not_said" or shares == sorted(shares)


def test_every_set_of_answers_is_counted() -> None:
    """Worked out by hand from the questions: how many ways there are to answer each, times two for not answering."""
    home, gp, practice, asking, age, yes_no = 6 + 2, 7 + 2, 8 + 2, 4 + 2, 101 + 2, 2 + 2
    work = 6 + (3 + 2) * yes_no  # of nine answers three lead on to how long; so do the two open ones
    health = 1 + (1 + 2) * yes_no * yes_no * (2**23 + 2)  # ill, or open: then long-term, disabled and conditions
    situation, benefits, goals = 2**9 + 2, 2**7 + 2, 2**15 + 2
    by_hand = home * gp * practice * asking * age * work * health * situation * benefits * yes_no * goals
    assert _proof(TODAY)["areas"][0]["sets"] == by_hand


# A second opinion


@cache
def _solver() -> Solver:
    return Solver(seed_catalogue().questionnaire)


def _opened(catalogue: Catalogue, day: date) -> list[Programme]:
    return [p for p in catalogue.programmes.values() if p.role in RECOMMENDED and p.open_on(day)]


def _served(rules: Ruleset, *, lenient: bool) -> list[Formula]:
    return [_solver().serves(row, lenient=lenient) for row in rules.routes if lenient or rules.sourced]


def _talked_to(catalogue: Catalogue, day: date) -> list[Formula]:
    questionnaire, formulas = catalogue.questionnaire, []
    for id_ in (*questionnaire.human_routes, *questionnaire.human_routes_where_fitting):
        programme = catalogue.programmes.get(id_)
        if programme and programme.open_on(day) and usable_contacts(catalogue, catalogue.listings[id_], day):
            formulas += _served(programme.rules_on(day), lenient=id_ in questionnaire.human_routes)
    return formulas


@pytest.mark.parametrize("day", [TODAY, IN_2016])
def test_a_solver_agrees_on_who_is_unserved(day: date) -> None:
    catalogue, solver = seed_catalogue(), _solver()
    levels = {
        "fits": [f for p in _opened(catalogue, day) for f in _served(p.rules_on(day), lenient=False)],
        "fits_or_may_fit": [f for p in _opened(catalogue, day) for f in _served(p.rules_on(day), lenient=True)],
        "human_route": _talked_to(catalogue, day),
    }
    for area in _proof(day)["areas"][1:]:
        home = solver.final("lives_in", "" if area["id"] == "not_said" else area["id"])
        for level, served in levels.items():
            assert solver.somebody(home, nobody_of=served) == (area[level]["sets"] < area["sets"])


@pytest.mark.parametrize("day", [TODAY, IN_2016])
def test_a_solver_agrees_that_nobody_in_a_group_is_served(day: date) -> None:
    catalogue, solver = seed_catalogue(), _solver()
    rows = [row for programme in _opened(catalogue, day) for row in programme.rules_on(day).routes]
    groups = GroupSearch(space_of(catalogue.questionnaire, catalogue.priors)).largest(rows, most=6)
    assert groups
    for group in groups:
        belongs = solver.serves(group.conditions, lenient=False)
        assert solver.somebody(belongs)
        assert not any(solver.somebody(belongs, solver.serves(row, lenient=True)) for row in rows)


# The groups


def _somebody_in(group: Route, rng: Random) -> dict[str, object]:
    """Answers of a person in the group; other questions are answered at random, as far as that goes together."""
    questionnaire = seed_catalogue().questionnaire
    raw: dict[str, object] = {}
    for condition in group:
        question = questionnaire[condition.question or ""]
        if condition.span:
            raw[question.id] = rng.randrange(int(condition.span.low), int(condition.span.high))
        elif question.kind == "one":
            raw[question.id] = rng.choice(sorted(condition.any_of))
        elif condition.excludes:
            others = sorted(set(question.answer_ids) - condition.any_of)
            raw[question.id] = rng.sample(others, rng.randint(0, 3)) or [NONE]
        else:
            raw[question.id] = sorted(condition.any_of)
    for question in questionnaire:
        if question.id not in raw and question.kind == "one":
            more = {**raw, question.id: rng.choice(question.answer_ids)}
            try:
                read_answers(questionnaire, more)
            except AnswerError:
                continue
            raw = more
    return raw


@pytest.mark.parametrize("day", [TODAY, IN_2016])
def test_the_wizard_recommends_nothing_to_the_people_of_a_group(day: date) -> None:
    catalogue, rng = seed_catalogue(), Random(1)
    rows = [row for programme in _opened(catalogue, day) for row in programme.rules_on(day).routes]
    groups = GroupSearch(space_of(catalogue.questionnaire, catalogue.priors)).largest(rows, most=6)
    shown = next(part for part in _proof(day)["unserved"] if part["id"] == "nothing_may_fit")["groups"]
    for group, entry in zip(groups, shown, strict=True):
        for _ in range(20):
            decision = recommend(catalogue, _somebody_in(group.conditions, rng), day)
            assert decision.recommendations == ()
            assert {route["id"] for route in entry["talk_to"]} <= {route.listing.id for route in decision.always}


def test_groups_come_largest_first_with_somebody_for_all_to_talk_to() -> None:
    for part in _proof(TODAY)["unserved"]:
        shares = [group["share"] for group in part["groups"]]
        assert shares == sorted(shares, reverse=True)
        assert all(group["talk_to"] and group["sets"] > 0 for group in part["groups"])


def test_a_commissioner_reads_who_is_left_without_help_to_keep_a_job() -> None:
    part = next(part for part in _proof(TODAY)["unserved"] if part["id"] == "nothing_to_keep_job")
    assert part["heading"] == "If they wanted to keep a job, no programme could help with that"
    assert part["groups"][0]["people"].startswith(
        "People who have no health condition or disability. None of them were in care as a child, look after"
    )


def test_a_commissioner_reads_shares_of_people_and_who_is_there_for_them() -> None:
    text = coverage_in_words(_proof(TODAY))
    assert "Not said" not in text.partition("“not sure” included")[0], "of them there is no share of people"
    assert not re.search(r"\d{6}|\d,\d", text), "a count that nobody can read"
    assert "Everybody below can talk to Citizens Advice Help to Claim, Acas helpline and Universal Credit" in text
    assert "Some can talk to Jobcentre Plus, National Careers Service and 2 others." in text
    assert "live outside the five boroughs, have a GP outside the five boroughs or no GP, and are not disabled" in text


# When a human route is lost


def _with_routes(changed: dict[str, Ruleset | None]) -> Catalogue:
    """The catalogue after some of the human routes closed (None), or with other rules for them."""
    catalogue = seed_catalogue()
    questionnaire = catalogue.questionnaire
    programmes = dict(catalogue.programmes)
    for id_, rules in changed.items():
        change = {"rulesets": (rules,)} if rules else {"closed": TODAY - timedelta(1)}
        programmes[id_] = replace(programmes[id_], **change)
    return replace(
        catalogue, programmes=programmes, interview_on=interviews(questionnaire, programmes, catalogue.priors)
    )


ROUTES = [*seed_catalogue().questionnaire.human_routes, *seed_catalogue().questionnaire.human_routes_where_fitting]


@st.composite
def _narrow_rules(draw: st.DrawFn) -> Ruleset:
    question = seed_catalogue().questionnaire[draw(st.sampled_from(["lives_in", "health", "conditions", "age"]))]
    if question.kind == "number":
        low = draw(st.integers(0, 60))
        condition = Condition("For an age.", question.id, span=Span(low, draw(st.sampled_from([30, float("inf")]))))
    else:
        accepted = draw(st.frozensets(st.sampled_from(question.answer_ids), min_size=1, max_size=5))
        condition = Condition("For some.", question.id, accepted, excludes=draw(st.booleans()))
    return Ruleset(((condition,),))


@settings(max_examples=40)
@given(st.fixed_dictionaries({id_: st.one_of(st.none(), _narrow_rules()) for id_ in ROUTES}))
def test_a_hole_is_found_where_a_solver_finds_one_and_the_wizard_names_nobody_there(
    changed: dict[str, Ruleset | None],
) -> None:
    catalogue = _with_routes(changed)
    proof = coverage(catalogue, TODAY)
    assert (proof["hole"] is not None) == _solver().somebody(nobody_of=_talked_to(catalogue, TODAY))
    if hole := proof["hole"]:
        assert hole["sets"] == proof["areas"][0]["sets"] - proof["areas"][0]["human_route"]["sets"] > 0
        assert recommend(catalogue, hole["answers"], TODAY).always == ()


def test_the_hole_is_named_by_the_fewest_answers_that_lead_there() -> None:
    lost = [id_ for id_ in ROUTES if id_ not in ("jobcentre-plus", "national-careers-service")]
    hole = coverage(_with_routes(dict.fromkeys(lost)), TODAY)["hole"]
    assert hole["people"] == "People who are under 13"
    assert hole["answers"] == {"age": "10-12"}


def test_without_any_human_route_everybody_is_at_a_dead_end() -> None:
    proof = coverage(_with_routes(dict.fromkeys(ROUTES)), TODAY)
    assert proof["hole"]["people"] == "All people"
    assert proof["areas"][0]["human_route"] == {"sets": 0, "share": 0}
    assert "lead to nobody" in coverage_in_words(proof)


def test_a_day_of_which_the_directory_knows_nothing_is_refused() -> None:
    with pytest.raises(AnswerError, match="Choose a later day"):
        coverage(seed_catalogue(), date(2001, 1, 1))


def test_a_programme_that_only_may_fit_is_told_from_one_that_fits() -> None:
    """In 2016 one service without a sourced rule may fit everybody of working age: it does not count as a fit."""
    everywhere = _proof(IN_2016)["areas"][0]
    assert everywhere["fits"]["share"] < 0.8 < 0.98 < everywhere["fits_or_may_fit"]["share"]
    assert Verdict.FITS not in {
        entry.verdict
        for entry in recommend(
            seed_catalogue(), {"lives_in": "haringey", "age": 40, "disabled": "no"}, IN_2016
        ).recommendations
        if not entry.programme.rules_on(IN_2016).sourced
    }
