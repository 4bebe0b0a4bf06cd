"""Who is served where: a page for the directory team and commissioners, and the same numbers as a table to take out."""

from collections.abc import Iterator
from datetime import date

from flask import Flask, Response, current_app, request

from app.actions.coverage_counts import Cell, percent, rough
from app.actions.coverage_map import CoverageMap, MapsKept
from app.actions.today import today
from app.current import current_catalogue
from app.eligibility.answers import AnswerError
from app.eligibility.possible import TooTangledError

from ..page import page
from .audit import csv_line
from .home import blueprint as blueprint

MAPS = "coverage_maps"
NO_DAY = "Write the day like this: 2026-11-22."
TANGLED = "The rules are too tangled to count. Take out some conditions, or ways in, of the newest listing."
COLUMNS = (
    "Day",
    "Table",
    "People",
    "Share of all people",
    "Where they live",
    "Programmes that name them",
    "Share that these serve",
    "Programmes in all",
    "Share that any serves",
    "What would close the gap",
)


def register(app: Flask) -> None:
    app.extensions[MAPS] = MapsKept()


@blueprint.get("/coverage")
def coverage() -> Response:
    found, problem = _map()
    return page(
        "admin/coverage.html",
        422 if problem else 200,
        map=found,
        problem=problem,
        typed_day=request.args.get("as_of", "") if problem else found.day if found else "",
        told=told,
        rough=rough,
    )


@blueprint.get("/coverage.csv")
def coverage_csv() -> Response:
    found, problem = _map()
    if not found:
        return Response(problem, 422, mimetype="text/plain")
    # Without this mark spreadsheets take the letters for those of another alphabet.
    text = "\ufeff" + "".join(csv_line(cells) for cells in (COLUMNS, *_lines(found)))
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="coverage-{found.day}.csv"'
    return response


def told(cell: Cell) -> tuple[str, ...]:
    """The lines of a cell: of the programmes that name these people, and of all."""
    every = f"{cell.possible or 'None'} in all: {percent(cell.share)}"
    if cell.named is None:
        return (every,)
    if not cell.named:
        return "None names them", every
    return f"{cell.named} {'names' if cell.named == 1 else 'name'} them: {percent(cell.named_share)}", every


def _lines(found: CoverageMap) -> Iterator[tuple[str, ...]]:
    day = found.day.isoformat()
    for table in found.tables:
        for row in table.rows:
            for place, cell in row.cells.items():
                named = ("", "") if cell.named is None else (str(cell.named), percent(cell.named_share))
                counts = (*named, str(cell.possible), percent(cell.share))
                yield day, table.caption, row.label, rough(row.share), found.places[place], *counts, ""
    for part in found.gaps:
        for group in part.groups:
            yield day, part.heading, group.people, rough(group.share), "", "", "", "", "", group.closing


def _map() -> tuple[CoverageMap | None, str]:
    """The map of the day asked for, or what is wrong."""
    kept: MapsKept = current_app.extensions[MAPS]
    try:
        text = request.args.get("as_of", "")
        return kept.get(current_catalogue(), date.fromisoformat(text) if text else today()), ""
    except ValueError:
        return None, NO_DAY
    except AnswerError as error:
        return None, error.message
    except TooTangledError:
        return None, TANGLED
