"""Listings that may be one and the same: the queue, two of them beside each other, and what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.duplicates.finding import look_again
from app.actions.duplicates.merging import ApartError, RefusedError, merge, take_apart
from app.actions.duplicates.pairs import (
    DecidedError,
    NoPairError,
    Pair,
    Side,
    call_different,
    merged_together,
    pair_shown,
    waiting_pairs,
)
from app.actions.editing.stranding import StrandsError
from app.actions.today import today
from app.current import current_catalogue, current_engine

from ..account.access import now, signed_in_person
from ..manage.field_words import STATUS_WORDS
from ..manage.freshness_words import told
from ..manage.impact import although_form, although_of, stranding_problems
from ..page import page
from ..words import CHANNELS, area, numbered_sources
from .home import blueprint as blueprint

REASONS: Mapping[str, str] = {
    "name_and_organisation": "They have the same name, or nearly. The same organisation runs them.",
    "near_name": "Their names are almost the same.",
    "phone": "They have the same phone number.",
    "web": "They have the same web page.",
}
"""By the codes of ``app.directory.likeness``."""
MOST_SHOWN = 100
DIFFERENT, CHOICES = "different", "choice-one"


@dataclass(frozen=True)
class Row:
    """One thing that both say, or do not say. ``one`` and ``other`` are lines; ``in_both``: those that both have."""

    label: str
    one: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.one == self.other

    @property
    def in_both(self) -> frozenset[str]:
        return frozenset(self.one) & frozenset(self.other)


@dataclass(frozen=True)
class Choice:
    """What was chosen: the id of the listing that stays, or ``different``. ``problems``: (sentence, field id)."""

    choice: str = ""
    problems: Sequence[tuple[str, str]] = ()


@blueprint.get("/duplicates")
def duplicates() -> AnyResponse:
    waiting = waiting_pairs(current_engine())
    return page(
        "admin/duplicates.html",
        waiting=waiting[:MOST_SHOWN],
        total=len(waiting),
        together=merged_together(current_engine()),
        reasons=REASONS,
    )


@blueprint.post("/duplicates")
def look_for_duplicates() -> AnyResponse:
    new = look_again(current_engine(), signed_in_person().who, now())
    found = "One new pair" if new == 1 else f"{new} new pairs" if new else "No new pair"
    flash(f"We went through all listings. {found} may be one and the same.")
    return redirect(url_for("admin.duplicates"), 303)


@blueprint.route("/duplicates/<uuid:pair_id>", methods=["GET", "POST"])
def duplicate(pair_id: UUID) -> AnyResponse:
    try:
        pair = pair_shown(current_engine(), pair_id)
        return _decided(pair) if request.method == "POST" else _pair_page(pair)
    except NoPairError as error:
        return page("admin/not_there.html", 404, sentence=error.message)


@blueprint.post("/duplicates/apart/<service_id>")
def take_apart_again(service_id: str) -> AnyResponse:
    try:
        take_apart(current_engine(), signed_in_person().who, service_id, now())
    except ApartError as error:
        return page("admin/not_there.html", 409, sentence=error.message)
    flash("They are two listings again, as they were before.")
    return redirect(url_for("manage.listing", service_id=service_id), 303)


def _decided(pair: Pair) -> AnyResponse:
    engine, who, choice = current_engine(), signed_in_person().who, request.form.get("choice", "")
    names = {side.listing.id: side.listing.name for side in (pair.one, pair.other)}
    if choice != DIFFERENT and choice not in names:
        return _pair_page(pair, 422, Choice("", [("Choose whether they are the same.", CHOICES)]))
    try:
        if choice == DIFFERENT:
            call_different(engine, who, pair.id, now())
            flash("They stay two listings. We will not ask about them again.")
        else:
            merge(engine, current_catalogue(), who, pair.id, choice, although_of(request.form), now())
            flash(f"They are one now: {names[choice]}. Whoever looks for the other one comes to it.")
    except StrandsError as error:
        return _pair_page(pair, 422, Choice(choice, stranding_problems(error)), error)
    except (DecidedError, RefusedError) as error:
        newest = pair_shown(engine, pair.id)
        return _pair_page(newest, 409, Choice(choice, [(error.message, CHOICES if newest.is_open else "pair")]))
    return redirect(url_for("admin.duplicates"), 303)


def _pair_page(
    pair: Pair, status: int = 200, form: Choice | None = None, refused: StrandsError | None = None
) -> AnyResponse:
    """``refused``: without one of the two, people would be left with no programme."""
    return page(
        "admin/duplicate.html",
        status,
        pair=pair,
        rows=_rows(pair),
        reasons=[REASONS[reason] for reason in pair.reasons if reason in REASONS],
        form=form or Choice(),
        different=DIFFERENT,
        although=although_form(request.form, refused),
        impact=refused.impact if refused else None,
        impact_title="What this does for people",
    )


def _rows(pair: Pair) -> list[Row]:
    one, other = _said(pair.one), _said(pair.other)
    return [Row(label, one[label], other[label]) for label in one]


def _said(side: Side) -> dict[str, tuple[str, ...]]:
    """Lines by label, in the order of the page."""
    listing = side.listing
    sources = numbered_sources(listing, current_catalogue().papers).values()
    return {
        "Name": (listing.name,),
        "Other names": tuple(filter(None, (", ".join(alias.name for alias in listing.aliases),))),
        "Who runs it": (side.organisation or "Nobody knows",),
        "Where it works": (area(listing.area),),
        "Open or closed": (STATUS_WORDS[listing.status],),
        "Ways to get in touch": tuple(f"{CHANNELS[one.type]}: {one.value}" for one in listing.contacts),
        "Summary": (listing.summary,),
        "When": tuple(f"{what}: {when}" for what, when in told(side.freshness, listing.status, today()).dates),
        "Where we read it": tuple(dict.fromkeys(source.label for source in sources)),
    }
