"""The wizard's decision for one set of answers: what fits, why, in which order, and who to talk to in any case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from app.catalogue import Catalogue
from app.directory.availability import Availability
from app.directory.dates import date_in_words
from app.directory.freshness import Freshness
from app.directory.listing import BOROUGHS, Contact, Listing
from app.directory.urgent import UrgentLine
from app.eligibility.answers import AnswerError, Answers, read_answers
from app.eligibility.changes import Change, fewest_changes, instead
from app.eligibility.compiled import members
from app.eligibility.evaluate import Verdict
from app.eligibility.explain import Reason, could_fit_if, other_ways, reasons, refusals
from app.eligibility.interview import Interview, next_question, still_to_ask
from app.eligibility.position import position_of
from app.eligibility.questions import Question
from app.eligibility.ranking import Ranked, Standing, rank, why_ahead
from app.eligibility.rulebook import PLACES, Rulebook
from app.eligibility.rules import Programme, Ruleset

CHANGING = frozenset({"work", "money", "wish"})
"""What questions describe that may be otherwise soon."""
Outcome = Literal["urgent", "outside_area", "match", "match_with_question", "no_programme_signpost"]


@dataclass(frozen=True)
class Recommended:
    """A listing with its verdict. ``because`` says what comes before it and why. The rest is worked out when read."""

    listing: Listing
    programme: Programme
    verdict: Verdict
    because: str
    desk: "Desk"

    @property
    def check_first(self) -> bool:
        return self.programme.check_first_on(self.desk.rulebook.day)

    @property
    def availability(self) -> Availability | None:
        """What its provider says of the day."""
        return self.desk.catalogue.said_on(self.listing.id, self.desk.rulebook.day)

    @property
    def freshness(self) -> Freshness:
        return self.desk.catalogue.freshness[self.listing.id]

    @property
    def overdue(self) -> bool:
        """Its page was not confirmed in time."""
        return self.programme.overdue_on(self.desk.rulebook.day)

    @property
    def _rules(self) -> Ruleset:
        return self.programme.rules_on(self.desk.rulebook.day)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """Every condition of the nearest way in, and what the service is made for, where the person is so."""
        return reasons(self.desk.catalogue.questionnaire, self._rules, self.desk.answers, self.desk.person)

    @property
    def refusals(self) -> tuple[Reason, ...]:
        """What of the nearest way in is not met."""
        return refusals(self.desk.catalogue.questionnaire, self._rules, self.desk.answers, self.desk.person)

    @cached_property
    def other_ways(self) -> tuple[tuple[Reason, ...], ...]:
        return other_ways(self.desk.catalogue.questionnaire, self._rules, self.desk.answers, self.desk.person)

    @cached_property
    def _changes(self) -> tuple[Change, ...]:
        return fewest_changes(self.desk.catalogue.questionnaire, self._rules, self.desk.answers)

    @property
    def could_fit_if(self) -> str:
        """The fewest changes after which a service that does not fit could, in a sentence; empty where none help."""
        return could_fit_if(self.desk.catalogue.questionnaire, self._changes, self.desk.person)

    @property
    def may_change(self) -> bool:
        """The fewest changes are of the kind that happens in a life: to work or to money, and not to age or health."""
        return all(self.desk.catalogue.questionnaire[one.question].describes in CHANGING for one in self._changes)

    @cached_property
    def instead(self) -> Listing | None:
        """Where to go in place of a service that does not fit; None where the human routes are all there is."""
        found = instead(self.programme, [entry.programme for entry in self.desk.recommended])
        return self.desk.catalogue.listings[found.id] if found else None


@dataclass(frozen=True)
class HumanRoute:
    """Somebody to talk to, with contacts that can be used. One who has paused stays: nobody is led to nobody."""

    listing: Listing
    contacts: tuple[Contact, ...]
    availability: Availability | None
    overdue: bool


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
    desk = desk_for(catalogue, raw, as_of)
    return Recommendation(
        outcome=_outcome(desk),
        person=desk.person,
        recommendations=tuple(desk.in_order(desk.recommended)),
        not_suitable=tuple(desk.unsuitable()),
        always=tuple(desk.human_routes()),
        advice=tuple(desk.in_order(desk.relevant("advice"))),
        information=tuple(desk.in_order(desk.relevant("information"))),
        urgent_lines=catalogue.urgent.lines if desk.urgent else (),
        next_question=None if desk.urgent else next_question(desk.interview, desk.answers),
    )


def desk_for(catalogue: Catalogue, raw: Mapping[str, object], as_of: date) -> "Desk":
    """The person of these answers. Raises ``AnswerError`` for answers that cannot be read."""
    answers = read_answers(catalogue.questionnaire, raw)
    interview = catalogue.interview_on(as_of)
    standing = Standing(position_of(interview.rulebook, answers))
    return Desk(catalogue, answers, interview, standing, is_urgent(catalogue, answers))


def questions_left(catalogue: Catalogue, raw: Mapping[str, object], as_of: date) -> frozenset[str]:
    """All that can still be asked, at most. Raises ``AnswerError`` for answers that cannot be read."""
    return still_to_ask(catalogue.interview_on(as_of), read_answers(catalogue.questionnaire, raw))


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


def _outcome(desk: "Desk") -> Outcome:
    if desk.urgent:
        return "urgent"
    if is_outside_area(desk.catalogue, desk.answers):
        return "outside_area"
    if any(entry.verdict is Verdict.FITS for entry in desk.recommended):
        return "match"
    return "match_with_question" if desk.recommended else "no_programme_signpost"


@dataclass(frozen=True)
class Desk:
    """One person's answers before one day's catalogue. Who is in danger is recommended nothing."""

    catalogue: Catalogue
    answers: Answers
    interview: Interview
    standing: Standing
    urgent: bool

    @property
    def rulebook(self) -> Rulebook:
        return self.interview.rulebook

    @property
    def person(self) -> str:
        return self.answers.one.get("asking_for", "me")

    @property
    def boroughs(self) -> frozenset[str]:
        """The boroughs of the home and of the GP, as far as they are known."""
        return frozenset(self.answers.one.get(id_, "") for id_ in PLACES) & frozenset(BOROUGHS)

    @cached_property
    def recommended(self) -> tuple[Ranked, ...]:
        """What fits or may fit, best first."""
        return () if self.urgent else tuple(rank(self.standing, self.interview.among))

    def relevant(self, role: str) -> list[Ranked]:
        """Advice and information show only where a rule of theirs is met."""
        return list(rank(self.standing, self.rulebook.among({role}) & self.standing.fits))

    def in_order(self, ranked: Sequence[Ranked]) -> Iterator[Recommended]:
        before: Ranked | None = None
        for entry in ranked:
            yield self._entry(entry.programme, entry.verdict, self._after(before, entry) if before else "")
            before = entry

    def unsuitable(self) -> Iterator[Recommended]:
        for number in members(self.interview.among & ~self.standing.possible):
            yield self._entry(self.rulebook.programmes[number], Verdict.DOES_NOT_FIT)

    def _entry(self, programme: Programme, verdict: Verdict, because: str = "") -> Recommended:
        return Recommended(self.catalogue.listings[programme.id], programme, verdict, because, self)

    def entry(self, id_: str) -> Recommended:
        """A listing that is open on the day, whether it is recommended or not. ``KeyError`` for another."""
        rulebook = self.rulebook
        return self._entry(rulebook.programmes[rulebook.numbers[id_]], self.standing.verdict(id_))

    def _after(self, before: Ranked, entry: Ranked) -> str:
        return f"{self.catalogue.listings[before.programme.id].name} comes first, because {why_ahead(before, entry)}."

    def human_routes(self) -> Iterator[HumanRoute]:
        """Those for everybody whom their own rule does not shut out, then those whose rule holds."""
        questionnaire = self.catalogue.questionnaire
        for id_ in (*questionnaire.human_routes, *questionnaire.human_routes_where_fitting):
            wanted = {Verdict.FITS, Verdict.MAY_FIT} if id_ in questionnaire.human_routes else {Verdict.FITS}
            if self.standing.verdict(id_) in wanted:
                listing = self.catalogue.listings[id_]
                contacts = usable_contacts(self.catalogue, listing, self.rulebook.day)
                if contacts:
                    said = self.catalogue.said_on(id_, self.rulebook.day)
                    yield HumanRoute(listing, contacts, said, id_ in self.catalogue.overdue_on(self.rulebook.day))
