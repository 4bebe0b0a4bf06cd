"""Keeps what people search for out of the logs of both servers, even where a request is malformed."""

import logging
import re
from collections.abc import Callable

from flask import Flask

_QUERY = re.compile(r"\?.*?(?= HTTP/[\d.]+(?:\x1b\[0m)?$|$)", re.DOTALL)
"""To the end of the request target, spaces and all. (Werkzeug writes errors in colour: that ends in an escape.)"""
_QUOTED = re.compile(r"\(.*\)", re.DOTALL)
"""What a complaint about a malformed request repeats of it: "Bad request syntax ('GET /services?q=…')"."""
_MALFORMED = "Invalid request"


def without_query(record: logging.LogRecord) -> bool:
    """Of the development server: cuts the query from a request line, and the request from a complaint."""
    kept = _without_request if record.levelno >= logging.ERROR else _without_query
    _cut(record, kept)
    return True


def without_request(record: logging.LogRecord) -> bool:
    """Of gunicorn's error log: a malformed request is not repeated at all, and no query of any other."""
    if str(record.msg).startswith(_MALFORMED):
        record.msg, record.args = f"{_MALFORMED}. It is not written here: it may hold what somebody searched for.", ()
    _cut(record, _without_query)
    return True


def register(_app: Flask) -> None:
    """gunicorn's log of requests is set in gunicorn.conf.py."""
    for name, kept in (("werkzeug", without_query), ("gunicorn.error", without_request)):
        log = logging.getLogger(name)
        if kept not in log.filters:
            log.addFilter(kept)


def _cut(record: logging.LogRecord, kept: Callable[[str], str]) -> None:
    if isinstance(record.args, tuple):
        record.args = tuple(kept(part) if isinstance(part, str) else part for part in record.args)


def _without_query(text: str) -> str:
    return _QUERY.sub("", text)


def _without_request(text: str) -> str:
    return _without_query(_QUOTED.sub("", text))
