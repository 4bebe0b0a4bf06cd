"""A real mail server for tests."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from queue import Queue

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, SECRET = "directory", "pass word/1"


class Postbox:
    """Takes every letter; ``letters`` are waited for with ``get(timeout=…)``."""

    def __init__(self) -> None:
        self.letters: Queue[EmailMessage] = Queue()
        self.port = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        self.letters.put(message_from_bytes(content, policy=policy.default))
        return "250 Taken"

    def next(self) -> EmailMessage:
        return self.letters.get(timeout=20)


@contextmanager
def mail_server(*, asks_who: bool = False) -> Iterator[Postbox]:
    """A server on this machine. ``asks_who``: only for USER with SECRET."""
    box = Postbox()
    box.port = _free_port()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        authenticator=_is_ours,
        auth_required=asks_who,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _is_ours(_server: object, _session: object, _envelope: object, _kind: str, given: object) -> AuthResult:
    known = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), SECRET.encode())
    return AuthResult(success=known)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
