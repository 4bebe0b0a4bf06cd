"""What to ask next: the question that settles most about the first three results, and none that can settle nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor

from .answers import AnswerError, Answers, applies, with_answer
from .evaluate import State, Verdict, state_of
from .priors import Priors
from .questions import NONE, Question, Questionnaire
from .ranking import BOROUGH, NCL, OUT_OF_AREA, PLACES, TIERS, Ranked, level_of, rank_one
from .rules import Condition, Programme, Route, Ruleset

FIRST = 3
"""How many results must be settled before the questions stop."""

MADE_FOR = TIERS.index("it is made for a narrower group")
"""The part of a key that says how narrow a group the programme is made for."""

Key = tuple[int, ...]
_OUT: Key = ()
"""Lower than any key: the programme drops out of the results."""


@dataclass(frozen=True)
class Interview:
    """Everything that stays the same while one person is asked."""

    questionnaire: Questionnaire
    programmes: Sequence[Programme]
    priors: Priors
    day: date

    def rank(self, programme: Programme, answers: Answers) -> Ranked:
        return rank_one(self.questionnaire, programme, answers, self.priors, self.day)


def next_question(interview: Interview, answers: Answers) -> Question | None:
    """The next best question, or None when no answer can change the first three (ids, order and verdicts).

    A question is considered only where it stands in an open condition of a programme that can still be among the
    first three, or decides their order. Those marked sensitive come last.
    """
    contenders = _contenders(interview, answers)
    open_ids = _open_questions(interview, contenders, answers)
    before = [(ranked.programme, ranked) for ranked in contenders]
    candidates = [q for q in interview.questionnaire if q.id in open_ids]

    def settles(question: Question) -> float:
        return sum(
            share * sum(interview.rank(programme, after).key != now.key for programme, now in before)
            for share, after in _possible(interview, question, answers)
        )

    return max(candidates, key=lambda question: (not question.sensitive, settles(question)), default=None)


def bands(question: Question, rulesets: Iterable[Ruleset]) -> list[tuple[int, int]]:
    """The whole-year bands, first and last year inclusive, that the rules tell apart.

    A limit of 17½ makes a band of 17 alone: at that age the condition stays open.
    """
    spans = [c.span for rules in rulesets for c in _conditions(rules) if c.question == question.id and c.span]
    limits = {edge for span in spans for edge in (span.low, span.high) if question.lowest < edge <= question.highest}
    edges = {floor(edge) for edge in limits} | {ceil(edge) for edge in limits}
    return [(low, high - 1) for low, high in pairwise([question.lowest, *sorted(edges), question.highest + 1])]


def _possible(interview: Interview, question: Question, answers: Answers) -> Iterator[tuple[float, Answers]]:
    """Each answer that could be given, with its share of people, and what would then be known."""
    for share, value in _values(interview, question):
        try:
            yield share, with_answer(interview.questionnaire, answers, question, value)
        except AnswerError:
            continue


def _values(interview: Interview, question: Question) -> Iterator[tuple[float, object]]:
    if question.kind == "number":
        for low, high in bands(question, [p.rules_on(interview.day) for p in interview.programmes]):
            yield interview.priors.age_share(low, high + 1), f"{low}-{high}"
        return
    shares = interview.priors.likely_answers(question)
    for answer in question.answer_ids:
        yield shares.get(answer, 0.0), [answer] if question.kind == "multi" else answer
    if question.kind == "multi":
        yield max(0.0, 1 - sum(shares.values())), [NONE]


def _contenders(interview: Interview, answers: Answers) -> list[Ranked]:
    """The programmes that can still be among the first three, whatever is answered."""
    placed = [interview.rank(programme, answers) for programme in interview.programmes]
    alive = [ranked for ranked in placed if ranked.result.verdict is not Verdict.DOES_NOT_FIT]
    worst = sorted((_worst(interview, ranked, answers) for ranked in alive), reverse=True)
    bar = worst[FIRST - 1] if len(worst) >= FIRST else _OUT
    return [ranked for ranked in alive if _best(interview, ranked, answers) >= bar]


def _worst(interview: Interview, ranked: Ranked, answers: Answers) -> Key:
    """The lowest key that further answers can give; ``_OUT`` where one can still shut the person out."""
    if any(_can_be_asked(interview, condition, answers) for condition in ranked.result.route):
        return _OUT
    fits, serves, level, open_now, other, standing, likely, near, own = ranked.key
    goals_open = _goals_open(interview, answers)
    kept = (0, 0) if goals_open else (serves, other)
    far = OUT_OF_AREA if _place_to_ask(interview, answers) and ranked.programme.boroughs else near
    return (fits, kept[0], level, open_now, kept[1], standing, likely, far, own)


def _best(interview: Interview, ranked: Ranked, answers: Answers) -> Key:
    """The highest key that further answers can give."""
    undecided = [c for c in _live_conditions(ranked.ruleset, answers) if _can_be_asked(interview, c, answers)]
    goals_open = _goals_open(interview, answers)
    programme = ranked.programme
    fits, serves, level, open_now, other, standing, likely, near, own = ranked.key
    return (
        int(fits or _can_fit(interview, ranked.ruleset, answers)),
        2 if goals_open else serves,
        2 if undecided else level,
        open_now,
        len(programme.goals) if goals_open else other,
        1 if any(_tells_of_work(interview, condition) for condition in undecided) else standing,
        1 if undecided else likely,
        _nearest(programme) if programme.boroughs and _place_to_ask(interview, answers) else near,
        own,
    )


def _nearest(programme: Programme) -> int:
    return BOROUGH if len(programme.boroughs) == 1 else NCL


def _place_to_ask(interview: Interview, answers: Answers) -> Question | None:
    """The question that could still tell where the person is; None when that is known, or cannot be."""
    if PLACES[0] in answers.one:
        return None
    questions = [interview.questionnaire[id_] for id_ in PLACES if id_ in interview.questionnaire]
    return next((question for question in questions if not answers.settled(question)), None)


def _can_fit(interview: Interview, ruleset: Ruleset, answers: Answers) -> bool:
    """Some way in could yet be met in full: no condition of it failed, and none is left that cannot be asked."""
    return ruleset.sourced and any(
        all(state_of(c, answers) is State.MET or _can_be_asked(interview, c, answers) for c in route)
        for route in ruleset.routes
    )


def _conditions(ruleset: Ruleset) -> Iterator[Condition]:
    for route in ruleset.routes:
        yield from route
    yield from ruleset.made_for


def _live_conditions(ruleset: Ruleset, answers: Answers) -> Iterator[Condition]:
    """The conditions of the ways in that are still possible, and of those it was made for."""
    for route in _live_routes(ruleset, answers):
        yield from route
    yield from ruleset.made_for


def _live_routes(ruleset: Ruleset, answers: Answers) -> list[Route]:
    return [route for route in ruleset.routes if all(state_of(c, answers) is not State.NOT_MET for c in route)]


def _can_be_asked(interview: Interview, condition: Condition, answers: Answers) -> bool:
    """Some answer still to come can settle the condition: to its own question, or to the one that this hangs on."""
    if condition.question is None or state_of(condition, answers) is not State.OPEN:
        return False
    return bool(_ways_to_settle(interview, interview.questionnaire[condition.question], answers))


def _ways_to_settle(interview: Interview, question: Question, answers: Answers) -> list[Question]:
    """What can be asked to settle a question: first the one it hangs on, then itself, then those it follows from."""
    if not applies(question, answers):
        return []
    if before := _unsettled_before(interview, question, answers):
        return [before]
    if not answers.settled(question):
        return [question]
    implying = {i.when_question for i in interview.questionnaire.implications if i.then_question == question.id}
    others = (interview.questionnaire[id_] for id_ in implying)
    return [other for other in others if not answers.settled(other) and applies(other, answers)]


def _unsettled_before(interview: Interview, question: Question, answers: Answers) -> Question | None:
    """The question that tells whether this one makes sense, where it is still to be asked."""
    before = interview.questionnaire[question.asked_if[0]] if question.asked_if else None
    return before if before and not answers.settled(before) else None


def _goals_open(interview: Interview, answers: Answers) -> bool:
    return not answers.settled(interview.questionnaire["goals"])


def _tells_of_work(interview: Interview, condition: Condition) -> bool:
    return condition.question is not None and interview.questionnaire[condition.question].describes == "work"


def _open_questions(interview: Interview, contenders: Sequence[Ranked], answers: Answers) -> frozenset[str]:
    """The questions that can still decide a verdict or a place among the contenders."""
    found = set()
    if len(contenders) > 1:
        if _goals_open(interview, answers):
            found.add("goals")
        if any(ranked.programme.boroughs for ranked in contenders) and (place := _place_to_ask(interview, answers)):
            found.add(place.id)
    for ranked in contenders:
        for condition in _deciding(interview, ranked, answers):
            if condition.question and _can_be_asked(interview, condition, answers):
                ways = _ways_to_settle(interview, interview.questionnaire[condition.question], answers)
                found |= {question.id for question in ways}
    return frozenset(found)


def _deciding(interview: Interview, ranked: Ranked, answers: Answers) -> Iterator[Condition]:
    """The conditions that can change a programme's verdict or place.

    Once it fits, another way in matters only where it names a narrower group.
    """
    if ranked.result.verdict is not Verdict.FITS:
        yield from _live_conditions(ranked.ruleset, answers)
        return
    yield from ranked.ruleset.made_for
    for route in _live_routes(ranked.ruleset, answers):
        levels = (level_of(interview.questionnaire, condition, interview.priors) for condition in route)
        if max(levels, default=0) > ranked.key[MADE_FOR]:
            yield from route
