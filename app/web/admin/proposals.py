"""What other lists say of listings that were edited here: what differs, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing.errors import EditError
from app.actions.proposals import (
    NoProposalError,
    Proposal,
    leave_ours,
    make_draft,
    proposal,
    waiting_proposals,
)
from app.current import current_catalogue, current_engine

from ..account.access import now, signed_in_person
from ..manage.change_words import named, names_in
from ..manage.editing_mail import tell_admins
from ..manage.word_marks import Marked, marked
from ..page import page
from .approval_form import labels_of
from .home import blueprint as blueprint


@dataclass(frozen=True)
class Row:
    """One difference. ``key`` is unique on the page."""

    key: str
    label: str
    marked: Marked


@dataclass(frozen=True)
class Refused:
    """``problems`` are (sentence, field id), for the summary at the top."""

    problems: Sequence[tuple[str, str]]


@blueprint.get("/proposals")
def proposals() -> AnyResponse:
    return page("admin/proposals.html", waiting=waiting_proposals(current_engine()))


@blueprint.route("/proposals/<service_id>", methods=["GET", "POST"], endpoint="proposal")
def one_proposal(service_id: str) -> AnyResponse:
    try:
        found = proposal(current_engine(), service_id)
        return _decided(found) if request.method == "POST" else _proposal_page(found)
    except NoProposalError as error:
        status = 409 if request.method == "POST" else 404
        return page("admin/not_there.html", status, sentence=error.message)


def _decided(found: Proposal) -> AnyResponse:
    engine, who, seen = current_engine(), signed_in_person().who, request.form.get("seen", "")
    try:
        if request.form.get("act") == "leave":
            leave_ours(engine, who, found.slug, seen, now())
            flash(f"{found.name} stays as it is. We ask again when “{found.feed}” says something else.")
            return redirect(url_for("admin.proposals"), 303)
        make_draft(engine, who, found.slug, seen, now())
    except NoProposalError:
        raise
    except EditError as error:
        return _proposal_page(proposal(engine, found.slug), 409, error.message)
    tell_admins(found.slug, found.name, found.feed)
    flash("It waits for approval now. Decide about each change.")
    return redirect(url_for("admin.approval", service_id=found.slug), 303)


def _proposal_page(found: Proposal, status: int = 200, refused: str = "") -> AnyResponse:
    names = names_in(current_catalogue())
    said = [named(change, names) for change in found.changes]
    rows = [
        Row(one.id, label, marked(one.before, one.after))
        for one, label in zip(said, labels_of(found.changes), strict=True)
    ]
    form = Refused([(refused, "decide")] if refused else [])
    return page("admin/proposal.html", status, proposal=found, rows=rows, form=form)
