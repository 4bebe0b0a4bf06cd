"""The shape of ``questions.yaml``: what ``app.eligibility.questions.questionnaire_from`` reads, field by field.

Whether the parts agree with each other is looked at in ``question_checks``.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, Strict, StrictBool, StringConstraints

from app.directory.value import Value
from app.eligibility.questions import NONE, OPEN_ANSWERS, Describes, Kind

ANY = "any"
RESERVED = OPEN_ANSWERS | {NONE, ANY}
"""Words with a meaning of their own where answers are named."""
PersonId = Literal["me", "patient", "family", "employee"]
"""For whom somebody can ask. The pages have words of their own for each of them."""

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_ID = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


def _filled_in(*allowed: str) -> AfterValidator:
    """Braces stand only around what a page fills in; anything else would be shown as it stands."""

    def check(text: str) -> str:
        strange = [found for found in _BRACES.findall(text) if found not in allowed]
        if strange:
            may = f"only {' and '.join(allowed)} can stand in braces" if allowed else "no braces can stand"
            raise ValueError(f"holds {strange[0]}: {may} here")
        return text

    return AfterValidator(check)


def _check_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("is not an id: use small letters and digits, with single hyphens or underscores between them")
    return value


def _answers_or(word: str) -> BeforeValidator:
    """The word stands for no answer in particular, and is kept as an empty list. A list that is empty says nothing."""

    def check(value: Any) -> Any:
        if value == word:
            return ()
        if not isinstance(value, list) or not value:
            raise ValueError(f"names no answers: list them in square brackets, or write {word}")
        return value

    return BeforeValidator(check)


_NotEmpty = StringConstraints(strip_whitespace=True, min_length=1, max_length=600)
Plain = Annotated[str, _NotEmpty, _filled_in()]
Worded = Annotated[str, _NotEmpty, _filled_in("{you}", "{your}")]
Said = Annotated[str, _NotEmpty, _filled_in("{you}", "{your}", "{value}")]
Sentence = Annotated[str, _NotEmpty, _filled_in("{answers}", "{said}")]
Id = Annotated[str, AfterValidator(_check_id)]
# The engine reads the file itself, so a number in quotes must not pass for a number here.
Number = Annotated[float, Strict()]
Whole = Annotated[int, Strict(), Field(ge=0, le=999)]
MOST = 50
"""Questions, answers to one, and rules on what follows. Nobody can be asked more, and the checks stay quick."""
Ids = Annotated[tuple[str, ...], Field(min_length=1, max_length=MOST)]
Answers = Annotated[tuple[str, ...], Field(max_length=MOST)]
OneQuestion = Field(min_length=1, max_length=1)


class Answer(Value):
    """One answer, as a choice (``label``) and as the end of "You …" (``said``)."""

    label: Plain
    said: Worded


class NamedAnswer(Answer):
    """An answer that rules can name, and so also the end of "… if you …" (``if_so``), and words in a condition."""

    if_so: Worded
    in_condition: Plain = ""
    condition: Plain = ""


class Question(Value):
    """One question. All from ``answers`` to ``highest``, and ``urgent``, go with some kinds only."""

    kind: Kind
    describes: Describes
    text: Worded
    why: Worded
    hint: Worded = ""
    at_a_glance: Annotated[Plain, StringConstraints(max_length=30)] | Literal[""] = ""
    answers: dict[Id, NamedAnswer] = Field(default_factory=dict, max_length=MOST)
    none: Answer | None = None
    said: Said = ""
    if_so: Said = ""
    lowest: Whole | None = None
    highest: Whole | None = None
    condition: Sentence = ""
    sensitive: StrictBool = False
    urgent: tuple[str, ...] = ()
    asked_if: Annotated[dict[str, Ids], OneQuestion] | None = None


class Person(Value):
    """The words that stand for {you} and {your}, and what stands above the questions."""

    you: Plain
    your: Plain
    caption: Plain


class Assumption(Value):
    """A condition on a number that the directory assumes where no source gives one."""

    question: str
    at_least: Number | None = None
    below: Number | None = None
    text: Plain
    note: Plain


class Implication(Value):
    """``when`` these answers are given, ``then`` those follow. No answers: any (``when``), none (``then``)."""

    when: Annotated[dict[str, Annotated[Answers, _answers_or(ANY)]], OneQuestion]
    then: Annotated[dict[str, Annotated[Answers, _answers_or(NONE)]], Field(min_length=1, max_length=MOST)]


class GoalKinds(Value):
    """Answers of the question ``goals`` by kind."""

    step: Ids
    job: tuple[str, ...]
    job_implies: str


class HumanRoutes(Value):
    """Listings to talk to, in the order in which they are shown."""

    for_everybody: Ids
    where_it_fits: tuple[str, ...]


class QuestionBook(Value):
    """The whole of the file."""

    people: dict[PersonId, Person]
    open_answers: dict[str, Answer]
    questions: dict[Id, Question] = Field(max_length=MOST)
    goal_kinds: GoalKinds
    implies: tuple[Implication, ...] = Field(max_length=MOST)
    outside_area: dict[str, Ids] = Field(min_length=1)
    human_routes: HumanRoutes
    assumptions: dict[Id, Assumption]

    def answers(self, question: str) -> frozenset[str]:
        return frozenset(self.questions[question].answers)
