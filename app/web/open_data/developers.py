"""The page for whoever builds on this directory, with examples that are made when the page is made."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from shlex import quote
from typing import Any

from flask import Blueprint, Response, url_for
from pydantic import BaseModel

from app.actions import open_data
from app.actions.decision import decision_data
from app.actions.find import find
from app.actions.open_data import Paging, Wanted
from app.actions.recommend import recommend
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue
from app.exchange.oruk.ours import OurAvailability, OurPart, OurWhole

from ..api_answers import searched
from ..page import page

blueprint = Blueprint("developers", __name__)
TYPED = "back pain"
SCRIPT = """\
async function allServices() {
  const services = [];
  for (let page = 1; ; page += 1) {
    const answer = await fetch(`ROOTservices?per_page=100&page=${page}`);
    if (!answer.ok) throw new Error(`The directory answered ${answer.status}`);
    const body = await answer.json();
    services.push(...body.contents);
    if (body.last_page) return services;
  }
}"""
"""Reads all services; ``ROOT`` stands for where they are."""


@dataclass(frozen=True)
class Example:
    """``command`` asks for it on a command line, and ``answer`` is what comes."""

    title: str
    command: str
    answer: str


@dataclass(frozen=True)
class Field:
    name: str
    meaning: str


@blueprint.get("/developers")
def developers() -> Response:
    catalogue = current_catalogue()
    fields = [*_fields(OurWhole), *(Field(f"availability.{one.name}", one.meaning) for one in _fields(OurAvailability))]
    root = url_for("oruk.details", _external=True)
    return page(
        "open_data/developers.html",
        examples=list(_examples(catalogue)),
        fields=fields,
        in_lists=len(OurPart.model_fields),
        most=open_data.MOST,
        root=root,
        script=SCRIPT.replace("ROOT", root),
    )


def _examples(catalogue: Catalogue) -> Iterator[Example]:
    day = today()
    first = open_data.services(catalogue, Wanted(), Paging(1, 1), day)
    address = url_for("oruk.services", per_page=1, _external=True)
    yield Example("The first service", f"curl {quote(address)}", _pretty(json.loads(first.body)))
    found = find(catalogue, TYPED, None, 1, day)
    address = url_for("api.search", q=TYPED, limit=1, _external=True)
    yield Example(
        "One search", f"curl {quote(address)}", _pretty(searched(catalogue, found, day).model_dump(mode="json"))
    )
    for case in catalogue.judged_cases[:1]:
        sent = {"answers": case.answers, "limit": 1}
        address = url_for("api.recommendations", _external=True)
        command = f"curl {quote(address)} -H 'Content-Type: application/json' -d {quote(json.dumps(sent))}"
        decision = decision_data(catalogue, recommend(catalogue, case.answers, day), limit=1)
        yield Example("One recommendation", command, _pretty(decision))


def _fields(model: type[BaseModel]) -> Iterator[Field]:
    for name, field in model.model_fields.items():
        yield Field(name, field.description or "")


def _pretty(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
