"""Ten thousand spam posts against several processes at once: ten reach a person at the most."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from sqlmodel import Session, select

from app.actions.reports.stamps import new_stamp
from app.current import ENGINE
from app.models import ListingReport
from tests.mail_server import mail_server
from tests.torture.real_server import COOKIE, PATIENCE, Server
from tests.web.manage_site import EDITOR, KEY, LISTING, OTHER_LISTING, manage_site

pytestmark = pytest.mark.torture
POSTS, SENDERS, WORKERS = 10_000, 4, 2
TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')


def test_of_ten_thousand_spam_posts_ten_reach_a_person_at_the_most(tmp_path: Path) -> None:
    with mail_server() as box, manage_site(tmp_path) as app:
        mail = f"smtp://127.0.0.1:{box.port}"
        server = Server(tmp_path, WORKERS, SMTP_URL=mail, PROXIES="1")
        server.start()
        try:
            with ThreadPoolExecutor(SENDERS) as pool:
                statuses = sum(pool.map(lambda seed: _flood(server.host, seed), range(SENDERS)), Counter())
        finally:
            # Whoever is ended kindly sends its last letters first.
            server.stop()
        with Session(app.extensions[ENGINE]) as session:
            kept = session.exec(select(ListingReport)).all()
        letters = [box.next() for _ in range(box.letters.qsize())]
    assert sum(statuses.values()) == POSTS
    assert set(statuses) <= {303, 400, 422, 429}
    assert 1 <= len(kept) <= 10
    assert sum(letter["To"] == EDITOR for letter in letters) <= 10


def _flood(host: str, seed: int) -> Counter[int]:
    """From an address of its own each time; some with all that a person's form carries, some again and again."""
    statuses: Counter[int] = Counter()
    connection = HTTPConnection(host, timeout=PATIENCE)
    cookie, token = _opened(connection)
    for slug, fields, address in _spam(Random(seed), token, seed):
        headers = {
            "Cookie": f"session={cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": address,
        }
        connection.request("POST", f"/services/{slug}/report", urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        statuses[answer.status] += 1
    connection.close()
    return statuses


def _opened(connection: HTTPConnection) -> tuple[str, str]:
    """The cookie and the token of a form."""
    connection.request("GET", f"/services/{LISTING}/report")
    answer = connection.getresponse()
    cookie, token = COOKIE.search(answer.headers["Set-Cookie"]), TOKEN.search(answer.read().decode())
    assert cookie
    assert token
    return cookie[1], token[1]


def _spam(dice: Random, token: str, seed: int) -> Iterator[tuple[str, dict[str, str], str]]:
    old_enough = datetime.now(UTC) - timedelta(minutes=1)
    stamps = {slug: new_stamp(KEY, slug, old_enough) for slug in (LISTING, OTHER_LISTING)}
    twists = ({"csrf_token": ""}, {"stamp": "forged"}, {"about": ""}, {"subject_line": "x"}, {"text": "Buy, buy!!"})
    for number in range(POSTS // SENDERS):
        slug = dice.choice([*stamps])
        text = f"Offer {seed}.{number}: <a href=http://spam.example>buy</a>"
        good = {"csrf_token": token, "stamp": stamps[slug], "about": "other", "text": text}
        address = ".".join(str(dice.randrange(1, 224)) for _ in range(4))
        yield slug, {**good, **dice.choice([{}, {}, {}, *twists])}, address
