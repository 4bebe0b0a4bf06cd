"""What an import did, row by row."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["added", "changed", "unchanged", "waits", "repeated", "rejected"]
OUTCOMES: tuple[Outcome, ...] = ("added", "changed", "unchanged", "waits", "repeated", "rejected")


@dataclass(frozen=True)
class Row:
    """One row. ``where`` and ``foreign_id`` are those of ``Incoming``; ``slug`` is our listing, where there is one.

    ``waits``: the listing was edited here, so that somebody has to decide. ``repeated``: another row says all of it.
    ``repairs`` are sentences, and ``why`` is one.
    """

    where: str
    foreign_id: str
    outcome: Outcome
    slug: str | None = None
    repairs: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_news(self) -> bool:
        return self.outcome not in {"unchanged", "repeated"}

    def __str__(self) -> str:
        said = " ".join(filter(None, (self.why, *self.repairs)))
        slug = f" {self.slug}" if self.slug else ""
        return f"{self.where}: {self.outcome}{slug}.{f' {said}' if said else ''}"


@dataclass(frozen=True)
class ImportReport:
    """``rows`` in the order in which they came. ``missing`` are listings of this feed that are not in it any more.

    ``duplicates`` is how many new pairs of listings may be one and the same.
    """

    rows: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    duplicates: int = 0

    def count(self, outcome: Outcome) -> int:
        return Counter(row.outcome for row in self.rows)[outcome]

    def told(self) -> Iterator[str]:
        """A line for every row that is not as it was last time; the others are counted."""
        return (str(row) for row in self.rows if row.is_news)

    def summary(self) -> str:
        """The report in a few lines, for whoever ran the import."""
        counts = ", ".join(f"{self.count(outcome):,} {outcome}" for outcome in OUTCOMES)
        repaired = sum(bool(row.repairs) and row.is_news and row.outcome != "rejected" for row in self.rows)
        lines = [f"Rows: {len(self.rows):,}. {counts}. Repaired: {repaired:,}."]
        if self.missing:
            lines.append(f"Not in the list any more, left as they are: {', '.join(self.missing)}.")
        if self.duplicates:
            lines.append(
                f"New pairs of listings that may be one and the same: {self.duplicates:,}. See /admin/duplicates."
            )
        return "\n".join(lines)
