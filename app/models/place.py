"""Where a service can be visited: service → service_at_location → location → address, as in the standard."""

from uuid import UUID

from sqlmodel import Field, SQLModel

from app.models.base import HowKnown, ServicePart


class Location(SQLModel, table=True):
    __tablename__ = "location"

    id: UUID = Field(primary_key=True)
    location_type: str = "physical"


class Address(SQLModel, table=True):
    """``address_1`` is the whole address as people write it, on one line."""

    __tablename__ = "address"

    id: UUID = Field(primary_key=True)
    location_id: UUID = Field(foreign_key="location.id", ondelete="CASCADE", index=True)
    address_1: str


class ServiceAtLocation(ServicePart, HowKnown, table=True):
    __tablename__ = "service_at_location"

    location_id: UUID = Field(foreign_key="location.id", ondelete="CASCADE", index=True)
