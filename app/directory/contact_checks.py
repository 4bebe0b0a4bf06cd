"""What somebody of the directory team found out about a way of getting in touch."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from app.directory.value import Value

CheckOutcome = Literal["right", "wrong", "none"]
"""``right``: it leads there. ``wrong``: it does not. ``none``: there is no such way of getting in touch."""
CheckHow = Literal["rang", "visited", "asked", "read"]
"""Rang or wrote; went there; asked the organisation; read it on the organisation's own page."""
LONGEST_NOTE = 300


class ContactCheck(Value):
    """``checked_on`` is the day in London on which somebody found it out."""

    outcome: CheckOutcome
    how: CheckHow
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    checked_on: date


def contact_key(listing: str, type_: str, value: str = "") -> str:
    """What a check is kept under. Without a value: that none is known."""
    return f"listing/{listing}/{type_}/{value}"


def crisis_key(line: str, type_: str, value: str) -> str:
    return f"crisis/{line}/{type_}/{value}"
