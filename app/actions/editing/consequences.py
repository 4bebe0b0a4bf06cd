"""What a change of one listing would do to others: nobody may be led to a closed door."""

from sqlmodel import Session

from app.actions.editing.errors import EditError
from app.directory.listing import Listing
from app.exchange.rows import read_reference, read_standing


def refuse_dead_ends(session: Session, live: Listing, new: Listing) -> None:
    """Raises ``EditError`` where a listing is closed to which others still send people."""
    if new.status != "closed" or live.status == "closed":
        return
    senders = [
        other.name for other in read_standing(session).values() if other.id != new.id and _sends_to(other, new.id)
    ]
    if senders:
        names = ", ".join(senders)
        raise EditError(f"These listings send people to {live.name}: {names}. Change them first, and then close it.")
    if new.id in _human_routes(session):
        raise EditError(f"{live.name} is one of the places where anybody can ask. It cannot be closed here.")


def _sends_to(other: Listing, slug: str) -> bool:
    """What took over from a closed listing may have closed since: that is history."""
    if slug in other.see_instead:
        return True
    doors = {door.service for door in other.reach_through}
    return other.status != "closed" and slug in doors.union(other.successors)


def _human_routes(session: Session) -> frozenset[str]:
    routes = read_reference(session)["questions"]["human_routes"]
    return frozenset((*routes["for_everybody"], *routes["where_it_fits"]))
