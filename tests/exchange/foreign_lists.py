"""Made-up services as other directories export them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

_WHAT = ("Advice", "Cooking", "Walking", "Counselling", "Computers", "English", "Gardening", "Debt", "Carers", "Music")
_WHERE = ("Camden", "Barnet", "Enfield", "Haringey", "Islington", "Finsbury Park", "London", "England")
_SENTENCES = (
    "Everybody is welcome, and tea is free. You can come alone or with somebody. Ask at the desk for a leaflet. "
)
Service = dict[str, Any]


def foreign_service(number: int, *, sentences: int = 3) -> Service:
    """A sound one, of its own name, with everything that is usual. ``sentences``: how much it says."""
    what, where = _WHAT[number % len(_WHAT)], _WHERE[number % len(_WHERE)]
    return {
        "id": str(UUID(int=number + 1)),
        "name": f"{what} Group {number}",
        "description": f"A group for {what.casefold()} in {where}. " + _SENTENCES * sentences,
        "url": f"https://group-{number}.example/",
        "email": f"hello@group-{number}.example",
        "status": "active",
        "minimum_age": 16 + number % 3,
        "organization": {
            "id": str(UUID(int=10**6 + number % 500)),
            "name": f"Charity {number % 500}",
            "description": "It helps.",
        },
        "schedules": [
            {"id": f"s{number}", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}
        ],
        "service_areas": [{"id": f"a{number}", "name": where}],
        "phones": [{"id": f"p{number}", "number": f"020 7946 {number % 10_000:04}"}],
        "languages": [{"id": f"l{number}", "name": "Somali"}],
        "cost_options": [{"id": f"c{number}", "option": "Free", "amount": 0}],
        "service_at_locations": [{"id": f"sl{number}", "location": location(number)}],
        "kept": {"as it": ["came", number]},
    }


def location(number: int) -> Service:
    address = {"address_1": f"{number} High Street", "city": "London", "postal_code": "N19 5AB", "country": "GB"}
    return {"id": f"lo{number}", "location_type": "physical", "name": f"Hall {number}", "addresses": [address]}


def write_list(file: Path, things: Iterable[Any], **around: Any) -> Path:
    """A page of a list. It is written thing by thing, so that it may be large."""
    with file.open("w", encoding="utf-8") as out:
        out.write(f'{json.dumps({"page_number": 1, **around})[:-1]}, "contents": [')
        for number, thing in enumerate(things):
            out.write(f"{',' if number else ''}\n{json.dumps(thing)}")
        out.write("]}\n")
    return file
