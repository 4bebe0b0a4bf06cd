"""Every sentence that a resident can meet in the check and its results is short, British and free of bare initials.

A name counts as one word: nobody can shorten “NHS Talking Therapies Barnet, Enfield and Haringey”. So does a sentence
of a listing that another sentence quotes, because it is measured by itself.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import time_machine
import yaml
from flask import Flask

from app.directory.listing import Contact, Listing
from tests.seeds import published_seed
from tests.sentences import blocks_of, is_finished, length, sentences
from tests.web.site import Answers, Visitor, question_in, seeded_site

HERE = Path(__file__).parent
WIZARD = HERE.parent / "app" / "templates" / "wizard"
DAY = "2026-11-21"
LONGEST, MIDDLE = 25, 15
PEOPLE = ("me", "patient", "family", "employee")
ABOUT_US = ("/", "/privacy", "/accessibility")
AMERICAN = re.compile(
    r"\b(?:analyz|behavior|cancel(?:ed|ing)|catalog\b|center|color|counsel(?:or|ed|ing)|defense|enrollment|favor|fulfillment"
    r"|gotten|gray|honor|judgment|labor\b|licensed|maximiz|minimiz|neighbor|organiz|prioritiz|program\b|programs"
    r"|realiz|recogniz|skillful|specializ|summariz|utiliz|vacation|zip code)\w*",
    re.IGNORECASE,
)
"""Words that are spelt otherwise here, or are other words here."""
KNOWN_TO_ALL = {
    "GP": "nobody says general practitioner",
    "NHS": "the name by which everybody knows it",
    "HIV": "whom it concerns knows it by no other name",
    "ADHD": "whom it concerns knows it by no other name",
}
INITIALS = re.compile(r"\b[A-Z]{2,}\b")
SPELT_OUT = re.compile(r"\w+ \(([A-Z]{2,})\)")
QUOTED = re.compile(r"“[A-Z][^”]*”")


Texts = frozenset[tuple[str, str]]
"""(Where it stands, text)."""


@pytest.fixture(scope="module", name="pages")
def pages_of_the_check() -> Texts:
    """Every text of every kind of page of the check, at its address."""
    site = seeded_site()
    with time_machine.travel(DAY):
        seen = Visitor(site)
        _judged_residents(seen)
        for person in PEOPLE:
            _every_question(seen, person)
            _every_state(site, seen, person)
    shown = (page for page in seen.seen if page.status_code not in range(300, 400))
    return frozenset((page.request.path, text) for page in shown for text in blocks_of(page.text))


def _judged_residents(visitor: Visitor) -> None:
    for case in yaml.safe_load((HERE / "judged_cases.yaml").read_text()):
        answers = {id_: value if isinstance(value, list) else str(value) for id_, value in case["answers"].items()}
        _results_of(visitor, answers, str(answers.pop("asking_for", "me")))


def _results_of(visitor: Visitor, answers: Answers, person: str) -> str:
    """The results page. The questions on the way are answered unseen: each is looked at elsewhere."""
    address = visitor.begin(person)
    while (question := question_in(address)) != "results":
        address = visitor.post(address, answer=answers.get(question, "not_sure")).location or ""
        assert address, f"{question} was refused"
    return visitor.get(address).text


def _every_question(visitor: Visitor, person: str) -> None:
    """Each question as it is asked of this person, and refused for want of an answer."""
    address = visitor.begin(person)
    for question in _questions():
        here = re.sub(r"/check/\w+", f"/check/{question}", address)
        assert visitor.get(here).status_code == 200, here
        assert visitor.post(here, answer="").status_code == 422, here
        visitor.post(here, answer=["not_sure", "other"])
    visitor.post("/check", answer="")


def _every_state(site: Flask, visitor: Visitor, person: str) -> None:
    """What comes before, beside and after the questions."""
    visitor.get("/check/results")
    outside: Answers = {"lives_in": "outside_ncl", "gp_borough": "no_gp"}
    urgent: Answers = {"goals": ["urgent_help"]}
    for answers in (outside, urgent):
        _results_of(visitor, answers, person)
        for page in _pages_without_parts(site):
            visitor.get(page)
    old = visitor.begin(person)
    address = visitor.begin(person)
    visitor.answer(re.sub(r"/check/\w+", "/check/health", address), "yes")
    visitor.answer(re.sub(r"/check/\w+", "/check/conditions", address), ["autism"])
    changed = visitor.answer(re.sub(r"/check/\w+", "/check/health", address), "no")
    assert "You changed an answer." in visitor.get(changed.location or "").text
    visitor.get(old)
    visitor.post(old, answer="not_sure")
    visitor.get("/check")
    visitor.get("/check/delete")
    visitor.post("/check/delete")
    visitor.get("/check/delete")
    visitor.get("/check?cleared=1")
    visitor.get("/check/nowhere")
    visitor.post(old, answer="not_sure")


def _pages_without_parts(site: Flask) -> Iterator[str]:
    """The check's own pages: the start, the answers, the results and the ways to read them."""
    for rule in site.url_map.iter_rules():
        if rule.rule.startswith("/check") and "GET" in (rule.methods or ()) and not rule.arguments:
            yield rule.rule


def _questions() -> list[str]:
    return [id_ for id_ in published_seed().reference["questions"]["questions"] if id_ != "asking_for"]


def _fixed_texts() -> Iterator[tuple[str, str]]:
    """What the templates say of their own, for the sentences that no walk comes to. What is filled in is one word."""
    for template in WIZARD.glob("*.html"):
        filled = re.sub(r"\{\{.*?\}\}", "it", template.read_text(), flags=re.DOTALL)
        plain = re.sub(r"\{[%#].*?[%#]\}", "<br>", filled, flags=re.DOTALL)
        yield from ((template.name, text) for text in blocks_of(plain))


