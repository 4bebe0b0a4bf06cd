"""A service of another directory as a listing: search finds it, and nothing recommends it before it is given a role."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from app.directory.editing.typed import is_day
from app.directory.listing import Listing, Organisation
from app.directory.sources import DIRECTORY, OTHER_LIST
from app.exchange.oruk.reading.areas import UNKNOWN_AREA, areas_of
from app.exchange.oruk.reading.contacts import contacts_of, locations_of
from app.exchange.oruk.reading.known import Known
from app.exchange.oruk.reading.mending import Mending
from app.exchange.oruk.reading.terms import LIST, TEAM, free_of, rule_of
from app.exchange.oruk.reading.texts import LONGEST, beginning, shown, text_of
from app.exchange.oruk.reading.times import hours_of

_LONGEST_NAME, _LONGEST_SUMMARY, _LONGEST_ALIAS, _LONGEST_LANGUAGE = 160, 300, 120, 60
_MOST = 40
_SAYS_NOTHING = "The list that it comes from does not say what it does."
_STATUSES: Mapping[str, tuple[str, str]] = {
    "active": ("live", "The list that it comes from says that it is open."),
    "temporarily closed": ("check_first", "The list that it comes from says that it is closed for now."),
    "inactive": ("closed", "The list that it comes from says that it does not run any more."),
    "defunct": ("closed", "The list that it comes from says that it has closed."),
    "": ("check_first", "The list that it comes from does not say whether it is open."),
}
_NOTED: Mapping[str, str] = {
    "alert": "",
    "eligibility_description": "Who it is for: ",
    "application_process": "How to apply: ",
    "interpretation_services": "Interpreters: ",
    "accreditations": "",
    "licenses": "",
}
Row = Mapping[str, Any]


class NoListingError(Exception):
    """``message`` says why nothing can be made of the row."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def foreign_listing(row: Row, known: Known, mending: Mending) -> Listing:
    """Raises ``NoListingError``."""
    full_name = mending.text(row, "name")
    if not full_name:
        raise NoListingError("It has no name.")
    areas = areas_of(row, known.names, known.sectors, mending)
    if not areas.ids:
        raise NoListingError("It is for places that this directory is not for.")
    name, rest = beginning(full_name, _LONGEST_NAME)
    if rest:
        mending.say("Its name is too long. It was cut, and the whole of it is a note.")
        mending.note(full_name)
    fields = {
        "name": name,
        "id": slug_of(name),
        "role": "information",
        "summary": _summary(row, mending),
        "area": areas.ids,
        **_status(row, mending),
        "aliases": _aliases(row, name, mending),
        "goals": _goals(row, known, mending),
        "unknown": [] if areas.said else [UNKNOWN_AREA],
        "rules": [rule] if (rule := rule_of(row, known.ages, mending)) else [],
        "contacts": [{**contact, "source": [LIST]} for contact in contacts_of(row, mending)],
        "hours": {**hours, "source": [LIST]} if (hours := hours_of(row, known.today, mending)) else None,
        "languages": _languages(row, mending),
        "access": _facts(_access(row, mending), mending),
        "practical": _practical(row, known, mending),
        "commissioner": next(iter(_facts(_funding(row, mending), mending)), None),
        "sources": _sources(row, known, mending, with_team=rule is not None),
    }
    _note_the_rest(row, mending)
    return Listing.model_validate({**fields, "notes": _facts(mending.notes, mending)})


def organisation_of(row: Row, mending: Mending) -> tuple[str, Organisation] | None:
    """Its slug and what is said of it; None where the row says of none."""
    value = row.get("organization")
    if not isinstance(value, dict):
        if text_of(row.get("organization_id")):
            mending.say("Its organisation is not in the list. It came in without one.")
        return None
    name = beginning(mending.text(value, "name"), _LONGEST_NAME)[0]
    if not name:
        mending.say("Its organisation has no name. It came in without one.")
        return None
    description = beginning(mending.text(value, "description"), LONGEST)[0]
    address = text_of(value.get("website")) or text_of(value.get("url"))
    is_sound = address.startswith(("https://", "http://")) and " " not in address
    return slug_of(name), Organisation(
        name=name, description=description or _SAYS_NOTHING, url=address if is_sound else None
    )


