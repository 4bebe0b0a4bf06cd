"""A verdict in sentences, condition by condition, for oneself or about somebody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from .answers import Answers, Span
from .changes import Change
from .evaluate import State, state_of
from .questions import Question, Questionnaire
from .rules import Citation, Condition, Route, Ruleset

ReasonState = Literal["met", "open", "not_met", "unknown"]
NO_SOURCE = "No source says who can use this service. Ask them."
LONGEST_PHRASE = 100
"""In characters. Where the answers that would do take more, a condition is told in its own sentence."""

MOST_WORDS = 25
"""In a sentence. What would take more is told in several."""


@dataclass(frozen=True)
class Reason:
    """One line of an explanation. ``question`` is what could be asked to settle it; None where nothing can."""

    text: str
    state: ReasonState
    question: str | None = None
    citations: tuple[Citation, ...] = ()
    assumed: str = ""


def reasons(questionnaire: Questionnaire, ruleset: Ruleset, answers: Answers, person: str) -> tuple[Reason, ...]:
    """Every condition of the nearest way in, then what the service is made for, where the person is so.

    Each with its state, its sentence and its source; ``person`` as in the questions. What a service is made for never
    counts against anybody, so it is left out where it does not hold.
    """
    made_for = (condition for condition in ruleset.made_for if state_of(condition, answers) is State.MET)
    conditions = (*nearest_way(ruleset, answers), *made_for)
    unsourced = () if ruleset.sourced else (Reason(NO_SOURCE, "unknown"),)
    return (*_told(questionnaire, conditions, answers, person), *unsourced)


def refusals(questionnaire: Questionnaire, ruleset: Ruleset, answers: Answers, person: str) -> tuple[Reason, ...]:
    """The conditions of the nearest way in that are not met."""
    failed = (one for one in nearest_way(ruleset, answers) if state_of(one, answers) is State.NOT_MET)
    return _told(questionnaire, failed, answers, person)


def other_ways(
    questionnaire: Questionnaire, ruleset: Ruleset, answers: Answers, person: str
) -> tuple[tuple[Reason, ...], ...]:
    """Every condition of each other way in, the nearer first."""
    return tuple(_told(questionnaire, way, answers, person) for way in _by_distance(ruleset, answers)[1:])


def nearest_way(ruleset: Ruleset, answers: Answers) -> Route:
    """The way in that explains best: with the fewest failed conditions, then the fewest open ones, then the first."""
    return _by_distance(ruleset, answers)[0]


def could_fit_if(questionnaire: Questionnaire, changes: Sequence[Change], person: str) -> str:
    """The changes in a sentence: "It could fit if you lived in Camden."; empty without any.

    What would make too long a list, or must not be so, is told in the words of the listing.
    """
    unmet = [(change, condition) for change in changes for condition in change.conditions]
    phrases = [_phrase(questionnaire[change.question], change, condition) for change, condition in unmet]
    if all(phrases):
        wishes = list(dict.fromkeys(phrases))
        short = f"It could fit if {{you}} {listed(wishes, 'and')}." if wishes else ""
        long = " And if ".join(f"{{you}} {wish}." for wish in wishes)
        return questionnaire.wording(short if _is_short(short) else f"It could fit if {long}", person)
    texts = list(dict.fromkeys(condition.text.rstrip(".") for _, condition in unmet))
    stands = f"By the answers so far, only {'this stands' if len(texts) == 1 else 'these stand'} in the way"
    short = f"{stands}: {listed([f'“{text}”' for text in texts], 'and')}."
    return short if _is_short(short) else " ".join([f"{stands}.", *(f"“{text}.”" for text in texts)])


def _is_short(sentence: str) -> bool:
    return len(sentence.split()) <= MOST_WORDS


def _by_distance(ruleset: Ruleset, answers: Answers) -> list[Route]:
    if len(ruleset.routes) == 1:
        return [*ruleset.routes]

    def distance(route: Route) -> tuple[int, int]:
        states = [state_of(condition, answers) for condition in route]
        return states.count(State.NOT_MET), states.count(State.OPEN)

    return sorted(ruleset.routes, key=distance)


def _reason(questionnaire: Questionnaire, condition: Condition, answers: Answers, person: str) -> Reason:
    state = state_of(condition, answers)
    text = _sentence(questionnaire, condition, state, answers, person)
    return Reason(text, state.value, condition.question, condition.citations, condition.assumed)


def _told(
    questionnaire: Questionnaire, conditions: Iterable[Condition], answers: Answers, person: str
) -> tuple[Reason, ...]:
    """The conditions as reasons. Two that one answer meets are one line, with the sources of both."""
    told: dict[tuple[str, ReasonState, str | None], Reason] = {}
    for condition in conditions:
        reason = _reason(questionnaire, condition, answers, person)
        line = reason.text, reason.state, reason.question
        before = told.get(line)
        citations = dict.fromkeys((*before.citations, *reason.citations)) if before else ()
        told[line] = replace(before, citations=tuple(citations)) if before else reason
    return tuple(told.values())


def _sentence(questionnaire: Questionnaire, condition: Condition, state: State, answers: Answers, person: str) -> str:
    if condition.question is None:
        return f"{condition.text} {condition.ask if person == 'me' else f'Ask them: “{condition.ask}”'}"
    said = _said(questionnaire, condition, answers, person)
    if state is State.MET:
        return condition.text if condition.excludes or not said else f"{said}."
    if state is State.NOT_MET:
        contrast = said[:1].lower() + said[1:] if said else "the answers say otherwise"
        return f"{condition.text.rstrip('.')}; {contrast}."
    return condition.text


def _said(questionnaire: Questionnaire, condition: Condition, answers: Answers, person: str) -> str:
    """What the person said about the condition's question, as "You live in Camden"; empty for facts denied."""
    question = questionnaire[condition.question or ""]
    if question.id in answers.number:
        phrases = [question.said.replace("{value}", years(question, answers.number[question.id]))]
    else:
        told = answers.said(question.id)
        named = told & condition.any_of if question.kind == "multi" else told
        phrases = [answer.said for answer in question.answers if answer.id in named]
    return questionnaire.wording(f"{{you}} {listed(phrases, 'and')}", person) if phrases else ""


