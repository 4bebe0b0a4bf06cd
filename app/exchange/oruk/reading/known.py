"""What this directory knows that a list is read against."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from app.directory.listing import Rule
from app.directory.postcodes import Sectors, sectors_from
from app.directory.rule_checks import wrong_rules
from app.eligibility.questions import Questionnaire, questionnaire_from
from app.exchange.oruk.reading.areas import Names, names_from
from app.exchange.oruk.reading.terms import Ages, age_rules
from app.exchange.oruk.terms import GOALS
from app.models import row_id


@dataclass(frozen=True)
class Known:
    """``feed`` is what the list is called here. ``goals`` are by the ids of their terms. ``rule_fault`` is a sentence
    about the rules of a listing, or empty. ``here`` are the ids of our services.

    ``trusted``: whoever brings the list in trusts those who made it with rules and roles.
    """

    feed: str
    today: date
    names: Names
    sectors: Sectors
    ages: Ages
    goals: Mapping[UUID, str]
    papers: frozenset[str]
    rule_fault: Callable[[tuple[Rule, ...]], str]
    here: frozenset[UUID] = frozenset()
    trusted: bool = False

    def takes_whole(self, id_: UUID | None) -> bool:
        """Whether all that a directory like this says of a service is read. What is here already is only compared."""
        return self.trusted or id_ in self.here


def known_from(
    reference: Mapping[str, Any],
    feed: str,
    today: date,
    *,
    here: frozenset[UUID] = frozenset(),
    trusted: bool = False,
) -> Known:
    """``reference`` is the data of each reference file by its name."""
    questionnaire = questionnaire_from(reference["questions"])
    answers = questionnaire[GOALS].answers if GOALS in {question.id for question in questionnaire} else ()
    return Known(
        feed=feed,
        today=today,
        names=names_from(reference.get("places", {})),
        sectors=sectors_from(reference.get("postcode_sectors", {})),
        ages=age_rules(questionnaire),
        goals={row_id("taxonomy_term", answer.id): answer.id for answer in answers},
        papers=frozenset(reference.get("papers", {})),
        rule_fault=_rule_faults(questionnaire),
        here=here,
        trusted=trusted,
    )


def _rule_faults(questionnaire: Questionnaire) -> Callable[[tuple[Rule, ...]], str]:
    @lru_cache(maxsize=10_000)
    def fault(rules: tuple[Rule, ...]) -> str:
        return next((message for _, message in wrong_rules(rules, questionnaire)), "")

    return fault
