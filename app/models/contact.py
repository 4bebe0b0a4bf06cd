"""Ways to get in touch. ``position`` counts over all of them and over addresses: it is the order on the page."""

from app.models.base import HowKnown, ServicePart


class Phone(ServicePart, HowKnown, table=True):
    """``type`` is ``voice`` or ``text``, as in the standard."""

    __tablename__ = "phone"

    number: str
    type: str


class Url(ServicePart, HowKnown, table=True):
    __tablename__ = "url"

    url: str


class Contact(ServicePart, HowKnown, table=True):
    """An e-mail address, or ``ask``: a sentence that says whom to ask. Never a person's name."""

    __tablename__ = "contact"

    email: str | None = None
    ask: str | None = None
