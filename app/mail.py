"""Sends one plain-text e-mail: to the server of the settings or, in development, into a folder."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

from app.config import MailSettings, Settings

SECONDS = 20
"""For which a mail server may be silent."""
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class MailError(Exception):
    """The letter was not taken. The message names no person."""


@dataclass(frozen=True)
class Letter:
    """``to`` is one address; ``text`` is plain."""

    to: str
    subject: str
    text: str


def send(settings: Settings, letter: Letter) -> None:
    """Raises ``MailError`` when the letter cannot be handed on, and ``ConfigError`` when e-mail is not set."""
    mail = settings.mail_or_error()
    message = _message(mail, letter)
    try:
        if mail.server is None:
            _put_into(settings.mail_folder, message)
        else:
            _hand_over(urlsplit(mail.server), message)
    except (smtplib.SMTPException, OSError) as error:
        # What a server says may repeat the address.
        raise MailError(f"An e-mail could not be sent ({type(error).__name__}).") from error


def _message(mail: MailSettings, letter: Letter) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = mail.sender, letter.to, letter.subject
    message["Date"] = localtime()
    # The sender's own domain: the name of the machine is nobody's business.
    message["Message-ID"] = make_msgid(domain=mail.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _put_into(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"{uuid4().hex}.eml"
    file.touch(mode=0o600)
    file.write_bytes(message.as_bytes())


def _hand_over(server: SplitResult, message: EmailMessage) -> None:
    host = server.hostname or ""
    with _connected(server, host) as connection:
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)


def _connected(server: SplitResult, host: str) -> smtplib.SMTP:
    """A connection that nobody can read, or one within this machine."""
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, server.port or 465, timeout=SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, server.port or 587, timeout=SECONDS)
    try:
        connection.ehlo()
        if host not in LOOPBACK:
            connection.starttls(context=ssl.create_default_context())
    except BaseException:
        connection.close()
        raise
    return connection
