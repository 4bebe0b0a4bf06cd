"""Every answer against the official schemas of Open Referral UK 3.0, as its validator does.

Level 1, which a feed must pass: the root, the list of services with its pages, and services by id. Level 2: the same of
taxonomies, their terms, and services at locations. Besides the schema, the validator turns pages by five, and looks at
``first_page``, ``last_page``, ``empty`` and ``size``; here at every page. The root's ``version`` decides which profile
a feed is held against.
"""

import json
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker

from tests.made_up_services import made_up
from tests.seeds import ROOT as PROJECT
from tests.seeds import published_seed
from tests.web.open_site import LISTS, ROOT, body, open_site, pages
from tests.web.site import seeded_site

FOLDER = Path(os.environ.get("ORUK_SCHEMAS") or PROJECT.parent / "shared" / "oruk" / "schemas")
MANY, IDS, SHORT = 2000, 25, 5
NAMES = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
FORMATS = {"date", "date-time", "email", "uri", "uuid"}
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"The schemas of Open Referral UK are not in {FOLDER}. Set ORUK_SCHEMAS to the folder that holds them.",
)


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads((FOLDER / f"{name}.json").read_text())
    return Draft202012Validator(schema, format_checker=FormatChecker(FORMATS))


def made_up_site() -> Flask:
    return open_site(made_up(published_seed(), MANY))


SITES = [pytest.param(seeded_site, None, id="real"), pytest.param(made_up_site, IDS, id="made-up")]


def test_what_is_wrong_would_be_noticed(client: FlaskClient) -> None:
    assert set(FormatChecker.checkers) >= FORMATS
    wrong = {
        "status": "archived",
        "id": "1",
        "url": "www.example.org",
        "email": "x",
        "last_modified": "now",
        "name": None,
    }
    page = next(pages(client, "services", SHORT))
    one = body(client.get(f"{ROOT}/services/{page['contents'][0]['id']}"))
    page["contents"][0] |= wrong
    assert len(faults("service_list", page)) == len(wrong)
    assert len(faults("service", one | wrong | {"organization": {"id": "1"}})) == len(wrong) + 3


def test_the_root_names_the_profile(client: FlaskClient) -> None:
    details = body(client.get(f"{ROOT}/", base_url="https://directory.example"))
    assert faults("api_details", details) == []
    assert details["version"] == "HSDS-UK-3.0"
    assert details["openapi_url"] == "https://directory.example/api/openapi.json"
    assert client.get("/api/openapi.json").status_code == 200


@pytest.mark.parametrize(("site", "ids"), SITES)
def test_every_page_and_what_it_lists_conforms(site: Callable[[], Flask], ids: int | None) -> None:
    client = site().test_client()
    for kind in LISTS:
        all_conform(client, kind, ids)


def all_conform(client: FlaskClient, kind: str, ids: int | None) -> None:
    """Every page of a list, and as many of what it lists, one by one; None: all."""
    turned = list(pages(client, kind, 100))
    assert [fault for page in turned for fault in faults(f"{NAMES[kind]}_list", page)] == []
    listed = [item["id"] for page in turned for item in page["contents"]]
    assert len(listed) == len(set(listed)) == turned[0]["total_items"] > 0
    assert [fault for page in turned for fault in empty_parts(page)] == []
    chosen = listed if ids is None else Random(ids).sample(listed, min(ids, len(listed)))
    for id_ in chosen:
        response = client.get(f"{ROOT}/{kind}/{id_}", follow_redirects=True)
        assert response.status_code == 200
        assert [*faults(NAMES[kind], response.json), *empty_parts(response.json)] == []


@pytest.mark.parametrize("kind", LISTS)
def test_pages_say_rightly_where_they_stand(client: FlaskClient, kind: str) -> None:
    turned = list(pages(client, kind, SHORT))
    for number, page in enumerate(turned, 1):
        assert page["page_number"] == number
        assert page["total_pages"] == len(turned)
        assert page["first_page"] == (number == 1)
        assert page["last_page"] == (number == len(turned))
        assert page["size"] == len(page["contents"])
        assert page["size"] == SHORT or page["last_page"]
        assert page["empty"] is False


def faults(name: str, answer: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(answer)]


def empty_parts(part: Any, place: str = "$") -> Iterator[str]:
    """The standard has no word for "not known": such a field is left out. What a schema cannot say."""
    if part in (None, "") or (part == [] and not place.endswith("contents")):
        yield place
    if isinstance(part, dict):
        for name, inner in part.items():
            if name != "listing":
                yield from empty_parts(inner, f"{place}.{name}")
    if isinstance(part, list):
        for inner in part:
            yield from empty_parts(inner, f"{place}[]")
