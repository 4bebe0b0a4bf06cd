"""The answers of Open Referral UK 3.0, as types. What is empty is left out: the standard has no word for "unknown".
So only what may be left out has a default.

Names, and what must be there, are those of the profile's schemas; ``docs/open-referral.md`` says what each of ours
means. Moments are in UTC, days are ``YYYY-MM-DD``, ids are UUIDs.
"""

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, Field, WithJsonSchema

from app.exchange.oruk.ours import OurOrganisation, OurPart, OurWhole, Shape

Status = Literal["active", "inactive", "defunct", "temporarily closed"]
PROFILE = "https://docs.openreferraluk.org/en/latest/"
VERSION = "HSDS-UK-3.0"
Uri = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Email = Annotated[str, WithJsonSchema({"type": "string", "format": "email"})]


class Term(Shape):
    """One term of a taxonomy."""

    id: UUID
    name: str
    description: str
    taxonomy: str
    taxonomy_id: UUID


class TaxonomyInList(Shape):
    """A taxonomy in short."""

    id: UUID
    name: str
    description: str
    version: str


class Taxonomy(TaxonomyInList):
    """A taxonomy with its terms."""

    taxonomy_terms: tuple[Term, ...]


class Attribute(Shape):
    """That a term holds for a service."""

    id: UUID
    link_id: UUID
    link_type: str
    taxonomy_term_id: UUID
    taxonomy_term: Term


class Organization(Shape):
    """Who runs a service."""

    id: UUID
    name: str
    description: str
    website: Uri | None = None
    no_wrong_door: OurOrganisation


class Schedule(Shape):
    """One span of a weekday, by the clock in London. What closes at or before it opens, closes on the next day."""

    id: UUID
    service_id: UUID
    freq: Literal["WEEKLY"]
    interval: int
    byday: str = Field(description="The weekday: MO, TU, WE, TH, FR, SA or SU.")
    opens_at: str = Field(description="As 09:30.")
    closes_at: str = Field(description="As 17:00.")
    notes: str | None = None


class ServiceArea(Shape):
    """Where people live whom a service is for."""

    id: UUID
    service_id: UUID
    name: str
    service_area: str


class Address(Shape):
    """The parts of an address, as far as they can be told from how people write it."""

    id: UUID
    location_id: UUID
    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: Literal["physical"]


class Accessibility(Shape):
    """How people get into a place."""

    id: UUID
    location_id: UUID
    description: str


class LocationInList(Shape):
    """A place in short."""

    id: UUID
    location_type: Literal["physical"]
    name: str = Field(description="The address as people write it.")
    description: str | None = None


class Location(LocationInList):
    """A place with its address, and how people get in."""

    addresses: tuple[Address, ...] = ()
    accessibility: tuple[Accessibility, ...] = ()


class ServiceLanguage(Shape):
    """A language in which people can be helped."""

    id: UUID
    service_id: UUID
    name: str


class Funding(Shape):
    """Who pays for a service."""

    id: UUID
    service_id: UUID
    source: str


class CostOption(Shape):
    """What it costs."""

    id: UUID
    service_id: UUID
    option: str
    amount: float
    amount_description: str


class ServiceContact(Shape):
    """A way of getting in touch in writing, or whom to ask (``title``). Never a person's name."""

    id: UUID
    service_id: UUID
    title: str | None = Field(default=None, description="Whom to ask.")
    email: Email | None = None


class Phone(Shape):
    """As in HSDS 3; the UK profile has no place for phone numbers at a service, and lets this pass."""

    id: UUID
    service_id: UUID
    number: str
    type: Literal["voice", "text"]
    description: str | None = None


class ServiceInList(Shape):
    """A service in short. What is not known is left out."""

    id: UUID
    organization_id: UUID | None = None
    name: str
    description: str
    url: Uri | None = None
    email: Email | None = None
    status: Status = Field(description="A service that closed, or that another one stands for, is defunct.")
    fees: str | None = None
    minimum_age: float | None = Field(default=None, description="In years. Left out where no source gives one.")
    maximum_age: float | None = Field(default=None, description="In whole years. Left out where no source gives one.")
    assured_date: date | None = Field(
        default=None, description="The day in London on which somebody responsible last said that it is all true."
    )
    alert: str | None = Field(default=None, description="What to know before you send anybody there.")
    last_modified: AwareDatetime | None = Field(
        default=None, description="When anything in the answer about it changed last."
    )
    organization: Organization | None = None
    no_wrong_door: OurPart


class PlaceOfService(Shape):
    """Where a service can be visited, inside the answer about that service."""

    id: UUID
    service_id: UUID
    location_id: UUID
    location: Location


class Service(ServiceInList):
    """The whole of a service. What is not known is left out."""

    schedules: tuple[Schedule, ...] = ()
    service_areas: tuple[ServiceArea, ...] = ()
    service_at_locations: tuple[PlaceOfService, ...] = ()
    languages: tuple[ServiceLanguage, ...] = ()
    funding: tuple[Funding, ...] = ()
    cost_options: tuple[CostOption, ...] = ()
    contacts: tuple[ServiceContact, ...] = ()
    phones: tuple[Phone, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    no_wrong_door: OurWhole


class ServiceAtLocationInList(Shape):
    """A service at a place, in short."""

    id: UUID
    service_id: UUID
    location_id: UUID
    location: LocationInList
    service: ServiceInList


class ServiceAtLocation(ServiceAtLocationInList):
    """A service at a place, with the whole of both."""

    location: Location
    service: Service


class ApiDetails(Shape):
    """What stands at the root."""

    version: str = Field(description="The profile and its version.")
    profile: Uri = Field(description="Where the profile is written down.")
    openapi_url: Uri = Field(description="Where this API is described.")


Item = TypeVar("Item", bound=Shape)


class Page(Shape, Generic[Item]):
    """One page of a list."""

    total_items: int = Field(ge=0, description="How many there are on all pages.")
    total_pages: int = Field(ge=0)
    page_number: int = Field(ge=1, description="Which page this is, from 1.")
    size: int = Field(ge=0, description="How many are on this page.")
    first_page: bool
    last_page: bool
    empty: bool
    contents: tuple[Item, ...]


class PageOfServices(Page[ServiceInList]):
    """A page of services, those that came first first."""


class PageOfPlaces(Page[ServiceAtLocationInList]):
    """A page of services at places, in the order of the services."""


class PageOfTaxonomies(Page[TaxonomyInList]):
    """A page of taxonomies."""


class PageOfTerms(Page[Term]):
    """A page of terms."""
