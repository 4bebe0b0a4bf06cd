"""Listings of every shape, for property tests. They fit the value types; they need not make sense."""

from typing import Any, get_args

from hypothesis import strategies as st

from app.directory.listing import AreaId, ContactType, Grade, Listing, PracticalId, ReferralRouteId, Role, Status
from app.directory.opening import WEEKDAYS

GOALS = ("find_job", "keep_job", "skills")
TARGETS = ("first-door", "second-door", "third-door")

# NUL and lone surrogates are refused when files are read: one of the databases cannot hold them.
_characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_text = st.text(_characters, min_size=1, max_size=30)
_dates = st.sampled_from(["2024", "2024-02", "2024-02-29", "1999-12-31"])
_keys = st.lists(st.sampled_from(["page", "paper", "leaflet"]), min_size=1, max_size=3)
_targets = st.lists(st.sampled_from(TARGETS), max_size=3)
_numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=3)


def _fields(needed: dict[str, Any], optional: dict[str, Any] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=optional or {})


_fact = _fields({"text": _text, "source": _keys})
_condition = _fields(
    {},
    {
        "question": _text,
        "ask": _text,
        "assume": _text,
        "any_of": _some(_text),
        "at_least": _numbers,
        "below": _numbers,
        "text": _text,
        "source": _keys,
    },
)
_conditions = _some(_condition)
_rule = _fields(
    {},
    {
        "from": _dates,
        "until": _dates,
        "everyone": _conditions,
        "routes": _some(_conditions),
        "exclusions": _conditions,
        "made_for": _conditions,
    },
)
_contact = _fields(
    {"type": st.sampled_from(get_args(ContactType)), "value": _text, "source": _keys},
    {
        "hours": _text,
        "note": _text,
        "grade": st.sampled_from(get_args(Grade)),
        "old": st.booleans(),
        "audience": st.just("professionals"),
    },
)
_source = _fields(
    {"read": _dates},
    {"paper": _text, "at": _text, "page": _text, "dated": _dates, "said_by": st.sampled_from([*TARGETS, "directory"])},
)
_clock_times = st.times().map("{:%H:%M}".format)
opening_times = _fields({"day": st.sampled_from(WEEKDAYS), "opens": _clock_times, "closes": _clock_times})
_hours = _fields({"source": _keys}, {"times": _some(opening_times), "note": _text})
_practical = _fields({"text": _text, "source": _keys}, {"answer": st.sampled_from(["yes", "no", "partly"])})


def listings() -> st.SearchStrategy[Listing]:
    """Listings whose organisation, goals and links are among ``TARGETS`` and ``GOALS``."""
    return _fields(
        {
            "id": st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True),
            "name": _text,
            "role": st.sampled_from(get_args(Role)),
            "summary": _text,
            "area": st.lists(st.sampled_from(get_args(AreaId)), min_size=1, max_size=3),
            "status": st.sampled_from(get_args(Status)),
            "status_note": _fact,
            "sources": st.dictionaries(_text, _source, max_size=3),
        },
        {
            "organisation": st.sampled_from(TARGETS),
            "commissioner": _fact,
            "aliases": _some(_fields({"name": _text}, {"alone": st.booleans()})),
            "offers": _some(_fact),
            "goals": _some(st.sampled_from(GOALS)),
            "opened": _dates,
            "never_opened": st.booleans(),
            "closed": _dates,
            "last_seen": _dates,
            "rules": _some(_rule),
            "referral": _some(
                _fields({"text": _text, "source": _keys, "route": st.sampled_from(get_args(ReferralRouteId))})
            ),
            "contacts": _some(_contact),
            "hours": _hours,
            "languages": _some(_fields({"name": _text, "source": _keys})),
            "access": _some(_fact),
            "reach_through": _some(_fields({"service": st.sampled_from(TARGETS), "text": _text})),
            "practical": st.dictionaries(st.sampled_from(get_args(PracticalId)), _practical, max_size=3),
            "notes": _some(_fact),
            "unknown": _some(_text),
            "successors": _targets,
            "successor_source": _some(_text),
            "see_instead": _targets,
        },
    ).map(Listing.model_validate)
