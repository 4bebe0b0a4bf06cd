"""Times what readers wait for, on the real catalogue: `make bench` prints a table and writes bench.json.

Each figure is the median of several rounds. Machines differ and are shared, so the last column sets it against the
time that this machine takes, in the same run, to evaluate every rule once.
"""

import json
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from app.actions.find import find
from app.actions.recommend import RECOMMENDED_ROLES, recommend
from app.catalogue import Catalogue, make_catalogue
from app.eligibility.answers import read_answers
from app.eligibility.evaluate import evaluate
from app.eligibility.interview import Interview, next_question
from tests.seeds import published_seed

ROUNDS = 15
DAY = date(2026, 11, 21)
ANSWERS: dict[str, object] = {"lives_in": "camden", "age": 42, "conditions": ["back_or_neck"]}
QUERIES = ("sick note", "WorkWell", "lost my job because of illness", "anxity", "autism camden", "xyzzy")


def main() -> None:
    """Prints the table and writes bench.json."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = make_catalogue(published_seed(), Path(folder))
        times = {name: _milliseconds(task) for name, task in _tasks(catalogue, Path(folder)).items()}
    unit = times["every rule evaluated once"]
    table = {name: {"ms": round(ms, 3), "ratio": round(ms / unit, 2)} for name, ms in times.items()}
    for name, row in table.items():
        print(f"{name:42} {row['ms']:10.3f} ms {row['ratio']:10.2f} ×")
    Path("bench.json").write_text(json.dumps(table, indent=2) + "\n")


def _tasks(catalogue: Catalogue, folder: Path) -> dict[str, Callable[[], object]]:
    answers = read_answers(catalogue.questionnaire, ANSWERS)
    programmes = [p for p in catalogue.programmes.values() if p.role in RECOMMENDED_ROLES and p.open_on(DAY)]
    nobody = read_answers(catalogue.questionnaire, {})
    interview = Interview(catalogue.questionnaire, programmes, catalogue.priors, DAY)
    return {
        "every rule evaluated once": lambda: [
            evaluate(programme.rules_on(DAY), answers) for programme in catalogue.programmes.values()
        ],
        "first question": lambda: next_question(interview, nobody),
        "a whole recommendation": lambda: recommend(catalogue, ANSWERS, DAY),
        "six searches": lambda: [find(catalogue, query, None, 10) for query in QUERIES],
        "a new snapshot of the catalogue": lambda: make_catalogue(published_seed(), folder),
    }


def _milliseconds(task: Callable[[], object]) -> float:
    task()
    rounds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        task()
        rounds.append(time.perf_counter() - started)
    return median(rounds) * 1000


if __name__ == "__main__":
    main()
