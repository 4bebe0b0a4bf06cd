"""The description of all JSON addresses: whole, and kept to the letter."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from app.exchange.oruk.ours import OurAvailability, OurOrganisation, OurPart, OurWhole
from tests.seeds import ROOT as PROJECT
from tests.web.described import deviations
from tests.web.open_site import body

EXAMPLES = 8


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    return body(client.get("/api/openapi.json"))


def test_every_json_address_is_described(site: Flask, document: dict[str, Any]) -> None:
    served = {
        str(rule.rule).replace("<id_>", "{id}")
        for rule in site.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/healthz", "/readyz"))
    }
    assert set(document["paths"]) == served - {"/api/openapi.json"}


def test_every_part_that_is_named_is_there_and_is_a_schema(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    parts = document["components"]["schemas"]
    named = set(_references(document))
    assert {f"#/components/schemas/{name}" for name in parts} >= named
    for schema in parts.values():
        Draft202012Validator.check_schema(schema)
        assert schema["description"].endswith("."), schema
    assert len({operation["operationId"] for path in document["paths"].values() for operation in path.values()}) == 14


def test_the_answers_are_what_the_description_says(site: Flask) -> None:
    assert list(deviations(site, EXAMPLES)) == []


def test_every_field_of_ours_is_explained() -> None:
    explained = (PROJECT / "docs" / "open-referral.md").read_text()
    tables = {
        heading: set(re.findall(r"^\| `(\w+)` \| \S", part, re.MULTILINE))
        for heading, part in re.findall(r"^(In .*?):\n(.*?)(?=^In |^#|\Z)", explained, re.MULTILINE | re.DOTALL)
    }
    assert tables == {
        "In a service, in lists and by its id": set(OurPart.model_fields),
        "In a service by its id, besides": set(OurWhole.model_fields) - set(OurPart.model_fields),
        "In `availability`": set(OurAvailability.model_fields),
        "In an organisation": set(OurOrganisation.model_fields),
    }
    for model in (OurPart, OurWhole, OurAvailability, OurOrganisation):
        assert all(field.description for field in model.model_fields.values())


def _references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for one in part for found in _references(one)]
    if not isinstance(part, dict):
        return []
    here = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return here + [found for one in part.values() for found in _references(one)]
