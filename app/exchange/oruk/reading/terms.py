"""For whom it is and what it costs."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from app.directory.listing import Rule
from app.directory.rule_checks import wrong_rules
from app.eligibility.questions import Questionnaire
from app.exchange.oruk.reading.mending import Mending
from app.exchange.oruk.reading.texts import LONGEST, beginning, text_of

LIST, TEAM = "list", "team"
"""The keys of the sources: the list of the other directory, and the people who look after this one."""
_OLDEST = 120
_FREE = frozenset({"free", "free of charge", "no charge", "none", "no cost", "it is free", "0", "£0"})
# Who else it takes, no list says in a way that can be held against answers. So it is never told to fit.
_UNSAID = {
    "ask": "Do you take people like me?",
    "text": "It may be for some people only. The list that it comes from does not say it all.",
    "source": [TEAM],
}
Row = Mapping[str, Any]
Ages = Callable[[float | None, float | None], Rule | None]
"""The rule for the youngest and the oldest in whole years; None where there is nothing sound to hold people against."""


def age_rules(questionnaire: Questionnaire) -> Ages:
    @lru_cache(maxsize=10_000)
    def rule(lowest: float | None, highest: float | None) -> Rule | None:
        below = None if highest is None else highest + 1
        condition = {"question": "age", "at_least": lowest, "below": below, "text": in_words(lowest, highest)}
        found = Rule.model_validate({"everyone": [{**condition, "source": [LIST]}, _UNSAID]})
        return None if any(True for _ in wrong_rules([found], questionnaire)) else found

    return rule


def in_words(lowest: float | None, highest: float | None) -> str:
    if highest is None:
        return f"For people aged {lowest:g} and over."
    return f"For people aged {lowest:g} to {highest:g}." if lowest else f"For people aged {highest:g} and under."


def rule_of(row: Row, ages: Ages, mending: Mending) -> Rule | None:
    """Who is old enough and young enough, where the row says so."""
    lowest, highest = (_age(row, field, mending) for field in ("minimum_age", "maximum_age"))
    lowest = lowest if lowest and lowest > 0 else None
    highest = highest if highest is not None and highest < _OLDEST else None
    if lowest is None and highest is None:
        return None
    if lowest is not None and highest is not None and lowest > highest:
        mending.say("Its youngest age is above its oldest. Neither counts.")
        return None
    rule = ages(lowest, highest)
    if rule is None:
        mending.note(in_words(lowest, highest))
        mending.say("Its ages cannot be held against answers. They are kept as a note.")
    return rule


def _age(row: Row, field: str, mending: Mending) -> float | None:
    value = row.get(field)
    if value is None or value == "":
        return None
    try:
        age = float(text_of(value))
    except ValueError:
        mending.say(f"“{field}” is not a number. It is kept in the record alone.")
        return None
    return age if 0 <= age <= 1000 else None


def free_of(row: Row, today: date, mending: Mending) -> dict[str, Any] | None:
    """The answer to “Is it free?” as fields of ``PracticalFact`` without the source; None where nothing is said."""
    fees = mending.text(row, "fees")
    options = [one for one in mending.dicts(row, "cost_options") if not _is_over(one, today)]
    amounts = [amount for one in options if (amount := _amount(one)) is not None]
    said = " ".join(filter(None, map(_cost, options)))
    text = " ".join(filter(None, (f"{fees.removesuffix('.')}." if fees else "", said)))
    if any(amount > 0 for amount in amounts):
        answer = "no"
    elif amounts or fees.casefold().strip(" .") in _FREE:
        answer, text = "yes", text if len(text) > len("Free.") else "It is free."
    else:
        if text:
            mending.note(f"What it costs: {text}")
        return None
    told, rest = beginning(text, LONGEST)
    mending.note(rest)
    return {"answer": answer, "text": told}


def _is_over(option: Row, today: date) -> bool:
    ends = text_of(option.get("valid_to"))[:10]
    return bool(ends) and ends < today.isoformat()


def _amount(option: Row) -> float | None:
    try:
        return float(text_of(option.get("amount")).removeprefix("£"))
    except ValueError:
        return None


def _cost(option: Row) -> str:
    amount, about = _amount(option), text_of(option.get("amount_description")).removesuffix(".")
    name = text_of(option.get("option")).removesuffix(".")
    price = "" if amount is None else f"£{amount:,.2f}".removesuffix(".00") if amount > 0 else "Free"
    words = " ".join(dict.fromkeys(filter(None, (price, about if about.casefold() != "free" or amount else ""))))
    told = f"{name}: {words}" if name and words and name.casefold() != words.casefold() else words or name
    return f"{told}." if told else ""
