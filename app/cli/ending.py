"""How every command ends: 0 on success, 1 with one clear line on bad data."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from app.catalogue import Catalogue, CatalogueEmptyError
from app.current import current_catalogue
from app.search.index import IndexBuildError


def fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


@contextmanager
def one_line() -> Iterator[None]:
    """Ends a command that the database or the disk refuses with one clear line."""
    try:
        yield
    except SQLAlchemyError:
        fail("The database does not answer. Check DATABASE_URL, and that the server runs or the file can be written.")
    except IndexBuildError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or 'The disk'}: {error.strerror or error}.")


def catalogue_here() -> Catalogue:
    try:
        return current_catalogue()
    except CatalogueEmptyError:
        fail("The database holds no catalogue. Load it first: flask --app app seed load")
