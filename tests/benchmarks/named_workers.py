"""The website for gunicorn, each answer of which says in a header which worker gave it."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WORKER = "X-Worker"


def create() -> "WSGIApplication":
    website = create_app()

    def named(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status, headers, exc_info=None):  # type: ignore[no-untyped-def]
            return start_response(status, [*headers, (WORKER, str(os.getpid()))], exc_info)

        return website(environ, start)

    return named
