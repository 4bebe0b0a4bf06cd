"""What somebody reads before a change is published: who gains, who loses, who is left with nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.impact import HEADINGS, Case, ImpactInWords, impact_of
from app.actions.recommend import recommend
from app.catalogue import interviews
from app.directory.listing import Listing, Rule, RuleCondition
from app.eligibility.impact import impact
from app.eligibility.questions import NONE
from app.eligibility.rules import Route
from app.eligibility.space import space_of
from tests.seeds import seed_catalogue

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(1)
OFF_SICK = Case(
    story="A man of 42 in Haringey is off sick with a bad back.",
    answers={"lives_in": "haringey", "work_status": "off_sick", "age": 42, "health": "yes", "goals": ["return_to_job"]},
)
CHILD = Case(story="A child of 12.", answers={"age": 12})
ADULTS = RuleCondition(question="age", at_least=18, text="For people aged 18 and over.")


def _listing(id_: str) -> Listing:
    return seed_catalogue().listings[id_]


def _closed(id_: str) -> Listing:
    return _listing(id_).model_copy(update={"status": "closed", "closed": TODAY.isoformat(), "last_seen": None})


def _with_rule(id_: str, **changes: object) -> Listing:
    (rule,) = _listing(id_).rules
    return _listing(id_).model_copy(update={"rules": (rule.model_copy(update=changes),)})


def _impact(changed: Listing, *cases: Case) -> ImpactInWords:
    return impact_of(seed_catalogue(), changed, TODAY, cases)


def test_closing_the_widest_programme_leaves_somebody_with_nothing_and_says_whom() -> None:
    told = _impact(_closed("workwell-ncl"))
    assert told.strands
    assert [effect.kind for effect in told.effects] == ["stranded", "lose"]
    stranded, lose = told.effects
    assert stranded.heading == "No other programme or service fits these people, or may fit them"
    assert stranded.how_many == "That is about 0.9% of people."
    assert stranded.groups[0].startswith("People who live outside the five boroughs, have a health condition")
    assert lose.how_many == "That is about 79% of people."
    assert "None of them live outside the five boroughs. That is about 75% of people." in lose.groups[0]
    assert 0 < stranded.sets < lose.sets


def test_a_service_that_closes_today_is_looked_at_tomorrow() -> None:
    """Today is the last day on which it takes people."""
    assert _impact(_closed("workwell-ncl")).day == TOMORROW


def test_a_rule_that_begins_later_is_looked_at_when_it_begins() -> None:
    (rule,) = _listing("access-to-work").rules
    until = rule.model_copy(update={"until": "2027-03-31"})
    later = Rule.model_validate({"from": "2027-04-01", "everyone": [*rule.everyone, ADULTS], "routes": rule.routes})
    told = _impact(_listing("access-to-work").model_copy(update={"rules": (until, later)}))
    assert told.day == date(2027, 4, 1)
    assert "lose" in [effect.kind for effect in told.effects]


def test_a_judged_person_who_is_sent_elsewhere_is_named_and_nobody_else() -> None:
    told = _impact(_closed("workwell-ncl"), OFF_SICK, CHILD)
    (one,) = told.cases
    assert one.case == OFF_SICK
    assert one.now
    assert one.now.id == "workwell-ncl"
    assert one.then
    assert one.then.id == "access-to-work"


def test_a_judged_person_whose_answers_cannot_be_read_any_more_is_left_out() -> None:
    assert _impact(_closed("workwell-ncl"), Case(story="Nobody.", answers={"shoe_size": 42})).cases == ()


def test_another_summary_changes_nothing_for_anybody() -> None:
    changed = _listing("workwell-ncl").model_copy(update={"summary": "You get help to work while you are ill."})
    assert _impact(changed, OFF_SICK) == ImpactInWords(TODAY, (), ())
    assert not _impact(changed).strands


def test_a_higher_age_names_those_between() -> None:
    (rule,) = _listing("access-to-work-mental-health").rules
    told = _impact(_with_rule("access-to-work-mental-health", everyone=(*rule.everyone, ADULTS)))
    effects = {effect.kind: effect for effect in told.effects}
    assert not {"gain", "surer"} & effects.keys()
    assert all("are 16 to 17" in group for group in effects["lose"].groups)


def test_without_its_only_sourced_condition_a_service_may_fit_everybody_and_surely_fits_nobody() -> None:
    (rule,) = _listing("good-work-camden").rules
    everyone = tuple(one for one in rule.everyone if one.question != "lives_in")
    less_sure, gain = _impact(_with_rule("good-work-camden", everyone=everyone)).effects
    assert less_sure.kind == "less_sure"
    assert less_sure.groups == ("People who live in Camden and are 16 or over. That is about 14% of people.",)
    assert gain.kind == "gain"
    assert gain.groups == ("People who are 16 or over. None of them live in Camden. That is about 85% of people.",)


@pytest.mark.parametrize("id_", ["workwell-ncl", "access-to-work", "breaking-barriers"])
def test_the_wizard_has_something_for_the_stranded_today_and_nothing_afterwards(id_: str) -> None:
    now = seed_catalogue()
    programme = replace(now.programmes[id_], closed=TODAY)
    programmes = {**now.programmes, id_: programme}
    then = replace(now, programmes=programmes, interview_on=interviews(now.questionnaire, programmes, now.priors))
    found = impact(space_of(now.questionnaire, now.priors), now.programmes.values(), programme, TOMORROW)
    assert found.stranded.groups
    for group in found.stranded.groups:
        for raw in _people_in(group.conditions):
            assert [entry.listing.id for entry in recommend(now, raw, TOMORROW).recommendations] == [id_]
            assert recommend(then, raw, TOMORROW).recommendations == ()


def _people_in(group: Route) -> Iterator[dict[str, object]]:
    """Of each question the first and the last answer with which somebody belongs to the group."""
    questionnaire = seed_catalogue().questionnaire
    for place in (0, -1):
        raw: dict[str, object] = {}
        for condition in group:
            question = questionnaire[condition.question or ""]
            if condition.span:
                raw[question.id] = (int(condition.span.low), int(condition.span.high) - 1)[place]
            elif question.kind == "one":
                raw[question.id] = sorted(condition.any_of)[place]
            elif not condition.excludes:
                raw[question.id] = sorted(condition.any_of)
            else:
                raw.setdefault(question.id, [NONE])
        yield raw


def test_every_kind_of_effect_has_its_words() -> None:
    assert set(HEADINGS) == {"gain", "lose", "surer", "less_sure", "stranded"}
