"""Several people edit the same listings at the same time: nothing that was acknowledged is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from werkzeug.serving import make_server

from tests.torture.many_editors import Editor, State, Step, editors_of, final_states, lost_updates
from tests.web.manage_site import manage_site

CLIENTS, EDITS, LISTINGS = 4, 10, 1


def test_whoever_saves_keeps_it_or_is_told_of_the_other_version(tmp_path: Path) -> None:
    with manage_site(tmp_path) as app:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            editors = editors_of(app, f"127.0.0.1:{server.server_port}", CLIENTS, LISTINGS)
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(_work, editors))
            steps = [step for editor in editors for step in editor.steps]
            assert [fault for editor in editors for fault in editor.faults] == []
            assert lost_updates(steps, final_states(editors[0].browser, steps)) == []
            assert sum(editor.stale for editor in editors) > 0
        finally:
            server.shutdown()


def test_the_log_finds_what_was_lost() -> None:
    place, one, other = ("a-listing", "about"), State({"E1c1"}), State({"E1c2"})
    nothing = State()
    both = [Step(place, nothing, one), Step(place, nothing, other)]
    assert lost_updates(both, {place: other})
    assert lost_updates([Step(place, nothing, one)], {place: nothing})
    assert not lost_updates([Step(place, nothing, one), Step(place, one, other)], {place: other})


def _work(editor: Editor) -> None:
    editor.work(EDITS)
