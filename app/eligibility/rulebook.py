"""All listings of one day, ready to be decided on: their compiled rules, and what puts one before another, as masks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zlib import crc32

from .compiled import Column, Compiled, Mask, compile_rules, mask_of, union
from .priors import Priors
from .questions import Implication, Question, Questionnaire
from .rules import Condition, Programme, Route, Ruleset

MOST = 0.5
RARE = 0.1
"""A condition or situation that fewer than one in ten people share."""
GOALS = "goals"
PLACES = ("lives_in", "gp_borough")
"""The questions that tell where a person is: the home or, where that is not known, the GP."""
OUT_OF_AREA, NATIONAL, LONDON, NCL, BOROUGH = range(5)
_REACH = {"national": NATIONAL, "london": LONDON, "ncl": NCL}

Steps = tuple[Mask, ...]
"""A small number for every programme or row, as sets: those with the highest, those with at least the next, and so on
down to those with at least 1. Read in this order, the sets sort like the numbers."""
Questions = int
"""A set of questions: bit n is the n-th of the questionnaire."""


@dataclass(frozen=True)
class Rulebook:
    """``programmes[p]`` is bit p of every set of programmes; a row is a way in, or one thing a programme is made for.

    Of the rows: ``narrow`` is how narrow a group each names (see ``level_of``), ``for_work`` those made for a standing
    with work, ``unlikely`` by question those with a condition that fewer than half of people meet. Of the programmes:
    ``running`` are known to take people now, the pages of ``fresh`` are not overdue to be confirmed, to ``own`` people
    can go by themselves, ``local`` are those of some boroughs only, ``draw`` is a place for each that changes with the
    day, in binary digits.
    """

    questionnaire: Questionnaire
    priors: Priors
    day: date
    programmes: tuple[Programme, ...]
    rulesets: tuple[Ruleset, ...]
    compiled: Compiled
    narrow: Steps
    for_work: Mask
    unlikely: tuple[Mask, ...]
    running: Mask
    fresh: Mask
    own: Mask
    local: Mask
    goals: Mapping[str, Mask]
    draw: Steps

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The bit of each programme by its id."""
        return {programme.id: number for number, programme in enumerate(self.programmes)}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions by their bit."""
        return tuple(self.questionnaire)

    @cached_property
    def question_bits(self) -> Mapping[str, int]:
        return {question.id: number for number, question in enumerate(self.questionnaire)}

    @cached_property
    def goals_question(self) -> Questions:
        """The question what somebody wants, where there is one."""
        return 1 << self.question_bits[GOALS] if GOALS in self.questionnaire else 0

    @cached_property
    def place_questions(self) -> tuple[int | None, ...]:
        return tuple(self.question_bits.get(id_) for id_ in PLACES)

    @cached_property
    def before(self) -> tuple[int | None, ...]:
        """By question, the one that tells whether it makes sense."""
        return tuple(self.question_bits[q.asked_if[0]] if q.asked_if else None for q in self.questions)

    @cached_property
    def leading_to(self) -> tuple[Questions, ...]:
        """By question, the others whose answers can settle it, or a part of it, because that follows from them."""
        leading = (_leading_to(question, self.questionnaire.implications) for question in self.questions)
        return tuple(sum(1 << self.question_bits[id_] for id_ in ids) for ids in leading)

    @cached_property
    def columns(self) -> tuple[Column | None, ...]:
        """The column of each question; None where no rule mentions it."""
        found = {column.question.id: column for column in self.compiled.columns}
        return tuple(found.get(question.id) for question in self.questionnaire)

    @cached_property
    def most_goals(self) -> tuple[Steps, Steps]:
        """How well each programme can serve whatever is wanted: see ``served_goals`` in ``ranking``."""
        kinds = self.questionnaire.goal_kinds
        job = union(self.goals.get(goal, 0) for goal in kinds.job)
        step = union(self.goals.get(goal, 0) for goal in kinds.step)
        other = counted(mask for goal, mask in self.goals.items() if goal not in kinds.job | kinds.step)
        wide = (0,) * (2 - len(other)) + other
        return (*wide[:-2], wide[-2] | job, wide[-1] | job | step), other

    @cached_property
    def nearness(self) -> Mapping[str | None, Steps]:
        """How near each programme is, from OUT_OF_AREA to BOROUGH, by where the person is (None: not known)."""
        homes = {answer for id_ in PLACES if id_ in self.questionnaire for answer in self.questionnaire[id_].answer_ids}
        return {home: steps([_nearness(p, home) for p in self.programmes], BOROUGH) for home in (None, *homes)}

    @cached_property
    def nearest(self) -> Steps:
        """How near each programme is to those whom it is nearest to."""
        return steps([_nearness(p, min(p.boroughs, default=None)) for p in self.programmes], BOROUGH)

    @cached_property
    def farthest(self) -> Steps:
        """How near each programme is to those whom it is farthest from."""
        return tuple(mask & ~self.local for mask in self.nearness[None])

    def among(self, roles: Iterable[str]) -> Mask:
        """The programmes of some roles."""
        return mask_of(number for number, programme in enumerate(self.programmes) if programme.role in roles)


def rulebook(questionnaire: Questionnaire, programmes: Iterable[Programme], priors: Priors, day: date) -> Rulebook:
    """The programmes that are open on a day, with their rules of that day."""
    # Those with most ways in come first: it keeps the masks short.
    opened = sorted((p for p in programmes if p.open_on(day)), key=lambda p: -len(p.rules_on(day).routes))
    rulesets = tuple(programme.rules_on(day) for programme in opened)
    compiled = compile_rules(questionnaire, rulesets)
    return Rulebook(
        questionnaire=questionnaire,
        priors=priors,
        day=day,
        programmes=tuple(opened),
        rulesets=rulesets,
        compiled=compiled,
        narrow=steps([_narrowest(questionnaire, row, priors) for row in compiled.rows], 2),
        for_work=_for_work(questionnaire, compiled),
        unlikely=_unlikely(questionnaire, compiled, priors),
        running=mask_of(n for n, programme in enumerate(opened) if programme.takes_people_on(day)),
        fresh=mask_of(n for n, programme in enumerate(opened) if not programme.overdue_on(day)),
        own=mask_of(n for n, programme in enumerate(opened) if programme.self_referral and programme.has_contact),
        local=mask_of(n for n, programme in enumerate(opened) if programme.boroughs),
        goals=_by_goal(opened),
        draw=_draw(opened, day),
    )


def _leading_to(question: Question, implications: Sequence[Implication]) -> set[str]:
    found = [rule for rule in implications if rule.then_question == question.id]
    # The list grows while it is read: rules may follow one from another.
    for later in found:
        found += [rule for rule in implications if rule not in found and _sets_off(rule, later)]
    return {rule.when_question for rule in found} - {question.id}


def _sets_off(rule: Implication, later: Implication) -> bool:
    return rule.then_question == later.when_question and bool(
        later.when_answers.intersection(rule.then_answers) if later.when_answers else rule.then_answers
    )


def steps(values: Sequence[int], highest: int) -> Steps:
    """Numbers from 0 to ``highest`` as sets: see ``Steps``."""
    return tuple(mask_of(n for n, value in enumerate(values) if value >= least) for least in range(highest, 0, -1))


def counted(masks: Iterable[Mask]) -> Steps:
    """In how many of the sets each programme is."""
    at_least: list[Mask] = []
    for mask in masks:
        more = [mask, *(fewer & mask for fewer in at_least)]
        at_least = [have | new for have, new in zip([*at_least, 0], more, strict=True)]
    return tuple(reversed(at_least))


def level_of(questionnaire: Questionnaire, condition: Condition, priors: Priors) -> int:
    """How narrow a group one condition names.

    2: a condition or situation that few share; 1: health, or a situation; 0: anything else. What counts is the share
    of all the answers that it accepts, so a long list of rare situations is not rare.
    """
    if condition.question is None or condition.excludes or condition.span:
        return 0
    question = questionnaire[condition.question]
    if (question.kind == "multi" or question.describes == "situation") and priors.share(condition) < RARE:
        return 2
    return int(question.describes in {"health", "situation"})


def _narrowest(questionnaire: Questionnaire, row: Route | None, priors: Priors) -> int:
    return max((level_of(questionnaire, condition, priors) for condition in row or ()), default=0)


def _for_work(questionnaire: Questionnaire, compiled: Compiled) -> Mask:
    made_for = enumerate(compiled.rows[compiled.ways.end :], compiled.ways.end)
    return mask_of(
        number
        for number, row in made_for
        if any(c.question and questionnaire[c.question].describes == "work" for c in row or ())
    )


def _unlikely(questionnaire: Questionnaire, compiled: Compiled, priors: Priors) -> tuple[Mask, ...]:
    found: dict[str | None, list[int]] = defaultdict(list)
    for number, row in enumerate(compiled.rows):
        for condition in row or ():
            if priors.share(condition) < MOST:
                found[condition.question].append(number)
    return tuple(mask_of(found[question.id]) for question in questionnaire)


def _by_goal(programmes: Sequence[Programme]) -> Mapping[str, Mask]:
    goals = sorted({goal for programme in programmes for goal in programme.goals})
    return {goal: mask_of(n for n, programme in enumerate(programmes) if goal in programme.goals) for goal in goals}


def _nearness(programme: Programme, home: str | None) -> int:
    if not programme.boroughs:
        return _REACH[programme.reach]
    if home is None:
        return NCL
    if home not in programme.boroughs:
        return OUT_OF_AREA
    return BOROUGH if len(programme.boroughs) == 1 else NCL


def _draw(programmes: Sequence[Programme], day: date) -> Steps:
    """The order of the day among equals, so that no listing owes its place to its name."""
    lots = [crc32(f"{programme.id} {day.isoformat()}".encode()) for programme in programmes]
    places = {number: place for place, number in enumerate(sorted(range(len(lots)), key=lots.__getitem__))}
    digits = range(len(programmes).bit_length() - 1, -1, -1)
    return tuple(mask_of(number for number, place in places.items() if place >> digit & 1) for digit in digits)
