"""Organisations as the directory team keeps them: checked, public at once, and nobody's words are lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.actions import audit
from app.actions.accounts.rules import AccountError
from app.actions.accounts.sessions import SignedIn
from app.actions.administration.organisation_words import (
    OrganisationWords,
    mistakes,
    organisation_from,
    slug_from,
    words_of,
)
from app.actions.administration.organisations import (
    MistakesError,
    NoOrganisationError,
    StaleOrganisationError,
    add_organisation,
    all_organisations,
    change_organisation,
    listings_of,
    organisation_shown,
)
from app.actions.exchange import load_seed
from app.database import reading
from app.directory.listing import Organisation
from app.exchange.rows import generation_of, read_organisations
from tests.accounts import NOW, a_person, after, enter, who_is, with_authenticator
from tests.exchange.seed_sets import GOOD, write_seed
from tests.seeds import published_seed

BOSS, FILE = "boss@example.org", "organisations.yaml"
WORDS = OrganisationWords("The Helpers", "They help.", "", "")
BETTER = OrganisationWords("The Helpers", "They help everybody.", "www.helpers.example", "Helpers\nThe H")


@pytest.fixture
def directory(engine: Engine, tmp_path: Path) -> Engine:
    """A small catalogue, with one admin."""
    load_seed(engine, write_seed(tmp_path), NOW)
    a_person(engine, BOSS)
    return engine


def boss(engine: Engine) -> SignedIn:
    return who_is(engine, with_authenticator(engine, BOSS)[1].secret)


def stands(engine: Engine, slug: str = "helpers") -> Organisation:
    with reading(engine) as session:
        return read_organisations(session)[slug]


def generation(engine: Engine) -> int:
    with reading(engine) as session:
        return generation_of(session)


def change(engine: Engine, words: OrganisationWords, who: SignedIn | None = None) -> None:
    seen = organisation_shown(engine, "helpers").seen
    change_organisation(engine, who or boss(engine), "helpers", words, seen, after(minutes=1))


def test_a_change_is_public_and_noted_with_before_and_after(directory: Engine) -> None:
    before, number = stands(directory), generation(directory)
    change(directory, BETTER)
    now = stands(directory)
    assert (now.description, now.url, now.aliases) == (
        "They help everybody.",
        "https://www.helpers.example",
        ("Helpers", "The H"),
    )
    assert generation(directory) == number + 1
    (entry,) = audit.newest(directory, subject="organisation/helpers")
    assert (entry.who, entry.action) == (BOSS, "organisation changed")
    assert entry.detail == {"before": before.model_dump(mode="json"), "after": now.model_dump(mode="json")}


def test_saving_the_same_words_changes_nothing(directory: Engine) -> None:
    number = generation(directory)
    change(directory, organisation_shown(directory, "helpers").words)
    assert generation(directory) == number
    assert audit.newest(directory, subject="organisation/helpers") == []


def test_a_stale_form_gets_what_stands_now_and_writes_nothing(directory: Engine) -> None:
    seen, who = organisation_shown(directory, "helpers").seen, boss(directory)
    change(directory, BETTER, who)
    with pytest.raises(StaleOrganisationError) as caught:
        change_organisation(directory, who, "helpers", WORDS, seen, NOW)
    assert caught.value.now.words.description == "They help everybody."
    change_organisation(directory, who, "helpers", WORDS, caught.value.now.seen, NOW)
    assert stands(directory).description == "They help."


def test_a_load_leaves_what_was_changed_here_and_says_so(directory: Engine, tmp_path: Path) -> None:
    change(directory, BETTER)
    changed = stands(directory)
    report = load_seed(directory, tmp_path, after(days=1))
    assert report.edited_here == ("organisation/helpers",)
    assert "Edited here since the last load, left as they are: organisation/helpers." in report.summary()
    assert stands(directory) == changed


def test_a_load_says_nothing_where_the_files_say_the_same(directory: Engine, tmp_path: Path) -> None:
    words = organisation_shown(directory, "helpers").words
    change(directory, replace(words, description="They help everybody."))
    write_seed(tmp_path, {**GOOD, FILE: GOOD[FILE].replace("They help.", "They help everybody.")})
    assert load_seed(directory, tmp_path, after(days=1)).edited_here == ()


def test_a_new_organisation_gets_an_id_of_its_own(directory: Engine) -> None:
    who = boss(directory)
    words = OrganisationWords("Café Ångström's", "It serves.")
    assert add_organisation(directory, who, words, NOW) == "cafe-angstroms"
    assert add_organisation(directory, who, OrganisationWords("Cafe Angstroms", "It too."), NOW) == "cafe-angstroms-2"
    assert ("cafe-angstroms", 0, 0) in {(one.slug, one.listings, one.owners) for one in all_organisations(directory)}
    assert listings_of(directory, "cafe-angstroms") == []
    assert audit.newest(directory, subject="organisation/cafe-angstroms")[0].action == "organisation added"


def test_a_name_that_is_taken_is_said(directory: Engine) -> None:
    with pytest.raises(MistakesError) as caught:
        add_organisation(directory, boss(directory), OrganisationWords("the  helpers", "Again."), NOW)
    assert [one.field for one in caught.value.mistakes] == ["name"]


def test_only_admins_change_organisations(directory: Engine) -> None:
    who = who_is(directory, enter(directory, BOSS).secret)
    assert who.must_enrol
    for attempt in (
        lambda: add_organisation(directory, who, OrganisationWords("New", "New."), NOW),
        lambda: change(directory, BETTER, who),
    ):
        with pytest.raises(AccountError):
            attempt()
    with pytest.raises(NoOrganisationError):
        organisation_shown(directory, "nobody")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (OrganisationWords("", "Helps."), "name"),
        (OrganisationWords("—", "Helps."), "name"),
        (OrganisationWords("x" * 161, "Helps."), "name"),
        (OrganisationWords("Name", ""), "description"),
        (OrganisationWords("Name", "x" * 601), "description"),
        (OrganisationWords("Name", "Helps.", "javascript:alert(1)"), "url"),
        (OrganisationWords("Name", "Helps.", "https://"), "url"),
        (OrganisationWords("Name", "Helps.", "https://no dots"), "url"),
        (OrganisationWords("Name", "Helps.", "https://user@example.org"), "url"),
        (OrganisationWords("Name", "Helps.", "", "!\nFine"), "aliases"),
        (OrganisationWords("Name", "Helps.", "", "x" * 161), "aliases"),
        (OrganisationWords("Name", "Helps.", "", "\n".join(f"n{n}" for n in range(13))), "aliases"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(words: OrganisationWords, field: str) -> None:
    assert [one.field for one in mistakes(words, {})] == [field]


TYPED = st.text(max_size=40) | st.text(alphabet="aé \n\t\x00\u200b\ud800.'", max_size=40)


@settings(max_examples=200)
@given(st.builds(OrganisationWords, TYPED, TYPED, TYPED, TYPED))
def test_what_has_no_mistakes_can_be_kept_and_is_stable(words: OrganisationWords) -> None:
    if mistakes(words, {}):
        return
    kept = organisation_from(words)
    assert organisation_from(words_of(kept)) == kept
    kept.model_dump_json().encode()
    assert slug_from(kept.name, frozenset())


def test_the_organisations_of_the_files_go_through_the_form_unchanged() -> None:
    for organisation in published_seed().organisations.values():
        assert organisation_from(words_of(organisation)) == organisation
        assert mistakes(words_of(organisation), {}) == ()
