"""What schemathesis finds when it asks an application what its description allows, and what it forbids."""

from collections.abc import Iterator

import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

# A place may be unknown and answers may contradict each other: no schema can say so, and it is said in a sentence.
REFUSED_FOR_OTHER_REASONS = ("/api/oruk/v3/service_at_locations", "/api/v1/recommendations")

AT_LEAST = 100
"""Requests. With fewer, it did not find the addresses."""


def deviations(app: Flask, examples: int, seed: int = 1) -> Iterator[str]:
    """Every way in which the application differs from its description, with the request that shows it."""
    config = {
        "seed": seed,
        "headers": {"Accept-Encoding": "identity"},
        "generation": {"deterministic": True, "mode": "all", "max-examples": examples, "database": "none"},
        "phases": {"stateful": {"enabled": False}},
        "operations": [
            {"include-path": path, "checks": {"positive_data_acceptance": {"expected-statuses": [200, 400, 422]}}}
            for path in REFUSED_FOR_OTHER_REASONS
        ],
    }
    described = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", app, config=SchemathesisConfig.from_dict({**config})
    )
    asked = 0
    for event in from_schema(described).execute():
        if isinstance(event, events.NonFatalError):
            yield f"{event.label}: {event.value}"
        if isinstance(event, events.FatalError):
            yield f"{event.exception}"
        if isinstance(event, events.ScenarioFinished):
            asked += len(event.recorder.cases)
            yield from _failed(event)
    if asked < AT_LEAST:
        yield f"Only {asked} requests were made."


def _failed(event: events.ScenarioFinished) -> Iterator[str]:
    for case, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info:
                yield f"{event.recorder.cases[case].value.as_curl_command()}: {check.failure_info.failure}"[:1000]
