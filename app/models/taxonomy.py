"""What people want (the goals of the questions) as terms, and which service serves which."""

from uuid import UUID

from sqlmodel import Field, SQLModel

from app.models.base import ServicePart


class TaxonomyTerm(SQLModel, table=True):
    """``code`` is the id of the answer, ``name`` what people read."""

    __tablename__ = "taxonomy_term"

    id: UUID = Field(primary_key=True)
    code: str = Field(unique=True)
    name: str


class Attribute(ServicePart, table=True):
    __tablename__ = "attribute"

    taxonomy_term_id: UUID = Field(foreign_key="taxonomy_term.id", ondelete="CASCADE", index=True)
