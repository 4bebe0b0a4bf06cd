"""How many questions are asked, and how few could do: `python -m tests.benchmarks.questions`."""

import argparse
from multiprocessing import get_context
from os import cpu_count
from statistics import mean

from tests.benchmarks.optimum import against_the_optimum
from tests.benchmarks.population import measure, report, same_first_three

PEOPLE = 1_000
CATALOGUES = 60
SAME = 10_000
SHOWN = 5
"""How many of the cases to look into are printed."""


def figures(people: int = PEOPLE, catalogues: int = CATALOGUES, same: int = SAME) -> dict[str, float]:
    """Small catalogues against the exact optimum, then the real one; with the cases to look into printed."""
    cases = measure(people)
    for vain in [vain for case in cases for vain in case.not_relevant][:SHOWN]:
        print(f"  asked in vain ({vain.how}): {vain.question} at {vain.known}")
    for known, more in [case.too_early for case in cases if case.too_early][:SHOWN]:
        print(f"  stopped too early at {known}: {dict(more)} changes the first three")
    return {
        **_small_catalogues(catalogues),
        **report(cases),
        f"same first three as the full questionnaire, of {same:,}": same_first_three(same) / same,
    }


def _small_catalogues(number: int) -> dict[str, float]:
    with get_context("fork").Pool(cpu_count()) as pool:
        compared = pool.map(against_the_optimum, range(number), chunksize=1)
    worst = max(compared, key=lambda one: one.ratio)
    return {
        "small catalogues": number,
        "mean questions against the optimum, mean of catalogues": mean(one.ratio for one in compared),
        "mean questions against the optimum, worst catalogue": worst.ratio,
        "the seed of the worst": worst.seed,
    }


def main() -> None:
    """Prints the figures for as many people and catalogues as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="N", help="people on the real catalogue")
    parser.add_argument("--catalogues", type=int, default=CATALOGUES, metavar="N", help="small catalogues")
    parser.add_argument("--same", type=int, default=SAME, metavar="N", help="people whose first three are compared")
    parser.add_argument("--quick", action="store_true", help="a hundred people and ten catalogues")
    options = parser.parse_args()
    if options.quick:
        options.people, options.catalogues, options.same = 100, 10, 100
    for name, figure in figures(options.people, options.catalogues, options.same).items():
        print(f"{name:60} {figure:10.3f}")


if __name__ == "__main__":
    main()
