"""My listings: what somebody looks after, first what wants doing."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from app.actions.accounts.sessions import SignedIn
from app.actions.editing import drafts
from app.actions.editing.drafts import Managed
from app.actions.editing.mine import Mine, my_listings
from app.current import current_engine
from app.directory.editing.edit_checks import Mistake

from ..account import access
from ..account.access import now, signed_in_person
from ..page import page
from .field_words import STATUS_WORDS

blueprint = Blueprint("manage", __name__, url_prefix="/manage")
blueprint.before_request(access.guard)
blueprint.after_request(access.no_store)
_FIRST = ("returned", "open", "sent", None)
"""States of drafts, first what wants doing."""


@blueprint.get("")
def listings() -> AnyResponse:
    mine = my_listings(current_engine(), signed_in_person().who)
    wanted = request.args.get("q", "").strip()
    found = sorted((one for one in mine if _is_wanted(one, wanted)), key=lambda one: _FIRST.index(one.draft))
    return page(
        "manage/listings.html",
        total=len(mine),
        listings=found,
        q=wanted,
        several=len({one.organisation for one in mine}) > 1,
        status_words=STATUS_WORDS,
    )


def mistakes_of(managed: Managed, who: SignedIn) -> tuple[Mistake, ...]:
    """What must be put right before the draft can be sent; nothing where there is no draft."""
    return drafts.mistakes_in(current_engine(), who, managed.listing.id, now()) if managed.draft else ()


def _is_wanted(one: Mine, wanted: str) -> bool:
    return all(word in f"{one.name} {one.organisation or ''}".casefold() for word in wanted.casefold().split())
