"""The wizard's decision for one set of answers: what fits, why, in which order, and who to talk to in any case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.catalogue import Catalogue
from app.directory.dates import date_in_words
from app.directory.listing import Contact, Listing
from app.directory.urgent import UrgentLine
from app.eligibility.answers import AnswerError, Answers, read_answers
from app.eligibility.evaluate import Verdict
from app.eligibility.explain import Reason, explain
from app.eligibility.interview import Interview, next_question
from app.eligibility.questions import Question
from app.eligibility.ranking import Ranked, rank, rank_one, why_ahead
from app.eligibility.rules import Programme

Outcome = Literal["urgent", "outside_area", "match", "match_with_question", "no_programme_signpost"]
RECOMMENDED_ROLES = frozenset({"programme", "service"})


@dataclass(frozen=True)
class Recommended:
    """A listing with its verdict and every reason. ``because`` says what comes before it and why."""

    listing: Listing
    verdict: Verdict
    check_first: bool
    reasons: tuple[Reason, ...]
    because: str = ""


@dataclass(frozen=True)
class HumanRoute:
    """Somebody to talk to, with contacts that can be used today."""

    listing: Listing
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Recommendation:
    """The whole decision. With ``urgent`` nothing is recommended: ``urgent_lines`` come first."""

    outcome: Outcome
    person: str
    recommendations: tuple[Recommended, ...]
    not_suitable: tuple[Recommended, ...]
    always: tuple[HumanRoute, ...]
    advice: tuple[Recommended, ...]
    information: tuple[Recommended, ...]
    urgent_lines: tuple[UrgentLine, ...]
    next_question: Question | None


def recommend(catalogue: Catalogue, raw: Mapping[str, object], as_of: date) -> Recommendation:
    """The decision on a day. Nothing given here is kept.

    Raises ``AnswerError`` for answers that cannot be read, and for a day of which the directory knows nothing.
    """
    if as_of < catalogue.known_from:
        day = date_in_words(catalogue.known_from.isoformat())
        raise AnswerError(f"“as_of” must not be before {day}: the directory knows nothing of that time.", "as_of")
    answers = read_answers(catalogue.questionnaire, raw)
    desk = _Desk(catalogue, answers, as_of)
    urgent = is_urgent(catalogue, answers)
    ranked = [] if urgent else desk.ranked(RECOMMENDED_ROLES)
    return Recommendation(
        outcome="urgent" if urgent else _outcome(catalogue, answers, ranked),
        person=desk.person,
        recommendations=tuple(desk.in_order(ranked)),
        not_suitable=tuple(desk.unsuitable(RECOMMENDED_ROLES)),
        always=tuple(desk.human_routes()),
        advice=tuple(desk.in_order(desk.relevant("advice"))),
        information=tuple(desk.in_order(desk.relevant("information"))),
        urgent_lines=catalogue.urgent.lines if urgent else (),
        next_question=None if urgent else next_question(desk.interview(), answers),
    )


def is_urgent(catalogue: Catalogue, answers: Answers) -> bool:
    """An answer was given that calls for crisis help first."""
    return any(answers.said(question.id) & question.urgent for question in catalogue.questionnaire)


def is_outside_area(catalogue: Catalogue, answers: Answers) -> bool:
    """Home and GP were both answered, and neither is in the five boroughs."""
    outside = catalogue.questionnaire.outside_area
    return all(answers.one.get(question) in wanted for question, wanted in outside.items())


def usable_contacts(catalogue: Catalogue, listing: Listing, day: date) -> tuple[Contact, ...]:
    """The public contacts of a listing; where it has none, those of the open listings that lead to it."""
    doors = [door.service for door in listing.reach_through if catalogue.programmes[door.service].open_on(day)]
    through = (contact for door in doors for contact in catalogue.listings[door].public_contacts)
    return listing.public_contacts or tuple(through)


def _outcome(catalogue: Catalogue, answers: Answers, ranked: Sequence[Ranked]) -> Outcome:
    if is_outside_area(catalogue, answers):
        return "outside_area"
    if any(entry.result.verdict is Verdict.FITS for entry in ranked):
        return "match"
    return "match_with_question" if ranked else "no_programme_signpost"


@dataclass(frozen=True)
class _Desk:
    """One person's answers before one day's catalogue."""

    catalogue: Catalogue
    answers: Answers
    day: date

    @property
    def person(self) -> str:
        return self.answers.one.get("asking_for", "me")

    def open_programmes(self, roles: frozenset[str]) -> list[Programme]:
        return [p for p in self.catalogue.programmes.values() if p.role in roles and p.open_on(self.day)]

    def interview(self) -> Interview:
        programmes = self.open_programmes(RECOMMENDED_ROLES)
        return Interview(self.catalogue.questionnaire, programmes, self.catalogue.priors, self.day)

    def ranked(self, roles: frozenset[str]) -> list[Ranked]:
        return rank(
            self.catalogue.questionnaire, self.open_programmes(roles), self.answers, self.catalogue.priors, self.day
        )

    def relevant(self, role: str) -> list[Ranked]:
        """Advice and information show only where a rule of theirs is met."""
        return [entry for entry in self.ranked(frozenset({role})) if entry.result.verdict is Verdict.FITS]

    def in_order(self, ranked: Sequence[Ranked]) -> Iterator[Recommended]:
        before: Ranked | None = None
        for entry in ranked:
            yield self.recommended(entry, because=self._after(before, entry) if before else "")
            before = entry

    def unsuitable(self, roles: frozenset[str]) -> Iterator[Recommended]:
        for programme in self.open_programmes(roles):
            entry = rank_one(self.catalogue.questionnaire, programme, self.answers, self.catalogue.priors, self.day)
            if entry.result.verdict is Verdict.DOES_NOT_FIT:
                yield self.recommended(entry)

    def recommended(self, entry: Ranked, because: str = "") -> Recommended:
        return Recommended(
            listing=self.catalogue.listings[entry.programme.id],
            verdict=entry.result.verdict,
            check_first=entry.programme.check_first_on(self.day),
            reasons=explain(self.catalogue.questionnaire, entry.ruleset, entry.result, self.answers, self.person),
            because=because,
        )

    def _after(self, before: Ranked, entry: Ranked) -> str:
        return f"{self.catalogue.listings[before.programme.id].name} comes first, because {why_ahead(before, entry)}."

    def human_routes(self) -> Iterator[HumanRoute]:
        """Those for everybody whom their own rule does not shut out, then those whose rule holds."""
        questionnaire = self.catalogue.questionnaire
        for id_ in (*questionnaire.human_routes, *questionnaire.human_routes_where_fitting):
            wanted = {Verdict.FITS, Verdict.MAY_FIT} if id_ in questionnaire.human_routes else {Verdict.FITS}
            route = self._human_route(id_, wanted)
            if route:
                yield route

    def _human_route(self, id_: str, wanted: set[Verdict]) -> HumanRoute | None:
        programme = self.catalogue.programmes.get(id_)
        if programme is None or not programme.open_on(self.day):
            return None
        entry = rank_one(self.catalogue.questionnaire, programme, self.answers, self.catalogue.priors, self.day)
        listing = self.catalogue.listings[id_]
        contacts = usable_contacts(self.catalogue, listing, self.day)
        return HumanRoute(listing, contacts) if contacts and entry.result.verdict in wanted else None
