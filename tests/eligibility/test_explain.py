"""A verdict in sentences."""

import re
from dataclasses import replace

import pytest

from app.eligibility.answers import Span, read_answers
from app.eligibility.changes import fewest_changes
from app.eligibility.explain import NO_SOURCE, Reason, could_fit_if, nearest_way, other_ways, reasons
from app.eligibility.questions import Answer, Questionnaire
from app.eligibility.rules import NO_RULES, Citation, Condition, Route, Ruleset
from tests.eligibility.worlds import QUESTIONNAIRE

CITED = (Citation("A paper, 2025"),)
RULES = Ruleset(
    (
        (
            Condition("For people who live in Camden.", "lives_in", frozenset({"camden"}), citations=CITED),
            Condition("For people of 16 and over.", "age", span=Span(16, float("inf")), assumed="Ours."),
            Condition("For autistic people.", "conditions", frozenset({"autism"})),
            Condition("Not for people with cancer.", "conditions", frozenset({"cancer"}), excludes=True),
            Condition("For people in therapy.", ask="Is it under way?"),
        ),
    ),
    made_for=(Condition("Made for people in Enfield.", "lives_in", frozenset({"enfield"})),),
)


def _reasons(raw: dict[str, object], person: str = "me") -> list[Reason]:
    answers = read_answers(QUESTIONNAIRE, raw)
    return list(reasons(QUESTIONNAIRE, RULES, answers, person))


def test_every_condition_is_said_with_its_state_and_source() -> None:
    told = _reasons({"lives_in": "camden", "conditions": ["autism"]})
    assert [(reason.state, reason.text) for reason in told] == [
        ("met", "You live in camden."),
        ("open", "For people of 16 and over."),
        ("met", "You are autistic."),
        ("met", "Not for people with cancer."),
        ("open", "For people in therapy. Is it under way?"),
    ]
    assert told[0].citations == CITED
    assert told[1].assumed == "Ours."
    assert told[4].question is None


@pytest.mark.parametrize(
    ("raw", "person", "text"),
    [
        ({"lives_in": "enfield"}, "me", "For people who live in Camden; you live in enfield."),
        ({"lives_in": "enfield"}, "patient", "For people who live in Camden; they live in enfield."),
        ({"age": 15}, "me", "For people of 16 and over; you are 15."),
        ({"age": "14-15"}, "patient", "For people of 16 and over; they are under 16."),
        ({"conditions": ["none"]}, "me", "For autistic people; the answers say otherwise."),
        ({"conditions": ["autism", "cancer"]}, "me", "Not for people with cancer; you have cancer."),
    ],
)
def test_what_is_not_met_says_what_it_is_for_and_what_was_answered(
    raw: dict[str, object], person: str, text: str
) -> None:
    assert text in [reason.text for reason in _reasons(raw, person) if reason.state == "not_met"]


def test_what_it_is_made_for_is_a_reason_and_never_an_objection() -> None:
    assert ("met", "You live in enfield.") in [(r.state, r.text) for r in _reasons({"lives_in": "enfield"})]
    assert not any("Made for" in reason.text for reason in _reasons({"lives_in": "camden"}))


def test_what_one_answer_settles_twice_is_said_once_with_both_sources() -> None:
    other = Citation("A leaflet, 2026")
    here = RULES.routes[0][0]
    near = replace(here, any_of=frozenset({"camden", "enfield"}), text="For people nearby.", citations=(*CITED, other))
    answers = read_answers(QUESTIONNAIRE, {"lives_in": "camden"})
    told = reasons(QUESTIONNAIRE, Ruleset(((here, near),), made_for=(near,)), answers, "me")
    assert [(reason.text, reason.citations) for reason in told] == [("You live in camden.", (*CITED, other))]


def test_one_sentence_over_two_questions_stays_two_lines() -> None:
    both = [Condition("For adults in Camden.", c.question, c.any_of, c.span) for c in (IN_CAMDEN, ADULT)]
    told = reasons(QUESTIONNAIRE, Ruleset((tuple(both),)), read_answers(QUESTIONNAIRE, {}), "me")
    assert [reason.question for reason in told] == ["lives_in", "age"]


