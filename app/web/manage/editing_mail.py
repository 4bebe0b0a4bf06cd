"""E-mails about drafts."""

from sqlalchemy import Engine

from app.actions.editing.decision import Decided
from app.actions.editing.letters import admins_to_tell, authors_to_tell, decided_letter, sent_letter
from app.config import MailSettings
from app.current import current_engine, current_settings
from app.mail import Letter

from ..mail_beside import send_beside
from .field_words import field_label

ABOUT = "a draft"


def tell_admins(slug: str, name: str, sent_by: str) -> None:
    """That the draft of a listing waits for approval. ``name`` is the listing's, ``sent_by`` an address."""
    settings, engine = current_settings(), current_engine()
    if mail := settings.mail:
        send_beside(settings, ABOUT, lambda: _to_admins(engine, mail, slug, name, sent_by))


def tell_authors(slug: str, decided: Decided) -> None:
    """What became of a draft."""
    settings, engine = current_settings(), current_engine()
    if mail := settings.mail:
        send_beside(settings, ABOUT, lambda: _to_authors(engine, mail, slug, decided))


def _to_admins(engine: Engine, mail: MailSettings, slug: str, name: str, sent_by: str) -> list[Letter]:
    return [sent_letter(to, mail.site, slug, name, sent_by) for to in admins_to_tell(engine)]


def _to_authors(engine: Engine, mail: MailSettings, slug: str, decided: Decided) -> list[Letter]:
    labels = [field_label(change.field, change.key) for change, _ in decided.returned]
    people = authors_to_tell(engine, slug, decided.written_by)
    return [decided_letter(to, mail.site, slug, decided, labels) for to in people]
