"""Drafts for property tests: what people type into the form, sensible or not."""

from typing import Any, get_args

from hypothesis import strategies as st

from app.directory.editing.edited import (
    FIELDS,
    Edited,
    EditedAnswer,
    EditedContact,
    EditedRoute,
    EditedTime,
    edited_of,
)
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from app.directory.listing import AreaId, ContactType, PracticalId, ReferralRouteId
from app.directory.opening import WEEKDAYS
from app.eligibility.questions import Question, questionnaire_from
from tests.seeds import published_seed

LISTINGS = tuple(published_seed().listings.values())
QUESTIONNAIRE = questionnaire_from(published_seed().reference["questions"])
GOALS = tuple(sorted({goal for listing in LISTINGS for goal in listing.goals}))
RULES = edited_of(published_seed().listings["workwell-ncl"]).rules

_anything = st.text(st.characters() | st.sampled_from("\0\t\n\u200b\u202e\u00a0\x85"), max_size=12)
_texts = st.sampled_from(
    [
        "",
        " ",
        "A coach of your own.",
        " A  coach of your own. ",
        "Cafe\u0301 talks",
        "\0",
        "…",
        "x" * 601,
        "It is free.",
    ]
)
_text = _texts | _anything
_values = st.sampled_from(
    [
        "020 7946 0000",
        "(020) 7946-0000",
        "0800",
        "80800",
        "116 123",
        "help@example.org",
        "help@example",
        "www.example.org",
        "https://example.org/a?b=c",
        "javascript:alert(1)",
        "https://[",
        "HTTPS://Example.org",
        "1 Upper Street, N1 1XR",
        "x" * 401,
    ]
)
_times = st.sampled_from(["", "9", "9am", "9.30", "17:00", "5", "25:00", "midnight", "09:00"]) | _anything
_days = (
    st.sampled_from(["", "2026", "2026-3-1", "2026-02-30", "2024-02", "0001-01-01", "9999", "2031", "²024"]) | _anything
)
_ids = st.sampled_from([listing.id for listing in LISTINGS])


def _among(choices: Any) -> st.SearchStrategy[str]:
    """Mostly one of the choices, and else anything."""
    chosen = st.sampled_from(tuple(choices))
    return st.one_of(chosen, chosen, chosen, _anything)


def _some(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=4).map(tuple)


_limits = st.sampled_from(["", "", "16", "17½", " 17.5 ", "26", "300", "many", "-1", "nan", "1e3", "½"])
_RULED = tuple(rule for listing in LISTINGS for rule in edited_of(listing).rules)
_KNOWN = tuple(
    dict.fromkeys(
        one for rule in _RULED for part in (rule.everyone, *rule.routes, rule.exclusions, rule.made_for) for one in part
    )
)


def _on(question: Question) -> st.SearchStrategy[EditedCondition]:
    answers = st.lists(_among(question.answer_ids or ["18"]), max_size=2).map(tuple)
    number = question.kind == "number"
    return st.builds(
        EditedCondition,
        question=st.just(question.id),
        any_of=st.just(()) if number else answers,
        at_least=_limits if number else st.just(""),
        below=_limits if number else st.just(""),
        text=st.just("For people like that.") | _text,
        page=st.sampled_from(["", "", "www.example.org/who", "our site"]),
    )


_condition = st.one_of(
    st.sampled_from(_KNOWN),
    st.sampled_from([*QUESTIONNAIRE]).flatmap(_on),
    st.builds(EditedCondition, ask=_text, assume=_among([*QUESTIONNAIRE.assumptions, ""]), text=_text),
)
_conditions = st.lists(_condition, max_size=2).map(tuple)
_rule = st.builds(
    EditedRule,
    since=st.just("") | _days,
    until=st.just("") | _days,
    everyone=_conditions,
    routes=st.lists(_conditions, max_size=3).map(tuple),
    exclusions=_conditions,
    made_for=_conditions,
)


@st.composite
def _adjusted(draw: st.DrawFn, rules: tuple[EditedRule, ...]) -> tuple[EditedRule, ...]:
    """One part of the first rule at will."""
    part = draw(st.sampled_from(["everyone", "routes", "exclusions", "made_for", "since"]))
    drawn = draw(_rule)
    first = rules[0] if rules else EditedRule()
    return (first.model_copy(update={part: getattr(drawn, part)}), *rules[1:])


_contact = st.builds(
    EditedContact,
    type=_among(get_args(ContactType)),
    value=_values | _text,
    hours=_text,
    note=_text,
    professionals=st.booleans(),
)
_fields: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("name", "summary", "commissioner", "hours_note", "status_note"), _text),
    **dict.fromkeys(("aliases", "offers", "languages", "access", "notes", "unknown"), _some(_text)),
    "goals": _some(_among(GOALS)),
    "area": _some(_among(get_args(AreaId))),
    "contacts": _some(_contact),
    "hours": _some(st.builds(EditedTime, day=_among(WEEKDAYS), opens=_times, closes=_times)),
    "practical": st.dictionaries(
        _among(get_args(PracticalId)),
        st.builds(EditedAnswer, answer=st.sampled_from(["", "yes", "no", "partly", "maybe"]), text=_text),
        max_size=4,
    ),
    "referral": _some(st.builds(EditedRoute, route=_among(get_args(ReferralRouteId)), text=_text)),
    "status": _among(["live", "check_first", "closed"]),
    "opened": _days,
    "closed": _days,
    "successors": _some(_ids | _anything),
    "see_instead": _some(_ids | _anything),
    "rules": st.one_of(
        st.sampled_from([(), RULES]), st.just(RULES).flatmap(_adjusted), st.lists(_rule, max_size=2).map(tuple)
    ),
}
MESSY = st.builds(Edited, **_fields)
"""Every field at will."""


@st.composite
def changed(draw: st.DrawFn, edited: Edited, most: int) -> Edited:
    """The same with up to ``most`` fields at will, and often with another rule."""
    fields = draw(st.lists(st.sampled_from(FIELDS), max_size=most, unique=True))
    rules = draw(_adjusted(edited.rules)) if draw(st.booleans()) else edited.rules
    return edited.model_copy(update={"rules": rules, **{field: draw(_fields[field]) for field in fields}})
