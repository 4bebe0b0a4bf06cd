"""A listing with hours, languages and access, and the ways of breaking them."""

from tests.exchange.seed_sets import GOOD, OTHER, Broken

_TIMES = """\
  times:
    - {day: monday, opens: "09:00", closes: "17:00"}
    - {day: sunday, opens: "22:00", closes: "06:00"}
  note: Closed on public holidays.
"""
_HOURS = f"""\
hours:
{_TIMES}  source: [page]
languages:
  - {{name: English, source: [page]}}
  - {{name: Somali, source: [said]}}
access: [{{text: The door has no steps., source: [team]}}]
sources:
  said: {{said_by: helpers, dated: 2026-11-22, read: 2026-11-22}}
  team: {{said_by: directory, dated: 2026-11-22, read: 2026-11-22}}
"""
WITH_HOURS = {**GOOD, OTHER: GOOD[OTHER].replace("sources:\n", _HOURS)}


def _broken_hours(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return Broken(name, OTHER, old, new, f"{OTHER}:{line}", words, WITH_HOURS)


BAD_HOURS = (
    _broken_hours("a time that is none", '"09:00"', '"25:00"', 10, "“opens” says “25:00”, which is not a time"),
    _broken_hours("a time without quotes", '"17:00"', "17:00", 10, "put it in quotes"),
    _broken_hours("a day that is none", "monday", "mon", 10, "Write one of 'monday'"),
    _broken_hours("the same hours twice", 'sunday, opens: "22:00"', 'monday, opens: "16:00"', 11, "overlaps"),
    _broken_hours("a night that lasts too long", '"06:00"', '"09:30"', 11, "overlaps"),
    _broken_hours("hours without a source", "  source: [page]\nlang", "  source: [x]\nlang", 13, "no source “x”"),
    _broken_hours("a language twice", "name: Somali", "name: ENGLISH", 16, "given twice"),
    _broken_hours("a language without a source", "Somali, source: [said]", "Somali, source: [x]", 16, "no source “x”"),
    _broken_hours("access without a source", "[team]", "[x]", 17, "no source “x”"),
    _broken_hours("hours that say nothing", _TIMES, "", 8, "says nothing"),
)