@cache
def _names() -> tuple[str, ...]:
    """Of services and crisis lines, the longest first."""
    listings = [listing.name for listing in published_seed().listings.values()]
    lines = [str(line["name"]) for line in published_seed().reference["urgent"]["lines"]]
    return tuple(sorted({*listings, *lines}, key=len, reverse=True))


def _words(sentence: str) -> int:
    return length(QUOTED.sub("Quoted", sentence), _names())


def _seed_texts() -> Iterator[tuple[str, str]]:
    """Everything that a listing or a crisis line says to a reader, with the file where it is written."""
    for listing in published_seed().listings.values():
        yield from ((f"seed/services/{listing.id}.yaml", text) for text in _texts_of(listing))
    urgent = published_seed().reference["urgent"]
    for line in (urgent["notice"], urgent["footer"], *urgent["lines"]):
        yield from (("seed/urgent.yaml", text) for text in _texts_of_line(line))


def _texts_of(listing: Listing) -> Iterator[str]:
    facts = (*listing.offers, *listing.referral, *listing.practical.values(), *listing.notes, listing.status_note)
    yield from (listing.summary, *(fact.text for fact in facts), *(door.text for door in listing.reach_through))
    if listing.commissioner:
        yield listing.commissioner.text
    for rule in listing.rules:
        ways_in = (condition for way_in in rule.routes for condition in way_in)
        for condition in (*rule.everyone, *ways_in, *rule.exclusions, *rule.made_for):
            yield from (text for text in (condition.text, condition.ask) if text)
    yield from (text for contact in listing.contacts for text in _texts_of_contact(contact))


def _texts_of_contact(contact: Contact) -> Iterator[str]:
    told = (contact.hours, contact.note, contact.value if contact.type == "ask" else None)
    yield from (text for text in told if text)


def _texts_of_line(line: dict[str, Any]) -> Iterator[str]:
    yield from (line[name] for name in ("title", "text", "summary") if name in line)
    for contact in line.get("contacts", ()):
        yield from (contact[name] for name in ("hours", "note") if name in contact)


def _too_long(texts: Iterable[tuple[str, str]]) -> list[str]:
    return [
        f"{place}: {_words(sentence)} words: {sentence}"
        for place, text in texts
        for sentence in sentences([text])
        if _words(sentence) > LONGEST
    ]


def _middle(texts: Iterable[tuple[str, str]]) -> float:
    """The median length of what ends with a full stop: headings and labels would flatter it."""
    return median(_words(sentence) for sentence in set(sentences(text for _, text in texts)) if is_finished(sentence))


def test_no_sentence_of_the_check_is_too_long(pages: Texts) -> None:
    assert _too_long((*pages, *_fixed_texts())) == []


def test_no_sentence_of_a_listing_or_a_crisis_line_is_too_long() -> None:
    assert _too_long(_seed_texts()) == []


def test_sentences_are_short_for_the_most_part(pages: Texts) -> None:
    assert _middle(pages) <= MIDDLE
    assert _middle(_seed_texts()) <= MIDDLE


def test_the_spelling_is_british(pages: Texts) -> None:
    visitor = Visitor(seeded_site())
    ours = ((address, text) for address in ABOUT_US for text in blocks_of(visitor.get(address).text))
    texts = (*ours, *pages, *_fixed_texts(), *_seed_texts())
    assert [f"{place}: {found[0]}" for place, text in texts if (found := AMERICAN.search(text))] == []


def test_the_pages_about_us_are_as_plain_as_the_others() -> None:
    visitor = Visitor(seeded_site())
    texts = [(address, text) for address in ABOUT_US for text in blocks_of(visitor.get(address).text)]
    assert _too_long(texts) == []
    assert _middle(texts) <= MIDDLE


def test_no_question_has_initials_without_their_meaning(pages: Texts) -> None:
    for question in ("/check", *(f"/check/{id_}" for id_ in _questions())):
        texts = {text for address, text in pages if address == question}
        assert texts
        told = set(KNOWN_TO_ALL).union(*(SPELT_OUT.findall(text) for text in texts), _explained_by(texts))
        bare = {(initials, text) for text in texts for initials in INITIALS.findall(text) if initials not in told}
        assert bare == set(), question


def _explained_by(texts: set[str]) -> set[str]:
    """The terms of the glossary whose meaning stands among these texts."""
    terms = published_seed().reference["glossary"]["terms"]
    return {name for term in terms if term["means"] in texts for name in (term["term"], *term.get("also", ()))}


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("One idea. Then “another one.” And a third?", [2, 3, 3]),
        ("For people aged 17½ – and over; you are 15.", [9]),
        ("Call 0800 123, Monday to Friday, 9am to 5.30pm.", [9]),
        ("WorkWell (North Central London) comes first.", [3]),
    ],
)
def test_the_measure_counts_as_a_reader_would(text: str, lengths: list[int]) -> None:
    assert [_words(sentence) for sentence in sentences([text])] == lengths


def test_a_sentence_of_one_word_too_many_is_found() -> None:
    enough = "word " * (LONGEST - 1) + "word."
    assert _too_long([("here", enough)]) == []
    assert _too_long([("here", f"One {enough}")]) == [f"here: {LONGEST + 1} words: One {enough}"]


def test_the_measure_reads_a_page_as_it_is_laid_out() -> None:
    page = "<main><h1>Who</h1><p>You <a>can</a> ask.<br>Now.</p><ul><li>One<li>Two</ul><pre>A\nB</pre></main>"
    assert blocks_of(page) == ["Who", "You can ask.", "Now.", "One", "Two", "A", "B"]
