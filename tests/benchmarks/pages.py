"""What a page costs: the server's time for each kind of page of the check."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import yaml
from flask.testing import FlaskClient

from tests.benchmarks.timing import Task, median_ms
from tests.web.site import FORM, Answers, Visitor, question_in, seeded_site

ROUNDS = 9
PEOPLE = 6
CASES = Path(__file__).parents[1] / "judged_cases.yaml"
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}

Tasks = Mapping[str, Sequence[Task]]


def figures() -> dict[str, float]:
    """Milliseconds that the server needs, with packing the page."""
    walks = [_Walk(answers) for answers in _people()]
    kinds: Tasks = {"20,000 writes to a dictionary, to know this machine by": [_writes] * 10, **_by_kind(walks)}
    return {f"{kind}, ms": median_ms(tasks, ROUNDS) for kind, tasks in kinds.items()}


def _writes() -> None:
    found = {}
    for number in range(20_000):
        found[str(number % 97)] = number


def _people() -> list[Answers]:
    cases = yaml.safe_load(CASES.read_text())
    present = [case["answers"] for case in cases if not case["as_of"].startswith("2016")]
    return [
        {id_: value if isinstance(value, list) else str(value) for id_, value in answers.items()}
        for answers in present[:PEOPLE]
    ]


class _Walk:
    """One person's way to the results, to be gone over again: an answer given twice is the same answer."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._visitor = Visitor(seeded_site())
        self.client: FlaskClient = self._visitor.client
        self._visitor.go_through(answers)
        questions = {response.request.path for response in self._visitor.seen if FORM.search(response.text)}
        self.questions = sorted(questions)

    def opening(self, addresses: Sequence[str]) -> list[Task]:
        return [partial(self.client.get, address, headers=BROWSER) for address in addresses]

    def answering(self) -> list[Task]:
        forms = [self._visitor.form_at(address) for address in self.questions]
        said = [{"answer": self._answers.get(question_in(form), "not_sure")} for form in forms]
        return [
            partial(self.client.post, form, data=answer, headers=BROWSER)
            for form, answer in zip(forms, said, strict=True)
        ]


def _by_kind(walks: Sequence[_Walk]) -> Tasks:
    def opened(*addresses: str) -> list[Task]:
        return [task for walk in walks for task in walk.opening(addresses)]

    return {
        "start page": opened("/check"),
        "question page": [task for walk in walks for task in walk.opening(walk.questions)],
        "answer taken, on to the next question": [task for walk in walks for task in walk.answering()],
        "answers page": opened("/check/answers"),
        "results page": opened("/check/results"),
    }
