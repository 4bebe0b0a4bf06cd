"""Services in any number with all that the tables can hold, in texts that nobody would write: for other programs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar, get_args

from app.directory.availability import Availability, AvailabilityState
from app.directory.freshness import Freshness
from app.directory.listing import Alias, AreaId, Contact, ContactType, Fact, Language, Listing, Organisation, Role
from app.directory.opening import WEEKDAYS, Hours, OpeningTime
from app.exchange.records import Record
from app.exchange.rows import Published
from app.models import row_id

Some = TypeVar("Some")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = (
    "Help with work",
    "<script>alert(1)</script>",
    '"quoted", \\escaped\\ {{ 7*7 }} %s ${x}',
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE service; --",
    "line\nline\r\ttab\x01\x7f\x85\u2028",
    "\u202eright to left\u202c, ‎‏, 👩🏽‍🦽, ﷽, İı, ß",
    "null",
    "0",
    "x" * 500,
)
VALUES = (
    "https://example.org/ok?a=b&c=%20#d",
    "www.example.org",
    "http://example.org/%zz",
    "http://[::1",
    "https://example.org/ü",
    "https://exämple.org",
    "https://example.org/a b",
    "https://example.org/a[b]",
    "https://example.org/#a#b",
    "javascript:alert(1)",
    "https://somebody:secret@example.org",
    "https://",
    "help@example.org",
    "help@example",
    "two@signs@example.org",
    "hélp@example.org",
    "Help <help@example.org>",
    "020 7946 0000",
    "12 High Street, London N1 9AG",
    "N1 9AG",
    ", London N1 9AG",
    "Somewhere",
)


def made_up(real: Published, size: int, seed: int = 9) -> Published:
    """That many services; the same seed always gives the same ones. A few of them stand for others."""
    rng = Random(seed)
    models = [real.listings[slug] for slug in sorted(real.listings)]
    listings = {one.id: one for one in (_listing(rng, models[n % len(models)], n) for n in range(size))}
    slugs = list(listings)
    merged = {slug: slugs[0] for slug in slugs[1:] if rng.random() < 0.02}
    numbers = rng.sample(range(size * 2), size)
    records = {
        slug: Record(row_id("service", slug), number, _moment(rng), merged.get(slug))
        for slug, number in zip(slugs, numbers, strict=True)
    }
    return replace(
        real,
        listings={slug: listing for slug, listing in listings.items() if slug not in merged},
        merged={slug: listings[slug] for slug in merged},
        organisations={**real.organisations, **{f"made-up-{n}": _organisation(rng) for n in range(20)}},
        records=records,
        freshness={slug: _freshness(rng) for slug in slugs},
        availability={slug: _availability(rng) for slug in slugs if rng.random() < 0.4},
    )


def _listing(rng: Random, model: Listing, number: int) -> Listing:
    source = next(iter(model.sources))
    changed = model.model_copy(
        update={
            "id": f"made-up-{number}",
            "name": rng.choice(TEXTS)[:160],
            "summary": rng.choice(TEXTS),
            "organisation": rng.choice([None, model.organisation, f"made-up-{rng.randrange(20)}"]),
            "commissioner": rng.choice([None, _fact(rng, source)]),
            "aliases": tuple(Alias(name=text[:120]) for text in _some(rng, TEXTS)),
            "area": _some(rng, get_args(AreaId)) or ("ncl",),
            "status": rng.choice(["live", "live", "check_first", "closed"]),
            "role": rng.choice(get_args(Role)),
            "contacts": tuple(_contact(rng, source) for _ in range(rng.randrange(6))),
            "hours": rng.choice([None, _hours(rng, source)]),
            "languages": tuple(Language(name=text[:60], source=(source,)) for text in _some(rng, TEXTS)),
            "access": tuple(_fact(rng, source) for _ in range(rng.randrange(3))),
            "successors": tuple(f"made-up-{rng.randrange(max(number, 1))}" for _ in range(rng.randrange(3))),
        }
    )
    return Listing.model_validate(changed.model_dump(by_alias=True))


def _contact(rng: Random, source: str) -> Contact:
    return Contact(
        type=rng.choice(get_args(ContactType)),
        value=rng.choice(VALUES + TEXTS)[:400],
        hours=rng.choice([None, "", *TEXTS]),
        note=rng.choice([None, "", *TEXTS]),
        audience=rng.choice([None, None, "professionals"]),
        source=(source,),
    )


def _hours(rng: Random, source: str) -> Hours:
    clock = (f"{rng.randrange(24):02}:{rng.randrange(60):02}" for _ in range(20))
    times = tuple(OpeningTime(day=day, opens=next(clock), closes=next(clock)) for day in _some(rng, WEEKDAYS))
    return Hours(times=times, note=rng.choice(TEXTS)[:300] if rng.random() < 0.5 else None, source=(source,))


def _organisation(rng: Random) -> Organisation:
    name, about = rng.choice(TEXTS)[:160], rng.choice(TEXTS)
    return Organisation(name=name, description=about, aliases=_some(rng, TEXTS), url=rng.choice([None, *VALUES]))


def _availability(rng: Random) -> Availability:
    return Availability(
        state=rng.choice(get_args(AvailabilityState)),
        wait=rng.choice(["", *TEXTS])[:120],
        note=rng.choice(["", *TEXTS])[:300],
        until=rng.choice([None, date(2026, 1, 9), date(2099, 12, 31)]),
        said_at=_moment(rng) or LONG_AGO,
    )


def _freshness(rng: Random) -> Freshness:
    return Freshness(
        changed_at=_moment(rng), assured_at=_moment(rng), assured_by="organisation", imported_at=_moment(rng)
    )


def _fact(rng: Random, source: str) -> Fact:
    return Fact(text=rng.choice(TEXTS), source=(source,))


def _moment(rng: Random) -> datetime | None:
    return rng.choice([None, LONG_AGO + timedelta(microseconds=rng.randrange(10**13))])


def _some(rng: Random, among: Sequence[Some]) -> tuple[Some, ...]:
    return tuple(rng.sample(among, rng.randrange(min(4, len(among)))))
