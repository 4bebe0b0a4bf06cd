"""What people want (the goals), as terms: their wording, and which listings serve them.

The terms are the answers of one question; so what is worded anew here is worded anew there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import col, select

from app.actions.accounts.sessions import SignedIn
from app.actions.administration import wording
from app.actions.administration.reference import NOT_THERE, NotThereError, Shown, Texts
from app.database import reading
from app.models import Attribute, MergedListing, Service, TaxonomyTerm


@dataclass(frozen=True)
class Served:
    """A listing that serves a goal."""

    id: str
    name: str
    closed: bool


@dataclass(frozen=True)
class Goal:
    code: str
    name: str
    listings: Sequence[Served]


def goals(engine: Engine) -> list[Goal]:
    """Every goal, in the order of the question."""
    with reading(engine) as session:
        names = dict(session.exec(select(TaxonomyTerm.code, TaxonomyTerm.name)).all())
        served: dict[str, list[Served]] = defaultdict(list)
        for code, slug, name, status in session.exec(
            select(TaxonomyTerm.code, Service.slug, Service.name, Service.status)
            .join(Attribute, col(Attribute.taxonomy_term_id) == col(TaxonomyTerm.id))
            .join(Service, col(Service.id) == col(Attribute.service_id))
            .where(col(Service.id).not_in(select(MergedListing.service_id)))
            .order_by(col(Service.name))
        ):
            served[code].append(Served(slug, name, status == "closed"))
    order = wording.questions(engine)[wording.GOALS].answer_ids
    return [Goal(code, names[code], served[code]) for code in order if code in names]


def goal(engine: Engine, code: str) -> tuple[Goal, Shown]:
    """The goal with its texts. Raises ``NotThereError``."""
    found = next((one for one in goals(engine) if one.code == code), None)
    if found is None:
        raise NotThereError(NOT_THERE)
    texts = wording.wording(engine, wording.GOALS).shown.texts
    return found, Shown({field: text for field, text in texts.items() if field.startswith(_part(code))})


def change(engine: Engine, who: SignedIn, code: str, typed: Texts, version: str, now: datetime) -> None:
    """Words the goal anew, here and in the question. Raises what ``wording.change`` raises."""
    own = {field: text for field, text in typed.items() if field.startswith(_part(code))}
    wording.change(engine, who, wording.GOALS, own, version, now, subject=f"goal/{code}")


def _part(code: str) -> str:
    return f"answers.{code}."
