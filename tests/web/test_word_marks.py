"""What differs between two sentences is marked, and nothing is lost by it."""

from hypothesis import given
from hypothesis import strategies as st

from app.web.manage.word_marks import Line, marked

_lines = st.lists(st.text(st.sampled_from("ab  c."), min_size=1, max_size=12).map(str.strip).filter(bool), max_size=3)


def differing(lines: tuple[Line, ...]) -> list[str]:
    return [piece.text.strip() for line in lines for piece in line if piece.differs]


def test_the_words_that_differ_are_marked() -> None:
    both = marked(["A coach helps you find work."], ["Two coaches help you find work."])
    assert differing(both.before) == ["A coach helps"]
    assert differing(both.after) == ["Two coaches help"]


def test_a_sentence_that_has_little_in_common_is_marked_whole() -> None:
    both = marked(["You need a letter."], ["Ring us first."])
    assert differing(both.before) == ["You need a letter."]
    assert differing(both.after) == ["Ring us first."]


def test_what_is_added_is_new_and_what_is_gone_is_taken_out() -> None:
    assert marked([], ["Ring us."]).before == ()
    assert differing(marked([], ["Ring us."]).after) == ["Ring us."]
    assert marked(["Ring us."], []).after == ()
    assert differing(marked(["One.", "Two."], ["One."]).before) == ["Two."]


@given(_lines, _lines)
def test_no_word_is_lost(before: list[str], after: list[str]) -> None:
    both = marked(before, after)
    assert ["".join(piece.text for piece in line) for line in both.before] == before
    assert ["".join(piece.text for piece in line) for line in both.after] == after
