"""What people say and what they mean by it, as the directory team changes it.

A meaning is known by its name (``means``). As texts it has ``say``, ``misspelt``, ``short`` and ``search_for`` with a
phrase on each line, and ``lead`` with the id of a listing on each line, the best first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from app.actions.accounts.care import check_admin
from app.actions.accounts.sessions import SignedIn
from app.actions.administration.reference import (
    NOT_THERE,
    Fault,
    FaultsError,
    NotThereError,
    Shown,
    Texts,
    body_of,
    differences,
    lines_of,
    one_line,
    refuse_moved,
    write_body,
)
from app.actions.administration.synonym_checks import PART, PHRASES, refuse_faulty, refuse_unfit
from app.actions.audit import Entry, note
from app.database import reading, writing
from app.exchange.records import into_by_slug, read_records
from app.exchange.seed.word_lists import BOROUGH_SERVICE
from app.models import Service

LISTS = (*PHRASES, "lead")


@dataclass(frozen=True)
class Door:
    """Where a meaning can lead: a listing, or the job services of the boroughs.

    ``aside`` says why none should be led there any more; empty where it is open.
    """

    id: str
    name: str
    aside: str = ""


@dataclass(frozen=True)
class Found:
    """A meaning, and which of its phrases hold what was looked for."""

    means: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """One meaning to be changed. ``lead_in``: what comes first in a borough, which stays as it is."""

    means: str
    shown: Shown
    lead_in: tuple[tuple[str, tuple[str, ...]], ...]


def doors(engine: Engine) -> list[Door]:
    """By name; what leads to each borough's own job service comes first."""
    with reading(engine) as session:
        rows = session.exec(select(Service.slug, Service.name, Service.status).order_by(col(Service.name))).all()
        into = into_by_slug(read_records(session))
    names = {slug: name for slug, name, _ in rows}
    aside = {slug: "closed" for slug, _, status in rows if status == "closed"}
    aside |= {slug: f"now {names[standing]}" for slug, standing in into.items()}
    boroughs = Door(BOROUGH_SERVICE, "The job service of each borough")
    return [boroughs, *(Door(slug, name, aside.get(slug, "")) for slug, name in names.items())]


def search(engine: Engine, wanted: str) -> list[Found]:
    """The meanings of a phrase, those that hold exactly it first. Nothing wanted: all, by name.

    As in the search for the public, neither capitals nor spaces nor punctuation count.
    """
    with reading(engine) as session:
        groups = body_of(session, PART)["groups"]
    key = _key(wanted)
    found = [Found(group["means"], tuple(_holding(group, key)) if key else ()) for group in groups]
    if not key:
        return sorted(found, key=lambda one: one.means.casefold())
    matching = [one for one in found if one.phrases or key in _key(one.means)]
    return sorted(matching, key=lambda one: key not in map(_key, (*one.phrases, one.means)))


def meaning(engine: Engine, means: str) -> Meaning:
    """Raises ``NotThereError``."""
    with reading(engine) as session:
        group = _group(body_of(session, PART), means)[1]
        lead_in = tuple((borough, tuple(ids)) for borough, ids in group.get("lead_in", {}).items())
        return Meaning(means, Shown(_texts(group)), lead_in)


def add(engine: Engine, who: SignedIn, means: str, typed: Texts, now: datetime) -> None:
    """A new meaning. Raises ``FaultsError``, ``AccountError``."""
    means, after = one_line(means), _tidied(typed)
    refuse_unfit(means, typed, after)
    with writing(engine) as session:
        check_admin(session, who)
        body = body_of(session, PART)
        if any(_key(group["means"]) == _key(means) for group in body["groups"]):
            raise FaultsError(
                [Fault("means", "There is a meaning with this name. Change that one, or name this anew.")]
            )
        changed = {**body, "groups": [*body["groups"], _group_of({"means": means}, after)]}
        refuse_faulty(session, body, changed, len(body["groups"]))
        write_body(session, PART, changed, now)
        note(session, Entry(now, who.email, "synonym added", _subject(means), {"after": _shown(after)}))


def change(engine: Engine, who: SignedIn, means: str, typed: Texts, version: str, now: datetime) -> None:
    """Raises ``NotThereError``, ``MovedError``, ``FaultsError``, ``AccountError``. What says the same is no change."""
    after = _tidied(typed)
    with writing(engine) as session:
        check_admin(session, who)
        body = body_of(session, PART)
        number, group = _group(body, means)
        before = _texts(group)
        refuse_moved(session, PART, Shown(before), version, [_subject(means)])
        refuse_unfit(means, typed, after)
        if before == after:
            return
        changed = {**body, "groups": [*body["groups"]]}
        changed["groups"][number] = _group_of(group, after)
        refuse_faulty(session, body, changed, number)
        write_body(session, PART, changed, now)
        note(session, Entry(now, who.email, "synonym changed", _subject(means), _told(before, after)))


def take_out(engine: Engine, who: SignedIn, means: str, version: str, now: datetime) -> None:
    """The whole meaning. Raises ``NotThereError``, ``MovedError``, ``FaultsError``, ``AccountError``."""
    with writing(engine) as session:
        check_admin(session, who)
        body = body_of(session, PART)
        number, group = _group(body, means)
        before = _texts(group)
        refuse_moved(session, PART, Shown(before), version, [_subject(means)])
        changed = {**body, "groups": [*body["groups"][:number], *body["groups"][number + 1 :]]}
        refuse_faulty(session, body, changed, number)
        write_body(session, PART, changed, now)
        note(session, Entry(now, who.email, "synonym taken out", _subject(means), {"before": _whole(group)}))


# A meaning as texts


def _group(body: Any, means: str) -> tuple[int, Any]:
    for number, group in enumerate(body["groups"]):
        if group["means"] == means:
            return number, group
    raise NotThereError(NOT_THERE)


def _texts(group: Any) -> dict[str, str]:
    return {field: "\n".join(group.get(field, ())) for field in LISTS}


def _tidied(typed: Texts) -> dict[str, str]:
    return {field: "\n".join(lines_of(typed.get(field, ""))) for field in LISTS}


def _group_of(group: Any, texts: Texts) -> dict[str, Any]:
    """The group with these texts; what they do not say stays."""
    rest = {field: value for field, value in group.items() if field not in LISTS}
    return rest | {field: text.splitlines() for field, text in texts.items() if text}


def _subject(means: str) -> str:
    return f"synonym/{means}"


def _shown(texts: Texts) -> dict[str, str]:
    return {field: text for field, text in texts.items() if text}


def _whole(group: Any) -> dict[str, Any]:
    return {field: value for field, value in group.items() if field != "means"}


def _told(before: Texts, after: Texts) -> dict[str, dict[str, str]]:
    """Of long lists of phrases, those that went and those that came; of the listings, whose order counts, all."""
    gone = {field: _without(before[field], after[field]) for field in PHRASES}
    come = {field: _without(after[field], before[field]) for field in PHRASES}
    return differences({**gone, "lead": before["lead"]}, {**come, "lead": after["lead"]})


def _without(lines: str, others: str) -> str:
    return "\n".join(line for line in lines.splitlines() if line not in others.splitlines())


def _key(phrase: str) -> str:
    return "".join(letter for letter in phrase.casefold() if letter.isalnum())


def _holding(group: Any, key: str) -> Iterator[str]:
    for field in PHRASES:
        yield from sorted((phrase for phrase in group.get(field, ()) if key in _key(phrase)), key=len)
