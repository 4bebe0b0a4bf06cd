"""A listing that another one stands for: its page says so, and nothing of it can be changed."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing import drafts
from app.current import current_catalogue, current_engine

from ..account.access import signed_in_person
from ..page import page
from .listings import blueprint as blueprint

FORMS = frozenset(
    {
        "manage.availability",
        "manage.discard",
        "manage.freshness",
        "manage.preview",
        "manage.section",
        "manage.send",
        "manage.who_effects",
    }
)
"""Pages that are for changing a listing. What is sent is refused where it would be written."""


@blueprint.before_request
def lead_to_its_page() -> AnyResponse | None:
    service_id = (request.view_args or {}).get("service_id")
    if request.method != "GET" or request.endpoint not in FORMS or service_id not in current_catalogue().merged_into:
        return None
    return redirect(url_for("manage.listing", service_id=service_id), 303)


def merged_page(service_id: str, standing: tuple[str, str], status: int) -> AnyResponse:
    """``standing``: id and name of the listing that stands for this one."""
    who = signed_in_person().who
    into, into_name = standing
    return page(
        "manage/merged.html",
        status,
        listing=drafts.managed(current_engine(), who, service_id).listing,
        into=into,
        into_name=into_name,
        may_take_apart=who.directory_admin,
    )
