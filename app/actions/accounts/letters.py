"""The e-mails about accounts."""

from app.actions.accounts.links import INVITATION_DAYS, RESET_MINUTES, Link
from app.mail import Letter

FOOT = "No Wrong Door: health and work in North Central London"


def address_of(site: str, token: str) -> str:
    """Where a link leads. ``site`` is that of the settings: what a request says of its host can be made up."""
    return f"{site}/account/link/{token}"


def invitation_letter(site: str, token: str, link: Link) -> Letter:
    return _letter(
        link.email,
        "You are invited to No Wrong Door",
        f"You are invited to {task(link)}.",
        "Open this page to accept:",
        address_of(site, token),
        f"The link works once, for {INVITATION_DAYS} days.",
        "If you did not expect this, you can ignore it. Nothing happens until you accept.",
    )


def reset_letter(site: str, token: str, email: str) -> Letter:
    return _letter(
        email,
        "Choose a new password for No Wrong Door",
        "Somebody asked for a new password for this email address.",
        "If it was you, open this page:",
        address_of(site, token),
        f"The link works once, for {RESET_MINUTES} minutes.",
        "If it was not you, you can ignore this. Your password stays as it is.",
    )


def task(link: Link) -> str:
    """What somebody is invited to do."""
    if link.organisation is None:
        return "look after the directory as an admin"
    return f"look after the listings of {link.organisation} as an {link.role}"


def _letter(to: str, subject: str, *paragraphs: str) -> Letter:
    return Letter(to, subject, "\n\n".join((*paragraphs, FOOT)) + "\n")
