"""The ways in which a story is lived through: on a phone and at a desk, with and without JavaScript."""

import pytest

_IN_THE_LONG_TESTS = pytest.mark.torture

# Every run has each width, and each way of JavaScript; the long tests have the other two pairs.
every_way = pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(375, True, id="phone-javascript"),
        pytest.param(1280, False, id="desk-no-javascript"),
        pytest.param(1280, True, id="desk-javascript", marks=_IN_THE_LONG_TESTS),
        pytest.param(375, False, id="phone-no-javascript", marks=_IN_THE_LONG_TESTS),
    ],
)
