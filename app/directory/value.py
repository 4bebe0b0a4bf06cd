"""What every value of the directory has in common."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=600)]


def _check_phrase(text: str) -> str:
    if not any(character.isalnum() for character in text):
        raise ValueError("holds no word: write it out, or take it out")
    return text


Phrase = Annotated[str, AfterValidator(_check_phrase)]
Phrases = tuple[Phrase, ...]


class Value(BaseModel):
    """An immutable value that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)
