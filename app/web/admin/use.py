"""How much every listing is used, for the directory team: as a page, and as a table to take out."""

from collections.abc import Sequence
from typing import NamedTuple, get_args

from flask import Response, request

from app.actions.today import today
from app.actions.use import KINDS, Kind, use_of_all
from app.current import current_engine
from app.directory.small_numbers import HIDDEN

from ..page import page
from ..use_view import WORDS, totals
from .audit import csv_line
from .home import blueprint as blueprint

DAYS = 30
NAME = "name"


class Row(NamedTuple):
    id: str
    name: str
    totals: dict[Kind, str]


@blueprint.get("/use")
def use() -> Response:
    by = request.args.get("by", "")
    by = by if by in get_args(Kind) else NAME
    return page("admin/use.html", rows=_sorted(_rows(), by), by=by, days=DAYS, words=WORDS, by_name=NAME)


@blueprint.get("/use.csv")
def use_csv() -> Response:
    """The same numbers as on the page, small ones hidden."""
    head = ("listing", "name", *(f"{kind} in {DAYS} days" for kind in KINDS))
    lines = [(row.id, row.name, *(row.totals[kind] for kind in KINDS)) for row in _rows()]
    # Without this mark spreadsheets take the letters for those of another alphabet.
    text = "\ufeff" + "".join(csv_line(cells) for cells in (head, *lines))
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="use-{today()}.csv"'
    return response


def _rows() -> Sequence[Row]:
    return [Row(use.id, use.name, totals(use)) for use in use_of_all(current_engine(), DAYS)]


def _sorted(rows: Sequence[Row], by: str) -> Sequence[Row]:
    """By a kind the most first, as shown: the order must not tell what a star hides."""
    for kind in KINDS:
        if kind == by:
            return sorted(rows, key=lambda row: _place(row.totals[kind]))
    return rows


def _place(number: str) -> float:
    return -0.5 if number == HIDDEN else -float(number)
