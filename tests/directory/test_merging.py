"""A draft that was begun before somebody else's change went live loses nothing, and neither does the change."""

from hypothesis import given
from hypothesis import strategies as st

from app.directory.editing.edited import FIELDS, Edited, EditedAnswer
from app.directory.editing.merging import clashes, rebased
from tests.directory.edits import MESSY, changed

TEXTS = [field for field in FIELDS if field != "practical"]
TWO = MESSY.flatmap(lambda base: st.tuples(st.just(base), changed(base, 8)))
THREE = MESSY.flatmap(lambda base: st.tuples(st.just(base), changed(base, 8), changed(base, 8)))
YES = EditedAnswer(answer="yes", text="It is free.")
NO = EditedAnswer(answer="no", text="It costs £5.")
WAIT = EditedAnswer(text="A week.")


@given(TWO)
def test_nothing_happens_to_a_draft_while_the_listing_stays(pair: tuple[Edited, Edited]) -> None:
    base, draft = pair
    assert rebased(base, base, draft) == draft
    assert not clashes(base, base, draft)


@given(TWO)
def test_an_unchanged_draft_follows_the_listing(pair: tuple[Edited, Edited]) -> None:
    base, live = pair
    assert rebased(base, live, base) == live
    assert not clashes(base, live, base)


@given(TWO)
def test_the_same_change_on_both_sides_is_no_clash(pair: tuple[Edited, Edited]) -> None:
    base, both = pair
    assert rebased(base, both, both) == both
    assert not clashes(base, both, both)


@given(THREE)
def test_whatever_the_draft_changed_stays_and_the_rest_is_as_it_is_live(three: tuple[Edited, Edited, Edited]) -> None:
    base, live, draft = three
    result = rebased(base, live, draft)
    for field in TEXTS:
        source = draft if getattr(draft, field) != getattr(base, field) else live
        assert getattr(result, field) == getattr(source, field)
    for key in {*base.practical, *live.practical, *draft.practical}:
        source = draft if draft.practical.get(key) != base.practical.get(key) else live
        assert result.practical.get(key) == source.practical.get(key)


@given(THREE)
def test_a_clash_is_told_wherever_the_draft_hides_what_went_live(three: tuple[Edited, Edited, Edited]) -> None:
    base, live, draft = three
    result, told = rebased(base, live, draft), clashes(base, live, draft)
    for field in TEXTS:
        hidden = getattr(live, field) not in (getattr(base, field), getattr(result, field))
        assert (field in told) == hidden


def test_two_people_who_answer_different_questions_do_not_clash() -> None:
    base, live, draft = (Edited(practical=answers) for answers in ({}, {"free": YES}, {"wait": WAIT}))
    assert rebased(base, live, draft).practical == {"free": YES, "wait": WAIT}
    assert not clashes(base, live, draft)


def test_two_people_who_answer_the_same_question_clash() -> None:
    base, live, draft = (Edited(practical=answers) for answers in ({}, {"free": YES}, {"free": NO}))
    assert rebased(base, live, draft).practical == {"free": NO}
    assert clashes(base, live, draft) == {"practical-free"}


def test_an_answer_that_the_draft_took_out_stays_out() -> None:
    base, live = Edited(practical={"free": YES}), Edited(practical={"free": NO})
    assert rebased(base, live, Edited()).practical == {}
    assert clashes(base, live, Edited()) == {"practical-free"}
