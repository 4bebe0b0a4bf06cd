"""What comes in as tables: services from a spreadsheet, and postcodes."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.actions.import_csv import FEED, import_csv
from app.actions.import_postcodes import import_postcodes
from app.cli.ending import fail, one_line
from app.cli.exchange import feed_of
from app.current import current_engine
from app.exchange.code_point import PostcodesError
from app.exchange.csv import SpreadsheetError


@click.command("csv")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--feed", "name", default=FEED, show_default=True, help="What the list is called here, each time.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
@with_appcontext
@one_line()
def csv_command(file: Path, name: str, dry_run: bool) -> None:
    """Brings in a table that somebody filled in: a row for each service."""
    feed = feed_of(name, file)
    try:
        report = import_csv(current_engine(), file, datetime.now(UTC), feed, progress=_told, dry_run=dry_run)
    except SpreadsheetError as error:
        fail(error.message)
    if report.rows.rows:
        click.echo(err=True)
    for line in report.told():
        click.echo(line)
    click.echo(report.summary())
    if dry_run:
        click.echo("Nothing was changed: this was a trial.")
    if report.rows.rows and report.rows.count("rejected") == len(report.rows.rows):
        fail("Nothing came in: every row was rejected.")


@click.command("postcodes")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@with_appcontext
@one_line()
def postcodes_command(folder: Path) -> None:
    """Brings in newer postcodes: the folder of OS Code-Point Open as it was downloaded."""
    try:
        report = import_postcodes(current_engine(), folder, datetime.now(UTC))
    except PostcodesError as error:
        fail(error.message)
    click.echo(report.summary())


def _told(done: int) -> None:
    """Writes over the line that stood there."""
    click.echo(f"\r{done:,} rows", nl=False, err=True)
