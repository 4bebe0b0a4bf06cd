"""How good an order of results is, by graded answers: grades are 1 to 3 by listing id, and what has none counts 0."""

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from statistics import fmean
from typing import NamedTuple


class Marks(NamedTuple):
    """Three figures from 0 to 1, for one search or as a mean of many."""

    ndcg: float
    hit1: float
    hit3: float


def marks(results: Sequence[str], grades: Mapping[str, int]) -> Marks:
    """How good these results are, best first, by at least one grade."""
    best = sorted(grades.values(), reverse=True)
    gained = _gain([grades.get(one, 0) for one in results])
    return Marks(gained / _gain(best), _hit(results[:1], grades, best[0]), _hit(results[:3], grades, best[0]))


def mean_over_sets(marked: Iterable[tuple[str, Marks]]) -> Marks:
    """The mean of the means of each set, so that a meaning counts the same however many searches there are for it."""
    sets: dict[str, list[Marks]] = {}
    for name, one in marked:
        sets.setdefault(name, []).append(one)
    return _mean([_mean(one) for one in sets.values()])


def _gain(grades: Sequence[int]) -> float:
    """The discounted gain of the first five."""
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:5]))


def _hit(results: Sequence[str], grades: Mapping[str, int], best: int) -> float:
    return float(any(grades.get(one) == best for one in results))


def _mean(many: Sequence[Marks]) -> Marks:
    return Marks(*(fmean(figures) for figures in zip(*many, strict=True)))
