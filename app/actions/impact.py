"""What a change to one listing would do to people, in words, before it is published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from app.actions.coverage_words import people
from app.actions.recommend import desk_for
from app.catalogue import Catalogue, interviews
from app.directory.judged_cases import Case as Case
from app.directory.listing import Listing
from app.directory.programme import programme_of
from app.eligibility.answers import readable
from app.eligibility.groups import Group
from app.eligibility.impact import Effect, impact
from app.eligibility.possible import TooTangledError
from app.eligibility.questions import Questionnaire
from app.eligibility.rules import Programme
from app.eligibility.space import space_of
from app.exchange.merged import led_on

HEADINGS = {
    "stranded": "No other programme or service fits these people, or may fit them",
    "lose": "It does not fit these people any more",
    "less_sure": "It fits these people now. After the change it only may fit them",
    "gain": "It fits these people after the change, or may fit them",
    "surer": "It may fit these people now. After the change it fits them",
}
"""What happens to people, the gravest first."""
FEW = 0.001
TENTH = 0.1
ONLY_UNSURE = "Only people who are not sure of an answer, or prefer not to say."
NOT_COUNTED = "The conditions are too tangled to count people. Nobody can tell who is left with nothing."
DECIDING = frozenset({"rules", "area", "goals", "status", "opened", "closed", "contacts", "referral"})
"""What deciding sees of a listing."""


@dataclass(frozen=True)
class Told:
    """One thing that happens to people. ``kind`` is an attribute of ``Impact``; for the counts see ``Effect``.

    ``how_many`` and each of ``groups`` are sentences. The groups are the largest, and may overlap.
    """

    kind: str
    heading: str
    sets: int
    share: float
    how_many: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class OtherFirst:
    """A case with what comes first for them now, and after the change; None where nothing is recommended."""

    case: Case
    now: Listing | None
    then: Listing | None


@dataclass(frozen=True)
class ImpactInWords:
    """``effects`` are those that happen to anybody, the gravest first.

    ``day`` is the day looked at, and ``later`` says that it comes after the one asked about. Where the rules are too
    tangled to count people, nothing is ``counted``, and somebody may be left with nothing.
    """

    day: date
    effects: tuple[Told, ...]
    cases: tuple[OtherFirst, ...]
    later: bool = False
    counted: bool = True

    @property
    def stranded(self) -> Told | None:
        """The people who are left with no programme or service at all."""
        return next((effect for effect in self.effects if effect.kind == "stranded"), None)

    @property
    def strands(self) -> bool:
        """Somebody is left with no programme or service at all, or nobody can tell."""
        return self.stranded is not None or not self.counted

    @property
    def sign(self) -> str:
        """Tells whether other people are left with nothing than before."""
        return sha256(repr((self.counted, self.stranded)).encode()).hexdigest()[:16]


def impact_before(catalogue: Catalogue, changed: Listing, day: date) -> ImpactInWords:
    """What somebody should know before they publish the listing: see ``impact_of``. It never fails."""
    try:
        return impact_of(catalogue, changed, day, catalogue.judged_cases)
    except TooTangledError:
        return ImpactInWords(day, (), (), counted=False)


def decides_otherwise(live: Listing | None, changed: Listing) -> bool:
    """Whether anything differs that deciding sees."""
    if live is None:
        return True
    return any(getattr(live, field) != getattr(changed, field) for field in DECIDING)


def impact_of(catalogue: Catalogue, changed: Listing, day: date, cases: Sequence[Case] = ()) -> ImpactInWords:
    """What happens to people when the listing takes the place of the published one of its id, or is new.

    Where a rule of it begins later, or its last day is still to come, it is looked at on the day when that counts.
    Cases that cannot be read any more are left out. Raises ``TooTangledError`` where nobody can count exactly.
    """
    changed = led_on(changed, catalogue.merged_into)
    programme = _programme(catalogue, changed)
    asked, day = day, _counts_from(programme, day)
    found = impact(space_of(catalogue.questionnaire, catalogue.priors), catalogue.programmes.values(), programme, day)
    effects = ((kind, getattr(found, kind)) for kind in HEADINGS)
    return ImpactInWords(
        day=day,
        effects=tuple(_told(catalogue.questionnaire, kind, effect) for kind, effect in effects if effect.sets),
        cases=tuple(_other_first(catalogue, with_listing(catalogue, changed), day, cases)),
        later=day > asked,
    )


def _programme(catalogue: Catalogue, changed: Listing) -> Programme:
    said, freshness = catalogue.availability.get(changed.id), catalogue.freshness.get(changed.id)
    return programme_of(changed, catalogue.questionnaire, catalogue.papers, said, freshness)


def _counts_from(programme: Programme, day: date) -> date:
    """The first day from this one on, on which all that is written holds."""
    begins = [rules.since for rules in programme.rulesets if rules.since]
    after = programme.closed + timedelta(1) if programme.closed and programme.closed >= day else day
    return max(day, after, programme.opened or day, *begins)


def _told(questionnaire: Questionnaire, kind: str, effect: Effect) -> Told:
    return Told(
        kind=kind,
        heading=HEADINGS[kind],
        sets=effect.sets,
        share=effect.share,
        how_many=_how_many(effect.share) if effect.share else ONLY_UNSURE,
        groups=tuple(_group(questionnaire, group) for group in effect.groups),
    )


def _group(questionnaire: Questionnaire, group: Group) -> str:
    return f"{people(questionnaire, group.conditions)}. {_how_many(group.ways.share)}"


def _how_many(share: float) -> str:
    """A share in a sentence, as roughly as it is known."""
    if share < FEW:
        return "That is fewer than 1 in 1,000 people."
    percent = round(100 * share, 0 if share > TENTH else 1)
    return "That is everybody." if share >= 1 else f"That is about {min(percent, 99):g}% of people."


def with_listing(catalogue: Catalogue, changed: Listing) -> Catalogue:
    """The catalogue as it decides when the listing is published. It is searched as before."""
    changed = led_on(changed, catalogue.merged_into)
    programmes = {**catalogue.programmes, changed.id: _programme(catalogue, changed)}
    return replace(
        catalogue,
        listings={**catalogue.listings, changed.id: changed},
        programmes=programmes,
        interview_on=interviews(catalogue.questionnaire, programmes, catalogue.priors),
    )


def _other_first(now: Catalogue, then: Catalogue, day: date, cases: Sequence[Case]) -> Iterator[OtherFirst]:
    for case in cases:
        if readable(now.questionnaire, case.answers):
            firsts = OtherFirst(case, _first(now, case, day), _first(then, case, day))
            if (firsts.now and firsts.now.id) != (firsts.then and firsts.then.id):
                yield firsts


def _first(catalogue: Catalogue, case: Case, day: date) -> Listing | None:
    recommended = desk_for(catalogue, case.answers, day).recommended
    return catalogue.listings[recommended[0].programme.id] if recommended else None
