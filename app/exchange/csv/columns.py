"""The columns of a table, in their order."""

from collections.abc import Sequence

from app.directory.opening import WEEKDAYS
from app.exchange.csv import kinds
from app.exchange.csv.cells import NONE
from app.exchange.csv.kinds import Column
from app.exchange.csv.words import ROUTES, STATUSES

ID = "id"
ORGANISATION = "organisation"
_SEVERAL = "Several: a semicolon between them."
_LINES = "Sentences, each on a line of its own."
_WAYS = ", ".join(label for label, _ in ROUTES.values())
COLUMNS: Sequence[Column] = (
    kinds.text("name", "name", "Needed. What the service is called."),
    kinds.summary("summary", "Needed. What it does, in a sentence or two."),
    kinds.names("also known as", "aliases", f"Other names that people use. {_SEVERAL}"),
    kinds.sentences("what it offers", "offers", f"What people get. {_LINES}"),
    kinds.area("area", f"Needed for a new service. A borough, NCL, London or National. {_SEVERAL}"),
    kinds.contact("phone", "phone", f"Such as 020 7946 0000. {_SEVERAL}"),
    kinds.contact("text message", "text", "The number that people text."),
    kinds.contact("email", "email", f"Such as help@example.org. {_SEVERAL}"),
    kinds.contact("website", "web", f"Such as https://www.example.org. {_SEVERAL}"),
    kinds.contact("address", "address", f"With its postcode, on one line. {_SEVERAL}"),
    kinds.contact("whom to ask", "ask", "Such as: Ask at your GP practice."),
    *map(kinds.opens, WEEKDAYS),
    kinds.text("about opening hours", "hours_note", "Such as: Closed on bank holidays."),
    kinds.names("languages", "languages", f"Languages in which people are helped. {_SEVERAL}"),
    kinds.sentences("getting in", "access", f"About steps, lifts and parking. {_LINES}"),
    kinds.free("free", "yes, no or partly. You can add a sentence: yes: It is free for all."),
    kinds.wait("waiting time", "How long people wait, as a sentence."),
    kinds.who_can_refer("who can refer", f"A line each: {_WAYS}. You can add a sentence: GP: Ask your GP."),
    kinds.sentences("notes", "notes", f"What else people should know. {_LINES}"),
    kinds.status("status", f"{', '.join(STATUSES.values())}."),
)
HINTS = {
    ID: f"Leave it empty for a new service. An empty cell changes nothing; {NONE} takes something out.",
    ORGANISATION: "Who runs it.",
}
NAMES: Sequence[str] = (ID, COLUMNS[0].name, ORGANISATION, *(column.name for column in COLUMNS[1:]))
_BY_NAME = {
    **{name.casefold(): name for name in NAMES},
    "organization": ORGANISATION,
    "service": "name",
    "service name": "name",
    "description": "summary",
    "borough": "area",
    "telephone": "phone",
    "phone number": "phone",
    "e-mail": "email",
    "url": "website",
    "web": "website",
}


def name_of(heading: str) -> str:
    """The name of the column, however its heading is spelt; of an unknown one, its heading."""
    typed = " ".join(heading.replace("_", " ").split())
    return _BY_NAME.get(typed.casefold(), typed)
