"""One condition against answers, three-valued: what is open never counts as a no."""

from enum import Enum

from .answers import Answers
from .rules import Condition


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
