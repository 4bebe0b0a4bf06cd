"""How the use of a listing is shown: in words, as numbers of which small ones are hidden, and as bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.actions.use import KINDS, Kind, Use
from app.directory.small_numbers import HIDDEN, shown, shown_total

LENGTHS = (30, 90)
"""Days that somebody can choose to see; the first unless they choose."""
WIDTH, HEIGHT = 360, 156
"""Of the drawing, in its own units, in which the measures below are given too."""
LEFT, TOP, FLOOR = 36, 14, 128
_MIDDLE, _LEAST_HOLLOW = 4, 10.0
"""A hidden number stands for 1 to 7. Its mark goes up to the middle of these, and can always be seen."""
_LEAST_TOP = 20
"""So that a day of ten is not drawn as if it were a great many."""


class Words(NamedTuple):
    name: str
    meaning: str


WORDS: Mapping[Kind, Words] = {
    "found": Words(
        "Found",
        "How often this service stood on a page of search results. Results that change while somebody types "
        "are counted once they stand still.",
    ),
    "read": Words("Read", "How often its page was opened. Your own visits count too: we do not know who opens it."),
    "recommended": Words(
        "Recommended",
        "How often it was one of the first three results of “Find what fits”. "
        "Who opens their results again counts again.",
    ),
    "copied": Words(
        "Copied",
        "How often somebody copied its referral text with the button or the key for it. "
        "We cannot count text that is copied in another way.",
    ),
}


@dataclass(frozen=True)
class Bar:
    """``hidden``: a number from 1 to 7. The bar's corner is at ``x`` and ``y``."""

    x: float
    y: float
    width: float
    height: float
    hidden: bool


@dataclass(frozen=True)
class Plot:
    """One kind of use. ``numbers``: each day with its number as shown, the newest first. ``top``: of the scale."""

    kind: Kind
    words: Words
    total: str
    numbers: tuple[tuple[date, str], ...]
    bars: tuple[Bar, ...]
    top: int
    said: str
    anything: bool


def plots(use: Use) -> list[Plot]:
    return [_plot(kind, use.days, use.times[kind]) for kind in KINDS]


def totals(use: Use) -> dict[Kind, str]:
    """The total of each kind, as shown."""
    return {kind: shown_total(use.times[kind]) for kind in KINDS}


def _plot(kind: Kind, days: tuple[date, ...], times: tuple[int, ...]) -> Plot:
    numbers = [shown(number) for number in times]
    top = max(_LEAST_TOP, *(int(number) for number in numbers if number != HIDDEN), 0)
    return Plot(
        kind=kind,
        words=WORDS[kind],
        total=shown_total(times),
        numbers=tuple(reversed(list(zip(days, numbers, strict=True)))),
        bars=tuple(_bars(numbers, top)),
        top=top,
        said=_in_words(numbers),
        anything=any(times),
    )


def _bars(numbers: list[str], top: int) -> list[Bar]:
    """A day with nothing has no bar."""
    step = (WIDTH - LEFT) / len(numbers)
    bars = []
    for place, number in enumerate(numbers):
        if number == "0":
            continue
        hidden = number == HIDDEN
        height = (_MIDDLE if hidden else int(number)) / top * (FLOOR - TOP)
        height = round(max(height, _LEAST_HOLLOW) if hidden else height, 2)
        x = LEFT + (place + 0.125) * step
        bars.append(Bar(round(x, 2), round(FLOOR - height, 2), round(step * 0.75, 2), height, hidden))
    return bars


def _in_words(numbers: list[str]) -> str:
    """What the drawing shows, for whoever does not see it."""
    few, none = numbers.count(HIDDEN), numbers.count("0")
    most = max((int(number) for number in numbers if number != HIDDEN), default=0)
    parts = [f"The most on a day is about {most}." if most else "No day has more than 7."]
    if few:
        parts.append(f"{few} {'day has' if few == 1 else 'days have'} from 1 to 7.")
    if none:
        parts.append(f"{none} {'day has' if none == 1 else 'days have'} none.")
    return " ".join([*parts, "All numbers are in the table."])
