"""What readers are told of a contact: what its listing says, what somebody found out, and who confirmed the page."""

from datetime import UTC, date, datetime

from app.directory.contact_checks import ContactCheck, contact_key
from app.directory.freshness import Freshness
from app.directory.known_contacts import check_of_contact, known_listings, may_be_old
from app.web.words import doubt
from tests.seeds import seed_catalogue

NEVER = Freshness()
CONFIRMED = Freshness(assured_at=datetime(2026, 11, 22, tzinfo=UTC), assured_by="organisation")
WRONG = ContactCheck(outcome="wrong", how="rang", checked_on=date(2026, 11, 22))


def test_who_confirmed_the_page_confirmed_its_contacts_and_a_check_that_found_one_wrong_stays() -> None:
    listing = seed_catalogue().listings["barnet-boost"]
    old = next(contact for contact in listing.contacts if contact.old)
    wrong = {contact_key(listing.id, old.type, old.value): WRONG}

    def told(checks: dict[str, ContactCheck], fresh: Freshness) -> tuple[bool, bool, bool]:
        known = known_listings({listing.id: listing}, checks, {listing.id: fresh})[listing.id]
        contact = next(one for one in known.contacts if one.value == old.value)
        return bool(doubt(contact)), may_be_old(contact), check_of_contact(contact) == WRONG

    assert told({}, NEVER) == (True, True, False)
    assert told({}, CONFIRMED) == (False, False, False)
    assert told(wrong, CONFIRMED)[1:] == (True, True)
