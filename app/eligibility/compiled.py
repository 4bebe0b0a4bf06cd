"""The rules of many programmes at once: bit r of a Python integer is row r.

A row is a list of conditions that belong together: one way in of one programme, or one thing it is made for. For every
question there is one column: which rows an answer leaves possible, and which rows wait for it. One person against ten
thousand programmes is then some dozens of operations on integers.

Rows are numbered layer by layer: first the first way in of every programme, then the second of those that have one,
and so on; so a shift lays all layers of a mask over each other, and bit p is programme p.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise
from operator import and_, or_

from .answers import Answers, Span
from .questions import Question, Questionnaire
from .rules import Condition, Route, Ruleset

Mask = int
"""A set of rows or of programmes."""
Atom = str | int
"""What a condition accepts one by one: an answer, a fact, or the number of a cell between two limits."""
ALL: Mask = -1
View = tuple[Mask, Mask]
"""Of one question: the rows for which nothing on it is open, and the rows in which nothing on it has failed."""


@dataclass(frozen=True)
class Slot:
    """The n-th condition that each row sets on one question. ``turned``: it shuts out instead of letting in."""

    set_by: Mask
    turned: Mask
    accepts: Mapping[Atom, Mask]
    unconcerned: Mask

    def passed(self, accepting: Mask) -> Mask:
        """The rows left by an answer that settles the condition, and that some of the rows accept."""
        return accepting ^ self.turned | self.unconcerned

    def outcome(self, certain: Mask, possible: Mask) -> View:
        """The rows whose condition is met, and those whose condition failed.

        ``certain`` are the rows that surely accept the person, ``possible`` those that still can.
        """
        met, failed = self.set_by & certain, self.set_by & ~possible
        if not self.turned:
            return met, failed
        return (met & ~self.turned) | (failed & self.turned), (failed & ~self.turned) | (met & self.turned)

    def some(self, atoms: Iterable[Atom]) -> Mask:
        return union(self.accepts.get(atom, 0) for atom in atoms)

    def every(self, atoms: Iterable[Atom]) -> Mask:
        return reduce(and_, (self.accepts.get(atom, 0) for atom in atoms))


@dataclass(frozen=True)
class Column:
    """All conditions on one question. ``passes``: the rows left by an answer of exactly one atom.

    ``unconcerned``: the rows without such a condition.
    """

    question: Question
    unconcerned: Mask
    slots: tuple[Slot, ...]
    passes: Mapping[Atom, Mask]
    cells: tuple[Span, ...]

    @property
    def mentioned(self) -> Mask:
        """The rows with such a condition."""
        return union(slot.set_by for slot in self.slots)

    def view(self, answers: Answers) -> View:
        """How the rows stand after these answers."""
        id_ = self.question.id
        if id_ in answers.one:
            return ALL, self.passes[answers.one[id_]]
        if self.question.kind == "multi":
            return self._facts(answers)
        if id_ in answers.number:
            return self._numbers(answers.number[id_])
        return self.unconcerned, ALL

    def _numbers(self, given: Span) -> View:
        inside = [n for n, cell in enumerate(self.cells) if cell.low < given.high and given.low < cell.high]
        if len(inside) == 1:
            return ALL, self.passes[inside[0]]
        return _together(self.slots, [slot.outcome(slot.every(inside), slot.some(inside)) for slot in self.slots])

    def _facts(self, answers: Answers) -> View:
        id_ = self.question.id
        yes = [fact for fact in self.question.answer_ids if (id_, fact) in answers.yes]
        left = [fact for fact in self.question.answer_ids if (id_, fact) not in answers.no]
        if yes == left:
            return ALL, reduce(and_, (slot.passed(slot.some(yes)) for slot in self.slots))
        return _together(self.slots, [slot.outcome(slot.some(yes), slot.some(left)) for slot in self.slots])


def _together(slots: Sequence[Slot], outcomes: Sequence[View]) -> View:
    settled = left = ALL
    for slot, (met, failed) in zip(slots, outcomes, strict=True):
        settled &= met | failed | slot.unconcerned
        left &= ~failed
    return settled, left


@dataclass(frozen=True)
class Layers:
    """Where the rows of one kind lie: the n-th of each programme from bit ``starts[n]`` on, over ``sizes[n]`` bits."""

    starts: tuple[int, ...]
    sizes: tuple[int, ...]

    @cached_property
    def _spans(self) -> tuple[tuple[int, Mask], ...]:
        return tuple((start, (1 << size) - 1) for start, size in zip(self.starts, self.sizes, strict=True))

    def fold(self, rows: Mask) -> Mask:
        """The programmes that have at least one of the rows."""
        found = 0
        for start, span in self._spans:
            found |= rows >> start & span
        return found

    def unfold(self, programmes: Mask) -> Mask:
        """All places where rows of the programmes can lie."""
        found = 0
        for start, span in self._spans:
            found |= (programmes & span) << start
        return found

    @property
    def end(self) -> int:
        return self.starts[-1] + self.sizes[-1] if self.starts else 0


@dataclass(frozen=True)
class Compiled:
    """The rules of many programmes, ready to be held against anybody's answers.

    ``rows`` holds the conditions by row number (None: no such row), ``unasked`` the rows that wait for something no
    question settles, ``sourced`` the programmes of which a source says who can use them.
    """

    rows: tuple[Route | None, ...]
    ways: Layers
    made_for: Layers
    unasked: Mask
    sourced: Mask
    columns: tuple[Column, ...]

    @cached_property
    def layers(self) -> Layers:
        """All rows, of both kinds."""
        return Layers(self.ways.starts + self.made_for.starts, self.ways.sizes + self.made_for.sizes)

    @cached_property
    def existing(self) -> Mask:
        return mask_of(number for number, row in enumerate(self.rows) if row is not None)

    def verdicts(self, answers: Answers) -> tuple[Mask, Mask]:
        """The programmes that fit, and the programmes that fit or may fit."""
        alive, certain = self.existing, ~self.unasked
        for column in self.columns:
            settled, left = column.view(answers)
            # A set of all rows changes nothing, and to apply it would copy the whole mask.
            if left != ALL:
                alive &= left
            if settled != ALL:
                certain &= settled
        return self.ways.fold(alive & certain) & self.sourced, self.ways.fold(alive)


def compile_rules(questionnaire: Questionnaire, rulesets: Sequence[Ruleset]) -> Compiled:
    """The rules of many programmes as masks; programme p is ``rulesets[p]``.

    The masks are shortest when the rulesets with most ways in come first.
    """
    ways, way_rows = _layers([rules.routes for rules in rulesets], 0)
    made_for, made_rows = _layers([[(condition,) for condition in rules.made_for] for rules in rulesets], ways.end)
    rows = (*way_rows, *made_rows)
    every = (1 << len(rows)) - 1
    slots: dict[str, list[list[tuple[int, Condition]]]] = defaultdict(list)
    for number, row in enumerate(rows):
        _lay_out(number, row or (), slots)
    return Compiled(
        rows=rows,
        ways=ways,
        made_for=made_for,
        unasked=mask_of(n for n, row in enumerate(rows) if any(c.question is None for c in row or ())),
        sourced=mask_of(p for p, rules in enumerate(rulesets) if rules.sourced),
        columns=tuple(_column(question, slots[question.id], every) for question in questionnaire if slots[question.id]),
    )


def _layers(rows: Sequence[Sequence[Route]], start: int) -> tuple[Layers, list[Route | None]]:
    """Where each programme's rows go, from bit ``start`` on, and the rows in that order."""
    laid: list[Route | None] = []
    starts, sizes = [], []
    for depth in range(max(map(len, rows), default=0)):
        layer = [of_one[depth] if depth < len(of_one) else None for of_one in rows]
        while layer[-1] is None:
            layer.pop()
        starts.append(start + len(laid))
        sizes.append(len(layer))
        laid += layer
    return Layers(tuple(starts), tuple(sizes)), laid


