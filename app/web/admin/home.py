"""The pages of the directory team. Nobody else comes further than the door."""

from flask import Blueprint, Response, abort

from app.actions.administration.what_waits import what_waits
from app.current import current_engine

from ..account import access
from ..account.access import now, signed_in_person
from ..page import page

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
blueprint.before_request(access.guard)
blueprint.after_request(access.no_store)


@blueprint.before_request
def admins_alone() -> None:
    if not signed_in_person().who.directory_admin:
        abort(403)


@blueprint.get("")
def home() -> Response:
    return page("admin/home.html", waits=what_waits(current_engine(), now()))
