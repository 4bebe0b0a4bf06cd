"""How fresh a page is, in words: what we read, what they told us, and what they confirmed are three things."""

from datetime import UTC, datetime

import pytest

from app.directory.freshness import Freshness
from app.directory.listing import Contact, Fact, Listing
from app.directory.sources import Source
from app.web.find.freshness_words import as_lines, in_a_word, in_short, overdue_words

LATE_IN_JULY = datetime(2026, 7, 21, 23, 30, tzinfo=UTC)
"""In London it is the 22nd."""
THEIRS = Freshness(assured_at=LATE_IN_JULY, assured_by="organisation", imported_at=datetime(2026, 6, 1, tzinfo=UTC))
OURS = THEIRS.model_copy(update={"assured_by": "directory_team"})
NEVER = Freshness(imported_at=datetime(2026, 6, 1, tzinfo=UTC))


def listing(status: str, dates: list[str | None], *contacts: str) -> Listing:
    """A listing whose status is known from pages of these dates, and of which a newer page tells other things."""
    pages = {
        f"page{at}": {"page": "https://a.example", "dated": dated, "read": "2026-11"} for at, dated in enumerate(dates)
    }
    return Listing.model_validate(
        {
            "id": "a-service",
            "name": "A service",
            "role": "programme",
            "summary": "It helps.",
            "area": "ncl",
            "status": status,
            "status_note": {"text": "It runs.", "source": list(pages)},
            "contacts": [Contact.model_validate({"type": one, "value": "1", "source": ["page0"]}) for one in contacts],
            "sources": {**pages, "other": {"page": "https://b.example", "dated": "2026-10", "read": "2026-11"}},
        }
    )


def told(by: str, status: str = "live") -> Listing:
    known = listing(status, ["2026-02"])
    said = Source(said_by=by, dated="2026-11-22", read="2026-11-22")
    return known.model_copy(update={"sources": {**known.sources, "said": said}})


@pytest.mark.parametrize(
    ("status", "dates", "words"),
    [
        ("live", ["2025-02-03", "2026-02-26"], "Newest page that says it runs: February 2026. Nobody who runs it"),
        ("live", ["2026", "2026-01"], "Newest page that says it runs: January 2026."),
        ("live", [None, "2026"], "Newest page that says it runs: 2026, with no month."),
        ("live", [None], "The pages we read show no date. Nobody who runs it has confirmed this page."),
        ("check_first", ["2016-01"], "Newest page we go by: January 2016."),
        ("closed", ["2016-01"], "Newest page we go by: January 2016. Nobody who ran it has confirmed this page."),
    ],
)
def test_how_new_the_pages_are_that_we_read(status: str, dates: list[str | None], words: str) -> None:
    assert in_short(listing(status, dates), NEVER).startswith(words)


@pytest.mark.parametrize(
    ("known", "fresh", "page", "words"),
    [
        (
            told("directory"),
            NEVER,
            "Nobody who runs it has confirmed this page.",
            "Not yet. Newest page: February 2026",
        ),
        (
            told("a-charity"),
            NEVER,
            "The people who run it told us a part of this page, last on 22 November 2026. "
            "They have not confirmed all of it.",
            "In part: November 2026",
        ),
        (told("a-charity"), THEIRS, "The people who run it confirmed this page on 22 July 2026.", "22 July 2026"),
        (
            told("a-charity", "closed"),
            THEIRS,
            "The people who ran it confirmed this page on 22 July 2026.",
            "22 July 2026",
        ),
        (
            listing("live", ["2026-02"]),
            OURS,
            "The directory team confirmed this page on 22 July 2026.",
            "22 July 2026, by us",
        ),
    ],
)
def test_who_confirmed_the_page_is_said_once(known: Listing, fresh: Freshness, page: str, words: str) -> None:
    month = f"Newest page {'we go by' if known.status == 'closed' else 'that says it runs'}: February 2026."
    assert in_short(known, fresh) == f"{month} {page}"
    assert in_a_word(known, fresh) == words
    assert as_lines(known, fresh)["Confirmed"] == page


def test_a_status_that_is_known_by_word_alone_has_no_newest_page() -> None:
    by_word = told("directory").model_copy(update={"status_note": Fact(text="It runs.", source=("said",))})
    assert in_short(by_word, NEVER) == "Nobody who runs it has confirmed this page."
    assert in_a_word(by_word, NEVER) == "Not yet"
    assert list(as_lines(by_word, NEVER)) == ["Confirmed", "Last changed", "Put here"]


def test_the_three_dates_stand_apart() -> None:
    changed = THEIRS.model_copy(update={"changed_at": datetime(2026, 9, 1, tzinfo=UTC)})
    dates = as_lines(listing("live", [None]), changed)
    assert dates == {
        "Confirmed": "The people who run it confirmed this page on 22 July 2026.",
        "Last changed": "1 September 2026.",
        "Put here": "1 June 2026. We wrote it from the pages under “Where each fact comes from”.",
        "Newest page that says it runs": "The pages show no date.",
    }
    nothing = as_lines(listing("live", ["2026"]), Freshness())
    assert (nothing["Last changed"], nothing["Put here"]) == ("Not since it was put here.", "We have no date.")


@pytest.mark.parametrize(
    ("contacts", "fresh", "words"),
    [
        (["web", "phone"], THEIRS, "Nobody has confirmed what we say here since 22 July 2026. * Ring before you go."),
        (["web"], OURS, "Nobody has confirmed what we say here since 22 July 2026. * Get in touch before you go."),
        (
            [],
            NEVER,
            "Nobody has confirmed what we say here. We put it here on 1 June 2026. * Ask before you go.",
        ),
    ],
)
def test_what_was_not_confirmed_in_time_says_since_when_and_what_to_do(
    contacts: list[str], fresh: Freshness, words: str
) -> None:
    known = listing("live", ["2026-02"], *contacts)
    assert overdue_words(known, fresh) == words.replace("*", "Some of it may have changed.")
