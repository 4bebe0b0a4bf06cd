"""Reading a search: words, phrases, word borders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.query import (
    LONGEST_TEXT,
    MOST_WORDS,
    Phrases,
    clean,
    content_places,
    longest_first,
    read_query,
    words_of,
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Doctor's note", ("doctors", "note")),
        ("doctor’s  NOTE", ("doctors", "note")),
        ("ＷｏｒｋＷｅｌｌ", ("workwell",)),  # noqa: RUF001
        ("self-harm", ("self", "harm")),
        ("a\0b", ("a", "b")),
        ("work\ud800well", ("work", "well")),
        ("work\u200bwell", ("workwell",)),
        ("🙂 ** ()", ()),
    ],
)
def test_words(typed: str, words: tuple[str, ...]) -> None:
    assert read_query(typed).words == words


@given(st.text())
def test_clean_text_can_be_kept_and_shown(typed: str) -> None:
    text = clean(typed)
    assert len(text) <= LONGEST_TEXT
    assert text.encode("utf-8").decode("utf-8") == text
    assert all(letter.isprintable() or letter == " " for letter in text)
    assert clean(text) == text


def test_only_a_dozen_words_are_looked_for() -> None:
    assert len(content_places(tuple("abcdefghjklmnpqrst"))) == MOST_WORDS


def test_capitals_count_only_where_they_stand_out() -> None:
    assert read_query("I have ME").capitals == {2}
    assert read_query("TELL ME").capitals == frozenset()


@pytest.mark.parametrize("typed", ["jobcentre", "job centre", "the Job-Centre near me", "job centres"])
def test_a_space_makes_no_difference(typed: str) -> None:
    assert [one.value for one in Phrases([("Job Centre", 1)]).find(words_of(typed))] == [1]


@pytest.mark.parametrize("typed", ["the rapist", "therapists", "menu", "some", "bus"])
def test_a_phrase_ends_where_a_word_ends(typed: str) -> None:
    phrases = Phrases([("therapist me", 1), ("men", 2), ("me", 3), ("us", 4)], exact=True)
    assert phrases.find(words_of(typed)) == []


def test_stop_words_may_stand_inside_a_loose_phrase() -> None:
    phrases = Phrases([("lost job", 1), ("on the sick", 2)], loose=True)
    assert [one.value for one in phrases.find(words_of("I lost my job"))] == [1]
    assert phrases.find(words_of("sick")) == []


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases([("fit for work", "closed"), ("may be fit for work", "note")])
    found = longest_first(phrases.find(words_of("it says may be fit for work")))
    assert [one.value for one in found] == ["note"]
