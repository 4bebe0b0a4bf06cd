"""“Something is wrong here”: a form for every reader, without signing in.

It is the only form for the public with a token, and so the only page for the public that sets that cookie.
"""

from dataclasses import dataclass

from flask import Response, abort, redirect, url_for
from flask import request as asked
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, StringField

from app.actions.editing.errors import NoListingError
from app.actions.reports.errors import ReportMistakesError, TooFastError, TooManyError, TooOldError
from app.actions.reports.letters import report_letter
from app.actions.reports.stamps import new_stamp
from app.actions.reports.taking import Sent, Taken, take
from app.current import current_catalogue, current_engine, current_settings
from app.directory.listing import Listing
from app.directory.reports import ABOUT

from ..account import access
from ..account.access import network_address, now
from ..account.forms import AccountForm, say, typed
from ..mail_beside import send_beside
from ..page import page
from ..same_site import from_our_pages
from .search import blueprint as blueprint
from .search import listing_or_elsewhere

AGAIN = "What you wrote is still below. Please send it again."
NO_COOKIE = "Your browser did not send the cookie of this form. It may keep none, or the page was open for long."


class ReportForm(AccountForm):
    """``subject_line`` is for machines, which fill in whatever they find."""

    about = StringField("What is it about?")
    text = StringField("What is wrong?")
    email = StringField("Your email address (optional)")
    subject_line = StringField("Leave this empty")
    stamp = HiddenField()


@dataclass(frozen=True)
class Notice:
    """Why a report was not taken, though nothing in it is wrong; and what to do."""

    title: str
    text: str


@blueprint.route("/services/<service_id>/report", methods=["GET", "POST"])
def report(service_id: str) -> AnyResponse:
    listing = _listing(service_id)
    if asked.method != "POST":
        return _form_page(listing, ReportForm(formdata=None))
    try:
        access.csrf.protect()
    except CSRFError:
        # What another website wrote is not put into a form of ours: a button would send it.
        form = ReportForm() if from_our_pages(asked) else ReportForm(formdata=None)
        return _form_page(listing, form, 400, Notice(NO_COOKIE, AGAIN))
    return _sent(listing, ReportForm())


@blueprint.get("/services/<service_id>/report/sent")
def report_sent(service_id: str) -> Response:
    return page("find/report_sent.html", listing=_listing(service_id))


def _sent(listing: Listing, form: ReportForm) -> AnyResponse:
    sent = Sent(*map(typed, (form.about, form.text, form.email, form.subject_line, form.stamp)))
    key = current_settings().secret_key
    try:
        taken = take(current_engine(), key, listing.id, sent, network_address(), now())
    except ReportMistakesError as error:
        for mistake in error.mistakes:
            say(form[mistake.field], mistake.sentence)
        return _form_page(listing, form, 422)
    except TooFastError as error:
        return _form_page(listing, form, 422, Notice(error.message, AGAIN))
    except TooOldError as error:
        form.stamp.data = ""
        return _form_page(listing, form, 422, Notice(error.message, AGAIN))
    except TooManyError as error:
        return _too_many(listing, form, error)
    except NoListingError:
        abort(404)
    if taken:
        _tell(taken)
    return redirect(url_for("find.report_sent", service_id=listing.id), 303)


def _too_many(listing: Listing, form: ReportForm, error: TooManyError) -> AnyResponse:
    response = _form_page(listing, form, 429, Notice(error.message, ""), free_at=error.free_at)
    response.headers["Retry-After"] = str(max(1, round((error.free_at - now()).total_seconds())))
    return response


def _form_page(
    listing: Listing, form: ReportForm, status: int = 200, notice: Notice | None = None, **values: object
) -> Response:
    settings = current_settings()
    form.stamp.data = typed(form.stamp) or new_stamp(settings.secret_key, listing.id, now())
    response = page(
        "find/report.html",
        status,
        listing=listing,
        form=form,
        notice=notice,
        parts=ABOUT,
        writes_back=settings.mail is not None,
        **values,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _listing(service_id: str) -> Listing:
    return listing_or_elsewhere(current_catalogue(), service_id)


def _tell(taken: Taken) -> None:
    """Those who look after the listing; the request does not wait for the mail server."""
    settings = current_settings()
    if mail := settings.mail:
        send_beside(settings, "a report", lambda: [report_letter(to, mail.site, taken) for to in taken.readers])
