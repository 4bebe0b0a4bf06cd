"""Words that not everybody knows, each with what it means. Read from ``seed/glossary.yaml``."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StrictBool

from app.directory.sources import Source
from app.directory.value import Phrase, Phrases, Text, Value


class Term(Value):
    """One word or name. ``also`` are its other writings. What ``own_words`` say, no source says in this form."""

    term: Phrase
    also: Phrases = ()
    means: Text
    source: tuple[str, ...] = ()
    own_words: StrictBool = False

    def stands_in(self, text: str, lowered: str) -> bool:
        """Whether it stands there as whole words, also with an s. With a capital, it counts as it is written."""
        return any(_stands_in(writing, text, lowered) for writing in (self.term, *self.also))


def _stands_in(writing: str, text: str, lowered: str) -> bool:
    where = lowered if writing == writing.lower() else text
    return writing in where and bool(re.search(rf"\b{re.escape(writing)}s?\b", where))


class Glossary(Value):
    """The whole of the file."""

    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    sources: dict[str, Source] = Field(default_factory=dict)

    def terms_in(self, text: str) -> list[Term]:
        """The terms that a text holds, by the alphabet."""
        text = " ".join(text.split())
        lowered = text.lower()
        found = [term for term in self.terms if term.stands_in(text, lowered)]
        return sorted(found, key=lambda term: term.term.casefold())


def glossary_from(data: Mapping[str, Any]) -> Glossary:
    """Reads the data of ``seed/glossary.yaml``."""
    return Glossary.model_validate(data)
