"""The text with which a professional refers somebody: three texts that hold their lengths, and say what is known."""

import re
import textwrap
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import yaml
from flask import Flask
from flask.testing import FlaskClient

from app.actions.exchange import load_seed
from app.actions.referral import Referral, referral_to
from app.current import ENGINE
from app.database import writing
from app.models import ReferenceData
from app.web.referral_text import LONGEST_MESSAGE, as_text, letter, patient_message, phone_length, record
from tests.seeds import closed_listings, open_listings, published_seed, seed_catalogue
from tests.sentences import blocks_of, length, sentences
from tests.web.checker import Page, problems
from tests.web.site import BACK_PAIN, SEED, Visitor, empty_site

TODAY = date(2026, 11, 22)
CASES = yaml.safe_load((Path(__file__).parents[1] / "judged_cases.yaml").read_text())
PAPER_WIDE, PAPER_LONG = 95, 66
"""Letters in a line, and lines on a page of A4, at the letter's size."""
LONGEST_SENTENCE = 25
OF_PHONES = re.compile(r"[A-Za-z0-9@£$¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà \n_!\"#¤%&'()*+,\-./:;<=>?¡\[\]{}~^|\\€]*")
"""The alphabet of text messages. One letter of another makes them half as long."""
PRIVATE = re.compile(
    r"health|ill\b|illness|sick|mental|disab|condition|therap|benefit|credit|claim|pain", re.IGNORECASE
)


@cache
def referrals() -> tuple[Referral, ...]:
    """Every open service, for nobody in particular and for every judged resident."""
    catalogue = seed_catalogue()
    assert catalogue.referral
    people = [{}, *(case["answers"] for case in CASES)]
    return tuple(
        referral_to(catalogue, catalogue.referral, listing, person, TODAY)
        for listing in open_listings()
        for person in people
    )


def record_of(one: Referral) -> str:
    return as_text(record(one, seed_catalogue().papers))


def letter_of(one: Referral) -> str:
    return as_text(letter(one, seed_catalogue().papers))


@cache
def names() -> tuple[str, ...]:
    """Of services, the longest first."""
    return tuple(sorted((listing.name for listing in published_seed().listings.values()), key=len, reverse=True))


def too_long(texts: Iterable[str]) -> list[str]:
    """Sentences of too many words. What another sentence quotes is measured by itself; a source is no sentence."""
    prose = (re.sub(r"“[A-Z][^”]*”", "Quoted", text) for text in texts if not text.startswith("Source: "))
    return [sentence for sentence in sentences(prose) if length(sentence, names()) > LONGEST_SENTENCE]


def texts_of(html: str) -> dict[str, str]:
    """What stands in the boxes of a page, by their ids."""
    boxes = re.findall(r'<textarea[^>]*?id="(\w+)"[^>]*>(.*?)</textarea>', html, flags=re.DOTALL)
    return {id_: Page(f"<main>{text}</main>").main for id_, text in boxes}


def test_a_message_fits_into_two_and_is_written_as_phones_write() -> None:
    for one in referrals():
        text = patient_message(one)
        assert phone_length(text) <= LONGEST_MESSAGE, (one.listing.id, text)
        assert OF_PHONES.fullmatch(text), (one.listing.id, text)
        assert text.startswith("Hello. ")
        assert "{" not in text


def test_a_message_tells_nothing_of_health_or_benefits_but_in_a_name_or_an_address() -> None:
    for one in referrals():
        text = re.sub(r"https?://\S+|\S+@\S+", "", patient_message(one))
        for name in names():
            text = text.replace(name, "")
        assert not PRIVATE.search(text), (one.listing.id, text)


