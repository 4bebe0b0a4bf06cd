"""What is wrong with the rules of a listing as written, each thing with its place in them.

What the conditions mean together is looked at by ``app.eligibility.checks``.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from app.directory.dates import first_day, last_day
from app.directory.listing import Rule, RuleCondition
from app.eligibility.answers import Span
from app.eligibility.checks import Fault, faults
from app.eligibility.questions import Questionnaire
from app.eligibility.rules import Condition, Ruleset

PARTS = ("everyone", "exclusions", "made_for")
MOST_RULES = 20
"""In one listing: one for each time that what it asks for changed."""
Place = tuple[str | int, ...]
Placed = tuple[Place, RuleCondition]
Wrong = tuple[Place, str]
"""Places are of the whole: (), (0,), (0, "everyone", 2) or (0, "routes", 1, 2). They count from 0."""


def wrong_rules(rules: Sequence[Rule], questionnaire: Questionnaire) -> Iterator[Wrong]:
    """Everything that is wrong, warnings too: a rule that says nothing is surely not meant."""
    if (count := len(rules)) > MOST_RULES:
        yield (), f"There are {count:,} rules here, and {MOST_RULES} are the most. Keep one for each period."
        return
    yield from overlapping_periods(rules)
    for number, rule in enumerate(rules):
        badly_written = [
            (where, message)
            for where, condition in conditions_of(rule, (number,))
            for message in _faults(condition, questionnaire)
        ]
        yield from badly_written or wrong_together(rule, (number,), questionnaire)


def conditions_of(rule: Rule, place: Place) -> Iterator[Placed]:
    """Every condition of a rule with its place, which begins with that of the rule."""
    for part in PARTS:
        yield from _placed(getattr(rule, part), (*place, part))
    for number, route in enumerate(rule.routes):
        yield from _placed(route, (*place, "routes", number))


def _placed(conditions: tuple[RuleCondition, ...], place: Place) -> list[Placed]:
    return [((*place, number), condition) for number, condition in enumerate(conditions)]


# Periods


def overlapping_periods(rules: Sequence[Rule]) -> Iterator[Wrong]:
    """Periods that end before they begin, or meet others."""
    for number, rule in enumerate(rules):
        if rule.since and rule.until and last_day(rule.until) < first_day(rule.since):
            yield (number,), "This rule ends before it begins. Correct one of the dates."
    for (_, one), (number, other) in combinations(enumerate(rules), 2):
        if _overlap(one, other):
            yield (
                (number,),
                "This rule holds on days on which another rule holds too. Give them dates that do not meet.",
            )


def _overlap(one: Rule, other: Rule) -> bool:
    return _begins_by_the_end_of(one, other) and _begins_by_the_end_of(other, one)


def _begins_by_the_end_of(one: Rule, other: Rule) -> bool:
    return one.since is None or other.until is None or first_day(one.since) <= last_day(other.until)


# One condition


def _faults(condition: RuleCondition, questionnaire: Questionnaire) -> Iterator[str]:
    kinds = [kind for kind in ("question", "ask", "assume") if getattr(condition, kind) is not None]
    if len(kinds) != 1:
        yield "A condition has exactly one of question, ask and assume. Keep one of them."
        return
    if kinds == ["assume"]:
        yield from _assume_faults(condition, questionnaire)
        return
    if not condition.text:
        yield "This condition has no text. Write the sentence that the reader sees."
    if not condition.source:
        yield "This condition has no source. Say where it was read, or leave the condition out."
    if kinds == ["ask"] and (condition.any_of or condition.at_least is not None or condition.below is not None):
        yield "A condition with ask has no answers and no limits. Take them out, or use question."


def _assume_faults(condition: RuleCondition, questionnaire: Questionnaire) -> Iterator[str]:
    if condition.assume not in questionnaire.assumptions:
        yield f"There is no assumption “{condition.assume}”. Use one of: {', '.join(questionnaire.assumptions)}."
    if condition != RuleCondition(assume=condition.assume):
        yield "A condition with assume has nothing else. Take the rest out, or use question."


# Conditions together


def wrong_together(rule: Rule, place: Place, questionnaire: Questionnaire) -> Iterator[Wrong]:
    """What is wrong with well-written conditions, given what they ask for together."""
    shared = _placed(rule.everyone, (*place, "everyone"))
    excluded = _placed(rule.exclusions, (*place, "exclusions"))
    routes = [_placed(route, (*place, "routes", number)) for number, route in enumerate(rule.routes)] or [[]]
    ways = [[*shared, *route, *excluded] for route in routes]
    made_for = _placed(rule.made_for, (*place, "made_for"))

    def read(part: list[Placed]) -> tuple[Condition, ...]:
        return tuple(condition_of(one, questionnaire, excludes="exclusions" in where) for where, one in part)

    ruleset = Ruleset(tuple(map(read, ways)), read(made_for))
    for fault in faults(questionnaire, ruleset):
        yield _place_of(fault, place, ways, made_for), fault.message


def _place_of(fault: Fault, place: Place, ways: list[list[Placed]], made_for: list[Placed]) -> Place:
    if fault.condition is not None:
        return (made_for if fault.way is None else ways[fault.way])[fault.condition][0]
    return place if fault.way is None else (*place, "routes", fault.way)


def condition_of(written: RuleCondition, questionnaire: Questionnaire, *, excludes: bool = False) -> Condition:
    """A well-written condition as the engine sees it, without its sources."""
    source = questionnaire.assumptions[written.assume] if written.assume else written
    return Condition(
        text=source.text or "",
        question=source.question,
        any_of=frozenset(written.any_of),
        span=_span(source.at_least, source.below),
        excludes=excludes,
        ask=written.ask or "",
    )


def _span(at_least: float | None, below: float | None) -> Span | None:
    if at_least is None and below is None:
        return None
    return Span(at_least if at_least is not None else 0, below if below is not None else float("inf"))
