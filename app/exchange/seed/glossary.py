"""Checks ``glossary.yaml``: meanings have a source or are our own words, and no word has two of them."""

from collections.abc import Iterator

from app.directory.glossary import Glossary
from app.exchange.seed.plain_yaml import Document, Place, Problem
from app.exchange.seed.sources import check_sources
from app.exchange.seed.word_lists import contradictions


def check_glossary(document: Document, glossary: Glossary, papers: Document | None) -> list[Problem]:
    """Terms given twice, and terms whose source is missing or not there."""
    return [
        *check_sources(glossary.sources, _sources_used(glossary), document, papers),
        *_without_source(document, glossary),
        *contradictions(document, _writings(glossary)),
    ]


def _without_source(document: Document, glossary: Glossary) -> Iterator[Problem]:
    for number, term in enumerate(glossary.terms):
        if not term.source and not term.own_words:
            message = f"“{term.term}” has no source. Add one, or say own_words: true."
            yield document.problem(message, "terms", number)
        if term.source and term.own_words:
            message = f"“{term.term}” has a source and is our own words. Take one of them out."
            yield document.problem(message, "terms", number, "own_words")


def _sources_used(glossary: Glossary) -> list[tuple[Place, str]]:
    return [(("terms", number), key) for number, term in enumerate(glossary.terms) for key in term.source]


def _writings(glossary: Glossary) -> Iterator[tuple[Place, str, str]]:
    for number, term in enumerate(glossary.terms):
        # Two entries for one word are two meanings, even where they call it by the same name.
        meaning = f"{term.term} (entry {number + 1})"
        yield ("terms", number, "term"), term.term, meaning
        for nth, writing in enumerate(term.also):
            yield ("terms", number, "also", nth), writing, meaning
