"""Small made-up catalogues, small enough to try every order of questions."""

from itertools import pairwise
from random import Random

from app.eligibility.answers import Span
from app.eligibility.checks import faults
from app.eligibility.priors import Priors
from app.eligibility.questions import (
    Answer,
    Describes,
    GoalKinds,
    Implication,
    Kind,
    Question,
    Questionnaire,
)
from app.eligibility.rulebook import GOALS, PLACES
from app.eligibility.rules import Condition, Programme, Route, Ruleset
from tests.benchmarks.engine import World

MOST_QUESTIONS = 8
MOST_ANSWERS = 4000
"""The most complete sets of answers that a small catalogue may have: the optimum walks through many times as many."""
HOME = PLACES[0]
AGE = "age"
LIMITS = (18, 25, 30, 50, 65)
LOWEST, HIGHEST = 16, 79


def small_world(rng: Random) -> World:
    """A made-up catalogue of up to eight questions and of three to twelve programmes. No question is sensitive."""
    while True:
        questionnaire = _questionnaire(rng)
        if _size(questionnaire) <= MOST_ANSWERS:
            programmes = [_sound(rng, questionnaire, number) for number in range(rng.randint(3, 12))]
            return World(questionnaire, programmes, _priors(rng, questionnaire))


def _questionnaire(rng: Random) -> Questionnaire:
    questions = [
        _question(HOME, "one", "place", rng.randint(2, 4)),
        Question(AGE, "number", "age", "", "", lowest=LOWEST, highest=HIGHEST),
        _question(GOALS, "multi", "wish", rng.randint(1, 3)),
    ]
    implications: list[Implication] = []
    for number in range(rng.randint(1, MOST_QUESTIONS - len(questions))):
        describes: Describes = rng.choice(["work", "health", "situation", "money"])
        kind: Kind = rng.choice(["one", "one", "multi"])
        made = _question(f"q{number}", kind, describes, rng.randint(1, 3) if kind == "multi" else rng.randint(2, 4))
        asked_of_all = [question for question in questions if question.asked_if is None and question.id != HOME]
        parents = [question for question in asked_of_all if question.kind == "one"]
        if parents and rng.random() < 0.3:
            parent = rng.choice(parents)
            made = _hanging_on(made, parent, implications)
        questions.append(made)
    rng.shuffle(questions)
    return Questionnaire(
        questions={question.id: question for question in _parents_first(questions)},
        people={},
        open_answers=(),
        goal_kinds=GoalKinds(frozenset({"a0"}), frozenset({"a1"}), "a0"),
        implications=tuple(implications),
        assumptions={},
        outside_area={},
        human_routes=(),
        human_routes_where_fitting=(),
    )


def _question(id_: str, kind: Kind, describes: Describes, answers: int) -> Question:
    made = tuple(Answer(f"a{number}", "", "") for number in range(answers))
    return Question(id_, kind, describes, "", "", answers=made)


def _hanging_on(question: Question, parent: Question, implications: list[Implication]) -> Question:
    """The question as one that is asked after the first answer to another; its facts then follow from the others."""
    first, *rest = parent.answer_ids
    if question.kind == "multi":
        implications.append(Implication(parent.id, frozenset(rest), question.id, ()))
        implications.append(Implication(question.id, frozenset(), parent.id, (first,)))
    return Question(
        question.id,
        question.kind,
        question.describes,
        "",
        "",
        answers=question.answers,
        asked_if=(parent.id, frozenset({first})),
    )


def _parents_first(questions: list[Question]) -> list[Question]:
    ordered: list[Question] = []
    left = list(questions)
    while left:
        known = {question.id for question in ordered}
        found = next(question for question in left if question.asked_if is None or question.asked_if[0] in known)
        ordered.append(found)
        left.remove(found)
    return ordered


def _size(questionnaire: Questionnaire) -> int:
    size = 1
    for question in questionnaire:
        answers = len(question.answers)
        size *= {"one": answers, "multi": 2**answers, "number": 3}[question.kind]
    return size


def _priors(rng: Random, questionnaire: Questionnaire) -> Priors:
    shares = {}
    for question in questionnaire:
        weights = [rng.expovariate(1) for _ in question.answers]
        whole = sum(weights) if question.kind == "one" else max(weights, default=1) / rng.uniform(0.1, 0.7)
        shares[question.id] = {
            answer.id: weight / whole for answer, weight in zip(question.answers, weights, strict=True)
        }
    edges = [LOWEST, *LIMITS, HIGHEST + 1]
    parts = [rng.expovariate(1) for _ in edges[1:]]
    spans = [Span(low, high) for low, high in pairwise(edges)]
    return Priors(shares, tuple((span, part / sum(parts)) for span, part in zip(spans, parts, strict=True)))


def _sound(rng: Random, questionnaire: Questionnaire, number: int) -> Programme:
    """A programme whose rules the directory would take: no way in that nobody can use, or that another one holds."""
    while True:
        made = _programme(rng, questionnaire, number)
        if not faults(questionnaire, made.rulesets[0]):
            return made


def _programme(rng: Random, questionnaire: Questionnaire, number: int) -> Programme:
    routes = tuple(_route(rng, questionnaire, rng.randint(0, 3)) for _ in range(rng.choice([1, 1, 1, 2, 3])))
    homes = questionnaire[HOME].answer_ids
    local = rng.random() < 0.6
    boroughs = frozenset(rng.sample(homes, rng.randint(1, len(homes)))) if local else frozenset()
    in_area = (Condition("", HOME, boroughs),) if boroughs else ()
    goals = questionnaire[GOALS].answer_ids
    return Programme(
        id=f"p{number}",
        role="programme",
        rulesets=(
            Ruleset(
                routes=tuple((*in_area, *route) for route in routes),
                made_for=_route(rng, questionnaire, rng.choice([0, 0, 1, 2])),
            ),
        ),
        goals=frozenset(goal for goal in goals if rng.random() < 0.5),
        boroughs=boroughs,
        reach=rng.choice(["ncl", "london", "national"]),
        self_referral=rng.random() < 0.5,
        has_contact=True,
    )


def _route(rng: Random, questionnaire: Questionnaire, conditions: int) -> Route:
    askable = [question for question in questionnaire if question.id not in (HOME, GOALS)]
    return tuple(_condition(rng, rng.choice(askable)) for _ in range(conditions))


def _condition(rng: Random, question: Question) -> Condition:
    if question.kind == "number":
        low, high = sorted(rng.sample((LOWEST, *LIMITS[:2], HIGHEST + 1), 2))
        return Condition("", question.id, span=Span(low, high))
    most = max(1, len(question.answers) - 1) if question.kind == "one" else len(question.answers)
    accepted = frozenset(rng.sample(question.answer_ids, rng.randint(1, most)))
    return Condition("", question.id, accepted, excludes=rng.random() < 0.15)
