"""The words that stand in cells, for the codes of a listing."""

from collections.abc import Mapping

from app.directory.editing.typed import squeezed

AREAS: Mapping[str, str] = {
    "barnet": "Barnet",
    "camden": "Camden",
    "enfield": "Enfield",
    "haringey": "Haringey",
    "islington": "Islington",
    "ncl": "NCL",
    "london": "London",
    "national": "National",
}
STATUSES: Mapping[str, str] = {"live": "Open", "check_first": "Check first", "closed": "Closed"}
ROUTES: Mapping[str, tuple[str, str]] = {
    "self": ("Yourself", "You can refer yourself."),
    "gp": ("GP", "Your GP can refer you."),
    "health_professional": ("Health worker", "A health worker can refer you."),
    "employer": ("Employer", "Your employer can refer you."),
    "jcp": ("Jobcentre", "Your Jobcentre can refer you."),
    "local_authority": ("Council", "Your council can refer you."),
    "vcs": ("Charity", "A charity can refer you."),
    "other": ("Another way", "There is another way to be referred."),
}
"""The word for a way in, and the sentence where nobody wrote one."""
FREE: Mapping[str, str] = {"yes": "It is free.", "no": "It is not free.", "partly": "Some of it is free."}
"""The sentence for an answer where nobody wrote one."""
_ALSO = {
    "area": {"northcentrallondon": "ncl", "allfiveboroughs": "ncl", "uk": "national", "unitedkingdom": "national"},
    "status": {"live": "live", "active": "live", "inactive": "closed"},
}


def area_of(word: str) -> str | None:
    return _code(word, AREAS, _ALSO["area"])


def status_of(word: str) -> str | None:
    return _code(word, STATUSES, _ALSO["status"])


def route_of(word: str) -> str | None:
    return _code(word, {code: label for code, (label, _) in ROUTES.items()}, {})


def _code(word: str, words: Mapping[str, str], also: Mapping[str, str]) -> str | None:
    """However it is spaced and spelt; the code itself will do too."""
    typed = squeezed(word)
    by_word = {squeezed(label): code for code, label in words.items()}
    return by_word.get(typed) or also.get(typed) or (typed if typed in words else None)
