"""Which listings may be one and the same service: by their names, who runs them, and how people get in touch.

Every comparison is among the few that share something, so that ten thousand listings take seconds.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice
from typing import Literal, get_args

from rapidfuzz import fuzz

from app.directory.listing import BOROUGHS

Reason = Literal["name_and_organisation", "near_name", "phone", "web"]
REASONS: tuple[Reason, ...] = get_args(Reason)
"""The most telling first."""
MOST_SHARING = 3
"""Listings that can share a number or a page before it is a switchboard, or a page for everything."""
NEIGHBOURS = 10
"""Names that a name is compared with in one lot."""
_RAREST = 3
_FIRST_LETTERS = 5
_TELLING = 6
"""Letters that are left of a name without places, or words like "service": with fewer, these words count too."""
_MISSPELT = 80
_LONG_ENOUGH = 5
_NAMESAKES = 85
_WORD = re.compile(r"[^\W_]+")
_PLACES = frozenset({*BOROUGHS, "north", "central", "london", "ncl"})
_GLUE = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "s", "the", "to", "with", "your"})
_KINDS = frozenset({"programme", "programmes", "project", "scheme", "service", "services", "ltd", "limited"})


@dataclass(frozen=True)
class Profile:
    """What likeness sees of a listing. ``organisation`` is a slug; ``area`` as in ``Listing``; ``pages`` are web
    addresses as written. ``leads_to``: listings that it names, so that they are known to be two."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    organisation: str | None = None
    area: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    leads_to: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> tuple["_Name", ...]:
        """Its name first, then the others."""
        return tuple(_Name(name) for name in (self.name, *self.aliases))


@dataclass(frozen=True)
class Pair:
    """Two listings that may be one, in the order in which they were given. ``reasons``: the most telling first."""

    one: str
    other: str
    reasons: tuple[Reason, ...]


def likelihood(reasons: Iterable[str]) -> int:
    """The higher, the likelier. A more telling reason outweighs all that are less so."""
    return sum(2 ** (len(REASONS) - place) for place, reason in enumerate(REASONS) if reason in set(reasons))


def likely_pairs(profiles: Sequence[Profile], among: Collection[str] | None = None) -> list[Pair]:
    """The pairs that somebody should look at. ``among``: only those in which one of these listings stands."""
    sharing = _Sharing(profiles)
    order = {profile.slug: place for place, profile in enumerate(profiles)}
    wanted = None if among is None else frozenset(among)
    met: set[tuple[int, int]] = set()
    for one, other in (*sharing.pairs(), *_near_each_other(profiles)):
        if wanted is None or one.slug in wanted or other.slug in wanted:
            first, second = sorted((order[one.slug], order[other.slug]))
            met.add((first, second))
    found = (_judged(profiles[one], profiles[other], sharing) for one, other in sorted(met) if one != other)
    return [pair for pair in found if pair]


def _judged(one: Profile, other: Profile, sharing: "_Sharing") -> Pair | None:
    if one.slug in other.leads_to or other.slug in one.leads_to or not _overlap(one, other):
        return None
    reasons = tuple(_reasons(one, other, sharing))
    return Pair(one.slug, other.slug, reasons) if reasons else None


def _reasons(one: Profile, other: Profile, sharing: "_Sharing") -> Iterator[Reason]:
    same_organisation = one.organisation is not None and one.organisation == other.organisation
    if _same_name(one, other) and same_organisation:
        yield "name_and_organisation"
    elif _near_names(one, other):
        yield "near_name"
    alike = _namesakes(one, other)
    if sharing.telling(one.phones & other.phones, sharing.phones) and (alike or not same_organisation):
        yield "phone"
    pages = sharing.telling(one.pages & other.pages, sharing.pages)
    if pages and (alike or not (same_organisation or all(map(_is_home, pages)))):
        yield "web"


# Names


class _Name:
    """A name by its words. ``words`` are those that tell it from others; ``boroughs`` are those that it names."""

    def __init__(self, text: str) -> None:
        every = _WORD.findall(text.casefold().replace("'", "").replace("’", ""))
        words = [word for word in every if word not in _GLUE]
        self.boroughs = frozenset(words) & frozenset(BOROUGHS)
        in_order = _without(_KINDS, _without(_PLACES, words))
        self.words = frozenset(in_order)
        self.joined = "".join(in_order)
        self.whole = " ".join(every)

    def is_near(self, other: "_Name") -> bool:
        """The same words, in any order, however they are parted; or one or two of them spelt otherwise."""
        if not self.words or not other.words:
            return False
        if self.boroughs and other.boroughs and not self.boroughs & other.boroughs:
            return False
        if self.words == other.words or self.joined == other.joined:
            return True
        left, right = self.words - other.words, other.words - self.words
        if len(left) != len(right) or len(left) > 2:
            return False
        return all(any(_is_misspelt(one, word) for word in right) for one in left)


