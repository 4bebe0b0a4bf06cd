"""The shapes of ``synonyms.yaml`` and ``places.yaml``, as the search reads them, and what contradicts itself."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field, StrictBool

from app.directory.listing import Borough
from app.directory.value import Phrase, Phrases, Value
from app.exchange.seed.links import Doors
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.questions import Ids, Plain

BOROUGH_SERVICE = "borough-service"
"""In ``lead``, and nowhere else: the job services of the boroughs. The search reads it so."""


class Group(Value):
    """One meaning: what people say for it, and where it leads."""

    means: Plain
    say: Phrases = Field(min_length=1)
    misspelt: Phrases = ()
    short: Phrases = ()
    search_for: Phrases = ()
    lead: tuple[str, ...] = ()
    lead_in: dict[Borough, Ids] = Field(default_factory=dict)
    general: StrictBool = False


class SynonymsFile(Value):
    """The whole of ``synonyms.yaml``."""

    borough_services: dict[Borough, str] = Field(min_length=1)
    last_resort: Ids
    known_words: Phrases = ()
    everyday_words: Phrases = ()
    groups: tuple[Group, ...] = Field(min_length=1)


class PlacesFile(Value):
    """The whole of ``places.yaml``."""

    inside: dict[Borough, Annotated[Phrases, Field(min_length=1)]] = Field(min_length=1)
    across: dict[Phrase, Annotated[tuple[Borough, ...], Field(min_length=1)]]
    wider: Phrases
    outside: Phrases


def check_synonyms(document: Document, synonyms: SynonymsFile, doors: Doors) -> list[Problem]:
    """Meanings that lead nowhere, or to a door that is not there; phrases that mean two things."""
    found = [document.problem(fault, *place) for place, target in _leads(synonyms) if (fault := doors.fault(target))]
    first: dict[str, int] = {}
    for number, group in enumerate(synonyms.groups):
        if not group.lead and not group.search_for:
            message = f"“{group.means}” leads nowhere. Add lead (listings) or search_for (words)."
            found.append(document.problem(message, "groups", number))
        if first.setdefault(group.means, number) != number:
            message = f"The meaning “{group.means}” is given twice. Make the two one, or rename one."
            found.append(document.problem(message, "groups", number))
    return found + contradictions(document, _phrases(synonyms))


def check_places(document: Document, places: PlacesFile) -> list[Problem]:
    """Names that mean two places."""
    return contradictions(document, _names(places))


def contradictions(document: Document, phrases: Iterable[tuple[Place, str, str]]) -> list[Problem]:
    """Phrases that stand for two things. Each comes with its place in the file and with what it stands for."""
    meanings: dict[str, str] = {}
    found = []
    for place, phrase, meaning in phrases:
        other = meanings.setdefault(_key(phrase), meaning)
        if other != meaning:
            message = f"“{phrase}” stands under “{other}” and under “{meaning}”. Keep it in one of them."
            found.append(document.problem(message, *place))
    return found


def _key(phrase: str) -> str:
    """The search looks at neither capitals nor spaces nor punctuation."""
    return "".join(letter for letter in phrase.casefold() if letter.isalnum())


def _leads(synonyms: SynonymsFile) -> Iterator[tuple[Place, str]]:
    for borough, target in synonyms.borough_services.items():
        yield ("borough_services", borough), target
    for nth, target in enumerate(synonyms.last_resort):
        yield ("last_resort", nth), target
    for number, group in enumerate(synonyms.groups):
        for nth, target in enumerate(group.lead):
            if target != BOROUGH_SERVICE:
                yield ("groups", number, "lead", nth), target
        for borough, targets in group.lead_in.items():
            for nth, target in enumerate(targets):
                yield ("groups", number, "lead_in", borough, nth), target


def _phrases(synonyms: SynonymsFile) -> Iterator[tuple[Place, str, str]]:
    for number, group in enumerate(synonyms.groups):
        for field in ("say", "misspelt", "short"):
            for nth, phrase in enumerate(getattr(group, field)):
                yield ("groups", number, field, nth), phrase, group.means


def _names(places: PlacesFile) -> Iterator[tuple[Place, str, str]]:
    for borough, names in places.inside.items():
        for nth, name in enumerate(names):
            yield ("inside", borough, nth), name, borough
    for name, boroughs in places.across.items():
        yield ("across", name), name, " and ".join(sorted(boroughs))
    for field in ("wider", "outside"):
        for nth, name in enumerate(getattr(places, field)):
            yield (field, nth), name, field
