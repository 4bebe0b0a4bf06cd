"""What can be asked for in an address, as types: the description of the API is made from them too."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from werkzeug.datastructures import MultiDict

from app.actions.open_data import MOST, SOME, Paging

_CLOCK = r"^(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)?$"
_DAY_OR_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?")
_ZONE_BEHIND_A_BLANK = re.compile(r" ([0-9]{2}:[0-9]{2})$")
_WHOLE = re.compile(r"[0-9]{1,20}(\.0)?")
_DECIMAL = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")
LARGEST_PAGE = 1_000_000_000


class AskedError(Exception):
    """Something in the address cannot be read; ``message`` is the sentence for the caller."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def _minute(text: str) -> str:
    return text[:5]


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _with_zone(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _whole(value: object) -> object:
    """Digits, also as 5.0: not "1e3", " 5" or "٣"."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise ValueError("not a whole number")
    return value


def _decimal(value: object) -> object:
    """Not "1_000", "٣" or "nan"."""
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        raise ValueError("not a number")
    return value


def _moment(value: object) -> object:
    """A day or a moment: not seconds since 1970. In an address, the plus of a zone is read as a blank."""
    if isinstance(value, str) and not _DAY_OR_MOMENT.fullmatch(value):
        raise ValueError("not a moment")
    return _ZONE_BEHIND_A_BLANK.sub(r"+\1", value) if isinstance(value, str) and "T" in value.upper() else value


Clock = Annotated[str, Field(pattern=_CLOCK), AfterValidator(_minute)]
WholeNumber = Annotated[int, BeforeValidator(_whole)]
Years = Annotated[float, Field(ge=0, le=150), BeforeValidator(_decimal)]
Metres = Annotated[float, Field(ge=0, le=1_000_000), BeforeValidator(_decimal)]
Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_with_zone)]


class PageAsked(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    page: WholeNumber = Field(default=1, ge=1, le=LARGEST_PAGE, description="Which page, from 1.")
    per_page: WholeNumber = Field(default=SOME, ge=1, le=MOST, description="How many on a page.")

    @property
    def paging(self) -> Paging:
        return Paging(self.page, self.per_page)


class TermsAsked(PageAsked):
    taxonomy_id: UUID | None = Field(default=None, description="Only terms of this taxonomy.")


class ServicesAsked(PageAsked):
    """Filters of services. All that are given must hold."""

    search: str = Field(default="", max_length=500, description="Words, as people type them into the search.")
    taxonomy_term_id: UUID | None = Field(default=None, description="Only services that have this term.")
    taxonomy_id: UUID | None = Field(default=None, description="Only services that have a term of this taxonomy.")
    minimum_age: Years | None = Field(
        default=None, description="Only services that may take somebody of this age or older."
    )
    maximum_age: Years | None = Field(
        default=None, description="Only services that may take somebody of this age or younger."
    )
    day: Annotated[Literal["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"], BeforeValidator(_upper)] = Field(
        default="", description="Only services that are known to be open on this day of the week."
    )
    start_time: Clock = Field(default="", description="Only services that are known to be open at this time, as 09:30.")
    end_time: Clock = Field(default="", description="Only services that are known to be open until this time.")
    modified_after: Moment | None = Field(
        default=None,
        description="Only services of which something changed at this moment or later, also those that closed.",
    )


class PlacesAsked(ServicesAsked):
    """Filters of places: those of their services, and how near they are."""

    postcode: str = Field(default="", max_length=20, description="Only places near this postcode.")
    proximity: Metres | None = Field(
        default=None, description="How near, in metres, in a straight line. 5,000 by default."
    )


SENTENCES = {
    "page": "“page” must be a whole number from 1.",
    "per_page": f"“per_page” must be a whole number from 1 to {MOST}.",
    "taxonomy_term_id": "“taxonomy_term_id” must be the id of a term, as in /taxonomy_terms.",
    "taxonomy_id": "“taxonomy_id” must be the id of a taxonomy, as in /taxonomies.",
    "minimum_age": "“minimum_age” must be a number of years.",
    "maximum_age": "“maximum_age” must be a number of years.",
    "day": "“day” must be one of MO, TU, WE, TH, FR, SA and SU.",
    "start_time": "“start_time” must be a time, such as 09:30.",
    "end_time": "“end_time” must be a time, such as 17:00.",
    "modified_after": "“modified_after” must be a moment, such as 2026-11-21T09:00:00Z.",
    "proximity": "“proximity” must be a number of metres.",
    "search": "“search” must have 500 characters or fewer.",
    "postcode": "“postcode” must be a whole postcode, such as NW1 2DB.",
}
"""What is said of each that cannot be read."""


Asked = TypeVar("Asked", bound=BaseModel)


def asked(kind: type[Asked], given: MultiDict[str, str]) -> Asked:
    """What the address asks for. Nothing after a name is as good as no name. Raises ``AskedError``."""
    values = {name: value for name, value in given.items() if value != "" and name in kind.model_fields}
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        named = [str(fault["loc"][0]) for fault in error.errors()]
        raise AskedError(" ".join(SENTENCES[name] for name in dict.fromkeys(named))) from error
