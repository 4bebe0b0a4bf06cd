"""Danger, closed programmes, and spelling."""

import pytest

from app.actions.find import Found, find
from app.search.danger import read_danger_words
from tests.seeds import closed_listings, seed_catalogue

DANGER = [
    "suicidal",
    "I feel suicidal",
    "thinking about suicide",
    "want to die",
    "I just want to die",
    "kill myself",
    "going to kill myself tonight",
    "end my life",
    "I want to end it all",
    "don't want to be here any more",
    "dont want to live",
    "can't go on",
    "cant carry on",
    "no reason to live",
    "better off dead",
    "everyone would be better off without me",
    "self harm",
    "self-harming again",
    "cutting myself",
    "hurt myself",
    "took an overdose",
    "overdosed last night",
    "took too many tablets",
    "emergency",
    "crisis",
    "mental health crisis team",
    "can't cope any more",
    "my partner hits me",
    "my husband beats me",
    "I am not safe at home",
    "suicidal and lost my job in Camden",
]
CALM = [
    "emergency housing",
    "emergency loan",
    "emergency tax code",
    "emergency services jobs",
    "dying to get back to work",
    "killing time between jobs",
    "cost of living crisis",
    "deadline",
    "dead end job",
    "cut my hours",
    "cutting my hours",
    "hit by redundancy",
    "end my contract",
    "want to leave work",
    "tired all the time",
    "can't work",
    "stress is a killer",
    "I work in a kitchen",
    "over 50",
    "danger money",
    "bullied at work",
    "scared to go back to work",
    "afraid of losing my job",
    "self employed",
    "self certificate",
    "hurt my back",
    "harm from work chemicals",
    "carry on working with arthritis",
    "help me carry on working",
    "end of contract",
]


def _kinds(found: Found) -> list[str]:
    return [notice.kind for notice in found.notices]


@pytest.mark.parametrize("typed", DANGER)
def test_danger_comes_first(typed: str) -> None:
    found = find(seed_catalogue(), typed, None, 5)
    assert _kinds(found)[:1] == ["urgent"]
    assert found.notices[0].text
    assert found.results


@pytest.mark.parametrize("typed", CALM)
def test_calm_words_call_for_no_notice(typed: str) -> None:
    assert not {"urgent", "closed"} & set(_kinds(find(seed_catalogue(), typed, None, 5)))


@pytest.mark.parametrize("typed", ["suic", "suici", "kill mys"])
def test_danger_is_heard_before_the_last_letter(typed: str) -> None:
    assert _kinds(find(seed_catalogue(), typed, None, 5))[:1] == ["urgent"]


@pytest.mark.parametrize(("calm", "told"), [("safe home", True), ("safe home loan", False)])
def test_only_a_longer_calm_phrase_takes_a_word_of_danger(calm: str, told: bool) -> None:
    words = read_danger_words({"danger": {"home": ["not safe"]}, "calm": [calm]})
    assert words.tells_of_danger("not safe home loan") is told


def test_danger_at_the_end_of_a_long_text_is_seen() -> None:
    assert _kinds(find(seed_catalogue(), "I lost my job and " * 30 + "I want to die", None, 5))[:1] == ["urgent"]


CLOSED_NAMES = [
    (listing.id, name)
    for listing in closed_listings()
    for name in (listing.name, *(alias.name for alias in listing.aliases))
]


@pytest.mark.parametrize(("listing", "name"), CLOSED_NAMES)
def test_the_name_of_a_closed_programme_leads_to_what_replaces_it(listing: str, name: str) -> None:
    catalogue = seed_catalogue()
    found = find(catalogue, name, None, 10)
    about = [notice for notice in found.notices if notice.service == listing]
    assert [notice.kind for notice in about] == ["closed"]
    instead = about[0].successors + about[0].see_instead
    assert instead
    assert set(found.results[: len(instead)]) & set(instead)
    assert listing not in found.results


@pytest.mark.parametrize(
    ("typed", "listing"),
    [
        ("what happened to Work Choice?", "work-choice"),
        ("the work programme", "work-programme"),
        ("Work Programme Enfield", "work-programme"),
        ("is fit for work still running", "fit-for-work"),
        ("Fit for Work scheme", "fit-for-work"),
        ("universal support in Camden", "universal-support"),
        ("univeral suport", "universal-support"),
        ("I was with Remploy before", "working-better"),
        ("my patient was on JETS", "work-and-health-programme"),
    ],
)
def test_a_closed_name_is_heard_among_other_words(typed: str, listing: str) -> None:
    assert listing in [notice.service for notice in find(seed_catalogue(), typed, None, 5).notices]


@pytest.mark.parametrize(
    "typed",
    [
        "may be fit for work",
        "am I fit for work",
        "not fit for work",
        "found fit for work",
        "I feel I am working better now",
        "my work choices are few",
        "help us find work",
        "universal credit support",
        "a programme to get into work",
    ],
)
def test_common_words_are_no_closed_programme(typed: str) -> None:
    assert "closed" not in _kinds(find(seed_catalogue(), typed, None, 5))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shizophrenia", "schizophrenia"),
        ("deprestion", "depression"),
        ("plumer", "plumber"),
        ("occupational helath", "occupational health"),
        ("macmilan", "macmillan"),
        ("dyslexia assesment", "dyslexia assessment"),
        ("jobs in totenham", "jobs in tottenham"),
        ("sick noet", "sick note"),
    ],
)
def test_a_slip_of_the_finger_is_put_right(typed: str, meant: str) -> None:
    catalogue = seed_catalogue()
    found = find(catalogue, typed, None, 5)
    assert _kinds(found) == ["did_you_mean"]
    assert meant in found.notices[0].text
    assert found.results == find(catalogue, meant, None, 5).results


@pytest.mark.parametrize(
    "typed", ["back pain in Hornsey", "feeling hopeless", "work a few hours", "keep it secret from work"]
)
def test_what_is_spelt_right_is_left_alone(typed: str) -> None:
    assert _kinds(find(seed_catalogue(), typed, None, 5)) == []
