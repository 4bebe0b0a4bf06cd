"""The pages of the directory team. Nobody else comes further than the door."""

from flask import Blueprint, Response, abort

from app.actions.editing.mine import waiting
from app.current import current_engine

from ..account import access
from ..account.access import signed_in_person
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
    return page("admin/home.html", waiting=waiting(current_engine()))
