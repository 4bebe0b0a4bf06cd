"""The directory after somebody wrote hostile texts into everything that it takes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine
from werkzeug.serving import make_server

from app.actions import availability
from app.actions.accounts.links import Invitation, invite
from app.actions.accounts.sessions import SignedIn
from app.actions.availability import Typed
from app.current import ENGINE
from app.models import row_id
from tests.seeds import open_listings, published_seed
from tests.torture.hostile_texts import line, payloads
from tests.torture.hostile_writers import add_meanings, decide, reword_organisations, reword_questions, send, write
from tests.web.manage_site import ADMIN, ORGANISATION, OTHER_ADMIN, manage_site, signed_in_as, signed_in_browser


@dataclass(frozen=True)
class Site:
    app: Flask
    engine: Engine
    address: str
    writer: SignedIn
    admin: SignedIn

    def session(self) -> str:
        return signed_in_browser(self.app, ADMIN).cookie


@contextmanager
def hostile_site(folder: Path) -> Iterator[Site]:
    """Every listing, organisation and question says hostile things in public."""
    with manage_site(folder) as app:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        engine = app.extensions[ENGINE]
        address = f"http://127.0.0.1:{server.server_port}"
        site = Site(app, engine, address, signed_in_as(engine, OTHER_ADMIN), signed_in_as(engine, ADMIN))
        try:
            _write_everywhere(site)
            yield site
        finally:
            server.shutdown()


def _write_everywhere(site: Site) -> None:
    approver = signed_in_browser(site.app, ADMIN)
    for turn, slug in enumerate(sorted(published_seed().listings)):
        write(site.engine, site.writer, slug, turn)
        send(site.engine, site.writer, slug)
        decide(approver, slug, turn, accept=True)
    for turn, listing in enumerate(open_listings()):
        typed = Typed("waiting_list", wait=line(120, turn), note=line(300, turn))
        availability.say(site.engine, site.writer, listing.id, typed, "nothing", datetime.now(UTC))
    reword_organisations(site.engine, site.admin)
    taken, refused = reword_questions(site.engine, site.admin)
    meanings = len(add_meanings(site.engine, site.admin))
    print(f"\n{len(payloads())} texts; words of questions: {taken} taken, {refused} refused; {meanings} meanings taken")
    invitation = Invitation("alert+script'@example.org", "editor", row_id("organization", ORGANISATION))
    invite(site.engine, invitation, datetime.now(UTC), site.admin)
