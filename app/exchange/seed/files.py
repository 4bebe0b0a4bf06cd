"""Reads the seed folder: which files the catalogue is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.exchange.seed.plain_yaml import Document, Problem, UnreadableError, read_document
from app.exchange.seed.sectors import read_sectors

REFERENCE = (
    "questions",
    "organisations",
    "papers",
    "priors",
    "urgent",
    "synonyms",
    "places",
    "glossary",
    "referral",
    "judged_cases",
)
SECTORS = "postcode_sectors"
"""The one reference file that is a table: hundreds of lines of two words each."""

Reader = Callable[[Path, str], Document]


@dataclass
class SeedFiles:
    """The folder as read. ``reference`` holds those reference files that could be read, by name.

    ``names`` are the ids of all listings by their files' names, also of those that could not be read.
    """

    names: set[str] = field(default_factory=set)
    services: list[Document] = field(default_factory=list)
    reference: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_seed(folder: Path) -> SeedFiles:
    """Every file that the catalogue is made of. What cannot be read is in ``problems``, and nowhere else."""
    files = SeedFiles()
    if not folder.is_dir():
        files.problems.append(Problem(str(folder), 1, "There is no such folder. Give the folder that holds the files."))
        return files
    for name in REFERENCE:
        _read_reference(folder / f"{name}.yaml", folder, files, read_document)
    _read_reference(folder / f"{SECTORS}.csv", folder, files, read_sectors)
    if not any((folder / "services").glob("*.yaml")):
        files.problems.append(Problem("services", 1, "There is no listing. Each is a file, services/<id>.yaml."))
    for path in sorted((folder / "services").glob("[!.]*")):
        if path.suffix != ".yaml":
            message = "This file would not be read. Name it <id>.yaml, or move it out of the folder."
            files.problems.append(Problem(_shown(path, folder), 1, message))
            continue
        files.names.add(path.stem)
        if document := _read(path, folder, files.problems, read_document):
            files.services.append(document)
    return files


def _read_reference(path: Path, folder: Path, files: SeedFiles, reader: Reader) -> None:
    if not path.exists():
        files.problems.append(Problem(path.name, 1, "This file is missing. The catalogue cannot do without it."))
    elif document := _read(path, folder, files.problems, reader):
        files.reference[path.stem] = document


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _read(path: Path, folder: Path, problems: list[Problem], reader: Reader) -> Document | None:
    file = _shown(path, folder)
    try:
        return reader(path, file)
    except UnreadableError as error:
        problems.append(Problem(file, error.line, error.message))
        return None
