"""How far a service is from a postcode, as a search result says it: roughly, since both are known by sector alone."""

from app.directory.addresses import addresses_of
from app.directory.listing import Listing
from app.directory.postcodes import UNKNOWN, Sectors


def distance(listing: Listing, sectors: Sectors, near: str) -> str:
    """ "About 2 km from N19 5", in a straight line to the nearest address; empty where either place is not known."""
    middle = sectors.get(near, UNKNOWN).middle
    addresses = addresses_of(listing, sectors)
    if middle is None or not addresses:
        return ""
    metres = min(middle.metres_to(address.position) for address in addresses)
    roughly = "Less than 1 km" if metres < 1_000 else f"About {round(metres / 1_000)} km"
    doubt = " (old address: check)" if addresses[0].old else ""
    return f"{roughly} from {near}{doubt}"
