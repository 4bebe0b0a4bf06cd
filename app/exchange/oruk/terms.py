"""What people want, as a taxonomy: the answers to the question of what would help."""

from collections.abc import Mapping

from app.eligibility.questions import Questionnaire
from app.exchange.oruk.shapes import Taxonomy, Term
from app.models import row_id

GOALS = "goals"


def goals_taxonomy(questionnaire: Questionnaire) -> Taxonomy:
    """The whole taxonomy; its terms in the order of the answers."""
    question = questionnaire[GOALS]
    taxonomy = row_id("taxonomy", GOALS)
    terms = tuple(
        Term(
            id=row_id("taxonomy_term", answer.id),
            name=answer.label,
            description=f"For people who {answer.said}.",
            taxonomy="What people want",
            taxonomy_id=taxonomy,
        )
        for answer in question.answers
    )
    return Taxonomy(
        id=taxonomy,
        name="What people want",
        description="What a service helps with, as people say what would help them most.",
        version="1",
        taxonomy_terms=terms,
    )


def terms_by_goal(taxonomy: Taxonomy, questionnaire: Questionnaire) -> Mapping[str, Term]:
    """The term of each answer, by the id of the answer."""
    answers = questionnaire[GOALS].answers
    return dict(zip((answer.id for answer in answers), taxonomy.taxonomy_terms, strict=True))
