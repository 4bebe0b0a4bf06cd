"""People whose server is killed again and again while they write, and what must stand when it is back.

Each does the same few things in turn, by number, and is the only one who writes what they write. So how many of them
stand in the tables is one number. It must be the number of those that were acknowledged, or one more: the one that was
under way.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from http.client import HTTPException

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from app.actions.editing.publication import listing_at, live_listing
from app.database import reading
from app.directory.editing.edited import Edited
from app.exchange.rows import read_listing
from app.models import AuditEntry, Availability, ListingDraft, ListingVersion, Service
from tests.torture.real_server import Answer, HttpBrowser
from tests.web.filled_form import filled_form

HIDDEN = re.compile(r'name="(csrf_token|seen)"\s+value="([^"]*)"')
SAVED_TEXTS = (("about", "summary"), ("about", "commissioner"), ("hours", "hours_note"), ("open", "status_note"))


class Writer(ABC):
    """``done`` counts what was acknowledged; ``act`` does the next thing."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.done = 0

    def work(self) -> None:
        """Goes on until the server is killed."""
        try:
            while True:
                answer = self.act()
                assert answer.status == 303, (self.slug, self.done, answer.status, answer.text[:2000])
                self.done += 1
        except (OSError, HTTPException):
            return

    def take_stock(self, engine: Engine) -> list[str]:
        """After a kill: what is wrong; and whether the last thing, never acknowledged, was done all the same."""
        stands = self.stands(engine)
        if stands not in {self.done, self.done + 1}:
            return [f"{self.slug}: {self.done} things were acknowledged, and {stands} stand"]
        self.done = stands
        return []

    @abstractmethod
    def act(self) -> Answer: ...

    @abstractmethod
    def stands(self, engine: Engine) -> int:
        """How many things are done, as the tables tell it; -1 where they tell no such story."""


class Saver(Writer):
    """Saves one text after the other, and never sends them."""

    def __init__(self, slug: str, browser: HttpBrowser) -> None:
        super().__init__(slug)
        self._browser = browser

    def act(self) -> Answer:
        section, field = SAVED_TEXTS[self.done % len(SAVED_TEXTS)]
        return save(self._browser, self.slug, section, field, _text(self.done))

    def stands(self, engine: Engine) -> int:
        with reading(engine) as session:
            row = session.get(ListingDraft, _service(session, self.slug).id)
            edited = Edited.model_validate(row.body) if row else Edited()
        texts = [_number(getattr(edited, field)) for _, field in SAVED_TEXTS]
        newest = max(texts)
        expected = {field: newest - (newest - place) % 4 for place, (_, field) in enumerate(SAVED_TEXTS)}
        told = {field: number for (_, field), number in zip(SAVED_TEXTS, texts, strict=True)}
        return newest + 1 if all(told[field] == max(number, -1) for field, number in expected.items()) else -1


class Publisher(Writer):
    """Saves (each third time: brings the first version back), sends, and has it approved."""

    def __init__(self, slug: str, browser: HttpBrowser, admin: HttpBrowser) -> None:
        super().__init__(slug)
        self._browser, self._admin = browser, admin

    def act(self) -> Answer:
        turn, stage = divmod(self.done, 3)
        if stage == 1:
            return press(self._browser, f"/manage/{self.slug}/send", f"/manage/{self.slug}/send")
        if stage == 2:
            address = f"/admin/approvals/{self.slug}"
            return press(self._admin, address, address, ("all", "accept"))
        if _restores(turn):
            version = f"/manage/{self.slug}/history/1"
            return press(self._browser, version, f"{version}/restore")
        return save(self._browser, self.slug, "about", "summary", _text(turn))

    def stands(self, engine: Engine) -> int:
        with reading(engine) as session:
            service = _service(session, self.slug)
            live = live_listing(session, service)
            first = listing_at(session, service, 1).summary if service.version else live.summary
            turn = max(service.version - 1, 0)
            row = session.get(ListingDraft, service.id)
            writes = Edited.model_validate(row.body).summary if row else None
            actions = session.exec(select(AuditEntry.action).where(AuditEntry.subject == f"listing/{self.slug}")).all()
        stage = {"open": 1, "sent": 2}[row.state] if row else 0
        counts = {
            "change approved": turn,
            "draft sent": turn + (stage == 2),
            "version brought back as a draft": sum(map(_restores, range(turn + (stage > 0)))),
        }
        is_told = all(actions.count(action) == count for action, count in counts.items())
        is_live = live.summary == _said(turn - 1, first)
        is_written = writes is None or writes == _said(turn, first)
        return 3 * turn + stage if is_told and is_live and is_written else -1


