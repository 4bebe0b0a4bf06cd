"""What fits, in three ways: the whole page, a text to copy into a message, and large with one idea a line."""

import re

from werkzeug.wrappers import Response as AnyResponse

from app.actions.recommend import Recommended
from app.actions.today import today
from app.catalogue import Catalogue
from app.current import current_catalogue
from app.eligibility.questions import OPEN_ANSWERS

from ..counted import count
from ..page import page
from .answers_cookie import Journey
from .journey import START
from .message import Brief, in_brief, message
from .own_journey import journey_of_this_page
from .questions import about, decision_of, renewed
from .questions import blueprint as blueprint

FIRST = 3
"""How many results are shown in full."""
SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+")


@blueprint.get("/results")
def results() -> AnyResponse:
    journey = journey_of_this_page()
    catalogue = current_catalogue()
    decision = decision_of(catalogue, journey)
    count("recommended", [entry.listing.id for entry in decision.recommendations[:FIRST]])
    response = page(
        "wizard/results.html",
        decision=decision,
        first=decision.recommendations[:FIRST],
        more=decision.recommendations[FIRST:],
        urgent=catalogue.urgent,
        listings=catalogue.listings,
        boroughs=_home(journey),
        for_asker=[entry for entry in decision.information if _is_for_asker(entry)],
        to_know=[entry for entry in decision.information if not _is_for_asker(entry)],
        **about(catalogue, journey),
    )
    return renewed(response, journey)


@blueprint.get("/results/text")
def results_text() -> AnyResponse:
    """For a message to somebody: it tells nothing of anybody's health or money."""
    journey = journey_of_this_page()
    catalogue = current_catalogue()
    brief = _brief(catalogue, journey)
    response = page("wizard/text.html", brief=brief, text=message(brief, today()), **about(catalogue, journey))
    return renewed(response, journey)


@blueprint.get("/results/easy")
def results_easy() -> AnyResponse:
    journey = journey_of_this_page()
    catalogue = current_catalogue()
    brief = _brief(catalogue, journey)
    response = page("wizard/easy_read.html", brief=brief, sentences=_sentences, **about(catalogue, journey))
    return renewed(response, journey)


def _is_for_asker(entry: Recommended) -> bool:
    """It is there for whoever asks, such as an employer, and not for the person that the answers are about."""
    return any(reason.question == START and reason.state == "met" for reason in entry.reasons)


def _brief(catalogue: Catalogue, journey: Journey) -> Brief:
    return in_brief(catalogue, decision_of(catalogue, journey), _home(journey))


def _sentences(text: str) -> list[str]:
    return SENTENCE_ENDS.split(text)


def _home(journey: Journey) -> frozenset[str]:
    """The borough where the person lives; empty where we do not know."""
    lives_in = journey.answers.get("lives_in")
    return frozenset({lives_in} - OPEN_ANSWERS) if isinstance(lives_in, str) else frozenset()
