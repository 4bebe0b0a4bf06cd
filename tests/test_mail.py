"""E-mail: to a real server, or into the folder; and the settings that it takes."""

from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import quote

import pytest

from app.config import ConfigError, Settings, settings_from
from app.mail import Letter, MailError, send
from tests.mail_server import SECRET, USER, mail_server
from tests.test_config import KEY

LETTER = Letter("anne@example.org", "Grüße – from the directory", "Hello.\n\nhttps://example.org/" + "a" * 100 + "\n")
SET = {"SMTP_URL": "smtp://mail.example", "MAIL_FROM": "d@example.org", "SITE_URL": "https://d.example.org"}


def settings(folder: Path, **environment: str) -> Settings:
    return settings_from(environment, folder)


def test_a_letter_comes_as_it_was_written(tmp_path: Path) -> None:
    with mail_server() as box:
        url = f"smtp://127.0.0.1:{box.port}"
        send(settings(tmp_path, SMTP_URL=url, MAIL_FROM="d@example.org"), LETTER)
        message = box.next()
    assert (message["To"], message["From"], message["Subject"]) == (LETTER.to, "d@example.org", LETTER.subject)
    assert message.get_content().replace("\r\n", "\n") == LETTER.text
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_server_is_told_who_we_are(tmp_path: Path) -> None:
    with mail_server(asks_who=True) as box:
        send(settings(tmp_path, SMTP_URL=f"smtp://{USER}:{quote(SECRET, safe='')}@127.0.0.1:{box.port}"), LETTER)
        assert box.next()["To"] == LETTER.to
        with pytest.raises(MailError):
            send(settings(tmp_path, SMTP_URL=f"smtp://{USER}:wrong@127.0.0.1:{box.port}"), LETTER)
        assert box.letters.empty()


def test_a_server_that_is_away_is_an_error_that_names_nobody(tmp_path: Path) -> None:
    with mail_server() as box:
        gone = f"smtp://127.0.0.1:{box.port}"
    with pytest.raises(MailError) as caught:
        send(settings(tmp_path, SMTP_URL=gone), LETTER)
    assert "anne" not in str(caught.value)


def test_nothing_is_sent_in_the_open_to_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's server, which knows no encryption, stands in for a distant one."""
    monkeypatch.setattr("app.mail.LOOPBACK", frozenset())
    with mail_server() as box:
        with pytest.raises(MailError):
            send(settings(tmp_path, SMTP_URL=f"smtp://127.0.0.1:{box.port}"), LETTER)
        assert box.letters.empty()


def test_in_development_letters_go_into_a_folder_that_is_ours_alone(tmp_path: Path) -> None:
    here = settings(tmp_path)
    send(here, LETTER)
    send(here, LETTER)
    one, _ = here.mail_folder.glob("*.eml")
    assert message_from_bytes(one.read_bytes(), policy=policy.default)["To"] == LETTER.to
    assert (here.mail_folder.stat().st_mode & 0o777, one.stat().st_mode & 0o777) == (0o700, 0o600)


def test_production_starts_without_mail_and_says_what_to_set_once_it_is_needed(tmp_path: Path) -> None:
    here = settings(tmp_path, NWD_ENV="production", SECRET_KEY=KEY)
    with pytest.raises(ConfigError, match="SMTP_URL, MAIL_FROM and SITE_URL"):
        send(here, LETTER)
    assert not here.mail_folder.exists()


@pytest.mark.parametrize("missing", SET)
def test_half_of_the_settings_is_an_error_at_the_start_in_production(tmp_path: Path, missing: str) -> None:
    half = {name: value for name, value in SET.items() if name != missing}
    assert settings(tmp_path, NWD_ENV="production", SECRET_KEY=KEY, **SET).mail
    with pytest.raises(ConfigError, match="go together"):
        settings(tmp_path, NWD_ENV="production", SECRET_KEY=KEY, **half)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("SMTP_URL", url) for url in ("mail.example", "http://mail.example", "smtp://", "smtp://mail.example:port")),
        *(("MAIL_FROM", sender) for sender in ("directory", "a@b.org\nBcc: x@y.org", "Directory <a@b.org>")),
        *(("SITE_URL", site) for site in ("directory.example", "javascript:alert(1)", "ftp://directory.example")),
        *(("PROXIES", number) for number in ("-1", "many", "9")),
    ],
)
def test_a_setting_of_another_shape_says_so(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        settings(tmp_path, **{name: value})


def test_links_lead_to_https_in_production(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="SITE_URL"):
        settings(tmp_path, NWD_ENV="production", SECRET_KEY=KEY, **{**SET, "SITE_URL": "http://d.example.org"})
