"""Every set of answers that a person can give, as independent parts of questions that hang together.

A set of answers says something to each question that makes sense to the person: an answer, "not sure" or "prefer not to
say". Questions come in the order of the questionnaire, but after the one they hang on. Contradictory sets are left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .answers import AnswerError, Answers, applies, with_answer
from .possible import TooTangledError
from .priors import Priors
from .questions import NONE, NOT_SURE, OPEN_ANSWERS, Question, Questionnaire

Pair = tuple[str, object]
"""A question with an answer; a list gives one pair for each chosen fact, and one for ``none`` in any case."""
Settled = frozenset[tuple[str, str]]
"""What follows from an answer: pairs of question and answer, ``none`` for none of a list."""
ANY = "any"
"""In what is settled: at least one fact of the list holds."""
Ticked = tuple[tuple[str, Settled], ...]
"""The lists that were answered, each with what its chosen facts settle elsewhere."""
MOST_FRAMES = 10_000
"""Of questions that hang together. More would take minutes, and memory without end."""


@dataclass(frozen=True)
class Ways:
    """How many sets of answers, the share of people who would give them, and one of them as an example.

    The share is of the people who answer everything, by the priors: sets with an open answer add nothing to it.
    """

    count: int
    share: float
    example: tuple[Pair, ...] = ()

    def __add__(self, other: "Ways") -> "Ways":
        example = self.example if self.count else other.example
        return Ways(self.count + other.count, self.share + other.share, example)

    def __mul__(self, other: "Ways") -> "Ways":
        return Ways(self.count * other.count, self.share * other.share, self.example + other.example)


NO_WAY = Ways(0, 0.0)
ONE_WAY = Ways(1, 1.0)


@dataclass(frozen=True)
class Frame:
    """One way to answer questions that hang together. Which facts of the ``ticked`` lists hold is left open."""

    answers: Answers
    ways: Ways
    ticked: Ticked = ()


@dataclass(frozen=True)
class Fact:
    """One fact of a list: the facts of the list that follow from it, itself included, and what it settles elsewhere."""

    id: str
    own: frozenset[str]
    settles: Settled
    share: float


@dataclass(frozen=True)
class Space:
    """All sets of answers. ``parts``: the frames by the questions that they answer; ``facts`` by list."""

    questionnaire: Questionnaire
    parts: Mapping[tuple[str, ...], Sequence[Frame]]
    facts: Mapping[str, Sequence[Fact]]

    def raw(self, example: Iterable[Pair]) -> Mapping[str, object]:
        """The example of some ways as plain answers: see ``read_answers``."""
        raw: dict[str, object] = {}
        for id_, value in example:
            before = raw.get(id_)
            if not self.facts[id_] or value == NOT_SURE:
                raw[id_] = value
            elif isinstance(before, list) and before != [NONE]:
                before.append(value)
            else:
                raw[id_] = [value]
        return raw


def space_of(questionnaire: Questionnaire, priors: Priors) -> Space:
    """Every set of answers to the questionnaire.

    Raises ``TooTangledError`` where too many questions hang together, or too much follows from the facts of a list.
    """
    facts = {question.id: _facts(questionnaire, priors, question) for question in questionnaire}
    choices = {question.id: list(_choices(priors, question, facts[question.id])) for question in questionnaire}
    parts: dict[tuple[str, ...], Sequence[Frame]] = {}
    for part in _parts(questionnaire):
        frames = [Frame(Answers(), ONE_WAY)]
        for id_ in part:
            if len(frames) * len(choices[id_]) > MOST_FRAMES:
                raise TooTangledError
            frames = [after for frame in frames for after in _asked(questionnaire, id_, frame, choices[id_])]
        parts[part] = frames
    return Space(questionnaire, parts, facts)


def _parts(questionnaire: Questionnaire) -> Iterable[tuple[str, ...]]:
    """The questions, together with those they hang on, imply, or follow from."""
    together = {question.id: {question.id} for question in questionnaire}
    links = [(rule.when_question, rule.then_question) for rule in questionnaire.implications]
    links += [(question.id, question.asked_if[0]) for question in questionnaire if question.asked_if]
    for one, other in links:
        joined = together[one] | together[other]
        together.update(dict.fromkeys(joined, joined))
    order = sorted(questionnaire.questions, key=lambda id_: _depth(questionnaire, id_))
    return dict.fromkeys(tuple(id_ for id_ in order if id_ in together[start]) for start in order)


def _depth(questionnaire: Questionnaire, question_id: str) -> int:
    asked_if = questionnaire[question_id].asked_if
    return 1 + _depth(questionnaire, asked_if[0]) if asked_if else 0


def _asked(
    questionnaire: Questionnaire, question_id: str, frame: Frame, choices: Iterable[tuple[object, Ways, Ticked]]
) -> Iterator[Frame]:
    question = questionnaire[question_id]
    if not applies(question, frame.answers):
        yield frame
        return
    for value, ways, ticked in choices:
        try:
            answers = with_answer(questionnaire, frame.answers, question, value)
        except AnswerError:
            continue
        yield Frame(answers, frame.ways * ways, frame.ticked + ticked)


def _choices(priors: Priors, question: Question, facts: Sequence[Fact]) -> Iterator[tuple[object, Ways, Ticked]]:
    """What a person can say; of a list, one example for everything that its facts can settle elsewhere."""
    yield NOT_SURE, Ways(len(OPEN_ANSWERS), 0.0, ((question.id, NOT_SURE),)), ()
    if question.kind == "multi":
        for settled, chosen in _examples(facts).items():
            yield chosen or [NONE], Ways(1, 1.0, ((question.id, NONE),)), ((question.id, settled),)
    elif question.kind == "one":
        for answer in question.answer_ids:
            yield answer, Ways(1, priors.likely_answers(question).get(answer, 0.0), ((question.id, answer),)), ()
    else:
        for number in range(question.lowest, question.highest + 1):
            yield number, Ways(1, priors.age_share(number, number + 1), ((question.id, number),)), ()


def _examples(facts: Iterable[Fact]) -> Mapping[Settled, list[str]]:
    examples: dict[Settled, list[str]] = {frozenset(): []}
    for fact in facts:
        examples = {settled | fact.settles: [*chosen, fact.id] for settled, chosen in examples.items()} | examples
        if len(examples) > MOST_FRAMES:
            raise TooTangledError
    return examples


def _facts(questionnaire: Questionnaire, priors: Priors, question: Question) -> Sequence[Fact]:
    if question.kind != "multi":
        return ()
    rules = [rule for rule in questionnaire.implications if rule.then_question == question.id != rule.when_question]
    # Whether such a fact holds, or any at all, decides whether another answer contradicts the list.
    demanded = {(question.id, answer) for rule in rules for answer in rule.then_answers}
    ticked = frozenset({(question.id, ANY)} if not all(rule.then_answers for rule in rules) else ())
    facts = []
    for id_ in question.answer_ids:
        found = consequences(questionnaire, question.id, id_)
        own = frozenset(answer for other, answer in found if other == question.id)
        settles = frozenset(pair for pair in found if pair[0] != question.id or pair in demanded)
        facts.append(Fact(id_, own, settles | ticked, priors.likely_answers(question).get(id_, 0.0)))
    return facts


def consequences(questionnaire: Questionnaire, question_id: str, answer: str) -> Settled:
    """An answer with all that follows from it."""
    found: Settled = frozenset()
    more: Settled = frozenset({(question_id, answer)})
    while more > found:
        found = more
        more = found | {
            (rule.then_question, then)
            for rule in questionnaire.implications
            for question, given in found
            if question == rule.when_question and given in (rule.when_answers or {given}) - {NONE}
            for then in rule.then_answers or (NONE,)
        }
    return found
