"""The published catalogue as one immutable value in memory.

Every process holds one. It is made from the tables, and made anew when their generation number moves; so a reader never
sees half an edit, and any number of processes share nothing but the database.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Engine

from app.database import reading
from app.directory.listing import Listing, Organisation
from app.directory.programme import programme_of
from app.directory.sources import Paper, papers_from
from app.directory.urgent import Urgent, urgent_from
from app.eligibility.priors import Priors, priors_from
from app.eligibility.questions import Questionnaire, questionnaire_from
from app.eligibility.rules import Programme
from app.exchange.rows import Published, generation_of, read_published
from app.search.bundle import Search, make_search

FRESH_FOR = 1.0
"""Seconds for which the generation number is taken on trust."""
EXTENSION = "catalogue"


class CatalogueEmptyError(Exception):
    """The database holds no catalogue yet."""


@dataclass(frozen=True)
class Catalogue:
    """All that reading and deciding need. ``listings`` and ``programmes`` have the same keys."""

    generation: int
    listings: Mapping[str, Listing]
    organisations: Mapping[str, Organisation]
    papers: Mapping[str, Paper]
    programmes: Mapping[str, Programme]
    questionnaire: Questionnaire
    priors: Priors
    urgent: Urgent
    search: Search


class CatalogueHolder:
    """Keeps the newest catalogue and replaces it whole when the generation moved."""

    def __init__(self, engine: Engine, index_folder: Path) -> None:
        self._engine = engine
        self._index_folder = index_folder
        self._lock = threading.Lock()
        self._held: Catalogue | None = None
        self._checked_at = float("-inf")

    def get(self) -> Catalogue:
        """The catalogue, at most ``FRESH_FOR`` seconds behind the database. Raises ``CatalogueEmptyError``."""
        held = self._held
        if held is not None and time.monotonic() - self._checked_at < FRESH_FOR:
            return held
        with self._lock:
            self._held = self._newest()
            self._checked_at = time.monotonic()
            return self._held

    def _newest(self) -> Catalogue:
        with reading(self._engine) as session:
            if self._held is not None and self._held.generation == generation_of(session):
                return self._held
            published = read_published(session)
        return make_catalogue(published, self._index_folder)


def make_catalogue(published: Published, index_folder: Path) -> Catalogue:
    """The catalogue of what was read from the tables, or from the seed files."""
    if not published.listings:
        raise CatalogueEmptyError
    reference: Mapping[str, Any] = published.reference
    questionnaire = questionnaire_from(reference["questions"])
    papers = papers_from(reference["papers"])
    return Catalogue(
        generation=published.generation,
        listings=published.listings,
        organisations=published.organisations,
        papers=papers,
        programmes={id_: programme_of(listing, questionnaire, papers) for id_, listing in published.listings.items()},
        questionnaire=questionnaire,
        priors=priors_from(reference["priors"]),
        urgent=urgent_from(reference["urgent"]),
        search=make_search(index_folder, published.generation, published.listings, published.organisations, reference),
    )


def current_catalogue() -> Catalogue:
    """The catalogue of the running application."""
    holder: CatalogueHolder = current_app.extensions[EXTENSION]
    return holder.get()
