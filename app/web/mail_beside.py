"""E-mails that are sent beside the request: whether one arrives never stops anybody from working."""

import logging
from collections.abc import Callable, Iterable
from threading import Thread

from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.mail import Letter, MailError, send

_log = logging.getLogger("app")


def send_beside(settings: Settings, about: str, letters: Callable[[], Iterable[Letter]]) -> None:
    """``about`` is for the log, where an e-mail did not go: "a draft". ``letters`` are made beside too."""
    Thread(target=_send_all, args=(settings, about, letters)).start()


def beside(about: str, send_it: Callable[[], None]) -> None:
    """The same for one e-mail, where something is to be done when it does not go."""
    Thread(target=_quietly, args=(about, send_it)).start()


def _quietly(about: str, send_it: Callable[[], None]) -> None:
    try:
        send_it()
    except (MailError, SQLAlchemyError) as error:
        _log.error("An e-mail about %s was not sent (%s).", about, type(error).__name__)


def _send_all(settings: Settings, about: str, letters: Callable[[], Iterable[Letter]]) -> None:
    try:
        for letter in letters():
            _send_one(settings, about, letter)
    except SQLAlchemyError as error:
        _log.error("Nobody was told about %s (%s).", about, type(error).__name__)


def _send_one(settings: Settings, about: str, letter: Letter) -> None:
    try:
        send(settings, letter)
    except MailError as error:
        _log.error("An e-mail about %s was not sent (%s).", about, type(error).__name__)
