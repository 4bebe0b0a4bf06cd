"""The rule that holds on a day, and where a new period begins.

A correction changes the rule of the day in place: it always was so, and earlier days answer anew. Where the service
itself changed, a new period begins, and earlier days answer as before. Which of the two it is stands in the dates of
the draft; publishing adds nothing. To turn one into the other, begin with the live listing: ``with_rule(live, day,
rule)`` is the correction, and ``with_rule(from_today(live, day), day, rule)`` the new period.
"""

from datetime import date, timedelta

from app.directory.dates import first_day, last_day
from app.directory.editing.edited import Edited
from app.directory.editing.edited_rules import EditedRule
from app.directory.editing.typed import is_day

_DAY = timedelta(days=1)


def rule_for(edited: Edited, day: date) -> int | None:
    """The number of the rule that holds on the day, which is the one to edit. What is no date sets no limit."""
    return next((number for number, rule in enumerate(edited.rules) if _holds_on(rule, day)), None)


def rule_on(edited: Edited, day: date) -> EditedRule:
    """The rule that holds on the day; one without conditions where there is none."""
    number = rule_for(edited, day)
    return EditedRule() if number is None else edited.rules[number]


def with_rule(edited: Edited, day: date, rule: EditedRule) -> Edited:
    """The same with these conditions in the rule of the day, whose dates stay. Where none holds, one begins."""
    number = rule_for(edited, day)
    if number is None:
        return with_rule(from_today(edited, day), day, rule)
    present = edited.rules[number]
    changed = rule.model_copy(update={"since": present.since, "until": present.until})
    return _with_rules(edited, (*edited.rules[:number], changed, *edited.rules[number + 1 :]))


def from_today(edited: Edited, day: date) -> Edited:
    """The same with a new period from this day on: the present rule ends the day before, and a copy of it begins.

    Nothing changes where the present rule begins on the day. Where none holds, one without conditions begins.
    """
    number = rule_for(edited, day)
    if number is None:
        return _with_rules(edited, (*edited.rules, EditedRule(since=_begins(edited, day), until=_ends(edited, day))))
    present = edited.rules[number]
    if is_day(present.since) and first_day(present.since) == day:
        return edited
    before = present.model_copy(update={"until": (day - _DAY).isoformat()})
    after = present.model_copy(update={"since": day.isoformat()})
    return _with_rules(edited, (*edited.rules[:number], before, after, *edited.rules[number + 1 :]))


def _holds_on(rule: EditedRule, day: date) -> bool:
    begun = not is_day(rule.since) or first_day(rule.since) <= day
    return begun and (not is_day(rule.until) or day <= last_day(rule.until))


def _begins(edited: Edited, day: date) -> str:
    """The first rule of all needs no day on which it begins."""
    return day.isoformat() if edited.rules else ""


def _ends(edited: Edited, day: date) -> str:
    """The day before the next rule begins."""
    later = [first_day(rule.since) for rule in edited.rules if is_day(rule.since) and first_day(rule.since) > day]
    return (min(later) - _DAY).isoformat() if later else ""


def _with_rules(edited: Edited, rules: tuple[EditedRule, ...]) -> Edited:
    return edited.model_copy(update={"rules": rules})
