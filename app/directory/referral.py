"""What a professional needs beside a listing to refer somebody. Read from ``seed/referral.yaml``."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StrictBool

from app.directory.listing import Fact, Listing, PracticalId, Role
from app.directory.sources import Source
from app.directory.value import Slug, Text, Value

Names = Annotated[tuple[Text, ...], Field(min_length=1)]
_CODE = re.compile(r"[0-9]{6,18}")


def _check_code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise ValueError("is no SNOMED CT code: write its 6 to 18 digits, in quotes")
    return text


class Blanks(Value):
    """What the record system fills in. ``patient``: the blank by its label."""

    patient: Annotated[dict[Text, Text], Field(min_length=1)]
    sender: Names


class Consent(Value):
    """What to do before anything is sent, and the line that says whether it was done."""

    before: Fact
    line: Text


class Code(Value):
    """One SNOMED CT code, for reference."""

    code: Annotated[str, AfterValidator(_check_code)]
    term: Text
    source: tuple[str, ...] = Field(min_length=1)


class Coding(Value):
    """What is said of codes for the listings of ``services``, or those that serve one of ``goals``.

    What ``own_words`` say, no source says. ``free_text`` stands in place of a code: {name} and {day} are filled in.
    """

    services: tuple[Slug, ...] = ()
    goals: tuple[str, ...] = ()
    text: Text
    source: tuple[str, ...] = ()
    own_words: StrictBool = False
    codes: tuple[Code, ...] = ()
    free_text: str = ""

    def is_for(self, listing: Listing) -> bool:
        return listing.id in self.services or not set(self.goals).isdisjoint(listing.goals)


class Advice(Value):
    """For the professional, where the patient answered a question so (``when``: its id, and any of these answers)."""

    title: Text
    when: Annotated[dict[str, Names], Field(min_length=1, max_length=1)]
    lines: Annotated[tuple[Fact, ...], Field(min_length=1)]
    record: Text
    codes: tuple[Code, ...] = ()


class Message(Value):
    """The words of the text for the patient's phone. ``aims`` are by goal; a goal without one is never named.

    ``does_by_role``, with all roles, is for a listing without such a goal.
    """

    opening: Text
    aims: Annotated[dict[str, Text], Field(min_length=1)]
    does: Text
    does_by_role: dict[Role, Text]
    check_first: Text
    through: Text
    no_contact: Text
    closing: Text


class ReferralWords(Value):
    """The whole of the file."""

    blanks: Blanks
    consent: Consent
    to_know: Annotated[tuple[PracticalId, ...], Field(min_length=1)]
    coding: tuple[Coding, ...]
    check: Text
    advice: tuple[Advice, ...]
    message: Message
    sources: dict[str, Source]


def referral_words_from(data: Mapping[str, Any]) -> ReferralWords:
    """Reads the data of ``seed/referral.yaml``."""
    return ReferralWords.model_validate(data)