def test_a_listing_without_sources_says_so() -> None:
    answers = read_answers(QUESTIONNAIRE, {})
    told = reasons(QUESTIONNAIRE, NO_RULES, answers, "me")
    assert [(reason.state, reason.text) for reason in told] == [("unknown", NO_SOURCE)]


def test_a_question_that_no_source_settles_is_for_us_to_put_to_somebody_else() -> None:
    assert _reasons({}, "patient")[4].text == "For people in therapy. Ask them: “Is it under way?”"


IN_CAMDEN = Condition("For people in Camden.", "lives_in", frozenset({"camden"}))
IN_EITHER = Condition("For people in two towns.", "lives_in", frozenset({"camden", "enfield"}))
ILL = Condition("For people who are ill.", "health", frozenset({"yes"}))
ADULT = Condition("For adults.", "age", span=Span(18, float("inf")))
AUTISTIC = Condition("For autistic people.", "conditions", frozenset({"autism"}))
NO_CANCER = Condition("Not for people with cancer.", "conditions", frozenset({"cancer"}), excludes=True)


@pytest.mark.parametrize(
    ("ways", "raw", "nearest"),
    [
        ([(IN_CAMDEN, ILL), (ADULT,)], {"lives_in": "enfield", "health": "no", "age": 15}, 1),
        ([(IN_CAMDEN, ILL), (IN_CAMDEN,)], {"lives_in": "camden"}, 1),
        ([(IN_CAMDEN,), (ADULT, ILL)], {"lives_in": "enfield"}, 1),
        ([(IN_CAMDEN,), (ILL,)], {}, 0),
    ],
    ids=["fewer fail", "fewer are open", "open is nearer than failed", "the first of two"],
)
def test_the_nearest_way_in_explains(ways: list[Route], raw: dict[str, object], nearest: int) -> None:
    assert nearest_way(Ruleset(tuple(ways)), read_answers(QUESTIONNAIRE, raw)) == ways[nearest]


def test_every_other_way_in_is_told_whole_and_the_nearer_first() -> None:
    ruleset = Ruleset(((IN_CAMDEN, ILL), (ADULT, AUTISTIC), (AUTISTIC,)))
    answers = read_answers(QUESTIONNAIRE, {"lives_in": "camden", "age": 15})
    nearest = reasons(QUESTIONNAIRE, ruleset, answers, "me")
    assert [reason.text for reason in nearest] == ["You live in camden.", "For people who are ill."]
    assert [[reason.text for reason in way] for way in other_ways(QUESTIONNAIRE, ruleset, answers, "me")] == [
        ["For autistic people."],
        ["For adults; you are 15.", "For autistic people."],
    ]


def _could_fit(raw: dict[str, object], *route: Condition, person: str = "me") -> str:
    changes = fewest_changes(QUESTIONNAIRE, Ruleset((route,)), read_answers(QUESTIONNAIRE, raw))
    return could_fit_if(QUESTIONNAIRE, changes, person)


@pytest.mark.parametrize(
    ("route", "raw", "sentence"),
    [
        ((IN_CAMDEN,), {"lives_in": "away"}, "It could fit if you lived in camden."),
        ((IN_EITHER,), {"lives_in": "away"}, "It could fit if you lived in camden or enfield."),
        ((IN_EITHER, IN_CAMDEN), {"lives_in": "away"}, "It could fit if you lived in camden."),
        ((ADULT,), {"age": 15}, "It could fit if you were 18 or over."),
        ((replace(ADULT, span=Span(0, 18)),), {"age": 19}, "It could fit if you were under 18."),
        ((replace(ADULT, span=Span(16, 18)),), {"age": 15}, "It could fit if you were 16 to 17."),
        ((replace(ADULT, span=Span(17.5, 20)),), {"age": 15}, "It could fit if you were 17 to 19."),
        ((ADULT, IN_CAMDEN), {"age": 15, "lives_in": "away"}, "… if you were 18 or over, and lived in camden."),
        ((IN_CAMDEN, ADULT), {"age": 15, "lives_in": "away"}, "… if you lived in camden and were 18 or over."),
        ((AUTISTIC, IN_CAMDEN), {"health": "no", "lives_in": "away"}, "… if you were autistic and lived in camden."),
        ((ILL, AUTISTIC), {"health": "no"}, "It could fit if you were autistic."),
        ((replace(IN_CAMDEN, excludes=True),), {"lives_in": "camden"}, "… if you lived in enfield or away."),
    ],
)
def test_the_answers_that_would_open_a_way_in(route: Route, raw: dict[str, object], sentence: str) -> None:
    said = sentence.replace("…", "It could fit")
    assert _could_fit(raw, *route) == said
    assert _could_fit(raw, *route, person="patient") == said.replace("you", "they")


