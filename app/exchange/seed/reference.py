"""Checks the files that listings and pages lean on: questions, papers, crisis help, word lists, referrals and more."""

from collections.abc import Mapping

from app.directory.glossary import Glossary
from app.directory.referral import ReferralWords
from app.directory.sources import Paper
from app.directory.urgent import Urgent
from app.eligibility.questions import questionnaire_from
from app.exchange.seed.glossary import check_glossary
from app.exchange.seed.judged_cases import check_judged_cases
from app.exchange.seed.links import Doors
from app.exchange.seed.plain_yaml import Document, Problem
from app.exchange.seed.priors import PriorsFile, check_priors
from app.exchange.seed.question_checks import check_human_routes, check_questions
from app.exchange.seed.questions import QuestionBook
from app.exchange.seed.referral import check_referral, check_referral_answers
from app.exchange.seed.sectors import check_sectors
from app.exchange.seed.shape import validate
from app.exchange.seed.urgent import check_urgent
from app.exchange.seed.word_lists import PlacesFile, SynonymsFile, check_places, check_synonyms


def check_reference(reference: Mapping[str, Document], doors: Doors, problems: list[Problem]) -> QuestionBook | None:
    """Adds what is wrong to ``problems``. Returns the questions if they fit together, or else None.

    ``reference`` holds the files that could be read, by name.
    """
    papers = reference.get("papers")
    if papers:
        for number in papers.data:
            validate(Paper, papers, problems, number)
    if (document := reference.get("urgent")) and (urgent := validate(Urgent, document, problems)):
        problems += check_urgent(document, urgent, papers)
    if (document := reference.get("synonyms")) and (synonyms := validate(SynonymsFile, document, problems)):
        problems += check_synonyms(document, synonyms, doors)
    if (document := reference.get("places")) and (places := validate(PlacesFile, document, problems)):
        problems += check_places(document, places)
    if (document := reference.get("glossary")) and (glossary := validate(Glossary, document, problems)):
        problems += check_glossary(document, glossary, papers)
    book = _questions(reference, doors, problems)
    if (document := reference.get("priors")) and (priors := validate(PriorsFile, document, problems)) and book:
        problems += check_priors(document, priors, book, papers)
    if (document := reference.get("referral")) and (words := validate(ReferralWords, document, problems)):
        problems += check_referral(document, words, doors, papers)
        problems += check_referral_answers(document, words, book) if book else ()
    if (document := reference.get("postcode_sectors")) and book:
        problems += check_sectors(document, book)
    if document := reference.get("judged_cases"):
        questionnaire = questionnaire_from(reference["questions"].data) if book else None
        check_judged_cases(document, questionnaire, problems)
    return book


def _questions(reference: Mapping[str, Document], doors: Doors, problems: list[Problem]) -> QuestionBook | None:
    document = reference.get("questions")
    book = validate(QuestionBook, document, problems) if document else None
    if document is None or book is None:
        return None
    problems += check_human_routes(document, book.human_routes, doors)
    found = check_questions(document, book)
    problems += found
    return None if found else book
