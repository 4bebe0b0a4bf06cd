"""How many questions the real catalogue takes, over people sampled from the priors, against the fewest possible."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from os import cpu_count
from statistics import mean, median

from app.eligibility.answers import read_answers
from app.eligibility.interview import FIRST
from app.eligibility.questions import NOT_SURE, Question
from tests.benchmarks.certificate import fewest_answers
from tests.benchmarks.engine import real_world
from tests.benchmarks.interviews import Transcript, interview
from tests.benchmarks.people import Raw, sample_people
from tests.benchmarks.relevance import Relevance, relevance
from tests.benchmarks.settled import More, Oracle
from tests.seeds import seed_catalogue

CHUNK = 25
OTHERS = 40
"""How many other people's answers are tried to find out what a question can change."""


@dataclass(frozen=True)
class Vain:
    """A question that changed nothing: how that is known, and what had been answered before."""

    question: str
    how: Relevance
    known: Raw


@dataclass(frozen=True)
class Case:
    """One person's interview, in numbers of questions.

    ``asked``: until the engine stopped. ``three`` and ``one``: until the first three, and the first, could no longer
    change. ``fewest``: with the luckiest choice and order. ``not_relevant``: those asked in vain, with how that is
    known. ``too_early``: what they had answered when the
    questions stopped, and what more would have changed the first three; None where nothing would.
    """

    asked: int
    three: int
    one: int
    fewest: int
    not_relevant: tuple[Vain, ...]
    too_early: tuple[Raw, More] | None


def measure(number: int) -> list[Case]:
    """Interviews that many people, on all cores."""
    people = sample_people(_oracle().world.questionnaire, _oracle().world.priors, number)
    with get_context("fork").Pool(cpu_count()) as pool:
        return pool.map(_case, people, chunksize=CHUNK)


def same_first_three(number: int) -> int:
    """Of that many people, how many see on stopping the first three of the full questionnaire."""
    world = _oracle().world
    people = sample_people(world.questionnaire, world.priors, number, seed=2)
    with get_context("fork").Pool(cpu_count()) as pool:
        return sum(pool.map(_same, people, chunksize=CHUNK))


def report(cases: Sequence[Case]) -> dict[str, float]:
    """The figures of many interviews, by name; shares are of people, from 0 to 1."""
    doubts = Counter(vain.how for case in cases for vain in case.not_relevant)
    return {
        "people": len(cases),
        "questions until the engine stops, mean": mean(case.asked for case in cases),
        "questions until the engine stops, median": median(case.asked for case in cases),
        "until the first three cannot change, mean": mean(case.three for case in cases),
        "until the first three cannot change, median": median(case.three for case in cases),
        "until the first cannot change, median": median(case.one for case in cases),
        "fewest possible, mean": mean(case.fewest for case in cases),
        "questions against the fewest possible": mean(case.asked for case in cases)
        / mean(case.fewest for case in cases),
        "stopped too early": sum(case.too_early is not None for case in cases),
        "irrelevant questions asked, proved": doubts["irrelevant"],
        "irrelevant questions asked, perhaps": doubts["doubtful"],
    }


@cache
def _oracle() -> Oracle:
    # One in each process: it remembers what it has worked out.
    return Oracle(real_world(seed_catalogue()))


@cache
def _others() -> list[Raw]:
    return sample_people(_oracle().world.questionnaire, _oracle().world.priors, OTHERS, seed=3)


def _case(raw: Raw) -> Case:
    oracle = _oracle()
    transcript = interview(oracle.world, raw)
    return Case(
        asked=len(transcript.asked),
        three=_until_settled(oracle, transcript, FIRST),
        one=_until_settled(oracle, transcript, 1),
        fewest=len(fewest_answers(oracle, raw, FIRST)),
        not_relevant=tuple(_not_relevant(oracle, transcript, raw)),
        too_early=_too_early(oracle, transcript, raw),
    )


def _too_early(oracle: Oracle, transcript: Transcript, raw: Raw) -> tuple[Raw, More] | None:
    more = oracle.change(transcript.states[-1], FIRST)
    return None if more is None else (_answered(transcript.asked, raw), more)


def _until_settled(oracle: Oracle, transcript: Transcript, number: int) -> int:
    """After how many questions no answer could change the first results; one more than asked where it still can."""
    # From the end: what is settled stays so, and much that is open takes long to look through.
    questions = len(transcript.states)
    while questions and oracle.change(transcript.states[questions - 1], number) is None:
        questions -= 1
    return questions


def _not_relevant(oracle: Oracle, transcript: Transcript, raw: Raw) -> Iterator[Vain]:
    for number, question in enumerate(transcript.asked):
        how = relevance(oracle, transcript.states[number], question, [raw, *_others()], FIRST)
        if how != "relevant":
            yield Vain(question.id, how, _answered(transcript.asked[:number], raw))


def _answered(asked: Sequence[Question], raw: Raw) -> Raw:
    return {question.id: raw.get(question.id, NOT_SURE) for question in asked}


def _same(raw: Raw) -> bool:
    world = _oracle().world
    everything = read_answers(world.questionnaire, raw)
    return world.first(interview(world, raw).states[-1], FIRST) == world.first(everything, FIRST)
