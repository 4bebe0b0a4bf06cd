"""Every setting, read from the environment and checked at the start."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from click import ClickException
from cryptography.fernet import Fernet


class ConfigError(ClickException):
    """A setting that cannot be used; the message says which one and what to do.

    A command that meets it prints the message and ends with 1.
    """


@dataclass(frozen=True)
class Settings:
    """``database_url`` is SQLAlchemy's; ``secret_key`` is a Fernet key; ``instance`` holds what the process writes."""

    database_url: str
    secret_key: str
    instance: Path

    @property
    def index_folder(self) -> Path:
        return self.instance / "index"


def settings_from(environment: Mapping[str, str], instance: Path) -> Settings:
    """Reads DATABASE_URL, SECRET_KEY, INSTANCE_PATH and NWD_ENV ("production" or "development").

    Raises ``ConfigError`` in production without a key, and for a key or address of another shape.
    """
    folder = Path(environment.get("INSTANCE_PATH") or instance)
    folder.mkdir(parents=True, exist_ok=True)
    production = _is_production(environment.get("NWD_ENV") or "development")
    return Settings(
        database_url=_database_url(environment, folder),
        secret_key=_secret_key(environment, folder, production),
        instance=folder,
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


if __name__ == "__main__":
    print(Fernet.generate_key().decode())
