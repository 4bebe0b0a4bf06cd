"""Every setting, read from the environment and checked at the start."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from click import ClickException
from cryptography.fernet import Fernet

_SENDER = re.compile(r"[^@\s<>]+@[^@\s<>]+")


class ConfigError(ClickException):
    """A setting that cannot be used; the message says which one and what to do.

    A command that meets it prints the message and ends with 1.
    """


@dataclass(frozen=True)
class MailSettings:
    """``server`` is None in development, where e-mails are put into a folder. ``site`` is where their links lead."""

    server: str | None
    sender: str
    site: str


@dataclass(frozen=True)
class Settings:
    """``database_url`` is SQLAlchemy's; ``secret_key`` is a Fernet key; ``instance`` holds what the process writes.

    ``mail`` is None in production where nothing is set: the directory can be read, and nobody is sent anything.
    ``proxies`` is how many stand in front of the process and tell who asked.
    """

    database_url: str
    secret_key: str
    instance: Path
    production: bool
    mail: MailSettings | None
    proxies: int

    @property
    def index_folder(self) -> Path:
        return self.instance / "index"

    @property
    def mail_folder(self) -> Path:
        return self.instance / "mail"

    def mail_or_error(self) -> MailSettings:
        """Raises ``ConfigError`` where e-mail is needed and not set."""
        if self.mail is None:
            raise ConfigError("To send e-mail in production, set SMTP_URL, MAIL_FROM and SITE_URL.")
        return self.mail


def settings_from(environment: Mapping[str, str], instance: Path) -> Settings:
    """Reads DATABASE_URL, SECRET_KEY, INSTANCE_PATH, NWD_ENV ("production" or "development"), PROXIES, and for e-mail
    SMTP_URL, MAIL_FROM and SITE_URL.

    Raises ``ConfigError`` in production without a key or with half of the e-mail settings, and for a setting of
    another shape.
    """
    folder = Path(environment.get("INSTANCE_PATH") or instance)
    folder.mkdir(parents=True, exist_ok=True)
    production = _is_production(environment.get("NWD_ENV") or "development")
    return Settings(
        database_url=_database_url(environment, folder),
        secret_key=_secret_key(environment, folder, production),
        instance=folder,
        production=production,
        mail=_mail(environment, production),
        proxies=_proxies(environment.get("PROXIES") or "0"),
    )


def _is_production(name: str) -> bool:
    if name not in {"production", "development"}:
        raise ConfigError("NWD_ENV must be production or development.")
    return name == "production"


def _database_url(environment: Mapping[str, str], folder: Path) -> str:
    url = environment.get("DATABASE_URL") or f"sqlite:///{folder.resolve() / 'directory.sqlite'}"
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.")
    return url


def _secret_key(environment: Mapping[str, str], folder: Path, production: bool) -> str:
    key = environment.get("SECRET_KEY")
    if not key and production:
        raise ConfigError("SECRET_KEY is required in production. `python -m app.config` prints a new one.")
    return _checked(key or _kept_key(folder / "secret_key"))


def _checked(key: str) -> str:
    try:
        Fernet(key)
    except ValueError as error:
        raise ConfigError("SECRET_KEY is not a key. `python -m app.config` prints a new one.") from error
    return key


def _kept_key(path: Path) -> str:
    """The development key, made once. Of two processes that start together, the second takes the first one's."""
    made = path.with_suffix(f".{os.getpid()}")
    if not path.exists():
        made.touch(mode=0o600)
        made.write_text(Fernet.generate_key().decode())
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text().strip()


def _mail(environment: Mapping[str, str], production: bool) -> MailSettings | None:
    server, sender, site = (environment.get(name) or None for name in ("SMTP_URL", "MAIL_FROM", "SITE_URL"))
    if production and not any((server, sender, site)):
        return None
    if production and not all((server, sender, site)):
        raise ConfigError("SMTP_URL, MAIL_FROM and SITE_URL go together in production: set all three, or none.")
    if server:
        _check_server(server)
    if sender and not _SENDER.fullmatch(sender):
        raise ConfigError("MAIL_FROM must be an address, such as directory@example.org.")
    if site and not site.startswith("https://" if production else ("https://", "http://")):
        raise ConfigError("SITE_URL must be where people open the website, and begin with https://.")
    return MailSettings(server, sender or "directory@localhost", (site or "http://127.0.0.1:5000").rstrip("/"))


def _check_server(url: str) -> None:
    try:
        parts = urlsplit(url)
        right = parts.scheme in {"smtp", "smtps"} and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        right = False
    if not right:
        raise ConfigError("SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465.")


def _proxies(number: str) -> int:
    if number not in {"0", "1", "2", "3"}:
        raise ConfigError("PROXIES must be how many proxies stand in front: 0, 1, 2 or 3.")
    return int(number)


if __name__ == "__main__":
    print(Fernet.generate_key().decode())
