"""What comes in from other directories, and what goes out to them."""

import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.actions.importing.oruk import NothingHereError, UnreadableError, import_oruk
from app.cli.ending import fail, one_line
from app.current import current_engine

incoming = AppGroup("import", help="What comes in from other directories, and tables.")
_LONGEST_NAME = 100


def feed_of(name: str | None, path: Path) -> str:
    """What a list is called here: the name that was given, or that of its file or folder."""
    feed = " ".join((name or path.resolve().stem).split())
    if not 0 < len(feed) <= _LONGEST_NAME or not feed.isprintable():
        message = f"Give the list a name of at most {_LONGEST_NAME} letters and digits."
        raise click.BadParameter(message, param_hint="--feed")
    return feed


@incoming.command("oruk")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--feed", "name", help="What the list is called here, each time. By default the name of the file or folder."
)
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@click.option(
    "--trusted",
    is_flag=True,
    help="It is a package of a directory like this one, and you trust its rules and roles: all of it comes in.",
)
@one_line()
def oruk_command(path: Path, name: str | None, dry_run: bool, trusted: bool) -> None:
    """Brings in a list of Open Referral UK: a JSON file, or a folder of them."""
    feed = feed_of(name, path)
    try:
        with _Progress() as progress:
            report = import_oruk(
                current_engine(),
                path,
                feed,
                datetime.now(UTC),
                progress=progress.told,
                dry_run=dry_run,
                trusted=trusted,
            )
    except UnreadableError as error:
        fail(error.message)
    except NothingHereError:
        fail("The database holds no catalogue. Load it first: flask --app app seed load")
    for line in report.told():
        click.echo(line)
    click.echo(report.summary())
    if dry_run:
        click.echo("Nothing was changed: this was a trial.")
    if report.rows and report.count("rejected") == len(report.rows):
        fail("Nothing came in: every row was rejected.")


class _Progress(AbstractContextManager["_Progress"]):
    """A line beside the report that is written over, where somebody is looking."""

    def __init__(self) -> None:
        self._shown = False

    def told(self, done: int, of: int) -> None:
        self._shown = True
        click.echo(f"\r{done:,} of about {max(done, of):,} rows", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo(file=sys.stderr)
