"""Files with far too much in them are refused with one clear problem for each thing that is too much."""

from pathlib import Path

import pytest

from tests.exchange.seed_sets import GOOD, OPEN, write_seed
from tests.exchange.test_seed_checks import problems_in

QUESTIONS = "questions.yaml"
_ASK = "{ask: Do you?, text: For those who do., source: [leaflet]}"
_QUESTION = "{kind: one, describes: situation, text: So?, why: So., answers: {a: {label: A, said: a, if_so: a}}}"
_ANSWER = "{label: A, said: a, if_so: a}"
_FOLLOWS = '{when: {conditions: any}, then: {health: ["yes"]}}'


def _lines(line: str, count: int = 10_000) -> str:
    return "".join(line.replace("#", f"{number}") for number in range(count))


@pytest.mark.parametrize(
    ("file", "before", "added", "told"),
    [
        (OPEN, "    routes:\n", _lines(f"      - {_ASK}\n"), "There are 10,004 conditions here, and 20 are the most"),
        (OPEN, "    exclusions:\n", _lines("      - []\n"), "“routes” has more than 4 entries"),
        (OPEN, "referral:\n", _lines("  - {}\n"), "There are 10,001 rules here, and 20 are the most"),
        (QUESTIONS, "goal_kinds:", _lines(f"  q#: {_QUESTION}\n", 5_000), "“questions” has more than 50 entries"),
        (QUESTIONS, "  health:\n", _lines(f"      a#: {_ANSWER}\n"), "“answers” has more than 50 entries"),
        (QUESTIONS, "outside_area:", _lines(f"  - {_FOLLOWS}\n"), "“implies” has more than 50 entries"),
    ],
)
def test_ten_thousand_of_anything_are_refused(tmp_path: Path, file: str, before: str, added: str, told: str) -> None:
    assert GOOD[file].count(before) == 1
    files = {**GOOD, file: GOOD[file].replace(before, added + before)}
    found = [str(problem) for problem in problems_in(write_seed(tmp_path, files))]
    assert any(told in problem for problem in found)
    assert len(found) <= 3


def test_questions_from_which_too_much_follows_are_refused(tmp_path: Path) -> None:
    """Every fact of one list follows from every fact of the other."""
    facts = ", ".join(f"a{number}" for number in range(40))
    answers = ", ".join(f"a{number}: {_ANSWER}" for number in range(40))
    questions = GOOD[QUESTIONS].replace(
        "goal_kinds:",
        "".join(
            f"  {id_}: {{kind: multi, describes: situation, text: So?, why: So., answers: {{{answers}}}}}\n"
            for id_ in ("one", "other")
        )
        + "goal_kinds:",
    )
    questions = questions.replace(
        "outside_area:", f"  - {{when: {{one: [{facts}]}}, then: {{other: [{facts}]}}}}\noutside_area:"
    )
    found = [problem.message for problem in problems_in(write_seed(tmp_path, {**GOOD, QUESTIONS: questions}))]
    assert any(message.startswith("So much follows from so much here that it cannot be checked.") for message in found)
