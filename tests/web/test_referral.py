"""The text with which a professional refers somebody: three texts that hold their lengths, and say what is known."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import replace
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
from app.directory.listing import PracticalFact
from app.models import ReferenceData
from app.web.find.referral_text import LONGEST_MESSAGE, as_text, letter, patient_message, phone_length, record
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
    """The letter; empty where none goes out."""
    return as_text(letter(one, seed_catalogue().papers)) if one.has_letter else ""


def messages() -> list[tuple[str, str]]:
    """Each text for a phone that is sent to anybody, after the service."""
    return [(one.listing.id, patient_message(one)) for one in referrals() if one.has_message]


def records() -> dict[str, str]:
    """By service, for nobody in particular."""
    return {one.listing.id: record_of(one) for one in referrals() if not one.known}


def letters() -> dict[str, str]:
    """By service, for nobody in particular."""
    return {one.listing.id: letter_of(one) for one in referrals() if one.has_letter and not one.known}


def unquoted(text: str) -> str:
    """The text without what the directory is quoted to say."""
    return re.sub(r"“[^”]*”", "", text)


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
    for id_, text in messages():
        assert phone_length(text) <= LONGEST_MESSAGE, (id_, text)
        assert OF_PHONES.fullmatch(text), (id_, text)
        assert text.startswith("Hello. ")
        assert "{" not in text


def test_a_message_tells_nothing_of_health_or_benefits_but_in_a_name_or_an_address() -> None:
    for id_, message in messages():
        text = re.sub(r"https?://\S+|\S+@\S+", "", message)
        for name in names():
            text = text.replace(name, "")
        assert not PRIVATE.search(text), (id_, text)


def test_a_message_says_how_to_reach_the_service() -> None:
    told = {one.listing.id: patient_message(one) for one in referrals() if not one.known}
    assert "Phone: 0808 196 2386 (not confirmed)." in told["workwell-ncl"]
    assert "You reach it through Good Work Camden.\nAsk us for their number." in told["camden-disability-job-hub"]
    assert "https://www.gov.uk/universal-credit/contact-universal-credit" in told["restart-scheme"]
    assert "Ask us for their number." in told["care-leavers-programme"], "whose borough is not known"
    assert "It may have changed, so ask first." in told["restart-scheme"]
    assert "It may have changed" not in told["workwell-ncl"]


def test_a_message_speaks_of_doubts_as_one_speaks_to_patients() -> None:
    told = dict(messages())
    assert "Phone: 020 8359 5600 (this number may have changed)." in told["barnet-boost"]
    assert not any(": check" in text or "Ask us how to reach it" in text for text in told.values())


def test_a_message_that_would_be_too_long_leaves_out_the_least() -> None:
    one = referrals()[0]
    contact = one.listing.contacts[0].model_copy(update={"value": f"https://a.example/{'x' * 250}", "old": False})
    listing = one.listing.model_copy(update={"name": "The Carers’ Service", "contacts": (contact,)})
    text = patient_message(replace(one, listing=listing))
    assert phone_length(text) <= LONGEST_MESSAGE
    assert "The Carers' Service" in text
    assert "Ask us for their number." in text


def test_some_letters_count_twice_on_a_phone() -> None:
    assert phone_length("£5 [or more]") == 14


def test_a_letter_is_one_page() -> None:
    for one in referrals():
        lines = [line for row in letter_of(one).split("\n") for line in (textwrap.wrap(row, PAPER_WIDE) or [""])]
        assert len(lines) <= PAPER_LONG, (one.listing.id, len(lines))


def test_the_sentences_are_short() -> None:
    texts = {text for one in referrals() for text in (record_of(one), letter_of(one))}
    texts.update(text for _, text in messages())
    assert too_long({line for text in texts for line in text.split("\n")}) == []


def test_record_and_letter_speak_to_a_professional_of_the_patient() -> None:
    """What the directory says to patients, and of itself, stands in quotes."""
    to_others = re.compile(r"\b(we|us|our|you|yourself|your (?!service|name))\b", re.IGNORECASE)
    for one in referrals():
        for text in (record_of(one), letter_of(one)):
            plain = unquoted(text).replace("[Your name and role]", "").replace("https://", "\nhttps://")
            for line in plain.split("\n"):
                if not line.startswith(("https://", "Source: ")):
                    nameless = line
                    for name in names():
                        nameless = nameless.replace(name, "")
                    assert not to_others.search(nameless), (one.listing.id, line)


def test_the_letter_has_blanks_for_the_patient_and_the_sender() -> None:
    for text in letters().values():
        for blank in ("Patient name", "Date of birth", "NHS number", "Patient phone", "Your name and role", "Practice"):
            assert f"[{blank}]" in text


def test_record_and_letter_say_all_that_a_referral_needs(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    texts = texts_of(visitor.get("/services/workwell-ncl/referral").text)
    for text in (texts["record"], texts["letter"]):
        for words in (
            "- They live in Camden.",
            "Not known to the directory: effect on benefits, whether the employer is told, whether the GP is told.",
            "The patient has agreed to this referral and to sharing the above: [yes / no]",
            "“Newest page that says it runs: February 2026. Nobody who runs it has confirmed this page.”",
            "Source: parallelparliament.co.uk, 26 February 2026.",
        ):
            assert text.count(words) == 1, words
    for words in (
        "Referral: WorkWell (North Central London), Shaw Trust\n",
        "The directory No Wrong Door says: “A Work and Health coach helps you",
        "https://gps.northcentrallondon.icb.nhs.uk/services/workwell (for professionals)",
        "Phone: 0808 196 2386 (not confirmed).",
        "- Choice to take part: yes. “Taking part is your choice. You can stop at any time.”",
        "Fit note: [not fit / may be fit with: phased return",
    ):
        assert words in texts["record"], words


def test_ways_in_are_facts_and_what_patients_are_told_is_quoted() -> None:
    told = records()["workwell-ncl"]
    assert "- GP: can refer.\n- Health worker: can refer.\n- Patient: can get in touch.\n" in told
    assert "- The directory tells patients: “Your GP can refer you.” “Another health professional can" in told


def test_what_patients_ask_first_is_answered_under_its_own_words() -> None:
    one = referrals()[0]
    fact = PracticalFact(answer="no", text="Nobody tells them.", source=("page",))
    listing = one.listing.model_copy(update={"practical": {"gp_told": fact}})
    told = record_of(replace(one, listing=listing))
    assert "The directory tells patients\n- Whether the GP is told: no. “Nobody tells them.”" in told
    assert "whether the GP" not in told


def test_a_letter_does_not_tell_a_service_about_itself() -> None:
    for one in referrals():
        text = letter_of(one)
        assert "can refer" not in text
        assert "patients:" not in text
        assert not any(contact.value in text for contact in one.listing.contacts), one.listing.id
        assert text.count("Not known") <= 1


def test_contacts_are_told_with_their_hours_and_doors_with_their_numbers() -> None:
    told = records()
    assert "- Phone: 0800 121 7479. Monday to Friday, 9am to 5pm." in told["access-to-work"]
    assert "- Through Citizens Advice Help to Claim. " in told["benefits-advice"]
    assert "0800 144 8444" in told["benefits-advice"]


def test_what_the_directory_assumes_is_said_to_be_its_own() -> None:
    told = letters()["workwell-ncl"]
    assert "- For people aged 16 and over. The directory says: “No source gives an age. We assume that" in told


def test_where_no_professional_can_refer_the_patient_is_told_about_it(client: FlaskClient) -> None:
    for id_ in ("acas-helpline", "restart-scheme"):
        html = client.get(f"/services/{id_}/referral").text
        texts = texts_of(html)
        assert texts.keys() == {"record", "message"}
        assert texts["record"].startswith("Told about: ")
        assert "No source says that a GP or another health professional can refer." in texts["record"]
        assert "agreed to this referral" not in texts["record"]
        assert "Referred to" not in html
        assert "Print the letter" not in html


def test_of_information_and_offers_to_employers_there_is_the_record_alone(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    for id_ in ("fit-note-information", "employer-health-disability-service", "camden-inclusive-business-network"):
        html = visitor.get(f"/services/{id_}/referral").text
        assert texts_of(html).keys() == {"record"}, id_
        assert texts_of(html)["record"].startswith("Told about: "), id_
        assert "Not known to the directory" not in html, "there is nothing to take part in"
        assert "there is no letter and no message" in Page(html).text


def test_what_must_be_checked_first_says_ring_first() -> None:
    told = records()
    assert "- Ring first: it may have changed. " in told["mental-health-working"]
    assert "- Check first that it still runs. The directory knows no number. " in told["ips-severe-mental-illness"]
    assert "Ring first" not in told["workwell-ncl"]


def test_what_does_not_fit_is_recorded_as_such_and_sent_to_nobody(visitor: Visitor) -> None:
    visitor.go_through({**BACK_PAIN, "lives_in": "barnet", "gp_borough": "barnet"}, "patient")
    html = visitor.get("/services/good-work-camden/referral").text
    reason = "For people who live in Camden; they live in Barnet."
    texts = texts_of(html)
    assert texts.keys() == {"record"}
    assert texts["record"].startswith("Looked at, not suitable: Good Work Camden, Camden Council\n")
    assert f"Not met, by the answers given\n- {reason}" in texts["record"]
    assert "consider this patient" not in html
    page = Page(html).text
    assert page.index(reason) < page.index("there is no letter and no message") < page.index("For the record")


def test_the_record_of_what_does_not_fit_names_what_fails_in_each_way_in() -> None:
    for one in referrals():
        if one.not_met:
            failed = record_of(one).partition("Not met, by the answers given\n")[2].partition("\n\n")[0]
            others = [reason for way in one.other_ways for reason in way if reason.state == "not_met"]
            assert all(reason.text in failed for reason in (*one.not_met, *others)), one.listing.id


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


def test_in_danger_crisis_help_opens_the_record_and_nothing_is_sent(visitor: Visitor) -> None:
    visitor.go_through({"goals": ["urgent_help"]}, "patient")
    for id_ in ("icope", "workwell-ncl", "acas-helpline"):
        html = visitor.get(f"/services/{id_}/referral").text
        texts = texts_of(html)
        assert texts.keys() == {"record"}
        first, *lines = texts["record"].partition("\n\n")[0].split("\n")
        assert first.startswith("Crisis help comes first")
        for name, number in (("Emergency", "999"), ("NHS 111", "111"), ("Samaritans", "116 123"), ("Shout", "85258")):
            assert any(line.startswith(f"- {name}") and number in line for line in lines), name
        text = Page(html).text
        assert text.index("Samaritans") < text.index("For the record")


def test_in_danger_the_page_asks_to_be_opened_and_not_copied_unseen(visitor: Visitor) -> None:
    visitor.go_through({"goals": ["urgent_help"]}, "patient")
    first = re.search(r"<textarea[^>]*>", visitor.get("/services/icope/referral").text)
    assert first
    assert "data-open-me" in first[0]


def test_without_danger_the_record_may_be_copied_unseen(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    assert "data-open-me" not in visitor.get("/services/icope/referral").text


def test_no_cache_keeps_it(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    mine = visitor.seen[-1].request.url.partition("j=")[2]
    response = visitor.get(f"/services/workwell-ncl/referral?j={mine}")
    assert response.headers["Cache-Control"] == "no-store"
    assert "They live in Camden." in response.text


def test_a_page_of_an_earlier_patient_is_refused_once_another_is_asked_about(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN, "patient")
    first = visitor.seen[-1].request.url.partition("j=")[2]
    visitor.go_through({**BACK_PAIN, "lives_in": "barnet"}, "patient")
    for id_ in ("workwell-ncl", "fit-for-work"):
        response = visitor.get(f"/services/{id_}/referral?j={first}")
        assert response.status_code == 409
        assert "This page belongs to an earlier check" in response.text
        assert "<textarea" not in response.text
        assert "Barnet" not in Page(response.text).main
