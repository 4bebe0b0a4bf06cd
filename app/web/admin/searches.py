"""Words that were searched in vain: each is put under its meaning in one step, or set aside."""

from dataclasses import dataclass

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.administration.reference import FaultsError, MovedError
from app.actions.administration.searches import (
    LONGEST_TIME,
    NotSearchedError,
    add_to_meaning,
    searched_in_vain,
    set_aside,
)
from app.current import current_engine, current_settings
from app.directory.small_numbers import shown

from ..account.access import now, signed_in_person
from ..page import page
from .home import blueprint as blueprint

TIMES = (7, 30, LONGEST_TIME)
"""Days that the page can look back; the second is the usual one."""
FASTER = "Somebody else changed this meaning at the same moment. Press “Add” again."


@dataclass(frozen=True)
class Tried:
    """What somebody tried to do with a word, and why it could not be done."""

    word: str
    means: str
    sentence: str
    status: int

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(sentence, field id), for the summary at the top."""
        return [(f"{self.word}: {self.sentence}", "words" if self.is_gone else f"means-{self.word}")]

    @property
    def is_gone(self) -> bool:
        return self.sentence == NotSearchedError().message


@blueprint.get("/searches")
def searches() -> Response:
    return _list(_days(request.args.get("days", "")))


@blueprint.post("/searches")
def deal_with_search() -> AnyResponse:
    """Puts one word under a meaning, or sets it aside."""
    word, means = request.form.get("word", ""), request.form.get("means", "")
    days, engine, who = _days(request.form.get("days", "")), current_engine(), signed_in_person().who
    try:
        if request.form.get("act") == "aside":
            set_aside(engine, who, word, current_settings().secret_key, now())
            said = f"“{word}” is set aside. If people search for it again, it comes back."
        else:
            add_to_meaning(engine, who, word, means, now())
            said = f"“{word}” stands under “{means}” now. The search knows it within two seconds."
    except FaultsError as error:
        return _list(days, Tried(word, means, error.message, 422))
    except MovedError:
        return _list(days, Tried(word, means, FASTER, 409))
    except NotSearchedError as error:
        return _list(days, Tried(word, means, error.message, 409))
    flash(said)
    return redirect(url_for("admin.searches", days=days), 303)


def _list(days: int, form: Tried | None = None) -> Response:
    found = searched_in_vain(current_engine(), days)
    status = form.status if form else 200
    return page("admin/searches.html", status, found=found, days=days, times=TIMES, shown=shown, form=form)


def _days(typed: str) -> int:
    return next((days for days in TIMES if typed == str(days)), TIMES[1])
