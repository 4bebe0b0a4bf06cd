"""Somebody who types hostile texts wherever the directory takes any."""

from contextlib import suppress
from datetime import UTC, datetime
from itertools import cycle

from sqlalchemy import Engine
from werkzeug.datastructures import MultiDict

from app.actions.accounts.sessions import SignedIn
from app.actions.administration import organisations, synonyms, wording
from app.actions.administration.organisation_words import OrganisationWords
from app.actions.administration.reference import FaultsError
from app.actions.editing import drafts
from app.actions.editing.drafts import Typed
from app.directory.editing.edited import SECTIONS, Edited, EditedAnswer, EditedContact, EditedRoute, EditedTime, digest
from tests.torture.hostile_texts import line, lines, some, web_addresses
from tests.web.account_site import Browser
from tests.web.filled_form import filled_form
from tests.web.manage_site import LISTING

AS_SHOWN = {"csrf_token", "seen", "form", "status", "area", "goals"}
CHOICES = ("-day", "-type", "-route", "-answer")


def hostile(before: Edited, turn: int, each: int) -> Edited:
    """A listing with hostile texts in every field, that can be approved. ``each``: how many lines a list gets."""
    asks = zip(some(400, turn, each), some(200, turn, each), some(600, turn, each), strict=False)
    web = web_addresses()[turn % len(web_addresses())]
    return before.model_copy(
        update={
            "name": line(160, turn),
            "summary": line(600, turn),
            "aliases": tuple(some(120, turn, min(each, 12))),
            "commissioner": line(600, turn),
            "offers": tuple(some(600, turn, each)),
            "contacts": (
                *(EditedContact(type="ask", value=value, hours=hours, note=note) for value, hours, note in asks),
                EditedContact(type="address", value=line(400, turn + 1)),
                EditedContact(type="web", value=web, note=line(600, turn)),
            ),
            "hours": (EditedTime(day="monday", opens="09:00", closes="17:00"),),
            "hours_note": line(300, turn),
            "languages": tuple(some(60, turn, each)),
            "access": tuple(some(600, turn, each)),
            "practical": {
                id_: EditedAnswer(answer=said.answer, text=line(600, turn + place))
                for place, (id_, said) in enumerate(before.practical.items())
            },
            "referral": tuple(EditedRoute(route="other", text=text) for text in some(600, turn, each)),
            "notes": tuple(some(600, turn, each)),
            "unknown": tuple(some(160, turn, each)),
            "status_note": line(600, turn),
        }
    )


def write(engine: Engine, who: SignedIn, slug: str, turn: int, each: int = 2) -> None:
    """Writes a draft of it, section by section."""
    wanted = hostile(drafts.managed(engine, who, slug).edited, turn, each)
    for section, fields in SECTIONS.items():
        seen = digest(drafts.managed(engine, who, slug).edited, section)
        typed = {field: getattr(wanted, field) for field in fields}
        drafts.save(engine, who, slug, Typed(section, typed, seen, "a form"), datetime.now(UTC))


def send(engine: Engine, who: SignedIn, slug: str) -> None:
    drafts.send(engine, who, slug, drafts.managed(engine, who, slug).seen, datetime.now(UTC))


def decide(admin: Browser, slug: str, turn: int, *, accept: bool) -> None:
    """With a hostile comment on each change, and a hostile note."""
    address = f"/admin/approvals/{slug}"
    fields = filled_form(admin.get(address).text, "changes")
    changes = [name.removeprefix("sign-") for name in fields if name.startswith("sign-")]
    for place, change in enumerate(changes):
        fields[f"comment-{change}"] = line(600, turn + place)
        fields[f"decision-{change}"] = "accept" if accept else "return"
    fields["note"] = line(600, turn)
    answer = admin.client.post(address, data=fields)
    assert answer.status_code == 303, (slug, answer.text)


def type_everything(browser: Browser, slug: str) -> None:
    """Fills every field of the form of a listing, also where hostile texts will not do."""
    for section in SECTIONS:
        address = f"/manage/{slug}/edit/{section}"
        fields = _typed(section, filled_form(browser.get(address).text))
        assert browser.client.post(address, data=fields).status_code == 303, section


def _typed(section: str, form: MultiDict[str, str]) -> MultiDict[str, str]:
    texts = cycle(lines(600))
    typed = [
        (name, text if name in AS_SHOWN or name.endswith(CHOICES) else next(texts))
        for name, text in form.items(multi=True)
    ]
    rows = {"offers", "notes", "access", "aliases", "languages", "unknown"} & set(SECTIONS[section])
    names = [*rows, *(["contacts"] if section == "contacts" else [])]
    part = {"contacts": "-value"}
    more = [
        (f"{name}-{number}{part.get(name, '')}", text) for name in names for number, text in enumerate(lines(600), 50)
    ]
    return MultiDict([*typed, *more])


def reword_organisations(engine: Engine, admin: SignedIn) -> None:
    for turn, row in enumerate(organisations.all_organisations(engine)):
        words = OrganisationWords(
            name=line(160, turn),
            description=line(600, turn),
            url=web_addresses()[turn % len(web_addresses())],
            aliases="\n".join(some(160, turn, 12)),
        )
        seen = organisations.organisation_shown(engine, row.slug).seen
        organisations.change_organisation(engine, admin, row.slug, words, seen, datetime.now(UTC))


def reword_questions(engine: Engine, admin: SignedIn) -> tuple[int, int]:
    """How many texts of questions, answers and goals are hostile now, and how many the directory refused."""
    texts, taken, refused = cycle(sorted(lines(120), key=len)), 0, 0
    for question in wording.questions(engine):
        shown = wording.wording(engine, question.id).shown
        typed = {field: next(texts) for field in shown.texts if field != "at_a_glance"}
        while typed:
            try:
                wording.change(engine, admin, question.id, {**shown.texts, **typed}, shown.version, datetime.now(UTC))
                break
            except FaultsError as error:
                wrong = {fault.field for fault in error.faults} & typed.keys() or {next(iter(typed))}
                refused += len(wrong)
                typed = {field: text for field, text in typed.items() if field not in wrong}
        taken += len(typed)
    return taken, refused


def add_meanings(engine: Engine, admin: SignedIn) -> list[str]:
    """The names of the hostile meanings that people say hostile things for, as far as the directory takes them."""
    taken = []
    for turn, means in enumerate(lines(80)):
        typed = {"say": "\n".join(some(100, turn, 3)), "lead": LISTING, "misspelt": "", "short": "", "search_for": ""}
        with suppress(FaultsError):
            synonyms.add(engine, admin, means, typed, datetime.now(UTC))
            taken.append(means)
    return taken