def _lay_out(number: int, row: Route, slots: dict[str, list[list[tuple[int, Condition]]]]) -> None:
    taken: dict[str, int] = defaultdict(int)
    for condition in row:
        if condition.question is None:
            continue
        if taken[condition.question] == len(slots[condition.question]):
            slots[condition.question].append([])
        slots[condition.question][taken[condition.question]].append((number, condition))
        taken[condition.question] += 1


def _column(question: Question, slots: Sequence[Sequence[tuple[int, Condition]]], every: Mask) -> Column:
    cells = _cells([condition for slot in slots for _, condition in slot]) if question.kind == "number" else ()
    atoms: Sequence[Atom] = range(len(cells)) if cells else question.answer_ids
    made = tuple(_slot(conditions, cells, every) for conditions in slots)
    return Column(
        question=question,
        unconcerned=reduce(and_, (slot.unconcerned for slot in made)),
        slots=made,
        passes={atom: reduce(and_, (slot.passed(slot.accepts.get(atom, 0)) for slot in made)) for atom in atoms},
        cells=cells,
    )


def _cells(conditions: Iterable[Condition]) -> tuple[Span, ...]:
    """The spans between all the limits that the rules set on a number."""
    spans = {condition.span for condition in conditions if condition.span} | {Span(float("-inf"), float("inf"))}
    return tuple(Span(low, high) for low, high in pairwise(sorted({edge for s in spans for edge in (s.low, s.high)})))


def _slot(conditions: Sequence[tuple[int, Condition]], cells: tuple[Span, ...], every: Mask) -> Slot:
    accepting: dict[Atom, list[int]] = defaultdict(list)
    for row, condition in conditions:
        for atom in _accepted(condition, cells):
            accepting[atom].append(row)
    set_by = mask_of(row for row, _ in conditions)
    return Slot(
        set_by=set_by,
        turned=mask_of(row for row, condition in conditions if condition.excludes),
        accepts={atom: mask_of(rows) for atom, rows in accepting.items()},
        unconcerned=every & ~set_by,
    )


def _accepted(condition: Condition, cells: tuple[Span, ...]) -> Iterable[Atom]:
    span = condition.span
    if span is None:
        return condition.any_of
    return [number for number, cell in enumerate(cells) if span.low <= cell.low and cell.high <= span.high]


def mask_of(members: Iterable[int]) -> Mask:
    """The set of these bit numbers."""
    # Through bytes: setting bits of a long integer one by one would copy it each time.
    chosen = list(members)
    cells = bytearray(max(chosen, default=-1) // 8 + 1)
    for member in chosen:
        cells[member // 8] |= 1 << member % 8
    return int.from_bytes(cells, "little")


def members(mask: Mask) -> Iterator[int]:
    """The bit numbers of a set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def without(mask: Mask, other: Mask) -> Mask:
    """What is in one set and not in another. The complement of a long mask would cost more."""
    return mask ^ (mask & other)


def union(masks: Iterable[Mask]) -> Mask:
    """All that is in at least one of the sets."""
    return reduce(or_, masks, 0)
