"""The list of contacts to check: nothing doubtful is missing from it, and nothing sound is in it."""

from pathlib import Path

import yaml

from app.actions.confirm import confirm_before_launch
from app.directory.listing import Listing
from app.directory.urgent import Urgent, urgent_from
from app.exchange.seed.checks import check_seed
from app.exchange.seed.files import read_seed
from tests.exchange.seed_sets import GOOD, OLD, OPEN, OTHER, write_seed

URGENT = """\
notice: {title: Get help, text: Get help now.}
in_full_view: [line]
footer: {line: line, text: "Need to talk? Call"}
lines:
  - id: line
    name: The Line
    for_whom: Anyone.
    summary: Call the line.
    contacts: [{type: phone, value: "111", source: [page]}]
    checked: false
    review: Ring it
    source: [page]
  - id: sure
    name: The Sure Line
    for_whom: Anyone.
    summary: Call it.
    contacts: [{type: phone, value: "222", source: [page]}]
    checked: true
    review: Done.
    source: [page]
danger: {harm: [hurt myself]}
calm: [hurt my back]
review_only: [{id: dark, name: The Dark Line, reason: nobody knows who runs it}]
sources: {page: {page: "https://line.example/", dated: 2024-08, read: 2026-11}}
"""


def urgent() -> Urgent:
    return urgent_from(yaml.load(URGENT, Loader=yaml.BaseLoader))  # noqa: S506


def listings(folder: Path, files: dict[str, str] | None = None) -> dict[str, Listing]:
    seed, problems = check_seed(read_seed(write_seed(folder, {**GOOD, **(files or {})})))
    assert problems == []
    return seed.listings


def test_a_doubtful_phone_is_listed_with_where_it_was_seen(tmp_path: Path) -> None:
    text = confirm_before_launch(listings(tmp_path), urgent())
    assert (
        "- [ ] Phone: **020 7946 0000**. Only in one of the published papers. "
        "Seen: paper 000, slide 2 (dated 3 February 2025, read November 2026)."
    ) in text


def test_what_is_missing_is_listed_with_what_stands_in_for_it(tmp_path: Path) -> None:
    text = confirm_before_launch(listings(tmp_path), urgent())
    instead = "What we give instead: https://door.example/; through `other-door`."
    assert f"- [ ] No address for the public is known. {instead}" in text
    assert "- [ ] No phone number for the public is known. Nothing stands in for it." in text


def test_a_sound_phone_is_not_listed(tmp_path: Path) -> None:
    sound = GOOD[OPEN].replace("grade: seed_only", "grade: official")
    assert "020 7946 0000" not in confirm_before_launch(listings(tmp_path, {OPEN: sound}), urgent())


def test_an_old_address_of_a_closed_listing_comes_last(tmp_path: Path) -> None:
    contact = "contacts:\n  - {type: address, value: 1 Old Street, old: true, source: [page]}\nsources:"
    text = confirm_before_launch(listings(tmp_path, {OLD: GOOD[OLD].replace("sources:", contact)}), urgent())
    assert "1 Old Street" in text
    assert text.index("### Open Door") < text.index("## Closed listings") < text.index("### Old Door")


def test_a_number_for_professionals_does_not_stand_in_for_one_for_the_public(tmp_path: Path) -> None:
    contact = "contacts:\n  - {type: phone, value: 123, audience: professionals, source: [page]}\nsources:"
    files = {OTHER: GOOD[OTHER].replace("sources:", contact.replace("123", '"123"'))}
    text = confirm_before_launch(listings(tmp_path, files), urgent())
    assert text.count("No phone number for the public") == 1


def test_crisis_lines_come_first_and_those_checked_are_left_out(tmp_path: Path) -> None:
    text = confirm_before_launch(listings(tmp_path), urgent())
    assert text.index("### The Line") < text.index("## Open listings")
    assert "Ring it." in text
    assert "- [ ] The Dark Line. Nobody knows who runs it." in text
    assert "The Sure Line" not in text


def test_a_phone_that_somebody_told_us_of_says_who(tmp_path: Path) -> None:
    told = GOOD[OPEN].replace('{paper: "000", at: slide 2, dated: 2025-02-03', "{said_by: helpers, dated: 2026-11-22")
    text = confirm_before_launch(listings(tmp_path, {OPEN: told}), urgent())
    assert "Seen: told by `helpers` (22 November 2026)." in text
