"""The form in which an admin decides about each change of a draft."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from app.actions.editing.decision import Decision
from app.actions.editing.review import Review
from app.directory.editing.changes import Change, changes
from app.directory.editing.edit_checks import Mistake
from app.directory.editing.edited import edited_of

from ..manage.change_words import Names, named
from ..manage.field_words import field_label
from ..manage.word_marks import Marked, marked

ACCEPT, RETURN = "accept", "return"


@dataclass(frozen=True)
class Row:
    """One change. ``began``: what the page said when the draft was begun, where it says something else today.

    ``sign`` tells whether the change is still the one that was looked at. ``choice``: ``accept``, ``return`` or empty.
    """

    id: str
    field: str
    label: str
    sign: str
    marked: Marked
    began: tuple[str, ...] | None
    choice: str = ""
    comment: str = ""
    problem: str = ""


@dataclass(frozen=True)
class ApprovalForm:
    """``problems`` are (sentence, field id), for the summary at the top. ``left_over``: comments by the name of a
    change that is not there any more."""

    rows: tuple[Row, ...]
    note: str = ""
    problems: tuple[tuple[str, str], ...] = ()
    left_over: tuple[tuple[str, str], ...] = ()


def approval_form(
    review: Review,
    names: Names,
    typed: Mapping[str, str],
    places: Mapping[str, str] | None = None,
    others: Iterable[tuple[str, str]] = (),
) -> ApprovalForm:
    """The form, filled in with what was ``typed``. ``places``: what is wrong, by change; ``others``: what else is."""
    wrong = places or {}
    labels = labels_of(review.changes)
    rows = tuple(
        _row(change, label, review, names, typed, wrong) for change, label in zip(review.changes, labels, strict=True)
    )
    own = [(f"{row.label}: {row.problem}", _place(row)) for row in rows if row.problem]
    return ApprovalForm(
        rows, typed.get("note", ""), (*others, *own), left_over(typed, [change.id for change in review.changes])
    )


def decisions_of(review: Review, typed: Mapping[str, str]) -> dict[str, Decision]:
    """What was decided, by change. Where a change is not the one that was looked at, nothing is."""
    if typed.get("all") == ACCEPT:
        return {change.id: Decision(accept=True, comment=_comment(change, typed)) for change in review.changes}
    choices = {change.id: _choice(change, typed) for change in review.changes}
    return {
        change.id: Decision(choices[change.id] == ACCEPT, _comment(change, typed))
        for change in review.changes
        if choices[change.id]
    }


def beside(mistakes: Iterable[Mistake], review: Review) -> list[tuple[str, str]]:
    """Mistakes that stand in what would be public, each with the change to look at."""
    first = {change.field: change.id for change in reversed(review.changes)}
    any_change = review.changes[0].id
    return [
        (f"It cannot be public like this: {one.sentence}", f"decision-{first.get(one.field, any_change)}")
        for one in mistakes
    ]


def _row(
    change: Change, label: str, review: Review, names: Names, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> Row:
    said = named(change, names)
    return Row(
        id=change.id,
        field=change.field,
        label=label,
        sign=_sign(change),
        marked=marked(said.before, said.after),
        began=_began(change, review, names),
        choice=_choice(change, typed),
        comment=_comment(change, typed),
        problem=wrong.get(change.id, ""),
    )


def _place(row: Row) -> str:
    """The id of the field that is to be filled in next."""
    return f"{'comment' if row.choice else 'decision'}-{row.id}"


def labels_of(some: Iterable[Change]) -> list[str]:
    """Several changes of one list are counted, so that each has a name of its own."""
    words = [field_label(change.field, change.key) for change in some]
    several, seen = Counter(words), Counter[str]()
    labels = []
    for word in words:
        seen[word] += 1
        labels.append(f"{word} ({seen[word]})" if several[word] > 1 else word)
    return labels


def _began(change: Change, review: Review, names: Names) -> tuple[str, ...] | None:
    place = f"{change.field}-{change.key}" if change.key else change.field
    if place not in review.draft.clashes:
        return None
    moved = changes(edited_of(review.draft.base), edited_of(review.managed.listing))
    here = (one for one in moved if (one.field, one.key) == (change.field, change.key))
    return tuple(line for one in here for line in named(one, names).before)


def _sign(change: Change) -> str:
    return sha256(repr((change.before, change.after)).encode()).hexdigest()[:16]


def _choice(change: Change, typed: Mapping[str, str]) -> str:
    choice = ACCEPT if typed.get("all") == ACCEPT else typed.get(f"decision-{change.id}", "")
    looked_at = typed.get(f"sign-{change.id}") == _sign(change)
    return choice if looked_at and choice in {ACCEPT, RETURN} else ""


def _comment(change: Change, typed: Mapping[str, str]) -> str:
    return typed.get(f"comment-{change.id}", "").strip()


def left_over(typed: Mapping[str, str], here: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Comments on changes that are not ``here``, with the name of their change."""
    names = {f"comment-{id_}" for id_ in here}
    return tuple(
        (_name_of(field.removeprefix("comment-")), text.strip())
        for field, text in typed.items()
        if field.startswith("comment-") and field not in names and text.strip()
    )


def _name_of(id_: str) -> str:
    field, _, key = id_.partition("-")
    return field_label(field, key)
