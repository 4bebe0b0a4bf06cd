"""What goes out as files: for other directories, and for people with a spreadsheet."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.actions.exporting.package import export_package
from app.actions.exporting.spreadsheet import export_csv, write_template
from app.actions.today import today
from app.cli.ending import fail, one_line
from app.current import current_engine
from app.exchange.oruk.package import PackageError

outgoing = AppGroup("export", help="The catalogue as files.")


@outgoing.command("oruk")
@click.argument("folder", type=click.Path(path_type=Path))
@one_line()
def oruk_command(folder: Path) -> None:
    """Writes the catalogue as Open Referral UK files into a folder of their own, and replaces the last ones whole."""
    try:
        counts = export_package(current_engine(), folder, today())
    except PackageError as error:
        fail(error.message)
    click.echo(f"Written to {folder}: {counts['services']:,} services in {counts['service_at_locations']:,} places.")


@outgoing.command("csv")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--template", is_flag=True, help="Headings and hints alone, to fill in.")
@one_line()
def csv_command(file: Path, template: bool) -> None:
    """Writes a table for a spreadsheet, with a row for each service."""
    if template:
        write_template(file)
        click.echo(f"Written to {file}. Fill in a row for each service below the hints.")
        return
    click.echo(f"Written to {file}: {export_csv(current_engine(), file):,} services.")
