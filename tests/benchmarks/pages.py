"""What a page costs: the server's time for each kind of page of the check, and the bytes of a first visit."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import yaml
from flask.testing import FlaskClient

from tests.benchmarks.timing import Task, median_ms
from tests.web.checker import Page
from tests.web.site import FORM, Answers, Visitor, question_in, seeded_site

ROUNDS = 9
PEOPLE = 6
CASES = Path(__file__).parents[1] / "judged_cases.yaml"
BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
LOADED = {"stylesheet", "icon", "modulepreload"}
"""What a browser fetches of all that a page links to."""

Tasks = Mapping[str, Sequence[Task]]


def figures() -> dict[str, float]:
    """Milliseconds that the server needs, with packing the page; bytes and requests of a visit with an empty cache."""
    walks = [_Walk(answers) for answers in _people()]
    times = {f"{kind}, ms": median_ms(tasks, ROUNDS) for kind, tasks in _by_kind(walks).items()}
    return times | dict(_first_visits(walks[0]))


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


def _first_visits(walk: _Walk) -> Iterator[tuple[str, float]]:
    for name, address in (("home", "/"), ("question", walk.questions[0]), ("results", "/check/results")):
        sizes = [_transferred(walk.client, each) for each in (address, *_loaded(walk.client, address))]
        yield f"first visit to {name}, KB", sum(sizes) / 1024
        yield f"first visit to {name}, requests", len(sizes)


def _loaded(client: FlaskClient, address: str) -> set[str]:
    page = Page(client.get(address).text)
    links = {link["href"] for link in page.all("link") if set((link.get("rel") or "").split()) & LOADED}
    return {found for found in links | {one.get("src") for one in page.all("script") + page.all("img")} if found}


def _transferred(client: FlaskClient, address: str) -> int:
    """Bytes of an answer as it goes over the line: its headers and its packed body."""
    response = client.get(address, headers=BROWSER)
    assert response.status_code == 200, address
    return len(str(response.headers)) + len(response.data)
