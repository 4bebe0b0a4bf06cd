"""The page of words that were searched in vain: each is added in one step, or set aside."""

from pathlib import Path
from time import sleep

from sqlmodel import select

from app.actions.little_found import HASHED
from app.catalogue import FRESH_FOR
from app.current import ENGINE, LITTLE_FOUND
from app.database import reading
from app.models import LittleFoundSearch
from tests.web.checker import Page, problems
from tests.web.words_site import words_site

ADDRESS = "/admin/searches"
JOB = "find a job"
TYPING = {"HX-Request": "true"}


def test_typing_counts_once_it_stands_still(tmp_path: Path) -> None:
    """Letter by letter, one search would be many; and what a browser says of a search is looked at again."""
    with words_site(tmp_path) as (app, _):
        public = app.test_client()

        def rows() -> list[tuple[bool, int]]:
            app.extensions[LITTLE_FOUND].write()
            with reading(app.extensions[ENGINE]) as session:
                found = session.exec(select(LittleFoundSearch)).all()
            return sorted((row.word.startswith(HASHED), row.times) for row in found)

        typed = [public.get(f"/services?q={text}", headers=TYPING).text for text in ("zum", "zumb", "zumba")]
        assert rows() == []
        assert "data-in-vain" in typed[-1]
        for text in ("zumba", "zumba@example.org", "zumba 1965"):
            assert public.post("/services/found", data={"q": text}).status_code == 204
        public.get("/services?q=zumba", headers={"User-Agent": "Googlebot/2.1"})
        assert rows() == [(True, 1)]


def test_words_searched_in_vain_are_added_refused_and_set_aside(tmp_path: Path) -> None:
    with words_site(tmp_path) as (app, admin):
        assert "Nothing was searched in vain in the last 30 days" in admin.get(ADDRESS).text
        public = app.test_client()
        for number in range(9):
            for word in ("zumba", "sclerosis", "skydiving"):
                public.get(f"/services?q={word}", environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
        app.extensions[LITTLE_FOUND].write()
        shown = admin.get(f"{ADDRESS}?days=7")
        text = " ".join(Page(shown.text).text.split())
        assert "zumba 10 searches" in text
        assert 'href="/services?q=zumba"' in shown.text
        assert 'href="/admin/synonyms/new?say=zumba"' in shown.text
        assert "Searched in vain" in admin.get("/admin").text

        told_at_the_command_line = app.test_cli_runner().invoke(args=["searches", "little-found"]).output
        assert "    10  zumba" in told_at_the_command_line.splitlines()

        refused = admin.send(ADDRESS, ADDRESS, word="zumba", days="7", act="add", means="")
        assert refused.status_code == 422
        assert "zumba: Choose what it means." in Page(refused.text).text
        assert 'href="#means-zumba"' in refused.text
        twice = admin.send(ADDRESS, ADDRESS, word="zumba", act="add", means="no such meaning")
        assert twice.status_code == 404
        added = admin.send(ADDRESS, ADDRESS, word="zumba", days="7", act="add", means=JOB)
        assert (added.status_code, added.location) == (303, f"{ADDRESS}?days=7")
        told = admin.get(added.location)
        assert "“zumba” stands under “find a job” now." in told.text
        assert 'value="zumba"' not in told.text
        gone = admin.send(ADDRESS, ADDRESS, word="zumba", act="aside")
        assert (gone.status_code, "This word is not in the list any more." in gone.text) == (409, True)
        assert admin.send(ADDRESS, ADDRESS, word="skydiving", act="aside").status_code == 303
        assert 'value="skydiving"' not in admin.get(ADDRESS).text

        sleep(FRESH_FOR)
        assert "Nothing matches" not in Page(public.get("/services?q=zumba").text).text
        trail = " ".join(Page(admin.get("/admin/audit").text).text.split())
        assert "Searched word set aside: skydiving" in trail
        for answer in (shown, refused, gone, told):
            assert problems(answer.text, app) == []
            assert answer.headers["Cache-Control"] == "no-store"
