"""Whatever stands in a file: data, or one sentence with a line. Never anything else."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.seed.plain_yaml import UnreadableError, read_document


def test_dates_stay_as_they_are_written(tmp_path: Path) -> None:
    data = _read(tmp_path, b"day: 2024-10-01\nmonth: 2024-10\nyear: 2024\nnone: 2024-02-31\n")
    assert data == {"day": "2024-10-01", "month": "2024-10", "year": 2024, "none": "2024-02-31"}


def test_each_part_knows_its_line(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("a:\n  b:\n    - c\n    - {d: 1,\n       e: 2}\n")
    document = read_document(file, "x.yaml")
    assert document.line("a", "b", 0) == 3
    assert document.line("a", "b", 1, "e") == 5
    assert document.line("a", "b", 1, "nowhere", 3) == 4


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    assert _read(tmp_path, b"a: 1\r\nb: 2\r\n") == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    "text", ["a: @b", "a: =", "<<: {a: 1}", "? [a]\n: b", "a: 'x", "a: b: c", "%YAML 9.9\n--- {a: 1}"]
)
def test_strange_text_is_refused_with_a_line(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        _read(tmp_path, text.encode())
    assert caught.value.line >= 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(st.one_of(st.binary(max_size=80), st.text("ab:-[]{}'\"&*!|>%@`#, \n?<=0.9_~", max_size=40).map(str.encode)))
def test_no_file_can_do_worse_than_be_refused(tmp_path: Path, content: bytes) -> None:
    with suppress(UnreadableError):
        assert isinstance(_read(tmp_path, content), dict)


def _read(folder: Path, content: bytes) -> dict[str, object]:
    file = folder / "x.yaml"
    file.write_bytes(content)
    return read_document(file, "x.yaml").data