def test_a_message_says_how_to_reach_the_service() -> None:
    messages = {one.listing.id: patient_message(one) for one in referrals() if not one.known}
    assert "Phone: 0808 196 2386 (not confirmed)." in messages["workwell-ncl"]
    assert "You reach it through Good Work Camden." in messages["camden-disability-job-hub"]
    assert "https://www.gov.uk/universal-credit/contact-universal-credit" in messages["restart-scheme"]
    assert "Ask us how to reach it." in messages["care-leavers-programme"], "whose borough is not known"
    assert "It may have changed, so ask first." in messages["restart-scheme"]
    assert "It may have changed" not in messages["workwell-ncl"]


def test_a_message_that_would_be_too_long_leaves_out_the_least() -> None:
    one = referrals()[0]
    contact = one.listing.contacts[0].model_copy(update={"value": f"https://a.example/{'x' * 250}", "old": False})
    listing = one.listing.model_copy(update={"name": "The Carers’ Service", "contacts": (contact,)})
    text = patient_message(Referral(**{**vars(one), "listing": listing}))
    assert phone_length(text) <= LONGEST_MESSAGE
    assert "The Carers' Service" in text
    assert "Ask us how to reach it." in text


def test_some_letters_count_twice_on_a_phone() -> None:
    assert phone_length("£5 [or more]") == 14


def test_a_letter_is_one_page() -> None:
    for one in referrals():
        lines = [line for row in letter_of(one).split("\n") for line in (textwrap.wrap(row, PAPER_WIDE) or [""])]
        assert len(lines) <= PAPER_LONG, (one.listing.id, len(lines))


def test_the_sentences_are_short() -> None:
    texts = {text for one in referrals() for text in (record_of(one), letter_of(one), patient_message(one))}
    assert too_long({line for text in texts for line in text.split("\n")}) == []


def test_the_letter_has_blanks_for_the_patient_and_the_sender() -> None:
    for one in referrals()[:1]:
        for blank in ("Patient name", "Date of birth", "NHS number", "Patient phone", "Your name and role", "Practice"):
            assert f"[{blank}]" in letter_of(one)


