"""The history of a listing: every version that was public, without a gap, and the way back to each."""

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Engine
from sqlmodel import select

from app.actions.accounts.sessions import SignedIn
from app.actions.editing import drafts, history
from app.actions.editing.drafts import Typed
from app.actions.editing.errors import EditError, NoListingError, NotYoursError
from app.actions.exchange import load_seed
from app.database import reading, writing
from app.directory.editing.edited import digest, edited_of
from app.directory.listing import Listing
from app.models import ListingVersion, Service
from tests.accounts import NOW, after
from tests.databases import engine_on
from tests.editing import (
    ADMIN,
    DOOR,
    EDITOR,
    LOADED,
    OTHER_ADMIN,
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
    small_catalogue(engine, tmp_path)
    return {EDITOR: editor(engine), ADMIN: admin(engine), OTHER_ADMIN: admin(engine, OTHER_ADMIN)}


def bodies(engine: Engine, slug: str = DOOR) -> dict[int, Listing]:
    """Every version by its number."""
    with reading(engine) as session:
        rows = session.exec(select(ListingVersion).join(Service).where(Service.slug == slug)).all()
        return {row.number: Listing.model_validate(row.body) for row in rows}


def test_each_version_says_who_and_when_and_what(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[EDITOR], summary="Two coaches.")
    send(engine, people[EDITOR])
    decide(engine, people[ADMIN], note=" They rang us. ", now=after(hours=1))
    newest, first = history.history(engine, people[EDITOR], DOOR).versions
    assert (newest.number, newest.at, newest.made_by, newest.approved_by) == (2, after(hours=1), (EDITOR,), ADMIN)
    assert (newest.note, newest.own_approval) == ("They rang us.", False)
    assert [(one.field, one.after) for one in newest.changes] == [("summary", ("Two coaches.",))]
    assert (first.number, first.at, first.how, first.made_by, first.changes) == (1, LOADED, "imported", ("files",), ())


def test_own_approval_of_the_only_admin_is_marked(engine: Engine, tmp_path: Path) -> None:
    small_catalogue(engine, tmp_path)
    only = admin(engine)
    publish(engine, only, only, summary="Two coaches.")
    assert [one.own_approval for one in history.history(engine, only, DOOR).versions] == [True, False]


def test_what_is_loaded_from_files_is_a_version_too(
    engine: Engine, people: dict[str, SignedIn], tmp_path: Path
) -> None:
    file = tmp_path / "services" / "open-door.yaml"
    file.write_text(file.read_text().replace("name: Open Door", "name: Open Doors", 1))
    assert load_seed(engine, tmp_path, NOW).changed == (DOOR,)
    assert load_seed(engine, tmp_path, after(hours=1)).unchanged
    assert [one.number for one in history.history(engine, people[EDITOR], DOOR).versions] == [2, 1]
    assert [bodies(engine)[number].name for number in (1, 2)] == ["Open Door", "Open Doors"]


def test_what_stood_there_before_there_was_a_history_is_its_beginning(
    engine: Engine, people: dict[str, SignedIn], tmp_path: Path
) -> None:
    """A directory that was filled by an earlier release has listings without a version."""
    with writing(engine) as session:
        for row in session.exec(select(ListingVersion)).all():
            session.delete(row)
        for service in session.exec(select(Service)).all():
            service.version = 0
    assert history.history(engine, people[EDITOR], DOOR).versions == []
    before = live(engine)
    file = tmp_path / "services" / "open-door.yaml"
    file.write_text(file.read_text().replace("name: Open Door", "name: Open Doors", 1))
    load_seed(engine, tmp_path, NOW)
    assert bodies(engine) == {1: before, 2: live(engine)}
    old_before = live(engine, "old-door")
    publish(engine, people[ADMIN], people[OTHER_ADMIN], "old-door", notes=("It is history.",))
    assert bodies(engine, "old-door") == {1: old_before, 2: live(engine, "old-door")}


def test_a_long_history_comes_in_pages(engine: Engine, people: dict[str, SignedIn]) -> None:
    for number in range(4):
        publish(engine, people[EDITOR], people[ADMIN], summary=f"There are {number} coaches.")
    newest = history.history(engine, people[EDITOR], DOOR, limit=2)
    assert ([one.number for one in newest.versions], newest.older) == ([5, 4], True)
    assert newest.versions[1].changes[0].before == ("There are 1 coaches.",)
    older = history.history(engine, people[EDITOR], DOOR, before=4, limit=2)
    assert ([one.number for one in older.versions], older.older) == ([3, 2], True)
    oldest = history.history(engine, people[EDITOR], DOOR, before=2, limit=2)
    assert ([one.number for one in oldest.versions], oldest.older) == ([1], False)


def test_a_version_is_shown_as_it_was(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    publish(engine, people[EDITOR], people[ADMIN], summary="Two coaches.")
    shown = history.version(engine, people[EDITOR], DOOR, 1)
    assert (shown.listing, shown.newest, shown.line.number) == (before, 2, 1)
    assert [(one.before, one.after) for one in shown.today] == [((before.summary,), ("Two coaches.",))]
    with pytest.raises(NoListingError):
        history.version(engine, people[EDITOR], DOOR, 3)


@pytest.mark.usefixtures("people")
def test_others_do_not_see_it(engine: Engine) -> None:
    stranger = editor(engine, STRANGER, "quay")
    for attempt in (
        lambda: history.history(engine, stranger, DOOR),
        lambda: history.version(engine, stranger, DOOR, 1),
        lambda: history.restore(engine, stranger, DOOR, 1, NOW),
    ):
        with pytest.raises(NotYoursError):
            attempt()


def test_a_version_comes_back_with_the_sources_that_it_had(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    publish(engine, people[EDITOR], people[ADMIN], offers=("Something else.",))
    publish(engine, people[EDITOR], people[ADMIN], contacts=({"type": "phone", "value": "020 7946 0999"},))
    publish(engine, people[EDITOR], people[ADMIN], practical={})
    history.restore(engine, people[EDITOR], DOOR, 1, NOW)
    assert live(engine).practical == {}, "what is brought back is a draft first"
    send(engine, people[EDITOR])
    decide(engine, people[ADMIN])
    assert live(engine) == before.model_copy(update={"sources": live(engine).sources})
    assert dict(live(engine).sources) == dict(before.sources)
    assert history.history(engine, people[EDITOR], DOOR).versions[0].number == 5
    assert noted(engine)[-3].action == "version brought back as a draft"


def test_a_version_is_not_brought_back_over_a_draft(engine: Engine, people: dict[str, SignedIn]) -> None:
    publish(engine, people[EDITOR], people[ADMIN], summary="Two coaches.")
    write(engine, people[EDITOR], summary="Three coaches.")
    with pytest.raises(EditError, match="draft already"):
        history.restore(engine, people[EDITOR], DOOR, 1, NOW)
    assert drafts.managed(engine, people[EDITOR], DOOR).edited.summary == "Three coaches."


def test_what_the_page_says_today_is_not_brought_back(engine: Engine, people: dict[str, SignedIn]) -> None:
    publish(engine, people[EDITOR], people[ADMIN], summary="Two coaches.")
    with pytest.raises(EditError, match="nothing to bring back"):
        history.restore(engine, people[EDITOR], DOOR, 2, NOW)


def test_whoever_brings_a_version_back_does_not_approve_it(engine: Engine, people: dict[str, SignedIn]) -> None:
    publish(engine, people[EDITOR], people[ADMIN], summary="Two coaches.")
    history.restore(engine, people[ADMIN], DOOR, 1, NOW)
    send(engine, people[ADMIN])
    with pytest.raises(EditError, match="another admin"):
        decide(engine, people[ADMIN])
    assert decide(engine, people[OTHER_ADMIN]).version == 3


_texts = st.sampled_from(["One coach.", "Two coaches.", "Three coaches."])
_lines = st.sampled_from([(), ("Ring first.",), ("Ring first.", "Bring a letter.")])


class TwoPeople(RuleBasedStateMachine):
    """Two people write, send, take back, throw away and bring back, and an admin decides, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.engine = self.stack.enter_context(engine_on("sqlite"))
        small_catalogue(self.engine, folder)
        self.people = [editor(self.engine), editor(self.engine, SECOND)]
        self.admin = admin(self.engine)
        self.public = [live(self.engine)]
        self.draft = edited_of(live(self.engine))
        self.opened: dict[tuple[int, str], str] = {}

    def teardown(self) -> None:
        self.stack.close()

    @property
    def state(self) -> str:
        draft = drafts.managed(self.engine, self.people[0], DOOR).draft
        return draft.state if draft else ""

    @rule(person=st.integers(0, 1), section=st.sampled_from(["about", "notes"]))
    def open_form(self, person: int, section: str) -> None:
        self.opened[person, section] = digest(drafts.managed(self.engine, self.people[person], DOOR).edited, section)

    @rule(person=st.integers(0, 1), text=_texts)
    def save_summary(self, person: int, text: str) -> None:
        self._save(person, "about", {"summary": text})

    @rule(person=st.integers(0, 1), lines=_lines)
    def save_notes(self, person: int, lines: tuple[str, ...]) -> None:
        self._save(person, "notes", {"notes": lines})

    def _save(self, person: int, section: str, fields: Mapping[str, object]) -> None:
        seen = self.opened.get((person, section), "never opened")
        typed = Typed(section, fields, seen, f"form-{person}")
        try:
            saved = drafts.save(self.engine, self.people[person], DOOR, typed, NOW)
        except EditError:
            return
        self.draft = self.draft.model_copy(update=dict(fields))
        assert saved.edited == self.draft
        self.opened[person, section] = digest(saved.edited, section)

    @precondition(lambda self: self.state in {"open", "returned"})
    @rule(person=st.integers(0, 1))
    def send(self, person: int) -> None:
        send(self.engine, self.people[person])

    @precondition(lambda self: self.state == "sent")
    @rule(person=st.integers(0, 1))
    def take_back(self, person: int) -> None:
        drafts.take_back(self.engine, self.people[person], DOOR, NOW)

    @precondition(lambda self: self.state == "sent")
    @rule(back=st.sets(st.sampled_from(["summary", "notes-0"])))
    def decide(self, back: set[str]) -> None:
        if decide(self.engine, self.admin, returned=dict.fromkeys(back, "Not so.")).version:
            self.public.append(live(self.engine))

    @precondition(lambda self: self.state == "")
    @rule(which=st.integers(0, 9))
    def bring_back(self, which: int) -> None:
        number = which % len(self.public) + 1
        try:
            history.restore(self.engine, self.people[0], DOOR, number, NOW)
        except EditError:
            return
        self.draft = edited_of(self.public[number - 1])

    @precondition(lambda self: self.state in {"open", "returned"})
    @rule()
    def throw_away(self) -> None:
        seen = drafts.managed(self.engine, self.people[1], DOOR).seen
        drafts.discard(self.engine, self.people[1], DOOR, seen, NOW)
        self.draft = edited_of(live(self.engine))

    @invariant()
    def no_save_is_lost(self) -> None:
        assert drafts.managed(self.engine, self.people[0], DOOR).edited == self.draft

    @invariant()
    def no_gap_in_the_history(self) -> None:
        assert bodies(self.engine) == dict(enumerate(self.public, start=1))
        assert live(self.engine) == self.public[-1]


TestTwoPeople = TwoPeople.TestCase
TestTwoPeople.settings = settings(max_examples=6, stateful_step_count=12, deadline=None)
