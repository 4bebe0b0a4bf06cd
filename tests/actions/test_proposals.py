"""What another list says of a listing that was edited here waits for an admin, and goes the way of every change."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.actions.accounts.sessions import SignedIn
from app.actions.duplicates.pairs import waiting_pairs
from app.actions.editing import drafts, history, review
from app.actions.editing.errors import EditError, MergedListingError, NotYoursError
from app.actions.importing.bring_in import bring_in
from app.actions.proposals import (
    MovedError,
    NoProposalError,
    leave_ours,
    make_draft,
    proposal,
    waiting_proposals,
)
from app.directory.sources import OTHER_LIST, Source, citation
from app.exchange.incoming import Incoming
from tests.accounts import NOW
from tests.editing import ADMIN, DOOR, EDITOR, admin, decide, editor, live, noted, publish, send, small_catalogue, write
from tests.twins import FEED, TWIN, add_twin, look, make_one, propose, say

SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(minutes=2)
NEWS = "Their coaches now help you at the library too."
OFFER = {"text": NEWS, "source": ["list"]}
LIST = Source(said_by=OTHER_LIST, at=FEED, dated="2026-11-21", read="2026-11-22")
People = dict[str, SignedIn]


@pytest.fixture
def people(engine: Engine, tmp_path: Path) -> People:
    """Open Door was edited here, and the other list says two other things of it."""
    small_catalogue(engine, tmp_path)
    found = {EDITOR: editor(engine), ADMIN: admin(engine)}
    publish(engine, found[EDITOR], found[ADMIN], summary="We wrote this here.")
    here = live(engine)
    offers = [*(offer.model_dump() for offer in here.offers), OFFER]
    sources = {**{key: one.model_dump() for key, one in here.sources.items()}, "list": LIST.model_dump()}
    propose(engine, now=SOON, offers=offers, name="Open Door Camden", sources=sources)
    return found


def test_what_is_accepted_is_public_with_the_other_list_as_its_source(engine: Engine, people: People) -> None:
    (waits,) = waiting_proposals(engine)
    assert (waits.slug, waits.feed, waits.at) == (DOOR, FEED, SOON)
    shown = proposal(engine, DOOR)
    assert [(one.field, one.after) for one in shown.changes] == [("name", ("Open Door Camden",)), ("offers", (NEWS,))]
    make_draft(engine, people[ADMIN], DOOR, shown.seen, LATER)
    assert list(waiting_proposals(engine)) == []
    assert review.review(engine, people[ADMIN], DOOR).written_by == (FEED,)
    decided = decide(engine, people[ADMIN], returned={"name": "Ours is the name on the door."}, now=LATER)
    assert decided.written_by == ()
    new = live(engine).offers[-1]
    assert (live(engine).name, new.text) == ("Open Door", NEWS)
    assert live(engine).sources[new.source[0]] == LIST
    assert FEED in citation(LIST, {}).label
    newest = history.history(engine, people[EDITOR], DOOR).versions[0]
    assert (newest.made_by, newest.approved_by) == ((FEED,), ADMIN)


def test_leaving_ours_changes_nothing_and_is_noted(engine: Engine, people: People) -> None:
    before = live(engine)
    leave_ours(engine, people[ADMIN], DOOR, proposal(engine, DOOR).seen, LATER)
    assert (live(engine), drafts.managed(engine, people[EDITOR], DOOR).draft) == (before, None)
    entry = noted(engine)[-1]
    assert (entry.action, entry.who, entry.detail["feed"]) == ("left as it was", ADMIN, FEED)
    with pytest.raises(NoProposalError):
        leave_ours(engine, people[ADMIN], DOOR, "", LATER)


def test_a_draft_in_the_way_is_decided_first(engine: Engine, people: People) -> None:
    write(engine, people[EDITOR], notes=["Ring the bell."])
    shown = proposal(engine, DOOR)
    assert shown.drafted
    with pytest.raises(EditError, match="Decide about those first"):
        make_draft(engine, people[ADMIN], DOOR, shown.seen, LATER)
    send(engine, people[EDITOR])
    decide(engine, people[ADMIN], now=LATER)
    make_draft(engine, people[ADMIN], DOOR, proposal(engine, DOOR).seen, LATER)
    assert live(engine).notes[-1].text == "Ring the bell."
    decide(engine, people[ADMIN], now=LATER)
    assert (live(engine).notes[-1].text, live(engine).name) == ("Ring the bell.", "Open Door Camden")


def test_nobody_decides_about_what_they_did_not_see(engine: Engine, people: People) -> None:
    seen = proposal(engine, DOOR).seen
    propose(engine, now=LATER, name="Open Door of Camden")
    for deciding in (make_draft, leave_ours):
        with pytest.raises(MovedError):
            deciding(engine, people[ADMIN], DOOR, seen, LATER)
        with pytest.raises(NotYoursError):
            deciding(engine, people[EDITOR], DOOR, proposal(engine, DOOR).seen, LATER)


def test_what_our_page_says_already_or_what_is_part_of_another_is_no_draft(engine: Engine, people: People) -> None:
    propose(engine, now=LATER)
    with pytest.raises(EditError, match="says all of this"):
        make_draft(engine, people[ADMIN], DOOR, proposal(engine, DOOR).seen, LATER)
    add_twin(engine)
    look(engine)
    say(engine, TWIN, summary="Another.")
    assert waiting_pairs(engine)
    make_one(engine, people[ADMIN], TWIN, DOOR)
    propose(engine, now=LATER, name="Open Door of Camden")
    with pytest.raises(MergedListingError):
        make_draft(engine, people[ADMIN], DOOR, proposal(engine, DOOR).seen, LATER)


def test_what_the_editors_change_of_such_a_draft_is_theirs(engine: Engine, people: People) -> None:
    """They take it back, write on, and send it again: only what they wrote is what the organisation says."""
    make_draft(engine, people[ADMIN], DOOR, proposal(engine, DOOR).seen, LATER)
    drafts.take_back(engine, people[EDITOR], DOOR, LATER)
    write(engine, people[EDITOR], now=LATER, notes=["Ring the bell."])
    send(engine, people[EDITOR])
    decide(engine, people[ADMIN], now=LATER)
    here = live(engine)
    said = {fact.text: here.sources[fact.source[0]].said_by for fact in (here.offers[-1], here.notes[-1])}
    assert said == {NEWS: OTHER_LIST, "Ring the bell.": "helpers"}


def test_what_was_left_is_not_proposed_again_until_the_list_says_something_else(engine: Engine, people: People) -> None:
    theirs = live(engine).model_copy(update={"id": "their-door", "name": "Their Door", "summary": "As it came."})

    def comes(hours: int, **said: object) -> list[str]:
        """The list comes in again; gives what waits of this listing."""
        listing = theirs.model_copy(update=said)
        row = Incoming("row 1", "their-1", listing=listing, body=listing.model_dump(mode="json"))
        bring_in(engine, FEED, [row], NOW + timedelta(hours=hours))
        waits = [one for one in waiting_proposals(engine) if one.slug == "their-door"]
        return [change.field for one in waits for change in proposal(engine, one.slug).changes]

    assert comes(1) == []
    publish(engine, people[EDITOR], people[ADMIN], "their-door", summary="We wrote this here.")
    say(engine, "their-door", NOW + timedelta(hours=2))
    assert comes(3, name="New Door") == ["name"]
    leave_ours(engine, people[ADMIN], "their-door", proposal(engine, "their-door").seen, SOON)
    assert comes(4, name="New Door") == []
    assert comes(5, name="Newest Door") == ["name"]
    assert live(engine, "their-door").name == "Their Door"