def _without(some: frozenset[str], words: Sequence[str]) -> Sequence[str]:
    """The words without those that tell little, where enough is left to know a service by."""
    left = [word for word in words if word not in some]
    return left if len("".join(left)) >= _TELLING else words


def _is_misspelt(one: str, other: str) -> bool:
    if not (one.isalpha() and other.isalpha()) or min(len(one), len(other)) < _LONG_ENOUGH or one[0] != other[0]:
        return False
    return fuzz.ratio(one, other) >= _MISSPELT


def _same_name(one: Profile, other: Profile) -> bool:
    return one.names[0].whole == other.names[0].whole or one.names[0].is_near(other.names[0])


def _near_names(one: Profile, other: Profile) -> bool:
    """Its name is the name of the other, or another name of it."""
    return any(one.names[0].is_near(name) for name in other.names) or any(
        other.names[0].is_near(name) for name in one.names
    )


def _namesakes(one: Profile, other: Profile) -> bool:
    names = (" ".join(sorted(profile.names[0].words)) for profile in (one, other))
    return fuzz.token_set_ratio(*names) >= _NAMESAKES


def _near_each_other(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Each with those that stand next to it, in every lot that shares a rare word or the first letters."""
    named = [(name, profile) for profile in profiles for name in profile.names]
    spread = Counter(word for name, _ in named for word in name.words)
    lots: dict[str, list[tuple[str, Profile]]] = defaultdict(list)
    for name, profile in named:
        for key in _keys(name, spread):
            lots[key].append((" ".join(sorted(name.words)), profile))
    for lot in lots.values():
        lot.sort(key=lambda one: one[0])
        for place, (_, profile) in enumerate(lot):
            for _, other in islice(lot, place + 1, place + 1 + NEIGHBOURS):
                yield profile, other


def _keys(name: _Name, spread: Mapping[str, int]) -> Iterator[str]:
    yield f"{name.joined[:_FIRST_LETTERS]}…"
    yield from sorted(name.words, key=lambda word: (spread[word], word))[:_RAREST]


# Places


def _overlap(one: Profile, other: Profile) -> bool:
    """Whether somebody could go to either. Where one says no place, nobody knows."""
    if not one.area or not other.area:
        return True
    return bool(_wide(one.area) & _wide(other.area))


def _wide(area: frozenset[str]) -> frozenset[str]:
    return area | frozenset(BOROUGHS) if area & {"ncl", "london", "national"} else area


# Ways to get in touch


class _Sharing:
    """Who shares which numbers and pages."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.phones: dict[str, list[Profile]] = defaultdict(list)
        self.pages: dict[str, list[Profile]] = defaultdict(list)
        for profile in profiles:
            for phone in profile.phones:
                self.phones[phone].append(profile)
            for page in profile.pages:
                self.pages[page].append(profile)

    def pairs(self) -> Iterator[tuple[Profile, Profile]]:
        for shared in (self.phones, self.pages):
            for some in shared.values():
                if len(some) <= MOST_SHARING:
                    yield from combinations(some, 2)

    def telling(self, keys: Iterable[str], shared: Mapping[str, Sequence[Profile]]) -> list[str]:
        return [key for key in keys if len(shared[key]) <= MOST_SHARING]


def plain_phone(number: str) -> str:
    """The digits as they are dialled here; empty where there are too few to be a number."""
    digits = "".join(letter for letter in number if letter.isdigit())
    digits = re.sub(r"^(0044|44(?=\d{9,11}$)|18001)", lambda found: "" if found[0] == "18001" else "0", digits)
    digits = re.sub(r"^00", "0", digits)
    return digits if len(digits) >= 3 else ""


def plain_page(address: str) -> str:
    """A web address without what does not change where it leads: ``camden.gov.uk/jobs``."""
    plain = re.sub(r"^(https?://)?(www\.)?", "", address.strip().casefold())
    return plain.partition("#")[0].rstrip("/")


def _is_home(page: str) -> bool:
    return "/" not in page and "?" not in page