def slug_of(name: str) -> str:
    """ "Café & Work" → "cafe-work"; what holds no Latin letter is "service"."""
    letters = unicodedata.normalize("NFKD", name[:_LONGEST_NAME]).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", letters))[:70].strip("-") or "service"


def _summary(row: Row, mending: Mending) -> str:
    summary, rest = beginning(mending.text(row, "description"), _LONGEST_SUMMARY)
    if not summary:
        mending.say("It has no description. The page says so.")
    if len(summary) + len(rest) > LONGEST:
        mending.say("Its description is too long. Its first sentences stand for it, and the others are notes.")
    mending.note(rest)
    return summary or _SAYS_NOTHING


def _status(row: Row, mending: Mending) -> dict[str, Any]:
    said = text_of(row.get("status")).casefold()
    if said not in _STATUSES:
        mending.say(f"{shown(row.get('status'))} is not a status of the standard. It counts as not running.")
    if not said:
        mending.say("It has no status. Its page says to check first.")
    status, text = _STATUSES.get(said, _STATUSES["inactive"])
    return {"status": status, "status_note": {"text": text, "source": [LIST]}}


def _aliases(row: Row, name: str, mending: Mending) -> list[str]:
    other = mending.text(row, "alternate_name")[:_LONGEST_ALIAS].strip()
    return [other] if other and other.casefold() != name.casefold() else []


def _goals(row: Row, known: Known, mending: Mending) -> list[str]:
    """Those of its terms that are of this directory's own taxonomy."""
    found: dict[str, None] = {}
    for attribute in mending.dicts(row, "attributes"):
        term = attribute.get("taxonomy_term")
        id_ = as_uuid(attribute.get("taxonomy_term_id") or (term.get("id") if isinstance(term, dict) else None))
        if id_ and id_ in known.goals:
            found.setdefault(known.goals[id_])
    return list(found)


def as_uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _languages(row: Row, mending: Mending) -> list[dict[str, Any]]:
    names: dict[str, str] = {}
    for language in mending.dicts(row, "languages"):
        name = text_of(language.get("name"))
        if 0 < len(name) <= _LONGEST_LANGUAGE:
            names.setdefault(name.casefold(), name)
        elif any(value for field, value in language.items() if field != "id"):
            mending.say("Some languages have no name. They are kept in the record alone.")
    return [{"name": name, "source": [LIST]} for name in list(names.values())[:_MOST]]


def _access(row: Row, mending: Mending) -> Iterator[str]:
    for location in locations_of(row, mending):
        for one in mending.dicts(location, "accessibility"):
            yield from dict.fromkeys(filter(None, (mending.text(one, field) for field in ("description", "details"))))


def _funding(row: Row, mending: Mending) -> Iterator[str]:
    return filter(None, (mending.text(one, "source") for one in mending.dicts(row, "funding")))


def _practical(row: Row, known: Known, mending: Mending) -> dict[str, Any]:
    said = {"free": free_of(row, known.today, mending)}
    wait, rest = beginning(mending.text(row, "wait_time"), LONGEST)
    mending.note(rest)
    if wait:
        said["wait"] = {"text": wait}
    return {key: {**fact, "source": [LIST]} for key, fact in said.items() if fact}


def _facts(texts: Iterable[str], mending: Mending) -> list[dict[str, Any]]:
    facts = []
    for text in list(dict.fromkeys(texts))[:_MOST]:
        told, rest = beginning(text, LONGEST)
        mending.note(rest)
        facts.append({"text": told, "source": [LIST]})
    return facts


def _note_the_rest(row: Row, mending: Mending) -> None:
    for field, words in _NOTED.items():
        if text := mending.text(row, field):
            mending.note(f"{words}{text}")


def _sources(row: Row, known: Known, mending: Mending, *, with_team: bool) -> dict[str, Any]:
    today = known.today.isoformat()
    assured = text_of(row.get("assured_date"))[:10]
    if assured and not (is_day(assured) and assured <= today):
        mending.say("“assured_date” is no day of the past. It is kept in the record alone.")
        assured = ""
    sources: dict[str, Any] = {LIST: {"said_by": OTHER_LIST, "at": known.feed, "read": today}}
    if assured:
        sources[LIST]["dated"] = assured
    if with_team:
        sources[TEAM] = {"said_by": DIRECTORY, "read": today}
    return sources
