"""Groups of people in words, as a commissioner would say them."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from app.directory.dates import date_in_words
from app.eligibility.questions import Question, Questionnaire
from app.eligibility.rules import Condition


def people(questionnaire: Questionnaire, conditions: Iterable[Condition]) -> str:
    """The people who meet the conditions: "People who live in Enfield and are under 16, but not those who …"."""
    said, unlike = [], []
    for condition in conditions:
        question = questionnaire[condition.question or ""]
        positive, negative = _condition(question, condition)
        said += [_list(positive, "or")] if positive else []
        unlike += negative
    if not said:
        return f"Everybody but those who {_list(unlike, 'or')}" if unlike else "Everybody"
    who = f"People who {' and who '.join(said)}"
    return f"{who}, but not those who {_list(unlike, 'or')}" if unlike else who


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
    return f"People who {_list(said, 'and')}" if said else "All people"


def _list(parts: Sequence[str], word: str) -> str:
    """a, b and c."""
    return f" {word} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def coverage_in_words(proof: Mapping[str, Any]) -> str:
    """The proof (see ``coverage``) for a person to read."""
    everywhere, day = proof["areas"][0], date_in_words(proof["as_of"])
    found = everywhere["human_route"]["sets"]
    if proof["hole"]:
        first = (
            f"There is a dead end on {day}: {everywhere['sets'] - found:,} of {everywhere['sets']:,} sets of answers"
        )
        lines = [f"{first} lead to nobody to talk to."]
    else:
        lines = [f"No dead end on {day}: each of {everywhere['sets']:,} sets of answers leads to somebody to talk to."]
    lines += ["", "Share of all sets of answers, “not sure” included, and of people who answer everything:", ""]
    lines += [_ROW.format("", "a programme fits", "fits or may fit", "somebody to talk to")]
    lines += [_area(area) for area in proof["areas"]]
    for part in proof["unserved"]:
        lines += ["", f"{part['heading']}:", *(_group(group) for group in part["groups"])]
        lines += [] if part["groups"] else ["- no group of one person in a thousand or more"]
    return "\n".join(lines)


_ROW = "{:16}{:>20}{:>20}{:>22}"


def _area(area: Mapping[str, Any]) -> str:
    cells = []
    for level in ("fits", "fits_or_may_fit", "human_route"):
        sets = Fraction(area[level]["sets"], area["sets"])
        share = area[level]["share"]
        cells.append(f"{_percent(sets)} · {'–' if share is None else _percent(share)}")
    return _ROW.format(area["name"], *cells)


def _group(group: Mapping[str, Any]) -> str:
    routes = _list([route["name"] for route in group["talk_to"]], "and")
    remain = f"all can talk to {routes}" if routes else "whom they can talk to depends on other answers"
    return f"- {group['people']}: {remain} ({100 * group['share']:.1f} % of people; {group['sets']:,} sets of answers)."


def _percent(share: Fraction | float) -> str:
    """Rounded down: only everybody is 100 %."""
    return f"{floor(share * 1000) / 10:g} %"
