"""The proof that nobody ends at a dead end: all sets of answers, counted without listing them.

The walk goes from one part of the questionnaire to the next with the rows (see ``compiled``) that are still alive. It
ends where none is left, or where one has nothing more to lose; and it remembers what it found for the same rows. So it
walks a decision diagram (Bryant 1986, doi:10.1109/TC.1986.1676819) that is never built.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import prod
from operator import and_

from .compiled import ALL, Column, Compiled, Mask, union
from .possible import TooTangledError
from .space import NO_WAY, ONE_WAY, Frame, Settled, Space, Ticked, Ways

Lost = Mapping[Mask, Ways]
"""How often which rows are lost."""
STEPS = 500_000
"""After so many the walk gives up. A thousand programmes like the real ones take a tenth; without any order, all."""


@dataclass(frozen=True)
class _Stop:
    """One part on the way: the rows it concerns, and what its frames leave of them, by answer (see ``Walk.by``)."""

    mentioned: Mask
    frames: Mapping[str, Mapping[tuple[Mask, Ticked], Ways]]


@dataclass
class Walk:
    """A walk over all sets of answers with the rows of some rules. Raises ``TooTangledError`` after ``STEPS`` steps.

    ``lenient`` are the rows that serve whoever may still meet them; every other row must be met in all its conditions.
    ``by`` is the single-answer question by whose answers the results are told apart.
    """

    space: Space
    compiled: Compiled
    lenient: Mask
    by: str = ""
    _found: dict[tuple[int, Mask], Ways] = field(init=False, default_factory=dict)
    _lists: dict[tuple[str, Mask, Mask], Mapping[Settled, Lost]] = field(init=False, default_factory=dict)
    _steps: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._columns = {column.question.id: column for column in self.compiled.columns}
        self._concerned = defaultdict(int, {id_: _mentioned(column) for id_, column in self._columns.items()})
        stops = {part: self._stop(part, frames) for part, frames in self.space.parts.items()}
        order = sorted(stops, key=lambda part: self._turn(part, stops[part]))
        self._stops = [stops[part] for part in order]
        left = [self._stops[number:] for number in range(len(order) + 1)]
        self._settled = [~union(stop.mentioned for stop in stops) for stops in left]

    def _turn(self, part: Sequence[str], stop: _Stop) -> tuple[bool, bool, int]:
        """First the part that tells results apart, last the lists: with all else settled, most facts end the walk."""
        return self.by not in part, any(self.space.facts[id_] for id_ in part), -stop.mentioned.bit_count()

    def unserved(self, rows: Mask) -> Mapping[str, Ways]:
        """The sets of answers that none of the rows serves, by the answer to ``by`` ("" where it is open)."""
        alive = rows & (self.lenient | ~self.compiled.unasked)
        return {answer: self._at(0, alive, [answer]) for answer in self._stops[0].frames}

    def _step(self) -> None:
        self._steps += 1
        if self._steps > STEPS:
            raise TooTangledError

    def _stop(self, part: tuple[str, ...], frames: Sequence[Frame]) -> _Stop:
        columns = [self._columns[id_] for id_ in part if id_ in self._columns]
        merged: dict[str, dict[tuple[Mask, Ticked], Ways]] = defaultdict(lambda: defaultdict(lambda: NO_WAY))
        for frame in frames:
            answer = frame.answers.one.get(self.by, "")
            merged[answer][self._left(columns, frame), frame.ticked] += frame.ways
        return _Stop(union(_mentioned(column) for column in columns), merged)

    def _left(self, columns: Iterable[Column], frame: Frame) -> Mask:
        """The rows that the frame leaves alive, its ticked lists aside."""
        ticked = dict(frame.ticked)
        views = [column.view(frame.answers) for column in columns if column.question.id not in ticked]
        return reduce(and_, (left & (settled | self.lenient) for settled, left in views), ALL)

    def _from(self, number: int, alive: Mask) -> Ways:
        """The sets of answers, from one part on, that leave none of the rows alive."""
        if alive & self._settled[number]:
            return NO_WAY
        if number == len(self._stops):
            return ONE_WAY
        if (number, alive) not in self._found:
            self._found[number, alive] = self._at(number, alive, self._stops[number].frames)
        return self._found[number, alive]

    def _at(self, number: int, alive: Mask, answers: Iterable[str]) -> Ways:
        ends: dict[Mask, Ways] = defaultdict(lambda: NO_WAY)
        for answer in answers:
            for (left, ticked), ways in self._stops[number].frames[answer].items():
                for end, more in self._through(ticked, alive & left, self._settled[number + 1]):
                    ends[end] += ways * more
                    self._step()
        return sum((ways * self._from(number + 1, end) for end, ways in ends.items()), NO_WAY)

    def _through(self, ticked: Ticked, alive: Mask, settled: Mask) -> Iterator[tuple[Mask, Ways]]:
        """What is left of the rows by every choice of facts on the ticked lists; where one surely serves, nothing."""
        if not ticked:
            yield alive, ONE_WAY
            return
        (id_, settles), *others = ticked
        settled &= ~union(self._concerned[other] for other, _ in others)
        if alive & settled & ~self._concerned[id_]:
            return
        for lost, ways in self._list(id_, alive & self._concerned[id_], settled).get(settles, {}).items():
            for end, more in self._through(tuple(others), alive & ~lost, settled):
                yield end, ways * more

    def _list(self, question_id: str, alive: Mask, settled: Mask) -> Mapping[Settled, Lost]:
        key = (question_id, alive, alive & settled)
        if key not in self._lists:
            self._lists[key] = self._choices_of_facts(*key)
        return self._lists[key]

    def _choices_of_facts(self, question_id: str, alive: Mask, settled: Mask) -> Mapping[Settled, Lost]:
        """The rows lost to each choice, by what it settles elsewhere, without choices that meet a settled row."""
        slots = self._columns[question_id].slots if question_id in self._columns else ()
        states = {(frozenset[tuple[str, str]](), (0,) * len(slots)): ONE_WAY}
        for (settles, accepting), (none, some) in self._alike(question_id, alive).items():
            after: dict[tuple[Settled, tuple[Mask, ...]], Ways] = defaultdict(lambda: NO_WAY)
            for (so_far, met), ways in states.items():
                after[so_far, met] += ways * none
                now_met = tuple(before | more for before, more in zip(met, accepting, strict=True))
                surely = (~slot.turned & (rows | ~slot.set_by) for slot, rows in zip(slots, now_met, strict=True))
                if not reduce(and_, surely, settled):
                    after[so_far | settles, now_met] += ways * some
                self._step()
            states = after
        ends: dict[Settled, dict[Mask, Ways]] = defaultdict(lambda: defaultdict(lambda: NO_WAY))
        for (settles, met), ways in states.items():
            left = reduce(and_, (slot.passed(rows) for slot, rows in zip(slots, met, strict=True)), alive)
            ends[settles][alive & ~left] += ways
        return ends

    def _alike(self, question_id: str, alive: Mask) -> Mapping[tuple[Settled, tuple[Mask, ...]], tuple[Ways, Ways]]:
        """The facts that all rows treat alike, taken as one: the ways to have none of them, and to have some."""
        slots = self._columns[question_id].slots if question_id in self._columns else ()
        alike = defaultdict(list)
        for fact in self.space.facts[question_id]:
            alike[fact.settles, tuple(slot.some(fact.own) & alive for slot in slots)].append(fact)
        ways = {}
        for key, facts in alike.items():
            without = prod(1 - fact.share for fact in facts)
            ways[key] = Ways(1, without), Ways(2 ** len(facts) - 1, 1 - without, ((question_id, facts[0].id),))
        return ways


def _mentioned(column: Column) -> Mask:
    """The rows that set a condition on the question."""
    return union(slot.set_by for slot in column.slots)
