"""The questions that can be asked, read from plain data (``seed/questions.yaml``)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

Kind = Literal["one", "multi", "number"]
Describes = Literal["asking", "place", "work", "health", "situation", "money", "age", "wish"]

NOT_SURE = "not_sure"
PREFER_NOT_TO_SAY = "prefer_not_to_say"
OPEN_ANSWERS = frozenset({NOT_SURE, PREFER_NOT_TO_SAY})
NONE = "none"


@dataclass(frozen=True)
class Answer:
    """One answer. ``said`` finishes "You …", ``if_so`` finishes "… if you …"; {you} and {your} are filled in.

    ``in_condition`` stands for it in the sentence of a condition, where other words would not fit. ``condition`` is the
    whole sentence where it is the only answer.
    """

    id: str
    label: str
    said: str
    if_so: str = ""
    in_condition: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Person:
    """For whom somebody asks, with the words that stand for {you} and {your}."""

    id: str
    you: str
    your: str
    caption: str


@dataclass(frozen=True)
class Question:
    """One question. A ``multi`` question is a set of separate yes/no facts; ``none`` is its "none of these".

    ``at_a_glance`` is the question in a word or two, beside a search for one person; empty where it is not asked there.
    ``condition`` is the sentence of a condition on it, such as "For people who live in {answers}."; with {said} the
    answers stand in it as they are repeated to people.
    """

    id: str
    kind: Kind
    describes: Describes
    text: str
    why: str
    hint: str = ""
    at_a_glance: str = ""
    answers: tuple[Answer, ...] = ()
    none: Answer | None = None
    said: str = ""
    if_so: str = ""
    lowest: int = 0
    highest: int = 0
    sensitive: bool = False
    urgent: frozenset[str] = frozenset()
    condition: str = ""
    asked_if: tuple[str, frozenset[str]] | None = None

    def answer(self, answer_id: str) -> Answer:
        """The answer of that id; ``KeyError`` where there is none."""
        return next(answer for answer in (*self.answers, self.none) if answer and answer.id == answer_id)

    @cached_property
    def answer_ids(self) -> tuple[str, ...]:
        return tuple(answer.id for answer in self.answers)


@dataclass(frozen=True)
class Implication:
    """When one of ``when_answers`` is given (all but none, where empty), the ``then_answers`` follow.

    Empty ``then_answers`` mean "none of these".
    """

    when_question: str
    when_answers: frozenset[str]
    then_question: str
    then_answers: tuple[str, ...]


@dataclass(frozen=True)
class Assumption:
    """A rule of the house, used where no source says otherwise and shown as the directory's own."""

    id: str
    question: str
    at_least: float | None
    below: float | None
    text: str
    note: str


@dataclass(frozen=True)
class GoalKinds:
    """Which goals are a step, and which a kind of job; naming a kind of job implies the step ``job_implies``."""

    step: frozenset[str]
    job: frozenset[str]
    job_implies: str


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """All questions, with what follows from their answers. Equal only to itself, so that it can be a key."""

    questions: Mapping[str, Question]
    people: Mapping[str, Person]
    open_answers: tuple[Answer, ...]
    goal_kinds: GoalKinds
    implications: tuple[Implication, ...]
    assumptions: Mapping[str, Assumption]
    outside_area: Mapping[str, frozenset[str]]
    human_routes: tuple[str, ...]
    human_routes_where_fitting: tuple[str, ...]

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions.values())

    def __getitem__(self, question_id: str) -> Question:
        return self.questions[question_id]

    def __contains__(self, question_id: object) -> bool:
        return question_id in self.questions

    def wording(self, text: str, person_id: str) -> str:
        """The text with {you} and {your} filled in, and its first letter a capital."""
        person = self.people[person_id]
        filled = text.replace("{your}", person.your).replace("{you}", person.you)
        return filled[:1].upper() + filled[1:]


def questionnaire_from(data: Mapping[str, Any]) -> Questionnaire:
    """Reads the data of ``seed/questions.yaml``. Raises ``KeyError`` or ``ValueError`` on data of another shape."""
    kinds = data["goal_kinds"]
    return Questionnaire(
        questions={id_: _question(id_, body) for id_, body in data["questions"].items()},
        people={id_: Person(id_, **body) for id_, body in data["people"].items()},
        open_answers=tuple(Answer(id_, **body) for id_, body in data["open_answers"].items()),
        goal_kinds=GoalKinds(frozenset(kinds["step"]), frozenset(kinds["job"]), kinds["job_implies"]),
        implications=tuple(_implications(data["implies"])),
        assumptions={id_: _assumption(id_, body) for id_, body in data["assumptions"].items()},
        outside_area={id_: frozenset(answers) for id_, answers in data["outside_area"].items()},
        human_routes=tuple(data["human_routes"]["for_everybody"]),
        human_routes_where_fitting=tuple(data["human_routes"]["where_it_fits"]),
    )


def _question(id_: str, body: Mapping[str, Any]) -> Question:
    none = body.get("none")
    return Question(
        id=id_,
        kind=body["kind"],
        describes=body["describes"],
        text=body["text"],
        why=body["why"],
        hint=body.get("hint", ""),
        at_a_glance=body.get("at_a_glance", ""),
        answers=tuple(Answer(answer_id, **answer) for answer_id, answer in body.get("answers", {}).items()),
        none=Answer(NONE, **none) if none else (Answer(NONE, "None of these", "") if body["kind"] == "multi" else None),
        said=body.get("said", ""),
        if_so=body.get("if_so", ""),
        lowest=body.get("lowest", 0),
        highest=body.get("highest", 0),
        sensitive=body.get("sensitive", False),
        urgent=frozenset(body.get("urgent", ())),
        condition=body.get("condition", ""),
        asked_if=_asked_if(body.get("asked_if")),
    )


def _asked_if(data: Mapping[str, list[str]] | None) -> tuple[str, frozenset[str]] | None:
    if not data:
        return None
    ((question_id, answers),) = data.items()
    return question_id, frozenset(answers)


def _implications(data: list[Mapping[str, Any]]) -> Iterator[Implication]:
    for entry in data:
        ((when_question, when_answers),) = entry["when"].items()
        when = frozenset() if when_answers == "any" else frozenset(when_answers)
        for then_question, then_answers in entry["then"].items():
            yield Implication(when_question, when, then_question, () if then_answers == NONE else tuple(then_answers))


def _assumption(id_: str, body: Mapping[str, Any]) -> Assumption:
    return Assumption(id_, body["question"], body.get("at_least"), body.get("below"), body["text"], body["note"])
