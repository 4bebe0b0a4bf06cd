"""The e-mail that asks somebody whether their listings are still right."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.actions.freshness.rows import LINK_DAYS, Due
from app.directory.dates import date_in_words
from app.mail import Letter

FOOT = "No Wrong Door: health and work in North Central London"


def reminder_letter(to: str, site: str, due: Sequence[Due], tokens: Mapping[UUID, str]) -> Letter:
    """``due``: the oldest first. ``tokens`` are of the first ones, by listing. ``site`` is that of the settings."""
    subject = f"Is this still correct? {due[0].name}" if len(due) == 1 else f"Are these {len(due)} pages still correct?"
    paragraphs = [
        _opening(len(due)),
        *(_about(one, site, tokens[one.service_id]) for one in due if one.service_id in tokens),
        *_more(len(due) - len(tokens), site),
        f"Each link works once, for {LINK_DAYS} days. Nothing happens until you press the button on the page.",
        f"Something has changed? Sign in and change it: {site}/manage",
        _why(len(due)),
        FOOT,
    ]
    return Letter(to, " ".join(subject.split()), "\n\n".join(paragraphs) + "\n")


def _opening(number: int) -> str:
    which = "this page of No Wrong Door" if number == 1 else f"these {number} pages of No Wrong Door"
    link = "Open the link, look at what the page says" if number == 1 else "Open each link, look at what the page says"
    return (
        f"Please look at {which}. People who are unwell rely on what stands there.\n\n"
        f"{link}, and press one button. You do not need to sign in."
    )


def _why(number: int) -> str:
    which = "this page" if number == 1 else "these pages"
    return (
        f"You get this email because you look after {which}, or belong to the directory team. "
        "We write again each week until somebody has confirmed."
    )


def _about(one: Due, site: str, token: str) -> str:
    return f"{one.name}\nDue since {date_in_words(one.due_on.isoformat())}.\n{site}/account/confirm/{token}"


def _more(number: int, site: str) -> list[str]:
    if number <= 0:
        return []
    which = "One more page is" if number == 1 else f"{number} more pages are"
    return [f"{which} due. Sign in to see them all: {site}/manage"]
