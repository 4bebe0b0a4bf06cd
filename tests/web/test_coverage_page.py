"""The page that says who is served where, as the directory team reads it, and the table that is taken out."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from io import StringIO

import pytest
from flask import Flask

from app.actions import coverage_map
from app.actions.coverage_counts import Cell
from app.actions.coverage_map import CoverageMap
from app.catalogue import Catalogue
from app.current import CATALOGUE
from app.web.admin.coverage import MAPS, told
from tests.web.account_site import Browser
from tests.web.checker import Page, problems
from tests.web.manage_site import ADMIN, EDITOR, manage_site, signed_in_browser

PAGE, TABLE = "/admin/coverage", "/admin/coverage.csv"
DAY, IN_2016 = "?as_of=2026-11-22", "?as_of=2016-02-01"
CELL = re.compile(r'<td class="app-band app-band--(\w+)">(.*?)</td>', re.DOTALL)
SPAN = re.compile(r'<span class="app-map__(?:line|where)">(.*?)</span>')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with manage_site(tmp_path_factory.mktemp("coverage")) as app:
        yield app


@pytest.fixture
def admin(site: Flask) -> Browser:
    return signed_in_browser(site, ADMIN)


def rows(admin: Browser, query: str = DAY) -> list[dict[str, str]]:
    answer = admin.get(f"{TABLE}{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.get_data().decode("utf-8-sig"))))


def test_the_team_reads_first_that_nobody_ends_at_a_dead_end(site: Flask, admin: Browser) -> None:
    answer = admin.get(f"{PAGE}{DAY}")
    assert answer.status_code == 200
    assert problems(answer.text, site) == []
    text = Page(answer.text).text
    proof = "Nobody ends at a dead end on 22 November 2026: whatever people answer, there is somebody to talk to."
    assert (
        text.index(proof) < text.index("How to read the numbers") < text.index("Are any of these part of their life?")
    )


def test_the_tables_have_captions_and_headers_for_every_row_and_column(admin: Browser) -> None:
    page = Page(admin.get(f"{PAGE}{DAY}").text)
    tables = len(page.all("table"))
    assert tables == len(page.all("caption")) == 4
    scopes = [header.get("scope") for header in page.all("th")]
    assert scopes.count("col") == 7 * tables
    assert scopes.count("row") == len(page.all("tr")) - tables
    assert len(page.all("td")) == 6 * scopes.count("row")


def test_every_box_says_in_words_and_numbers_what_its_shade_says(admin: Browser) -> None:
    html = admin.get(f"{PAGE}{DAY}").text
    boxes = [(band, SPAN.findall(body)) for band, body in CELL.findall(html)]
    assert {band for band, _ in boxes} == {"none", "few", "many", "most"}
    for band, (place, *lines) in boxes:
        assert place in {"Barnet", "Camden", "Enfield", "Haringey", "Islington", "Somewhere else"}
        share = re.search(r"\d+(?=%)", lines[0])
        number = int(share[0]) if share else 0
        assert band == ("most" if number >= 90 else "many" if number >= 50 else "few" if number else "none"), lines
        assert re.fullmatch(r"\d+ in all: \d+%", lines[-1])
        assert len(lines) == 1 or re.fullmatch(r"None names them|1 names them: \d+%|\d+ name them: \d+%", lines[0])


def test_the_table_taken_out_has_the_same_numbers(admin: Browser) -> None:
    html = admin.get(f"{PAGE}{DAY}").text
    boxes = [tuple(SPAN.findall(body)) for _, body in CELL.findall(html)]
    table = [row for row in rows(admin) if row["Where they live"]]
    assert len(boxes) == len(table) > 200
    for (place, *lines), row in zip(boxes, table, strict=True):
        assert place == row["Where they live"]
        assert lines[-1] == f"{row['Programmes in all']} in all: {row['Share that any serves']}"
        named = row["Programmes that name them"]
        if len(lines) == 2 and named != "0":
            assert lines[0].replace("names", "name") == f"{named} name them: {row['Share that these serve']}"
        else:
            assert named == ("0" if len(lines) == 2 else "")


def test_the_groups_without_a_programme_stand_on_both_with_what_would_close_the_gap(admin: Browser) -> None:
    text = " ".join(unescape(Page(admin.get(f"{PAGE}{DAY}").text).text).split())
    gaps = [row for row in rows(admin) if not row["Where they live"]]
    assert len(gaps) > 5
    for gap in gaps:
        of_all = f"{gap['People']}. That is {gap['Share of all people']} of people."
        assert f"{of_all} {gap['What would close the gap']}" in text
    assert any("would serve about" in gap["What would close the gap"] for gap in gaps)


def test_an_earlier_day_is_as_it_was_and_the_table_is_of_the_same_day(site: Flask, admin: Browser) -> None:
    answer = admin.get(f"{PAGE}{IN_2016}")
    assert problems(answer.text, site) == []
    assert "1 February 2016" in Page(answer.text).text
    assert f'href="{TABLE}{IN_2016}"' in answer.text
    assert {row["Day"] for row in rows(admin, IN_2016)} == {"2016-02-01"}
    taken = admin.get(f"{TABLE}{IN_2016}")
    assert taken.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="coverage-2016-02-01.csv"' in taken.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("soon", "Write the day like this: 2026-11-22."),
        ("<b>", "Write the day like this: 2026-11-22."),
        ("2001-01-01", "The directory knows nothing of the time before"),
    ],
)
def test_a_day_that_will_not_do_is_said_to_be_so(site: Flask, admin: Browser, day: str, sentence: str) -> None:
    answer = admin.get(f"{PAGE}?as_of={day}")
    assert answer.status_code == 422
    assert problems(answer.text, site) == []
    assert sentence in Page(answer.text).text
    assert 'href="#as_of"' in answer.text
    assert "<table" not in answer.text
    taken = admin.get(f"{TABLE}?as_of={day}")
    assert (taken.status_code, taken.mimetype) == (422, "text/plain")
    assert sentence in taken.text


def test_the_day_is_today_where_none_is_named(admin: Browser) -> None:
    assert admin.get(PAGE).status_code == 200
    assert admin.get(f"{PAGE}?as_of=").status_code == 200


def test_a_map_is_worked_out_once_until_the_catalogue_changes(
    site: Flask, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[date] = []
    real = coverage_map.coverage_map

    def counted(catalogue: Catalogue, day: date) -> CoverageMap:
        made.append(day)
        return real(catalogue, day)

    monkeypatch.setattr(coverage_map, "coverage_map", counted)
    for _ in range(2):
        admin.get(f"{PAGE}?as_of=2025-05-05")
        admin.get(f"{TABLE}?as_of=2025-05-05")
    assert len(made) == 1
    site.extensions[CATALOGUE]._held = None
    admin.get(f"{PAGE}?as_of=2025-05-05")
    assert len(made) == 2


def test_the_team_finds_the_page_and_editors_do_not_open_it(site: Flask, admin: Browser) -> None:
    assert f'href="{PAGE}"' in admin.get("/admin").text
    assert signed_in_browser(site, EDITOR).get(PAGE).status_code == 403
    assert signed_in_browser(site, EDITOR).get(TABLE).status_code == 403


def test_a_spreadsheet_calculates_nothing(site: Flask, admin: Browser) -> None:
    query, day = "?as_of=2025-06-06", date(2025, 6, 6)
    admin.get(f"{PAGE}{query}")
    kept = site.extensions[MAPS]
    table = replace(kept._maps[day].tables[0], caption="=HYPERLINK(1)")
    kept._maps[day] = replace(kept._maps[day], tables=(table,))
    assert {row["Table"] for row in rows(admin, query) if row["Where they live"]} == {"'=HYPERLINK(1)"}


def test_a_box_with_nothing_in_it_says_so() -> None:
    assert told(Cell(0, None, 0, None)) == ("None names them", "None in all: not known")
    assert told(Cell(1, 0.004, 2, 1.0)) == ("1 names them: under 1%", "2 in all: 100%")
