"""The plain part of YAML as data that remembers its lines.

The files are written by people, and a mistake should be told where it was made. Anchors, tags, doubled fields, tabs and
oversized files are refused with a line; nothing in a file can make the reader crash or run out of memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

LARGEST_FILE = 1_000_000
DEEPEST_NESTING = 30

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = "tag:yaml.org,2002:"
# A date stays as it was written: a listing may give a month or a year, and keeps it so.
_AS_WRITTEN = {_PLAIN + "str", _PLAIN + "timestamp"}
_READ = {_PLAIN + kind for kind in ("null", "bool", "int", "float")}

Place = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """Something a person has to put right: where it is, what is wrong and what to do about it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Document:
    """One file as data, with the line on which each part of it begins."""

    file: str
    data: dict[str, Any]
    lines: dict[Place, int]

    def line(self, *place: str | int) -> int:
        """The line of a part, or of the nearest part around it that the file has."""
        for length in range(len(place), 0, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1

    def problem(self, message: str, *place: str | int) -> Problem:
        return Problem(self.file, self.line(*place), message)


class UnreadableError(Exception):
    """The file cannot be read; ``message`` is for the person who wrote it."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def read_document(path: Path, file: str) -> Document:
    """The file as a document that calls itself ``file``. Raises ``UnreadableError`` and nothing else."""
    try:
        return _parse(read_text(path), file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableError(mark.line + 1 if mark else 1, f"This is not valid YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise UnreadableError(1, "The file holds a character that cannot be read. Save it as plain text.") from error


def read_text(path: Path) -> str:
    """What is in the file. Raises ``UnreadableError`` and nothing else."""
    try:
        with path.open("rb") as handle:
            content = handle.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableError(1, f"The file cannot be opened: {error.strerror}. Check that you may read it.") from error
    if len(content) > LARGEST_FILE:
        raise UnreadableError(1, "The file is over 1 MB. A listing is a few thousand characters: shorten it.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, "A character here is not UTF-8. Save the file with the encoding UTF-8.") from error
    for number, line_text in enumerate(text.split("\n"), start=1):
        if "\t" in line_text:
            raise UnreadableError(number, "There is a tab in this line. Use spaces instead.")
        _refuse_control(line_text.removesuffix("\r"), number)
    return text


def _refuse_control(text: str, line: int) -> None:
    """No database takes NUL, and no reader can see the others."""
    for character in text:
        code = ord(character)
        if (code < 0x20 and character != "\n") or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF:
            raise UnreadableError(line, f"There is an invisible character here (U+{code:04X}). Delete it.")


def _parse(text: str, file: str) -> Document:
    _refuse_what_is_not_plain(text)
    node = yaml.compose(text, Loader=_Loader)
    if not isinstance(node, MappingNode):
        raise UnreadableError(1, "The file should hold fields and their values (name: value), and does not.")
    lines: dict[Place, int] = {(): 1}
    return Document(file, _mapping(node, (), lines), lines)


def _refuse_what_is_not_plain(text: str) -> None:
    """Look at the events first: they cost no memory, however cleverly the file is nested or refers to itself."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableError(line, "Anchors (&name) and references (*name) are not used here. Write the text out.")
        if tag := getattr(event, "tag", None):
            raise UnreadableError(line, f"The tag {tag} is not used here. Take it out.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST_NESTING:
            raise UnreadableError(line, "This is nested too deeply. Check the brackets and the indentation.")
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise UnreadableError(line, "A second document begins here (---). Put it in a file of its own.")


def _line(part: yaml.Event | Node) -> int:
    return part.start_mark.line + 1 if part.start_mark else 1


def _data(node: Node, place: Place, lines: dict[Place, int]) -> Any:
    lines.setdefault(place, _line(node))
    if isinstance(node, MappingNode):
        return _mapping(node, place, lines)
    if isinstance(node, SequenceNode):
        return [_data(item, (*place, number), lines) for number, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: MappingNode, place: Place, lines: dict[Place, int]) -> dict[str, Any]:
    return dict(_entries(node, place, lines))


def _entries(node: MappingNode, place: Place, lines: dict[Place, int]) -> Iterator[tuple[str, Any]]:
    for key_node, value_node in node.value:
        line = _line(key_node)
        key = _scalar(key_node) if isinstance(key_node, ScalarNode) else None
        if not isinstance(key, str):
            raise UnreadableError(line, f"The field name {_shown(key_node)} is not read as text. Put it in quotes.")
        if (first := lines.get((*place, key))) is not None:
            raise UnreadableError(line, f"The field “{key}” is given twice, first in line {first}. Keep one of them.")
        lines[*place, key] = line
        yield key, _data(value_node, (*place, key), lines)


def _shown(node: Node) -> str:
    return f"“{node.value}”" if isinstance(node, ScalarNode) else "here"


def _scalar(node: Node) -> Any:
    line = _line(node)
    if node.tag in _AS_WRITTEN:
        _refuse_control(node.value, line)
        return node.value
    if node.tag not in _READ:
        raise UnreadableError(line, f"“{node.value}” has a special meaning in YAML. Put it in quotes.")
    try:
        value = SafeConstructor().construct_object(node)
    except ValueError as error:
        raise UnreadableError(line, "This number cannot be read. Put it in quotes if it is not a number.") from error
    if isinstance(value, float) and not isfinite(value):
        raise UnreadableError(line, f"“{node.value}” is not a number that can be kept. Write a plain number.")
    return value
