"""Taking times: medians over several rounds, in milliseconds."""

import time
from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles

Task = Callable[[], object]


def milliseconds(task: Task) -> float:
    """How long the task takes this once."""
    started = time.perf_counter()
    task()
    return (time.perf_counter() - started) * 1000


def median_ms(tasks: Iterable[Task], rounds: int) -> float:
    """The median over that many rounds of each task, each run once before the clock starts."""
    times = []
    for task in tasks:
        task()
        times += [milliseconds(task) for _ in range(rounds)]
    return median(times)


def percentile(times: Sequence[float], percent: int) -> float:
    """The time that this many per cent stay within."""
    return quantiles(times, n=100, method="inclusive")[percent - 1]
