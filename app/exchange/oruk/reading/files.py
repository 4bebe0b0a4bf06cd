"""The files of a feed: which there are, what things stand in each, and each thing as data."""

import json
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from app.exchange.oruk.reading.split import Part, Split, split

LARGEST_FILE = 200_000_000
LARGEST_THING = 5_000_000
"""Bytes."""
MOST_FILES = 100_000
_OTHER_LETTERS = "Its letters were not UTF-8, so they were read as Windows-1252."


class UnreadableError(Exception):
    """``message`` is a sentence for whoever runs the import."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Thing:
    """Something that stands in a list. ``data`` is any JSON; ``repair`` is a sentence, or empty."""

    data: Any
    repair: str = ""


def files_in(path: Path) -> list[Path]:
    """The file, or the JSON files of the folder, pages in the order of their numbers.

    Raises ``UnreadableError`` where there are none, or too many.
    """
    if not path.is_dir():
        return [path]
    found = [
        file
        for file in path.rglob("*")
        if file.suffix.lower() == ".json" and file.is_file() and not file.name.startswith(".")
    ]
    if not found:
        raise UnreadableError(f"There is no JSON file in {path}. Give the folder that holds the exported files.")
    if len(found) > MOST_FILES:
        raise UnreadableError(f"There are more than {MOST_FILES:,} files in {path}. Bring in a part of them at a time.")
    return sorted(found, key=lambda file: _natural(file.relative_to(path).as_posix()))


def _natural(name: str) -> list[tuple[int, str]]:
    """ "services-2" comes before "services-10"."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]{1,18})", name)]


@contextmanager
def opened(file: Path) -> Iterator[bytes]:
    """What is in the file, without reading it into memory. Raises ``UnreadableError`` and ``OSError``."""
    with file.open("rb") as handle:
        size = handle.seek(0, 2)
        if size > LARGEST_FILE:
            raise UnreadableError(f"The file is over {LARGEST_FILE // 1_000_000} MB. Split it into smaller ones.")
        if size == 0:
            raise UnreadableError("The file is empty.")
        with mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as content:
            # A map of a file can be read and searched as bytes can.
            yield content  # type: ignore[misc]


def parts_of(content: bytes) -> Split:
    return split(content)


def thing(content: bytes, part: Part) -> Thing:
    """Raises ``UnreadableError``."""
    if part.deep:
        raise UnreadableError("It is nested too deeply to be a service.")
    return _read(content, [(part.start, part.end)])


def around(content: bytes, found: Split) -> Thing:
    """What stands around the lists of a file, each of them empty; or the one thing that the file is.

    Raises ``UnreadableError``.
    """
    if found.deep:
        raise UnreadableError("It is nested too deeply to be a service.")
    return _read(content, found.around) if found.around else Thing({})


def _read(content: bytes, spans: list[tuple[int, int]]) -> Thing:
    if sum(end - start for start, end in spans) > LARGEST_THING:
        raise UnreadableError(f"It has over {LARGEST_THING // 1_000_000} MB. No service has so much to say.")
    raw = b"[]".join(content[start:end] for start, end in spans)
    text, repair = _decoded(raw.removeprefix(b"\xef\xbb\xbf"))
    try:
        # A number that no database can hold is kept as it was written.
        data = json.loads(text, strict=False, parse_float=_number, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("It is not valid JSON.") from error
    return Thing(data, repair)


def _decoded(raw: bytes) -> tuple[str, str]:
    try:
        return raw.decode(), ""
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), _OTHER_LETTERS


def _number(text: str) -> float | str:
    number = float(text)
    return number if isfinite(number) else text
