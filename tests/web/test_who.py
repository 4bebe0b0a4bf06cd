"""Who can use a service, written by the people who run it: what they choose is what decides, and nothing is lost."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.actions.editing import drafts
from app.actions.editing.drafts import Managed
from app.actions.editing.undo import MOST, steps_after
from app.actions.today import today
from app.directory.editing.edit_checks import normalised
from app.directory.editing.edited import edited_of
from app.directory.editing.edited_rules import EditedCondition, EditedRule
from app.directory.editing.rule_periods import rule_on
from app.directory.editing.sourcing import listing_of, statement
from app.directory.listing import Listing, Rule, RuleCondition
from app.directory.programme import programme_of
from app.eligibility.answers import AnswerError, Answers, read_answers
from app.eligibility.compiled import compile_rules
from app.eligibility.questions import NONE, NOT_SURE, Question, Questionnaire
from app.eligibility.rules import Ruleset
from app.web.manage.change_words import choices_in
from app.web.manage.edit import form_page
from app.web.manage.edit_form import parts_of
from app.web.manage.who_form import spare_after
from tests.seeds import published_seed, seed_catalogue
from tests.web.account_site import Browser
from tests.web.checker import problems
from tests.web.filled_form import filled_form
from tests.web.manage_site import EDITOR, LISTING, SECOND, manage_site, signed_in_as, signed_in_browser

WHO = f"/manage/{LISTING}/edit/who"
RESIDENTS = 10_000
Fields = Mapping[str, str | list[str]]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with manage_site(tmp_path) as app:
        yield app


@pytest.fixture
def editor(site: Flask) -> Browser:
    return signed_in_browser(site, EDITOR)


def send(browser: Browser, act: str = "save", shown: str = WHO, **fields: str | list[str]) -> TestResponse:
    """Opens the form, types fields such as ``everyone__0__text="…"`` over it, and presses a button."""
    return post(browser, filled_form(browser.get(shown).text), act, **fields)


def post(browser: Browser, form: MultiDict[str, str], act: str = "save", **fields: str | list[str]) -> TestResponse:
    for name, value in fields.items():
        form.setlist(f"who-{name.replace('__', '-')}", value if isinstance(value, list) else [value])
    form.setlist("act", [act])
    return browser.client.post(WHO, data=form, headers={"Referer": "http://localhost/manage"})


def managed(site: Flask) -> Managed:
    engine = site.extensions["engine"]
    return drafts.managed(engine, signed_in_as(engine), LISTING)


def rule(site: Flask) -> EditedRule:
    return rule_on(managed(site).edited, today())


# What is entered decides


def busiest(count: int) -> list[Listing]:
    """The listings whose rules of today have most conditions."""

    def conditions(listing: Listing) -> int:
        found = listing.rule_on(today())
        return sum(1 for _ in _lines(found)) if found else 0

    return sorted(published_seed().listings.values(), key=lambda one: (-conditions(one), one.id))[:count]


def _lines(rule: Rule) -> Iterator[tuple[str, RuleCondition]]:
    """Each condition with the place of the button that adds it."""
    for part in ("everyone", "exclusions", "made_for"):
        for condition in getattr(rule, part):
            yield f"who-{part}", condition
    for number, route in enumerate(rule.routes):
        for condition in route:
            yield f"who-routes-{number}", condition


class Typing:
    """Somebody who fills in the form of a listing from the start, a line at a time, in the page as it is shown."""

    def __init__(self, site: Flask, listing: Listing) -> None:
        self.site, self.listing = site, listing
        self.choices = choices_in(seed_catalogue(), listing.id)
        empty = [one for one in edited_of(listing).rules if one != rule_on(edited_of(listing), today())]
        self.edited = edited_of(listing).model_copy(update={"rules": tuple(empty)})
        self.form = self._shown()

    def line(self, place: str, condition: RuleCondition, questionnaire: Questionnaire) -> None:
        assumed = questionnaire.assumptions.get(condition.assume or "")
        question = assumed.question if assumed else condition.question
        self.form[f"{place}-add"] = question or "ask"
        self.form["act"] = f"add-{place}"
        self._send()
        add, at = spare_after(self.form, self.form["act"], rule_on(self.edited, today()))
        self.form = self._shown(add)
        for name, value in self._answers(condition, assumed or condition).items():
            self.form.setlist(f"{at}-{name}", value if isinstance(value, list) else [value])

    def _answers(self, condition: RuleCondition, limits: object) -> Fields:
        if condition.ask:
            return {"ask": condition.ask, "text": condition.text or ""}
        numbers = {name: getattr(limits, name) for name in ("at_least", "below")}
        given = {name: f"{number:g}" for name, number in numbers.items() if number is not None}
        return given or {"any_of": list(condition.any_of)}

    def _shown(self, add: str = "") -> MultiDict[str, str]:
        with self.site.test_request_context(query_string={"add": add}):
            page = form_page("who", Managed(self.listing, 1, None), self.edited, ())
        return filled_form(page.get_data(as_text=True))

    def _send(self) -> None:
        typed = parts_of("who", self.form, self.edited, self.choices)
        self.edited = normalised(self.edited.model_copy(update=typed))

    def saved(self) -> Ruleset:
        self._send()
        said = statement(self.listing.organisation, today().isoformat())
        return ruleset_of(listing_of(self.edited, self.listing, said))


def ruleset_of(listing: Listing) -> Ruleset:
    catalogue = seed_catalogue()
    return programme_of(listing, catalogue.questionnaire, catalogue.papers).rules_on(today())


def residents(questionnaire: Questionnaire, count: int) -> Iterator[Answers]:
    dice = Random(7)
    while count:
        raw = {question.id: _answer(question, dice) for question in questionnaire if dice.random() < 0.85}
        try:
            yield read_answers(questionnaire, raw)
        except AnswerError:
            continue
        count -= 1


def _answer(question: Question, dice: Random) -> object:
    if dice.random() < 0.05:
        return NOT_SURE
    if question.kind == "number":
        return dice.randint(question.lowest, question.highest)
    if question.kind == "one":
        return dice.choice(question.answer_ids)
    return (
        dice.sample(question.answer_ids, dice.randint(1, min(3, len(question.answers))))
        if dice.random() < 0.7
        else [NONE]
    )


def test_the_rules_of_ten_real_listings_entered_in_the_form_decide_as_their_files(site: Flask) -> None:
    questionnaire = seed_catalogue().questionnaire
    listings = busiest(10)
    entered = []
    for listing in listings:
        typing = Typing(site, listing)
        present = listing.rule_on(today())
        for place, condition in _lines(present) if present else ():
            typing.line(place, condition, questionnaire)
        entered.append(typing.saved())
    files, forms = (compile_rules(questionnaire, list(rules)) for rules in (map(ruleset_of, listings), entered))
    seen = [0, 0]
    for answers in residents(questionnaire, RESIDENTS):
        decided = files.verdicts(answers)
        assert forms.verdicts(answers) == decided, answers
        seen = [one | other for one, other in zip(seen, decided, strict=True)]
    assert all(mask.bit_count() > len(listings) // 2 for mask in seen)


# Lines


def test_a_line_is_added_and_its_sentence_makes_itself(site: Flask, editor: Browser) -> None:
    answer = send(editor, "add-who-exclusions", exclusions__add="lives_in")
    assert answer.location.endswith("add=who-exclusions-lives_in&at=who-exclusions-0#who-exclusions-0")
    assert managed(site).draft is None
    page = editor.get(answer.location)
    assert problems(page.text, site) == []
    send(editor, shown=answer.location, exclusions__0__any_of=["camden", "barnet"])
    (line,) = rule(site).exclusions
    assert (line.any_of, line.text) == (("barnet", "camden"), "Not for people who live in Barnet or Camden.")
    assert "Not for people who live in Barnet or Camden." in editor.get(WHO).text


def test_a_new_way_in_begins_with_its_first_line_and_there_are_four_at_most(site: Flask, editor: Browser) -> None:
    for number in (2, 3):
        added = send(editor, f"add-who-routes-{number}", **{f"routes__{number}__add": "age"})
        send(editor, shown=added.location, **{f"routes__{number}__0__at_least": f"{60 + number}"})
    assert len(rule(site).routes) == 4
    page = editor.get(WHO).text
    assert "Way in 4" in page
    assert "Add another way in" not in page
    assert problems(page, site) == []


def test_lines_and_ways_in_are_taken_out(site: Flask, editor: Browser) -> None:
    before = rule(site)
    send(editor, "out-who-made_for-0")
    assert rule(site).made_for == before.made_for[1:]
    send(editor, "out-who-routes-0")
    assert rule(site).routes == before.routes[1:]
    send(editor, "out-who-everyone-1")
    assert [one.assume for one in rule(site).everyone] == [""]


def test_a_line_that_is_not_finished_is_kept_and_told_beside_it(site: Flask, editor: Browser) -> None:
    added = send(editor, "add-who-everyone", everyone__add="work_status")
    page = editor.get(send(editor, shown=added.location).location)
    assert "Saved. One thing to put right before you send it." in page.text
    assert 'href="#who-everyone-2-any_of"' in page.text
    assert "One line is not finished, and left out here." in page.text
    assert problems(page.text, site) == []
    assert "Choose at least one answer." in editor.get(f"/manage/{LISTING}/send").text


def test_a_button_without_a_subject_says_what_is_missing(editor: Browser) -> None:
    answer = send(editor, "add-who-everyone")
    assert answer.location.endswith("#who-everyone-add")
    assert "Choose a subject for the new line first." in editor.get(WHO).text


def test_own_words_stay_and_the_page_says_when_the_answers_moved_on(site: Flask, editor: Browser) -> None:
    own = rule(site).made_for[0].text
    send(editor, made_for__0__any_of=["student"])
    assert rule(site).made_for[0].text == own
    assert "these words are the old ones" in editor.get(WHO).text
    send(editor, made_for__0__text="")
    assert rule(site).made_for[0].text == "Made for people who are at school or studying."
    assert "these words are the old ones" not in editor.get(WHO).text


def test_a_changed_line_that_names_the_same_page_is_asked_about(site: Flask, editor: Browser) -> None:
    assert rule(site).routes[0][0].page
    send(editor, routes__0__0__any_of=["camden"])
    fragment = editor.get(f"{WHO}/effects").text
    assert "If the page that it names does not say so, take the address out." in fragment
    assert 'href="#who-routes-0-0"' in fragment
    send(editor, routes__0__0__page="")
    assert "If the page that it names" not in editor.get(f"{WHO}/effects").text


def test_what_only_the_service_can_answer_has_two_sentences(site: Flask, editor: Browser) -> None:
    added = send(editor, "add-who-everyone", everyone__add="ask")
    send(
        editor, shown=added.location, everyone__2__ask="Are you in therapy?", everyone__2__text="For people in therapy."
    )
    line = rule(site).everyone[2]
    assert line == EditedCondition(ask="Are you in therapy?", text="For people in therapy.")


# A correction, or a change


def test_a_correction_changes_the_rule_and_a_change_begins_today(site: Flask, editor: Browser) -> None:
    send(editor, "out-who-everyone-1")
    assert [one.since for one in managed(site).edited.rules] == [""]
    send(editor, when="today")
    before, after = managed(site).edited.rules
    yesterday = (today() - timedelta(1)).isoformat()
    assert (before.until, after.since) == (yesterday, today().isoformat())
    assert before.everyone == edited_of(managed(site).listing).rules[0].everyone
    assert len(after.everyone) == len(before.everyone) - 1
    assert "The rules change from" in editor.get(WHO).text
    send(editor, when="correct")
    assert [len(one.everyone) for one in managed(site).edited.rules] == [len(after.everyone)]


def test_saying_that_the_rules_change_where_nothing_changes_makes_no_draft(site: Flask, editor: Browser) -> None:
    send(editor, when="today")
    assert managed(site).draft is None


# Going back


def test_undo_goes_back_step_by_step(site: Flask, editor: Browser) -> None:
    states = [rule(site)]
    for act in ("out-who-made_for-2", "out-who-made_for-1", "out-who-routes-1"):
        send(editor, act)
        states.append(rule(site))
    for state in reversed(states[:-1]):
        assert send(editor, "undo").status_code == 303
        assert rule(site) == state
    assert managed(site).draft is None


def test_undo_takes_back_what_was_typed_and_not_saved(site: Flask, editor: Browser) -> None:
    send(editor, "out-who-made_for-2")
    saved = rule(site)
    send(editor, "undo", everyone__0__text="For everybody.")
    assert rule(site) == saved


def test_the_last_ten_steps_are_kept_and_a_sentence_is_one_of_them() -> None:
    states = [(EditedRule(everyone=(EditedCondition(question="age", at_least=f"{number}"),)),) for number in range(20)]
    steps: tuple[tuple[EditedRule, ...], ...] = ()
    for before, after in pairwise(states):
        steps = steps_after(steps, before, after)
    assert steps == tuple(states[-1 - MOST : -1])
    typed = [(EditedRule(everyone=(EditedCondition(question="age", text="Fo"[:number]),)),) for number in range(3)]
    assert steps_after(steps_after((), typed[0], typed[1]), typed[1], typed[2]) == (typed[0],)


# Others, and what is not asked for


def test_two_people_see_both_versions(site: Flask, editor: Browser) -> None:
    mine = filled_form(editor.get(WHO).text)
    send(signed_in_browser(site, SECOND), "out-who-made_for-0")
    stale = post(editor, mine, everyone__0__text="For people who are ill.")
    assert stale.status_code == 409
    assert "For people who are ill." in stale.text
    assert problems(stale.text, site) == []
    assert post(editor, filled_form(stale.text)).status_code == 303
    assert rule(site).everyone[0].text == "For people who are ill."


def test_nothing_is_read_but_the_lines_and_what_they_offer(site: Flask, editor: Browser) -> None:
    before = managed(site).edited
    form = filled_form(editor.get(WHO).text)
    smuggled = {
        "rules": "[]",
        "name": "Ours",
        "who-since": "2020",
        "who-until": "2021",
        "who-everyone-0-since": "2020",
        "who-secret-0-question": "age",
        "who-everyone-7-question": "password",
        "who-exclusions-0-assume": "everybody",
        "who-routes-0-0-source": "paper",
    }
    form.update(smuggled)
    form.add("who-routes-0-0-any_of", "the-moon")
    post(editor, form)
    assert managed(site).edited == before


def test_beside_the_form_stands_what_the_draft_does(editor: Browser) -> None:
    send(editor, routes__0__0__any_of=["camden"], routes__1__0__any_of=["camden"])
    fragment = editor.get(f"{WHO}/effects")
    assert fragment.headers["Cache-Control"] == "no-store"
    assert "<html" not in fragment.text
    for said in (
        "For people with a GP in Camden.",
        "It lets in",
        "It may let in",
        "It turns away",
        "What this changes",
    ):
        assert said in fragment.text, said
    send(editor, routes__0__0__any_of=["camden"], routes__1__0__any_of=["barnet"], routes__1__0__question="lives_in")
    send(editor, routes__1__0__any_of=["camden"])
    assert 'href="#who-routes-1"' in editor.get(f"{WHO}/effects").text
