"""Approval: what is accepted is public, what is returned goes back with a reason, and nobody approves their own."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from app.actions.accounts.sessions import SignedIn
from app.actions.editing import decision, drafts, review
from app.actions.editing.decision import Decision, MovedError, OwnDraftError, UndecidedError, Verdict
from app.actions.editing.drafts import MistakesError
from app.actions.editing.errors import EditError, NotYoursError
from app.actions.editing.review import NotWaitingError
from app.actions.exchange import load_seed
from app.actions.find import find
from app.actions.recommend import recommend
from app.actions.today import today
from app.catalogue import CatalogueHolder
from app.database import reading, writing
from app.directory.listing import Listing
from app.exchange.rows import generation_of
from app.models import UserAccount
from tests.accounts import NOW, after
from tests.editing import (
    ADMIN,
    DOOR,
    EDITOR,
    OLD_DOOR,
    OTHER_ADMIN,
    OTHER_DOOR,
    SECOND,
    admin,
    catalogue_of,
    decide,
    editor,
    live,
    noted,
    publish,
    send,
    small_catalogue,
    write,
)

TOLD = "Two coaches help you find work."
NEW_OFFER = "A quiet room."


@pytest.fixture
def people(engine: Engine, tmp_path: Path) -> dict[str, SignedIn]:
    """An editor of the Helpers and two admins, by their addresses, on the small catalogue."""
    small_catalogue(engine, tmp_path)
    return {EDITOR: editor(engine), ADMIN: admin(engine), OTHER_ADMIN: admin(engine, OTHER_ADMIN)}


def two_changes(engine: Engine, people: dict[str, SignedIn]) -> None:
    """A new summary and one more offer, sent."""
    write(engine, people[EDITOR], summary=TOLD)
    write(engine, people[EDITOR], offers=(*(one.text for one in live(engine).offers), NEW_OFFER))
    send(engine, people[EDITOR])


def verdict(engine: Engine, who: SignedIn, **decisions: Decision) -> Verdict:
    found = review.review(engine, who, DOOR)
    return Verdict(found.managed.seen, {id_.replace("_", "-"): one for id_, one in decisions.items()})


def said_by(listing: Listing, keys: tuple[str, ...]) -> list[str | None]:
    return [listing.sources[key].said_by for key in keys]


def test_what_is_accepted_is_public_with_its_sources(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    two_changes(engine, people)
    decided = decide(engine, people[ADMIN])
    now = live(engine)
    assert (decided.version, len(decided.accepted), decided.returned) == (2, 2, ())
    assert now.summary == TOLD
    old, new = now.offers
    assert (old.text, old.source) == (before.offers[0].text, before.offers[0].source)
    assert new.text == NEW_OFFER
    assert said_by(now, new.source) == ["helpers"]
    assert [now.sources[key].dated for key in new.source] == ["2026-11-22"]
    assert before.sources.items() <= now.sources.items()
    assert now.rules == before.rules
    assert drafts.managed(engine, people[EDITOR], DOOR).draft is None


def test_what_the_directory_team_alone_wrote_is_said_by_the_team(engine: Engine, people: dict[str, SignedIn]) -> None:
    publish(engine, people[ADMIN], people[OTHER_ADMIN], notes=("Ring first.",))
    now = live(engine)
    assert said_by(now, now.notes[0].source) == ["directory"]


def test_what_is_returned_stays_a_draft_with_the_reason(engine: Engine, people: dict[str, SignedIn]) -> None:
    two_changes(engine, people)
    decided = decide(engine, people[ADMIN], returned={"offers-0": "Is there really one?"})
    assert live(engine).summary == TOLD
    assert len(live(engine).offers) == 1
    assert [(one.id, why) for one, why in decided.returned] == [("offers-0", "Is there really one?")]
    stands = drafts.managed(engine, people[EDITOR], DOOR)
    assert stands.draft
    assert stands.draft.state == "returned"
    assert stands.draft.comments == {"offers": "Is there really one?"}
    assert [one.id for one in stands.changes] == ["offers-0"]
    assert stands.draft.clashes == frozenset()


def test_what_came_back_can_be_put_right_and_sent_again(engine: Engine, people: dict[str, SignedIn]) -> None:
    two_changes(engine, people)
    decide(engine, people[ADMIN], returned={"offers-0": "Is there really one?"})
    write(engine, people[EDITOR], offers=(live(engine).offers[0].text, "A quiet room on Mondays."))
    send(engine, people[EDITOR])
    assert decide(engine, people[ADMIN]).version == 3
    assert [one.text for one in live(engine).offers][1:] == ["A quiet room on Mondays."]
    assert drafts.managed(engine, people[EDITOR], DOOR).draft is None


def test_all_can_be_returned(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    two_changes(engine, people)
    decided = decide(engine, people[ADMIN], returned={"summary": "No.", "offers-0": "No, too."})
    assert decided.version is None
    assert live(engine) == before
    draft = drafts.managed(engine, people[EDITOR], DOOR).draft
    assert draft
    assert draft.comments == {"summary": "No.", "offers": "No, too."}


def test_each_change_wants_a_decision_and_a_return_wants_a_reason(engine: Engine, people: dict[str, SignedIn]) -> None:
    two_changes(engine, people)
    before = live(engine)
    with pytest.raises(UndecidedError) as refused:
        decision.decide(
            engine,
            catalogue_of(engine),
            people[ADMIN],
            DOOR,
            verdict(engine, people[ADMIN], summary=Decision(accept=False)),
            NOW,
        )
    assert refused.value.places.keys() == {"summary", "offers-0"}
    assert live(engine) == before


def test_nobody_approves_their_own(engine: Engine, people: dict[str, SignedIn]) -> None:
    two_changes(engine, people)
    drafts.take_back(engine, people[ADMIN], DOOR, NOW)
    write(engine, people[ADMIN], notes=("Ring first.",))
    send(engine, people[EDITOR])
    assert not review.review(engine, people[ADMIN], DOOR).may_decide
    with pytest.raises(OwnDraftError):
        decide(engine, people[ADMIN])
    assert live(engine).notes == ()
    assert decide(engine, people[OTHER_ADMIN]).version == 2


def test_the_only_admin_may_and_the_history_says_so(engine: Engine, tmp_path: Path) -> None:
    small_catalogue(engine, tmp_path)
    only = admin(engine)
    publish(engine, only, only, summary=TOLD)
    assert live(engine).summary == TOLD
    assert noted(engine)[-1].detail["own"] is True


def test_an_admin_whose_account_is_closed_does_not_count(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[ADMIN], summary=TOLD)
    send(engine, people[ADMIN])
    with writing(engine) as session:
        session.get_one(UserAccount, people[OTHER_ADMIN].user_id).disabled_at = NOW
    found = review.review(engine, people[ADMIN], DOOR)
    assert (found.own, found.only_admin, found.may_decide) == (True, True, True)


def test_only_the_directory_team_decides(engine: Engine, people: dict[str, SignedIn]) -> None:
    two_changes(engine, people)
    with pytest.raises(NotYoursError):
        decide(engine, people[EDITOR])
    seen = review.review(engine, people[ADMIN], DOOR).managed.seen
    with pytest.raises(NotYoursError):
        decision.decide(engine, catalogue_of(engine), people[EDITOR], DOOR, Verdict(seen, {}), NOW)


def test_what_does_not_wait_cannot_be_decided(engine: Engine, people: dict[str, SignedIn]) -> None:
    with pytest.raises(NotWaitingError):
        review.review(engine, people[ADMIN], DOOR)
    write(engine, people[EDITOR], summary=TOLD)
    with pytest.raises(NotWaitingError):
        review.review(engine, people[ADMIN], DOOR)


def test_a_draft_that_changed_meanwhile_is_not_approved_unread(engine: Engine, people: dict[str, SignedIn]) -> None:
    two_changes(engine, people)
    looked_at = verdict(engine, people[ADMIN], summary=Decision(accept=True), offers_0=Decision(accept=True))
    drafts.take_back(engine, people[EDITOR], DOOR, NOW)
    write(engine, people[EDITOR], summary="Something quite different.")
    send(engine, people[EDITOR])
    with pytest.raises(MovedError):
        decision.decide(engine, catalogue_of(engine), people[ADMIN], DOOR, looked_at, NOW)
    assert live(engine).summary != "Something quite different."


def test_what_is_accepted_must_stand_alone(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    write(
        engine, people[EDITOR], status="closed", closed="2026-11-01", status_note="It ended.", see_instead=(OTHER_DOOR,)
    )
    send(engine, people[EDITOR])
    with pytest.raises(MistakesError):
        decide(engine, people[ADMIN], returned={"see-instead": "", "see_instead": "Is that the right one?"})
    assert live(engine) == before


def test_the_page_was_loaded_anew_meanwhile(engine: Engine, people: dict[str, SignedIn], tmp_path: Path) -> None:
    """What the draft left alone comes from the page as it is now; where both changed, the admin is told."""
    two_changes(engine, people)
    file = tmp_path / "services" / "open-door.yaml"
    text = file.read_text()
    file.write_text(
        text.replace("name: Open Door", "name: Open Doors", 1).replace(
            "A coach helps you find work.", "Coaches help.", 1
        )
    )
    assert load_seed(engine, tmp_path, NOW).changed == (DOOR,)
    found = review.review(engine, people[ADMIN], DOOR)
    assert found.draft.clashes == {"summary"}
    assert [(one.id, one.before) for one in found.changes] == [("summary", ("Coaches help.",)), ("offers-0", ())]
    decide(engine, people[ADMIN], returned={"summary": "The page says it better."})
    assert (live(engine).name, live(engine).summary) == ("Open Doors", "Coaches help.")


def test_a_clash_is_told_until_somebody_saves_that_part(
    engine: Engine, people: dict[str, SignedIn], tmp_path: Path
) -> None:
    before = live(engine)
    write(engine, people[EDITOR], summary=TOLD)
    file = tmp_path / "services" / "open-door.yaml"
    text = file.read_text().replace("A coach helps you find work.", "Coaches help.", 1)
    file.write_text(text.replace("It is free.", "It costs nothing.", 1))
    load_seed(engine, tmp_path, NOW)
    # Going back to what the page said when the draft began is a change, too, and must not be lost.
    saved = write(engine, people[EDITOR], practical={"free": {"answer": "yes", "text": "It is free."}})
    assert saved.edited.practical["free"].text == before.practical["free"].text
    saved = write(engine, people[EDITOR], summary="Our coaches help.")
    assert saved.draft
    assert saved.draft.clashes == frozenset()
    assert saved.edited.practical["free"].text == "It is free."


def test_the_seed_files_do_not_undo_what_was_approved(
    engine: Engine, people: dict[str, SignedIn], tmp_path: Path
) -> None:
    publish(engine, people[EDITOR], people[ADMIN], summary=TOLD)
    report = load_seed(engine, tmp_path, after(days=1))
    assert report.edited_here == (DOOR,)
    assert live(engine).summary == TOLD


def test_a_publication_that_fails_leaves_nothing(
    engine: Engine, people: dict[str, SignedIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_changes(engine, people)
    before, entries = live(engine), len(noted(engine))
    with reading(engine) as session:
        generation = generation_of(session)

    def full_disk(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("app.actions.audit.note", full_disk)
    with pytest.raises(OSError, match="disk"):
        decide(engine, people[ADMIN])
    assert live(engine) == before
    assert len(noted(engine)) == entries
    with reading(engine) as session:
        assert generation_of(session) == generation
    assert review.review(engine, people[ADMIN], DOOR).changes


def test_the_trail_says_who_decided_what(engine: Engine, people: dict[str, SignedIn]) -> None:
    two_changes(engine, people)
    decide(engine, people[ADMIN], returned={"offers-0": "Is there one?"})
    sent, approved, returned = noted(engine)
    assert [(one.who, one.action) for one in (sent, approved, returned)] == [
        (EDITOR, "draft sent"),
        (ADMIN, "change approved"),
        (ADMIN, "change returned"),
    ]
    assert {one.subject for one in (sent, approved, returned)} == {"listing/open-door"}
    assert [one["after"] for one in approved.detail["changes"]] == [[TOLD]]
    assert [(one["field"], one["comment"]) for one in returned.detail["changes"]] == [("offers", "Is there one?")]


def test_closing_with_a_successor_and_opening_again(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    closing: dict[str, Any] = {
        "status": "closed",
        "closed": "2026-11-01",
        "status_note": "It ended.",
        "successors": (OTHER_DOOR,),
        "although": "It has closed for good.",
    }
    publish(engine, people[EDITOR], people[ADMIN], **closing)
    closed = live(engine)
    assert (closed.status, closed.closed, closed.successors) == ("closed", "2026-11-01", (OTHER_DOOR,))
    assert said_by(closed, closed.successor_source) == ["helpers"]
    publish(
        engine, people[EDITOR], people[ADMIN], status="live", closed="", status_note="It began again.", successors=()
    )
    again = live(engine)
    assert (again.status, again.closed, again.successors, again.successor_source) == ("live", None, (), ())
    assert again.offers == before.offers


def test_nobody_is_led_to_a_closed_door(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[ADMIN], OTHER_DOOR, status="closed", status_note="It ended.", see_instead=(DOOR,))
    send(engine, people[ADMIN], OTHER_DOOR)
    with pytest.raises(EditError, match="send people to Other Door: Old Door, Open Door"):
        decide(engine, people[OTHER_ADMIN], OTHER_DOOR)
    assert live(engine, OTHER_DOOR).status == "check_first"


def test_what_took_over_from_a_closed_listing_may_close(engine: Engine, people: dict[str, SignedIn]) -> None:
    assert DOOR in live(engine, OLD_DOOR).successors
    closing: dict[str, Any] = {"status": "closed", "status_note": "It ended.", "see_instead": (OTHER_DOOR,)}
    publish(engine, people[EDITOR], people[ADMIN], although="It has closed for good.", **closing)
    assert live(engine).status == "closed"


def test_what_is_approved_is_public_in_another_process(
    engine: Engine, people: dict[str, SignedIn], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(0, 1000, 10))
    monkeypatch.setattr("app.catalogue.monotonic", lambda: float(next(seconds)))
    elsewhere = CatalogueHolder(engine, tmp_path / "index")
    assert elsewhere.get().listings[DOOR].offers[0].text == "A coach of your own."
    assert DOOR not in find(elsewhere.get(), "trampoline", None, 20).results
    publish(engine, people[EDITOR], people[ADMIN], offers=("A trampoline in the garden.",), name="Bouncing Door")
    catalogue = elsewhere.get()
    assert catalogue.listings[DOOR].name == "Bouncing Door"
    assert find(catalogue, "trampoline", None, 20).results[0] == DOOR
    found = recommend(catalogue, {"health": "yes", "lives_in": "camden", "age": 30}, today())
    assert "Bouncing Door" in [one.listing.name for one in found.recommendations]


def test_two_who_wrote_are_both_named(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[EDITOR], summary=TOLD)
    write(engine, editor(engine, SECOND), notes=("Ring first.",))
    send(engine, people[EDITOR])
    assert review.review(engine, people[ADMIN], DOOR).written_by == (EDITOR, SECOND)
