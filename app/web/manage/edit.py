"""The form for a section of a listing. It keeps what is typed, also where it will not do yet, and by itself."""

from collections.abc import Sequence
from contextlib import suppress
from secrets import token_urlsafe

from flask import abort, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.accounts.sessions import SignedIn
from app.actions.editing import drafts
from app.actions.editing.drafts import Managed, NoDraftError, StaleDraftError, Typed
from app.actions.today import LONDON
from app.current import current_catalogue, current_engine
from app.directory.editing.changes import changes
from app.directory.editing.edit_checks import Mistake
from app.directory.editing.edited import SECTIONS, Edited, digest

from ..account.access import now, person_here, signed_in_person
from ..page import page
from . import edit_form
from .change_words import choices_in, named, names_in
from .edit_errors import AUTOSAVE, kept, sentence
from .edit_form import NEXT, SAVE, TAKE_BACK, parts_of, place_after
from .field_words import FIELD_WORDS, SECTION_WORDS, field_label
from .listings import blueprint as blueprint
from .listings import mistakes_of
from .overview import clashes_of, said_about
from .who import WHO, address_after, effects_values, form_values, undone
from .who_form import UNDO, said_after

IN_VAIN = "Somebody else changed this. Press Save to see both versions."
WAITS = "Your changes wait for approval. Take them back to change something."
_NUMBERS = ("no", "one thing", "two things", "three things", "four things", "five things", "six things")


@blueprint.route("/<service_id>/edit/<section>", methods=["GET", "POST"])
def section(service_id: str, section: str) -> AnyResponse:
    if section not in SECTIONS:
        abort(404)
    if request.method == "POST":
        person = person_here()
        if person is None or not person.is_authenticated:
            return kept(403)
        return _saved(signed_in_person().who, service_id, section)
    who = signed_in_person().who
    managed = drafts.managed(current_engine(), who, service_id)
    if managed.draft and managed.draft.state == "sent":
        flash(WAITS)
        return redirect(url_for("manage.listing", service_id=service_id), 303)
    mistakes = [one for one in mistakes_of(managed, who) if one.field in SECTIONS[section]]
    return form_page(section, managed, managed.edited, mistakes)


def _saved(who: SignedIn, service_id: str, section: str) -> AnyResponse:
    engine, form = current_engine(), request.form
    act = form.get("act", SAVE)
    if act == TAKE_BACK:
        # Where it was decided meanwhile, what was typed meets what stands now, as after any other change.
        with suppress(NoDraftError):
            drafts.take_back(engine, who, service_id, now())
    before = drafts.managed(engine, who, service_id)
    parts = parts_of(section, form, before.edited, choices_in(current_catalogue(), service_id))
    if section == WHO and act == UNDO:
        parts = undone(parts, before)
    typed = Typed(section, parts, form.get("seen", ""), form.get("form", ""))
    try:
        managed = drafts.save(engine, who, service_id, typed, now())
    except StaleDraftError as error:
        return sentence(IN_VAIN, 409) if AUTOSAVE in request.headers else _stale_page(section, error)
    if AUTOSAVE in request.headers:
        return jsonify({"seen": digest(managed.edited, section), "saved": f"{now().astimezone(LONDON):%H:%M}"})
    wrong = sum(one.field in SECTIONS[section] for one in mistakes_of(managed, who))
    more = said_after(form, act) if section == WHO else ""
    flash(" ".join(filter(None, ("Saved.", more, _to_put_right(wrong)))))
    return redirect(_next_address(service_id, section, act, managed), 303)


def _to_put_right(wrong: int) -> str:
    if not wrong:
        return ""
    things = _NUMBERS[wrong] if wrong < len(_NUMBERS) else f"{wrong} things"
    return f"{things.capitalize()} to put right before you send it."


def _next_address(service_id: str, section: str, act: str, managed: Managed) -> str:
    if act == NEXT:
        following = _after(section)
        if following is None:
            return url_for("manage.listing", service_id=service_id)
        return url_for("manage.section", service_id=service_id, section=following)
    if section == WHO:
        return address_after(act, managed)
    add, place = place_after(act, managed.edited)
    return url_for("manage.section", service_id=service_id, section=section, add=add or None, _anchor=place or None)


def _after(section: str) -> str | None:
    order = list(SECTIONS)
    return next(iter(order[order.index(section) + 1 :]), None)


def _stale_page(section: str, error: StaleDraftError) -> AnyResponse:
    """Both versions, and the form with what was typed, which can be sent again."""
    names = names_in(current_catalogue())
    found = [named(one, names) for one in changes(error.theirs.edited, error.mine) if one.field in SECTIONS[section]]
    return form_page(section, error.theirs, error.mine, (), stale=error, differences=found)


def form_page(
    section: str,
    managed: Managed,
    edited: Edited,
    mistakes: Sequence[Mistake],
    stale: StaleDraftError | None = None,
    **more: object,
) -> AnyResponse:
    catalogue = current_catalogue()
    following = _after(section)
    service_id = managed.listing.id
    template = "manage/who.html" if section == WHO else "manage/section.html"
    if section == WHO:
        more |= form_values(managed, edited) | ({} if stale else effects_values(managed))
    return page(
        "manage/stale.html" if stale else template,
        409 if stale else 200,
        stale=stale,
        service_id=service_id,
        service_name=managed.listing.name,
        section=section,
        section_title=SECTION_WORDS[section],
        next_title=SECTION_WORDS[following] if following else None,
        edited=edited,
        draft=managed.draft,
        seen=digest(managed.edited, section),
        form_id=token_urlsafe(9),
        mistakes=mistakes,
        wrong={one.place: one.sentence for one in reversed(mistakes)},
        said=said_about(managed.draft, SECTIONS[section]),
        clashes=() if stale else clashes_of(managed, SECTIONS[section], names_in(catalogue)),
        choices=choices_in(catalogue, service_id),
        all_listings=names_in(catalogue).listings,
        add=request.args.get("add", ""),
        words=FIELD_WORDS,
        field_label=field_label,
        edit_form=edit_form,
        **more,
    )
