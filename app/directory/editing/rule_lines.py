"""Who can use a service as lines for whoever compares two states of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from app.directory.editing.edited_rules import EditedCondition, EditedRule, Part
from app.directory.editing.typed import day_in_words

PARTS: tuple[Part, ...] = ("everyone", "routes", "exclusions", "made_for")
_HEADINGS: dict[Part, str] = {
    "everyone": "Everybody",
    "routes": "A way in",
    "exclusions": "Shut out",
    "made_for": "Made for",
}


def same_periods(old: Sequence[EditedRule], new: Sequence[EditedRule]) -> bool:
    return [(rule.since, rule.until) for rule in old] == [(rule.since, rule.until) for rule in new]


class RuleLines:
    """Tells the rules of two states, a line for each condition or way in: "Everybody: For people aged 16 and over."

    Where there are several rules, or one has a day, each line begins with its period. What the directory assumes stands
    there by its id, and a page that says so behind the sentence. A sentence that stands for two things is told with the
    answers, by their ids.
    """

    def __init__(self, old: Sequence[EditedRule], new: Sequence[EditedRule]) -> None:
        rules = (*old, *new)
        self._dated = max(len(old), len(new)) > 1 or any(rule.since or rule.until for rule in rules)
        meant = defaultdict(set)
        for condition in chain.from_iterable(map(_conditions, rules)):
            meant[condition.text].add(_asked(condition))
        self._unclear = {text for text, asked in meant.items() if len(asked) > 1}

    def all_of(self, rules: Iterable[EditedRule]) -> tuple[str, ...]:
        return tuple(line for rule in rules for line in self._rule(rule))

    def part(self, rule: EditedRule, part: Part) -> tuple[str, ...]:
        said = map(self._way, rule.routes) if part == "routes" else map(self._sentence, getattr(rule, part))
        before = f"{_period(rule)}. " if self._dated else ""
        return tuple(f"{before}{_HEADINGS[part]}: {text}" for text in said)

    def _rule(self, rule: EditedRule) -> tuple[str, ...]:
        found = tuple(chain.from_iterable(self.part(rule, part) for part in PARTS))
        return found or (f"{_period(rule)}. Nothing is said of who can use it.",)

    def _way(self, route: Iterable[EditedCondition]) -> str:
        return " ".join(map(self._sentence, route)) or "Without any condition."

    def _sentence(self, condition: EditedCondition) -> str:
        text = condition.text or condition.ask or condition.assume
        asked = _asked(condition) if condition.text in self._unclear else ""
        return " ".join(filter(None, (text, asked and f"[{asked}]", condition.page and f"({condition.page})")))


def _conditions(rule: EditedRule) -> Iterable[EditedCondition]:
    return (*rule.everyone, *chain(*rule.routes), *rule.exclusions, *rule.made_for)


def _asked(condition: EditedCondition) -> str:
    """lives in: camden, islington."""
    answers = [one.replace("_", " ") for one in condition.any_of]
    limits = [f"{word} {limit}" for word, limit in (("from", condition.at_least), ("below", condition.below)) if limit]
    about = condition.question.replace("_", " ") or condition.ask or condition.assume
    return f"{about}: {', '.join((*answers, *limits))}".removesuffix(": ")


def _period(rule: EditedRule) -> str:
    since, until = day_in_words(rule.since), day_in_words(rule.until)
    if since and until:
        return f"From {since} to {until}"
    return f"From {since}" if since else f"Until {until}" if until else "At all times"
