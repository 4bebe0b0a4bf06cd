"""Groups of people in words, as a commissioner would say them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from app.directory.dates import date_in_words
from app.eligibility.explain import either, listed
from app.eligibility.questions import Question, Questionnaire
from app.eligibility.rules import Condition


def people(questionnaire: Questionnaire, conditions: Iterable[Condition]) -> str:
    """The people who meet the conditions: "People who live in Enfield and are under 16. None of them …"."""
    said, unlike = [], []
    for condition in conditions:
        question = questionnaire[condition.question or ""]
        positive, negative = _condition(question, condition)
        said += [either(positive)] if positive else []
        unlike += negative
    if not said:
        return f"Everybody but those who {either(unlike)}" if unlike else "Everybody"
    who = f"People who {listed(said, 'and')}"
    return f"{who}. None of them {either(unlike)}" if unlike else who


def _condition(question: Question, condition: Condition) -> tuple[list[str], list[str]]:
    """What the people say of themselves (any one of these), and what they do not."""
    if condition.span:
        return [_numbers(question, int(condition.span.low), int(condition.span.high) - 1)], []
    answers = [answer for answer in question.answers if answer.id in condition.any_of]
    others = [answer for answer in question.answers if answer.id not in condition.any_of]
    if condition.excludes:
        return [], [answer.said for answer in answers]
    if question.kind == "one" and len(answers) > len(others):
        return [], [answer.said for answer in others]
    return [answer.said for answer in answers], []


def _numbers(question: Question, lowest: int, highest: int) -> str:
    """A band of whole numbers, both ends included: "are under 16", "are 65 or over", "are 16 to 25"."""
    value = f"{lowest} to {highest}" if lowest < highest else str(lowest)
    if lowest <= question.lowest:
        value = f"under {highest + 1}"
    elif highest >= question.highest:
        value = f"{lowest} or over"
    return question.said.replace("{value}", value)


def people_saying(questionnaire: Questionnaire, raw: Mapping[str, object]) -> str:
    """The people who give these answers. A number may be a band of which both ends are included, such as "16-25"."""
    said: list[str] = []
    for id_, value in raw.items():
        question = questionnaire[id_]
        if question.kind == "number":
            ends = [int(end) for end in str(value).split("-")]
            said.append(_numbers(question, ends[0], ends[-1]))
        else:
            said += [question.answer(answer).said for answer in (value if isinstance(value, list) else [str(value)])]
    return f"People who {listed(said, 'and')}" if said else "All people"


def coverage_in_words(proof: Mapping[str, Any]) -> str:
    """The proof (see ``coverage``) for a person to read. The exact counts are left to the JSON."""
    day = date_in_words(proof["as_of"])
    proved = f"No dead end on {day}. Whatever people answer, there is somebody to talk to."
    lines = [f"There is a dead end on {day}. Some answers lead to nobody." if proof["hole"] else proved]
    lines += ["", "Of the people who answer every question, by where they live:", ""]
    lines += _table([(area["name"], [area[level]["share"] for level in LEVELS]) for area in proof["areas"]])
    lines += ["", "Of all the ways to answer, “not sure” included:", ""]
    lines += _table([(area["name"], [_ways(area, level) for level in LEVELS]) for area in proof["areas"]])
    return "\n".join((*lines, *_unserved(proof["unserved"])))


LEVELS = {"fits": "a programme fits", "fits_or_may_fit": "fits or may fit", "human_route": "somebody to talk to"}
_ROW = "{:16}{:>20}{:>20}{:>22}"


def _table(rows: Iterable[tuple[str, Sequence[Fraction | float | None]]]) -> Iterator[str]:
    """The rows of which every share is known. Rounded down: only everybody is 100%."""
    yield _ROW.format("", *LEVELS.values())
    for name, shares in rows:
        known = [share for share in shares if share is not None]
        if len(known) == len(LEVELS):
            yield _ROW.format(name, *(f"{floor(share * 1000) / 10:g}%" for share in known))


def _ways(area: Mapping[str, Any], level: str) -> Fraction:
    return Fraction(area[level]["sets"], area["sets"])


def _unserved(parts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    groups = [group for part in parts for group in part["groups"]]
    common = [
        name for name in _names(groups[0]["talk_to"]) if all(name in _names(group["talk_to"]) for group in groups)
    ]
    if common:
        yield from ("", f"Everybody below can talk to {listed(common, 'and')}. Groups may overlap.")
    for part in parts:
        yield from ("", f"{part['heading']}:")
        yield from (_group(group, common) for group in part["groups"])
        if not part["groups"]:
            yield "- No group of one person in a thousand or more."


def _group(group: Mapping[str, Any], common: Sequence[str]) -> str:
    every = [name for name in _names(group["talk_to"]) if name not in common]
    some = _names(group["some_can_talk_to"])
    shown = some if len(some) <= MOST_NAMED else [*some[: MOST_NAMED - 1], f"{len(some) - MOST_NAMED + 1} others"]
    sentences = [f"- {group['people']}.", f"That is {round(100 * group['share'], 1):g}% of people."]
    sentences += [f"All can talk to {listed(every, 'and')}."] if every else []
    sentences += [f"Some can talk to {listed(shown, 'and')}."] if shown else []
    return " ".join(sentences)


MOST_NAMED = 3
"""The rest of those to whom only some of a group can talk are counted."""


def _names(routes: Iterable[Mapping[str, str]]) -> list[str]:
    return [route["name"] for route in routes]
