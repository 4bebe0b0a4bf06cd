"""Searches that found little."""

from datetime import date

from sqlmodel import Field, SQLModel


class LittleFoundSearch(SQLModel, table=True):
    """How often a word stood in a search of a day that found little. A word that few searched for is a hash."""

    __tablename__ = "little_found_search"

    day: date = Field(primary_key=True)
    word: str = Field(primary_key=True)
    times: int
