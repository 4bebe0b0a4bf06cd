"""How much listings are used: what is counted, for whom, and how it is shown to those who look after them."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select

from app.actions.today import today
from app.actions.use import KINDS, UseCounts
from app.current import ENGINE, USE
from app.database import reading, writing
from app.models import ListingUse, Service, row_id
from tests.web.account_site import Browser
from tests.web.checker import problems
from tests.web.manage_site import ADMIN, EDITOR, LISTING, OTHER_LISTING, manage_site, signed_in_browser
from tests.web.site import BACK_PAIN, Visitor

ONE = f"/services/{LISTING}"
TYPING = {"HX-Request": "true"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


def counted(site: Flask) -> dict[str, Counter[str]]:
    """For each kind, how often which listing."""
    use: UseCounts = site.extensions[USE]
    use.write()
    found: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    with reading(site.extensions[ENGINE]) as session:
        joined = select(Service.slug, ListingUse).where(ListingUse.service_id == Service.id)
        for slug, row in session.exec(joined):
            found[row.kind][slug] += row.times
    return found


def used(site: Flask, slug: str, *times: int) -> None:
    """So many times it was read: today, yesterday and so on."""
    use: UseCounts = site.extensions[USE]
    for ago, number in enumerate(times):
        day = today().fromordinal(today().toordinal() - ago)
        with writing(site.extensions[ENGINE]) as session:
            session.add(ListingUse(day=day, service_id=row_id("service", slug), kind="read", times=number))
    use.write()


def test_what_somebody_does_is_counted_once_for_what_it_is(site: Flask) -> None:
    visitor = Visitor(site)
    visitor.get("/services?q=workwell")
    visitor.get("/services?q=workwell&page=99")
    visitor.get(ONE)
    visitor.get(f"{ONE}/print")
    visitor.get(f"{ONE}/referral")
    answer = visitor.post(f"{ONE}/copied")
    assert (answer.status_code, answer.data, answer.headers.getlist("Set-Cookie")) == (204, b"", [])
    visitor.go_through(BACK_PAIN)
    found = counted(site)
    assert found["found"][LISTING] == 2
    assert found["read"] == {LISTING: 1}
    assert found["copied"] == {LISTING: 1}
    assert sorted(found["recommended"].values()) == [1, 1, 1]


def test_results_that_change_while_somebody_types_count_once_they_stand_still(site: Flask) -> None:
    client = site.test_client()
    for typed in ("w", "wo", "work", "workw"):
        assert LISTING in client.get(f"/services?q={typed}", headers=TYPING).text
    assert not counted(site)["found"]
    assert client.post("/services/found", data={"id": [LISTING, LISTING, "nowhere"]}).status_code == 204
    assert counted(site)["found"] == {LISTING: 1}
    many = [*site.extensions["catalogue"].get().listings]
    client.post("/services/found", data={"id": many})
    assert counted(site)["found"].total() == 1 + 20


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"User-Agent": "SomeCrawler/1.0"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
)
def test_robots_and_pages_fetched_ahead_are_not_counted(site: Flask, headers: dict[str, str]) -> None:
    client = site.test_client()
    for address in (ONE, "/services?q=workwell"):
        assert client.get(address, headers=headers).status_code == 200
    client.post(f"{ONE}/copied", headers=headers)
    assert not any(counted(site).values())


def test_nothing_is_counted_of_what_is_not_there_or_comes_from_elsewhere(site: Flask) -> None:
    client = site.test_client()
    assert client.head(ONE).status_code == 200
    assert client.get("/services/nowhere").status_code == 404
    assert client.post("/services/nowhere/copied").status_code == 404
    for address in (f"{ONE}/copied", "/services/found"):
        elsewhere = client.post(address, data={"id": LISTING}, headers={"Sec-Fetch-Site": "cross-site"})
        assert elsewhere.status_code == 403
    assert not any(counted(site).values())
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 9; CUBOT X19)"}
    client.get(ONE, headers=phone)
    assert counted(site)["read"] == {LISTING: 1}


def test_whoever_looks_after_a_listing_sees_its_days_with_small_numbers_hidden(site: Flask) -> None:
    used(site, LISTING, 43, 4, 0, 12, 22)
    browser = signed_in_browser(site, EDITOR)
    month = browser.get(f"/manage/{LISTING}/use")
    assert problems(month.text, site) == []
    text = month.text
    assert "Read: 80" in text
    assert [row.split("</td>")[0] for row in text.split("<td>")[1:]][:6] == ["45", "*", "0", "10", "20", "0"]
    assert text.count("<td>") == 30
    assert text.count("app-use__bar--hidden") == 1
    assert text.count('<rect class="app-use__bar') == 4
    assert "1 day has from 1 to 7." in text
    assert "Not once in these 30 days." in text
    assert not any(bare in text for bare in (">43<", ">4<", ">81<", ">22<"))
    assert browser.get(f"/manage/{LISTING}/use?days=90").text.count("<td>") == 90
    assert browser.get(f"/manage/{LISTING}/use?days=5000").text == text


def test_the_team_sees_all_listings_by_any_kind_and_takes_the_numbers_out(site: Flask) -> None:
    used(site, LISTING, 12, 13)
    used(site, OTHER_LISTING, 4)
    admin = signed_in_browser(site, ADMIN)
    by_name, by_read = admin.get("/admin/use"), admin.get("/admin/use?by=read")
    for answer in (by_name, by_read):
        assert problems(answer.text, site) == []
    assert sorted(names(by_name), key=str.casefold) == sorted(names(by_read), key=str.casefold)
    assert names(by_read)[:2] == [LISTING, OTHER_LISTING]
    assert names(admin.get("/admin/use?by=nonsense")) == names(by_name)
    lines = list(csv.reader(StringIO(admin.get("/admin/use.csv").text.removeprefix("\ufeff"))))
    table = {line[0]: line[2:] for line in lines}
    assert table["listing"][1] == "read in 30 days"
    assert table[LISTING] == ["0", "25", "0", "0"]
    assert table[OTHER_LISTING] == ["0", "*", "0", "0"]
    assert len(table) == len(names(by_name)) + 1


def names(answer: object) -> list[str]:
    """The listings on the page of all, in their order."""
    text: str = answer.text  # type: ignore[attr-defined]
    return [part.split("/use")[0] for part in text.split('href="/manage/')[1:] if "/use" in part[:80]]


def test_nothing_of_who_asked_is_kept(site: Flask) -> None:
    Browser(site, address="192.0.2.77").get(f"{ONE}?j=canary")
    counted(site)
    with reading(site.extensions[ENGINE]) as session:
        row = session.exec(select(ListingUse)).one()
    assert row.model_dump() == {
        "day": today(),
        "service_id": row_id("service", LISTING),
        "kind": "read",
        "times": 1,
    }
