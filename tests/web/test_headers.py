"""Headers, fragments and static files."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.headers import CONTENT_SECURITY_POLICY
from tests.web.site import Visitor

VARY = {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"}


@pytest.mark.parametrize(
    "address", ["/", "/services", "/services/workwell-ncl", "/check", "/nowhere", "/api/v1/questions"]
)
def test_every_answer_is_guarded(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_the_policy_is_the_one_that_was_tried() -> None:
    assert CONTENT_SECURITY_POLICY == (
        "default-src 'none'; script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; "
        "style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def test_https_is_asked_for_again(client: FlaskClient) -> None:
    assert client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_htmx_gets_the_results_alone(client: FlaskClient) -> None:
    response = client.get("/services?q=sick+note", headers={"HX-Request": "true"})
    assert "<html" not in response.text
    assert 'id="results-heading"' in response.text
    assert response.headers["Cache-Control"] == "no-store"
    assert set(response.vary.as_set(preserve_casing=True)) >= VARY


@pytest.mark.parametrize("header", [{}, {"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}])
def test_others_get_the_whole_page(client: FlaskClient, header: dict[str, str]) -> None:
    response = client.get("/services?q=sick+note", headers={"HX-Request": "true", **header} if header else {})
    assert "<html" in response.text
    assert set(response.vary.as_set(preserve_casing=True)) >= VARY


def test_static_files_are_kept_for_ever_under_their_contents_address(client: FlaskClient) -> None:
    pages = client.get("/").text + client.get("/services").text
    addresses = re.findall(r'(?:href|src|content)="(/static/[^"]+)"', pages)
    assert len(set(addresses)) == 6
    for address in addresses:
        assert re.search(r"\?v=[0-9a-f]{12}$", address), address
        assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert client.get(address.partition("?")[0]).headers["Cache-Control"] == "no-cache"
        assert client.get(address.partition("?")[0] + "?v=old").headers["Cache-Control"] == "no-cache"


def test_a_cold_visit_is_small(site: Flask) -> None:
    """Sixty kilobytes, headers apart, as a browser that takes brotli would get them."""
    for address in ("/", "/services"):
        visitor = Visitor(site)
        page = visitor.get(address).text
        assets = set(re.findall(r'(?:href|src|content)="(/static/[^"]+)"', page))
        encoded = {"Accept-Encoding": "gzip, deflate, br"}
        sizes = [len(visitor.client.get(part, headers=encoded).data) for part in (address, *assets)]
        assert len(sizes) <= 7
        assert sum(sizes) <= 60 * 1024, dict(zip((address, *assets), sizes, strict=True))
