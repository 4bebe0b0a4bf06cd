"""The fewest of a person's own answers that fix the first results: no order of questions can do with fewer.

For everybody who would see other results, at least one question must be among those asked that tells the two apart.
So the fewest are the smallest set that meets every such set of differences: found by taking the smallest set so far,
looking for somebody whom it does not tell apart, and adding the differences (implicit hitting sets: Moreno-Centeno
and Karp, "The Implicit Hitting Set Approach to Solve Combinatorial Optimization Problems", 2013).
"""

from itertools import combinations

from app.eligibility.answers import AnswerError, read_answers
from app.eligibility.questions import NOT_SURE, Questionnaire
from tests.benchmarks.engine import First
from tests.benchmarks.people import Raw
from tests.benchmarks.settled import Oracle


def fewest_answers(oracle: Oracle, raw: Raw, number: int) -> frozenset[str]:
    """The smallest set of questions, each after the one it hangs on, whose answers fix the first results."""
    questionnaire = oracle.world.questionnaire
    goal = _first(oracle, raw, number)
    candidates = _closed_sets(questionnaire, raw, _necessary(oracle, raw, goal, number))
    while True:
        smallest = candidates[0]
        known = {id_: raw[id_] for id_ in raw if id_ in smallest}
        more = oracle.change(read_answers(questionnaire, known), number)
        if more is None:
            return smallest
        other = known if _first(oracle, known, number) != goal else {**known, **dict(more)}
        differences = _differences(oracle, raw, other, goal, number)
        candidates = [chosen for chosen in candidates if chosen & differences]


def _necessary(oracle: Oracle, raw: Raw, goal: First, number: int) -> frozenset[str]:
    """Questions that nobody can leave out: another answer to one of them alone brings other results.

    The loop would find them too, but slowly: with little known, much can change.
    """
    questionnaire = oracle.world.questionnaire
    asked = [question for question in oracle.everything.questions if question.id in raw]
    found = set()
    for question in asked:
        for value in (NOT_SURE, *oracle.everything.simple_values(question)):
            other = _that_apply(questionnaire, {**raw, question.id: value})
            try:
                if _first(oracle, other, number) != goal:
                    found.add(question.id)
                    break
            except AnswerError:
                continue
    return frozenset(found)


def _closed_sets(questionnaire: Questionnaire, raw: Raw, necessary: frozenset[str]) -> list[frozenset[str]]:
    """All sets of questions that this person could be asked and that hold the necessary ones, smallest first."""
    parents = {id_: parent[0] for id_ in raw if (parent := questionnaire[id_].asked_if)}
    others = [id_ for id_ in raw if id_ not in necessary]
    sets = (necessary | frozenset(chosen) for size in range(len(others) + 1) for chosen in combinations(others, size))
    return [chosen for chosen in sets if all(parents[id_] in chosen for id_ in chosen if id_ in parents)]


def _differences(oracle: Oracle, raw: Raw, other: Raw, goal: First, number: int) -> frozenset[str]:
    """The questions in which somebody with other results differs, after being made as like this person as can be."""
    questionnaire = oracle.world.questionnaire
    for id_ in raw:
        closer = _that_apply(questionnaire, {**other, id_: raw[id_]})
        try:
            if _first(oracle, closer, number) != goal:
                other = closer
        except AnswerError:
            continue
    different = {id_ for id_ in raw if other.get(id_) != raw[id_]}
    return frozenset(id_ for id_ in different if not ((up := questionnaire[id_].asked_if) and up[0] in different))


def _that_apply(questionnaire: Questionnaire, raw: Raw) -> Raw:
    """The answers without those to questions that would not have been asked."""
    parents = {id_: parent for id_ in raw if (parent := questionnaire[id_].asked_if)}
    shut = {id_ for id_, (up, wanted) in parents.items() if raw.get(up, NOT_SURE) not in {NOT_SURE, *wanted}}
    return {id_: value for id_, value in raw.items() if id_ not in shut}


def _first(oracle: Oracle, raw: Raw, number: int) -> First:
    return oracle.first(read_answers(oracle.world.questionnaire, raw), number)
