"""The catalogue: its tables, its files, its index, and what it decides."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.actions.administration.contact_checks import as_written
from app.actions.administration.searches import most_searched_in_vain
from app.actions.confirm import confirm_before_launch
from app.actions.coverage import coverage
from app.actions.coverage_words import coverage_in_words
from app.actions.decision import decision_data
from app.actions.exchange import load_seed
from app.actions.recommend import recommend
from app.actions.today import today
from app.cli.ending import catalogue_here, fail, one_line
from app.current import current_engine, current_settings
from app.database import reading
from app.directory.small_numbers import shown
from app.eligibility.answers import AnswerError
from app.eligibility.possible import TooTangledError
from app.exchange.rows import generation_of
from app.migrations import upgrade

SEED = Path("seed")
database = AppGroup("database", help="The tables.")
seed = AppGroup("seed", help="The catalogue as files.")
index = AppGroup("index", help="The search index.")
searches = AppGroup("searches", help="What people search for.")


@searches.command("little-found")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@one_line()
def little_found_command(days: int, limit: int) -> None:
    """Words that were searched for and found little, most often first: they may be missing from the word lists."""
    for word, times in most_searched_in_vain(current_engine(), days, limit):
        click.echo(f"{shown(times):>6}  {word}")


@database.command("upgrade")
@one_line()
def upgrade_command() -> None:
    """Creates the tables, or brings them up to date."""
    upgrade(current_settings().database_url)


@seed.command("load")
@click.option("--path", type=click.Path(path_type=Path, exists=True, file_okay=False), default=SEED, show_default=True)
@click.option("--if-empty", is_flag=True, help="Do nothing when the database holds a catalogue.")
@one_line()
def load_command(path: Path, if_empty: bool) -> None:
    """Loads or updates the catalogue from files: all of them, or none when one is wrong."""
    upgrade(current_settings().database_url)
    if if_empty and _holds_catalogue():
        return
    report = load_seed(current_engine(), path, datetime.now(UTC))
    for problem in report.rejected:
        click.echo(str(problem), err=True)
    if report.rejected:
        fail(f"Nothing was loaded: {len(report.rejected)} to put right.")
    click.echo(report.summary())


def _holds_catalogue() -> bool:
    with reading(current_engine()) as session:
        return generation_of(session) > 0


@index.command("build")
@click.option("--if-missing", is_flag=True, help="Do nothing when there is an index of this catalogue.")
@one_line()
def build_command(if_missing: bool) -> None:
    """Rebuilds the search index from the database, beside the old one, and swaps it in."""
    search = catalogue_here().search
    if not (if_missing and search.healthy):
        search.rebuild()


@click.command("recommend")
@click.option("--answers", "file", type=click.File("r"), required=True, help="A JSON file of answers.")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="A day; today by default.")
@click.option("--json", "as_json", is_flag=True, help="The same answer as the JSON API.")
@one_line()
def recommend_command(file: Any, day: datetime | None, as_json: bool) -> None:
    """The wizard's decision for one set of answers, with every reason."""
    answers = _answers_in(file)
    catalogue = catalogue_here()
    try:
        decision = decision_data(catalogue, recommend(catalogue, answers, day.date() if day else today()), limit=10)
    except AnswerError as error:
        fail(error.message)
    click.echo(json.dumps(decision, ensure_ascii=False, indent=2) if as_json else _in_words(decision))


def _answers_in(file: Any) -> Mapping[str, object]:
    try:
        data = json.load(file)
    except (ValueError, RecursionError):
        data = None
    answers = data.get("answers", data) if isinstance(data, dict) else None
    if not isinstance(answers, dict):
        fail('The file of answers is not a JSON object, such as {"lives_in": "camden", "age": 42}.')
    return answers


def _in_words(decision: Mapping[str, Any]) -> str:
    lines = [f"Outcome: {decision['outcome'].replace('_', ' ')}"]
    for place, entry in enumerate(decision["recommendations"], start=1):
        lines += ["", f"{place}. {entry['name']} — {entry['verdict'].replace('_', ' ')}"]
        lines += [f"   {entry['because']}"] if entry["because"] else []
        lines += [f"   {reason['state']}: {reason['text']} [{reason['source']}]" for reason in entry["why"]]
        other_ways = entry["other_ways"] if entry["verdict"] == "may_fit" else []
        lines += [f"   Or another way in: {' '.join(reason['text'] for reason in way)}" for way in other_ways]
    lines += ["", "Do not fit:"] if decision["not_suitable"] else []
    for entry in decision["not_suitable"]:
        instead = f"Instead: {entry['instead']['name']}." if entry["instead"] else ""
        sentences = [*(reason["text"] for reason in entry["why"]), entry["could_fit_if"], instead]
        lines.append(f"- {entry['name']}. {' '.join(filter(None, sentences))}")
    lines += ["", "People to talk to:", *(f"- {route['name']}" for route in decision["always"])]
    if question := decision["next_question"]:
        lines += ["", f"Next question: {question['text']}"]
    return "\n".join(lines)


@click.command("coverage")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="A day; today by default.")
@click.option("--json", "as_json", is_flag=True, help="All counts, groups and the hole, if there is one.")
@one_line()
def coverage_command(day: datetime | None, as_json: bool) -> None:
    """Proves that nobody ends at a dead end, and lists the largest groups that no specific programme serves."""
    catalogue = catalogue_here()
    try:
        proof = coverage(catalogue, day.date() if day else today())
    except AnswerError as error:
        fail(error.message)
    except TooTangledError:
        fail("The rules are too tangled to prove anything. Take out some conditions, or ways in, and try again.")
    click.echo(json.dumps(proof, ensure_ascii=False, indent=2) if as_json else coverage_in_words(proof))
    if hole := proof["hole"]:
        fail(f"{hole['people']} find nobody to talk to. Give them a human route.")


@click.command("confirm-before-launch")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default=Path("docs/confirm-before-launch.md"))
@one_line()
def confirm_command(file: Path) -> None:
    """Writes the list of every weak or missing contact, for a person to check."""
    catalogue_here()
    file.write_text(confirm_before_launch(*as_written(current_engine())))
    click.echo(f"Written to {file}.")
