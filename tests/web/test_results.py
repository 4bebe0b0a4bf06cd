"""The results in other shapes: a text to send, an Easy Read page, and words explained on the spot."""

import re
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.directory.glossary import Glossary, Term
from tests.seeds import open_listings, seed_catalogue
from tests.web.checker import Page, problems
from tests.web.site import BACK_PAIN, Answers, Visitor

TEXT = "/check/results/text"
EASY = "/check/results/easy"
ILL: Answers = {
    **BACK_PAIN,
    "work_status": "unemployed",
    "conditions": ["severe_mental_illness", "cancer"],
    "disabled": "yes",
    "long_term": "yes",
    "situation": ["under_mental_health_team", "criminal_record", "domestic_abuse"],
    "benefits": ["uc_lcwra", "pip"],
    "goals": ["find_job", "talk_to_someone"],
}
DANGER: Answers = {"goals": ["urgent_help"]}
TELLING = re.compile(
    r"back|neck|pain|sick|\bill\b|illness|disab|health|mental|crisis|suicide|cancer|record|abuse|pip\b|benefit|lcw|credit|\b42\b",
    re.I,
)
WORDS = '<details class="app-fold app-words"'
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")


def text_of(html: str) -> str:
    return Page(html).text


def message(visitor: Visitor, answers: Answers, person: str = "me") -> str:
    """The text that can be copied."""
    visitor.go_through(answers, person)
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", visitor.get(TEXT).text, re.DOTALL)
    assert found
    return unescape(found[1])


def part(html: str, tag: str) -> list[str]:
    return [text_of(f"<main>{found}</main>") for found in re.findall(rf"<{tag}\b.*?</{tag}>", html, re.DOTALL)]


# The text to send


@time_machine.travel("2026-11-22 12:00:00", tick=False)
def test_the_text_says_what_it_is_how_to_reach_it_and_what_to_say(visitor: Visitor) -> None:
    text = message(visitor, BACK_PAIN)
    assert text.startswith("WorkWell (North Central London)\nIt fits the answers given. You live in Camden.\n")
    assert "Phone: 0808 196 2386 (not confirmed)" in text
    assert "You could say: “Hello. I would like to know about WorkWell" in text
    assert "Others to try:\n- " in text
    assert "People that anybody can talk to:\n- Jobcentre Plus. " in text
    assert text.endswith("From No Wrong Door, 22 November 2026.\nThis is advice. Each service decides who it can help.")
    assert len(text) < 1500


@pytest.mark.parametrize("answers", [BACK_PAIN, ILL, {"health": "yes"}], ids=["back pain", "ill", "little said"])
@pytest.mark.parametrize("person", ["me", "patient", "family", "employee"])
def test_the_text_tells_nothing_of_health_or_money(visitor: Visitor, answers: Answers, person: str) -> None:
    text = ADDRESS.sub("", message(visitor, answers, person))
    for listing in sorted(open_listings(), key=lambda listing: -len(listing.name)):
        text = text.replace(listing.name, "")
    assert not TELLING.findall(text), text


def test_the_text_leads_on_where_a_service_has_no_number(visitor: Visitor) -> None:
    assert "Connect to Work (through Jobcentre Plus). Website: " in message(visitor, BACK_PAIN)


def test_in_danger_the_text_is_of_help_lines_alone(visitor: Visitor) -> None:
    text = message(visitor, DANGER)
    assert text.startswith("Help now:\n- Emergency services. Phone: 999.")
    assert "Samaritans. Phone: 116 123." in text
    assert "Text the word SHOUT." in text
    assert "Jobcentre" not in text
    assert "suicide" not in text


# Easy Read


