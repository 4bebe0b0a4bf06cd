"""The audit trail in words for somebody who is not technical."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models import AuditEntry

from ..manage.field_words import FIELD_WORDS

KINDS: Mapping[str, str] = {
    "listing": "Listing",
    "organisation": "Organisation",
    "person": "Person",
    "synonym": "Synonym",
    "question": "Question",
    "goal": "Goal",
    "search": "Search",
    "audit": "Audit trail",
    "crisis": "Crisis line",
}
"""By what a subject begins with."""
WORDS: Mapping[str, str] = {
    **FIELD_WORDS,
    "before": "Before",
    "after": "After",
    "although": "Published although people are left with no programme, because",
    "stranded": "Who is left with no programme",
    "own": "Approved by the only admin, who wrote it",
    "say": "What people say",
    "misspelt": "Spellings that are far off",
    "short": "Abbreviations",
    "lead": "Where it leads",
    "lead_in": "Where it leads in one borough",
    "search_for": "Other words to look for",
    "text": "Text",
    "why": "Why we ask",
    "at_a_glance": "In a word or two",
    "said": "How we repeat it",
    "if_so": "How we say that it would help",
    "none": "None of these",
    "review_days": "Days after which we ask again",
    "to": "Sent as far as the",
    "report": "What the report was about",
    "outcome": "What came of it",
    "kept": "The listing that stands for it",
    "from": "The listing that stood for it",
    "listings": "The two listings",
    "new_pairs": "New pairs that look alike",
    "feed": "The other list",
}
NOTHING = "nothing"
DEEPEST = 6
LONGEST_SHOWN = 5_000
"""Characters of one text. What was thrown away can be as long as a request."""


@dataclass(frozen=True)
class Line:
    """One thing that the detail says. A change has ``before`` and ``after``; anything else has its ``text`` alone."""

    name: str
    text: str = ""
    before: str = ""
    after: str = ""
    is_change: bool = False


@dataclass(frozen=True)
class Told:
    """An entry as the page shows it."""

    id: int
    at: datetime
    who: str
    action: str
    kind: str
    name: str
    address: str
    lines: tuple[Line, ...]


def told(entry: AuditEntry, names: Mapping[str, str]) -> Told:
    """``names`` are what people call the subjects that have a name, by subject."""
    kind, _, id_ = entry.subject.partition("/")
    return Told(
        id=entry.id or 0,
        at=entry.at,
        who=entry.who,
        action=_capital(entry.action),
        kind=KINDS.get(kind, _capital(kind)),
        name="" if kind == "audit" else names.get(entry.subject, id_.replace("_", " ") if kind != "person" else id_),
        address=id_ if kind == "listing" and entry.subject in names else "",
        lines=tuple(_lines(entry.detail)),
    )


def _lines(detail: Mapping[str, Any]) -> Iterator[Line]:
    before, after = detail.get("before"), detail.get("after")
    if isinstance(before, dict | None) and isinstance(after, dict | None) and (before or after):
        yield from _changes(before or {}, after or {})
    elif "before" in detail or "after" in detail:
        yield Line(in_words(str(detail.get("field", "text"))), before=_text(before), after=_text(after), is_change=True)
    for name, value in detail.items():
        if name in {"before", "after"} or (name == "field" and "before" in detail):
            continue
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for one in value:
                yield from _lines(one)
        else:
            yield Line(in_words(name), text=_text(value))


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            line = Line(in_words(name), before=_text(before.get(name)), after=_text(after.get(name)), is_change=True)
            yield line


def in_words(name: str) -> str:
    """The name of a field: ``answers.find_job.label`` is “find job, label”."""
    parts = [part for part in name.split(".") if part != "answers"]
    return _capital(", ".join(WORDS.get(part, part.replace("_", " ")) for part in parts))


def _text(value: Any) -> str:
    """A value in words. What somebody threw away without end is cut; it is whole in what is taken out."""
    whole = _whole(value)
    return whole if len(whole) <= LONGEST_SHOWN else f"{whole[:LONGEST_SHOWN]}…"


def _whole(value: Any, depth: int = 0) -> str:
    """Lists and fields have a line each."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and depth < DEEPEST:
        return "\n".join(_whole(one, depth + 1) for one in value)
    if isinstance(value, dict) and depth < DEEPEST:
        return "\n".join(f"{in_words(name)}: {_whole(one, depth + 1)}" for name, one in value.items())
    return str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
