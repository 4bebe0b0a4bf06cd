"""Keeps what people search for out of the log: request lines are written without the part after the question mark."""

import logging
import re

from flask import Flask

_QUERY = re.compile(r"\?[^\s\"]*")


class WithoutQuery(logging.Filter):
    """Cuts the query from every part of a record that has one."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_QUERY.sub("", part) if isinstance(part, str) else part for part in record.args)
        record.msg = _QUERY.sub("", record.msg) if isinstance(record.msg, str) else record.msg
        return True


def register(_app: Flask) -> None:
    """The development server's log; gunicorn's is set in gunicorn.conf.py."""
    log = logging.getLogger("werkzeug")
    if not any(isinstance(one, WithoutQuery) for one in log.filters):
        log.addFilter(WithoutQuery())
