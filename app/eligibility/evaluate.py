"""Rule against answers, three-valued: what is open never counts as a no."""

from dataclasses import dataclass
from enum import Enum

from .answers import Answers
from .rules import Condition, Route, Ruleset


class State(Enum):
    """How one condition stands."""

    MET = "met"
    OPEN = "open"
    NOT_MET = "not_met"


class Verdict(Enum):
    """How a whole listing stands for one person."""

    FITS = "fits"
    MAY_FIT = "may_fit"
    DOES_NOT_FIT = "does_not_fit"


@dataclass(frozen=True)
class Result:
    """The verdict, with the way in that explains it: the one that fits, or the one that comes nearest."""

    verdict: Verdict
    route: Route


def state_of(condition: Condition, answers: Answers) -> State:
    """Whether the answers meet the condition, fail it, or leave it open."""
    state = _state(condition, answers)
    if not condition.excludes or state is State.OPEN:
        return state
    return State.NOT_MET if state is State.MET else State.MET


def _state(condition: Condition, answers: Answers) -> State:
    if condition.question is None:
        return State.OPEN
    if condition.span is not None:
        return _span_state(condition, answers)
    if condition.question in answers.one:
        return State.MET if answers.one[condition.question] in condition.any_of else State.NOT_MET
    facts = {(condition.question, answer) for answer in condition.any_of}
    if facts & answers.yes:
        return State.MET
    return State.NOT_MET if facts <= answers.no else State.OPEN


def _span_state(condition: Condition, answers: Answers) -> State:
    given = answers.number.get(condition.question or "")
    wanted = condition.span
    if given is None or wanted is None:
        return State.OPEN
    if wanted.low <= given.low and given.high <= wanted.high:
        return State.MET
    return State.NOT_MET if given.high <= wanted.low or wanted.high <= given.low else State.OPEN


def evaluate(ruleset: Ruleset, answers: Answers) -> Result:
    """The verdict of one set of rules on one person."""
    standings = [(_standing(route, answers), route) for route in ruleset.routes]
    (failed, unsettled), route = min(standings, key=lambda standing: standing[0])
    if failed:
        return Result(Verdict.DOES_NOT_FIT, route)
    fits = unsettled == 0 and ruleset.sourced
    return Result(Verdict.FITS if fits else Verdict.MAY_FIT, route)


def _standing(route: Route, answers: Answers) -> tuple[int, int]:
    """How many conditions fail and how many are open: the fewer, the nearer."""
    states = [state_of(condition, answers) for condition in route]
    return states.count(State.NOT_MET), states.count(State.OPEN)


def fitting_routes(ruleset: Ruleset, answers: Answers) -> list[Route]:
    """The ways in whose every condition is met."""
    return [route for route in ruleset.routes if _standing(route, answers) == (0, 0)]
