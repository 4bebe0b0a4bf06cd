"""Which listing comes first. Each tier can be said in a sentence; the first tier that differs decides.

Nothing here counts conditions, so nobody can buy a place by writing many of them, or wide ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from .answers import Answers
from .evaluate import Result, State, Verdict, evaluate, fitting_routes, state_of
from .priors import Priors, likelihood
from .questions import GoalKinds, Questionnaire
from .rules import Condition, Programme, Ruleset

RARE = 0.1
"""A condition or situation that fewer than one in ten people share."""
LIKELY = 0.5
PLACES = ("lives_in", "gp_borough")
"""The questions that tell where a person is: the home or, where that is not known, the GP."""
OUT_OF_AREA, NATIONAL, LONDON, NCL, BOROUGH = range(5)
_REACH = {"national": NATIONAL, "london": LONDON, "ncl": NCL}

TIERS = (
    "it fits by what we know",
    "it does more of what was asked for",
    "it is made for a narrower group",
    "we know that it is open now",
    "it gives more of the other help that was asked for",
    "it is made for people in this work situation",
    "it is more likely to fit",
    "it is nearer",
    "people can go there by themselves",
)
"""What puts one listing ahead of another, tier by tier: the end of "… comes first, because …"."""


@dataclass(frozen=True)
class Ranked:
    """A listing with its verdict and its place in the order: the higher the key, the earlier."""

    programme: Programme
    ruleset: Ruleset
    result: Result
    key: tuple[int, ...]


def rank(
    questionnaire: Questionnaire, programmes: Sequence[Programme], answers: Answers, priors: Priors, day: date
) -> list[Ranked]:
    """The programmes that fit or may fit, best first. Those that do not fit are left out."""
    ranked = [rank_one(questionnaire, programme, answers, priors, day) for programme in programmes]
    possible = [entry for entry in ranked if entry.result.verdict is not Verdict.DOES_NOT_FIT]
    return sorted(possible, key=lambda entry: (entry.key, _lot(entry.programme.id, day)), reverse=True)


def rank_one(questionnaire: Questionnaire, programme: Programme, answers: Answers, priors: Priors, day: date) -> Ranked:
    """One programme's verdict and key; the key's parts are the ``TIERS``, in their order."""
    ruleset = programme.rules_on(day)
    result = evaluate(ruleset, answers)
    kinds = questionnaire.goal_kinds
    goals = answers.said("goals")
    key = (
        result.verdict is Verdict.FITS,
        serves(programme, goals, kinds),
        _made_for_level(questionnaire, ruleset, answers, priors),
        not programme.check_first_on(day),
        len(_other(goals, kinds) & programme.goals) if _named_work(goals, kinds) else 0,
        _made_for_standing(questionnaire, ruleset, answers),
        likelihood(ruleset, answers, priors) >= LIKELY,
        _nearness(programme, answers),
        programme.self_referral and programme.has_contact,
    )
    return Ranked(programme, ruleset, result, tuple(int(part) for part in key))


def serves(programme: Programme, goals: frozenset[str], kinds: GoalKinds) -> int:
    """How well the programme does what the person wants: a point for the step, a point for the kind of job.

    Naming a kind of job implies finding one. A programme that is only for a kind that was not named serves nothing.
    With no work goal named, each other goal counts.
    """
    if not _named_work(goals, kinds):
        return len(_other(goals, kinds) & programme.goals)
    jobs = goals & kinds.job
    offered = programme.goals | ({kinds.job_implies} if jobs & programme.goals else frozenset())
    steps = (goals & kinds.step) | ({kinds.job_implies} if jobs else frozenset())
    return bool(steps & offered) + bool(jobs & offered)


def _named_work(goals: frozenset[str], kinds: GoalKinds) -> bool:
    return bool(goals & (kinds.step | kinds.job))


def _other(goals: frozenset[str], kinds: GoalKinds) -> frozenset[str]:
    return goals - kinds.step - kinds.job


def _made_for_level(questionnaire: Questionnaire, ruleset: Ruleset, answers: Answers, priors: Priors) -> int:
    """2: its rule names a condition or situation that few share; 1: it names health or a situation; 0: everybody.

    What counts is the share of all the answers that the rule accepts, so a long list of rare situations is not rare.
    """
    conditions = [condition for route in fitting_routes(ruleset, answers) for condition in route] + list(
        ruleset.made_for
    )
    met = [condition for condition in conditions if state_of(condition, answers) is State.MET]
    return max((level_of(questionnaire, condition, priors) for condition in met), default=0)


def level_of(questionnaire: Questionnaire, condition: Condition, priors: Priors) -> int:
    """How narrow a group one condition names, from 0 to 2: see ``_made_for_level``."""
    if condition.question is None or condition.excludes or condition.span:
        return 0
    question = questionnaire[condition.question]
    if (question.kind == "multi" or question.describes == "situation") and priors.share(condition) < RARE:
        return 2
    return int(question.describes in {"health", "situation"})


def _made_for_standing(questionnaire: Questionnaire, ruleset: Ruleset, answers: Answers) -> bool:
    return any(
        state_of(condition, answers) is State.MET
        for condition in ruleset.made_for
        if condition.question and questionnaire[condition.question].describes == "work"
    )


def _nearness(programme: Programme, answers: Answers) -> int:
    if not programme.boroughs:
        return _REACH[programme.reach]
    home = next((answers.one[question] for question in PLACES if question in answers.one), None)
    if home is None:
        return NCL
    if home not in programme.boroughs:
        return OUT_OF_AREA
    return BOROUGH if len(programme.boroughs) == 1 else NCL


def _lot(programme_id: str, day: date) -> int:
    """A draw that changes with the day, so that no listing owes its place to its name."""
    return crc32(f"{programme_id} {day.isoformat()}".encode())


def why_ahead(first: Ranked, second: Ranked) -> str:
    """The tier that puts one listing ahead of another, as the end of "… comes first, because …"."""
    for tier, mine, other in zip(TIERS, first.key, second.key, strict=True):
        if mine != other:
            return tier
    return "both fit equally well, and such pairs take turns by the day"
