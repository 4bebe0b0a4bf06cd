"""Made-up listings in any number, in words as frequent as those of the real ones, for timing the search."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from app.directory.listing import Alias, Fact, Listing, Organisation, Rule, RuleCondition
from app.exchange.rows import Published
from app.search.query import words_of

RARE_WORDS = 3
"""How many different rare words there are to each listing."""
SYLLABLES = tuple(first + second for first in "bdfgklmnprstvz" for second in "aeiou")


def listings_like(real: Published, size: int, seed: int = 1) -> Published:
    """The real catalogue filled up to that many listings; the same seed always gives the same ones.

    Each made-up listing stands for a real one, in turn, and so does its organisation: with the same area, role, state
    and rules, as many words, and a name of its own.
    """
    models = [real.listings[id_] for id_ in sorted(real.listings)]
    writer = _Writer(models, Random(seed), RARE_WORDS * size)
    listings, organisations = dict(real.listings), dict(real.organisations)
    for number in range(len(models), size):
        model = models[number % len(models)]
        listing = _listing(model, number, number // len(models), writer)
        listings[listing.id] = listing
        if model.organisation and listing.organisation and listing.organisation not in organisations:
            organisations[listing.organisation] = _organisation(real.organisations[model.organisation], number, writer)
    return replace(real, listings=listings, organisations=organisations)


def made_up_word(number: int) -> str:
    """A word of three syllables or more; each number has its own."""
    word, number = "", number + len(SYLLABLES) ** 2
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        word += SYLLABLES[syllable]
    return word


def searched_texts(listing: Listing) -> list[str]:
    """What the search reads of a listing besides names."""
    ways = [way for rule in listing.rules for way in (rule.everyone, *rule.routes, rule.made_for)]
    conditions = [condition.text for way in ways for condition in way if condition.text]
    return [listing.summary, *(offer.text for offer in listing.offers), *conditions]


class _Writer:
    """Writes texts in the words of these listings, and in rare made-up words.

    A word is drawn as often as the listings use it. A rare one is drawn as often as their next word would be one that
    they did not use before: that is the share of words used once (Good, "The population frequencies of species and the
    estimation of population parameters", 1953).
    """

    def __init__(self, models: Sequence[Listing], rng: Random, rare: int) -> None:
        self._text_words = _words(text for listing in models for text in searched_texts(listing))
        self._name_words = _words(listing.name for listing in models)
        self._new = _share_used_once(self._text_words)
        self._rng = rng
        self._rare = rare

    def text(self, model: str) -> str:
        """A text of as many words as the model has."""
        return " ".join(self._word() for _ in words_of(model)).capitalize() + "."

    def name(self, model: str, number: int) -> str:
        """A name of as many words as the model has, the first of which says the number."""
        own = made_up_word(self._rare + number)
        return " ".join([own, *self._rng.choices(self._name_words, k=len(words_of(model)) - 1)]).title()

    def _word(self) -> str:
        if self._rng.random() >= self._new:
            return self._rng.choice(self._text_words)
        # The chance of a rank falls with the rank (Zipf's law).
        return made_up_word(int(self._rare ** self._rng.random()))


def _words(texts: Iterable[str]) -> Sequence[str]:
    return [word for text in texts for word in words_of(text)]


def _share_used_once(words: Sequence[str]) -> float:
    return sum(times == 1 for times in Counter(words).values()) / len(words)


def _listing(model: Listing, number: int, copy: int, writer: _Writer) -> Listing:
    aliases = [Alias(name=writer.name(alias.name, number), alone=alias.alone) for alias in model.aliases]
    return model.model_copy(
        update={
            "id": f"{model.id}-{copy}",
            "name": writer.name(model.name, number),
            "organisation": model.organisation and f"{model.organisation}-{copy}",
            "summary": writer.text(model.summary),
            "aliases": tuple(dict.fromkeys(aliases)),
            "offers": tuple(Fact(text=writer.text(offer.text), source=offer.source) for offer in model.offers),
            "rules": tuple(_rule(rule, writer) for rule in model.rules),
        }
    )


def _rule(model: Rule, writer: _Writer) -> Rule:
    def way(conditions: tuple[RuleCondition, ...]) -> tuple[RuleCondition, ...]:
        return tuple(_condition(condition, writer) for condition in conditions)

    routes = tuple(way(route) for route in model.routes)
    return model.model_copy(update={"everyone": way(model.everyone), "routes": routes, "made_for": way(model.made_for)})


def _condition(model: RuleCondition, writer: _Writer) -> RuleCondition:
    return model.model_copy(update={"text": writer.text(model.text)}) if model.text else model


def _organisation(model: Organisation, number: int, writer: _Writer) -> Organisation:
    aliases = tuple(dict.fromkeys(writer.name(alias, number) for alias in model.aliases))
    return model.model_copy(update={"name": writer.name(model.name, number), "aliases": aliases})
