"""Crisis help as pages show it: which lines stand in full view, and whom the foot of every page names."""

from collections.abc import Sequence

from flask import Flask

from app.current import current_catalogue
from app.directory.urgent import Urgent, UrgentLine


def register(app: Flask) -> None:
    app.jinja_env.filters |= {"in_full_view": in_full_view, "folded": folded}
    app.jinja_env.globals["someone_to_talk_to"] = someone_to_talk_to


def in_full_view(lines: Sequence[UrgentLine]) -> list[UrgentLine]:
    """The lines for anybody, at any hour, about anything."""
    return [line for line in lines if line.id in current_catalogue().urgent.in_full_view]


def folded(lines: Sequence[UrgentLine]) -> list[UrgentLine]:
    """The other lines, below."""
    return [line for line in lines if line.id not in current_catalogue().urgent.in_full_view]


def someone_to_talk_to() -> Urgent | None:
    """The crisis help whose footer every page shows; None while the directory cannot be read."""
    try:
        return current_catalogue().urgent
    except Exception:
        # The page that says that something is wrong has this foot too.
        return None
