"""Forms without a token take only what comes from our own pages: the browser says where a request starts."""

from urllib.parse import urlsplit

from flask import Request

OURS = {"same-origin", "none"}
"""``none``: the person repeated the request by hand, by reloading."""


def from_our_pages(request: Request) -> bool:
    """Whether the form was sent from this website. Browsers too old to say send no cookie across sites either."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OURS
    origin = request.headers.get("Origin")
    return origin is None or _is_ours(origin, request.host)


def _is_ours(origin: str, host: str) -> bool:
    try:
        return urlsplit(origin).netloc == host
    except ValueError:
        # "http://[::1" is no address.
        return False
