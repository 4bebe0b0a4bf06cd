"""Every page behind the log-in, and every state of one that no other file looks at, each for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import Engine
from sqlmodel import col, select, update

from app.actions import availability
from app.actions.availability import Typed
from app.actions.editing import drafts
from app.actions.editing.review import review
from app.current import ENGINE
from app.database import reading, writing
from app.exchange.rows import raise_generation
from app.models import Service, UserAccount, row_id
from tests.editing import decide, publish_beside, write
from tests.web.manage_site import (
    ADMIN,
    EDITOR,
    LISTING,
    ORGANISATION,
    OTHER_ADMIN,
    OWNER,
    signed_in_as,
    signed_in_browser,
)

MINE = f"/manage/{LISTING}"
TEAM = f"/manage/people/{ORGANISATION}"
REVIEW = f"/admin/approvals/{LISTING}"
JOB = "/admin/synonyms/meaning?means=find+a+job"
SUMMARY = "Two Work and Health coaches help you start work, stay in work, or go back after time off sick."

PAGES: Mapping[str, Mapping[str, str]] = {
    OWNER: {
        "manage.listing": MINE,
        "manage.availability": f"{MINE}/availability",
        "manage.freshness": f"{MINE}/freshness",
        "manage.history": f"{MINE}/history",
        "manage.use": f"{MINE}/use",
        "manage.version": f"{MINE}/history/1",
        "manage.reports": f"{MINE}/reports",
        "manage.people_home": "/manage/people",
        "manage.leave_team": f"{TEAM}/leave",
    },
    ADMIN: {
        "admin.home": "/admin",
        "manage.listings": "/manage",
        "manage.people": TEAM,
        "manage.member": f"{TEAM}/<id of editor>",
        "admin.freshness": "/admin/freshness",
        "admin.approvals": "/admin/approvals",
        "admin.people": "/admin/people",
        "admin.person": "/admin/people/<id of editor>",
        "admin.delete_account": "/admin/people/<id of editor>/delete",
        "admin.invite_admin": "/admin/people/invite",
        "admin.organisations": "/admin/organisations",
        "admin.use": "/admin/use",
        "admin.reports": "/admin/reports",
        "admin.duplicates": "/admin/duplicates",
        "admin.proposals": "/admin/proposals",
    },
    OTHER_ADMIN: {
        "admin.organisation": f"/admin/organisations/{ORGANISATION}",
        "admin.new_organisation": "/admin/organisations/new",
        "admin.searches": "/admin/searches",
        "admin.synonyms": "/admin/synonyms",
        "admin.synonym": JOB,
        "admin.new_synonym": "/admin/synonyms/new",
        "admin.take_out_synonym": "/admin/synonyms/meaning/take-out?means=find+a+job",
        "admin.questions": "/admin/questions",
        "admin.question": "/admin/questions/health",
        "admin.taxonomies": "/admin/taxonomies",
        "admin.taxonomy_term": "/admin/taxonomies/find_job",
        "admin.audit_trail": "/admin/audit",
    },
}
"""Whoever opens it, the endpoint, and its address."""

ELSEWHERE = frozenset(
    {
        "account.code",
        "account.confirm",
        "account.confirmed",
        "account.enrol",
        "account.home",
        "account.invite",
        "account.link",
        "account.login",
        "account.reset",
        "admin.approval",
        "admin.audit_csv",
        "admin.contact",
        "admin.contacts",
        "admin.contacts_csv",
        "admin.coverage",
        "admin.coverage_csv",
        "admin.duplicate",
        "admin.proposal",
        "admin.use_csv",
        "manage.discard",
        "manage.preview",
        "manage.report",
        "manage.section",
        "manage.send",
        "manage.who_effects",
    }
)
"""Those that another file opens, or that are no page."""


@dataclass(frozen=True)
class At:
    """Somebody's page in a browser."""

    page: Page
    site: Flask

    @property
    def engine(self) -> Engine:
        engine: Engine = self.site.extensions[ENGINE]
        return engine

    def enter(self, email: str, address: str) -> None:
        """Opens the page as this person, who is signed in."""
        if self.page.url == "about:blank":
            self.page.goto("/account/login")
        cookie = signed_in_browser(self.site, email).cookie
        self.page.context.add_cookies([{"name": "session", "value": cookie, "domain": "127.0.0.1", "path": "/"}])
        self.page.goto(address.replace("<id of editor>", self.id_of(EDITOR)))

    def id_of(self, email: str) -> str:
        with reading(self.engine) as session:
            return str(session.exec(select(UserAccount).where(UserAccount.email == email)).one().id)

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def write(self, email: str = EDITOR, **fields: Any) -> None:
        write(self.engine, signed_in_as(self.engine, email), LISTING, now=now(), **fields)

    def send(self, email: str = EDITOR) -> None:
        who = signed_in_as(self.engine, email)
        drafts.send(self.engine, who, LISTING, drafts.managed(self.engine, who, LISTING).seen, now())

    def decide(self, *, returned: str = "") -> None:
        """An admin accepts everything; or sends everything back, and says why."""
        admin = signed_in_as(self.engine, ADMIN)
        found = review(self.engine, admin, LISTING).changes if returned else ()
        decide(self.engine, admin, LISTING, returned={one.id: returned for one in found}, now=now())


def now() -> datetime:
    return datetime.now(UTC)


def sent(at: At, email: str = EDITOR) -> None:
    at.write(email, summary=SUMMARY)
    at.send(email)


def returned(at: At) -> None:
    sent(at)
    at.decide(returned="Please say where the coaches are.")


def changed_meanwhile(at: At) -> None:
    at.write(summary=SUMMARY)
    publish_beside(at.engine, LISTING, "A coach helps people who are ill to find work.", now())


def unfinished(at: At) -> None:
    at.write(summary="", name="")


def two_versions(at: At) -> None:
    sent(at)
    at.decide()


def overdue(at: At) -> None:
    """Nobody confirmed the listing for half a year, and readers are told."""
    with writing(at.engine) as session:
        mine = update(Service).where(col(Service.id) == row_id("service", LISTING))
        session.exec(mine.values(imported_at=now() - timedelta(days=200), assured_at=None, assured_by=None))
        raise_generation(session)


def paused(at: At) -> None:
    who = signed_in_as(at.engine)
    stands = availability.stands(at.engine, who, LISTING)
    seen = availability.digest(stands.said)
    until = now() + timedelta(days=30)
    typed = Typed("paused", "", "Our team is small.", day=str(until.day), month=str(until.month), year=str(until.year))
    availability.say(at.engine, who, LISTING, typed, seen, now())
