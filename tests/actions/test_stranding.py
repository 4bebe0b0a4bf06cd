"""A change that leaves people with no programme is published only by an admin who says yes, and why."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from app.actions.accounts.sessions import SignedIn
from app.actions.editing import decision, drafts, history, review
from app.actions.editing.decision import Decision, Verdict
from app.actions.editing.errors import EditError
from app.actions.editing.stranding import OTHERS, SAY_WHY, SAY_YES, Although, StrandsError
from app.actions.exchange import load_seed
from app.actions.impact import ImpactInWords, impact_before
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from app.directory.listing import Listing
from app.eligibility.rules import RECOMMENDED
from tests.accounts import NOW
from tests.editing import (
    ADMIN,
    DOOR,
    EDITOR,
    LOADED,
    OTHER_ADMIN,
    OTHER_DOOR,
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
from tests.exchange.seed_sets import GOOD, OPEN, OTHER, write_seed
from tests.seeds import SEED, seed_catalogue

CLOSED: dict[str, Any] = {"status": "closed", "status_note": "It ended.", "successors": (OTHER_DOOR,)}
WHY = "The money for it ended."
SUMMARY = "Two coaches help you find work."
TWIN = "services/twin-door.yaml"


@pytest.fixture
def people(engine: Engine, tmp_path: Path) -> dict[str, SignedIn]:
    """An editor of Open Door and an admin. Nothing else in the small catalogue is a programme."""
    small_catalogue(engine, tmp_path)
    return {EDITOR: editor(engine), ADMIN: admin(engine)}


def closing(engine: Engine, people: dict[str, SignedIn]) -> ImpactInWords:
    """Open Door is to close, and the admin is told what that does."""
    write(engine, people[EDITOR], **CLOSED)
    send(engine, people[EDITOR])
    with pytest.raises(StrandsError) as refused:
        decide(engine, people[ADMIN])
    return refused.value.impact


def answered(engine: Engine, people: dict[str, SignedIn], although: Although, note: str = "") -> None:
    """The admin accepts all, and answers what they were asked."""
    found = review.review(engine, people[ADMIN], DOOR)
    every = {change.id: Decision(accept=True) for change in found.changes}
    verdict = Verdict(found.managed.seen, every, note, although)
    decision.decide(engine, catalogue_of(engine), people[ADMIN], DOOR, verdict, NOW)


def test_it_is_refused_and_says_who_they_are(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    impact = closing(engine, people)
    assert impact.stranded
    assert impact.stranded.groups[0].startswith("People who are ill and")
    assert live(engine) == before
    draft = drafts.managed(engine, people[EDITOR], DOOR).draft
    assert draft
    assert draft.state == "sent", "it still waits for a decision"


@pytest.mark.parametrize(
    ("yes", "reason", "shown", "asked_for"),
    [
        (False, "", True, {"yes": SAY_YES, "reason": SAY_WHY}),
        (True, "", True, {"reason": SAY_WHY}),
        (True, "It ended.", True, {"reason": SAY_WHY}),
        (False, WHY, True, {"yes": SAY_YES}),
        (True, WHY, False, {"yes": OTHERS}),
    ],
    ids=["nothing said", "no reason", "two words", "no yes", "a yes to other people"],
)
def test_it_takes_a_yes_and_a_reason(
    engine: Engine, people: dict[str, SignedIn], yes: bool, reason: str, shown: bool, asked_for: dict[str, str]
) -> None:
    impact = closing(engine, people)
    with pytest.raises(StrandsError) as refused:
        answered(engine, people, Although(yes, reason, impact.sign if shown else "of others"))
    assert refused.value.places == asked_for
    assert live(engine).status == "live"


def test_with_a_yes_it_is_public_and_the_reason_is_kept(engine: Engine, people: dict[str, SignedIn]) -> None:
    impact = closing(engine, people)
    answered(engine, people, Although(yes=True, reason=f" {WHY} ", seen=impact.sign), note="They rang us.")
    assert live(engine).status == "closed"
    newest = history.history(engine, people[EDITOR], DOOR).versions[0]
    assert newest.note == f"They rang us.\nPublished although people are left with no programme: {WHY}"
    detail = next(entry.detail for entry in noted(engine) if entry.action == "change approved")
    assert detail["although"] == WHY
    assert impact.stranded
    assert detail["stranded"] == [impact.stranded.how_many, *impact.stranded.groups]


def test_what_strands_nobody_is_not_asked_about(engine: Engine, people: dict[str, SignedIn]) -> None:
    publish(engine, people[EDITOR], people[ADMIN], summary=SUMMARY)
    assert history.history(engine, people[EDITOR], DOOR).versions[0].note is None


def test_only_what_is_accepted_counts(engine: Engine, people: dict[str, SignedIn]) -> None:
    write(engine, people[EDITOR], summary=SUMMARY)
    closing(engine, people)
    back = dict.fromkeys(("status", "status_note", "successors"), "Is it really over?")
    decide(engine, people[ADMIN], returned=back)
    assert (live(engine).status, live(engine).summary) == ("live", SUMMARY)


def test_the_old_version_can_be_brought_back_without_a_reason(engine: Engine, people: dict[str, SignedIn]) -> None:
    before = live(engine)
    impact = closing(engine, people)
    answered(engine, people, Although(yes=True, reason=WHY, seen=impact.sign))
    history.restore(engine, people[EDITOR], DOOR, 1, NOW)
    send(engine, people[EDITOR])
    decide(engine, people[ADMIN])
    assert live(engine) == before


def test_what_was_published_a_moment_ago_counts(engine: Engine, tmp_path: Path) -> None:
    """Two programmes serve the same people. Either may close, and then not the other."""
    twin = GOOD[OPEN].replace("id: open-door", "id: twin-door").replace("name: Open Door", "name: Twin Door")
    assert not load_seed(engine, write_seed(tmp_path, {**GOOD, TWIN: twin}), LOADED).rejected
    people = {EDITOR: editor(engine), ADMIN: admin(engine)}
    at_hand = catalogue_of(engine)
    publish(engine, people[EDITOR], people[ADMIN], slug="twin-door", **CLOSED)
    write(engine, people[EDITOR], **CLOSED)
    send(engine, people[EDITOR])
    found = review.review(engine, people[ADMIN], DOOR)
    verdict = Verdict(found.managed.seen, {change.id: Decision(accept=True) for change in found.changes})
    with pytest.raises(StrandsError):
        decision.decide(engine, at_hand, people[ADMIN], DOOR, verdict, NOW)
    assert live(engine).status == "live"


def test_nobody_is_ever_left_without_somebody_to_talk_to(engine: Engine, tmp_path: Path) -> None:
    contact = '{type: phone, value: "020 7946 0001", source: [page]}'
    files = {**GOOD, OTHER: f"{GOOD[OTHER]}contacts: [{contact}]\n"}
    assert not load_seed(engine, write_seed(tmp_path, files), LOADED).rejected
    who, other = admin(engine), admin(engine, OTHER_ADMIN)
    only = EditedCondition(question="lives_in", any_of=("camden",), text="For people who live in Camden.")
    write(engine, who, OTHER_DOOR, rules=(EditedRule(everyone=(only,)),))
    send(engine, who, OTHER_DOOR)
    with pytest.raises(
        EditError, match=r"would have nobody to talk to\. Other Door is one of the places where anybody"
    ):
        decide(engine, other, OTHER_DOOR, although=WHY)
    assert live(engine, OTHER_DOOR).rules == ()


def test_a_real_service_that_alone_serves_some_people(engine: Engine) -> None:
    """The same in the catalogue as it stands: closing one of its services is blocked, and one of the others is not."""
    assert not load_seed(engine, SEED, LOADED).rejected
    who, other = admin(engine), admin(engine, OTHER_ADMIN)
    alone, one_of_many = _closing_strands(yes=True), _closing_strands(yes=False)
    ended: dict[str, Any] = {
        "status": "closed",
        "status_note": "It ended.",
        "closed": "2026-11-20",
        "see_instead": ("jobcentre-plus",),
    }
    publish(engine, who, other, slug=one_of_many, **ended)
    with pytest.raises(StrandsError) as refused:
        publish(engine, who, other, slug=alone, **ended)
    assert refused.value.impact.stranded
    assert live(engine, alone).status != "closed"
    decide(engine, other, alone, although=WHY)
    assert live(engine, alone).status == "closed"


def _closing_strands(*, yes: bool) -> str:
    """A listing to which no other sends people, and that can therefore close."""
    catalogue = seed_catalogue()
    named = {id_ for one in catalogue.listings.values() for id_ in _sent_to(one)}
    open_ = [one for one in catalogue.listings.values() if one.role in RECOMMENDED and one.status == "live"]
    able = [one for one in open_ if one.id not in named]
    return next(one.id for one in able if impact_before(catalogue, _closed(one), date(2026, 11, 22)).strands is yes)


def _sent_to(listing: Listing) -> set[str]:
    return {*listing.see_instead, *listing.successors, *(door.service for door in listing.reach_through)}


def _closed(listing: Listing) -> Listing:
    return listing.model_copy(update={"status": "closed", "closed": "2026-11-20", "last_seen": None})


def test_where_nobody_can_count_people_somebody_may_be_left_with_nothing() -> None:
    counted = ImpactInWords(date(2026, 11, 22), (), ())
    assert not counted.strands
    assert replace(counted, counted=False).strands
