"""The form fields of "Who can use this service?", and the rules that they stand for.

A field is named as a mistake in it is placed: ``who-everyone-0-any_of``, ``who-routes-1-0-text``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from app.directory.editing.edited import Edited
from app.directory.editing.edited_rules import EditedCondition, EditedRule, Part
from app.directory.editing.rule_lines import PARTS
from app.directory.editing.rule_periods import from_today, rule_on, with_rule
from app.directory.rule_words import sentence_of
from app.eligibility.checks import MOST_CONDITIONS, MOST_WAYS_IN
from app.eligibility.questions import Questionnaire

Form = MultiDict[str, str]
ADD, OUT, UNDO = "add-", "out-", "undo"
"""What the buttons say that they do; after the first two comes where: ``add-who-routes-1``, ``out-who-everyone-0``."""
ASK = "ask"
"""What a new line is about that no question of the directory asks."""
WHEN, CORRECT, TODAY = "who-when", "correct", "today"
_MOST_LINES = 2 * MOST_CONDITIONS
"""In one part: enough for whoever has too many to be told so."""
_PLACE = re.compile(r"who-(?:everyone|exclusions|made_for|routes-[0-9]{1,2})")
_SUBJECT = re.compile(r"[a-z0-9_]{1,60}")
Rules = tuple[EditedRule, ...]


@dataclass(frozen=True)
class WhoChoices:
    """What can be chosen, what is public (``live``), and the day whose rule is edited."""

    questionnaire: Questionnaire
    live: Edited
    day: date


def typed_rules(form: Form, shown: Edited, choices: WhoChoices) -> Rules:
    """The rules as typed. A correction changes the rule of the day; where the rules change, a new period begins."""
    present = rule_on(shown, choices.day)
    rule = _typed_rule(form, present, choices.questionnaire)
    was = begins_anew(shown, choices)
    wanted = form.get(WHEN, TODAY if was else CORRECT) == TODAY
    if wanted == was:
        return shown.rules if rule == present else with_rule(shown, choices.day, rule).rules
    if _dateless(rule) == _dateless(rule_on(choices.live, choices.day)):
        return choices.live.rules
    base = from_today(choices.live, choices.day) if wanted else choices.live
    return with_rule(base, choices.day, rule).rules


def begins_anew(shown: Edited, choices: WhoChoices) -> bool:
    """The draft begins a new period, and the public rule ends before it."""
    since = rule_on(shown, choices.day).since
    return bool(choices.live.rules) and since != rule_on(choices.live, choices.day).since


def _dateless(rule: EditedRule) -> EditedRule:
    return rule.model_copy(update={"since": "", "until": ""})


def _typed_rule(form: Form, shown: EditedRule, questionnaire: Questionnaire) -> EditedRule:
    def conditions(place: str, part: Part) -> tuple[EditedCondition, ...]:
        rows = (f"{place}-{number}" for number in _numbers(place, form)[:_MOST_LINES])
        return tuple(_condition(row, part, form, shown, questionnaire) for row in rows if not _is_out(row, form))

    ways = (f"who-routes-{number}" for number in _numbers("who-routes", form)[:MOST_WAYS_IN])
    return shown.model_copy(
        update={
            "everyone": conditions("who-everyone", "everyone"),
            "routes": tuple(filter(None, (conditions(way, "routes") for way in ways if not _is_out(way, form)))),
            "exclusions": conditions("who-exclusions", "exclusions"),
            "made_for": conditions("who-made_for", "made_for"),
        }
    )


def _numbers(place: str, form: Form) -> list[int]:
    names = re.compile(rf"{place}-([0-9]{{1,2}})-[a-z0-9_-]+")
    return sorted({int(found[1]) for name in form if (found := names.fullmatch(name))})


def _is_out(place: str, form: Form) -> bool:
    return form.get("act") == f"{OUT}{place}"


def _condition(row: str, part: Part, form: Form, shown: EditedRule, questionnaire: Questionnaire) -> EditedCondition:
    known = [one for every in PARTS for one in _all_of(shown, every)]
    assume = form.get(f"{row}-assume", "")
    if assume:
        return EditedCondition(assume=assume if _is_known(assume, questionnaire.assumptions, known) else "")
    question = form.get(f"{row}-question", "")
    question = question if _is_known(question, questionnaire.questions, known) else ""
    condition = EditedCondition(
        question=question,
        ask="" if question else form.get(f"{row}-ask", ""),
        any_of=_answers(question, form.getlist(f"{row}-any_of"), known, questionnaire),
        at_least=form.get(f"{row}-at_least", ""),
        below=form.get(f"{row}-below", ""),
        page=form.get(f"{row}-page", ""),
    )
    own = form.get(f"{row}-text", "")
    return condition.model_copy(update={"text": own if own.strip() else sentence_of(condition, part, questionnaire)})


def _all_of(rule: EditedRule, part: Part) -> Iterable[EditedCondition]:
    return [one for route in rule.routes for one in route] if part == "routes" else getattr(rule, part)


def _is_known(id_: str, offered: Iterable[str], known: Iterable[EditedCondition]) -> bool:
    return id_ in offered or any(id_ in {one.question, one.assume} for one in known)


def _answers(
    question: str, ticked: list[str], known: Iterable[EditedCondition], questionnaire: Questionnaire
) -> tuple[str, ...]:
    """Those that are offered or stand there already, and in the order in which they stand."""
    same = [one.any_of for one in known if one.question == question]
    for answers in same:
        if sorted(answers) == sorted(ticked):
            return answers
    offered = questionnaire[question].answer_ids if question in questionnaire else ()
    allowed = dict.fromkeys((*offered, *(id_ for answers in same for id_ in answers)))
    return tuple(id_ for id_ in allowed if id_ in ticked)


# Buttons


def spare_after(form: Form, act: str, rule: EditedRule) -> tuple[str, str]:
    """The new line that the page shows after a button, as ``who-everyone-lives_in``, and the place to go on at."""
    place = act.removeprefix(ADD)
    about = form.get(f"{place}-add", "")
    if act.startswith(ADD) and _PLACE.fullmatch(place):
        chosen = f"{place}-{about}", f"{place}-{len(lines_at(rule, place))}"
        return chosen if _SUBJECT.fullmatch(about) else ("", f"{place}-add")
    removed = re.fullmatch(rf"{OUT}(who-[a-z_]+)(?:-[0-9]+)+", act)
    return "", removed[1] if removed else "who" if act == UNDO else ""


def said_after(form: Form, act: str) -> str:
    """What to say after a button, beside that all is saved."""
    if act == UNDO:
        return "The last change is undone."
    wants_line = act.startswith(ADD) and not form.get(f"{act.removeprefix(ADD)}-add")
    return "Choose a subject for the new line first." if wants_line else ""


def lines_at(rule: EditedRule, place: str) -> tuple[EditedCondition, ...]:
    """What stands at ``who-everyone`` or ``who-routes-1``; nothing where there is no such way in."""
    part, _, way = place.removeprefix("who-").partition("-")
    if part != "routes":
        found: tuple[EditedCondition, ...] = getattr(rule, part)
        return found
    return rule.routes[int(way)] if int(way) < len(rule.routes) else ()
