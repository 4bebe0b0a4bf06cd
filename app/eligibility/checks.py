"""What is wrong with the rules of one service, in the words of the person who writes them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from .answers import Span
from .possible import People, TooTangledError, bounds, opposite, people
from .questions import Question, Questionnaire
from .rules import Condition, Route, Ruleset

MOST_WAYS_IN = 4
MOST_CONDITIONS = 20
"""In one way in, and in what a service is made for. Nobody can read more, and the checks stay quick."""

Severity = Literal["error", "warning"]
_NTH = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class Fault:
    """One thing to put right. ``message`` says what is wrong and what to do.

    An ``error`` cannot be read or lets nobody in; a ``warning`` does no harm and is surely not meant. ``way`` and
    ``condition`` count from 0: without ``condition`` it is about the whole way in, a condition without ``way`` is one
    of ``made_for``, and without both it is about all the rules.
    """

    message: str
    severity: Severity
    way: int | None = None
    condition: int | None = None


def faults(questionnaire: Questionnaire, ruleset: Ruleset) -> list[Fault]:
    """Everything that is wrong with the rules, given what follows from what and which question applies to whom.

    Rules that are too large come first and alone, and so do those that cannot be read. A condition that follows from
    the others of its way in is no fault: what holds for everybody is repeated in each way in.
    """
    if found := unusable(questionnaire, ruleset):
        return found
    try:
        return _senseless(questionnaire, ruleset)
    except TooTangledError:
        return [Fault("These rules are too tangled to check. Use fewer conditions, or fewer ways in.", "error")]


def unusable(questionnaire: Questionnaire, ruleset: Ruleset) -> list[Fault]:
    """Why nobody can be held against the rules: they are too large, or cannot be read. Empty where all is well."""
    return _out_of_size(ruleset) or _each(ruleset, lambda one: unreadable(questionnaire, one), "error")


def _senseless(questionnaire: Questionnaire, ruleset: Ruleset) -> list[Fault]:
    everybody = people(questionnaire, [condition for _, part in _parts(ruleset) for condition in part])
    found = _each(ruleset, lambda one: _says_nothing(everybody, one), "warning")
    ways = {number: way for number, way in enumerate(ruleset.routes) if everybody.can_meet(way)}
    found += [_contradiction(everybody, *way) for way in enumerate(ruleset.routes) if way[0] not in ways]
    return [*found, *_shadowed(everybody, ways), *_holes(everybody, ways)]


def _parts(ruleset: Ruleset) -> Iterator[tuple[int | None, Route]]:
    yield from enumerate(ruleset.routes)
    yield None, ruleset.made_for


def _out_of_size(ruleset: Ruleset) -> list[Fault]:
    if not ruleset.routes:
        return [Fault("Nobody can come in. Add a way in; one without conditions is open to everybody.", "error")]
    if (count := len(ruleset.routes)) > MOST_WAYS_IN:
        return [Fault(f"There are {count:,} ways in, and four are the most. Join some, or take some out.", "error")]
    advice = f"and {MOST_CONDITIONS} are the most. Join those on the same question, or take some out."
    large = [(way, len(part)) for way, part in _parts(ruleset) if len(part) > MOST_CONDITIONS]
    return [Fault(f"There are {count:,} conditions here, {advice}", "error", way) for way, count in large]


def _each(ruleset: Ruleset, fault: Callable[[Condition], str | None], severity: Severity) -> list[Fault]:
    return [
        Fault(message, severity, way, number)
        for way, part in _parts(ruleset)
        for number, condition in enumerate(part)
        if (message := fault(condition))
    ]


# One condition


def unreadable(questionnaire: Questionnaire, condition: Condition) -> str | None:
    """Why nobody can tell what this condition asks for, as a sentence; None where all is well."""
    if condition.question is None:
        return None
    if condition.question not in questionnaire:
        return f"There is no question “{condition.question}”. Check the spelling."
    question = questionnaire[condition.question]
    return (_unreadable_number if question.kind == "number" else _unreadable_answers)(question, condition)


def _unreadable_number(question: Question, condition: Condition) -> str | None:
    if condition.any_of:
        return f"The question “{question.id}” takes a number. Give limits in place of answers."
    if (span := condition.span) is None:
        return "This condition has no limit. Say where it begins, where it ends, or both."
    if span.high <= question.lowest or question.highest < span.low:
        return (
            f"Nobody gives such a number: answers go from {question.lowest} to {question.highest}. Correct the limit."
        )
    if span.high <= span.low:
        return f"Nobody is {span.low:g} or over and below {span.high:g}. Correct one of the two."
    return None


def _unreadable_answers(question: Question, condition: Condition) -> str | None:
    if condition.span:
        return f"The question “{question.id}” has no numbers. Name answers in place of limits."
    if not condition.any_of:
        return "This condition accepts no answer. Name those that it accepts."
    if unknown := sorted(condition.any_of.difference(question.answer_ids)):
        return f"The question “{question.id}” has no answer “{unknown[0]}”. Check the spelling."
    return None


def _says_nothing(everybody: People, condition: Condition) -> str | None:
    if everybody.can_meet([opposite(condition)]):
        return None
    return "Everybody meets this, so it says nothing. Correct it, or take it out."


# One way in


def _contradiction(everybody: People, number: int, way: Route) -> Fault:
    """Told at the last of the conditions that are to blame."""
    *others, (place, last) = _to_blame(everybody, list(enumerate(way)))
    said = " and ".join(f"“{condition.text}”" for _, condition in others)
    if not others:
        message = "Nobody can meet this. Correct it, or take it out."
    elif last.excludes:
        message = f"This shuts out everybody who meets {said}. Correct it, or take it out."
    else:
        message = f"Nobody can meet this and also {said}. Make them two ways in, or correct one."
    return Fault(message, "error", number, place)


def _to_blame(everybody: People, way: list[tuple[int, Condition]]) -> list[tuple[int, Condition]]:
    """Conditions that nobody can meet together, none of which can be spared: one or a pair, where there is such."""
    for size in (1, 2):
        for part in combinations(way, size):
            if not everybody.can_meet(condition for _, condition in part):
                return list(part)
    needed = way
    for spared in way:
        rest = [one for one in needed if one is not spared]
        if not everybody.can_meet(condition for _, condition in rest):
            needed = rest
    return needed


# Ways in compared


def _shadowed(everybody: People, ways: Mapping[int, Route]) -> Iterator[Fault]:
    for number, way in ways.items():
        wider = [other for other in ways if other != number and not everybody.can_be_outside([ways[other]], way)]
        # Of two ways in that let in the same people, the first may stay.
        if by := [other for other in wider if other < number or everybody.can_be_outside([way], ways[other])]:
            message = f"Whoever comes in this way can already come in by the {_NTH[by[0]]} way in."
            yield Fault(f"{message} Take it out, or say what differs.", "warning", number)


def _holes(everybody: People, ways: Mapping[int, Route]) -> Iterator[Fault]:
    for question in everybody.questionnaire:
        for group in _alike(everybody, ways, question):
            if left_out := _left_out(everybody, ways, group, question):
                numbers = " and ".join(_in_words(span) for span in left_out)
                message = f"The ways in leave out {numbers} (“{question.id}”) and let in people on both sides."
                yield Fault(f"{message} Close the gap, or exclude it if it is meant.", "warning", group[-1])


def _alike(everybody: People, ways: Mapping[int, Route], question: Question) -> list[list[int]]:
    """The ways in that have limits on a number question, together where they differ in nothing else."""
    groups: list[list[int]] = []
    for number, way in ways.items():
        if not _limits(way, question):
            continue
        rest = _unlimited(way, question)
        for group in groups:
            first = _unlimited(ways[group[0]], question)
            if not everybody.can_be_outside([first], rest) and not everybody.can_be_outside([rest], first):
                group.append(number)
                break
        else:
            groups.append([number])
    return groups


def _left_out(everybody: People, ways: Mapping[int, Route], group: list[int], question: Question) -> list[Span]:
    """Between the numbers that the group lets in: those of somebody who meets all the rest, and has no way in."""
    pieces = [Span(*ends) for ends in pairwise(bounds(question, [one for way in ways.values() for one in way]))]
    taken = [piece for piece in pieces if any(_inside(piece, _limits(ways[number], question)) for number in group)]
    rest = _unlimited(ways[group[0]], question)
    left_out: list[Span] = []
    for piece in pieces:
        between = piece not in taken and taken[0].low < piece.low < taken[-1].low
        here = Condition("", question.id, span=piece)
        if between and everybody.can_be_outside([*ways.values()], [*rest, here]):
            joins = left_out and left_out[-1].high == piece.low
            left_out.append(Span(left_out.pop().low if joins else piece.low, piece.high))
    return left_out


def _inside(piece: Span, limits: list[Span]) -> bool:
    return all(limit.low <= piece.low and piece.high <= limit.high for limit in limits)


def _limits(way: Route, question: Question) -> list[Span]:
    return [one.span for one in way if one.span and one.question == question.id and not one.excludes]


def _unlimited(way: Route, question: Question) -> Route:
    return tuple(one for one in way if one.question != question.id or one.excludes)


def _in_words(span: Span) -> str:
    if span.low % 1 or span.high % 1:
        return f"{span.low:g} and over, below {span.high:g},"
    last = int(span.high) - 1
    return f"{last}" if span.low == last else f"{span.low:g} to {last}"
