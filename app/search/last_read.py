"""What was made of some plain data last, for as long as the data stays the same."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class LastRead(Generic[T]):
    """``read`` is a pure function whose values never change. Nobody may change the data afterwards."""

    def __init__(self, read: Callable[[Mapping[str, Any]], T]) -> None:
        self._read = read
        self._held: tuple[Mapping[str, Any], T] | None = None

    def __call__(self, data: Mapping[str, Any]) -> T:
        held = self._held
        if held is None or held[0] != data:
            # Swapped in whole: several threads may read at once.
            held = self._held = data, self._read(data)
        return held[1]