def _phrase(question: Question, change: Change, condition: Condition) -> str:
    """The end of "if you …"; empty where there is none that is short and says what to be, and not what not to be."""
    if question.kind == "number":
        return _numbers(question, change)
    wanted = frozenset(change.answers) & condition.any_of if question.kind == "multi" else frozenset(change.answers)
    if question.kind == "multi" and condition.excludes:
        return ""
    phrase = either([answer.if_so for answer in question.answers if answer.id in wanted])
    return phrase if len(phrase) <= LONGEST_PHRASE else ""


def _numbers(question: Question, change: Change) -> str:
    numbers = [number for number in change.answers if isinstance(number, int)]
    span = Span(numbers[0], numbers[-1] + 1)
    in_one_piece = len(numbers) == span.high - span.low
    return question.if_so.replace("{value}", years(question, span)) if in_one_piece else ""


def either(phrases: Sequence[str]) -> str:
    """["lived in Camden", "lived in Enfield"] → "lived in Camden or Enfield"."""
    words = [phrase.split() for phrase in phrases]
    shared = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False)))
    tails = [" ".join(line[shared:]) for line in words]
    if len(phrases) < 2 or not all(tails):
        return listed(phrases, "or")
    return " ".join([*words[0][:shared], listed(tails, "or")])


def years(question: Question, span: Span) -> str:
    """A span of whole numbers in words: "16", "16 to 25", "16 or over", "under 26"."""
    low, high = int(span.low), int(span.high) - 1
    if low == high:
        return str(low)
    if high == question.highest:
        return f"{low} or over"
    return f"under {high + 1}" if low == question.lowest else f"{low} to {high}"


def listed(words: Sequence[str], last: str) -> str:
    """["a", "b", "c"] with "or" → "a, b or c"; a comma before the last where it or a part before it is a list."""
    if len(words) < 2:
        return "".join(words)
    comma = "," if ", " in words[-1] or any(" or " in word for word in words[:-1]) else ""
    return f"{', '.join(words[:-1])}{comma} {last} {words[-1]}"
