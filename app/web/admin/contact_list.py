"""The list of contacts to confirm: which of it is shown, and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.actions.administration.contact_checks import Noted, ToConfirm, needs_correcting
from app.actions.confirm_items import Group, Item

from .contact_words import found_out, kind_of, title_of, why


@dataclass(frozen=True)
class Wanted:
    """Which part of the list is shown: a key of ``SHOWN``, and one of ``KINDS`` or nothing."""

    show: str
    kind: str


@dataclass(frozen=True)
class Line:
    """One item of the list as it is shown; ``found_out`` is empty where nobody checked it."""

    key: str
    title: str
    why: str
    found_out: str
    wrong: bool


@dataclass(frozen=True)
class Shown:
    group: Group
    lines: tuple[Line, ...]


def shown_of(everything: ToConfirm, wanted: Wanted) -> Iterator[Shown]:
    for group in everything.groups:
        items = {item.key: item for item in group.items if wanted.kind in {"", kind_of(group, item)}}
        found = ((item, everything.noted.get(key)) for key, item in items.items())
        lines = [_line(everything, group, item, noted) for item, noted in found if _is_shown(item, noted, wanted)]
        if lines:
            yield Shown(group, tuple(lines))


def _is_shown(item: Item, noted: Noted | None, wanted: Wanted) -> bool:
    if wanted.show == "to_check":
        return noted is None
    if wanted.show == "checked":
        return noted is not None
    return wanted.show == "all" or (noted is not None and needs_correcting(item, noted.check))


def _line(everything: ToConfirm, group: Group, item: Item, noted: Noted | None) -> Line:
    return Line(
        key=item.key,
        title=title_of(item),
        why="" if group.part == "crisis" else why(group, item, everything.names),
        found_out=found_out(item, noted) if noted else "",
        wrong=noted is not None and needs_correcting(item, noted.check),
    )


def nearest_to(everything: ToConfirm, wanted: Wanted, group: Group) -> tuple[str, str] | None:
    """(part, id) of this group, or of the one that stands nearest to it where nothing more of it is shown."""
    shown = {(one.group.part, one.group.id) for one in shown_of(everything, wanted)}
    order = [(one.part, one.id) for one in everything.groups]
    own = (group.part, group.id)
    place = order.index(own) if own in order else 0
    return next((one for one in [*order[place:], *reversed(order[:place])] if one in shown), None)


def next_after(everything: ToConfirm, wanted: Wanted, key: str) -> str:
    """The key of the one that is shown after this; empty where none follows."""
    order = [item.key for group in everything.groups for item in group.items]
    shown = {line.key for one in shown_of(everything, wanted) for line in one.lines}
    following = order[order.index(key) + 1 :] if key in order else order
    return next((one for one in following if one in shown), "")
