"""Every version of a listing that was public, each as it was, and the way back to it."""

import re

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing import history as histories
from app.actions.editing.errors import EditError, NoListingError, NotYoursError
from app.actions.editing.publication import FILES
from app.current import current_catalogue, current_engine
from app.directory.editing.changes import Change

from ..account.access import now, signed_in_person
from ..find.search import listing_values
from ..page import page
from .change_words import Names, named, names_in
from .field_words import field_label
from .listings import blueprint as blueprint
from .word_marks import Marked, marked

_NUMBER = re.compile(r"[0-9]{1,6}")
BROUGHT_BACK = "The older version is a draft now. Look at it, and then send it for approval."


@blueprint.get("/<service_id>/history")
def history(service_id: str) -> AnyResponse:
    before = request.args.get("before", type=_number)
    found = histories.history(current_engine(), signed_in_person().who, service_id, before=before)
    names = names_in(current_catalogue())
    return page(
        "manage/history.html",
        service_id=service_id,
        history=found,
        first_page=before is None,
        differences=lambda changes: differences(changes, names),
        files=FILES,
    )


@blueprint.get("/<service_id>/history/<int(max=999999):number>")
def version(service_id: str, number: int) -> AnyResponse:
    return _version_page(service_id, number)


@blueprint.post("/<service_id>/history/<int(max=999999):number>/restore")
def restore(service_id: str, number: int) -> AnyResponse:
    try:
        histories.restore(current_engine(), signed_in_person().who, service_id, number, now())
    except (NoListingError, NotYoursError):
        raise
    except EditError as error:
        return _version_page(service_id, number, 409, error.message)
    flash(BROUGHT_BACK)
    return redirect(url_for("manage.listing", service_id=service_id), 303)


def differences(changes: tuple[Change, ...], names: Names) -> list[tuple[str, Marked]]:
    """Changes with their labels and their words marked."""
    words = [(change, named(change, names)) for change in changes]
    return [(field_label(change.field, change.key), marked(said.before, said.after)) for change, said in words]


def _number(typed: str) -> int:
    """Raises ``ValueError`` for what can be the number of no version, and is then not looked at."""
    if not _NUMBER.fullmatch(typed):
        raise ValueError(typed)
    return int(typed)


def _version_page(service_id: str, number: int, status: int = 200, problem: str = "") -> AnyResponse:
    shown = histories.version(current_engine(), signed_in_person().who, service_id, number)
    catalogue = current_catalogue()
    return page(
        "manage/version.html",
        status,
        **listing_values(catalogue, shown.listing),
        shown=shown,
        today=differences(shown.today, names_in(catalogue)),
        problem=problem,
        files=FILES,
    )
