"""The kinds of columns: what stands in each of a listing, and what a cell changes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.directory.editing.edited import Edited, EditedAnswer, EditedContact, EditedRoute, EditedTime
from app.directory.editing.typed import number_tidied, span_tidied, squeezed, web_tidied
from app.directory.listing import ContactType
from app.directory.opening import WEEKDAYS, Weekday
from app.exchange.csv.cells import items, joined, lines
from app.exchange.csv.words import AREAS, FREE, ROUTES, STATUSES, area_of, route_of, status_of
from app.exchange.oruk.reading.texts import beginning, pieces

LONGEST = 600
_TIDIERS = {"phone": number_tidied, "text": number_tidied, "web": web_tidied}
_TIMES = re.compile(r"(.+?)\s*(?:-|–|—|\bto\b|\buntil\b)\s*(.+)", re.IGNORECASE)


class CellError(Exception):
    """The cell cannot be read; ``sentence`` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Column:
    """``field`` is the part of a listing that a cell changes, and ``hint`` says how to fill it in.

    ``written`` gives the cell of a listing. ``taken`` gives the listing with what the cell says; an empty text takes it
    out. It raises ``CellError``.
    """

    name: str
    hint: str
    field: str
    written: Callable[[Edited], str]
    taken: Callable[[Edited, str], Edited]


def _with(edited: Edited, field: str, value: object) -> Edited:
    return edited.model_copy(update={field: value})


def text(name: str, field: str, hint: str) -> Column:
    return Column(name, hint, field, lambda one: getattr(one, field), lambda one, cell: _with(one, field, cell))


def summary(name: str, hint: str) -> Column:
    return Column(name, hint, "summary", lambda one: one.summary, _summary)


def _summary(edited: Edited, cell: str) -> Edited:
    """What has no room becomes notes, so that nothing is lost."""
    summary, rest = beginning(" ".join(lines(cell)), LONGEST)
    new = tuple(piece for piece in pieces(rest) if piece not in edited.notes)
    return edited.model_copy(update={"summary": summary, "notes": (*edited.notes, *new)})


def sentences(name: str, field: str, hint: str) -> Column:
    def taken(edited: Edited, cell: str) -> Edited:
        return _with(edited, field, tuple(piece for line in lines(cell) for piece in pieces(line)))

    return Column(name, hint, field, lambda one: "\n".join(getattr(one, field)), taken)


def names(name: str, field: str, hint: str) -> Column:
    return Column(
        name, hint, field, lambda one: joined(getattr(one, field)), lambda one, cell: _with(one, field, items(cell))
    )


def area(name: str, hint: str) -> Column:
    return Column(name, hint, "area", lambda one: joined(AREAS[code] for code in one.area), _area)


def _area(edited: Edited, cell: str) -> Edited:
    words = [word for item in items(cell) for word in item.split(",") if word.strip()]
    codes = [area_of(word) for word in words]
    if None in codes:
        word = words[codes.index(None)].strip()
        raise CellError(f"“{word[:60]}” is not an area here. Write a borough, NCL, London or National.")
    return _with(edited, "area", tuple(dict.fromkeys(codes)))


def contact(name: str, type_: ContactType, hint: str) -> Column:
    def public(edited: Edited) -> list[EditedContact]:
        return [one for one in edited.contacts if one.type == type_ and not one.professionals]

    def taken(edited: Edited, cell: str) -> Edited:
        values = dict.fromkeys(map(_TIDIERS.get(type_, str), items(cell)))
        wanted = {squeezed(value) for value in values}
        others = [one for one in edited.contacts if one not in public(edited) or squeezed(one.value) in wanted]
        known = {squeezed(one.value) for one in public(edited)}
        new = [EditedContact(type=type_, value=value) for value in values if squeezed(value) not in known]
        return _with(edited, "contacts", (*others, *new))

    return Column(name, hint, "contacts", lambda one: joined(contact.value for contact in public(one)), taken)


def opens(day: Weekday) -> Column:
    def written(edited: Edited) -> str:
        return joined(f"{time.opens}-{time.closes}" for time in edited.hours if time.day == day)

    def taken(edited: Edited, cell: str) -> Edited:
        spans = [] if cell.casefold() == "closed" else items(cell)
        times = [_time(day, span) for span in spans]
        others = [time for time in edited.hours if time.day != day]
        return _with(edited, "hours", tuple(sorted([*others, *times], key=_place_in_week)))

    hint = "Such as 09:00-17:00. With a break: 09:00-12:30; 13:30-17:00. Or: closed."
    return Column(f"opens {day.title()}", hint, "hours", written, taken)


def _time(day: Weekday, span: str) -> EditedTime:
    found = _TIMES.fullmatch(span)
    if not found:
        raise CellError(f"“{span[:60]}” is not a time such as 09:00-17:00.")
    opens, closes = span_tidied(found[1], found[2])
    return EditedTime(day=day, opens=opens, closes=closes)


def _place_in_week(time: EditedTime) -> int:
    return next(number for number, day in enumerate(WEEKDAYS) if day == time.day)


def free(name: str, hint: str) -> Column:
    return Column(name, hint, "practical", _free_written, _free)


def _free_written(edited: Edited) -> str:
    said = edited.practical.get("free")
    return ": ".join(filter(None, (said.answer, said.text))) if said else ""


def _free(edited: Edited, cell: str) -> Edited:
    """What does not begin with yes, no or partly is a sentence without an answer."""
    whole = " ".join(lines(cell))
    word, _, text = whole.partition(":")
    answer = squeezed(word)
    said = (
        EditedAnswer(answer=answer, text=text.strip() or FREE[answer]) if answer in FREE else EditedAnswer(text=whole)
    )
    return _answered(edited, "free", said if cell else None)


def wait(name: str, hint: str) -> Column:
    return Column(name, hint, "practical", _wait_written, _wait)


def _wait_written(edited: Edited) -> str:
    return edited.practical["wait"].text if "wait" in edited.practical else ""


def _wait(edited: Edited, cell: str) -> Edited:
    return _answered(edited, "wait", EditedAnswer(text=" ".join(lines(cell))) if cell else None)


def _answered(edited: Edited, id_: str, answer: EditedAnswer | None) -> Edited:
    practical = {key: said for key, said in edited.practical.items() if key != id_ or answer}
    return _with(edited, "practical", {**practical, id_: answer} if answer else practical)


def who_can_refer(name: str, hint: str) -> Column:
    return Column(name, hint, "referral", _routes_written, _routes)


def _routes_written(edited: Edited) -> str:
    return "\n".join(f"{ROUTES[one.route][0]}: {one.text}" for one in edited.referral)


def _routes(edited: Edited, cell: str) -> Edited:
    parts = lines(cell) if ":" in cell else [word for item in items(cell) for word in item.split(",") if word.strip()]
    return _with(edited, "referral", tuple(map(_route, parts)))


def _route(part: str) -> EditedRoute:
    word, _, text = part.partition(":")
    route = route_of(word)
    if route is None:
        words = ", ".join(label for label, _ in ROUTES.values())
        raise CellError(f"“{word.strip()[:60]}” is not a way in. Write one of: {words}.")
    return EditedRoute(route=route, text=text.strip() or ROUTES[route][1])


def status(name: str, hint: str) -> Column:
    return Column(name, hint, "status", lambda one: STATUSES[one.status], _status)


def _status(edited: Edited, cell: str) -> Edited:
    code = status_of(cell)
    if code is None:
        raise CellError(f"“{cell[:60]}” is not one of: {', '.join(STATUSES.values())}.")
    return _with(edited, "status", code)
