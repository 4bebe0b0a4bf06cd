"""What differs between two states of a listing, in pieces that can each be accepted or sent back.

A field that is one text is one change, and so is each practical question. A list is compared item by item: neighbours
that changed together are one change. Goals, areas, and listings to go on to are each one change as a whole. So is each
part of a rule, and its ways in are a list. Where a period begins or ends, all rules are one change.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

from app.directory.editing.edited import FIELDS, Edited, EditedAnswer, EditedContact, EditedRoute, EditedTime
from app.directory.editing.edited_rules import EditedRule, Part
from app.directory.editing.rule_lines import PARTS, RuleLines, same_periods
from app.directory.editing.typed import day_in_words

_LISTS = frozenset({"aliases", "offers", "contacts", "hours", "languages", "access", "referral", "notes", "unknown"})
_DATES = frozenset({"opened", "closed"})
_ANSWERS = {"yes": "Yes. ", "no": "No. ", "partly": "Partly. "}
_CHANNELS = {"phone": "Phone", "text": "Text", "email": "Email", "web": "Website", "address": "Address"}


@dataclass(frozen=True)
class Change:
    """One difference. ``before`` and ``after`` are lines for the reader; empty: was not there, or is taken out.

    ``id`` is the same whenever the same two states are compared: ``summary``, ``practical-free``, ``contacts-0``,
    ``rules-0-everyone``, ``rules-0-routes-1``, ``rules``.
    ``key`` is the id of a practical question, and empty elsewhere. Goals, areas, listings, the status and ways to be
    referred stand in the lines by their ids, because only a page knows their names; a way to be referred as
    ``gp: Ask your GP.``
    """

    id: str
    field: str
    key: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class _Hunk:
    """A part of a list that changed: where it stands before and after."""

    id: str
    before: slice
    after: slice


def changes(before: Edited, after: Edited) -> tuple[Change, ...]:
    """In the order of the fields. Both are best compared as ``normalised``, so that spaces are no change."""
    found = (_changes(field, getattr(before, field), getattr(after, field)) for field in FIELDS)
    return tuple(chain.from_iterable(found))


def with_changes(before: Edited, after: Edited, accepted: Collection[str]) -> Edited:
    """``before`` with those changes to ``after`` whose ids are ``accepted``; other ids count for nothing.

    Half of what belongs together can be a mistake that neither state had: look at ``edit_checks.mistakes`` after it.
    """
    taken = {field: _taken(field, getattr(before, field), getattr(after, field), accepted) for field in FIELDS}
    return before.model_copy(update=taken)


# Differences


def _changes(field: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if field == "practical":
        for key in _questions(old, new):
            yield Change(f"{field}-{key}", field, key, _answer(old.get(key)), _answer(new.get(key)))
    elif field in _LISTS:
        for hunk in _hunks(field, old, new):
            yield Change(hunk.id, field, "", _lines(field, old[hunk.before]), _lines(field, new[hunk.after]))
    elif field == "rules":
        yield from _rule_changes(old, new)
    else:
        yield Change(field, field, "", _lines(field, old), _lines(field, new))


def _taken(field: str, old: Any, new: Any, accepted: Collection[str]) -> Any:
    if field == "practical":
        asked = {key: new if f"{field}-{key}" in accepted else old for key in (*old, *new)}
        return {key: answers[key] for key, answers in asked.items() if key in answers}
    if field in _LISTS:
        return _patched(old, new, [hunk for hunk in _hunks(field, old, new) if hunk.id in accepted])
    if field == "rules" and same_periods(old, new):
        return tuple(_rule_taken(number, *pair, accepted) for number, pair in enumerate(zip(old, new, strict=True)))
    return new if field in accepted else old


def _patched(old: tuple[Any, ...], new: tuple[Any, ...], hunks: Iterable[_Hunk]) -> tuple[Any, ...]:
    patched, done = [], 0
    for hunk in hunks:
        patched += [*old[done : hunk.before.start], *new[hunk.after]]
        done = hunk.before.stop
    return (*patched, *old[done:])


def _hunks(field: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> list[_Hunk]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found = [(slice(a, b), slice(c, d)) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    return [_Hunk(f"{field}-{number}", *where) for number, where in enumerate(found)]


def _questions(old: Mapping[str, EditedAnswer], new: Mapping[str, EditedAnswer]) -> list[str]:
    return [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]


# Rules


def _rule_changes(old: tuple[EditedRule, ...], new: tuple[EditedRule, ...]) -> Iterator[Change]:
    told = RuleLines(old, new)
    if not same_periods(old, new):
        yield Change("rules", "rules", "", told.all_of(old), told.all_of(new))
        return
    for number, (one, other) in enumerate(zip(old, new, strict=True)):
        for part in PARTS:
            for id_, before, after in _parts(f"rules-{number}-{part}", part, one, other):
                yield Change(id_, "rules", "", told.part(before, part), told.part(after, part))


def _parts(id_: str, part: Part, one: EditedRule, other: EditedRule) -> Iterator[tuple[str, EditedRule, EditedRule]]:
    """What changed in one part, as the two rules with nothing else in it."""
    old, new = getattr(one, part), getattr(other, part)
    if part == "routes":
        for hunk in _hunks(id_, old, new):
            yield (
                hunk.id,
                one.model_copy(update={part: old[hunk.before]}),
                other.model_copy(update={part: new[hunk.after]}),
            )
    elif old != new:
        yield id_, one, other


def _rule_taken(number: int, old: EditedRule, new: EditedRule, accepted: Collection[str]) -> EditedRule:
    taken: dict[str, Any] = {part: getattr(new, part) for part in PARTS if f"rules-{number}-{part}" in accepted}
    hunks = [hunk for hunk in _hunks(f"rules-{number}-routes", old.routes, new.routes) if hunk.id in accepted]
    return old.model_copy(update={**taken, "routes": _patched(old.routes, new.routes, hunks)})


# Lines


def _lines(field: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        text = day_in_words(value) if field in _DATES else value
        return (text,) if text else ()
    return tuple(_line(item) for item in value)


def _line(item: Any) -> str:
    match item:
        case EditedContact():
            return _contact(item)
        case EditedTime():
            return f"{item.day.capitalize()} {item.opens} to {item.closes}"
        case EditedRoute():
            return f"{item.route}: {item.text}"
        case _:
            return str(item)


def _contact(contact: EditedContact) -> str:
    hours = f" ({contact.hours})" if contact.hours else ""
    first = f"{_CHANNELS.get(contact.type, '')} {contact.value}{hours}".strip()
    parts = (first, contact.note, "For professionals" if contact.professionals else "")
    return ". ".join(part.removesuffix(".") for part in parts if part)


def _answer(answer: EditedAnswer | None) -> tuple[str, ...]:
    line = f"{_ANSWERS.get(answer.answer, '')}{answer.text}".strip() if answer else ""
    return (line,) if line else ()
