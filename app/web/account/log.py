"""Keeps links that let somebody in, or confirm a page, out of the logs."""

import logging
import re

from flask import Flask

_TOKEN = re.compile(r"(?:(?<=/account/link/)|(?<=/account/confirm/))[^\s?\"']+")


def register(app: Flask) -> None:
    for name in ("werkzeug", "gunicorn.error", "gunicorn.access", app.name):
        log = logging.getLogger(name)
        if without_token not in log.filters:
            log.addFilter(without_token)


def without_token(record: logging.LogRecord) -> bool:
    record.msg = _TOKEN.sub("…", str(record.msg))
    if isinstance(record.args, dict):
        record.args.update({name: _TOKEN.sub("…", part) for name, part in record.args.items() if isinstance(part, str)})
    if isinstance(record.args, tuple):
        record.args = tuple(_TOKEN.sub("…", part) if isinstance(part, str) else part for part in record.args)
    return True
