"""The map of who is served where: its numbers are those of asking everybody one by one, and its gaps close."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings

from app.actions.coverage import Unserved, coverage
from app.actions.coverage_counts import Cell, percent, rough, tables
from app.actions.coverage_gaps import Closing, GapSearch, closing_in_words
from app.actions.coverage_map import CoverageMap, MapsKept, coverage_map
from app.catalogue import DAYS_KEPT
from app.eligibility.answers import AnswerError, Answers, Span, read_answers
from app.eligibility.evaluate import State, Verdict, state_of
from app.eligibility.groups import Group, GroupSearch
from app.eligibility.priors import Priors
from app.eligibility.rules import Condition, Programme, Route, Ruleset
from app.eligibility.space import space_of
from tests.eligibility.plain import evaluate
from tests.eligibility.worlds import EVERYBODY, QUESTIONNAIRE, programmes
from tests.seeds import seed_catalogue

TODAY = date(2026, 11, 21)
IN_2016 = date(2016, 2, 1)
PRIORS = Priors(
    {
        "lives_in": {"camden": 0.5, "enfield": 0.3, "away": 0.2},
        "health": {"yes": 0.7, "no": 0.3},
        "conditions": {"autism": 0.2, "cancer": 0.1},
    },
    ((Span(14, 16), 0.25), (Span(16, 21), 0.75)),
)
SPACE = space_of(QUESTIONNAIRE, PRIORS)
NOBODY_SPECIAL = Ruleset(((Condition("For all.", "age", span=Span(0, 200)),),))


# The counts


def _weight(raw: dict[str, object]) -> float:
    shares, facts = PRIORS.shares, PRIORS.shares["conditions"]
    age = int(str(raw["age"]))
    weight = shares["lives_in"][str(raw["lives_in"])] * shares["health"][str(raw["health"])]
    if raw["health"] == "yes":
        has = read_answers(QUESTIONNAIRE, raw).said("conditions")
        for fact, share in facts.items():
            weight *= share if fact in has else 1 - share
    return weight * PRIORS.age_share(age, age + 1)


PEOPLE: Sequence[tuple[Answers, float]] = [(read_answers(QUESTIONNAIRE, raw), _weight(raw)) for raw in EVERYBODY]


def _serves(rules: Ruleset, answers: Answers) -> bool:
    return evaluate(rules, answers) is not Verdict.DOES_NOT_FIT


def _names(rules: Ruleset, question: str, answer: str) -> bool:
    said = [*rules.made_for, *(condition for row in rules.routes for condition in row)]
    return any(c.question == question and answer in c.any_of and not c.excludes for c in said)


def _only_known(home: str, question: str, answer: str) -> Answers:
    if question == "health":
        return read_answers(QUESTIONNAIRE, {"lives_in": home, "health": answer})
    return Answers(one={"lives_in": home, "health": "yes"}, yes=frozenset({(question, answer)}))


def _share(people: Sequence[tuple[Answers, float]], rules: Sequence[Ruleset]) -> float:
    served = sum(weight for answers, weight in people if any(_serves(one, answers) for one in rules))
    return served / sum(weight for _, weight in people)


@settings(max_examples=60)
@given(programmes(5))
def test_each_cell_is_what_asking_everybody_one_by_one_gives(several: list[Programme]) -> None:
    everybody, *found = tables(SPACE, several, TODAY, ("conditions", "health"))
    rules = [one.rules_on(TODAY) for one in several]
    assert sum(len(table.rows) for table in found) == 4
    for table in found:
        for row, answer in zip(table.rows, QUESTIONNAIRE[table.id].answer_ids, strict=True):
            alike = [one for one in PEOPLE if answer in one[0].said(table.id)]
            assert row.share == pytest.approx(sum(weight for _, weight in alike))
            naming = [one for one in rules if _names(one, table.id, answer)]
            for home, cell in row.cells.items():
                known = _only_known(home, table.id, answer)
                there = [one for one in alike if one[0].one["lives_in"] == home]
                assert cell.named == sum(_serves(one, known) for one in naming)
                assert cell.possible == sum(_serves(one, known) for one in rules)
                assert cell.named_share == pytest.approx(_share(there, naming), abs=1e-8)
                assert cell.share == pytest.approx(_share(there, rules), abs=1e-8)
    for home, cell in everybody.rows[0].cells.items():
        there = [one for one in PEOPLE if one[0].one["lives_in"] == home]
        assert cell.possible == sum(_serves(one, read_answers(QUESTIONNAIRE, {"lives_in": home})) for one in rules)
        assert cell.share == pytest.approx(_share(there, rules), abs=1e-8)


def test_a_place_where_nobody_is_known_to_live_has_no_share() -> None:
    priors = replace(PRIORS, shares={**PRIORS.shares, "lives_in": {"camden": 1.0}})
    programme = Programme("p", "service", (NOBODY_SPECIAL,))
    for table in tables(space_of(QUESTIONNAIRE, priors), [programme], TODAY, ["conditions"]):
        for row in table.rows:
            assert (row.cells["enfield"].share, row.cells["enfield"].possible) == (None, 1)
            assert row.cells["camden"].share == 1


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        (Cell(0, 0.0, 9, 1.0), "none"),
        (Cell(2, 0.49, 9, 1.0), "few"),
        (Cell(2, 0.5, 9, 1.0), "many"),
        (Cell(2, 0.9, 9, 1.0), "most"),
        (Cell(None, None, 9, 0.3), "few"),
        (Cell(2, None, 9, None), "none"),
    ],
)
def test_a_box_is_shaded_by_those_who_name_people(cell: Cell, band: str) -> None:
    assert cell.band == band


def test_only_everybody_is_100_percent() -> None:
    assert [percent(share) for share in (1.0, 0.9999, 0.2 - 1e-12, 0.009, 0.0, None)] == [
        "100%",
        "99%",
        "20%",
        "under 1%",
        "0%",
        "not known",
    ]
    assert [rough(share) for share in (1.0, 0.1712, 0.0009)] == ["100%", "17.1%", "under 0.1%"]


# The gaps


def _part(several: Sequence[Programme]) -> Unserved:
    rows = [row for one in several for row in one.rules_on(TODAY).routes]
    return Unserved("", "", several, GroupSearch(SPACE).largest(rows, 3))


def _meets(row: Route, answers: Answers) -> bool:
    return all(state_of(condition, answers) is not State.NOT_MET for condition in row)


def _inside(group: Group) -> list[tuple[Answers, float]]:
    return [one for one in PEOPLE if all(state_of(c, one[0]) is State.MET for c in group.conditions)]


def _left_to_change(group: Sequence[tuple[Answers, float]], row: Route) -> tuple[Route, float]:
    """The conditions that everybody in the group fails, and the share of the group whom the others let in."""
    shut = tuple(c for c in row if all(state_of(c, answers) is State.NOT_MET for answers, _ in group))
    rest = tuple(c for c in row if c not in shut)
    there = sum(weight for answers, weight in group if _meets(rest, answers))
    return shut, there / sum(weight for _, weight in group)


@settings(max_examples=60)
@given(programmes(4))
def test_the_change_named_lets_so_many_of_the_group_in_and_no_smaller_one_lets_in_half(
    several: list[Programme],
) -> None:
    for group, closing in GapSearch(SPACE, TODAY).closings(_part(several)):
        inside = _inside(group)
        every = {one.id: [_left_to_change(inside, row) for row in one.rules_on(TODAY).routes] for one in several}
        if closing is None:
            assert not any(share > 1e-8 for ways in every.values() for _, share in ways)
            continue
        mine = [share for shut, share in every[closing.programme.id] if set(shut) == set(closing.in_the_way)]
        assert any(share == pytest.approx(closing.share, abs=1e-6) for share in mine)
        assert closing.in_the_way, "the group is one that nobody serves"
        enough = [len(shut) for ways in every.values() for shut, share in ways if share >= 0.5 + 1e-6]
        assert len(closing.in_the_way) <= min(enough, default=99)
        assert closing.share >= 0.5 - 1e-6 or not enough
        assert 0 <= closing.others < len(several)


NEAR = Condition("For people who live near.", "lives_in", frozenset({"camden", "enfield"}))
AUTISTIC = Condition("For autistic people.", "conditions", frozenset({"autism"}))
WELL = Condition("Not for people who are ill.", "health", frozenset({"yes"}), excludes=True)
OLDER = Condition("For people aged 18 and over.", "age", span=Span(18, float("inf")))
NOT_UNDER_16 = Condition("Not for people under 16.", "age", span=Span(0, 16), excludes=True)
ASKED = Condition("For people who ask.", ask="Ask them.")


def _closed_by(*conditions: Condition, where: str = "") -> list[str]:
    """What would close the gaps of one programme that sets these conditions; ``where``: of the groups that say so."""
    part = _part([Programme("it", "service", (Ruleset((conditions,)),))])
    return [
        closing_in_words(QUESTIONNAIRE, {"it": "Good Work"}, group, closing)
        for group, closing in GapSearch(SPACE, TODAY).closings(part)
        if any(where in (condition.question or "") for condition in group.conditions)
    ]


def test_a_commissioner_reads_whom_a_programme_would_have_to_take_and_what_it_says_now() -> None:
    assert _closed_by(NEAR) == [
        "Good Work would serve all of them if it also took people who live in away. "
        "Now it says: “For people who live near.”"
    ]
    assert _closed_by(NEAR, ASKED) == _closed_by(NEAR)
    assert _closed_by(OLDER, NEAR, where="age") == [
        "Good Work would serve about 80% of them if it also took people who are under 18. "
        "Now it says: “For people aged 18 and over.”"
    ]
    assert "also took people who are under 16" in _closed_by(NOT_UNDER_16)[0]
    assert "also took people who are ill" in _closed_by(WELL)[0]


def test_where_people_have_only_in_common_what_they_are_not_the_rule_is_said_to_be_too_narrow() -> None:
    assert _closed_by(AUTISTIC) == [
        "Good Work would serve all of them if it were not only for people who are autistic. "
        "Now it says: “For autistic people.”"
    ]


def test_whoever_could_be_served_already_is_told_so_and_where_nothing_comes_near_too() -> None:
    group, programme = (
        _part([Programme("it", "service", (Ruleset(((NEAR,),)),))]).groups[0],
        Programme("it", "service"),
    )
    names = {"it": "Good Work"}
    assert closing_in_words(QUESTIONNAIRE, names, group, Closing(programme, (), 0.41, others=1)) == (
        "Good Work may serve about 41% of them already. Only the service can tell. 1 other comes as near."
    )
    assert closing_in_words(QUESTIONNAIRE, names, group, None) == "No programme comes near."
    assert [one for _, one in GapSearch(SPACE, TODAY).closings(Unserved("", "", [], [group]))] == [None]


def test_of_two_changes_the_one_that_leaves_alone_what_a_programme_is_for_is_smaller() -> None:
    several = [
        Programme("a", "service", (Ruleset(((AUTISTIC,),)),)),
        Programme("b", "service", (Ruleset(((OLDER, replace(OLDER, text="So.")),)),)),
        Programme("c", "service", (Ruleset(((OLDER,),)),)),
    ]
    group, closing = next(iter(GapSearch(SPACE, TODAY).closings(_part(several))))
    assert {condition.question for condition in group.conditions} == {"age", "conditions"}
    assert closing
    assert (closing.programme.id, closing.in_the_way) == ("c", (OLDER,))


# The real catalogue


@cache
def _map(day: date) -> CoverageMap:
    return coverage_map(seed_catalogue(), day)


@pytest.mark.parametrize("day", [TODAY, IN_2016])
def test_the_map_says_what_the_proof_says(day: date) -> None:
    found, proof = _map(day), coverage(seed_catalogue(), day)
    assert found.dead_end == ""
    for area in proof["areas"]:
        if area["id"] in found.places:
            assert found.tables[0].rows[0].cells[area["id"]].share == pytest.approx(area["fits_or_may_fit"]["share"])
    assert [(part.heading, [group.people for group in part.groups]) for part in found.gaps] == [
        (part["heading"], [group["people"] for group in part["groups"]]) for part in proof["unserved"]
    ]


def test_a_programme_that_closed_does_not_count_and_an_earlier_day_is_as_it_was() -> None:
    cells = {day: _map(day).tables[0].rows[0].cells["camden"] for day in (TODAY, IN_2016)}
    assert cells[TODAY].possible > cells[IN_2016].possible > 0


def test_people_in_danger_stand_in_no_table_since_they_get_no_programmes() -> None:
    labels = {row.label for table in _map(TODAY).tables for row in table.rows}
    assert "Autism" in labels
    assert not any("crisis" in label for label in labels)


def test_whoever_finds_nobody_to_talk_to_is_named() -> None:
    catalogue = seed_catalogue()
    ids = (*catalogue.questionnaire.human_routes, *catalogue.questionnaire.human_routes_where_fitting)
    closed = {id_: replace(catalogue.programmes[id_], closed=TODAY - timedelta(1)) for id_ in ids}
    lost = replace(catalogue, programmes={**catalogue.programmes, **closed})
    assert coverage_map(lost, TODAY).dead_end == "All people"


def test_a_map_is_made_once_for_a_day_and_anew_for_a_new_catalogue() -> None:
    kept, catalogue = MapsKept(), seed_catalogue()
    first = kept.get(catalogue, TODAY)
    assert kept.get(catalogue, TODAY) is first
    assert kept.get(catalogue, IN_2016).day == IN_2016
    assert kept.get(catalogue, TODAY) is first
    assert kept.get(replace(catalogue, generation=2), TODAY) is not first
    with pytest.raises(AnswerError, match="Choose a later day"):
        kept.get(catalogue, date(2001, 1, 1))


def test_few_days_are_kept() -> None:
    kept, catalogue = MapsKept(), seed_catalogue()
    first = kept.get(catalogue, TODAY)
    for later in range(1, DAYS_KEPT + 1):
        kept.get(catalogue, TODAY + timedelta(later))
    assert kept.get(catalogue, TODAY) is not first