NOT_TEENS = Condition("Not for those of 15 to 17.", "age", span=Span(15, 18), excludes=True)


@pytest.mark.parametrize(
    ("route", "raw", "texts"),
    [
        ((NO_CANCER,), {"conditions": ["cancer"]}, "this stands in the way: “Not for people with cancer”"),
        ((NOT_TEENS,), {"age": 16}, "this stands in the way: “Not for those of 15 to 17”"),
        (
            (NO_CANCER, ADULT),
            {"conditions": ["cancer"], "age": 15},
            "these stand in the way: “Not for people with cancer” and “For adults”",
        ),
    ],
)
def test_what_must_not_be_so_is_told_in_the_words_of_the_listing(
    route: Route, raw: dict[str, object], texts: str
) -> None:
    assert _could_fit(raw, *route) == f"By the answers so far, only {texts}."


def _moved_to(*towns: str) -> str:
    """What could be said to somebody who lives in none of these towns, of a service for all of them."""
    answers = tuple(Answer(town, town, f"live in {town}", f"lived in {town}") for town in (*towns, "away"))
    questions = {"lives_in": replace(QUESTIONNAIRE["lives_in"], answers=answers)}
    wide: Questionnaire = replace(QUESTIONNAIRE, questions=questions, implications=())
    near = replace(IN_CAMDEN, any_of=frozenset(towns))
    changes = fewest_changes(wide, Ruleset(((near,),)), read_answers(wide, {"lives_in": "away"}))
    return could_fit_if(wide, changes, "me")


def test_a_list_too_long_to_read_is_told_in_the_words_of_the_listing() -> None:
    assert _moved_to("a", "b", "c", "d", "e") == "It could fit if you lived in a, b, c, d or e."
    assert _moved_to(*("abcd"[n] * 30 for n in range(4))).endswith("way: “For people in Camden”.")


def test_nothing_is_said_where_nothing_stands_in_the_way_or_nothing_would_help() -> None:
    assert _could_fit({"lives_in": "camden"}, IN_CAMDEN, ILL) == ""
    assert _could_fit({"lives_in": "away"}, IN_CAMDEN, replace(IN_CAMDEN, any_of=frozenset({"enfield"}))) == ""
    assert _could_fit({"health": "yes"}, replace(ILL, any_of=frozenset({"no"})), AUTISTIC) == ""


def test_a_long_list_of_changes_is_told_in_several_sentences() -> None:
    wordy = Condition("Only for people " + "who are well and " * 5 + "in Camden.", "lives_in", frozenset({"camden"}))
    both = [wordy, replace(NO_CANCER, text="Not for people " + "who are ill and " * 4 + "in cancer care.")]
    told = _could_fit({"lives_in": "enfield", "conditions": ["cancer"]}, *both)
    sentences = re.split(r"\.”? ", told)
    assert sentences[0] == "By the answers so far, only these stand in the way"
    assert all(len(sentence.split()) <= 25 for sentence in sentences)


def test_a_long_list_of_wishes_is_told_one_by_one() -> None:
    long = "were looking for work of any kind in any place at any time of the day or the week"
    questions = {
        id_: replace(q, answers=tuple(replace(a, if_so=long) for a in q.answers)) if id_ == "health" else q
        for id_, q in QUESTIONNAIRE.questions.items()
    }
    wordy = replace(QUESTIONNAIRE, questions=questions)
    changes = fewest_changes(
        wordy,
        Ruleset(((IN_CAMDEN, ILL, ADULT),)),
        read_answers(wordy, {"lives_in": "enfield", "health": "no", "age": 15}),
    )
    told = could_fit_if(wordy, changes, "me")
    assert told == f"It could fit if you lived in camden. And if you {long}. And if you were 18 or over."
