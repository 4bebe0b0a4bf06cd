"""Small made-up worlds for the tests: a questionnaire of every kind of question, random rules and random answers."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import strategies as st

from app.eligibility.answers import Span
from app.eligibility.questions import OPEN_ANSWERS, Questionnaire, questionnaire_from
from app.eligibility.rules import Condition, Programme, Ruleset

OPEN = sorted(OPEN_ANSWERS)


def small_questionnaire() -> Questionnaire:
    """Home (one), health (one), conditions (multi), age (number) and goals (multi), with what follows from them."""
    person = {"you": "you", "your": "your", "caption": "About you"}
    other = {"you": "they", "your": "their", "caption": "About them"}
    yes_no = {
        "yes": {"label": "Yes", "said": "are ill", "if_so": "were ill"},
        "no": {"label": "No", "said": "are well", "if_so": "were well"},
    }
    return questionnaire_from(
        {
            "people": {"me": person, "patient": other},
            "open_answers": {id_: {"label": id_, "said": id_} for id_ in OPEN},
            "questions": {
                "lives_in": {
                    "kind": "one",
                    "describes": "place",
                    "text": "Where do {you} live?",
                    "why": "",
                    "answers": {
                        town: {"label": town, "said": f"live in {town}", "if_so": f"lived in {town}"}
                        for town in ("camden", "enfield", "away")
                    },
                },
                "health": {
                    "kind": "one",
                    "describes": "health",
                    "text": "Are {you} ill?",
                    "why": "",
                    "answers": yes_no,
                },
                "conditions": {
                    "kind": "multi",
                    "describes": "health",
                    "sensitive": True,
                    "asked_if": {"health": ["yes"]},
                    "text": "Which?",
                    "why": "",
                    "answers": {
                        "autism": {"label": "Autism", "said": "are autistic", "if_so": "were autistic"},
                        "cancer": {"label": "Cancer", "said": "have cancer", "if_so": "had cancer"},
                    },
                },
                "age": {
                    "kind": "number",
                    "describes": "age",
                    "text": "How old?",
                    "why": "",
                    "said": "are {value}",
                    "if_so": "were {value}",
                    "lowest": 14,
                    "highest": 20,
                },
                "goals": {
                    "kind": "multi",
                    "describes": "wish",
                    "text": "What?",
                    "why": "",
                    "answers": {
                        goal: {"label": goal, "said": f"want {goal}", "if_so": f"wanted {goal}"}
                        for goal in ("find_job", "building", "talk")
                    },
                },
            },
            "goal_kinds": {"step": ["find_job"], "job": ["building"], "job_implies": "find_job"},
            "implies": [
                {"when": {"conditions": "any"}, "then": {"health": ["yes"]}},
                {"when": {"health": ["no"]}, "then": {"conditions": "none"}},
            ],
            "outside_area": {"lives_in": ["away"]},
            "human_routes": {"for_everybody": [], "where_it_fits": []},
            "assumptions": {},
        }
    )


QUESTIONNAIRE = small_questionnaire()
EVERYBODY = [
    {"lives_in": home, "health": health, "conditions": conditions, "age": age}
    for home, (health, conditions), age in product(
        ("camden", "enfield", "away"),
        [("no", ["none"]), ("yes", ["none"]), ("yes", ["autism"]), ("yes", ["cancer"]), ("yes", ["autism", "cancer"])],
        range(14, 21),
    )
]
"""Every complete and consistent set of answers to the questions that rules can mention."""

ages = st.integers(14, 20)
halves = st.integers(28, 42).map(lambda twice: twice / 2)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """A condition on any question, a span that may begin at a half year, or one that no question settles."""
    kind = draw(st.sampled_from(["one", "multi", "number", "ask"]))
    excludes = draw(st.booleans())
    if kind == "ask":
        return Condition("For people who ask.", ask="Ask them.")
    if kind == "number":
        low, high = sorted(draw(st.tuples(halves, halves).filter(lambda pair: pair[0] != pair[1])))
        return Condition("For an age.", "age", span=Span(low, high), excludes=excludes)
    question = QUESTIONNAIRE[draw(st.sampled_from(["lives_in", "health"])) if kind == "one" else "conditions"]
    accepted = draw(st.sets(st.sampled_from(question.answer_ids), min_size=1))
    return Condition(f"For {sorted(accepted)}.", question.id, frozenset(accepted), excludes=excludes)


routes = st.lists(conditions(), max_size=4).map(tuple)
rulesets = st.builds(
    Ruleset,
    routes=st.lists(routes, min_size=1, max_size=4).map(tuple),
    made_for=st.lists(conditions(), max_size=2).map(tuple),
)


@st.composite
def raw_answers(draw: st.DrawFn) -> dict[str, object]:
    """A part of what one of ``EVERYBODY`` would say; some of it unsure or withheld."""
    person = draw(st.sampled_from(EVERYBODY))
    given: dict[str, object] = {}
    for question, value in person.items():
        how = draw(st.sampled_from(["answered", "left out", *OPEN]))
        if how == "answered":
            given[question] = value
        elif how in OPEN:
            given[question] = how
    return given


wishes = st.sampled_from([[], ["none"], ["find_job"], ["building"], ["talk"], ["find_job", "talk"]])
"""What a person wants; empty where nobody asked yet."""


def programmes(most: int) -> st.SearchStrategy[list[Programme]]:
    """Up to so many programmes of every kind, for one borough, for some, or for everybody."""
    made = st.builds(
        Programme,
        id=st.just(""),
        role=st.just("service"),
        rulesets=rulesets.map(lambda rules: (rules,)),
        goals=st.frozensets(st.sampled_from(["find_job", "building", "talk"])),
        boroughs=st.frozensets(st.sampled_from(["camden", "enfield"])),
        reach=st.sampled_from(["ncl", "london", "national"]),
        unproven_after=st.sampled_from([None, date(2025, 3, 31)]),
        paused_from=st.sampled_from([None, date(2025, 3, 31)]),
        paused_until=st.sampled_from([None, date(2025, 12, 31), date(2030, 12, 31)]),
        overdue_from=st.sampled_from([None, date(2026, 11, 21), date(2026, 11, 22)]),
        self_referral=st.booleans(),
        has_contact=st.just(True),
    )
    return st.lists(made, min_size=1, max_size=most).map(
        lambda several: [replace(one, id=f"p{number}") for number, one in enumerate(several)]
    )
