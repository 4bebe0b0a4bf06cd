"""The engine once more, slow and obvious, one condition at a time: what the compiled one is held to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from app.eligibility.answers import Answers
from app.eligibility.evaluate import State, Verdict, state_of
from app.eligibility.priors import Priors
from app.eligibility.questions import Questionnaire
from app.eligibility.rulebook import PLACES, level_of
from app.eligibility.rules import Condition, Programme, Route, Ruleset

NEARNESS = {"elsewhere": 0, "national": 1, "london": 2, "ncl": 3, "one borough": 4}


@dataclass(frozen=True)
class Placed:
    """A programme with its verdict and its tiers, then the draw of the day: the higher, the earlier."""

    programme: Programme
    verdict: Verdict
    key: tuple[int, ...]


def evaluate(ruleset: Ruleset, answers: Answers) -> Verdict:
    """One set of rules against one person."""
    ways = [[state_of(condition, answers) for condition in way] for way in ruleset.routes]
    if all(State.NOT_MET in way for way in ways):
        return Verdict.DOES_NOT_FIT
    met = any(all(state is State.MET for state in way) for way in ways)
    return Verdict.FITS if met and ruleset.sourced else Verdict.MAY_FIT


def rank(
    questionnaire: Questionnaire, programmes: Sequence[Programme], answers: Answers, priors: Priors, day: date
) -> list[Placed]:
    """The programmes that fit or may fit on a day, best first."""
    placed = [
        place(questionnaire, programme, answers, priors, day) for programme in programmes if programme.open_on(day)
    ]
    possible = [entry for entry in placed if entry.verdict is not Verdict.DOES_NOT_FIT]
    return sorted(possible, key=lambda entry: entry.key, reverse=True)


def place(questionnaire: Questionnaire, programme: Programme, answers: Answers, priors: Priors, day: date) -> Placed:
    """Where one programme stands by itself."""
    rules = programme.rules_on(day)
    verdict = evaluate(rules, answers)
    served, other = _served(questionnaire, programme, answers.said("goals"))
    work = [c for c in rules.made_for if c.question and questionnaire[c.question].describes == "work"]
    key = (
        verdict is Verdict.FITS,
        served,
        _level(questionnaire, rules, answers, priors),
        not programme.check_first_on(day) and not programme.paused_on(day),
        programme.overdue_from is None or day < programme.overdue_from,
        other,
        any(_met(condition, answers) for condition in work),
        verdict is Verdict.FITS or any(_likely(way, answers, priors) for way in rules.routes),
        _nearness(programme, answers),
        programme.self_referral and programme.has_contact,
        crc32(f"{programme.id} {day.isoformat()}".encode()),
    )
    return Placed(programme, verdict, tuple(int(part) for part in key))


def _served(questionnaire: Questionnaire, programme: Programme, wanted: frozenset[str]) -> tuple[int, int]:
    kinds = questionnaire.goal_kinds
    other = len(programme.goals & (wanted - kinds.step - kinds.job))
    if not wanted & (kinds.step | kinds.job):
        return other, 0
    jobs, steps, offered = wanted & kinds.job, set(wanted & kinds.step), set(programme.goals)
    if jobs:
        steps.add(kinds.job_implies)
    if jobs & programme.goals:
        offered.add(kinds.job_implies)
    return bool(steps & offered) + bool(jobs & offered), other


def _level(questionnaire: Questionnaire, rules: Ruleset, answers: Answers, priors: Priors) -> int:
    fitting = [way for way in rules.routes if all(_met(condition, answers) for condition in way)]
    named = [*(condition for way in fitting for condition in way), *rules.made_for]
    return max((level_of(questionnaire, c, priors) for c in named if _met(c, answers)), default=0)


def _likely(way: Route, answers: Answers, priors: Priors) -> bool:
    """No condition failed, and most people meet each condition on the questions that leave one open."""
    states = {condition: state_of(condition, answers) for condition in way}
    open_questions = {condition.question for condition, state in states.items() if state is State.OPEN}
    common = all(priors.share(condition) >= 0.5 for condition in way if condition.question in open_questions)
    return State.NOT_MET not in states.values() and common


def _nearness(programme: Programme, answers: Answers) -> int:
    if not programme.boroughs:
        return NEARNESS[programme.reach]
    home = next((answers.one[question] for question in PLACES if question in answers.one), None)
    if home is None:
        return NEARNESS["ncl"]
    if home not in programme.boroughs:
        return NEARNESS["elsewhere"]
    return NEARNESS["one borough"] if len(programme.boroughs) == 1 else NEARNESS["ncl"]


def _met(condition: Condition, answers: Answers) -> bool:
    return state_of(condition, answers) is State.MET
