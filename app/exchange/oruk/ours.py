"""The shapes of ``no_wrong_door``: what the standard has no word for. ``docs/open-referral.md`` explains each field."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.directory.availability import AvailabilityState
from app.directory.listing import Listing, Role


class _AsListing:
    """Described as a ``Listing``, whatever the plain data is said to be."""

    @staticmethod
    def __get_pydantic_json_schema__(_: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(Listing.__pydantic_core_schema__)


WholeListing = Annotated[dict[str, Any], _AsListing]
"""A ``Listing`` as plain data, without what is empty."""


class Shape(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OurOrganisation(Shape):
    """What the standard has no word for at an organisation."""

    slug: str = Field(description="Its short name in this directory.")
    aliases: tuple[str, ...] = Field(default=(), description="Other names that people use for it.")


class OurPart(Shape):
    """What the standard has no word for, in every answer about a service."""

    slug: str = Field(description="Its short name in this directory.")
    url: str = Field(description="The path of its page for people, on this host.")
    role: Role = Field(description="What kind of help it is. A human_route is somebody to talk to in any case.")
    status_here: Literal["live", "check_first", "closed", "merged"] = Field(
        description="As this directory has it. Ring before you send anybody to one that is check_first."
    )
    confirmed_at: AwareDatetime | None = Field(
        default=None, description="When somebody responsible last said that all of it is still true."
    )
    confirmed_by: Literal["organisation", "directory_team"] | None = Field(
        default=None, description="Who said so: those who run it, or the team of this directory."
    )
    changed_at: AwareDatetime | None = Field(default=None, description="When its words were last edited here.")
    successors: tuple[UUID, ...] = Field(
        default=(), description="Ids of the services that took its place. A source says so."
    )
    see_instead: tuple[UUID, ...] = Field(
        default=(), description="Ids of services to look at instead. That is our advice."
    )
    merged_into: UUID | None = Field(default=None, description="The id of the service that stands for it now.")


class OurAvailability(Shape):
    """What the provider says of today."""

    state: AvailabilityState = Field(description="Whether they take referrals.")
    wait: str | None = Field(default=None, description="How long the wait is, in their words.")
    note: str | None = Field(default=None, description="What else they say.")
    until: date | None = Field(default=None, description="The last day of it, where they know.")
    said_at: AwareDatetime = Field(description="When they said so.")


class OurWhole(OurPart):
    """What the standard has no word for, in the whole answer about a service."""

    review_days: int = Field(description="After how many days somebody should confirm it again.")
    availability: OurAvailability | None = Field(
        default=None, description="What the provider says of today. It is left out where they say nothing."
    )
    listing: WholeListing = Field(
        description="All that this directory says of it: every fact, rule and way in, each with its sources."
    )
