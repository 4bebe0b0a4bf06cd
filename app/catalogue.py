"""The published catalogue as one immutable value in memory.

Every process holds one. It is made from the tables, and made anew when their generation number moves; so a reader never
sees half an edit, and any number of processes share nothing but the database.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from app.database import reading
from app.directory.availability import Availability
from app.directory.contact_checks import ContactCheck
from app.directory.freshness import Freshness
from app.directory.glossary import Glossary, glossary_from
from app.directory.judged_cases import Case, judged_cases_from
from app.directory.known_contacts import known_listings, known_urgent
from app.directory.listing import Listing, Organisation
from app.directory.postcodes import Sectors, sectors_from
from app.directory.programme import programme_of
from app.directory.referral import ReferralWords, referral_words_from
from app.directory.sources import Paper, papers_from
from app.directory.urgent import Urgent, urgent_from
from app.eligibility.interview import Interview
from app.eligibility.priors import Priors, priors_from
from app.eligibility.questions import Questionnaire, questionnaire_from
from app.eligibility.rulebook import rulebook
from app.eligibility.rules import Programme
from app.exchange.oruk.feed import Feed, feed_of
from app.exchange.rows import Published, generation_of, read_published
from app.search.bundle import Search, make_search

log = logging.getLogger(__name__)
DAYS_KEPT = 4
"""Today's rules, and those of a few other days that somebody asks about."""
FRESH_FOR = 0.5
"""Seconds for which the generation number is taken on trust."""


class CatalogueEmptyError(Exception):
    """The database holds no catalogue yet."""


@dataclass(frozen=True)
class Catalogue:
    """All that reading and deciding need. ``listings`` and ``programmes`` have the same keys.

    ``availability`` is what was said last of each service; ``said_on`` tells whether it still counts. ``freshness`` has
    the key of the listing; ``contact_checks`` are by ``contact_key`` and ``crisis_key``, and stand with the contacts of
    ``listings`` and ``urgent``.
    ``glossary`` and ``referral`` are None where the files were loaded before there was one, and ``judged_cases`` are
    none. ``merged_into`` is the listing that stands for another, by the other's id. ``feed_on``: what other directories
    are told on a day.
    ``open_on``: the ids of the listings that are open on a day; ``overdue_on``: of those that were not confirmed in
    time. ``interview_on``: what people are asked and told on a day, with all rules ready. The newest days are kept.
    """

    generation: int
    listings: Mapping[str, Listing]
    merged_into: Mapping[str, str]
    organisations: Mapping[str, Organisation]
    papers: Mapping[str, Paper]
    programmes: Mapping[str, Programme]
    questionnaire: Questionnaire
    priors: Priors
    open_on: Callable[[date], frozenset[str]]
    overdue_on: Callable[[date], frozenset[str]]
    interview_on: Callable[[date], Interview]
    urgent: Urgent
    glossary: Glossary | None
    referral: ReferralWords | None
    judged_cases: tuple[Case, ...]
    sectors: Sectors
    search: Search
    availability: Mapping[str, Availability]
    freshness: Mapping[str, Freshness]
    contact_checks: Mapping[str, ContactCheck]
    feed_on: Callable[[date], Feed]

    def said_on(self, id_: str, day: date) -> Availability | None:
        """What the provider says of a day. Of a service that is not open then, nothing that was said counts."""
        said = self.availability.get(id_)
        return said.on(day) if said and self.programmes[id_].open_on(day) else None

    @property
    def known_from(self) -> date:
        """The first day on which somebody can be named to talk to: of the time before, the directory knows nothing."""
        opened = (self.programmes[id_].opened or date.min for id_ in self.questionnaire.human_routes)
        return min(opened, default=date.min)


