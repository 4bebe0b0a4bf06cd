"""What is wrong with who can use a service, as sentences for whoever edits it."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.directory.editing.edited import Edited
from app.directory.editing.edited_rules import EditedCondition, EditedRule, as_condition, as_rule
from app.directory.editing.rule_periods import rule_for
from app.directory.editing.typed import has_words, is_day, is_quantity, is_web
from app.directory.listing import RuleCondition
from app.directory.rule_checks import MOST_RULES, Place, condition_of, wrong_rules
from app.eligibility.checks import MOST_CONDITIONS, MOST_WAYS_IN, unreadable
from app.eligibility.questions import Question, Questionnaire

LONGEST = 600
"""Characters of a sentence."""
LONGEST_PAGE = 400
_KINDS = ("question", "ask", "assume")
_LIMITS = ("at_least", "below")
_CONDITIONS = ("everyone", "exclusions", "made_for")
_TOO_MANY_RULES = f"There are too many periods: {MOST_RULES} are the most. Correct one of them instead of adding one."
_NO_SENTENCE = ("text", "Write the sentence that people read. It begins with “For”, or with “Not for”.")
Wrong = tuple[Place, str]
"""The place within what is looked at, and the sentence."""


def wrong_in_rules(edited: Edited, questionnaire: Questionnaire | None, day: date) -> Iterator[tuple[str, str]]:
    """Places, such as ``who-everyone-0-any_of``, with what is wrong there.

    ``who`` alone is about the whole, or about a rule that does not hold on the day, which the form does not show. What
    conditions mean together is looked at once each can be read, and where there is a questionnaire.
    """
    number = rule_for(edited, day)
    found = dict.fromkeys((_named(place, edited, number), said) for place, said in _wrong(edited, questionnaire))
    yield from found


def is_finished(condition: EditedCondition, questionnaire: Questionnaire) -> bool:
    """It can be read, whatever it means together with others."""
    return not any(_typed(condition, questionnaire)) and not any(_asked(condition, questionnaire))


def _wrong(edited: Edited, questionnaire: Questionnaire | None) -> list[Wrong]:
    if len(edited.rules) > MOST_RULES:
        return [((), _TOO_MANY_RULES)]
    typed = [
        ((number, *place), said)
        for number, rule in enumerate(edited.rules)
        for place, said in _rule(rule, questionnaire)
    ]
    if typed or questionnaire is None:
        return typed
    asked = [
        ((number, *place, suffix), said)
        for number, rule in enumerate(edited.rules)
        for place, condition in _conditions_of(rule)
        for suffix, said in _asked(condition, questionnaire)
    ]
    return asked or _together(edited.rules, questionnaire)


def _together(rules: Sequence[EditedRule], questionnaire: Questionnaire) -> list[Wrong]:
    found = wrong_rules([as_rule(rule, lambda _, one: _sourced(one)) for rule in rules], questionnaire)
    return [(place, _with_questions(said, questionnaire)) for place, said in found]


def _sourced(condition: EditedCondition) -> RuleCondition:
    return as_condition(condition, () if condition.assume else ("said",))


def _with_questions(said: str, questionnaire: Questionnaire) -> str:
    """Nobody who edits knows the questions by their ids."""
    for question in questionnaire:
        said = said.replace(f"“{question.id}”", f"“{questionnaire.wording(question.text, 'me')}”")
    return said


def _named(place: Place, edited: Edited, shown: int | None) -> str:
    """(0, "routes", 1, 2) → ``who-routes-1-2``. Where there is no such way in, it is about the whole."""
    if not place or place[0] != shown:
        return "who"
    rest = place[1:]
    if rest[:1] == ("routes",) and len(rest) > 1 and not edited.rules[shown].routes:
        return "who"
    return "-".join(map(str, ("who", *rest)))


# As typed


def _rule(rule: EditedRule, questionnaire: Questionnaire | None) -> Iterator[Wrong]:
    for field in ("since", "until"):
        if (text := getattr(rule, field)) and not is_day(text):
            yield (field,), "Enter a date that there is: a day, a month or a year."
    if (count := len(rule.routes)) > MOST_WAYS_IN:
        yield ("routes",), f"There are {count:,} ways in, and four are the most. Join some, or take some out."
    for part in _CONDITIONS:
        yield from _too_many((part,), getattr(rule, part))
    for number, route in enumerate(rule.routes):
        yield from _too_many(("routes", number), route)
    for place, condition in _conditions_of(rule):
        for suffix, said in _typed(condition, questionnaire):
            yield (*place, suffix), said


def _too_many(place: Place, conditions: Sequence[EditedCondition]) -> Iterator[Wrong]:
    if (count := len(conditions)) > MOST_CONDITIONS:
        yield place, f"There are {count:,} lines here, and {MOST_CONDITIONS} are the most. Join some, or take some out."


def _conditions_of(rule: EditedRule) -> Iterator[tuple[Place, EditedCondition]]:
    for part in _CONDITIONS:
        for number, condition in enumerate(getattr(rule, part)):
            yield (part, number), condition
    for way, route in enumerate(rule.routes):
        for number, condition in enumerate(route):
            yield ("routes", way, number), condition


def _typed(condition: EditedCondition, questionnaire: Questionnaire | None) -> Iterator[tuple[str, str]]:
    kinds = [kind for kind in _KINDS if getattr(condition, kind)]
    limits = [limit for limit in _LIMITS if getattr(condition, limit)]
    if not kinds:
        yield "question", "Choose what this line is about, or take the line out."
    if len(kinds) > 1:
        yield "question", "This line is about two things. Make two lines of it."
    if kinds == ["assume"]:
        if condition != EditedCondition(assume=condition.assume):
            yield "assume", "What we assume has a sentence of its own. Take the rest out of this line."
        return
    if kinds == ["ask"] and (condition.any_of or limits):
        yield "ask", "Only you can answer this, so it has no answers here. Take them out."
    wrong_limits = [limit for limit in limits if not is_quantity(getattr(condition, limit))]
    for limit in wrong_limits:
        yield limit, "Enter a number, such as 16 or 17½."
    if not has_words(condition.text):
        # It makes itself of the answers: where they are missing, nobody is told to write it.
        can_be_asked = kinds == ["question"] and not wrong_limits
        asked = [*_asked(condition, questionnaire)] if questionnaire and can_be_asked else []
        yield from asked or [_NO_SENTENCE]
    if condition.page and (not is_web(condition.page) or len(condition.page) > LONGEST_PAGE):
        yield "page", "Enter the whole address of the page, such as https://www.example.org/jobs. Copy it if you can."
    for field in ("ask", "text"):
        if (length := len(getattr(condition, field))) > LONGEST:
            yield field, f"Shorten this to {LONGEST} characters or fewer. It has {length:,}."


# As the questions have it


def _asked(condition: EditedCondition, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    if condition.assume and condition.assume not in questionnaire.assumptions:
        yield "assume", "We do not assume this any more. Take this line out."
    if not condition.question:
        return
    if condition.question not in questionnaire:
        yield "question", "This is not asked any more. Choose something else, or take the line out."
        return
    question = questionnaire[condition.question]
    if question.kind == "number":
        yield from _number(condition, questionnaire)
    else:
        yield from _answers(condition, question)


def _number(condition: EditedCondition, questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    if condition.any_of:
        yield "any_of", "This takes a number. Take the answers out."
    elif not condition.at_least and not condition.below:
        yield "at_least", "Enter where it begins, where it ends, or both."
    elif said := unreadable(questionnaire, condition_of(_sourced(condition), questionnaire)):
        yield "at_least", said


def _answers(condition: EditedCondition, question: Question) -> Iterator[tuple[str, str]]:
    if condition.at_least or condition.below:
        yield "at_least", "This has answers, and no numbers. Take the numbers out."
    elif not condition.any_of:
        yield "any_of", "Choose at least one answer."
    elif not set(condition.any_of) <= set(question.answer_ids):
        yield "any_of", "One of these is not among the answers. Choose from the list."