class Teller(Writer):
    """Says in public how it is today."""

    def __init__(self, slug: str, browser: HttpBrowser) -> None:
        super().__init__(slug)
        self._browser = browser

    def act(self) -> Answer:
        address = f"/manage/{self.slug}/availability"
        return press(self._browser, address, address, ("state", "waiting_list"), ("note", _text(self.done)))

    def stands(self, engine: Engine) -> int:
        with reading(engine) as session:
            row = session.get(Availability, _service(session, self.slug).id)
            noted = session.exec(select(AuditEntry).where(AuditEntry.subject == f"listing/{self.slug}")).all()
        texts = [entry.detail["note"] for entry in noted if entry.action == "availability changed"]
        if texts != [_text(number) for number in range(len(texts))]:
            return -1
        return len(texts) if (row.note if row else "") == (texts[-1] if texts else "") else -1


def broken_histories(engine: Engine) -> list[str]:
    """Listings whose history has a gap, or does not end with what is public, or was not noted as it was made."""
    faults = []
    with reading(engine) as session:
        for service in session.exec(select(Service)).all():
            own = ListingVersion.service_id == service.id
            rows = session.exec(select(ListingVersion).where(own).order_by(col(ListingVersion.number))).all()
            if [row.number for row in rows] != list(range(1, service.version + 1)):
                faults.append(f"{service.slug}: versions {[row.number for row in rows]} of {service.version}")
            live = read_listing(session, service.slug)
            if rows and live and rows[-1].body != live.model_dump(mode="json", by_alias=True):
                faults.append(f"{service.slug}: what is public is not the newest version")
            chosen = (AuditEntry.subject == f"listing/{service.slug}", AuditEntry.action == "change approved")
            noted = session.exec(select(AuditEntry).where(*chosen).order_by(col(AuditEntry.id))).all()
            if [entry.detail["version"] for entry in noted] != [row.number for row in rows if row.how == "edited"]:
                faults.append(f"{service.slug}: the audit trail does not tell of the same versions")
    return faults


def save(browser: HttpBrowser, slug: str, section: str, field: str, text: str) -> Answer:
    address = f"/manage/{slug}/edit/{section}"
    fields = filled_form(_page(browser, address))
    fields[field] = text
    return browser.post(address, [*fields.items(multi=True), ("act", "save")])


def press(browser: HttpBrowser, form: str, address: str, *fields: tuple[str, str]) -> Answer:
    """Sends a form of the page ``form`` with its token, what it has seen, and these fields."""
    return browser.post(address, [*dict(HIDDEN.findall(_page(browser, form))).items(), *fields])


def _page(browser: HttpBrowser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status == 200, (address, answer.status, answer.location, answer.text[:2000])
    return answer.text


def _text(number: int) -> str:
    return f"This is text number {number} of many."


def _number(text: str) -> int:
    """-1: a text that nobody wrote here."""
    found = re.fullmatch(r"This is text number (\d+) of many\.", text)
    return int(found[1]) if found else -1


def _restores(turn: int) -> bool:
    return turn % 3 == 2


def _said(turn: int, first: str) -> str:
    """The summary that a turn makes public; ``first`` is that of the first version."""
    return first if turn < 0 or _restores(turn) else _text(turn)


def _service(session: Session, slug: str) -> Service:
    return session.exec(select(Service).where(Service.slug == slug)).one()


def all_faults(engine: Engine, writers: Iterable[Writer]) -> list[str]:
    return [*broken_histories(engine), *(fault for writer in writers for fault in writer.take_stock(engine))]
