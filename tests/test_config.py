"""Settings from the environment."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from app.config import ConfigError, settings_from

KEY = Fernet.generate_key().decode()


def test_without_settings_everything_is_kept_in_the_instance_folder(tmp_path: Path) -> None:
    settings = settings_from({}, tmp_path / "instance")
    assert settings.database_url.startswith("sqlite:////")
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_made_key_is_kept_and_used_again(tmp_path: Path) -> None:
    assert settings_from({}, tmp_path).secret_key == settings_from({}, tmp_path).secret_key


def test_production_requires_a_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="SECRET_KEY is required"):
        settings_from({"NWD_ENV": "production"}, tmp_path)
    with pytest.raises(ConfigError, match="SECRET_KEY is required"):
        settings_from({"NWD_ENV": "production", "SECRET_KEY": ""}, tmp_path)
    assert settings_from({"NWD_ENV": "production", "SECRET_KEY": KEY}, tmp_path).secret_key == KEY


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is not a key"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must begin"),
        ({"NWD_ENV": "Production"}, "NWD_ENV must be"),
    ],
)
def test_a_setting_that_cannot_be_used_says_so(tmp_path: Path, environment: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        settings_from(environment, tmp_path)
