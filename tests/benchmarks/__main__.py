"""The benchmarks: `make bench` prints them and writes bench.json. Name sections to run only those.

Machines differ and are shared: times are medians, and peers are timed in the same run and given as multiples of ours.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.catalogue import Catalogue
from tests.benchmarks import (
    budgets,
    counting,
    decision,
    impact,
    open_data,
    pages,
    peers,
    proof,
    publishing,
    questions,
    reading,
    searching,
    shaking,
)
from tests.benchmarks.engine import real_world
from tests.seeds import seed_catalogue

SECTIONS: Mapping[str, Callable[[Catalogue], Mapping[str, float]]] = {
    "peers": lambda catalogue: peers.figures(real_world(catalogue)),
    "decision": decision.figures,
    "proof": proof.figures,
    "impact": impact.figures,
    "reading": reading.figures,
    "searching": lambda _: searching.figures(),
    "pages": lambda _: pages.figures(),
    "budgets": lambda _: budgets.figures(),
    "questions": lambda _: questions.figures(),
    "publishing": lambda _: publishing.figures(),
    "counting": lambda _: counting.figures(),
    "open data": lambda _: open_data.figures(),
}
SHAKING = "shaking"


def main() -> None:
    """Runs the sections that were named, else all; keeps the figures of the others in bench.json."""
    wanted = sys.argv[1:] or [*SECTIONS, SHAKING]
    if unknown := set(wanted) - {*SECTIONS, SHAKING}:
        sys.exit(f"There is no section {', '.join(sorted(unknown))}. Choose from {', '.join([*SECTIONS, SHAKING])}.")
    written = Path("bench.json")
    table = json.loads(written.read_text()) if written.exists() and sys.argv[1:] else {}
    for section in wanted:
        print(f"\n{section}", flush=True)
        if section == SHAKING:
            print(shaking.report(seed_catalogue()))
            continue
        table[section] = {name: round(figure, 3) for name, figure in SECTIONS[section](seed_catalogue()).items()}
        for name, figure in table[section].items():
            limits = "".join(part.limit(name, figure) for part in (budgets, publishing, counting, open_data))
            print(f"  {name:70} {figure:14,.3f}{limits}", flush=True)
    written.write_text(json.dumps(table, indent=2) + "\n")


if __name__ == "__main__":
    main()
