"""What the words on a page mean, offered on that page."""

import re
from dataclasses import dataclass
from html import unescape

from flask import Flask

from app.catalogue import Catalogue
from app.current import current_catalogue
from app.directory.glossary import Term
from app.directory.sources import citation
from app.eligibility.rules import Citation

TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Meaning:
    """A term with where its meaning was read; no ``citations``: it is our own words."""

    term: str
    means: str
    citations: tuple[Citation, ...]


def register(app: Flask) -> None:
    app.jinja_env.globals["meanings_in"] = meanings_in


def meanings_in(html: str) -> list[Meaning]:
    """The terms that stand in a piece of a page, by the alphabet."""
    catalogue = current_catalogue()
    if catalogue.glossary is None:
        return []
    return [_meaning(catalogue, term) for term in catalogue.glossary.terms_in(unescape(TAG.sub(" ", html)))]


def _meaning(catalogue: Catalogue, term: Term) -> Meaning:
    sources = catalogue.glossary.sources if catalogue.glossary else {}
    return Meaning(term.term, term.means, tuple(citation(sources[key], catalogue.papers) for key in term.source))
