"""Bringing in a list from the command line: what it prints, and how it ends."""

from datetime import UTC, datetime
from pathlib import Path

from click.testing import Result

from app import create_app
from app.actions.exchange import load_seed
from app.current import ENGINE
from tests.databases import sqlite_url
from tests.exchange.foreign_lists import foreign_service, write_list
from tests.exchange.seed_sets import write_seed


def test_a_list_is_brought_in_row_by_row(tmp_path: Path) -> None:
    with sqlite_url() as url:
        app = create_app({"INSTANCE_PATH": str(tmp_path / "instance"), "DATABASE_URL": url})
        load_seed(app.extensions[ENGINE], write_seed(tmp_path / "seed"), datetime.now(UTC))

        def flask(*words: str) -> Result:
            return app.test_cli_runner().invoke(args=["import", "oruk", *words])

        services = [foreign_service(0), {**foreign_service(1), "url": "www.group.example"}, {"id": "9", "name": ""}]
        file = str(write_list(tmp_path / "theirs.json", services))
        trial = flask(file, "--dry-run")
        assert trial.exit_code == 0
        assert "Nothing was changed: this was a trial." in trial.stdout
        done = flask(file)
        assert (done.exit_code, done.stderr) == (0, "\r3 of about 3 rows\n")
        assert "theirs.json, item 2: added cooking-group-1." in done.stdout
        assert "“url” had no https:// before it: added." in done.stdout
        assert "theirs.json, item 3: rejected. It has no name." in done.stdout
        assert "Rows: 3. 2 added, 0 changed, 0 unchanged, 0 waits, 0 repeated, 1 rejected. Repaired: 1." in done.stdout
        assert "0 added, 0 changed, 2 unchanged" in flask(file).stdout
        (tmp_path / "broken.json").write_text("<html>")
        (tmp_path / "empty").mkdir()
        for words, code in (
            (["broken.json"], 1),
            (["empty"], 1),
            (["gone.json"], 2),
            (["theirs.json", "--feed", " "], 2),
        ):
            ended = flask(str(tmp_path / words[0]), *words[1:])
            assert ended.exit_code == code, (words, ended.stderr)
            assert isinstance(ended.exception, SystemExit)
            assert "Traceback" not in ended.stderr
