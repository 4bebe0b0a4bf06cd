"""What is asked next, and when the questions stop."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.eligibility.answers import AnswerError, Answers, Span, read_answers, readable, with_change
from app.eligibility.interview import FIRST, Interview, bands, next_question, still_to_ask
from app.eligibility.questions import Implication, Question, Questionnaire
from app.eligibility.rulebook import rulebook
from app.eligibility.rules import Condition, Programme, Ruleset
from tests.eligibility import plain
from tests.eligibility.test_ranking import AUTISTIC, DAY, ILL, IN_CAMDEN, PLAIN, PRIORS
from tests.eligibility.worlds import EVERYBODY, QUESTIONNAIRE, programmes, raw_answers, wishes

Raw = dict[str, object]
EVERYTHING: dict[str, list[object]] = {
    "lives_in": ["camden", "enfield", "away"],
    "health": ["yes", "no"],
    "conditions": [["none"], ["autism"], ["cancer"], ["autism", "cancer"]],
    "age": list(range(14, 21)),
    "goals": [["none"], ["find_job"], ["building"], ["talk"], ["find_job", "talk"], ["find_job", "building", "talk"]],
}
"""All that can be said to each question of the small world, but for some sets of goals."""


def _next(made: Sequence[Programme], raw: Raw, questionnaire: Questionnaire = QUESTIONNAIRE) -> Question | None:
    interview = Interview(rulebook(questionnaire, made, PRIORS, DAY))
    return next_question(interview, read_answers(questionnaire, raw))


def _where(*more: Implication) -> Questionnaire:
    """The small world, where more follows from some answers."""
    return replace(QUESTIONNAIRE, implications=(*QUESTIONNAIRE.implications, *more))


def _first(made: Sequence[Programme], answers: Answers) -> list[tuple[str, str]]:
    ranked = plain.rank(QUESTIONNAIRE, made, answers, PRIORS, DAY)
    return [(entry.programme.id, entry.verdict.value) for entry in ranked[:FIRST]]


def _said_further(raw: Raw, *but: str) -> Iterator[tuple[Raw, Answers]]:
    """Everything that can still be said, in part or in full, to the questions not answered yet."""
    left = [id_ for id_ in EVERYTHING if id_ not in raw and id_ not in but]
    for values in product(*([None, *EVERYTHING[id_]] for id_ in left)):
        further = raw | {id_: value for id_, value in zip(left, values, strict=True) if value is not None}
        try:
            yield further, read_answers(QUESTIONNAIRE, further)
        except AnswerError:
            continue


@settings(max_examples=40)
@given(programmes(most=5), raw_answers(), wishes)
def test_when_the_questions_stop_nothing_said_further_changes_the_first_three(
    made: list[Programme], raw: Raw, wish: list[str]
) -> None:
    given_so_far = {**raw, "goals": wish} if wish else raw
    if _next(made, given_so_far) is None:
        before = _first(made, read_answers(QUESTIONNAIRE, given_so_far))
        for _, answers in _said_further(given_so_far):
            assert _first(made, answers) == before


@settings(max_examples=40)
@given(programmes(most=5), raw_answers(), wishes)
def test_what_is_asked_can_change_the_first_three_or_opens_what_can(
    made: list[Programme], raw: Raw, wish: list[str]
) -> None:
    given_so_far = {**raw, "goals": wish} if wish else raw
    question = _next(made, given_so_far)
    if question is None:
        return
    assert not read_answers(QUESTIONNAIRE, given_so_far).settled(question)
    behind = [q.id for q in QUESTIONNAIRE if q.asked_if and q.asked_if[0] == question.id]
    assert any(_matters(made, given_so_far, id_) for id_ in (question.id, *behind) if id_ not in given_so_far)


def _matters(made: Sequence[Programme], raw: Raw, question_id: str) -> bool:
    for further, answers in _said_further(raw, question_id):
        before = _first(made, answers)
        for value in EVERYTHING[question_id]:
            try:
                after = read_answers(QUESTIONNAIRE, further | {question_id: value})
            except AnswerError:
                continue
            if _first(made, after) != before:
                return True
    return False


@settings(max_examples=60)
@given(programmes(most=6), raw_answers())
def test_an_interview_ends_and_tells_what_the_full_questionnaire_tells(made: list[Programme], said: Raw) -> None:
    """``said`` is what this person knows; all else they are not sure of."""
    raw: Raw = {}
    while question := _next(made, raw):
        assert question.id not in raw
        raw[question.id] = said.get(question.id, "not_sure")
    completed = read_answers(QUESTIONNAIRE, {**said, **raw})
    assert _first(made, read_answers(QUESTIONNAIRE, raw)) == _first(made, completed)


_FACTS = [("lives_in", "away"), ("lives_in", "enfield"), ("health", "yes"), ("conditions", "autism"), ("goals", "talk")]
chains = st.lists(
    st.tuples(st.sampled_from(_FACTS), st.sampled_from(_FACTS)).filter(lambda pair: pair[0][0] != pair[1][0]),
    max_size=2,
)
"""What follows from what, besides what the small world says: (question, answer) from (question, answer)."""


@settings(max_examples=150)
@given(programmes(most=6), raw_answers(), chains)
def test_what_may_still_be_asked_gets_less_with_every_answer_and_holds_what_is_asked(
    made: list[Programme], said: Raw, follows: list[tuple[tuple[str, str], tuple[str, str]]]
) -> None:
    """But for answers that take back an earlier one: those start again from what is left. Nobody says what contradicts
    itself by what follows from it."""
    asked = _where(*(Implication(q, frozenset({a}), then, (so,)) for (q, a), (then, so) in follows))
    interview = Interview(rulebook(asked, made, PRIORS, DAY))
    raw: Raw = {}
    promised = frozenset(asked.questions)
    while question := next_question(interview, read_answers(asked, raw)):
        left = still_to_ask(interview, read_answers(asked, raw))
        assert question.id in left <= promised
        told = said.get(question.id, "not_sure")
        told = told if readable(asked, {question.id: told}) else "not_sure"
        raw, dropped = with_change(asked, raw, question.id, told)
        if dropped:
            return
        promised = left - {question.id}


def test_nothing_is_asked_that_no_rule_mentions() -> None:
    rival = replace(PLAIN, id="rival", boroughs=frozenset(), reach="national")
    assert _next([PLAIN], {}) == QUESTIONNAIRE["lives_in"]
    assert _next([PLAIN], {"lives_in": "camden"}) is None
    assert _next([PLAIN, rival], {"lives_in": "camden"}) is None


def test_a_sensitive_question_comes_last_and_never_before_the_one_it_hangs_on() -> None:
    made = [
        replace(PLAIN, id="autism", rulesets=(Ruleset(((AUTISTIC,),)),)),
        replace(PLAIN, id="ill", rulesets=(Ruleset(((ILL, IN_CAMDEN),)),)),
    ]
    said = {"lives_in": "camden", "health": "yes", "conditions": ["autism"], "goals": ["find_job"]}
    raw: Raw = {}
    while question := _next(made, raw):
        raw[question.id] = said[question.id]
    assert list(raw)[-1] == "conditions"
    assert list(raw).index("health") < list(raw).index("conditions")


def test_who_is_not_sure_is_not_asked_again_and_stays_possible() -> None:
    made = [replace(PLAIN, rulesets=(Ruleset(((ILL, IN_CAMDEN),)),))]
    raw: Raw = {}
    while question := _next(made, raw):
        raw[question.id] = "not_sure"
    assert sorted(raw) == ["health", "lives_in"]
    assert _first(made, read_answers(QUESTIONNAIRE, raw)) == [("plain", "may_fit")]


def test_age_is_cut_where_the_rules_cut() -> None:
    rules = [
        Ruleset(((Condition("16 to 18", "age", span=Span(16, 19)),),)),
        Ruleset(((Condition("17½ and over", "age", span=Span(17.5, float("inf"))),),)),
    ]
    assert bands(QUESTIONNAIRE["age"], rules) == [(14, 15), (16, 16), (17, 17), (18, 18), (19, 20)]
    half = [Ruleset(((Condition("under 14½", "age", span=Span(0, 14.5)),),))]
    assert bands(QUESTIONNAIRE["age"], half) == [(14, 14), (15, 20)]


def test_rules_of_another_day_are_not_asked_about() -> None:
    closed = replace(PLAIN, closed=date(2020, 1, 1))
    assert _next([closed], {}) is None


def test_a_programme_that_fits_is_still_asked_about_when_another_way_in_is_narrower() -> None:
    made = [
        replace(PLAIN, id="plain"),
        replace(PLAIN, id="two-ways", rulesets=(Ruleset(((IN_CAMDEN,), (IN_CAMDEN, AUTISTIC))),)),
    ]
    known: Raw = {"lives_in": "camden", "health": "yes", "goals": ["find_job"]}
    if _first(made, read_answers(QUESTIONNAIRE, known))[0][0] == "plain":
        assert _next(made, known) == QUESTIONNAIRE["conditions"]


def test_everybody_is_told_at_the_end_of_the_questions_what_all_their_answers_tell() -> None:
    made = [PLAIN, replace(PLAIN, id="ill", rulesets=(Ruleset(((ILL,), (AUTISTIC,))),))]
    for person in EVERYBODY:
        whole = {**person, "goals": ["find_job"]}
        raw: Raw = {}
        while question := _next(made, raw):
            raw[question.id] = whole[question.id]
        assert _first(made, read_answers(QUESTIONNAIRE, raw)) == _first(made, read_answers(QUESTIONNAIRE, whole))


def test_what_two_facts_do_only_together_is_still_asked_about() -> None:
    both = (IN_CAMDEN, AUTISTIC, Condition("For people with cancer.", "conditions", frozenset({"cancer"})))
    behind = replace(PLAIN, id="behind", unproven_after=date(2025, 3, 31))
    made = [PLAIN, replace(behind, rulesets=(Ruleset(((IN_CAMDEN,), both)),))]
    known: Raw = {"lives_in": "camden", "health": "yes", "goals": ["find_job"]}
    assert _next(made, known) == QUESTIONNAIRE["conditions"]


def test_who_is_not_sure_is_asked_what_else_tells_it_in_part_or_by_a_detour() -> None:
    unsure: Raw = {"health": "not_sure", "conditions": "not_sure", "goals": ["find_job"]}
    anywhere = replace(PLAIN, boroughs=frozenset(), rulesets=(Ruleset(((AUTISTIC,),)),))
    assert _next([anywhere], unsure) is None
    in_part = _where(Implication("lives_in", frozenset({"enfield"}), "conditions", ("autism",)))
    assert _next([anywhere], unsure, in_part) == QUESTIONNAIRE["lives_in"]
    by_a_detour = _where(Implication("lives_in", frozenset({"away"}), "health", ("no",)))
    assert _next([anywhere], unsure, by_a_detour) == QUESTIONNAIRE["lives_in"]


def test_a_fact_that_cannot_stand_alone_stops_no_interview() -> None:
    linked = _where(
        Implication("conditions", frozenset({"cancer"}), "lives_in", ("camden",)),
        Implication("lives_in", frozenset({"camden"}), "conditions", ("autism",)),
    )
    assert _next([replace(PLAIN, rulesets=(Ruleset(((AUTISTIC,),)),))], {}, linked)


def test_people_can_be_asked_without_a_question_about_goals() -> None:
    others = {id_: question for id_, question in QUESTIONNAIRE.questions.items() if id_ != "goals"}
    assert _next([PLAIN], {}, replace(QUESTIONNAIRE, questions=others)) == QUESTIONNAIRE["lives_in"]