class CatalogueHolder:
    """Keeps the newest catalogue and replaces it whole when the generation moved.

    One thread looks at the database; the others go on with the catalogue at hand. When a new one cannot be read or
    made, the old one stays, and the log says so.
    """

    def __init__(self, engine: Engine, index_folder: Path) -> None:
        self._engine = engine
        self._index_folder = index_folder
        self._lock = threading.Lock()
        self._held: Catalogue | None = None
        self._read: Published | None = None
        self._checked_at = float("-inf")

    def get(self) -> Catalogue:
        """The catalogue, at most ``FRESH_FOR`` seconds behind the database while it answers.

        Raises ``CatalogueEmptyError`` or what the database raises, where there is none at hand.
        """
        held = self._held
        if held is None:
            return self._first()
        if not self._is_fresh() and self._lock.acquire(blocking=False):
            try:
                return self._refreshed(held)
            finally:
                self._lock.release()
        return held

    def _is_fresh(self) -> bool:
        return monotonic() - self._checked_at < FRESH_FOR

    def _first(self) -> Catalogue:
        with self._lock:
            if self._held is None:
                self._held = self._newest(None)
                self._checked_at = monotonic()
            return self._held

    def _refreshed(self, held: Catalogue) -> Catalogue:
        self._checked_at = monotonic()
        try:
            self._held = self._newest(held)
        except Exception:
            log.exception("The catalogue could not be renewed; the one at hand stays.")
        return self._held or held

    def _newest(self, held: Catalogue | None) -> Catalogue:
        with reading(self._engine) as session:
            if held is not None and held.generation == generation_of(session):
                return held
            published = read_published(session)
        kept = held.search if held and self._read and _same_words(self._read, published) else None
        made = make_catalogue(published, self._index_folder, kept if kept and kept.healthy else None)
        self._read = published
        return made


def as_in(session: Session, at_hand: Catalogue) -> Catalogue:
    """The catalogue as this session sees it: the one at hand, or a newer one, of which the search is the old one."""
    if generation_of(session) == at_hand.generation:
        return at_hand
    return make_catalogue(read_published(session), at_hand.search.folder, at_hand.search)


def _same_words(one: Published, other: Published) -> bool:
    """Nothing differs that can be searched for: what a provider says of today cannot, nor who confirmed what."""
    return _searched(one) == _searched(other)


def _searched(published: Published) -> Published:
    return replace(published, generation=0, availability={}, freshness={}, contact_checks={}, records={})


def make_catalogue(published: Published, index_folder: Path, search: Search | None = None) -> Catalogue:
    """The catalogue of what was read from the tables, or from the seed files. ``search``: one of the same words."""
    if not published.listings:
        raise CatalogueEmptyError
    reference: Mapping[str, Any] = published.reference
    questionnaire = questionnaire_from(reference["questions"])
    papers = papers_from(reference["papers"])
    priors = priors_from(reference["priors"])
    said, freshness = published.availability, published.freshness
    programmes = {
        id_: programme_of(listing, questionnaire, papers, said.get(id_), freshness.get(id_))
        for id_, listing in published.listings.items()
    }
    return Catalogue(
        generation=published.generation,
        listings=known_listings(published.listings, published.contact_checks, published.freshness),
        merged_into={slug: one.merged_into for slug, one in published.records.items() if one.merged_into},
        organisations=published.organisations,
        papers=papers,
        programmes=programmes,
        questionnaire=questionnaire,
        priors=priors,
        open_on=_ids_where(programmes, Programme.open_on),
        overdue_on=_ids_where(programmes, Programme.overdue_on),
        interview_on=interviews(questionnaire, programmes, priors),
        urgent=known_urgent(urgent_from(reference["urgent"]), published.contact_checks),
        glossary=glossary_from(reference["glossary"]) if "glossary" in reference else None,
        referral=referral_words_from(reference["referral"]) if "referral" in reference else None,
        judged_cases=judged_cases_from(reference.get("judged_cases", {})),
        # A database filled by an earlier version has none. Then every postcode is asked about.
        sectors=sectors_from(reference.get("postcode_sectors", {})),
        search=search
        or make_search(index_folder, published.generation, published.listings, published.organisations, reference),
        availability=said,
        freshness={id_: freshness.get(id_, Freshness()) for id_ in published.listings},
        contact_checks=published.contact_checks,
        feed_on=_feeds(published, questionnaire),
    )


def _feeds(published: Published, questionnaire: Questionnaire) -> Callable[[date], Feed]:
    """What other directories are told on a day, made when it is first asked for."""

    @lru_cache(maxsize=DAYS_KEPT)
    def feed_on(day: date) -> Feed:
        return feed_of(published, questionnaire, day)

    return feed_on


def _ids_where(
    programmes: Mapping[str, Programme], is_so: Callable[[Programme, date], bool]
) -> Callable[[date], frozenset[str]]:
    @lru_cache(maxsize=DAYS_KEPT)
    def ids_on(day: date) -> frozenset[str]:
        return frozenset(id_ for id_, programme in programmes.items() if is_so(programme, day))

    return ids_on


def interviews(
    questionnaire: Questionnaire, programmes: Mapping[str, Programme], priors: Priors
) -> Callable[[date], Interview]:
    """The interview of each day, made when it is first asked for."""

    @lru_cache(maxsize=DAYS_KEPT)
    def interview_on(day: date) -> Interview:
        return Interview(rulebook(questionnaire, programmes.values(), priors, day))

    return interview_on
