"""The gate before a change is public: nobody is left without a programme, unless an admin says yes and why; and nobody
without somebody to talk to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.actions.coverage import hole
from app.actions.editing.errors import EditError
from app.actions.impact import NOT_COUNTED, ImpactInWords, decides_otherwise, impact_before, with_listing
from app.catalogue import Catalogue, as_in
from app.directory.listing import Listing
from app.eligibility.possible import TooTangledError

FEWEST_WORDS = 3
"""Of a reason."""
PUBLISHED_ALTHOUGH = "Published although people are left with no programme: {reason}"
STRANDED = "People would be left with no programme or service. See who they are, and then decide."
SAY_YES = "Tick the box if the change is to be published although people are left with no programme."
SAY_WHY = "Say why, in three words or more. The reason is kept in the history."
NOBODY_CAN_TELL = "Nobody can tell whether everybody would still have somebody to talk to. Make the conditions simpler."
OTHERS = "Other people are left with no programme now than those you were shown. Look again, and then decide."


@dataclass(frozen=True)
class Although:
    """An admin's yes to leaving people with no programme. ``seen`` is the ``sign`` of what they were shown of it."""

    yes: bool = False
    reason: str = ""
    seen: str = ""


NOTHING_SAID = Although()


class StrandsError(EditError):
    """People would be left with no programme. ``places``: what the admin has to do, by ``yes`` and ``reason``."""

    def __init__(self, impact: ImpactInWords, places: dict[str, str]) -> None:
        super().__init__(STRANDED)
        self.impact, self.places = impact, places


def refuse_stranding(
    session: Session, at_hand: Catalogue, live: Listing, listing: Listing, although: Although, day: date
) -> ImpactInWords | None:
    """Gives what the change does where it leaves people with no programme, and an admin wants that; else None.

    ``session`` holds what is public before it, and ``at_hand`` what was so a moment ago. Raises ``StrandsError`` where
    nobody said yes, and ``EditError`` where somebody would have nobody to talk to.
    """
    if not decides_otherwise(live, listing):
        return None
    catalogue = as_in(session, at_hand)
    impact = impact_before(catalogue, listing, day)
    _refuse_hole(catalogue, listing, impact.day)
    if not impact.strands:
        return None
    if places := dict(_lacking(impact, although)):
        raise StrandsError(impact, places)
    return impact


def who_is_left(stranding: ImpactInWords) -> list[str]:
    """Who is left with no programme, for the audit trail."""
    told = stranding.stranded
    return [told.how_many, *told.groups] if told else [NOT_COUNTED]


def _lacking(impact: ImpactInWords, although: Although) -> Iterator[tuple[str, str]]:
    if not although.yes:
        yield "yes", SAY_YES
    elif although.seen != impact.sign:
        yield "yes", OTHERS
    if len(although.reason.split()) < FEWEST_WORDS:
        yield "reason", SAY_WHY


def _refuse_hole(catalogue: Catalogue, listing: Listing, day: date) -> None:
    questionnaire = catalogue.questionnaire
    if listing.id not in (*questionnaire.human_routes, *questionnaire.human_routes_where_fitting):
        return
    try:
        after = hole(with_listing(catalogue, listing), day)
        before = hole(catalogue, day) if after else None
    except TooTangledError as error:
        raise EditError(NOBODY_CAN_TELL) from error
    if after and after["sets"] > (before["sets"] if before else 0):
        raise EditError(
            f"{after['people']} would have nobody to talk to. {listing.name} is one of the places where anybody can "
            "ask. Change it so that they can still go there."
        )
