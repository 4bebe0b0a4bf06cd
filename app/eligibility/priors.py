"""How likely each answer is before it is given, read from plain data (``seed/priors.yaml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Span
from .questions import Question
from .rules import Condition

UNSETTLED = 0.5
"""Chance of a condition that no question can settle: nothing is known either way."""


@dataclass(frozen=True)
class Priors:
    """``shares`` by question and answer (each fact of a multi-answer question apart); ``ages`` as (span, share)."""

    shares: Mapping[str, Mapping[str, float]]
    ages: tuple[tuple[Span, float], ...]

    def share(self, condition: Condition) -> float:
        """The share of people who meet the condition, from 0 to 1, before anything is known of them."""
        if condition.question is None:
            return UNSETTLED
        if condition.span is not None:
            share = self.age_share(condition.span.low, condition.span.high)
        else:
            shares = self.shares.get(condition.question, {})
            share = min(1.0, sum(shares.get(answer, 0.0) for answer in condition.any_of))
        return 1 - share if condition.excludes else share

    def age_share(self, low: float, high: float) -> float:
        """The share of people from ``low`` up to, and not including, ``high`` years."""
        return sum(part * _overlap(span, Span(low, high)) for span, part in self.ages)

    def likely_answers(self, question: Question) -> Mapping[str, float]:
        return self.shares.get(question.id, {})


def _overlap(part: Span, whole: Span) -> float:
    return max(0.0, min(part.high, whole.high) - max(part.low, whole.low)) / (part.high - part.low)


def priors_from(data: Mapping[str, Any]) -> Priors:
    """Reads the data of ``seed/priors.yaml``."""
    shares = {question: dict(body["shares"]) for question, body in data["questions"].items()}
    ages = tuple((Span(low, high), share) for low, high, share in data["ages"]["shares"])
    return Priors(shares, ages)
