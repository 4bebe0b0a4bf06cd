"""The check as stories, without JavaScript."""

import re
import time
from statistics import median
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask, render_template
from flask.testing import FlaskClient

from app.actions.recommend import Recommendation
from tests.benchmarks.engine import real_world
from tests.benchmarks.interviews import interview
from tests.benchmarks.people import sample_people
from tests.seeds import seed_catalogue
from tests.web.checker import Page
from tests.web.site import BACK_PAIN, FORM, Answers, Visitor, question_in


def text_of(html: str) -> str:
    return Page(html).text


def test_somebody_off_sick_finds_workwell(visitor: Visitor) -> None:
    text = text_of(visitor.go_through(BACK_PAIN).text)
    assert text.startswith("This fits you best This is advice. Each service decides who it can help.")
    assert "Newest page that says it runs: February 2026. Nobody who runs it has confirmed this page." in text
    assert "WorkWell (North Central London)" in text
    assert "Yes You live in Camden." in text
    assert "Where this comes from" in text
    assert "NCL JHOSC" in text
    assert "0808 196 2386" in text
    assert "You could say:" in text
    assert "People you can always talk to" in text
    assert "Not for you, because …" in text


def test_words_suit_the_person_asked_for(visitor: Visitor) -> None:
    html = visitor.go_through(BACK_PAIN, "patient").text
    assert "This fits them best" in html
    assert "Yes They live in Camden." in text_of(html)
    assert "About your patient or client" in visitor.get("/check/answers").text


def test_urgent_answer_leads_to_crisis_help_at_once(visitor: Visitor) -> None:
    text = text_of(visitor.go_through({"goals": ["urgent_help"]}).text)
    assert text.startswith("Get help now")
    assert "Samaritans" in text
    assert "This fits" not in text
    assert "What people ask first" not in text


def test_outside_the_area_says_so(visitor: Visitor) -> None:
    answers: Answers = {"lives_in": "outside_ncl", "gp_borough": "outside_ncl", "goals": ["find_job"], "health": "yes"}
    visitor.go_through(answers)
    visitor.answer("/check/lives_in", "outside_ncl")
    visitor.answer("/check/gp_borough", "outside_ncl")
    text = text_of(visitor.get("/check/results").text)
    assert text.startswith("This may help you Our list is for Barnet")
    assert "These services take people from anywhere." in text
    assert "Home and GP are both outside them." in text
    assert "People you can always talk to" in text


def test_whom_nothing_fits_outside_the_area_hears_of_their_own_council(visitor: Visitor) -> None:
    text = text_of(visitor.go_through({"lives_in": "outside_ncl", "health": "no", "situation": ["none"]}).text)
    assert text.startswith("Talk to one of these people No programme on our list fits")
    assert "The council where you live may know of more." in text
    assert "Talk to one of the people above instead." in text


def test_where_to_go_instead_is_said_once_and_again_only_where_another_suits_better(visitor: Visitor) -> None:
    text = text_of(visitor.go_through({**BACK_PAIN, "lives_in": "haringey"}).text).partition("Not for you, because …")[
        2
    ]
    assert text.count("Start with WorkWell (North Central London) instead.") == 1
    assert "Instead: WorkWell" not in text
    assert "Instead: " in text


def test_not_sure_to_everything_still_ends_with_people(visitor: Visitor) -> None:
    text = text_of(visitor.go_through({}).text)
    assert "People you can always talk to" in text
    assert "Jobcentre Plus" in text


