"""Who can use a service: what its form shows, and beside it what the rule does, made anew at each save."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.editing import drafts
from app.actions.editing.drafts import Managed
from app.actions.rule_effects import rule_effects
from app.current import current_catalogue, current_engine
from app.directory.editing.edit_checks import normalised
from app.directory.editing.edited import SECTIONS, Edited
from app.directory.editing.rule_periods import rule_on
from app.directory.listing import Listing

from ..account.access import signed_in_person
from ..find.search import listing_values
from ..page import page
from .change_words import who_choices
from .impact import impact_of_draft
from .listings import blueprint as blueprint
from .listings import mistakes_of
from .who_form import WhoChoices, spare_after
from .who_view import cautions, sentences, who_form

WHO = "who"


@blueprint.get("/<service_id>/edit/who/effects")
def who_effects(service_id: str) -> AnyResponse:
    who = signed_in_person().who
    managed = drafts.managed(current_engine(), who, service_id)
    mistakes = [one for one in mistakes_of(managed, who) if one.field in SECTIONS[WHO]]
    return page("manage/who_effects.html", alone=True, mistakes=mistakes, **effects_values(managed))


def form_values(managed: Managed, edited: Edited) -> dict[str, Any]:
    """What the fields show of ``edited``: the draft, or what was typed over it."""
    return {"who": who_form(edited, _choices(managed), request.args.get("add", ""))}


def effects_values(managed: Managed) -> dict[str, Any]:
    """What stands beside the form. The impact is of the whole draft."""
    wrong = mistakes_of(managed, signed_in_person().who) if managed.draft else ()
    catalogue = current_catalogue()
    choices = _choices(managed)
    found = rule_effects(catalogue, managed.listing, managed.edited, choices.day)
    values = listing_values(catalogue, found.listing)
    form = who_form(managed.edited, choices, "")
    return {
        **values,
        "effects": found,
        "used": _used(found.listing, values["sources"], choices),
        "impact": impact_of_draft(managed, wrong),
        "sentences": sentences(form),
        "cautions": cautions(form),
        "can_undo": bool(managed.draft and managed.draft.undo),
    }


def _used(listing: Listing, sources: Mapping[str, Any], choices: WhoChoices) -> list[Any]:
    """The sources of the rule that is shown."""
    rule = listing.rule_on(choices.day)
    parts = (rule.everyone, *rule.routes, rule.exclusions, rule.made_for) if rule else ()
    keys = {key for part in parts for condition in part for key in condition.source}
    return [source for key, source in sources.items() if key in keys]


def undone(parts: Mapping[str, Any], before: Managed) -> dict[str, Any]:
    """The last state. Where something was typed since it was saved, that is what is taken back."""
    typed = normalised(before.edited.model_copy(update=dict(parts))).rules
    steps = before.draft.undo if before.draft else ()
    return {"rules": steps[-1] if steps and typed == before.edited.rules else before.edited.rules}


def address_after(act: str, managed: Managed) -> str:
    """The form after a button, with a new line where one is wanted. ``at`` is the place to go on at, for scripts."""
    add, place = spare_after(request.form, act, rule_on(managed.edited, _choices(managed).day))
    at = place or None
    service_id = managed.listing.id
    return url_for("manage.section", service_id=service_id, section=WHO, add=add or None, at=at, _anchor=at)


def _choices(managed: Managed) -> WhoChoices:
    return who_choices(current_catalogue(), managed.listing)
