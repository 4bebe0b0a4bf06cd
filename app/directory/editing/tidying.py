"""What is put right for whoever typed it, without asking."""

from collections.abc import Iterable, Mapping

from app.directory.editing.edited import Edited, EditedAnswer, EditedContact, EditedRoute, EditedTime
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from app.directory.editing.typed import day_tidied, number_tidied, quantity_tidied, span_tidied, tidied, web_tidied
from app.directory.opening import WEEKDAYS

_TEXTS = ("name", "summary", "commissioner", "hours_note", "status", "status_note")
_DAYS = ("opened", "closed")
_LISTS = ("aliases", "offers", "languages", "access", "notes", "unknown")
_CHOICES = ("goals", "area", "successors", "see_instead")
_TIDIERS = {"phone": number_tidied, "text": number_tidied, "web": web_tidied}


def normalised(edited: Edited) -> Edited:
    """The same, tidied, without items in which nothing is written; what cannot be read stays as it was typed.

    Times stand in the order of the week; a day without times is no time. A way in without conditions is none: nobody
    opens a service to everybody by leaving a row empty. Doing it twice changes nothing more.
    """
    contacts = map(_contact, edited.contacts)
    times = map(_time, edited.hours)
    routes = map(_route, edited.referral)
    return edited.model_copy(
        update={
            **{field: tidied(getattr(edited, field)) for field in _TEXTS},
            **{field: day_tidied(tidied(getattr(edited, field))) for field in _DAYS},
            **{field: _written(getattr(edited, field)) for field in _LISTS},
            **{field: tuple(dict.fromkeys(_written(getattr(edited, field)))) for field in _CHOICES},
            "contacts": tuple(one for one in contacts if one.type or one.value or one.hours or one.note),
            "hours": tuple(sorted((one for one in times if one.opens or one.closes), key=_place_in_week)),
            "practical": _answers(edited.practical),
            "referral": tuple(one for one in routes if one.route or one.text),
            "rules": tuple(rule for rule in map(_rule, edited.rules) if rule != EditedRule()),
        }
    )


def _written(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(tidied, texts)))


def _contact(contact: EditedContact) -> EditedContact:
    type_, value = tidied(contact.type), tidied(contact.value)
    tidier = _TIDIERS.get(type_, tidied)
    return EditedContact(
        type=type_,
        value=tidier(value),
        hours=tidied(contact.hours),
        note=tidied(contact.note),
        professionals=contact.professionals,
    )


def _time(time: EditedTime) -> EditedTime:
    opens, closes = span_tidied(tidied(time.opens), tidied(time.closes))
    return EditedTime(day=tidied(time.day).casefold(), opens=opens, closes=closes)


def _place_in_week(time: EditedTime) -> tuple[int, str]:
    days: Mapping[str, int] = {day: number for number, day in enumerate(WEEKDAYS)}
    return days.get(time.day, len(days)), time.opens


def _answers(practical: Mapping[str, EditedAnswer]) -> dict[str, EditedAnswer]:
    answers = {
        tidied(key): EditedAnswer(answer=tidied(said.answer), text=tidied(said.text)) for key, said in practical.items()
    }
    return {key: said for key, said in answers.items() if said.answer or said.text}


def _route(route: EditedRoute) -> EditedRoute:
    return EditedRoute(route=tidied(route.route), text=tidied(route.text))


def _rule(rule: EditedRule) -> EditedRule:
    return EditedRule(
        since=day_tidied(tidied(rule.since)),
        until=day_tidied(tidied(rule.until)),
        everyone=_conditions(rule.everyone),
        routes=tuple(filter(None, map(_conditions, rule.routes))),
        exclusions=_conditions(rule.exclusions),
        made_for=_conditions(rule.made_for),
    )


def _conditions(conditions: Iterable[EditedCondition]) -> tuple[EditedCondition, ...]:
    return tuple(one for one in map(_condition, conditions) if one != EditedCondition())


def _condition(condition: EditedCondition) -> EditedCondition:
    return EditedCondition(
        question=tidied(condition.question),
        ask=tidied(condition.ask),
        assume=tidied(condition.assume),
        any_of=tuple(dict.fromkeys(_written(condition.any_of))),
        at_least=quantity_tidied(tidied(condition.at_least)),
        below=quantity_tidied(tidied(condition.below)),
        text=tidied(condition.text),
        page=web_tidied(tidied(condition.page)),
    )
