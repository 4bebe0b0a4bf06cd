"""What readers say is wrong on a listing, for those who look after it, and their answers."""

from functools import partial
from uuid import UUID

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField

from app.actions.accounts.sessions import SignedIn
from app.actions.reports import answering
from app.actions.reports.answering import Answered
from app.actions.reports.errors import AnsweredError, NoReportError, ReportMistakesError
from app.actions.reports.telling import tell
from app.current import current_engine, current_settings
from app.directory.reports import OUTCOMES
from app.mail import send

from ..account.access import now, signed_in_person
from ..account.forms import AccountForm, say, typed
from ..errors import TROUBLES
from ..mail_beside import beside
from ..page import page
from .listings import blueprint as blueprint

ANSWERED = "Your answer is saved."
MAILED = "We send it to whoever reported this, and delete their email address."


class AnswerForm(AccountForm):
    outcome = StringField("What came of it?")
    words = StringField("Anything you want to say to them? (optional)")


@blueprint.errorhandler(NoReportError)
def no_report(_error: NoReportError) -> AnyResponse:
    return page("error.html", 404, trouble=TROUBLES[404])


@blueprint.get("/<service_id>/reports")
def reports(service_id: str) -> AnyResponse:
    found = answering.reports_of(current_engine(), signed_in_person().who, service_id)
    return page("manage/reports.html", service_id=service_id, found=found)


@blueprint.route("/<service_id>/reports/<uuid:report_id>", methods=["GET", "POST"])
def report(service_id: str, report_id: UUID) -> AnyResponse:
    who = signed_in_person().who
    if request.method == "POST":
        return _sent(who, service_id, report_id)
    return _report_page(who, service_id, report_id, AnswerForm(formdata=None))


def _sent(who: SignedIn, service_id: str, report_id: UUID) -> AnyResponse:
    form, engine = AnswerForm(), current_engine()
    try:
        answered = answering.answer(engine, who, service_id, report_id, typed(form.outcome), typed(form.words), now())
    except AnsweredError:
        return _report_page(who, service_id, report_id, form, 409)
    except ReportMistakesError as error:
        for mistake in error.mistakes:
            say(form[mistake.field], mistake.sentence)
        return _report_page(who, service_id, report_id, form, 422)
    flash(f"{ANSWERED} {MAILED}" if _tell(answered) else ANSWERED)
    return redirect(url_for("manage.reports", service_id=service_id), 303)


def _report_page(who: SignedIn, service_id: str, report_id: UUID, form: AnswerForm, status: int = 200) -> AnyResponse:
    name, found = answering.report_of(current_engine(), who, service_id, report_id)
    return page(
        "manage/report.html",
        status,
        service_id=service_id,
        service_name=name,
        report=found,
        form=form,
        outcomes=OUTCOMES,
        too_late=status == 409,
        writes_back=found.hears_back and current_settings().mail is not None,
    )


def _tell(answered: Answered) -> bool:
    """Whether the reporter is written to, at the address that the table has no more."""
    settings, engine = current_settings(), current_engine()
    mail = settings.mail
    if mail is None or answered.email is None:
        return False
    beside("an answer", lambda: tell(engine, mail.site, partial(send, settings), answered))
    return True
