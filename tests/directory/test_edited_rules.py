"""Who can use a service can be written anew: what stands keeps its sources, and earlier days answer as they should."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.directory.editing.edited import Edited, edited_of
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from app.directory.editing.rule_periods import from_today, rule_for, rule_on, with_rule
from app.directory.editing.sourcing import listing_of, statement
from app.directory.listing import Listing, Rule, RuleCondition
from app.directory.sources import Source
from tests.directory.edits import LISTINGS
from tests.seeds import published_seed

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
SAID = statement("helpers", "2026-11-22")
SAID_SO = Source(said_by="helpers", dated="2026-11-22", read="2026-11-22")
PAGE = "https://help.example/who"
CAMDEN = EditedCondition(question="lives_in", any_of=("camden",), text="For people who live in Camden.")
ADULTS = EditedCondition(question="age", at_least="17.5", text="For people aged 17½ and over.")
WORKWELL = published_seed().listings["workwell-ncl"]
DATED = st.lists(st.dates(date(2026, 11, 1), date(2026, 12, 31)), min_size=2, max_size=6, unique=True).map(sorted)


def lived_in(listing: Listing, *lines: EditedCondition) -> Listing:
    """The listing with nothing but these lines for everybody."""
    edited = edited_of(listing).model_copy(update={"rules": (EditedRule(everyone=lines),)})
    return listing_of(edited, listing, SAID)


def sources(listing: Listing, condition: RuleCondition) -> list[Source]:
    return [listing.sources[key] for key in condition.source]


def test_a_new_line_is_what_the_organisation_says_or_what_a_page_says() -> None:
    pages = [f"{PAGE}/{number}" for number in range(3)]
    named = [CAMDEN.model_copy(update={"page": page, "text": f"Line {page}."}) for page in pages]
    result = lived_in(WORKWELL, CAMDEN, *named, ADULTS)
    first, *others, last = result.rules[0].everyone
    assert sources(result, first) == sources(result, last) == [SAID_SO]
    assert [sources(result, one) for one in others] == [[Source(page=page, read="2026-11-22")] for page in pages]
    assert (last.at_least, last.below) == (17.5, None)


def test_what_was_published_is_no_change_when_it_is_edited_again() -> None:
    lines = (CAMDEN, ADULTS.model_copy(update={"page": PAGE}))
    result = lived_in(WORKWELL, *lines)
    assert edited_of(result).rules == (EditedRule(everyone=lines),)
    later = listing_of(edited_of(result), result, statement("helpers", "2027-01-01"))
    assert later == result


def test_a_line_of_a_page_keeps_its_date_of_reading_until_the_page_is_taken_out() -> None:
    read = Source(page=PAGE, read="2019-01")
    condition = RuleCondition(question="lives_in", any_of=("camden",), text=CAMDEN.text, source=("old",))
    live = WORKWELL.model_copy(
        update={"rules": (Rule(everyone=(condition,)),), "sources": {**WORKWELL.sources, "old": read}}
    )
    for page, expected in ((PAGE, read), ("", SAID_SO), (f"{PAGE}/2", Source(page=f"{PAGE}/2", read="2026-11-22"))):
        result = lived_in(live, CAMDEN.model_copy(update={"page": page}))
        assert sources(result, result.rules[0].everyone[0]) == [expected]


def test_a_line_of_an_older_version_keeps_the_source_that_it_had() -> None:
    paper = Source(paper="000", read="2019-01")
    old = WORKWELL.model_copy(
        update={
            "rules": (Rule(everyone=(RuleCondition(ask="Is it so?", text="Is it?", source=("leaflet",)),)),),
            "sources": {**WORKWELL.sources, "leaflet": paper},
        }
    )
    edited = edited_of(WORKWELL).model_copy(update={"rules": edited_of(old).rules})
    result = listing_of(edited, WORKWELL, SAID, [old])
    assert sources(result, result.rules[0].everyone[0]) == [paper]
    assert result.sources["leaflet"] == WORKWELL.sources["leaflet"]


def test_what_lets_somebody_in_is_no_source_for_shutting_them_out() -> None:
    live = lived_in(WORKWELL, CAMDEN.model_copy(update={"page": PAGE}))
    known = edited_of(live).rules[0].everyone
    later = statement("helpers", "2027-01-01")
    edited = edited_of(live).model_copy(update={"rules": (EditedRule(routes=(known,), exclusions=known),)})
    (rule,) = listing_of(edited, live, later).rules
    assert rule.routes[0][0].source == live.rules[0].everyone[0].source
    assert rule.exclusions[0].source == ("page-2027-01-01",)


def test_what_the_directory_assumes_has_no_source() -> None:
    result = lived_in(WORKWELL, EditedCondition(assume="young"))
    assert result.rules == (Rule(everyone=(RuleCondition(assume="young"),)),)


# Periods


def periods(bounds: list[date]) -> Edited:
    """A rule from each day to the day before the next but one."""
    spans = zip(bounds[::2], bounds[1::2], strict=False)
    rules = [
        EditedRule(since=str(since), until=str(until), everyone=(EditedCondition(ask=str(since)),))
        for since, until in spans
    ]
    return Edited(rules=tuple(rules))


@given(DATED, st.dates(date(2026, 10, 15), date(2027, 1, 15)), st.dates(date(2026, 10, 1), date(2027, 1, 31)))
def test_a_new_period_leaves_every_earlier_day_as_it_was(bounds: list[date], day: date, other: date) -> None:
    before = periods(bounds)
    rule = EditedRule(everyone=(CAMDEN,))
    after = with_rule(from_today(before, day), day, rule)
    assert rule_on(after, day).everyone == (CAMDEN,)
    if other < day:
        assert rule_on(after, other).everyone == rule_on(before, other).everyone
    assert (
        sum(Edited(rules=(one,)) != Edited() and rule_for(Edited(rules=(one,)), other) == 0 for one in after.rules) < 2
    )


@given(DATED, st.dates(date(2026, 10, 15), date(2027, 1, 15)))
def test_a_correction_changes_the_rule_of_the_day_on_all_its_days(bounds: list[date], day: date) -> None:
    before = periods(bounds)
    number = rule_for(before, day)
    after = with_rule(before, day, EditedRule(everyone=(CAMDEN,)))
    assert rule_on(after, day).everyone == (CAMDEN,)
    if number is not None:
        assert len(after.rules) == len(before.rules)
        assert (after.rules[number].since, after.rules[number].until) == (
            before.rules[number].since,
            before.rules[number].until,
        )


def test_a_period_begins_once_a_day() -> None:
    once = from_today(Edited(rules=(EditedRule(everyone=(CAMDEN,)),)), TODAY)
    assert [(rule.since, rule.until) for rule in once.rules] == [("", "2026-11-21"), ("2026-11-22", "")]
    assert from_today(once, TODAY) == once


def test_the_first_rule_of_a_service_holds_from_its_beginning() -> None:
    assert with_rule(Edited(), TODAY, EditedRule(everyone=(CAMDEN,))).rules == (EditedRule(everyone=(CAMDEN,)),)


def test_a_date_that_is_being_typed_does_not_hide_the_rule() -> None:
    assert rule_for(Edited(rules=(EditedRule(since="Nov", everyone=(CAMDEN,)),)), TODAY) == 0


def test_earlier_days_keep_their_sources_when_a_period_begins() -> None:
    for listing in LISTINGS:
        edited = from_today(edited_of(listing), TODAY)
        result = listing_of(edited, listing, SAID)
        if (before := listing.rule_on(TODAY)) is not None:
            for day in (TODAY - DAY, TODAY):
                now = result.rule_on(day)
                assert now is not None
                assert now.model_copy(update={"since": None, "until": None}) == before.model_copy(
                    update={"since": None, "until": None}
                )
