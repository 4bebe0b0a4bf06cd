"""What a change does to people, beside the form, before it is sent, and before it is approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.actions.editing.drafts import Managed
from app.actions.editing.stranding import Although, StrandsError
from app.actions.impact import DECIDING, ImpactInWords, decides_otherwise, impact_before
from app.actions.today import today
from app.current import current_catalogue
from app.directory.editing.edit_checks import Mistake
from app.directory.editing.edited import edited_of

from .preview import listing_of_draft

YES, REASON, SEEN = "although-yes", "although-reason", "although-seen"
_PLACES = {"yes": YES, "reason": REASON}


@dataclass(frozen=True)
class AlthoughForm:
    """The fields in which an admin says yes to leaving people with no programme, as they are filled in."""

    yes: bool
    reason: str
    seen: str
    problems: Mapping[str, str]


def impact_of_draft(managed: Managed, mistakes: Iterable[Mistake]) -> ImpactInWords | None:
    """What the draft would do if it were public; for ``manage/impact.html``.

    None where there is no draft, where nothing changes that deciding sees, and where that has ``mistakes``.
    """
    wrong = {one.field for one in mistakes}
    if managed.draft is None or wrong & DECIDING:
        return None
    edited = managed.edited
    if wrong:
        # What else is wrong says nothing of people.
        sound = {field: getattr(edited, field) for field in DECIDING}
        edited = edited_of(managed.listing).model_copy(update=sound)
    listing = listing_of_draft(managed, edited)
    if not decides_otherwise(managed.listing, listing):
        return None
    return impact_before(current_catalogue(), listing, today())


def although_of(typed: Mapping[str, str]) -> Although:
    return Although(typed.get(YES) == "yes", typed.get(REASON, "").strip(), typed.get(SEEN, ""))


def although_form(typed: Mapping[str, str], refused: StrandsError | None) -> AlthoughForm | None:
    """None where nobody has to say anything. A yes to other people than are shown now does not stand."""
    said = although_of(typed)
    if refused is None:
        return AlthoughForm(said.yes, said.reason, said.seen, {}) if said.seen else None
    problems = {_PLACES[place]: sentence for place, sentence in refused.places.items()}
    return AlthoughForm(said.yes and YES not in problems, said.reason, refused.impact.sign, problems)


def stranding_problems(refused: StrandsError) -> list[tuple[str, str]]:
    """What to put right, for the summary at the top: each sentence with the id of its field."""
    return [(refused.message, "impact"), *((text, _PLACES[place]) for place, text in refused.places.items())]
