"""The words that the directory goes by, as the directory team changes them: on both databases."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from app.actions import audit
from app.actions.accounts.sessions import SignedIn
from app.actions.administration import synonyms, taxonomy, wording
from app.actions.administration.reference import FaultsError, MovedError, NotThereError
from app.actions.exchange import load_seed
from app.database import reading, writing
from app.exchange.rows import generation_of, read_reference
from app.models import AuditEntry, Service, TaxonomyTerm, UserAccount, row_id
from tests.accounts import NOW, after
from tests.exchange.seed_sets import GOOD, OPEN, write_seed

ADMIN = SignedIn(uuid4(), uuid4(), "admin@example.org", True, True, False, ())
OTHER = SignedIn(uuid4(), uuid4(), "other@example.org", True, True, False, ())
ADMINS = (ADMIN, OTHER)
JOB = "find a job"


@pytest.fixture
def directory(engine: Engine, tmp_path: Path) -> Engine:
    """A small catalogue, and the two admins."""
    load_seed(engine, write_seed(tmp_path), NOW)
    with writing(engine) as session:
        people = (UserAccount(id=one.user_id, email=one.email, created_at=NOW, directory_admin=True) for one in ADMINS)
        session.add_all(people)
    return engine


def reference(engine: Engine, name: str) -> Any:
    with reading(engine) as session:
        return read_reference(session)[name]


def generation(engine: Engine) -> int:
    with reading(engine) as session:
        return generation_of(session)


def entries(engine: Engine) -> list[AuditEntry]:
    return list(audit.newest(engine))


def change_job(engine: Engine, version: str = "", **texts: str) -> None:
    shown = synonyms.meaning(engine, JOB).shown
    synonyms.change(engine, ADMIN, JOB, {**shown.texts, **texts}, version or shown.version, after(hours=1))


def change_question(engine: Engine, id_: str, version: str = "", **texts: str) -> None:
    shown = wording.wording(engine, id_).shown
    typed = {**shown.texts, **{field.replace("__", "."): text for field, text in texts.items()}}
    wording.change(engine, ADMIN, id_, typed, version or shown.version, after(hours=1))


def faults(caught: pytest.ExceptionInfo[FaultsError]) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in caught.value.faults}


# Synonyms


def test_a_phrase_is_added_and_the_rest_of_its_meaning_stays(directory: Engine) -> None:
    change_job(directory, say="find work\r\n jobs \n\n  get   hired\njobs")
    group = reference(directory, "synonyms")["groups"][0]
    assert group["say"] == ["find work", "jobs", "get hired"]
    assert group["general"] is True
    assert group["lead_in"] == {"barnet": ["other-door"]}
    assert generation(directory) == 2
    (entry,) = entries(directory)
    assert (entry.who, entry.action, entry.subject) == ("admin@example.org", "synonym changed", "synonym/find a job")
    assert entry.detail == {"before": {}, "after": {"say": "get hired"}}


def test_saving_what_stands_there_changes_nothing(directory: Engine) -> None:
    change_job(directory)
    change_question(directory, "lives_in")
    assert (generation(directory), entries(directory)) == (1, [])


def test_a_meaning_is_added_found_and_taken_out(directory: Engine) -> None:
    synonyms.add(directory, ADMIN, "  a  lift ", {"say": "Lift-share", "lead": "other-door"}, NOW)
    assert synonyms.search(directory, "lift share") == [synonyms.Found("a lift", ("Lift-share",))]
    assert generation(directory) == 2
    shown = synonyms.meaning(directory, "a lift").shown
    synonyms.take_out(directory, ADMIN, "a lift", shown.version, NOW)
    assert synonyms.search(directory, "lift share") == []
    assert [entry.action for entry in entries(directory)] == ["synonym taken out", "synonym added"]
    assert entries(directory)[0].detail == {"before": {"say": ["Lift-share"], "lead": ["other-door"]}}
    with pytest.raises(NotThereError):
        synonyms.meaning(directory, "a lift")


@pytest.mark.parametrize(
    ("texts", "field", "sentence"),
    [
        ({"say": " \n "}, "say", "Write at least one thing that people say."),
        ({"lead": ""}, "lead", "Choose a listing, or write other words to look for."),
        ({"lead": "old-door"}, "lead", "“old-door” is closed. Name a listing that is open."),
        ({"lead": "no-door"}, "lead", "There is no listing “no-door”. Correct the id, or write the listing."),
        ({"say": "MS"}, "say", "stands under “find a job” and under “multiple sclerosis”"),
        ({"say": "jobs\n!!"}, "say", "holds no word"),
        ({"say": "x" * 101}, "say", "has 101 characters; 100 are allowed."),
        ({"say": "1..999999999 years"}, "say", "should stand for 1 to 100 numbers"),
        ({"say": "jobs\0"}, "say", "invisible character"),
    ],
)
def test_a_meaning_that_will_not_do_is_refused_in_a_sentence(
    directory: Engine, texts: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(FaultsError) as caught:
        change_job(directory, **texts)
    assert sentence in faults(caught)[field]
    assert (generation(directory), entries(directory)) == (1, [])


def test_two_meanings_cannot_have_one_name(directory: Engine) -> None:
    with pytest.raises(FaultsError) as caught:
        synonyms.add(directory, ADMIN, "Find a Job", {"say": "hired", "lead": "other-door"}, NOW)
    assert "means" in faults(caught)


def test_what_was_wrong_elsewhere_does_not_stand_in_the_way(directory: Engine) -> None:
    with writing(directory) as session:
        session.get_one(Service, row_id("service", "other-door")).status = "closed"
    change_job(directory, say="find work\nget hired")
    assert "get hired" in reference(directory, "synonyms")["groups"][0]["say"]


def test_whoever_was_slower_is_told_what_stands_there_and_loses_nothing(directory: Engine) -> None:
    version = synonyms.meaning(directory, JOB).shown.version
    synonyms.change(directory, OTHER, JOB, {"say": "hired", "lead": "other-door"}, version, after(minutes=5))
    with pytest.raises(MovedError) as changing:
        change_job(directory, version, say="work please")
    with pytest.raises(MovedError) as taking_out:
        synonyms.take_out(directory, ADMIN, JOB, version, NOW)
    for error in (changing.value, taking_out.value):
        assert (error.by, error.at) == ("other@example.org", after(minutes=5))
        assert error.shown.texts["say"] == "hired"
    assert reference(directory, "synonyms")["groups"][0]["say"] == ["hired"]


# Questions and goals


def test_a_question_is_worded_anew_and_nothing_else_of_it_changes(directory: Engine) -> None:
    before = reference(directory, "questions")
    change_question(directory, "conditions", text=" What do  {you} live with? ", hint="", none__label="Nothing")
    now = reference(directory, "questions")
    question = now["questions"]["conditions"]
    assert question == {
        **{field: value for field, value in before["questions"]["conditions"].items() if field != "hint"},
        "text": "What do {you} live with?",
        "none": {"label": "Nothing", "said": "have none of these"},
    }
    assert {**now, "questions": {**now["questions"], "conditions": None}} == {
        **before,
        "questions": {**before["questions"], "conditions": None},
    }
    assert generation(directory) == 2
    (entry,) = entries(directory)
    assert (entry.action, entry.subject) == ("question changed", "question/conditions")
    assert entry.detail == {
        "before": {
            "text": "Which of these are part of it?",
            "hint": "Choose all that apply.",
            "none.label": "None of these",
        },
        "after": {"text": "What do {you} live with?", "none.label": "Nothing"},
    }


@pytest.mark.parametrize(
    ("question", "field", "text", "sentence"),
    [
        ("lives_in", "text", "Where do {yu} live?", "only {you} and {your} can stand in braces here"),
        ("lives_in", "why", "", "This is empty. Write it."),
        ("lives_in", "answers.camden.label", "Camden {you}", "no braces can stand here"),
        ("lives_in", "answers.camden.said", "x" * 601, "This has 601 characters; 600 are allowed."),
        ("age", "said", "are old", "Write {value} where the number goes."),
        ("age", "text", "Age\u200b?", "invisible character"),
    ],
)
def test_wording_that_would_break_a_page_is_refused(
    directory: Engine, question: str, field: str, text: str, sentence: str
) -> None:
    with pytest.raises(FaultsError) as caught:
        change_question(directory, question, **{field.replace(".", "__"): text})
    assert list(faults(caught)) == [field]
    assert sentence in faults(caught)[field]
    assert generation(directory) == 1


def test_only_words_can_be_changed(directory: Engine) -> None:
    before = reference(directory, "questions")
    change_question(directory, "lives_in", kind="number", asked_if="x", answers__paris__label="Paris", at_a_glance="X")
    assert reference(directory, "questions") == before


def test_the_preview_says_what_would_be_and_saves_nothing(directory: Engine) -> None:
    seen = wording.preview(directory, "lives_in", {"text": "Where is {your} home?"})
    assert seen.questionnaire.wording(seen.question.text, "patient") == "Where is their home?"
    assert generation(directory) == 1


def test_a_stale_wording_is_not_saved_but_another_question_may_be(directory: Engine) -> None:
    versions = {id_: wording.wording(directory, id_).shown.version for id_ in ("lives_in", "health")}
    change_question(directory, "lives_in", text="Where is {your} home?")
    with pytest.raises(MovedError):
        change_question(directory, "lives_in", versions["lives_in"], text="What is {your} borough?")
    change_question(directory, "health", versions["health"], text="Are {you} ill?")
    questions = reference(directory, "questions")["questions"]
    assert (questions["lives_in"]["text"], questions["health"]["text"]) == ("Where is {your} home?", "Are {you} ill?")


def test_who_was_faster_is_known_also_where_they_changed_the_goal(directory: Engine) -> None:
    version = wording.wording(directory, "goals").shown.version
    shown = taxonomy.goal(directory, "keep_job")[1]
    texts = {**shown.texts, "answers.keep_job.label": "Stay"}
    taxonomy.change(directory, OTHER, "keep_job", texts, shown.version, NOW)
    with pytest.raises(MovedError) as caught:
        change_question(directory, "goals", version, text="What is it?")
    assert caught.value.by == "other@example.org"


def test_what_a_file_changed_was_changed_by_nobody_here(directory: Engine, tmp_path: Path) -> None:
    version = synonyms.meaning(directory, JOB).shown.version
    write_seed(tmp_path, {"synonyms.yaml": GOOD["synonyms.yaml"].replace("find work, jobs", "find work, jobs, a job")})
    load_seed(directory, tmp_path, after(hours=1))
    with pytest.raises(MovedError) as caught:
        change_job(directory, version, say="hired")
    assert (caught.value.by, caught.value.shown.texts["say"]) == (None, "find work\njobs\na job")


@pytest.mark.parametrize("from_the_question", [True, False])
def test_a_goal_has_one_wording_wherever_it_is_changed(directory: Engine, from_the_question: bool) -> None:
    if from_the_question:
        change_question(directory, "goals", answers__find_job__label="Get a job")
    else:
        shown = taxonomy.goal(directory, "find_job")[1]
        typed = {**shown.texts, "answers.find_job.label": "Get a job", "answers.keep_job.label": "Not mine"}
        taxonomy.change(directory, ADMIN, "find_job", typed, shown.version, NOW)
    answers = reference(directory, "questions")["questions"]["goals"]["answers"]
    assert (answers["find_job"]["label"], answers["keep_job"]["label"]) == ("Get a job", "Keep")
    with reading(directory) as session:
        terms = dict(session.exec(select(TaxonomyTerm.code, TaxonomyTerm.name)).all())
    assert terms == {"find_job": "Get a job", "keep_job": "Keep"}
    assert entries(directory)[0].subject == ("question/goals" if from_the_question else "goal/find_job")
    assert [goal.name for goal in taxonomy.goals(directory)] == ["Get a job", "Keep"]


def test_a_goal_says_which_services_help_with_it(directory: Engine) -> None:
    found, keep = taxonomy.goals(directory)
    assert [listing.id for listing in found.listings] == ["open-door"]
    assert keep.listings == []


# Files


def test_loading_the_files_does_not_undo_what_was_edited_here(directory: Engine, tmp_path: Path) -> None:
    change_job(directory, say="get hired")
    change_question(directory, "goals", answers__find_job__label="Get a job")
    write_seed(tmp_path, {"synonyms.yaml": GOOD["synonyms.yaml"].replace("[health]", "[health, care]")})
    report = load_seed(directory, tmp_path, after(days=1))
    assert report.edited_here == ("reference/questions", "reference/synonyms")
    assert report.reference == ()
    assert "reference/questions, reference/synonyms" in report.summary()
    assert reference(directory, "synonyms")["groups"][0]["say"] == ["get hired"]
    with reading(directory) as session:
        assert session.get_one(TaxonomyTerm, row_id("taxonomy_term", "find_job")).name == "Get a job"


def test_a_file_that_says_the_same_leads_again(directory: Engine, tmp_path: Path) -> None:
    change_question(directory, "health", text="Are {you} well?")
    same = GOOD["questions.yaml"].replace("Do {you} have a health condition?", "Are {you} well?")
    write_seed(tmp_path, {"questions.yaml": same})
    report = load_seed(directory, tmp_path, after(days=1))
    assert (report.edited_here, report.reference, report.generation) == ((), (), 2)
    write_seed(tmp_path)
    assert load_seed(directory, tmp_path, after(days=2)).reference == ("questions",)


def test_files_that_need_other_questions_than_those_edited_here_are_refused_whole(
    directory: Engine, tmp_path: Path
) -> None:
    change_question(directory, "health", text="Are {you} well?")
    renamed = {
        "questions.yaml": GOOD["questions.yaml"].replace("find_job", "get_job"),
        "priors.yaml": GOOD["priors.yaml"].replace("find_job", "get_job"),
        "referral.yaml": GOOD["referral.yaml"].replace("find_job", "get_job"),
        OPEN: GOOD[OPEN].replace("find_job", "get_job"),
    }
    report = load_seed(directory, write_seed(tmp_path, renamed), after(days=1))
    assert any("There is no goal “get_job”" in str(problem) for problem in report.rejected)
    assert generation(directory) == 2
