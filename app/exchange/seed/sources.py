"""Sources and contacts: every source that is named is there, every address is one, and nothing stands twice."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from app.directory.listing import Contact
from app.directory.sources import DIRECTORY, OTHER_LIST, Source
from app.exchange.seed.plain_yaml import Document, Place, Problem


def check_sources(
    sources: Mapping[str, Source], used: Sequence[tuple[Place, str]], document: Document, papers: Document | None
) -> Iterator[Problem]:
    """``used`` are the keys of sources, each with the place of the fact that names it."""
    for place, key in used:
        if key not in sources:
            yield document.problem(
                f"There is no source “{key}”. Add it to sources, or correct the name.", *place, "source"
            )
    cited = {key for _, key in used}
    for key, source in sources.items():
        if key not in cited:
            yield document.problem(f"No fact uses the source “{key}”. Cite it, or take it out.", "sources", key)
        yield from check_source(source, document, papers, "sources", key)


def check_source(source: Source, document: Document, papers: Document | None, *place: str | int) -> Iterator[Problem]:
    """What is wrong with one source. Without ``papers``, which is a problem of its own, the number is not looked at."""
    given = [name for name in ("paper", "page", "said_by") if getattr(source, name)]
    if not given:
        yield document.problem("This source has no paper and no page, and nobody said it. Give one of them.", *place)
    if len(given) > 1:
        yield document.problem(f"This source has {' and '.join(given)}. Keep one, and make a source of each.", *place)
    if source.page and not is_page(source.page):
        yield document.problem(not_a_page(source.page), *place, "page")
    if source.paper and papers and source.paper not in papers.data:
        message = f"There is no paper “{source.paper}” in papers.yaml. Correct the number, or add the paper."
        yield document.problem(message, *place, "paper")


def check_said_by(
    sources: Mapping[str, Source], document: Document, organisations: Document | None
) -> Iterator[Problem]:
    """Whoever said something is there. Without ``organisations``, a problem of its own, nothing is looked at."""
    for key, source in sources.items():
        if organisations and source.said_by and source.said_by not in {DIRECTORY, OTHER_LIST, *organisations.data}:
            message = (
                f"There is no organisation “{source.said_by}”. Correct the id, or write “{DIRECTORY}” for what the "
                "directory team says."
            )
            yield document.problem(message, "sources", key, "said_by")


def check_contacts(contacts: Sequence[Contact], document: Document, *place: str | int) -> Iterator[Problem]:
    """``place`` is where the list of contacts stands."""
    times = Counter((contact.type, _squeezed(contact.value)) for contact in contacts)
    for number, contact in enumerate(contacts):
        if contact.type == "web" and not is_page(contact.value):
            yield document.problem(not_a_page(contact.value), *place, number, "value")
        if times[contact.type, _squeezed(contact.value)] > 1:
            yield document.problem(f"The contact “{contact.value}” is given twice. Keep one.", *place, number)


def _squeezed(value: str) -> str:
    return "".join(value.split()).casefold()


def is_page(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in address)


def not_a_page(address: str) -> str:
    return f"“{address}” is not the address of a web page. It should begin with https:// or http://."