def test_easy_read_is_the_first_service_and_people_to_talk_to(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    html = visitor.get(EASY).text
    assert text_of(html).startswith("What may help WorkWell (North Central London)")
    assert 'href="tel:08081962386"' in html
    assert "Jobcentre Plus" in html
    assert "Access to Work" not in html


@pytest.mark.parametrize("answers", [BACK_PAIN, ILL, DANGER, {}], ids=["back pain", "ill", "danger", "nothing said"])
def test_easy_read_has_one_sentence_a_line(visitor: Visitor, answers: Answers) -> None:
    visitor.go_through(answers)
    easy = visitor.get(EASY).text.partition('class="app-easy"')[2].partition('class="app-delete')[0]
    lines = part(easy, "p")
    assert len(lines) > 5
    assert [line for line in lines if re.search(r"[.?!] [A-Z]", line)] == []


def test_easy_read_in_danger_is_of_help_lines_alone(visitor: Visitor) -> None:
    visitor.go_through(DANGER)
    text = text_of(visitor.get(EASY).text)
    assert text.startswith("Get help now Emergency services Call 999")
    assert "Jobcentre" not in text


# Both


@pytest.mark.parametrize("address", [TEXT, EASY])
@pytest.mark.parametrize("answers", [BACK_PAIN, ILL, DANGER, {}], ids=["back pain", "ill", "danger", "nothing said"])
def test_there_and_back(site: Flask, visitor: Visitor, answers: Answers, address: str) -> None:
    links = {(link.get("href") or "").partition("?")[0] for link in Page(visitor.go_through(answers).text).all("a")}
    assert address in links
    response = visitor.get(address)
    assert problems(response.text, site) == []
    assert response.headers["Cache-Control"] == "no-store"
    back = {(link.get("href") or "").partition("?")[0] for link in Page(response.text).all("a")}
    assert "/check/results" in back


@pytest.mark.parametrize("address", [TEXT, EASY])
def test_without_answers_the_check_begins(client: FlaskClient, address: str) -> None:
    assert client.get(address).location == "/check?cleared=1"


@pytest.mark.parametrize("address", [TEXT, EASY])
def test_of_another_check_nothing_is_shown(visitor: Visitor, address: str) -> None:
    links = [link.get("href") or "" for link in Page(visitor.go_through(BACK_PAIN).text).all("a")]
    earlier = next(link for link in links if link.startswith(address))
    visitor.begin("patient")
    response = visitor.get(earlier)
    assert response.status_code == 409
    assert "WorkWell" not in response.text


def test_easy_read_in_danger_says_how_to_get_through(visitor: Visitor) -> None:
    visitor.go_through(DANGER)
    text = text_of(visitor.get(EASY).text)
    for instruction in ("press 55", "press 2", "Text the word SHOUT"):
        assert instruction in text


def test_a_refusal_tells_only_of_changes_that_happen_in_a_life(visitor: Visitor) -> None:
    html = visitor.go_through(BACK_PAIN | {"work_status": "unemployed", "out_of_work_for": "12_months_or_more"}).text
    refusals = text_of(html).partition("Not for you, because")[2]
    changes = re.findall(r"It could fit if ([^.]*)", refusals)
    assert any("work" in change or "get" in change or "got" in change for change in changes)
    assert not any(re.search(r"autis|illness|disab|lived in|\bwere \d|health", change) for change in changes)


# Benefits, and who will know


@pytest.mark.parametrize("answers", [BACK_PAIN, ILL], ids=["back pain", "ill"])
def test_each_of_the_first_three_says_what_happens_to_benefits_and_who_will_know(
    visitor: Visitor, answers: Answers
) -> None:
    cards = part(visitor.go_through(answers).text, "article")
    assert len(cards) == 3
    for card in cards:
        known, unknown, ask = card.partition("We do not know these yet. Ask them before you start.")
        for question in ("Will it affect my benefits?", "Will my employer be told?", "Will my GP be told?"):
            after = known.partition(question)[2]
            told = re.match(r" (Yes|No|Partly|We do not know)\. ", after)
            assert told or (unknown and question in ask), f"{question} {after[:60]}"
    assert any("We do not know these yet." in card for card in cards)


def test_somebody_who_asks_for_another_reads_what_happens_to_that_person(visitor: Visitor) -> None:
    html = visitor.go_through(BACK_PAIN, "patient").text
    for card in part(html, "article"):
        assert "Will it affect their benefits?" in card
        assert " my " not in card
        assert "“You” here is the person who would take part." in card


def test_an_employer_sees_at_once_what_there_is_for_employers(visitor: Visitor) -> None:
    html = visitor.go_through(BACK_PAIN, "employee").text
    folded = " ".join(part(html, "details"))
    employers = text_of(html).partition("For you as the employer")[2].partition("People you can always talk to")[0]
    assert "Support with Employee Health and Disability" in employers
    assert "Support with Employee Health and Disability" not in folded
    assert "For you as the employer" not in visitor.go_through(BACK_PAIN).text


# Words explained


def words_of(html: str) -> list[str]:
    """The terms explained in each place of a page."""
    return re.findall(r"<dt>([^<]*)</dt>\s*<dd>", html.partition("app-words")[2].partition("</details>")[0])


def test_a_question_explains_its_words(visitor: Visitor) -> None:
    visitor.begin()
    html = visitor.get("/check/benefits").text
    terms = words_of(html)
    assert {"LCW", "LCWRA", "Statutory Sick Pay", "Universal Credit"} <= set(terms)
    assert "What the words mean" in text_of(html)
    assert "for up to 28 weeks" in text_of(html)


def test_a_question_in_plain_words_explains_nothing(visitor: Visitor) -> None:
    visitor.begin()
    assert "What the words mean" not in visitor.get("/check/age").text


def test_a_result_explains_the_words_that_it_uses_and_no_others(visitor: Visitor) -> None:
    cards = re.findall(r"<article.*?</article>", visitor.go_through(BACK_PAIN).text, re.DOTALL)
    for card in cards:
        before = text_of(f"<main>{card.partition(WORDS)[0]}</main>")
        terms = words_of(card)
        assert "GP" in terms
        assert "Statutory Sick Pay" not in terms
        assert terms == [term.term for term in glossary().terms_in(before)]


def glossary() -> Glossary:
    found = seed_catalogue().glossary
    assert found
    return found


def test_every_word_of_the_glossary_is_used_on_a_page() -> None:
    catalogue = seed_catalogue()
    labels = [answer.label for question in catalogue.questionnaire for answer in question.answers]
    texts = [*labels, *(listing.model_dump_json() for listing in open_listings())]
    used = {term.term for text in texts for term in glossary().terms_in(text)}
    assert used == {term.term for term in glossary().terms}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A fit note.", ["fit note"]),
        ("Fit  notes\nand more", ["fit note"]),
        ("an outfit note", []),
        ("PIP, LCW", ["LCW", "PIP"]),
        ("a pip", []),
        ("LCWRA", []),
    ],
)
def test_whole_words_count(text: str, found: list[str]) -> None:
    terms = tuple(Term(term=word, means="…", own_words=True) for word in ("PIP", "fit note", "LCW"))
    assert [term.term for term in Glossary(terms=terms).terms_in(text)] == found
