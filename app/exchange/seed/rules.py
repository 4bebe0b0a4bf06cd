"""Checks the rules of a listing in its file. What is looked for is the same as where somebody edits them."""

from app.directory.listing import Listing
from app.directory.rule_checks import wrong_rules
from app.eligibility.questions import Questionnaire
from app.exchange.seed.plain_yaml import Document, Problem


def check_rules(listing: Listing, document: Document, questionnaire: Questionnaire) -> list[Problem]:
    """Every problem in the rules of one listing. A file is refused for warnings too: nobody is there to read them."""
    found = wrong_rules(listing.rules, questionnaire)
    return [document.problem(message, "rules", *place) for place, message in found]
