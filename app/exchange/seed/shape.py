"""Turns what pydantic says about a file into sentences for the person who wrote it, with their lines."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.exchange.seed.plain_yaml import Document, Place, Problem

Model = TypeVar("Model", bound=BaseModel)

_SENTENCES: dict[str, Callable[[str, Any, dict[str, Any]], str]] = {
    "missing": lambda name, _value, _ctx: f"“{name}” is missing. Add it.",
    "extra_forbidden": lambda name, _value, _ctx: (
        f"“{name}” is not a field here. Check its spelling against docs/listing-format.md, or take it out."
    ),
    "literal_error": lambda name, value, ctx: _not_one_of(name, value, ctx["expected"]),
    "string_type": lambda name, value, _ctx: f"“{name}” should be text, not {_shown(value)}. Put it in quotes.",
    "string_too_short": lambda name, _value, _ctx: f"“{name}” is empty. Write it, or take the field out.",
    "string_too_long": lambda name, value, ctx: (
        f"“{name}” has {len(value)} characters; {ctx['max_length']} are allowed. Shorten it."
    ),
    "string_pattern_mismatch": lambda name, value, _ctx: (
        f"“{name}” says {_shown(value)}. An id has small letters, digits and single hyphens only."
    ),
    "too_short": lambda name, _value, _ctx: f"“{name}” is empty. Give at least one.",
    "too_long": lambda name, _value, ctx: f"“{name}” has more than {_counted(ctx['max_length'])}. Leave some out.",
    "tuple_type": lambda name, _value, _ctx: f"“{name}” should be a list. Put it in square brackets: [ ].",
    "dict_type": lambda name, _value, _ctx: f"“{name}” should hold fields and their values (name: value).",
    "model_type": lambda name, _value, _ctx: f"“{name}” should hold fields and their values (name: value).",
    "int_type": lambda name, value, _ctx: f"“{name}” should be a whole number, not {_shown(value)}.",
    "greater_than_equal": lambda name, value, ctx: f"“{name}” says {_shown(value)}. Write {ctx['ge']:g} or more.",
    "less_than_equal": lambda name, value, ctx: f"“{name}” says {_shown(value)}. Write {ctx['le']:g} or less.",
    "float_parsing": lambda name, value, _ctx: f"“{name}” should be a number, not {_shown(value)}.",
    "float_type": lambda name, value, _ctx: f"“{name}” should be a number, not {_shown(value)}.",
    "bool_parsing": lambda name, value, _ctx: f"“{name}” should be true or false, not {_shown(value)}.",
    "bool_type": lambda name, value, _ctx: f"“{name}” should be true or false, not {_shown(value)}.",
    "value_error": lambda name, value, ctx: f"“{name}” says {_shown(value)}, which {ctx['error']}.",
}


def validate(model: type[Model], document: Document, problems: list[Problem], *place: str | int) -> Model | None:
    """The part of the document at ``place`` as a value, or None with the reasons added to ``problems``."""
    data: Any = document.data
    for step in place:
        data = data[step]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems += [_problem(document, place, found) for found in error.errors(include_url=False)]
        return None


def _problem(document: Document, place: Place, found: ErrorDetails) -> Problem:
    where = (*place, *found["loc"])
    name = _field_name(where)
    sentence = _SENTENCES.get(found["type"])
    if sentence is None:
        return document.problem(f"“{name}” cannot be read: {found['msg']}.", *where)
    return document.problem(sentence(name, found["input"], found.get("ctx", {})), *where)


def _field_name(where: Place) -> str:
    """The last step that has a name: pydantic adds numbers for places in lists and ``[key]`` for names of fields."""
    names = [step for step in where if isinstance(step, str) and step != "[key]"]
    return names[-1] if names else "file"


def _not_one_of(name: str, value: Any, expected: str) -> str:
    if not isinstance(value, str):
        return f"“{name}” should be text, not {_shown(value)}. Write one of {expected}, in quotes."
    return f"“{name}” says {_shown(value)}. Write one of {expected}."


def _counted(entries: int) -> str:
    return f"{entries} entry" if entries == 1 else f"{entries} entries"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{text[:60]}”"
