"""How fresh listings are, and which contacts were checked, from the rows of their tables."""

from sqlmodel import Session, col, select

from app.directory.contact_checks import ContactCheck
from app.directory.freshness import Freshness
from app.models import ContactCheck as ContactCheckRow
from app.models import Service


def freshness_of(service: Service) -> Freshness:
    return Freshness.model_validate(service.model_dump(include=set(Freshness.model_fields)))


def read_freshness(session: Session) -> dict[str, Freshness]:
    """Of every listing, by its slug."""
    services = session.exec(select(Service).order_by(col(Service.slug))).all()
    return {service.slug: freshness_of(service) for service in services}


def read_contact_checks(session: Session) -> dict[str, ContactCheck]:
    """What was found out last, by the key of what was checked (``contact_key``, ``crisis_key``)."""
    rows = session.exec(select(ContactCheckRow).order_by(col(ContactCheckRow.item))).all()
    return {row.item: check_of(row) for row in rows}


def check_of(row: ContactCheckRow) -> ContactCheck:
    return ContactCheck.model_validate(row.model_dump(include=set(ContactCheck.model_fields)))
