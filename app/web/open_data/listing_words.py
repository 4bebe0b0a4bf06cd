"""What the fields of a listing mean, where their names do not say it, for the description of the API."""

from collections.abc import Mapping
from typing import Any

MEANING: Mapping[str, Mapping[str, str]] = {
    "Listing": {
        "id": "Its short name in this directory.",
        "organisation": "The short name of who runs it.",
        "commissioner": "Who pays for it.",
        "goals": "What it helps with: answers of the question goals in /api/v1/questions.",
        "area": "Where people live whom it is for.",
        "never_opened": "It was announced and never began.",
        "last_seen": "The date of the newest source that speaks of it.",
        "status": "check_first: ring before you send anybody.",
        "reach_through": "Other services that lead there.",
        "practical": "What people ask first, such as whether it is free.",
        "unknown": "What no source says.",
        "successor_source": "Where it was read that others took its place.",
        "sources": "Where facts were read, by the keys that facts name.",
    },
    "Alias": {"alone": "Common words, which count only when they are the whole search."},
    "Fact": {"source": "Keys of the sources."},
    "Contact": {
        "grade": "How well it is known.",
        "old": "It may have changed since it was read.",
        "audience": "professionals: for whoever refers people, and not for the public to ring.",
    },
    "Rule": {
        "from": "The first day on which it holds.",
        "until": "The last day on which it holds.",
        "everyone": "Conditions for everybody.",
        "routes": "Ways in. Who meets all conditions of one way can come.",
        "exclusions": "Conditions that shut somebody out, whichever way they come.",
        "made_for": "For whom it was made. These shut nobody out.",
    },
    "RuleCondition": {
        "question": "The question that decides, as in /api/v1/questions.",
        "ask": "What only the service can answer.",
        "assume": "What this directory assumes where no source says anything.",
        "any_of": "The answers that will do.",
        "at_least": "The lowest number that will do.",
        "below": "Numbers below this will do.",
    },
    "Source": {
        "paper": "The number of a published paper.",
        "at": "Where in the paper.",
        "page": "The address of a web page.",
        "read": "When it was read.",
        "said_by": "Who told us, where nothing is published.",
    },
}


def explained(schemas: dict[str, Any]) -> dict[str, Any]:
    """The descriptions, with what the fields of a listing mean."""
    return {name: _explained(schema, MEANING.get(name, {})) for name, schema in schemas.items()}


def _explained(schema: dict[str, Any], meaning: Mapping[str, str]) -> dict[str, Any]:
    if not meaning:
        return schema
    fields = schema["properties"]
    return {
        **schema,
        "properties": {**fields, **{name: fields[name] | {"description": meaning[name]} for name in meaning}},
    }
