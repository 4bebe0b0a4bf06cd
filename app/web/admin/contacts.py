"""The contacts to confirm before launch: the list, one of them with its form, and all of it as a table."""

from datetime import datetime

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, StringField

from app.actions.administration import contact_checks as action
from app.actions.administration.contact_checks import StaleCheckError, Stands, ToConfirm, Typed, needs_correcting
from app.actions.administration.reference import FaultsError
from app.actions.confirm_items import Group, Item
from app.actions.today import LONDON
from app.current import current_catalogue, current_engine
from app.directory.sources import citation

from ..account.access import now, signed_in_person
from ..account.forms import AccountForm, say, typed
from ..page import page
from .audit import csv_line
from .contact_list import Wanted, nearest_to, next_after, shown_of
from .contact_words import HOWS, KINDS, PARTS, SHOWN, found_out, outcomes, title_of, why
from .words_form import blueprint as blueprint

FIRST_SHOWN = "to_check"
PUBLIC_FOLLOWS = "the public pages follow within two seconds."
TO_BE_PUT_RIGHT = "it stands under “To be put right” until the page is changed."
COLUMNS = (
    "part",
    "id",
    "name",
    "kind",
    "contact",
    "why",
    "outcome",
    "how",
    "checked_on",
    "checked_by",
    "note",
    "noted_at",
)


class CheckForm(AccountForm):
    """``seen`` is what the form showed, in a word."""

    outcome = StringField("What did you find out?")
    how = StringField("How?")
    day = StringField("Day", id="checked-day")
    month = StringField("Month", id="checked-month")
    year = StringField("Year", id="checked-year")
    note = StringField("Note (optional)")
    seen = HiddenField()


@blueprint.get("/contacts")
def contacts() -> Response:
    everything, wanted = action.to_confirm(current_engine()), _wanted()
    shown = list(shown_of(everything, wanted))
    keys = {item.key for group in everything.groups for item in group.items}
    return page(
        "admin/contacts.html",
        parts=[(title, [one for one in shown if one.group.part == part]) for part, title in PARTS.items()],
        wanted=wanted,
        total=len(keys),
        done=len(keys & everything.noted.keys()),
        withheld=everything.withheld if wanted.kind in {"", "crisis"} else (),
        kinds=KINDS,
        shows=SHOWN,
    )


@blueprint.route("/contacts/item", methods=["GET", "POST"])
def contact() -> AnyResponse:
    """One of them, by its key in the address, with the part of the list to go back to."""
    stands = action.stands(current_engine(), request.args.get("key", ""))
    if request.method != "POST":
        return _item_page(stands, _new_form(stands))
    form = CheckForm()
    who, seen = signed_in_person().who, typed(form.seen)
    try:
        ticked = action.tick(current_engine(), who, stands.item.key, _typed(form), seen, now())
    except StaleCheckError as error:
        # What stands now is shown above what they chose, which they can send again.
        form.seen.data = action.digest(error.stands.noted)
        return _item_page(error.stands, form, 409, stale=error.message)
    except FaultsError as error:
        for fault in error.faults:
            say(form[fault.field], fault.sentence)
        return _item_page(stands, form, 422)
    is_wrong = ticked.noted is not None and needs_correcting(ticked.item, ticked.noted.check)
    flash(f"Noted. {stands.group.name}: {TO_BE_PUT_RIGHT if is_wrong else PUBLIC_FOLLOWS}")
    if request.form.get("then") == "next":
        next_one = next_after(action.to_confirm(current_engine()), _wanted(), stands.item.key)
        return redirect(_address("admin.contact", next_one) if next_one else _back_to(stands.group), 303)
    if is_wrong:
        return redirect(_address("admin.contact", stands.item.key), 303)
    return redirect(_back_to(stands.group), 303)


@blueprint.post("/contacts/item/undo")
def untick_contact() -> AnyResponse:
    key = request.args.get("key", "")
    try:
        action.untick(current_engine(), signed_in_person().who, key, request.form.get("seen", ""), now())
    except StaleCheckError as error:
        return _item_page(error.stands, _new_form(error.stands), 409, stale=error.message)
    flash("Taken back. It is to be checked again.")
    return redirect(_address("admin.contact", key), 303)


@blueprint.get("/contacts.csv")
def contacts_csv() -> Response:
    """All of the list, whatever is shown of it."""
    everything = action.to_confirm(current_engine())
    rows = (_cells(everything, group, item) for group in everything.groups for item in group.items)
    # Without this mark spreadsheets take the letters for those of another alphabet.
    response = Response(["\ufeff" + csv_line(COLUMNS), *map(csv_line, rows)], mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="contacts-{now():%Y-%m-%d}.csv"'
    return response


def _cells(everything: ToConfirm, group: Group, item: Item) -> tuple[str, ...]:
    noted = everything.noted.get(item.key)
    check, value = noted.check if noted else None, item.contact.value if item.contact else ""
    found = (check.outcome, check.how, check.checked_on.isoformat()) if check else ("", "", "")
    by = (noted.by, noted.check.note, noted.at.isoformat()) if noted else ("", "", "")
    return (group.part, group.id, group.name, item.type, value, why(group, item, everything.names), *found, *by)


def _wanted() -> Wanted:
    show, kind = request.args.get("show", ""), request.args.get("kind", "")
    return Wanted(show if show in SHOWN else FIRST_SHOWN, kind if kind in KINDS else "")


def _item_page(stands: Stands, form: CheckForm, status: int = 200, *, stale: str = "") -> Response:
    item, noted = stands.item, stands.noted
    papers = current_catalogue().papers
    return page(
        "admin/contact.html",
        status,
        form=form,
        group=stands.group,
        item=item,
        title=title_of(item),
        why=why(stands.group, item, stands.names),
        sources=[citation(source, papers) for source in item.sources],
        found_out=found_out(item, noted) if noted else "",
        noted=noted,
        seen=action.digest(noted),
        wrong=noted is not None and needs_correcting(item, noted.check),
        outcomes=outcomes(item),
        hows=HOWS,
        stale=stale,
        here=_address("admin.contact", item.key),
        undo=_address("admin.untick_contact", item.key),
        back=_back_to(stands.group),
    )


def _address(endpoint: str, key: str) -> str:
    """Of one item, with the part of the list that it was opened from."""
    wanted = _wanted()
    return url_for(endpoint, key=key, show=wanted.show, kind=wanted.kind or None)


def _back_to(group: Group) -> str:
    """The place in the list where somebody was."""
    wanted = _wanted()
    nearest = nearest_to(action.to_confirm(current_engine()), wanted, group)
    anchor = "-".join(nearest) if nearest else None
    return url_for("admin.contacts", show=wanted.show, kind=wanted.kind or None, _anchor=anchor)


def _new_form(stands: Stands) -> CheckForm:
    today: datetime = now().astimezone(LONDON)
    day = {"day": str(today.day), "month": str(today.month), "year": str(today.year)}
    return CheckForm(formdata=None, data={**day, "seen": action.digest(stands.noted)})


def _typed(form: CheckForm) -> Typed:
    return Typed(
        outcome=typed(form.outcome),
        how=typed(form.how),
        day=typed(form.day),
        month=typed(form.month),
        year=typed(form.year),
        note=typed(form.note),
    )
