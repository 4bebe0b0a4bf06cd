"""Phrases are read anew only when they changed."""

from collections.abc import Mapping
from typing import Any

from app.search.last_read import LastRead


def test_the_same_data_is_read_once_and_other_data_anew() -> None:
    read: list[Mapping[str, Any]] = []

    def phrases(data: Mapping[str, Any]) -> int:
        read.append(data)
        return len(data)

    last = LastRead(phrases)
    assert [last({"say": ["a"]}), last({"say": ["a"]}), last({"say": ["a"], "short": []})] == [1, 1, 2]
    assert len(read) == 2
    assert last({"say": ["a"]}) == 1
