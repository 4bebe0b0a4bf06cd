"""Drafts: nothing that was typed is lost, nobody writes over another, and the live page stays as it is."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.actions.accounts.sessions import SignedIn
from app.actions.editing import drafts
from app.actions.editing.drafts import MistakesError, StaleDraftError, Typed
from app.actions.editing.errors import EditError, NoListingError, NotYoursError
from app.directory.editing.edited import digest
from tests.accounts import NOW, after
from tests.editing import (
    DOOR,
    EDITOR,
    OTHER_DOOR,
    SECOND,
    STRANGER,
    admin,
    decide,
    editor,
    live,
    noted,
    publish,
    send,
    small_catalogue,
    write,
)


@pytest.fixture
def people(engine: Engine, tmp_path: Path) -> dict[str, SignedIn]:
    """Two editors of the Helpers, by their addresses, on the small catalogue."""
    small_catalogue(engine, tmp_path)
    return {email: editor(engine, email) for email in (EDITOR, SECOND)}


def summary_form(engine: Engine, who: SignedIn) -> str:
    """What a form of the section says of what it was made from."""
    return digest(drafts.managed(engine, who, DOOR).edited, "about")


def test_a_draft_stands_beside_the_live_listing(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    saved = write(engine, people[EDITOR], summary="Two coaches help you find work.")
    assert live(engine) == before
    assert saved.listing == before
    assert saved.edited.summary == "Two coaches help you find work."
    assert [(one.id, one.before, one.after) for one in saved.changes] == [
        ("summary", (before.summary,), ("Two coaches help you find work.",))
    ]
    assert drafts.managed(engine, people[SECOND], DOOR) == saved
    assert saved.draft
    assert (saved.draft.updated_by, saved.draft.updated_at, saved.draft.state) == (EDITOR, NOW, "open")


def test_what_will_not_do_is_kept(engine: Engine, people: dict[str, SignedIn]) -> None:
    contacts = ({"type": "email", "value": "not an address", "note": "half a no"},)
    saved = write(engine, people[EDITOR], contacts=contacts)
    assert saved.edited.contacts[0].value == "not an address"
    assert any(one.field == "contacts" for one in drafts.mistakes_in(engine, people[EDITOR], DOOR, NOW))


def test_a_draft_that_says_what_is_public_is_no_draft(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine).summary
    write(engine, people[EDITOR], summary="Something else.")
    assert write(engine, people[EDITOR], summary=before).draft is None


def test_saving_what_stands_there_makes_no_draft(engine: Engine, people: dict[str, SignedIn]) -> None:
    assert write(engine, people[EDITOR], summary=live(engine).summary).draft is None


def test_others_neither_see_nor_write(engine: Engine, people: dict[str, SignedIn]) -> None:
    stranger = editor(engine, STRANGER, "quay")
    write(engine, people[EDITOR], summary="Not public yet.")
    seen = drafts.managed(engine, people[EDITOR], DOOR).seen
    typed = Typed("about", {"summary": "Mine now."}, "", "form")
    for attempt in (
        lambda: drafts.managed(engine, stranger, DOOR),
        lambda: drafts.mistakes_in(engine, stranger, DOOR, NOW),
        lambda: drafts.save(engine, stranger, DOOR, typed, NOW),
        lambda: drafts.send(engine, stranger, DOOR, seen, NOW),
        lambda: drafts.take_back(engine, stranger, DOOR, NOW),
        lambda: drafts.discard(engine, stranger, DOOR, seen, NOW),
    ):
        with pytest.raises(NotYoursError):
            attempt()
    assert drafts.managed(engine, people[EDITOR], DOOR).edited.summary == "Not public yet."


def test_a_listing_of_no_organisation_is_for_admins_alone(engine: Engine, people: dict[str, SignedIn]) -> None:
    with pytest.raises(NotYoursError):
        write(engine, people[EDITOR], OTHER_DOOR, summary="Mine.")
    assert write(engine, admin(engine), OTHER_DOOR, summary="The team's.").draft


def test_a_listing_that_is_not_there(engine: Engine, people: dict[str, SignedIn]) -> None:
    with pytest.raises(NoListingError):
        drafts.managed(engine, people[EDITOR], "no-such-door")


def test_a_stale_form_is_told_of_both_versions(engine: Engine, people: dict[str, SignedIn]) -> None:
    one, two = people[EDITOR], people[SECOND]
    seen = summary_form(engine, one)
    drafts.save(engine, one, DOOR, Typed("about", {"summary": "First."}, seen, "form-1"), NOW)
    with pytest.raises(StaleDraftError) as refused:
        drafts.save(engine, two, DOOR, Typed("about", {"summary": "Second."}, seen, "form-2"), NOW)
    assert refused.value.mine.summary == "Second."
    assert refused.value.theirs.edited.summary == "First."
    assert drafts.managed(engine, one, DOOR).edited.summary == "First."


def test_whoever_looked_at_both_versions_may_save_theirs(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[EDITOR], summary="First.")
    saved = write(engine, people[SECOND], summary="Second, after looking.")
    assert saved.edited.summary == "Second, after looking."
    assert saved.draft
    assert len(saved.draft.contributors) == 2


def test_what_a_form_saved_itself_does_not_make_it_stale(engine: Engine, people: dict[str, SignedIn]) -> None:
    who = people[EDITOR]
    seen = summary_form(engine, who)
    for text in ("A", "A c", "A coach."):
        drafts.save(engine, who, DOOR, Typed("about", {"summary": text}, seen, "form-1"), NOW)
    assert drafts.managed(engine, who, DOOR).edited.summary == "A coach."


def test_two_people_write_on_two_sections(engine: Engine, people: dict[str, SignedIn]) -> None:
    seen = {
        section: digest(drafts.managed(engine, people[EDITOR], DOOR).edited, section) for section in ("about", "notes")
    }
    drafts.save(engine, people[EDITOR], DOOR, Typed("about", {"summary": "First."}, seen["about"], "form-1"), NOW)
    drafts.save(engine, people[SECOND], DOOR, Typed("notes", {"notes": ("Ring first.",)}, seen["notes"], "form-2"), NOW)
    both = drafts.managed(engine, people[EDITOR], DOOR).edited
    assert (both.summary, both.notes) == ("First.", ("Ring first.",))


def test_a_draft_that_waits_cannot_be_written_on(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[EDITOR], summary="First.")
    send(engine, people[EDITOR])
    with pytest.raises(StaleDraftError) as refused:
        write(engine, people[EDITOR], summary="Second.")
    assert "waiting for approval" in refused.value.message
    assert refused.value.mine.summary == "Second."
    drafts.take_back(engine, people[EDITOR], DOOR, NOW)
    assert write(engine, people[EDITOR], summary="Second.").edited.summary == "Second."


def test_sending_twice_is_sending_once(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[EDITOR], summary="First.")
    send(engine, people[EDITOR])
    send(engine, people[SECOND], now=after(hours=1))
    draft = drafts.managed(engine, people[EDITOR], DOOR).draft
    assert draft
    assert (draft.sent_at, draft.sent_by) == (NOW, EDITOR)
    assert [one.action for one in noted(engine)] == ["draft sent"]


def test_what_has_mistakes_is_not_sent(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[EDITOR], name="")
    with pytest.raises(MistakesError) as refused:
        send(engine, people[EDITOR])
    assert [one.field for one in refused.value.mistakes] == ["name"]
    draft = drafts.managed(engine, people[EDITOR], DOOR).draft
    assert draft
    assert draft.state == "open"
    assert noted(engine) == []


def test_what_was_changed_meanwhile_is_not_sent_unread(engine: Engine, people: dict[str, SignedIn]) -> None:
    seen = write(engine, people[EDITOR], summary="First.").seen
    write(engine, people[SECOND], summary="Second.")
    with pytest.raises(EditError, match="changed meanwhile"):
        drafts.send(engine, people[EDITOR], DOOR, seen, NOW)
    with pytest.raises(EditError, match="changed meanwhile"):
        drafts.discard(engine, people[EDITOR], DOOR, seen, NOW)


def test_a_draft_that_says_what_was_made_public_meanwhile_is_not_sent(
    engine: Engine, people: dict[str, SignedIn]
) -> None:
    write(engine, people[EDITOR], summary="The same.")
    body = drafts.managed(engine, people[EDITOR], DOOR)
    send(engine, people[EDITOR])
    decide(engine, admin(engine))
    assert body.edited == drafts.managed(engine, people[EDITOR], DOOR).edited
    with pytest.raises(EditError, match="no draft"):
        drafts.send(engine, people[EDITOR], DOOR, body.seen, NOW)


def test_a_draft_that_is_thrown_away_is_kept_in_the_trail(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    seen = write(engine, people[EDITOR], summary="First.").seen
    drafts.discard(engine, people[SECOND], DOOR, seen, NOW)
    assert drafts.managed(engine, people[EDITOR], DOOR).draft is None
    (entry,) = noted(engine)
    assert (entry.who, entry.action, entry.subject) == (SECOND, "draft discarded", "listing/open-door")
    assert entry.detail["changes"] == [{"field": "summary", "before": [before.summary], "after": ["First."]}]


def test_a_form_of_a_draft_that_was_decided_is_stale(engine: Engine, people: dict[str, SignedIn]) -> None:
    seen = summary_form(engine, people[SECOND])
    publish(engine, people[EDITOR], admin(engine), summary="Public now.")
    with pytest.raises(StaleDraftError) as refused:
        drafts.save(engine, people[SECOND], DOOR, Typed("about", {"summary": "Mine."}, seen, "form-2"), NOW)
    assert refused.value.theirs.edited.summary == "Public now."
