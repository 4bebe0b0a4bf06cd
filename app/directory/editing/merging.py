"""A draft and a live listing that both moved on from where the draft began."""

from collections.abc import Iterator
from typing import Any

from app.directory.editing.edited import FIELDS, Edited, EditedAnswer

_TEXTS = tuple(field for field in FIELDS if field != "practical")


def rebased(base: Edited, live: Edited, draft: Edited) -> Edited:
    """The draft on top of what is live now: what the draft did not change since ``base`` comes from ``live``.

    Fields are taken whole, and practical questions one by one.
    """
    fields: dict[str, Any] = {
        field: _newest(getattr(base, field), getattr(live, field), getattr(draft, field)) for field in _TEXTS
    }
    answers = {key: _newest(*versions) for key, versions in _answers(base, live, draft)}
    practical = {key: answer for key, answer in answers.items() if answer is not None}
    return draft.model_copy(update={**fields, "practical": practical})


def clashes(base: Edited, live: Edited, draft: Edited) -> frozenset[str]:
    """What both changed since ``base``, to different things: fields, and ``practical-free`` for a question."""
    fields = [field for field in _TEXTS if _clash(getattr(base, field), getattr(live, field), getattr(draft, field))]
    return frozenset([*fields, *(f"practical-{key}" for key, it in _answers(base, live, draft) if _clash(*it))])


def _newest(base: Any, live: Any, draft: Any) -> Any:
    return live if draft == base else draft


def _clash(base: Any, live: Any, draft: Any) -> bool:
    return bool(live != base and draft != base and live != draft)


def _answers(
    base: Edited, live: Edited, draft: Edited
) -> Iterator[tuple[str, tuple[EditedAnswer | None, EditedAnswer | None, EditedAnswer | None]]]:
    """Each question that one of them answers, with the three answers."""
    for key in dict.fromkeys((*live.practical, *draft.practical, *base.practical)):
        yield key, (base.practical.get(key), live.practical.get(key), draft.practical.get(key))
