"""Whether anybody can be so, under any knowledge of what follows from what. The oracle tries every mix of answers."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.possible import people
from app.eligibility.questions import Answer, Implication, Question, Questionnaire
from app.eligibility.rules import Condition
from tests.eligibility.worlds import QUESTIONNAIRE

Person = dict[str, frozenset[str]]
ANSWERS = {"town": ("north", "south", "east"), "work": ("yes", "no"), "help": ("money", "talk", "care")}


def _question(id_: str, asked_if: tuple[str, frozenset[str]] | None = None) -> Question:
    answers = tuple(Answer(answer, answer, answer) for answer in ANSWERS[id_])
    return Question(id_, "multi" if id_ == "help" else "one", "situation", "?", "", answers=answers, asked_if=asked_if)


@st.composite
def named(draw: st.DrawFn) -> tuple[str, frozenset[str]]:
    question = draw(st.sampled_from(sorted(ANSWERS)))
    return question, frozenset(draw(st.sets(st.sampled_from(ANSWERS[question]), min_size=1)))


@st.composite
def implications(draw: st.DrawFn) -> Implication:
    when, when_answers = draw(named())
    then, then_answers = draw(named())
    follows = sorted(then_answers)
    if then != "help":
        follows = follows[:1]
    elif draw(st.booleans()):
        follows = []
    return Implication(when, draw(st.sampled_from([when_answers, frozenset[str]()])), then, tuple(follows))


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    asked_if = draw(st.none() | st.tuples(st.just("town"), st.just(frozenset({"north"}))))
    questions = [_question("town"), _question("work", asked_if), _question("help", asked_if)]
    return replace(
        QUESTIONNAIRE,
        questions={question.id: question for question in questions},
        implications=tuple(draw(st.lists(implications(), max_size=6))),
    )


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    question, answers = draw(named())
    return Condition("C.", question, answers, excludes=draw(st.booleans()))


def _everybody(questionnaire: Questionnaire) -> list[Person]:
    some_help = [
        frozenset(a for a, so in zip(ANSWERS["help"], told, strict=True) if so) for told in product([0, 1], repeat=3)
    ]
    answered = [[frozenset({a}) for a in ANSWERS[id_]] for id_ in ("town", "work")]
    everybody = [
        {"town": town, "work": work, "help": some}
        for town, work, some in product(answered[0], [*answered[1], frozenset[str]()], some_help)
    ]
    return [person for person in everybody if _can_be(person, questionnaire)]


def _can_be(person: Person, questionnaire: Questionnaire) -> bool:
    due: Person = {id_: frozenset() for id_ in ANSWERS}
    for implication in questionnaire.implications:
        said = person[implication.when_question]
        if not (said & implication.when_answers if implication.when_answers else said):
            continue
        if not implication.then_answers and person[implication.then_question]:
            return False
        due[implication.then_question] |= frozenset(implication.then_answers)
    if any(due[id_] - person[id_] for id_ in ANSWERS):
        return False
    for id_ in ("work", "help"):
        asked_if = questionnaire[id_].asked_if
        asked = asked_if is None or person["town"] <= asked_if[1]
        if person[id_] != due[id_] if not asked else id_ == "work" and not person[id_]:
            return False
    return True


def _is(person: Person, conditions: Iterable[Condition]) -> bool:
    return all(bool(person[one.question or ""] & one.any_of) != one.excludes for one in conditions)


@settings(max_examples=400)
@given(questionnaires(), st.lists(conditions(), max_size=4))
def test_somebody_can_be_so_exactly_where_one_of_all_people_is(
    questionnaire: Questionnaire, wanted: list[Condition]
) -> None:
    somebody = any(_is(person, wanted) for person in _everybody(questionnaire))
    assert people(questionnaire, wanted).can_meet(wanted) is somebody


@settings(max_examples=400)
@given(questionnaires(), st.lists(st.lists(conditions(), max_size=3), max_size=3), st.lists(conditions(), max_size=2))
def test_somebody_is_left_outside_exactly_where_one_of_all_people_is(
    questionnaire: Questionnaire, ways: list[list[Condition]], wanted: list[Condition]
) -> None:
    outside = any(
        _is(person, wanted) and not any(_is(person, way) for way in ways) for person in _everybody(questionnaire)
    )
    everybody = people(questionnaire, [*wanted, *chain(*ways)])
    assert everybody.can_be_outside([tuple(way) for way in ways], wanted) is outside
