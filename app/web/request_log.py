"""Keeps what people search for, and what they are asked, out of the logs, even where a request is malformed."""

import logging
import re
from collections.abc import Callable

from flask import Flask

_QUERY = re.compile(r"\?.*?(?= HTTP/[\d.]+(?:\x1b\[0m)?$|$)", re.DOTALL)
"""To the end of the request target, spaces and all. (Werkzeug writes errors in colour: that ends in an escape.)"""
_ASKED = re.compile(r"(?<=/check/).*?(?= HTTP/[\d.]+(?:\x1b\[0m)?$| \[[A-Z]+\]$|$)", re.DOTALL)
"""The question: who is asked how long they have been out of work is out of work."""
_QUOTED = re.compile(r"\(.*\)", re.DOTALL)
"""What a complaint about a malformed request repeats of it: "Bad request syntax ('GET /services?q=…')"."""
_MALFORMED = "Invalid request"


def without_query(record: logging.LogRecord) -> bool:
    """Of the development server: cuts the query from a request line, and the request from a complaint."""
    kept = _without_request if record.levelno >= logging.ERROR else _place
    _cut(record, kept)
    return True


def without_request(record: logging.LogRecord) -> bool:
    """Of gunicorn's error log: a malformed request is not repeated at all, and no query of any other."""
    if str(record.msg).startswith(_MALFORMED):
        record.msg, record.args = f"{_MALFORMED}. It is not written here: it may hold what somebody searched for.", ()
    _cut(record, _place)
    return True


def without_question(record: logging.LogRecord) -> bool:
    """Of our own log, and of gunicorn's log of requests, whose format (gunicorn.conf.py) leaves out the query."""
    record.msg = _ASKED.sub("…", str(record.msg))
    _cut(record, _place)
    return True


def register(app: Flask) -> None:
    for name, kept in (
        ("werkzeug", without_query),
        ("gunicorn.error", without_request),
        ("gunicorn.access", without_question),
        (app.name, without_question),
    ):
        log = logging.getLogger(name)
        if kept not in log.filters:
            log.addFilter(kept)


def _cut(record: logging.LogRecord, kept: Callable[[str], str]) -> None:
    if isinstance(record.args, dict):
        record.args.update({name: kept(part) for name, part in record.args.items() if isinstance(part, str)})
    if isinstance(record.args, tuple):
        record.args = tuple(kept(part) if isinstance(part, str) else part for part in record.args)


def _place(text: str) -> str:
    """A request line, or the path in it, as the log may have it."""
    return _ASKED.sub("…", _QUERY.sub("", text))


def _without_request(text: str) -> str:
    return _place(_QUOTED.sub("", text))
