"""Who can use a service, as somebody edits it: plain texts, one rule for each period."""

from collections.abc import Callable
from typing import Literal

from app.directory.listing import Listing, Rule, RuleCondition
from app.directory.value import Value

Part = Literal["everyone", "routes", "exclusions", "made_for"]


class EditedCondition(Value):
    """One line. Exactly one of ``question``, ``ask`` and ``assume`` should be given.

    ``at_least`` and ``below`` are numbers as typed: "16", "17½", "17.5". ``text`` is the sentence for the reader.
    ``page`` is the web page that says so. Without one, what is new is what the provider says, and what stands as it
    stood keeps its sources.
    """

    question: str = ""
    ask: str = ""
    assume: str = ""
    any_of: tuple[str, ...] = ()
    at_least: str = ""
    below: str = ""
    text: str = ""
    page: str = ""


class EditedRule(Value):
    """Who can use it from ``since`` to ``until``: days, months or years as typed; empty: no limit."""

    since: str = ""
    until: str = ""
    everyone: tuple[EditedCondition, ...] = ()
    routes: tuple[tuple[EditedCondition, ...], ...] = ()
    exclusions: tuple[EditedCondition, ...] = ()
    made_for: tuple[EditedCondition, ...] = ()


def edited_rules(listing: Listing) -> tuple[EditedRule, ...]:
    return tuple(_edited_rule(rule, listing) for rule in listing.rules)


def _edited_rule(rule: Rule, listing: Listing) -> EditedRule:
    def part(conditions: tuple[RuleCondition, ...]) -> tuple[EditedCondition, ...]:
        return tuple(edited_condition(one, listing) for one in conditions)

    return EditedRule(
        since=rule.since or "",
        until=rule.until or "",
        everyone=part(rule.everyone),
        routes=tuple(map(part, rule.routes)),
        exclusions=part(rule.exclusions),
        made_for=part(rule.made_for),
    )


def edited_condition(condition: RuleCondition, listing: Listing) -> EditedCondition:
    return EditedCondition(
        question=condition.question or "",
        ask=condition.ask or "",
        assume=condition.assume or "",
        any_of=condition.any_of,
        at_least=_number(condition.at_least),
        below=_number(condition.below),
        text=condition.text or "",
        page=_page(condition, listing),
    )


def _number(number: float | None) -> str:
    return "" if number is None else repr(number).removesuffix(".0")


def _page(condition: RuleCondition, listing: Listing) -> str:
    """The page that is its only source: what was read in several places, or in a paper, has no one address."""
    sources = [listing.sources.get(key) for key in condition.source]
    only = sources[0] if len(sources) == 1 else None
    return (only.page or "") if only else ""


# Back again


def as_rule(edited: EditedRule, condition: Callable[[Part, EditedCondition], RuleCondition]) -> Rule:
    """Raises pydantic's ``ValidationError``. Conditions are made in the order in which they stand in a listing."""

    def part(name: Part, conditions: tuple[EditedCondition, ...]) -> tuple[RuleCondition, ...]:
        return tuple(condition(name, one) for one in conditions)

    return Rule.model_validate(
        {
            "since": edited.since or None,
            "until": edited.until or None,
            "everyone": part("everyone", edited.everyone),
            "routes": [part("routes", route) for route in edited.routes],
            "exclusions": part("exclusions", edited.exclusions),
            "made_for": part("made_for", edited.made_for),
        }
    )


def as_condition(edited: EditedCondition, source: tuple[str, ...]) -> RuleCondition:
    """Raises pydantic's ``ValidationError``."""
    return RuleCondition.model_validate(
        {
            "question": edited.question or None,
            "ask": edited.ask or None,
            "assume": edited.assume or None,
            "any_of": edited.any_of,
            "at_least": edited.at_least or None,
            "below": edited.below or None,
            "text": edited.text or None,
            "source": source,
        }
    )
