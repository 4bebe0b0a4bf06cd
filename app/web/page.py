"""Full page or fragment, decided in this one place, with the headers that keep caches from mixing the two up."""

from typing import Any

from flask import Response, make_response, render_template
from htmx_flask import request
from jinja2_fragments.flask import render_block

VARY = "HX-Request, HX-Boosted, HX-History-Restore-Request"


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A whole page."""
    response = make_response(render_template(template, **values), status)
    response.headers["Cache-Control"] = "no-cache"
    return response


def page_or_fragment(template: str, block: str, status: int = 200, **values: Any) -> Response:
    """The page, or its ``block`` alone where htmx swaps it in. Without ``Vary`` the Back button shows it bare."""
    if wants_fragment():
        response = make_response(render_block(template, block, **values), status)
        response.headers["Cache-Control"] = "no-store"
    else:
        response = page(template, status, **values)
    response.headers["Vary"] = VARY
    return response


def wants_fragment() -> bool:
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
