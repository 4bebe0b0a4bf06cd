"""From the types that make the answers to their description, in the words of JSON Schema 2020-12."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

PLACE = "#/components/schemas/{model}"
Json = dict[str, Any]


class AsWritten(GenerateJsonSchema):
    """Without the titles that would repeat the names of the fields."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


class WithoutEmpty(AsWritten):
    """Of answers in which what is empty is left out: nothing in them is ``null``, and nothing has a default."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def schemas(
    models: Sequence[type[BaseModel]], generator: type[GenerateJsonSchema], mode: JsonSchemaMode = "serialization"
) -> tuple[dict[type[BaseModel], Json], Json]:
    """Where each of the models is described, and the descriptions of these and of all their parts, by name."""
    found, whole = models_json_schema(
        [(model, mode) for model in models], by_alias=True, ref_template=PLACE, schema_generator=generator
    )
    return {model: found[model, mode] for model in models}, whole["$defs"]


def parameters(asked: type[BaseModel]) -> Iterator[Json]:
    """What can be given in an address, one by one. Nothing after a name is as good as no name."""
    described = asked.model_json_schema(schema_generator=WithoutEmpty, mode="validation")
    for name, field in asked.model_fields.items():
        schema: Json = dict(described["properties"][name])
        text = schema.pop("description")
        if field.default:
            schema["default"] = field.default
        yield {"name": name, "in": "query", "description": text, "allowEmptyValue": True, "schema": schema}