def test_record_and_letter_say_all_that_a_referral_needs(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    texts = texts_of(visitor.get("/services/workwell-ncl/referral").text)
    for text in (texts["record"], texts["letter"]):
        for words in (
            "A Work and Health coach helps you",
            "- They live in Camden.",
            "- “Your GP can refer you.”",
            "https://gps.northcentrallondon.icb.nhs.uk/services/workwell (for professionals)",
            "Phone: 0808 196 2386 (not confirmed).",
            "Is it their choice to take part? Yes.",
            "Will their employer be told? Not known: ask.",
            "The patient has agreed to this referral and to sharing the above: [yes / no]",
            "Newest page that says it runs: February 2026. Nobody who runs it has confirmed this page.",
            "Source: parallelparliament.co.uk, 26 February 2026.",
        ):
            assert words in text, words
    assert "Fit note: [not fit / may be fit with: phased return" in texts["record"]


def test_the_professionals_own_route_comes_first() -> None:
    told = next(record_of(one) for one in referrals() if one.listing.id == "workwell-ncl")
    assert told.index("Your GP can refer you") < told.index("You can sign up yourself")


def test_contacts_are_told_with_their_hours_and_doors_with_their_numbers() -> None:
    told = {one.listing.id: record_of(one) for one in referrals()}
    assert "- Phone: 0800 121 7479. Monday to Friday, 9am to 5pm." in told["access-to-work"]
    assert "- Through Citizens Advice Help to Claim: " in told["benefits-advice"]
    assert "0800 144 8444" in told["benefits-advice"]


def test_what_the_directory_assumes_is_said_to_be_its_own() -> None:
    told = next(letter_of(one) for one in referrals() if one.listing.id == "workwell-ncl" and not one.known)
    assert "- For people aged 16 and over. No source gives an age. We assume that" in told


def test_where_no_professional_can_refer_it_says_so() -> None:
    told = next(record_of(one) for one in referrals() if one.listing.id == "restart-scheme")
    assert "No source says that a health professional can refer." in told


def test_what_must_be_checked_first_says_ring_first() -> None:
    told = {one.listing.id: record_of(one) for one in referrals()}
    assert "- Ring first: it may have changed. " in told["mental-health-working"]
    assert "- Check first that it still runs. We know no number. " in told["ips-severe-mental-illness"]
    assert "Ring first" not in told["workwell-ncl"]


def test_what_does_not_fit_is_said_honestly(visitor: Visitor) -> None:
    visitor.go_through({**BACK_PAIN, "lives_in": "barnet", "gp_borough": "barnet"}, "patient")
    texts = texts_of(visitor.get("/services/good-work-camden/referral").text)
    assert "Not met, by the answers given\n- For people who live in Camden; they live in Barnet." in texts["record"]


def test_advice_on_fit_notes_is_shown_with_its_source(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    page = visitor.get("/services/workwell-ncl/referral").text
    text = Page(page).text
    assert "Since 1 July 2022 nurses, occupational therapists, pharmacists and physiotherapists can certify" in text
    assert "775281000000100" in text
    assert "Check each in the NHS SNOMED CT browser before you use it." in text
    assert "https://www.gov.uk/government/publications/who-can-issue-fit-notes" in page


def test_without_a_check_all_is_to_check_and_nothing_of_a_fit_note(client: FlaskClient) -> None:
    response = client.get("/services/workwell-ncl/referral")
    text = Page(response.text).text
    assert "Nothing is known of the patient here" in text
    assert "Still to check - For people who live in" in text
    assert "Fit note" not in text
    assert "We found no national code for a referral to employment support." in text
    assert "“Referred to WorkWell (North Central London), " in text
    assert response.headers["Cache-Control"] == "no-cache"


def test_every_page_is_well_made(site: Flask, client: FlaskClient) -> None:
    for listing in (*open_listings(), *closed_listings()):
        response = client.get(f"/services/{listing.id}/referral")
        assert response.status_code == 200
        assert problems(response.text, site) == [], listing.id


def test_every_page_of_a_check_is_well_made_and_in_short_sentences(site: Flask, visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    for listing in (*open_listings(), *closed_listings()):
        html = visitor.get(f"/services/{listing.id}/referral").text
        assert problems(html, site) == []
        assert too_long(blocks_of(html.partition('id="sources"')[0])) == [], listing.id


def test_a_closed_service_has_no_text_and_leads_on(client: FlaskClient) -> None:
    for listing in closed_listings():
        html = client.get(f"/services/{listing.id}/referral").text
        assert "<textarea" not in html
        assert "takes no referrals" in html
        assert re.search(r'href="/services/[\w-]+/referral"', html), listing.id


def test_an_unknown_service_is_not_found(client: FlaskClient) -> None:
    assert client.get("/services/nowhere/referral").status_code == 404


def test_a_catalogue_of_before_there_were_referral_words_has_no_such_page(tmp_path: Path) -> None:
    app = empty_site(tmp_path)
    load_seed(app.extensions[ENGINE], SEED, datetime.now(UTC))
    with writing(app.extensions[ENGINE]) as session:
        session.delete(session.get_one(ReferenceData, "referral"))
    assert app.test_client().get("/services/workwell-ncl").status_code == 200
    assert app.test_client().get("/services/workwell-ncl/referral").status_code == 404


def test_danger_comes_first(visitor: Visitor) -> None:
    visitor.go_through({"goals": ["urgent_help"]}, "patient")
    text = Page(visitor.get("/services/icope/referral").text).text
    assert text.index("Samaritans") < text.index("For the record")


def test_nobody_else_sees_it_and_no_cache_keeps_it(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    mine = visitor.seen[-1].request.url.partition("j=")[2]
    response = visitor.get(f"/services/workwell-ncl/referral?j={mine}")
    assert response.headers["Cache-Control"] == "no-store"
    visitor.begin("patient")
    assert "They live in Camden." not in visitor.get(f"/services/workwell-ncl/referral?j={mine}").text
