"""Judged residents under shaking: does the first recommendation hold when people describe services a little otherwise?

Two careful people who describe the same service do not always name the same goals, the same role, or the same group
that it was made for. A shaking flips some of these choices, at random and alike for every listing; the rules of who can
use a service stay. Good advice should survive most of it. Prints its table with ``python -m tests.benchmarks.shaking``.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from statistics import fmean, median, quantiles
from typing import Any

import yaml

from app.actions.decision import decision_data
from app.actions.recommend import recommend
from app.catalogue import Catalogue, interviews
from app.eligibility.rules import Programme, Ruleset
from tests.seeds import catalogue_in

SHAKINGS = 200
SHARE = 0.15
SEED = 3
ROLES = ("programme", "service", "advice", "information")
"""In this order: a flipped role is the one beside it. Somebody to talk to in any case is named elsewhere, and stays."""
MARKS = ("first", "clean", "outcome", "onward")


@dataclass(frozen=True)
class Judged:
    """How one resident fared: the ``MARKS`` that apply, and the listing that came first ("" for none)."""

    case: str
    marks: Mapping[str, bool]
    first: str


@cache
def judged_cases() -> list[dict[str, Any]]:
    """The judged residents, each with ``id``, ``as_of``, ``answers`` and what to ``expect``."""
    path = Path(__file__).parents[1] / "judged_cases.yaml"
    cases: list[dict[str, Any]] = yaml.safe_load(path.read_text())
    return cases


def judge(catalogue: Catalogue, case: Mapping[str, Any]) -> Judged:
    """One resident's marks. ``first`` is left out where no listing is the best."""
    day, expected = date.fromisoformat(case["as_of"]), case["expect"]
    data = decision_data(catalogue, recommend(catalogue, case["answers"], day), limit=50)
    ids = [entry["id"] for entry in data["recommendations"]]
    first = next(iter(ids or [entry["id"] for entry in data["always"]]), "")
    unwanted = [
        one["id"]
        for one in expected["must_not"]
        if one["id"] in (ids[:1] if one["why"].startswith("as a first choice") else ids)
    ]
    marks = {
        "clean": not unwanted,
        "outcome": data["outcome"] in expected["outcome"],
        "onward": any(entry["contact"] for entry in (*data["recommendations"], *data["always"])),
    }
    if expected["best"]:
        marks["first"] = first in expected["best"]
    return Judged(case["id"], marks, first)


def judge_all(catalogue: Catalogue) -> list[Judged]:
    """Every judged resident on one catalogue."""
    return [judge(catalogue, case) for case in judged_cases()]


def share_of(mark: str, judged: Iterable[Judged]) -> float:
    """The share, from 0 to 1, of the residents with this mark to whom it was given."""
    return fmean(one.marks[mark] for one in judged if mark in one.marks)


def shakings(catalogue: Catalogue, n: int, share: float, seed: int) -> Iterator[Catalogue]:
    """The catalogue shaken ``n`` times, each time afresh from the catalogue as it is."""
    random = Random(seed)
    for _ in range(n):
        yield shaken(catalogue, share, random)


def shaken(catalogue: Catalogue, share: float, random: Random) -> Catalogue:
    """The catalogue with this share, from 0 to 1, of its choices flipped.

    Of all goals of all listings the share is taken away, and as many are given to listings without them; so with
    the conditions of *made for*, which come from other listings. Of all roles the share moves to a role beside it.
    """
    programmes = list(catalogue.programmes.values())
    for shake in (_shake_goals, _shake_made_for, _shake_roles):
        programmes = shake(programmes, share, random)
    shaken_ = {programme.id: programme for programme in programmes}
    interview_on = interviews(catalogue.questionnaire, shaken_, catalogue.priors)
    return replace(catalogue, programmes=shaken_, interview_on=interview_on)


def _shake_goals(programmes: list[Programme], share: float, random: Random) -> list[Programme]:
    known = sorted(frozenset().union(*(programme.goals for programme in programmes)))
    pairs = [(programme.id, goal) for programme in programmes for goal in sorted(programme.goals)]
    absent = [(programme.id, goal) for programme in programmes for goal in known if goal not in programme.goals]
    flips = round(share * len(pairs))
    flipped = {*random.sample(pairs, flips), *random.sample(absent, flips)}
    return [
        replace(one, goals=frozenset(goal for goal in known if (goal in one.goals) != ((one.id, goal) in flipped)))
        for one in programmes
    ]


def _shake_made_for(programmes: list[Programme], share: float, random: Random) -> list[Programme]:
    rulesets = [rules for programme in programmes for rules in programme.rulesets]
    conditions = [condition for rules in rulesets for condition in rules.made_for]
    flips = round(share * len(conditions))
    lost = random.sample(conditions, flips)
    won = dict(zip(random.sample(range(len(rulesets)), flips), random.choices(conditions, k=flips), strict=True))
    order = iter(range(len(rulesets)))

    def shake(rules: Ruleset) -> Ruleset:
        new = won.get(next(order))
        kept = tuple(condition for condition in rules.made_for if condition not in lost)
        return replace(rules, made_for=(*kept, new) if new else kept)

    return [replace(one, rulesets=tuple(shake(rules) for rules in one.rulesets)) for one in programmes]


def _shake_roles(programmes: list[Programme], share: float, random: Random) -> list[Programme]:
    movable = [programme.id for programme in programmes if programme.role in ROLES]
    moved = set(random.sample(movable, round(share * len(movable))))
    return [replace(one, role=_beside(one.role, random)) if one.id in moved else one for one in programmes]


def _beside(role: str, random: Random) -> str:
    place = ROLES.index(role)
    return random.choice([ROLES[near] for near in (place - 1, place + 1) if 0 <= near < len(ROLES)])


def report(catalogue: Catalogue, n: int = SHAKINGS, share: float = SHARE, seed: int = SEED) -> str:
    """The table as text: the marks unshaken, ``first`` under shaking, and the residents who fare worst."""
    unshaken = judge_all(catalogue)
    rounds = [judge_all(one) for one in shakings(catalogue, n, share, seed)]
    firsts = [share_of("first", judged) for judged in rounds]
    lines = ["judged residents    " + "  ".join(f"{mark} {share_of(mark, unshaken):.3f}" for mark in MARKS)]
    lines.append(
        f"first, {share:.0%} shaken  median {median(firsts):.3f}  10th percentile {quantiles(firsts, n=10)[0]:.3f}  "
        f"worst {min(firsts):.3f}  mean {fmean(firsts):.3f}  ({n} shakings)"
    )
    missed = Counter(one.case for judged in rounds for one in judged if not one.marks.get("first", True))
    for case, times in missed.most_common():
        lines.append(f"  {case}  {times / n:4.0%}  instead: {_instead(rounds, case)}")
    return "\n".join(lines)


def _instead(rounds: Iterable[list[Judged]], case: str) -> str:
    taken = Counter(one.first for judged in rounds for one in judged if one.case == case and not one.marks["first"])
    return ", ".join(f"{first or 'nothing'} {times}" for first, times in taken.most_common(3))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(report(catalogue_in(Path(folder))))
