"""Who can use a service as its form shows it: the parts, and in each its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.actions.rule_effects import THEY
from app.directory.editing.edited import Edited
from app.directory.editing.edited_rules import EditedCondition, EditedRule, Part
from app.directory.editing.rule_periods import rule_on
from app.directory.rule_words import sentence_of
from app.eligibility.questions import Assumption, Question, Questionnaire
from app.eligibility.rulebook import GOALS

from .who_form import ASK, WhoChoices, begins_anew

_OLD_WORDS = "You changed the answers, and these words are the old ones. Read them again."
_SAME_PAGE = "You changed this line. If the page that it names does not say so, take the address out."
_MOST_WAYS = 4


@dataclass(frozen=True)
class Line:
    """One condition. ``about`` is its subject in words, and ``answers`` those that can be ticked, by their ids.

    ``made`` is the sentence that its answers make, and ``own`` the provider's own where it is another one. ``stale``:
    the own sentence is the public one, and the answers are not. ``same_page``: it was changed, and names the page that
    it named before. ``new``: it was added just now.
    """

    place: str
    condition: EditedCondition
    about: str
    answers: Mapping[str, str]
    numbers: bool
    assumption: Assumption | None
    made: str
    own: str
    stale: bool
    same_page: bool
    new: bool

    @property
    def sentence(self) -> str:
        """What people read."""
        return self.own or self.made

    @property
    def caution(self) -> str:
        """What was changed, and may not fit the rest of the line any more."""
        if self.stale:
            return _OLD_WORDS
        return _SAME_PAGE if self.same_page else ""


@dataclass(frozen=True)
class Group:
    """Lines that belong together, at ``who-everyone`` or ``who-routes-1``."""

    place: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class WhoForm:
    """``subjects`` are what a new line can be about. ``next_way``: the place of one more way in; empty where
    there are four.
    """

    everyone: Group
    routes: tuple[Group, ...]
    exclusions: Group
    made_for: Group
    next_way: str
    subjects: Mapping[str, str]
    anew: bool
    since: str
    had_rules: bool
    several: bool


def who_form(edited: Edited, choices: WhoChoices, add: str) -> WhoForm:
    """``add`` is a new line to be shown, such as ``who-everyone-lives_in``."""
    rule = rule_on(edited, choices.day)
    view = _View(choices, add)
    routes = [view.group("routes", f"who-routes-{number}", route) for number, route in enumerate(rule.routes)]
    spare = view.group("routes", f"who-routes-{len(routes)}", ())
    if spare.lines and len(routes) < _MOST_WAYS:
        routes.append(spare)
    return WhoForm(
        everyone=view.group("everyone", "who-everyone", rule.everyone),
        routes=tuple(routes),
        exclusions=view.group("exclusions", "who-exclusions", rule.exclusions),
        made_for=view.group("made_for", "who-made_for", rule.made_for),
        next_way=f"who-routes-{len(routes)}" if len(routes) < _MOST_WAYS else "",
        subjects=_subjects(choices.questionnaire),
        anew=begins_anew(edited, choices),
        since=rule.since,
        had_rules=bool(choices.live.rules),
        several=len(edited.rules) > 1,
    )


def sentences(form: WhoForm) -> dict[str, str]:
    """What people read of each line, by its place."""
    return {line.place: line.sentence for line in _lines(form)}


def cautions(form: WhoForm) -> list[tuple[str, str]]:
    """The places of lines, each with its caution."""
    return [(line.place, line.caution) for line in _lines(form) if line.caution]


def _lines(form: WhoForm) -> list[Line]:
    groups = (form.everyone, *form.routes, form.exclusions, form.made_for)
    return [line for group in groups for line in group.lines]


def _subjects(questionnaire: Questionnaire) -> dict[str, str]:
    asked = {question.id: questionnaire.wording(question.text, THEY) for question in questionnaire}
    return {id_: text for id_, text in asked.items() if id_ != GOALS} | {ASK: "Something else: people must ask you"}


@dataclass(frozen=True)
class _View:
    choices: WhoChoices
    add: str

    def group(self, part: Part, place: str, conditions: Sequence[EditedCondition]) -> Group:
        lines = [self._line(part, f"{place}-{number}", one) for number, one in enumerate(conditions)]
        about = self.add.removeprefix(f"{place}-")
        if about in _subjects(self.choices.questionnaire) and self.add != about:
            new = EditedCondition(question="" if about == ASK else about)
            lines.append(self._line(part, f"{place}-{len(lines)}", new, new=True))
        return Group(place, tuple(lines))

    def _line(self, part: Part, place: str, condition: EditedCondition, *, new: bool = False) -> Line:
        questionnaire = self.choices.questionnaire
        question = questionnaire.questions.get(condition.question)
        made = sentence_of(condition, part, questionnaire)
        return Line(
            place=place,
            condition=condition,
            about=questionnaire.wording(question.text, THEY) if question else condition.question,
            answers=_answers(condition, question, questionnaire),
            numbers=bool(question and question.kind == "number"),
            assumption=questionnaire.assumptions.get(condition.assume),
            made=made,
            own="" if condition.text == made else condition.text,
            stale=condition.text != made and self._was_otherwise(condition, "text"),
            same_page=bool(condition.page) and self._was_otherwise(condition, "page"),
            new=new,
        )

    def _was_otherwise(self, condition: EditedCondition, field: str) -> bool:
        """The public line on the same question has the same text or page, and other answers."""
        public = [one for rule in self.choices.live.rules for one in _all_of(rule)]
        like = [
            one
            for one in public
            if (one.question, getattr(one, field)) == (condition.question, getattr(condition, field))
        ]
        return bool(condition.question and like) and _asked(condition) not in map(_asked, like)


def _answers(condition: EditedCondition, question: Question | None, questionnaire: Questionnaire) -> dict[str, str]:
    """Also those that stand there and are not offered any more."""
    offered = question.answers if question else ()
    known = {answer.id: questionnaire.wording(answer.label, THEY) for answer in offered}
    return known | {id_: id_ for id_ in condition.any_of if id_ not in known}


def _asked(condition: EditedCondition) -> tuple[frozenset[str], str, str]:
    return frozenset(condition.any_of), condition.at_least, condition.below


def _all_of(rule: EditedRule) -> list[EditedCondition]:
    return [*rule.everyone, *(one for route in rule.routes for one in route), *rule.exclusions, *rule.made_for]
