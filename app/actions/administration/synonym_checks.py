"""What can be wrong with a meaning: as the file of synonyms is checked, and what only somebody at a form does."""

import re
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from app.actions.administration.reference import (
    Fault,
    FaultsError,
    Places,
    Texts,
    as_document,
    invisible,
    new_faults,
)
from app.exchange.rows import read_listings
from app.exchange.seed.links import Doors
from app.exchange.seed.plain_yaml import Problem
from app.exchange.seed.shape import validate
from app.exchange.seed.word_lists import SynonymsFile, check_synonyms

PART = "synonyms"
PHRASES = ("say", "misspelt", "short", "search_for")
LONGEST_NAME, LONGEST_PHRASE, MOST_LISTINGS, WIDEST_RANGE = 80, 100, 20, 100
_RANGE = re.compile(r"(\d+)\.\.(\d+)")


def refuse_unfit(means: str, typed: Texts, texts: Texts) -> None:
    """What only somebody at a form does: leave it empty, or fill it without end."""
    faults = invisible({"means": means, **typed})
    if not means:
        faults.append(Fault("means", "Give the meaning a name, in a few words."))
    if len(means) > LONGEST_NAME:
        faults.append(Fault("means", f"The name has {len(means)} characters; {LONGEST_NAME} are allowed. Shorten it."))
    if not texts["say"]:
        faults.append(Fault("say", "Write at least one thing that people say."))
    if not texts["lead"] and not texts["search_for"]:
        faults.append(Fault("lead", "Choose a listing, or write other words to look for."))
    if len(texts["lead"].splitlines()) > MOST_LISTINGS:
        faults.append(Fault("lead", f"{MOST_LISTINGS} listings are the most. Take some out."))
    faults += [fault for field in PHRASES for fault in _phrase_faults(field, texts[field])]
    if faults:
        raise FaultsError(faults)


def _phrase_faults(field: str, text: str) -> Iterator[Fault]:
    for phrase in text.splitlines():
        numbers = _RANGE.search(phrase)
        if len(phrase) > LONGEST_PHRASE:
            sentence = f"“{phrase[:40]}…” has {len(phrase)} characters; {LONGEST_PHRASE} are allowed. Shorten it."
            yield Fault(field, sentence)
        elif numbers and not 0 <= int(numbers[2]) - int(numbers[1]) < WIDEST_RANGE:
            yield Fault(field, f"“{phrase}” should stand for 1 to {WIDEST_RANGE} numbers, the smallest first.")


def refuse_faulty(session: Session, before: Any, after: Any, number: int) -> None:
    """The checks of the file. What was wrong elsewhere before does not stand in the way."""
    listings = read_listings(session)
    open_doors = Doors(listings, frozenset(listings))
    known = [problem.message for problem in _problems(as_document(PART, before), open_doors)]
    places = as_document(PART, after)
    faults = new_faults(known, _problems(places, open_doors), places, ("groups", number))
    if faults:
        raise FaultsError([Fault(fault.field.partition(".")[0] or "say", fault.sentence) for fault in faults])


def _problems(places: Places, open_doors: Doors) -> list[Problem]:
    problems: list[Problem] = []
    synonyms = validate(SynonymsFile, places.document, problems)
    return check_synonyms(places.document, synonyms, open_doors) if synonyms else problems
