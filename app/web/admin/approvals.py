"""What waits for approval, and deciding about each change of it."""

from collections.abc import Iterable, Mapping

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing.decision import (
    Decided,
    MovedError,
    OwnDraftError,
    UndecidedError,
    Verdict,
    decide,
)
from app.actions.editing.drafts import MistakesError
from app.actions.editing.errors import EditError, NoListingError, NotYoursError
from app.actions.editing.mine import waiting
from app.actions.editing.review import NotWaitingError, Review, review
from app.actions.editing.stranding import StrandsError
from app.current import current_catalogue, current_engine

from ..account.access import now, signed_in_person
from ..manage.change_words import names_in
from ..manage.editing_mail import tell_authors
from ..manage.impact import although_form, although_of, impact_of_draft, stranding_problems
from ..page import page
from .approval_form import approval_form, beside, decisions_of, left_over
from .home import blueprint as blueprint

ALL = "What all of these changes together do for people"
ACCEPTED = "What the changes that you accept do for people"


@blueprint.get("/approvals")
def approvals() -> AnyResponse:
    return page("admin/approvals.html", waiting=waiting(current_engine()))


@blueprint.route("/approvals/<service_id>", methods=["GET", "POST"])
def approval(service_id: str) -> AnyResponse:
    try:
        found = review(current_engine(), signed_in_person().who, service_id)
    except NoListingError:
        abort(404)
    except NotYoursError:
        abort(403)
    except NotWaitingError as error:
        return _over(service_id, error)
    return _decided(service_id, found) if request.method == "POST" else _approval_page(found)


def _decided(service_id: str, found: Review) -> AnyResponse:
    typed = request.form
    verdict = Verdict(typed.get("seen", ""), decisions_of(found, typed), typed.get("note", ""), although_of(typed))
    try:
        decided = decide(current_engine(), current_catalogue(), signed_in_person().who, service_id, verdict, now())
    except MovedError as error:
        return _approval_page(found, 409, others=[(error.message, "changes")])
    except OwnDraftError as error:
        return _approval_page(found, 403, others=[(error.message, "changes")])
    except UndecidedError as error:
        return _approval_page(found, 422, places=error.places)
    except MistakesError as error:
        return _approval_page(found, 422, others=beside(error.mistakes, found))
    except StrandsError as error:
        return _approval_page(found, 422, others=stranding_problems(error), refused=error)
    except NotWaitingError as error:
        return _over(service_id, error)
    except NotYoursError:
        abort(403)
    except EditError as error:
        return _approval_page(found, 422, others=[(error.message, "changes")])
    tell_authors(service_id, decided)
    flash(_told(decided))
    return redirect(url_for("admin.approvals"), 303)


def _over(service_id: str, error: NotWaitingError) -> AnyResponse:
    """Somebody else was faster. What was written here can be copied."""
    status = 409 if request.method == "POST" else 404
    kept = left_over(request.form)
    return page("admin/approval_over.html", status, service_id=service_id, sentence=error.message, kept=kept)


def _approval_page(
    found: Review,
    status: int = 200,
    *,
    places: Mapping[str, str] | None = None,
    others: Iterable[tuple[str, str]] = (),
    refused: StrandsError | None = None,
) -> AnyResponse:
    """``refused``: what is accepted leaves people with no programme. Else it is told what all changes together do."""
    names = names_in(current_catalogue())
    return page(
        "admin/approval.html",
        status,
        review=found,
        listing=found.managed.listing,
        seen=found.managed.seen,
        form=approval_form(found, names, request.form, places, others),
        although=although_form(request.form, refused),
        impact=refused.impact if refused else impact_of_draft(found.managed, ()),
        impact_title=ACCEPTED if refused else ALL,
    )


def _told(decided: Decided) -> str:
    accepted, returned = len(decided.accepted), len(decided.returned)
    said = [f"{decided.name}:"]
    if accepted:
        said.append(f"{_changes(accepted)} {'is' if accepted == 1 else 'are'} public now.")
    if returned:
        said.append(f"{_changes(returned)} went back with your comments.")
    if not accepted and not returned:
        said.append("Nothing was left to decide.")
    return " ".join(said)


def _changes(number: int) -> str:
    return "One change" if number == 1 else f"{number} changes"
