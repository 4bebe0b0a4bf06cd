"""My listings: what somebody looks after, and how it stands."""

from flask import Blueprint, Response

from . import access
from .access import signed_in_person
from .page import page

blueprint = Blueprint("manage", __name__, url_prefix="/manage")
blueprint.before_request(access.guard)
blueprint.after_request(access.no_store)


@blueprint.get("")
def listings() -> Response:
    signed_in_person()
    return page("manage/listings.html")
