"""Numbers as they are shown: small ones hidden and others rounded, as the NHS does with numbers of hospital patients.

0 is 0; 1 to 7 are ``*``; others are rounded to the nearest 5. A total is rounded from the true total, not added up from
rounded parts. Who sees the parts too could work back from the total: seven days shown as ``*`` whose total is “50” must
each have been 7. So a total is shown only where each hidden part could still be anything from 1 to 7 for all
that the others and the total say; elsewhere it is ``*`` itself. It is the same sign as for a small total, so that what
was hidden for the one reason does not tell of the other.

This holds for one total beside its parts. Who notes totals of overlapping days, such as 30 and 90, can subtract them.
That narrows a hidden number down, and may rarely name it: how often a page was opened on a day, and nothing of anybody.
"""

from collections.abc import Sequence

FEW = 8
"""From here on a number is shown."""
HIDDEN = "*"
_STEP = 5
_OFF = 2
"""How far a shown number can be from the true one."""


def shown(number: int) -> str:
    """``number`` is a count, zero or more."""
    return str(_rounded(number)) if number == 0 or number >= FEW else HIDDEN


def shown_total(parts: Sequence[int]) -> str:
    """The total of counts that are shown beside it."""
    total = sum(parts)
    return HIDDEN if _gives_away(total, parts) else shown(total)


def _gives_away(total: int, parts: Sequence[int]) -> bool:
    """Whether the rounded total narrows down what a hidden part can be."""
    hidden = sum(1 for part in parts if 0 < part < FEW)
    if not hidden:
        return False
    others = [_range(part) for part in parts if part >= FEW] + [(1, FEW - 1)] * (hidden - 1)
    least, most = _range(total)
    highest = most - sum(low for low, _ in others)
    lowest = least - sum(high for _, high in others)
    return lowest > 1 or highest < FEW - 1


def _range(number: int) -> tuple[int, int]:
    """What a number of at least ``FEW`` can be, for whoever sees it rounded."""
    return max(FEW, _rounded(number) - _OFF), _rounded(number) + _OFF


def _rounded(number: int) -> int:
    return (number + _OFF) // _STEP * _STEP
