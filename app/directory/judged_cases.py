"""People whom a human being judged, to see what a change would do to them. Read from ``seed/judged_cases.yaml``."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from app.directory.value import Text, Value


class Case(Value):
    """Who it is in a sentence, and what they answer (see ``read_answers``)."""

    story: Text
    answers: Annotated[dict[str, object], Field(min_length=1)]


def judged_cases_from(data: Mapping[str, Any]) -> tuple[Case, ...]:
    """Reads the data of ``seed/judged_cases.yaml``."""
    return tuple(Case.model_validate(case) for case in data.values())
