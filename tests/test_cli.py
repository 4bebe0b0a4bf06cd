"""The commands, run as a person would: what they print, and how they end."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exchange.seed_sets import GOOD, write_seed

ROOT = Path(__file__).parents[1]


def _flask(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs one command of the application with its own instance folder."""
    environment = {**os.environ, "INSTANCE_PATH": str(folder / "instance"), **more}
    command = [sys.executable, "-m", "flask", "--app", "app", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the whole catalogue."""
    folder = tmp_path_factory.mktemp("loaded")
    assert _flask(folder, "seed", "load").returncode == 0
    return folder


def test_loading_twice_changes_nothing(loaded: Path) -> None:
    again = _flask(loaded, "seed", "load")
    assert again.returncode == 0
    assert "0 added, 0 changed" in again.stdout


def test_a_broken_file_is_named_with_its_line_and_nothing_is_loaded(tmp_path: Path) -> None:
    seed = tmp_path / "seed"
    shutil.copytree(ROOT / "seed", seed)
    listing = seed / "services" / "iwork.yaml"
    listing.write_text(listing.read_text().replace("question: lives_in", "question: lives_on"))
    line = (
        listing.read_text().splitlines().index(next(x for x in listing.read_text().splitlines() if "lives_on" in x)) + 1
    )
    refused = _flask(tmp_path, "seed", "load", "--path", str(seed))
    assert refused.returncode == 1
    assert f"services/iwork.yaml:{line}" in refused.stderr
    assert "lives_on" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert _flask(tmp_path, "index", "build").returncode == 1


def test_a_recommendation_with_every_reason(loaded: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"lives_in": "camden", "conditions": ["autism"], "age": 26, "goals": ["find_job"]}))
    in_words = _flask(loaded, "recommend", "--answers", str(answers))
    assert in_words.returncode == 0
    assert "Camden Autism Pathways" in in_words.stdout
    assert "met: You are autistic." in in_words.stdout
    assert "\nDo not fit:\n- " in in_words.stdout
    assert "It could fit if you lived in Barnet. Instead: Camden Autism" in in_words.stdout
    assert "\nPeople to talk to:\n- Jobcentre Plus" in in_words.stdout
    as_data = _flask(loaded, "recommend", "--answers", str(answers), "--as-of", "2026-11-21", "--json")
    assert json.loads(as_data.stdout)["outcome"] == "match"


def test_the_proof_that_nobody_ends_at_a_dead_end(loaded: Path) -> None:
    in_words = _flask(loaded, "coverage", "--as-of", "2016-02-01")
    assert in_words.returncode == 0
    assert in_words.stdout.startswith("No dead end on 1 February 2016. Whatever people answer,")
    assert "No programme could fit these people:\n- People who are under 16. That is 1% of people." in in_words.stdout
    as_data = _flask(loaded, "coverage", "--as-of", "2026-11-21", "--json")
    assert as_data.returncode == 0
    proof = json.loads(as_data.stdout)
    assert proof["hole"] is None
    assert proof["areas"][0]["human_route"]["sets"] == proof["areas"][0]["sets"]


def test_a_dead_end_fails_the_proof_and_is_named(tmp_path: Path) -> None:
    seed = tmp_path / "seed"
    shutil.copytree(ROOT / "seed", seed)
    questions = seed / "questions.yaml"
    routes = re.compile("for_everybody: .*")
    questions.write_text(routes.sub("for_everybody: [jobcentre-plus, national-careers-service]", questions.read_text()))
    assert _flask(tmp_path, "seed", "load", "--path", str(seed)).returncode == 0
    failed = _flask(tmp_path, "coverage", "--as-of", "2026-11-21")
    assert failed.returncode == 1
    assert failed.stderr == "People who are under 13 find nobody to talk to. Give them a human route.\n"
    assert failed.stdout.startswith("There is a dead end on 21 November 2026. Some answers lead to nobody.")


def test_the_proof_of_a_time_before_the_directory_is_refused_in_one_line(loaded: Path) -> None:
    refused = _flask(loaded, "coverage", "--as-of", "2001-01-01")
    assert refused.returncode == 1
    assert refused.stderr == "The directory knows nothing of the time before 20 March 2015. Choose a later day.\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        "5",
        '{"lives_in": "atlantis"}',
        '{"age": -3}',
        '"text"',
        '{"answers": [1]}',
        '{"answers": "abc"}',
    ],
)
def test_bad_answers_end_with_one_clear_line(loaded: Path, tmp_path: Path, text: str) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(text)
    refused = _flask(loaded, "recommend", "--answers", str(answers))
    assert refused.returncode == 1
    assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("recommend",),
        ("recommend", "--answers", "no-such-file.json"),
        ("seed", "load", "--path", "no-such-folder"),
        ("index", "burn"),
        ("coverage", "--as-of", "yesterday"),
    ],
)
def test_a_usage_error_ends_with_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert _flask(tmp_path, *words).returncode == 2


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is not a key"),
        ({"NWD_ENV": "production", "SECRET_KEY": ""}, "SECRET_KEY is required"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/x.sqlite"}, "database does not answer"),
        ({"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"}, "database does not answer"),
    ],
)
def test_what_stands_in_the_way_is_said_in_one_line(tmp_path: Path, environment: dict[str, str], words: str) -> None:
    refused = _flask(tmp_path, "seed", "load", **environment)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_list_to_confirm_is_the_one_in_the_documents(loaded: Path, tmp_path: Path) -> None:
    """docs/confirm-before-launch.md is generated: after a change of the catalogue it is written anew."""
    made = tmp_path / "confirm.md"
    assert _flask(loaded, "confirm-before-launch", str(made)).returncode == 0
    assert made.read_text() == (ROOT / "docs" / "confirm-before-launch.md").read_text()


def test_a_proof_that_would_take_for_ever_is_given_up_with_one_clear_line(tmp_path: Path) -> None:
    """Nine questions, from each of which the next follows, can be answered in too many ways together."""
    answers = "{a: {label: A, said: a, if_so: a}, b: {label: B, said: b, if_so: b}, c: {label: C, said: c, if_so: c}}"
    question = f"{{kind: one, describes: situation, text: So?, why: So., answers: {answers}}}"
    asked = "".join(f"  q{number}: {question}\n" for number in range(9))
    follows = "".join(f"  - {{when: {{q{number}: [a]}}, then: {{q{number + 1}: [a]}}}}\n" for number in range(8))
    likely = "".join(f"  q{n}: {{assumed: So., shares: {{a: 0.4, b: 0.3, c: 0.3}}}}\n" for n in range(9))
    seed = write_seed(
        tmp_path / "seed",
        {
            **GOOD,
            "questions.yaml": GOOD["questions.yaml"]
            .replace("goal_kinds:", asked + "goal_kinds:")
            .replace("outside_area:", follows + "outside_area:"),
            "priors.yaml": GOOD["priors.yaml"].replace("questions:\n", "questions:\n" + likely),
        },
    )
    loaded = _flask(tmp_path, "seed", "load", "--path", str(seed))
    assert loaded.returncode == 0, loaded.stderr
    given_up = _flask(tmp_path, "coverage")
    assert given_up.returncode == 1
    assert given_up.stderr.startswith("The rules are too tangled to prove anything.")
    assert len(given_up.stderr.splitlines()) == 1
