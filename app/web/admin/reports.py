"""All reports that wait for an answer, first those that the directory team has to see to."""

from werkzeug.wrappers import Response as AnyResponse

from app.actions.reports.waiting import all_waiting
from app.current import current_engine

from ..account.access import now
from ..page import page
from .home import blueprint as blueprint


@blueprint.get("/reports")
def reports() -> AnyResponse:
    return page("admin/reports.html", waiting=all_waiting(current_engine(), now()))
