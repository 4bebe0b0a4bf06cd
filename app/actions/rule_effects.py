"""What stands beside a rule while it is written: the rule as the public reads it, and people whom it lets in or not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from app.catalogue import Catalogue
from app.directory.editing.edit_rule_checks import is_finished
from app.directory.editing.edited import Edited, edited_of
from app.directory.editing.edited_rules import EditedCondition, EditedRule, as_condition
from app.directory.editing.rule_periods import rule_on, with_rule
from app.directory.editing.sourcing import listing_of, statement
from app.directory.listing import Listing
from app.directory.rule_checks import condition_of
from app.eligibility.advice import Advice, Sample, Written, advice
from app.eligibility.explain import listed
from app.eligibility.questions import NOT_SURE, Question, Questionnaire
from app.eligibility.rules import Condition

THEY = "patient"
"""For whom questions are worded: somebody else than the reader."""


@dataclass(frozen=True)
class Person:
    """A made-up person in a sentence. ``because``: what is not known of them, or not so, as the rule says it."""

    who: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class RuleEffects:
    """``listing`` has the rule as it would be public. ``left_out`` counts lines that cannot be read yet."""

    listing: Listing
    left_out: int
    lets_in: tuple[Person, ...]
    may_let_in: tuple[Person, ...]
    turns_away: tuple[Person, ...]


def rule_effects(catalogue: Catalogue, live: Listing, edited: Edited, day: date) -> RuleEffects:
    """What the rule of the day in ``edited`` would do in place of that of the ``live`` listing."""
    questionnaire = catalogue.questionnaire
    rule = rule_on(edited, day)
    finished = _finished(rule, questionnaire)
    found = advice(questionnaire, catalogue.priors, _written(finished, questionnaire))
    return RuleEffects(
        listing=_listing(live, finished, edited, day),
        left_out=_count(rule) - _count(finished),
        **_people(questionnaire, found),
    )


def _listing(live: Listing, rule: EditedRule, edited: Edited, day: date) -> Listing:
    said = statement(live.organisation, day.isoformat())
    changed = edited_of(live).model_copy(update={"rules": with_rule(edited, day, rule).rules})
    try:
        return listing_of(changed, live, said)
    except ValidationError:
        # Another period cannot be read: it is not shown here, and this one is.
        return listing_of(changed.model_copy(update={"rules": (rule,)}), live, said)


# The rule


def _finished(rule: EditedRule, questionnaire: Questionnaire) -> EditedRule:
    """Without the lines that cannot be read yet."""

    def part(conditions: Iterable[EditedCondition]) -> tuple[EditedCondition, ...]:
        return tuple(one for one in conditions if is_finished(one, questionnaire))

    return EditedRule(
        everyone=part(rule.everyone),
        routes=tuple(filter(None, map(part, rule.routes))),
        exclusions=part(rule.exclusions),
        made_for=part(rule.made_for),
    )


def _count(rule: EditedRule) -> int:
    return len([*rule.everyone, *rule.exclusions, *rule.made_for]) + sum(map(len, rule.routes))


def _written(rule: EditedRule, questionnaire: Questionnaire) -> Written:
    def part(conditions: Iterable[EditedCondition], *, excludes: bool = False) -> tuple[Condition, ...]:
        return tuple(condition_of(as_condition(one, ()), questionnaire, excludes=excludes) for one in conditions)

    return Written(
        everyone=part(rule.everyone),
        routes=tuple(map(part, rule.routes)),
        exclusions=part(rule.exclusions, excludes=True),
        made_for=part(rule.made_for),
    )


# People in words


def _people(questionnaire: Questionnaire, found: Advice) -> dict[str, tuple[Person, ...]]:
    kinds = {"lets_in": found.lets_in, "may_let_in": found.may_let_in, "turns_away": found.turns_away}
    return {kind: tuple(_person(questionnaire, one) for one in samples) for kind, samples in kinds.items()}


def _person(questionnaire: Questionnaire, sample: Sample) -> Person:
    because = dict.fromkeys(condition.text for condition in sample.because)
    return Person(_in_words(questionnaire, sample.answers), tuple(because))


def _in_words(questionnaire: Questionnaire, answers: Mapping[str, object]) -> str:
    """ "They live in Camden. Not sure: How old are they?" """
    known = {id_: value for id_, value in answers.items() if value != NOT_SURE}
    said = [phrase for id_, value in known.items() for phrase in _phrases(questionnaire[id_], value)]
    asked = [questionnaire.wording(questionnaire[id_].text, THEY) for id_ in answers if id_ not in known]
    who = questionnaire.wording(f"{{you}} {listed(said, 'and')}.", THEY) if said else "Anybody."
    unknown = [f"Not sure: {text}" for text in asked]
    return " ".join(([who] if said or not asked else []) + unknown)


def _phrases(question: Question, value: object) -> Iterator[str]:
    if question.kind == "number":
        yield question.said.replace("{value}", str(value))
    else:
        yield from (question.answer(str(id_)).said for id_ in (value if isinstance(value, list) else [value]))
