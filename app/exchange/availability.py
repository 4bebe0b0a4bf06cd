"""What providers say of today, from the rows of its table."""

from sqlmodel import Session, col, select

from app.directory.availability import Availability
from app.models import Availability as AvailabilityRow
from app.models import Service


def availability_of(row: AvailabilityRow) -> Availability:
    return Availability.model_validate(
        {
            "state": row.state,
            "wait": row.wait or "",
            "note": row.note or "",
            "until": row.until,
            "said_at": row.said_at,
        }
    )


def read_availability(session: Session) -> dict[str, Availability]:
    """What was said last of each service, by its slug; those of which nothing was said are left out."""
    of = col(Service.id) == col(AvailabilityRow.service_id)
    rows = session.exec(select(Service.slug, AvailabilityRow).join(Service, of).order_by(col(Service.slug)))
    return {slug: availability_of(row) for slug, row in rows}