def test_continue_without_an_answer_offers_not_sure(visitor: Visitor) -> None:
    response = visitor.answer(visitor.begin(), "")
    assert response.status_code == 422
    assert Page(response.text).title.strip().startswith("Error: ")
    assert "If you do not know, choose “I'm not sure”." in response.text.replace("&#39;", "'")
    assert response.text.count("If you do not know") == 2, "in the summary and at the field"


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("health", "perhaps", "Choose one of the answers on this page."),
        ("conditions", ["none", "skin"], "Choose what applies, or “None of these”, not both."),
        ("conditions", ["skin", "not_sure"], "not both."),
        ("age", "4", "Choose one of the answers on this page."),
        ("age", "forty", "Choose one of the answers on this page."),
        ("age", "\x00٣", "Choose one of the answers on this page."),
    ],
)
def test_answers_that_cannot_be_taken(visitor: Visitor, question: str, answer: str | list[str], words: str) -> None:
    visitor.begin()
    response = visitor.answer(f"/check/{question}", answer)
    assert response.status_code == 422
    assert words in response.text


def test_an_age_and_not_sure_are_not_both_taken(visitor: Visitor) -> None:
    visitor.begin()
    form = visitor.form_at("/check/age")
    response = visitor.post(form, answer="42", open_answer="not_sure")
    assert response.status_code == 422
    assert "not both" in response.text
    assert visitor.post(form, answer="", open_answer="not_sure").status_code == 303


def test_results_can_be_seen_from_the_third_question_on(visitor: Visitor) -> None:
    offered = ["See results now" in visitor.get("/check").text]
    address = visitor.begin()
    for _ in range(3):
        offered.append("See results now" in visitor.get(address).text)
        address = visitor.answer(address, "not_sure").location
    assert offered == [False, False, True, True]


def test_results_seen_early_offer_the_next_question(visitor: Visitor) -> None:
    address = visitor.begin()
    for _ in range(2):
        address = visitor.answer(address, "not_sure").location
    text = text_of(visitor.get("/check/results").text)
    assert "More answers could still change this list." in text
    assert "One more answer could change this list" in text


def test_results_after_the_last_question_promise_no_change(visitor: Visitor) -> None:
    assert "could still change this list" not in visitor.go_through(BACK_PAIN).text


def test_with_nothing_to_show_nothing_is_claimed(site: Flask) -> None:
    nothing = Recommendation("outside_area", "me", (), (), (), (), (), (), None)
    with site.test_request_context("/check/results"):
        text = text_of(
            render_template(
                "wizard/results.html",
                decision=nothing,
                first=(),
                more=(),
                person="me",
                dropped=(),
            )
        )
    assert "These services take people from anywhere." not in text
    assert "People you can always talk to" not in text
    assert not text.startswith("This")


@pytest.mark.parametrize("person", ["me", "patient", "family", "employee"])
def test_about_somebody_else_only_what_they_agree_to_share(visitor: Visitor, person: str) -> None:
    address, told = visitor.begin(person), []
    for _ in range(3):
        told.append("Tell us only what they have told you and agree to share." in visitor.get(address).text)
        address = visitor.answer(address, "not_sure").location
    assert set(told) == {person != "me"}


def others(visitor: Visitor) -> list[str]:
    """The further results, each as its text."""
    html = visitor.get("/check/results").text.partition("Others that fit or may fit")[2].partition("</details>")[0]
    return [text_of(f"<main>{item}</main>") for item in re.split("<li>", html)[1:]]


