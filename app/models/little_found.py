"""Searches that found little."""

from datetime import date

from sqlmodel import Field, SQLModel


class LittleFoundSearch(SQLModel, table=True):
    """How often some words were searched for on a day and little was found. Only words that the directory knows."""

    __tablename__ = "little_found_search"

    day: date = Field(primary_key=True)
    words: str = Field(primary_key=True)
    times: int
