"""People who edit the same listings at the same time, in real browsers' manner, and a log of what each was told.

Every edit leaves a mark of its own. So the marks in a section name one state of it, and the log of who saw which state
and left which shows whether anything was lost: what was acknowledged must be one chain, and the section its last link.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from random import Random

from flask import Flask
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict

from app.current import ENGINE
from app.database import reading, writing
from app.models import Membership, Service, UserAccount
from tests.torture.real_server import Answer, HttpBrowser, browser_of
from tests.web.filled_form import filled_form

MARK = re.compile(r"\bE[0-9]+c[0-9]+\b")
SECTIONS = ("about", "offers", "contacts", "hours", "access", "practical", "referral", "notes", "open")
WRITTEN = re.compile(
    r"summary|commissioner|hours_note|status_note|(?:offers|access|notes|unknown|aliases)-\d+"
    r"|contacts-\d+-(?:hours|note)|practical-\w+-text|referral-\d+-text"
)
DIFFERENCE = re.compile(r'<div class="app-change">.*?<dd>(?P<theirs>.*?)</dd>.*?<dd>(?P<mine>.*?)</dd>', re.DOTALL)
LEFT_OPEN = 0.2
"""How often a form is left open while its reader writes elsewhere."""
BY_ITSELF = 0.3
"""How often the page saves by itself before somebody presses Save."""
PERSISTENT = 0.5
"""How often somebody who meets another version saves theirs over it."""

Place = tuple[str, str]
"""A listing and a section."""
State = frozenset[str]


@dataclass(frozen=True)
class Step:
    """A save that was acknowledged: what its form showed, and what it left."""

    place: Place
    shown: State
    left: State


@dataclass
class Form:
    """A form that somebody has open. ``shown``: the state that it was made from, or that it left itself."""

    place: Place
    fields: MultiDict[str, str]
    shown: State

    @property
    def address(self) -> str:
        return f"/manage/{self.place[0]}/edit/{self.place[1]}"


@dataclass
class Editor:
    """``stale`` counts what was refused, each with both versions; ``faults`` are what never should be."""

    number: int
    browser: HttpBrowser
    listings: Sequence[str]
    steps: list[Step] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    stale: int = 0
    edits: int = 0
    _put_aside: list[Form] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = Random(self.number)

    def work(self, edits: int) -> None:
        while self.edits < edits:
            form = self._form()
            if self._dice.random() < BY_ITSELF:
                self._save_by_itself(form)
            self._press_save(form)

    def _form(self) -> Form:
        """A new one; or one that was left open for a while, so that it may be stale."""
        if self._put_aside and self._dice.random() < LEFT_OPEN:
            return self._put_aside.pop(0)
        form = self._opened((self._dice.choice(self.listings), self._dice.choice(SECTIONS)))
        if self._dice.random() < LEFT_OPEN:
            self._put_aside.append(form)
            return self._opened(form.place)
        return form

    def _opened(self, place: Place) -> Form:
        answer = self.browser.get(f"/manage/{place[0]}/edit/{place[1]}")
        self._check(answer, {200})
        fields = filled_form(answer.text)
        return Form(place, fields, marks(fields.values()))

    def _save_by_itself(self, form: Form) -> None:
        left = self._write(form)
        answer = self.browser.post(form.address, form.fields.items(multi=True), X_Autosave="1")
        self._check(answer, {200, 409})
        if answer.status == 200:
            form.fields["seen"] = json.loads(answer.text)["seen"]
            self._acknowledged(form, left)

    def _press_save(self, form: Form) -> None:
        left = self._write(form)
        answer = self.browser.post(form.address, [*form.fields.items(multi=True), ("act", "save")])
        self._check(answer, {303, 409})
        if answer.status == 303:
            self._acknowledged(form, left)
        elif answer.status == 409:
            self._meet_both_versions(form, left, answer.text)

    def _meet_both_versions(self, form: Form, mine: State, page: str) -> None:
        """The page holds what was typed, ready to be sent again, and what stands now."""
        self.stale += 1
        again = Form(form.place, filled_form(page), _theirs(page, mine))
        if marks(again.fields.values()) != mine or again.shown == form.shown or not _shown_beside(page, mine):
            self.faults.append(f"{form.address}: 409 without both versions")
        elif self._dice.random() < PERSISTENT:
            self._press_save(again)

    def _write(self, form: Form) -> State:
        """Types something new over one text of the form; gives the state that saving it leaves."""
        self.edits += 1
        name = self._dice.choice(sorted(name for name in form.fields if WRITTEN.fullmatch(name)))
        form.fields[name] = f"This was edit E{self.edits}c{self.number} of them all."
        return marks(form.fields.values())

    def _acknowledged(self, form: Form, left: State) -> None:
        self.steps.append(Step(form.place, form.shown, left))
        form.shown = left

    def _check(self, answer: Answer, expected: set[int]) -> None:
        if answer.status not in expected:
            self.faults.append(f"{answer.status}: {answer.text[:300]}")


def marks(texts: Iterable[str]) -> State:
    return frozenset(mark for text in texts for mark in MARK.findall(text))


def lost_updates(steps: Iterable[Step], final: Mapping[Place, State]) -> list[str]:
    """Where what was acknowledged is no single chain that ends in what stands now."""
    chains: dict[Place, dict[State, State]] = {}
    faults = []
    for step in steps:
        chain = chains.setdefault(step.place, {})
        if step.shown in chain:
            faults.append(f"{step.place}: two saves were made over the same state, and one of them is lost")
        chain[step.shown] = step.left
    for place, chain in chains.items():
        state, links = State(), 0
        while state in chain and links < len(chain):
            state, links = chain[state], links + 1
        if links != len(chain) or state != final[place]:
            faults.append(f"{place}: {links} of {len(chain)} saves lead to what stands")
    return faults


def editors_of(app: Flask, host: str, clients: int, listings: int) -> list[Editor]:
    """That many people, who all look after the same listings."""
    engine = app.extensions[ENGINE]
    with reading(engine) as session:
        is_run = (col(Service.organization_id).is_not(None), Service.status != "closed")
        rows = session.exec(select(Service).where(*is_run).order_by(Service.slug).limit(listings)).all()
        slugs, organisations = [row.slug for row in rows], {row.organization_id for row in rows if row.organization_id}
    assert len(slugs) == listings
    editors = []
    for number in range(clients):
        email = f"editor{number}@example.org"
        with writing(engine) as session:
            user = UserAccount(email=email, created_at=datetime.now(UTC))
            session.add(user)
            session.flush()
            session.add_all(Membership(user_id=user.id, organization_id=id_, role="editor") for id_ in organisations)
        editors.append(Editor(number, browser_of(app, email, host), slugs))
    return editors


def final_states(browser: HttpBrowser, steps: Iterable[Step]) -> dict[Place, State]:
    """What the form of each section that was saved shows now."""
    places = {step.place for step in steps}
    pages = {place: browser.get(f"/manage/{place[0]}/edit/{place[1]}").text for place in places}
    return {place: marks(filled_form(page).values()) for place, page in pages.items()}


def _theirs(page: str, mine: State) -> State:
    """The state that stands now, as the page of two versions tells it."""
    differences = [found.groupdict() for found in DIFFERENCE.finditer(unescape(page))]
    taken_out = marks(one["mine"] for one in differences)
    return (mine - taken_out) | marks(one["theirs"] for one in differences)


def _shown_beside(page: str, mine: State) -> bool:
    """Whether the newest text of one's own stands beside the other version."""
    return bool(mine & marks(found["mine"] for found in DIFFERENCE.finditer(unescape(page))))
