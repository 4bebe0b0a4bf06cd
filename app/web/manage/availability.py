"""What a provider says of today: the form with which they say it, and the pages that show it at once."""

from datetime import date

from flask import Flask, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, StringField

from app.actions import availability
from app.actions.accounts.sessions import SignedIn
from app.actions.availability import AvailabilityMistakesError, ClosedError, StaleAvailabilityError, Stands, Typed
from app.actions.editing.errors import NoListingError, NotYoursError
from app.actions.today import today
from app.current import current_catalogue, current_engine
from app.directory.availability import HEADINGS, Availability

from ..account.access import now, signed_in_person
from ..account.forms import AccountForm, say, typed
from ..page import page
from .listings import blueprint as blueprint

NOTHING = "nothing"
"""The choice that takes back whatever was said."""


class AvailabilityForm(AccountForm):
    """``seen`` is what the form showed, in a word."""

    state = StringField("How is it today?")
    wait = StringField("How long is the wait?")
    day = StringField("Day", id="until-day")
    month = StringField("Month", id="until-month")
    year = StringField("Year", id="until-year")
    note = StringField("Anything else that people should know?")
    seen = HiddenField()


def register(app: Flask) -> None:
    app.jinja_env.globals |= {"said_today": said_today, "AVAILABILITY": HEADINGS}


def said_today(listing_id: str) -> Availability | None:
    """What the provider of a listing says of today, for any page about it."""
    return current_catalogue().said_on(listing_id, today())


def availability_form(said: Availability | None) -> AvailabilityForm:
    """The form with what stands: pages that hold it give it to ``manage/availability.html``.

    A page gets ``said`` from ``app.actions.availability.stands``. What counts no more is not offered again.
    """
    current = said.on(today()) if said else None
    shown = _fields(current) if current else {}
    return AvailabilityForm(formdata=None, data={**shown, "seen": availability.digest(said)})


@blueprint.route("/<service_id>/availability", methods=["GET", "POST"], endpoint="availability")
def availability_page(service_id: str) -> AnyResponse:
    """The form by itself. Pages that hold it send it here too."""
    who = signed_in_person().who
    try:
        stands = availability.stands(current_engine(), who, service_id)
        if request.method == "POST":
            return _sent(who, service_id, stands)
    except NoListingError:
        abort(404)
    except NotYoursError:
        abort(403)
    return _form_page(service_id, stands, availability_form(stands.said))


def _sent(who: SignedIn, service_id: str, stands: Stands) -> AnyResponse:
    form = AvailabilityForm()
    engine, seen = current_engine(), typed(form.seen)
    try:
        if form.state.data == NOTHING:
            availability.clear(engine, who, service_id, seen, now())
        else:
            availability.say(engine, who, service_id, _typed(form), seen, now())
    except StaleAvailabilityError as error:
        # What stands now is shown above what they typed, which they can send again.
        form.seen.data = availability.digest(error.now_said)
        return _form_page(service_id, stands, form, 409, stale=error)
    except AvailabilityMistakesError as error:
        for mistake in error.mistakes:
            say(form[mistake.field], mistake.sentence)
    except ClosedError as error:
        say(form.state, error.message)
    else:
        flash("Everybody can see it now.")
        return redirect(url_for("manage.listing", service_id=service_id), 303)
    return _form_page(service_id, stands, form, 422)


def _form_page(
    service_id: str,
    stands: Stands,
    form: AvailabilityForm,
    status: int = 200,
    stale: StaleAvailabilityError | None = None,
) -> AnyResponse:
    return page(
        "manage/availability_page.html",
        status,
        form=form,
        availability_form=form,
        service_id=service_id,
        service_name=stands.name,
        stale=stale,
    )


def _typed(form: AvailabilityForm) -> Typed:
    return Typed(
        state=typed(form.state),
        wait=typed(form.wait),
        note=typed(form.note),
        day=typed(form.day),
        month=typed(form.month),
        year=typed(form.year),
    )


def _fields(said: Availability) -> dict[str, str]:
    return {"state": said.state, "wait": said.wait, "note": said.note, **_date_fields(said.until)}


def _date_fields(until: date | None) -> dict[str, str]:
    return {"day": str(until.day), "month": str(until.month), "year": str(until.year)} if until else {}
