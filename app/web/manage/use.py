"""How much a listing is used, for whoever looks after it."""

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from app.actions.use import use_of
from app.current import current_engine
from app.directory.dates import date_in_words

from .. import use_view
from ..account.access import signed_in_person
from ..page import page
from .listings import blueprint as blueprint


@blueprint.get("/<service_id>/use")
def use(service_id: str) -> AnyResponse:
    chosen = request.args.get("days", type=int)
    length = chosen if chosen in use_view.LENGTHS else use_view.LENGTHS[0]
    found = use_of(current_engine(), signed_in_person().who, service_id, length)
    return page(
        "manage/use.html",
        service_id=service_id,
        service_name=found.name,
        length=length,
        lengths=use_view.LENGTHS,
        first=date_in_words(found.days[0].isoformat()),
        plots=use_view.plots(found),
        view=use_view,
    )
