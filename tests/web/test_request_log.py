"""What people search for stays out of the log."""

import logging
import threading
import urllib.request

import pytest
from werkzeug.serving import make_server

from tests.web.site import seeded_site


def test_the_log_of_requests_has_paths_and_no_queries(caplog: pytest.LogCaptureFixture) -> None:
    server = make_server("127.0.0.1", 0, seeded_site())
    threading.Thread(target=server.handle_request, daemon=True).start()
    with caplog.at_level(logging.INFO, logger="werkzeug"):
        urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/api/v1/search?q=canary+suicidal").read()
    server.server_close()
    lines = [record.getMessage() for record in caplog.records if record.name == "werkzeug"]
    assert any("/api/v1/search" in line for line in lines)
    assert not any("canary" in line for line in lines)
