"""The proof that nobody ends at a dead end on a day, and the largest groups that no specific programme serves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.actions.coverage_words import people, people_saying
from app.actions.recommend import usable_contacts
from app.catalogue import Catalogue
from app.directory.dates import date_in_words
from app.eligibility.answers import AnswerError, read_answers
from app.eligibility.compiled import ALL, Compiled, Mask, compile_rules, mask_of
from app.eligibility.coverage import Walk
from app.eligibility.groups import Group, GroupSearch, serves_all, serves_none
from app.eligibility.questions import Question, Questionnaire
from app.eligibility.rules import RECOMMENDED, Programme, Route
from app.eligibility.space import NO_WAY, Space, Ways, space_of

HOME = "lives_in"
GROUPS_SHOWN = 6

Raw = Mapping[str, object]


@dataclass(frozen=True)
class _HumanRoutes:
    """Who can be talked to on the day. ``lenient``: those who talk to everybody whom their rule does not shut out."""

    programmes: Sequence[Programme]
    compiled: Compiled
    lenient: Mask

    def of(self, questionnaire: Questionnaire, raw: Raw) -> Mask:
        """Who talks to a person with these answers."""
        fits, may_fit = self.compiled.verdicts(read_answers(questionnaire, raw))
        return fits | (may_fit & self.lenient)


def coverage(catalogue: Catalogue, day: date) -> dict[str, Any]:
    """The proof as plain data: counts at three levels by area, the groups nobody serves, and a hole or None.

    Counts are exact. A share is of people who answer everything, by the priors, from 0 to 1. Raises ``AnswerError`` for
    a day of which the directory knows nothing, and ``TooTangledError`` where the rules are too tangled for a proof.
    """
    if day < catalogue.known_from:
        known = date_in_words(catalogue.known_from.isoformat())
        raise AnswerError(f"The directory knows nothing of the time before {known}. Choose a later day.")
    space = space_of(catalogue.questionnaire, catalogue.priors)
    routes = _human_routes(catalogue, day)
    return {
        "as_of": day.isoformat(),
        "areas": _areas(space, specific_programmes(catalogue, day), routes, day),
        "unserved": [
            {
                "id": part.id,
                "heading": part.heading,
                "groups": [_group(catalogue, group, routes, day) for group in part.groups],
            }
            for part in unserved_groups(catalogue, space, day)
        ],
        "hole": _hole(space, routes),
    }


def hole(catalogue: Catalogue, day: date) -> dict[str, Any] | None:
    """Who is led to nobody on the day, in words and counts (see ``coverage``); None where there is no such person."""
    return _hole(space_of(catalogue.questionnaire, catalogue.priors), _human_routes(catalogue, day))


def specific_programmes(catalogue: Catalogue, day: date) -> list[Programme]:
    """The specific programmes: those that are recommended, and open on the day."""
    return [p for p in catalogue.programmes.values() if p.role in RECOMMENDED and p.open_on(day)]


def _human_routes(catalogue: Catalogue, day: date) -> _HumanRoutes:
    questionnaire = catalogue.questionnaire
    known = [
        catalogue.programmes[id_]
        for id_ in (*questionnaire.human_routes, *questionnaire.human_routes_where_fitting)
        if id_ in catalogue.programmes
    ]
    there = [p for p in known if p.open_on(day) and usable_contacts(catalogue, catalogue.listings[p.id], day)]
    return _HumanRoutes(
        programmes=there,
        compiled=compile_rules(questionnaire, [p.rules_on(day) for p in there]),
        lenient=mask_of(number for number, p in enumerate(there) if p.id in questionnaire.human_routes),
    )


def _areas(space: Space, opened: Sequence[Programme], routes: _HumanRoutes, day: date) -> list[dict[str, Any]]:
    specific = compile_rules(space.questionnaire, [programme.rules_on(day) for programme in opened])
    everybody = Walk(space, specific, lenient=0, by=HOME).unserved(0)
    unserved = {
        "fits": Walk(space, specific, lenient=0, by=HOME).unserved(_ways(specific, specific.sourced)),
        "fits_or_may_fit": Walk(space, specific, ALL, HOME).unserved(_ways(specific, ALL)),
        "human_route": _walk(space, routes),
    }
    homes = [(answer.id, answer.label, [answer.id]) for answer in space.questionnaire[HOME].answers]
    areas = [("all", "Everywhere", list(everybody)), *homes, ("not_said", "Not said", [""])]
    return [
        {"id": id_, "name": name, "sets": _total(everybody, answers).count}
        | {level: _served(_total(everybody, answers), _total(missed, answers)) for level, missed in unserved.items()}
        for id_, name, answers in areas
    ]


def _ways(compiled: Compiled, programmes: Mask) -> Mask:
    return compiled.existing & compiled.ways.unfold(programmes)


def _walk(space: Space, routes: _HumanRoutes) -> Mapping[str, Ways]:
    """The sets of answers that lead to nobody."""
    lenient = routes.compiled.ways.unfold(routes.lenient)
    rows = lenient | routes.compiled.ways.unfold(routes.compiled.sourced)
    return Walk(space, routes.compiled, lenient, HOME).unserved(routes.compiled.existing & rows)


def _total(ways: Mapping[str, Ways], answers: Iterable[str]) -> Ways:
    return sum((ways[answer] for answer in answers), NO_WAY)


def _served(everybody: Ways, missed: Ways) -> dict[str, Any]:
    share = 1 - missed.share / everybody.share if everybody.share else None
    return {"sets": everybody.count - missed.count, "share": share}


@dataclass(frozen=True)
class Unserved:
    """The largest groups whom none of the programmes serves, and under which heading."""

    id: str
    heading: str
    programmes: Sequence[Programme]
    groups: Sequence[Group]


def unserved_groups(catalogue: Catalogue, space: Space, day: date) -> Iterator[Unserved]:
    """The largest groups without a programme: any at all, one that surely fits, and one for each step towards work."""
    kinds, opened = catalogue.questionnaire.goal_kinds, specific_programmes(catalogue, day)
    steps = {
        answer.id: answer
        for question in catalogue.questionnaire
        for answer in question.answers
        if answer.id in kinds.step and question.describes == "wish"
    }
    parts = [("nothing_may_fit", "No programme could fit these people", opened, False)]
    parts += [
        ("nothing_fits", "No programme surely fits these people, even if they answer every question", opened, True)
    ]
    for step, answer in steps.items():
        # As in the order of results: what is for one kind of job helps only those who want such a job.
        helping = [p for p in opened if step in p.goals and not p.goals & kinds.job]
        parts.append(
            (f"nothing_to_{step}", f"If they {answer.if_so}, no programme could help with that", helping, False)
        )
    search, shown = GroupSearch(space), set[Route]()
    for id_, heading, programmes, surely in parts:
        rules = [programme.rules_on(day) for programme in programmes]
        rows = [
            row for one in rules for row in one.routes if not surely or (one.sourced and all(c.question for c in row))
        ]
        groups = [group for group in search.largest(rows, GROUPS_SHOWN) if not surely or group.conditions not in shown]
        shown |= {group.conditions for group in groups}
        yield Unserved(id_, heading, programmes, groups)


def _group(catalogue: Catalogue, group: Group, routes: _HumanRoutes, day: date) -> dict[str, Any]:
    """One group, with whom everybody in it can talk to, and whom only some can."""
    names: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    for number, programme in enumerate(routes.programmes):
        lenient = bool(routes.lenient >> number & 1)
        rules = programme.rules_on(day)
        rows = rules.routes if lenient or rules.sourced else ()
        if not all(serves_none(catalogue.questionnaire, row, group) for row in rows):
            everybody = any(serves_all(catalogue.questionnaire, row, group, lenient=lenient) for row in rows)
            names[everybody].append({"id": programme.id, "name": catalogue.listings[programme.id].name})
    return {
        "people": people(catalogue.questionnaire, group.conditions),
        "sets": group.ways.count,
        "share": group.ways.share,
        "talk_to": names[True],
        "some_can_talk_to": names[False],
    }


def _hole(space: Space, routes: _HumanRoutes) -> dict[str, Any] | None:
    """The fewest answers found with which somebody is led to nobody; None where there is no such person."""
    missed = sum(_walk(space, routes).values(), NO_WAY)
    if not missed.count:
        return None
    questionnaire = space.questionnaire
    raw = dict(space.raw(missed.example))
    for id_ in list(raw):
        without = {other: value for other, value in raw.items() if other != id_}
        if not routes.of(questionnaire, without):
            raw = without
    for question in questionnaire:
        if question.kind == "number" and question.id in raw:
            raw |= {question.id: _widest(questionnaire, routes, raw, question)}
    return {"people": people_saying(questionnaire, raw), "answers": raw, "sets": missed.count}


def _widest(questionnaire: Questionnaire, routes: _HumanRoutes, raw: Raw, question: Question) -> object:
    """The number as the widest band with which the person is still led to nobody."""
    low = high = int(str(raw[question.id]))

    def leads_nowhere(low: int, high: int) -> bool:
        return not routes.of(questionnaire, {**raw, question.id: f"{low}-{high}"})

    while low > question.lowest and leads_nowhere(low - 1, high):
        low -= 1
    while high < question.highest and leads_nowhere(low, high + 1):
        high += 1
    return f"{low}-{high}" if low < high else low
