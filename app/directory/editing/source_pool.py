"""What is known of a listing already, each fact with its sources, for whoever makes a listing of what was edited."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from app.directory.editing.edited import Edited, EditedAnswer, EditedContact, EditedRoute, edited_contact
from app.directory.editing.edited_rules import (
    EditedCondition,
    EditedRule,
    Part,
    as_condition,
    as_rule,
    edited_condition,
)
from app.directory.listing import (
    Alias,
    Contact,
    Fact,
    Language,
    Listing,
    PracticalFact,
    ReferralRoute,
    Rule,
    RuleCondition,
)
from app.directory.opening import Hours
from app.directory.sources import Source

Sourced = TypeVar("Sourced", Fact, PracticalFact, ReferralRoute, Language, Contact, Hours, RuleCondition)
Known = TypeVar("Known")


@dataclass(frozen=True)
class Statement:
    """What the provider says on a day, as the source of what they wrote: its key in the listing, and the source."""

    key: str
    source: Source


class Pool:
    """What is known already, with its sources. Notes each source that is used.

    What is known twice, with other sources, is used in the order in which it stands.
    """

    def __init__(self, said: Statement, listings: Sequence[Listing]) -> None:
        self._said = said
        self._listings = listings
        self._used: dict[str, Source] = {}
        self._taken: set[int] = set()

    def fact(self, field: str, text: str) -> Fact:
        known = self._find(lambda listing: _facts(listing, field), lambda fact: fact.text == text)
        return known or Fact(text=text, source=self._new())

    def optional_fact(self, field: str, text: str) -> Fact | None:
        return self.fact(field, text) if text else None

    def alias(self, name: str) -> Alias:
        known = [alias for listing in self._listings for alias in listing.aliases if alias.name == name]
        return self._next(known) or Alias(name=name)

    def contact(self, edited: EditedContact) -> Contact:
        known = self._find(lambda listing: listing.contacts, lambda contact: edited_contact(contact) == edited)
        return known or Contact.model_validate(
            {
                "type": edited.type,
                "value": edited.value,
                "hours": edited.hours or None,
                "note": edited.note or None,
                "audience": "professionals" if edited.professionals else None,
                "source": self._new(),
            }
        )

    def hours(self, edited: Edited) -> Hours | None:
        if not edited.hours and not edited.hours_note:
            return None
        new = {"times": [time.model_dump() for time in edited.hours], "note": edited.hours_note or None}
        same = Hours.model_validate({**new, "source": [self._said.key]})
        known = self._find(
            lambda listing: [listing.hours] if listing.hours else [],
            lambda hours: (hours.times, hours.note) == (same.times, same.note),
        )
        return known or same.model_copy(update={"source": self._new()})

    def language(self, name: str) -> Language:
        known = self._find(lambda listing: listing.languages, lambda language: language.name == name)
        return known or Language(name=name, source=self._new())

    def practical(self, id_: str, edited: EditedAnswer) -> PracticalFact:
        known = self._find(
            lambda listing: [fact for key, fact in listing.practical.items() if key == id_],
            lambda fact: (fact.answer or "", fact.text) == (edited.answer, edited.text),
        )
        return known or PracticalFact.model_validate(
            {"answer": edited.answer or None, "text": edited.text, "source": self._new()}
        )

    def route(self, edited: EditedRoute) -> ReferralRoute:
        known = self._find(
            lambda listing: listing.referral, lambda route: (route.route, route.text) == (edited.route, edited.text)
        )
        return known or ReferralRoute.model_validate(
            {"route": edited.route, "text": edited.text, "source": self._new()}
        )

    def successor_source(self, successors: tuple[str, ...]) -> tuple[str, ...]:
        if not successors:
            return ()
        for listing in self._listings:
            if listing.successors == successors:
                return self._adopted(listing, listing.successor_source)
        return self._new()

    def rule(self, edited: EditedRule) -> Rule:
        return as_rule(edited, self._condition)

    def _condition(self, part: Part, edited: EditedCondition) -> RuleCondition:
        known = self._find(
            lambda listing: [one for one in _written(listing, part) if edited_condition(one, listing) == edited],
            lambda _: True,
        )
        if known or edited.assume:
            return known or as_condition(edited, ())
        return as_condition(edited, self._read_on(edited.page) if edited.page else self._new())

    def sources_used(self) -> dict[str, Source]:
        """In the order of the live listing; what is new comes last."""
        order = [key for listing in self._listings for key in listing.sources]
        place = {key: number for number, key in reversed(list(enumerate(order)))}
        return dict(sorted(self._used.items(), key=lambda item: place.get(item[0], len(order))))

    def _find(
        self, all_of: Callable[[Listing], Sequence[Sourced]], is_same: Callable[[Sourced], bool]
    ) -> Sourced | None:
        found = [(one, listing) for listing in self._listings for one in all_of(listing) if is_same(one)]
        if (known := self._next([one for one, _ in found])) is None:
            return None
        origin = next(listing for one, listing in found if one is known)
        return known.model_copy(update={"source": self._adopted(origin, known.source)})

    def _next(self, known: Sequence[Known]) -> Known | None:
        """The first that was not used yet; the first of all where each was used."""
        chosen = next((one for one in known if id(one) not in self._taken), known[0] if known else None)
        self._taken.add(id(chosen))
        return chosen

    def _new(self) -> tuple[str, ...]:
        return (self._note(self._said.key, self._said.source),)

    def _read_on(self, page: str) -> tuple[str, ...]:
        """The provider says that it stands there on this day."""
        day = self._said.source.read
        return (self._note(f"page-{day}", Source(page=page, read=day)),)

    def _adopted(self, listing: Listing, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._note(key, listing.sources[key]) for key in keys)

    def _note(self, key: str, source: Source) -> str:
        """Another version may have given this key to another source. Those of the live listing keep their keys."""
        live = self._listings[0].sources
        if self._used.get(key, live.get(key, source)) != source:
            return self._note(f"{key}-2", source)
        self._used[key] = source
        return key


def _facts(listing: Listing, field: str) -> Sequence[Fact]:
    found = getattr(listing, field)
    return found if isinstance(found, tuple) else [found] if found else []


def _written(listing: Listing, part: Part) -> list[RuleCondition]:
    """Every condition that asks for the same as those of this part: what lets in is no reason to shut out."""
    if part not in {"everyone", "routes"}:
        return [one for rule in listing.rules for one in getattr(rule, part)]
    return [one for rule in listing.rules for one in (*rule.everyone, *chain(*rule.routes))]
