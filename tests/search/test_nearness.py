"""Distance from a postcode orders what is about equally good, and never decides what is found."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from app.actions.find import find
from app.actions.today import today
from app.catalogue import Catalogue, make_catalogue
from app.directory.addresses import addresses_of
from app.directory.listing import Contact, Listing
from app.directory.postcodes import Position
from app.exchange.rows import Published
from app.search.query import read_query
from app.search.ranking import Wish, loose_scores, read, scores
from tests.seeds import ROOT, published_seed, seed_catalogue

PHRASES = [
    str(query["q"])
    for query in yaml.safe_load((ROOT / "tests" / "search" / "judged_queries.yaml").read_text(encoding="utf-8"))
]
DAY = date(2026, 11, 1)
UPPER_STREET, FINCHLEY = "N1 1XR", "N3 2AA"


def address(value: str, *, old: bool = False) -> Contact:
    return Contact(type="address", value=value, old=old, source=("page",))


def place(sector: str) -> Position:
    middle = seed_catalogue().sectors[sector].middle
    assert middle
    return middle


def with_contacts(id_: str, name: str, *contacts: Contact) -> Listing:
    update = {"id": id_, "name": name, "aliases": (), "contacts": contacts}
    return published_seed().listings["iwork"].model_copy(update=update)


@pytest.fixture(scope="module")
def quiet_desks(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue with three more services that differ in nothing but where they are."""
    seed = published_seed()
    more = [
        with_contacts("quiet-desk-a", "Red Quiet Desk", address(f"1 High Street, London {FINCHLEY}")),
        with_contacts(
            "quiet-desk-b", "Green Quiet Desk", Contact(type="phone", value="020 7946 0000", source=("page",))
        ),
        with_contacts("quiet-desk-c", "Blue Quiet Desk", address(f"1 High Street, London {UPPER_STREET}")),
    ]
    listings = {**seed.listings, **{listing.id: listing for listing in more}}
    folder: Path = tmp_path_factory.mktemp("index")
    return make_catalogue(Published(1, listings, seed.organisations, seed.reference), folder)


@pytest.mark.parametrize(
    ("near", "order"),
    [
        (None, "abc"),
        ("N1 1", "cab"),  # A is over 8 km away, and comes before B by its id alone
        ("N3 2", "abc"),
        ("EN3 4", "abc"),  # far from both
        ("N19 5", "cab"),  # C is at 3 km, A at 6: both gain, C more
    ],
)
def test_of_services_that_are_equally_good_the_nearer_comes_first(
    quiet_desks: Catalogue, near: str | None, order: str
) -> None:
    found = find(quiet_desks, "quiet desk", None, 3, DAY, near=place(near) if near else None)
    assert [id_[-1] for id_ in found.results] == list(order)


@pytest.mark.parametrize("near", ["N1 1", "NW2 2", "EN3 7"])
def test_nobody_loses_by_a_postcode_and_who_is_near_gains_a_little(near: str) -> None:
    search, open_ids = seed_catalogue().search, seed_catalogue().open_on(today())
    gained = set()
    for phrase in PHRASES:
        plain, placed = (
            read(search, read_query(phrase), Wish(None, open_ids, near=one)) for one in (None, place(near))
        )
        for score in (scores, loose_scores):
            before, after = score(search, plain), score(search, placed)
            assert before.keys() == after.keys(), phrase
            changed = {id_ for id_ in before if before[id_] != after[id_]}
            assert all(search.entries[id_].places for id_ in changed)
            assert all(before[id_] < after[id_] <= 1.09 * before[id_] for id_ in changed)
            gained |= changed
    assert bool(gained) is (near != "EN3 7"), "there is no address near Enfield Lock"


@pytest.mark.parametrize("phrase", [*PHRASES[::8], "", "qwertyuiop", "N1 1XR"])
@pytest.mark.parametrize("borough", [None, "islington", "barnet"])
def test_nothing_vanishes_because_somebody_said_where_they_are(phrase: str, borough: str | None) -> None:
    before = find(seed_catalogue(), phrase, borough, 500)
    after = find(seed_catalogue(), phrase, borough, 500, near=place("N1 1"))
    assert set(after.results) == set(before.results)
    assert (after.notices, after.relaxed) == (before.notices, before.relaxed)


@pytest.mark.parametrize(("typed", "first"), [("WorkWell", "workwell-ncl"), ("Barnet BOOST", "barnet-boost")])
def test_what_is_searched_for_by_name_stays_first(typed: str, first: str) -> None:
    assert find(seed_catalogue(), typed, None, 1, near=place("N1 1")).results == (first,)


def test_a_listing_lies_where_the_postcodes_of_its_addresses_are() -> None:
    places = {id_: set(entry.places) for id_, entry in seed_catalogue().search.entries.items()}
    assert places["iwork"] == {place("N1 1")}
    assert places["access-islington-hubs"] == {place("N1 1"), place("N7 6")}
    assert places["workwell-ncl"] == set(), "it has no address"
    assert places["euston-skills-centre"] == set(), "its address has no postcode"


@pytest.mark.parametrize(
    ("contacts", "known"),
    [
        ((address("1 High Street, N1 1XR"),), [("N1 1", False)]),
        ((address("1 High Street, N1 1XR", old=True),), [("N1 1", True)]),
        ((address("1 High Street, N1 1XR", old=True), address("N7 6LA")), [("N7 6", False)]),
        ((address("1 High Street, M1 1AA"),), []),
        ((address("N1 1XR").model_copy(update={"audience": "professionals"}),), []),
        ((Contact(type="ask", value="Ask at N1 1XR.", source=("page",)),), []),
        ((), []),
    ],
)
def test_which_addresses_count(contacts: tuple[Contact, ...], known: list[tuple[str, bool]]) -> None:
    found = addresses_of(with_contacts("desk", "Desk", *contacts), seed_catalogue().sectors)
    assert [(one.position, one.old) for one in found] == [(place(sector), old) for sector, old in known]
