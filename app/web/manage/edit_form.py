"""The form fields of a section and the parts of ``Edited`` that they stand for, both ways.

A field is named as a mistake in it is placed: ``summary``, ``offers-0``, ``contacts-2-value``, ``hours-3-opens``. Names
that a section does not have are not read.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from werkzeug.datastructures import MultiDict

from app.directory.editing.edited import SECTIONS, Edited, EditedAnswer, EditedContact, EditedRoute, EditedTime
from app.directory.listing import AreaId, ContactType, ReferralRouteId, Status
from app.directory.opening import WEEKDAYS

from ..words import WIDE_AREAS as WIDE_AREAS
from .who_form import WhoChoices, typed_rules

Form = MultiDict[str, str]
SAVE, NEXT, TAKE_BACK, COPY_MONDAY, ADD, UP = "save", "next", "take-back", "copy-monday", "add-", "up-"
"""What the buttons of a form say that they do; after the last two comes where: ``up-offers-2``."""
LINES = ("aliases", "offers", "languages", "access", "notes", "unknown")
LINKS = ("successors", "see_instead")
_TEXTS = ("name", "summary", "commissioner", "hours_note", "status_note")
_DATES = ("opened", "closed")
_WORKING_DAYS = WEEKDAYS[1:5]
_MOST_ROWS = 200
_SPANS_A_DAY = 2
_FIRST_INPUT = {"contacts": "-type", "referral": "-route"}
CONTACT_TYPES: Mapping[str, str] = {
    "phone": "Phone number",
    "text": "Number for texts",
    "email": "Email address",
    "web": "Web page",
    "address": "Address",
    "ask": "Another way, in words",
}
ROUTE_WORDS: Mapping[str, str] = {
    "self": "People themselves",
    "gp": "Their GP",
    "health_professional": "Another health worker",
    "employer": "Their employer",
    "jcp": "Their Jobcentre",
    "local_authority": "Their council",
    "vcs": "A charity",
    "other": "Somebody else",
}
NO_CONTACT, NO_ROUTE, NO_ANSWER = EditedContact(), EditedRoute(), EditedAnswer()


@dataclass(frozen=True)
class Choices:
    """What can be chosen beside what stands in the draft already: ids with their words."""

    goals: Mapping[str, str]
    practical: Mapping[str, str]
    listings: Mapping[str, str]
    who: WhoChoices | None = None


@dataclass(frozen=True)
class Day:
    """A weekday as the form shows it. ``spans`` are numbers of the times, with what opens and closes."""

    id: str
    spans: tuple[tuple[int, str, str], ...]


# Form → edited


def parts_of(section: str, form: Form, shown: Edited, choices: Choices) -> dict[str, Any]:
    """The fields of the section as typed. ``shown`` is the draft: what was chosen there keeps its order."""
    return {field: _part(field, form, shown, choices) for field in SECTIONS[section]}


def _part(field: str, form: Form, shown: Edited, choices: Choices) -> Any:
    if field in _TEXTS:
        return form.get(field, "")
    if field in _DATES:
        return "-".join(form.get(f"{field}-{part}", "").strip() for part in ("year", "month", "day")).rstrip("-")
    if field in LINES:
        return tuple(form.get(row, "") for row in _rows(field, form))
    if field in LINKS:
        allowed = {*choices.listings, *getattr(shown, field)}
        return tuple(_one_of(allowed, form.get(row, "")) for row in _rows(field, form))
    special: dict[str, Callable[[], Any]] = {
        "goals": lambda: _chosen(form.getlist("goals"), shown.goals, choices.goals),
        "area": lambda: _chosen(form.getlist("area"), shown.area, get_args(AreaId)),
        "contacts": lambda: tuple(_contact(row, form) for row in _rows(field, form)),
        "hours": lambda: _times(form),
        "practical": lambda: _practical(form, shown, choices),
        "referral": lambda: tuple(_route(row, form) for row in _rows(field, form)),
        "status": lambda: _one_of(get_args(Status), form.get("status", "")),
        "rules": lambda: typed_rules(form, shown, choices.who) if choices.who else shown.rules,
    }
    return special[field]()


def _rows(field: str, form: Form) -> list[str]:
    """The rows of a list that are to stay, in order: ``offers-0``, ``offers-3``."""
    names = re.compile(rf"{field}-([0-9]{{1,3}})(?:-[a-z]+)?")
    numbers = {int(found[1]) for name in form if (found := names.fullmatch(name))}
    rows = [f"{field}-{number}" for number in sorted(numbers) if number < _MOST_ROWS]
    kept = [row for row in rows if f"{row}-remove" not in form]
    for place, row in enumerate(kept):
        if place and form.get("act") == f"{UP}{row}":
            kept[place - 1 : place + 1] = [row, kept[place - 1]]
            break
    return kept


def _contact(row: str, form: Form) -> EditedContact:
    return EditedContact(
        type=_one_of(get_args(ContactType), form.get(f"{row}-type", "")),
        value=form.get(f"{row}-value", ""),
        hours=form.get(f"{row}-hours", ""),
        note=form.get(f"{row}-note", ""),
        professionals=f"{row}-professionals" in form,
    )


def _route(row: str, form: Form) -> EditedRoute:
    route = _one_of(get_args(ReferralRouteId), form.get(f"{row}-route", ""))
    return EditedRoute(route=route, text=form.get(f"{row}-text", ""))


def _times(form: Form) -> tuple[EditedTime, ...]:
    times = [
        EditedTime(
            day=_one_of(WEEKDAYS, form.get(f"{row}-day", "")),
            opens=form.get(f"{row}-opens", ""),
            closes=form.get(f"{row}-closes", ""),
        )
        for row in _rows("hours", form)
    ]
    if form.get("act") == COPY_MONDAY:
        monday = [time for time in times if time.day == WEEKDAYS[0]]
        copies = [time.model_copy(update={"day": day}) for day in _WORKING_DAYS for time in monday]
        times = [*(time for time in times if time.day not in _WORKING_DAYS), *copies]
    return tuple(times)


def _practical(form: Form, shown: Edited, choices: Choices) -> dict[str, EditedAnswer]:
    answers = {
        id_: EditedAnswer(
            answer=_one_of(("yes", "no", "partly"), form.get(f"practical-{id_}-answer", "")),
            text=form.get(f"practical-{id_}-text", ""),
        )
        for id_ in dict.fromkeys((*shown.practical, *choices.practical))
    }
    return {id_: said for id_, said in answers.items() if said.answer or said.text.strip()}


def _chosen(ticked: Sequence[str], shown: Sequence[str], offered: Iterable[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in dict.fromkeys((*shown, *offered)) if id_ in ticked)


def _one_of(allowed: Iterable[str], said: str) -> str:
    return said if said in allowed else ""


# Edited → form


def asked(shown: Edited, choices: Choices) -> list[str]:
    """The questions of the practical part, also those that are answered and not asked any more."""
    return list(dict.fromkeys((*choices.practical, *shown.practical)))


def with_names(offered: Mapping[str, str], chosen: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """What can be chosen, and what is chosen already though it is not offered any more."""
    return {**offered, **{id_: known.get(id_, id_) for id_ in chosen if id_}}


def with_spare(items: Sequence[Any], empty: Any, *, wanted: bool) -> list[Any]:
    """The rows of a list, with an empty one at the end where one is wanted or nothing stands there."""
    return [*items, empty] if wanted or not items else list(items)


def week(times: Sequence[EditedTime]) -> list[Day]:
    """Each weekday with its times, and empty places up to two a day. Numbers count the times as they are kept."""
    spare = iter(range(len(times), len(times) + _SPANS_A_DAY * len(WEEKDAYS)))
    days = []
    for day in WEEKDAYS:
        spans = [(number, time.opens, time.closes) for number, time in enumerate(times) if time.day == day]
        spans += [(next(spare), "", "") for _ in range(_SPANS_A_DAY - len(spans))]
        days.append(Day(day, tuple(spans)))
    return days


def date_parts(text: str) -> dict[str, str]:
    """ "2026-03" → year 2026, month 03 and no day, as typed."""
    year, month, day = (*text.split("-", 2), "", "")[:3]
    return {"day": day, "month": month, "year": year}


def place_after(act: str, edited: Edited) -> tuple[str, str]:
    """Where to go on after a button was pressed: the list that wants an empty row, and the place on the page."""
    if act.startswith(ADD) and (field := act.removeprefix(ADD)) in (*LINES, "contacts", "referral"):
        return field, f"{field}-{len(getattr(edited, field))}{_FIRST_INPUT.get(field, '')}"
    found = re.fullmatch(rf"{UP}([a-z]+)-([0-9]{{1,3}})", act)
    if found:
        return "", f"{found[1]}-row-{max(0, int(found[2]) - 1)}"
    return "", "hours-0-opens" if act == COPY_MONDAY else ""