def test_others_say_how_sure_it_is_on_what_it_hangs_and_how_to_get_in_touch(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    items = others(visitor)
    assert len(items) > 2
    fits = [bool(re.search(r" Fits\b", item)) for item in items]
    assert fits == sorted(fits, reverse=True), "those that fit come first"
    for item, sure in zip(items, fits, strict=True):
        assert sure or (" May fit " in item and ("Still to check: " in item or "No source says" in item)), item
        assert "How to get in touch with" in item


def test_the_way_to_get_in_touch_leads_to_a_place_on_the_listing(visitor: Visitor) -> None:
    links = [link.get("href") or "" for link in Page(visitor.go_through(BACK_PAIN).text).all("a")]
    wanted = {link.partition("#")[0] for link in links if link.endswith("#contact")}
    assert wanted
    for address in wanted:
        assert 'id="contact"' in visitor.get(address).text


def test_people_to_talk_to_are_called_on_todays_number(visitor: Visitor) -> None:
    people = visitor.go_through({}).text.partition("People you can always talk to")[2].partition("<details")[0]
    assert "www.acas.org.uk" in people
    assert "0300 123 1100" not in people, "the number of 2015"
    assert "old number: check" in text_of(f"<main>{people}</main>").partition("0800 100 900")[2]


@pytest.mark.parametrize(("home", "shown"), [("haringey", True), ("camden", False), ("not_sure", True)])
def test_a_door_for_one_borough_is_for_those_who_live_there(visitor: Visitor, home: str, shown: bool) -> None:
    visitor.begin()
    for question, answer in (("lives_in", home), ("health", "yes"), ("disabled", "yes"), ("goals", ["find_job"])):
        visitor.answer(f"/check/{question}", answer)
    html = visitor.get("/check/results").text
    result = html.partition('id="result-connect-to-work"')[2].partition("</article>")[0]
    assert result, "Connect to Work is among the first three"
    assert ("In Haringey, it is run by Haringey Works." in result) is shown


def test_back_goes_to_the_question_answered_before(visitor: Visitor) -> None:
    first = visitor.begin()
    second = visitor.answer(first, "not_sure").location
    links = [link["href"] for link in Page(visitor.get(second).text).all("a") if link.get("class") == "govuk-back-link"]
    assert links == [first]


def test_a_given_answer_is_shown_as_chosen(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    chosen = [box["value"] for box in Page(visitor.get("/check/lives_in").text).all("input") if "checked" in box]
    assert chosen == ["camden"]


def test_age_is_asked_in_the_bands_that_the_rules_tell_apart(visitor: Visitor) -> None:
    visitor.begin()
    visitor.answer("/check/age", "16-16")
    boxes = [box for box in Page(visitor.get("/check/age").text).all("input") if box["type"] == "radio"]
    bands = [box["value"] for box in boxes if str(box["value"])[0].isdigit()]
    assert "16-16" in bands
    assert "17-17" in bands, "one service starts at 17½"
    assert [box["value"] for box in boxes if "checked" in box] == ["16-16"]
    assert "26 or over" in text_of(visitor.get("/check/age").text)


def test_changing_an_answer_drops_what_no_longer_applies_and_says_so(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    visitor.answer("/check/conditions", ["back_or_neck"])
    form = visitor.form_at("/check/health?from=answers")
    assert '<input type="hidden" name="from" value="answers">' in visitor.seen[-1].text
    response = visitor.post(form, answer="no", **{"from": "answers"})
    assert response.status_code == 303
    assert urlsplit(response.location or "").path == "/check/answers"
    text = text_of(visitor.get(response.location or "").text)
    removed = text.partition("because they no longer apply:")[2].partition("Check the answers")[0]
    assert "What kind of health problem is it?" in removed
    assert "Back or neck" not in text
    assert "no longer apply" not in text_of(visitor.get("/check/results").text), "it is said once, where it happened"


def test_who_would_rather_not_say_is_not_asked_more_about_it(visitor: Visitor) -> None:
    said = {**BACK_PAIN, "health": "prefer_not_to_say"}
    page = visitor.go_through(said)
    asked = {question_in(form[1]) for seen in visitor.seen if (form := FORM.search(seen.text))}
    assert "health" in asked
    assert not asked & {"conditions", "disabled", "long_term"}
    assert "fit" in text_of(page.text)


def test_who_is_not_sure_is_still_asked_what_could_tell(visitor: Visitor) -> None:
    visitor.go_through({**BACK_PAIN, "health": "not_sure"})
    asked = {question_in(form[1]) for seen in visitor.seen if (form := FORM.search(seen.text))}
    assert "conditions" in asked


LEFT = re.compile(r"At most (\d+) more questions? after this one|This is the last question")


@pytest.mark.parametrize("person", ["me", "patient"])
def test_the_number_of_questions_told_is_never_passed_and_falls(visitor: Visitor, person: str) -> None:
    visitor.go_through(BACK_PAIN, person)
    pages = [text_of(seen.text) for seen in visitor.seen if FORM.search(seen.text)]
    told = [int(found[1] or 0) for page in pages if (found := LEFT.search(page))]
    assert len(told) == len(pages)
    assert told == sorted(set(told), reverse=True)
    assert all(promise >= len(told) - number for number, promise in enumerate(told, start=1))


def test_the_start_says_how_many_questions_there_can_be_at_most(visitor: Visitor) -> None:
    start = text_of(visitor.get("/check").text)
    visitor.begin()
    most = re.search(r"never more than (\d+)", start)
    next_one = LEFT.search(text_of(visitor.get("/check/lives_in").text))
    assert most
    assert next_one
    assert int(most[1]) == int(next_one[1]) + 2


def test_the_start_says_how_many_questions_people_are_asked(visitor: Visitor) -> None:
    told = re.search(r"About (\d+) short questions", text_of(visitor.get("/check").text))
    world = real_world(seed_catalogue())
    asked = [1 + len(interview(world, raw).asked) for raw in sample_people(world.questionnaire, world.priors, 40)]
    assert told
    assert abs(int(told[1]) - median(asked)) <= 1


def test_an_answer_seen_again_promises_no_number(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    assert not LEFT.search(text_of(visitor.get("/check/lives_in").text))


def test_a_question_that_does_not_apply_says_so_on_the_page_that_comes_instead(visitor: Visitor) -> None:
    visitor.begin()
    visitor.answer("/check/work_status", "in_work")
    moved = visitor.get("/check/out_of_work_for")
    assert moved.status_code == 303
    assert "That question does not apply to these answers." in text_of(visitor.get(moved.location or "").text)


def test_start_again_forgets_the_answers(visitor: Visitor) -> None:
    visitor.go_through(BACK_PAIN)
    visitor.begin()
    assert "Camden" not in text_of(visitor.get("/check/answers").text)


@pytest.mark.parametrize("address", ["/check/goals", "/check/answers", "/check/results"])
def test_without_a_journey_the_check_starts_anew(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.location) == (303, "/check?cleared=1")


def test_unknown_question(client: FlaskClient) -> None:
    assert client.get("/check/shoe_size").status_code == 404
    assert client.post("/check/shoe_size").status_code == 404


def test_a_question_that_does_not_apply_leads_on_to_the_next(visitor: Visitor) -> None:
    following = urlsplit(go_to_work(visitor)).path
    response = visitor.get("/check/out_of_work_for")
    assert (response.status_code, urlsplit(response.location or "").path) == (303, following)


def test_an_answer_that_does_not_apply_is_not_saved(visitor: Visitor) -> None:
    following = go_to_work(visitor)
    form = visitor.form_at("/check/work_status").replace("work_status", "out_of_work_for")
    response = visitor.post(form, answer="under_12_months")
    assert (response.status_code, urlsplit(response.location or "").path) == (303, urlsplit(following).path)
    visitor.answer(following, "not_sure")
    text = text_of(visitor.get("/check/answers").text)
    assert "You changed an answer" not in text
    assert "out of work" not in text


def go_to_work(visitor: Visitor) -> str:
    """Somebody in work, and the address of the next question."""
    visitor.begin()
    return visitor.answer("/check/work_status", "in_work").location or ""


def test_answers_last_an_hour_from_the_last_page(site: Flask) -> None:
    start = time.time()
    with time_machine.travel(start, tick=False) as clock:
        visitor = Visitor(site)
        address = visitor.begin()
        for minutes in (50, 100):
            clock.move_to(start + minutes * 60)
            assert visitor.get(address).status_code == 200
        clock.move_to(start + 161 * 60)
        assert visitor.get(address).location == "/check?cleared=1"
