"""Whether any further answer can still change the first results: decided exactly, without the engine's own stop test.

The first results stay the same as long as none of them changes its verdict, none is overtaken by the next, and the
last is not overtaken by any other. Each of these hangs on one programme or on two, so on few questions; for those,
every answer that the programmes tell apart is tried.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from app.eligibility.answers import AnswerError, Answers, with_answer
from app.eligibility.questions import NOT_SURE, Question
from tests.benchmarks.engine import First, Place, World
from tests.benchmarks.sight import Sight, Token, to_ask, tokens_of

More = tuple[tuple[str, object], ...]
"""Further answers: question and value."""


@dataclass(frozen=True)
class Reach:
    """The lowest and highest place that further answers can give a programme, and what it takes to get there.

    ``verdicts`` holds what it takes for every verdict that can be reached.
    """

    lowest: tuple[tuple[int, ...], More]
    highest: tuple[tuple[int, ...], More]
    verdicts: dict[str, More]


@dataclass
class Oracle:
    """Answers about one world; remembers what it has worked out."""

    world: World
    _places: list[dict[object, Place]] = field(default_factory=list)
    _reaches: list[dict[object, Reach]] = field(default_factory=list)
    _sights: dict[tuple[int, ...], Sight] = field(default_factory=dict)
    _overtakings: dict[tuple[object, ...], More | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = [{} for _ in self.world.programmes]
        self._reaches = [{} for _ in self.world.programmes]

    def first(self, answers: Answers, number: int) -> First:
        """The first results, as the engine gives them."""
        tokens = tokens_of(self.world.questionnaire, answers)
        return tuple(
            (self.world.programmes[p].id, verdict) for p, (_, verdict) in self._order(answers, tokens)[:number]
        )

    def change(self, answers: Answers, number: int) -> More | None:
        """Further answers after which the first results are other ones; None where there are none."""
        return next(self.changes(answers, number), None)

    def changes(self, answers: Answers, number: int) -> Iterator[More]:
        """Further answers after which the first results are other ones: one for every way in which they can change."""
        tokens = tokens_of(self.world.questionnaire, answers)
        placed = self._order(answers, tokens)
        top = [p for p, _ in placed[:number]]
        for p, (_, verdict) in placed[:number]:
            reached = self._reach(p, answers, tokens).verdicts
            yield from (more for other, more in reached.items() if other != verdict)
        pairs = list(pairwise(top))
        pairs += [(top[-1] if len(top) == number else -1, r) for r in range(len(self.world.programmes)) if r not in top]
        for p, r in pairs:
            more = self._overtaking(p, r, answers, tokens)
            if more is not None:
                yield more

    def can_count(self, answers: Answers, number: int) -> list[int]:
        """The programmes that may come among the first after some answers, and perhaps a few that cannot."""
        tokens = tokens_of(self.world.questionnaire, answers)
        reaches = [self._reach(p, answers, tokens) for p in range(len(self.world.programmes))]
        sure = sorted((reach.lowest[0] for reach in reaches), reverse=True)
        bar = sure[number - 1] if len(sure) >= number else ()
        return [p for p, reach in enumerate(reaches) if reach.highest[0] and reach.highest[0] >= bar]

    def place(self, programme: int, answers: Answers) -> Place:
        """Where a programme, by number, stands."""
        return self._place(programme, answers, tokens_of(self.world.questionnaire, answers))

    def best_for(self, programme: int, answers: Answers) -> More:
        """Further answers with which a programme, by number, stands as high as it can."""
        return self._reach(programme, answers, tokens_of(self.world.questionnaire, answers)).highest[1]

    def sight(self, *programmes: int) -> Sight:
        """What these programmes, by number, can see."""
        if programmes not in self._sights:
            self._sights[programmes] = Sight(self.world, programmes)
        return self._sights[programmes]

    @cached_property
    def everything(self) -> Sight:
        """What all programmes together can see."""
        return self.sight(*range(len(self.world.programmes)))

    def _order(self, answers: Answers, tokens: dict[str, Token]) -> list[tuple[int, Place]]:
        placed = [(p, self._place(p, answers, tokens)) for p in range(len(self.world.programmes))]
        return sorted((entry for entry in placed if entry[1][0]), key=lambda entry: entry[1][0], reverse=True)

    def _place(self, p: int, answers: Answers, tokens: dict[str, Token]) -> Place:
        view = self.sight(p).view(tokens)
        if view not in self._places[p]:
            self._places[p][view] = self.world.place(p, answers)
        return self._places[p][view]

    def _reach(self, p: int, answers: Answers, tokens: dict[str, Token]) -> Reach:
        view = self.sight(p).view(tokens)
        if view not in self._reaches[p]:
            self._reaches[p][view] = self._reach_from(p, answers, tokens)
        return self._reaches[p][view]

    def _reach_from(self, p: int, answers: Answers, tokens: dict[str, Token]) -> Reach:
        sight = self.sight(p)
        open_ = to_ask(sight.questions, answers)
        place, verdict = self._place(p, answers, tokens)
        # Who is out stays out.
        if not open_ or not place:
            return Reach((place, ()), (place, ()), {verdict: ()})
        reaches = []
        for value, after in self.every_answer(sight, answers, open_[0]):
            found = self._reach(p, after, tokens_of(self.world.questionnaire, after))
            more = ((open_[0].id, value),)
            reaches.append((more, found))
        return Reach(
            min(((found.lowest[0], more + found.lowest[1]) for more, found in reaches), key=lambda pair: pair[0]),
            max(((found.highest[0], more + found.highest[1]) for more, found in reaches), key=lambda pair: pair[0]),
            {verdict: more + rest for more, found in reaches for verdict, rest in found.verdicts.items()},
        )

    def _overtaking(self, p: int, r: int, answers: Answers, tokens: dict[str, Token]) -> More | None:
        """Answers that put programme r before p; p is -1 for a place that nobody has yet."""
        views = (p, r, self.sight(p).view(tokens) if p >= 0 else (), self.sight(r).view(tokens))
        if views not in self._overtakings:
            self._overtakings[views] = self._overtaking_from(p, r, answers, tokens)
        return self._overtakings[views]

    def _overtaking_from(self, p: int, r: int, answers: Answers, tokens: dict[str, Token]) -> More | None:
        highest, to_rise = self._reach(r, answers, tokens).highest
        lowest, to_fall = self._reach(p, answers, tokens).lowest if p >= 0 else ((), ())
        if highest <= lowest:
            return None
        shared = [q for q in to_ask(self.sight(r).questions, answers) if p >= 0 and q in self.sight(p).questions]
        if not shared:
            return to_fall + to_rise
        for value, after in self.every_answer(self.sight(p, r), answers, shared[0]):
            more = self._overtaking(p, r, after, tokens_of(self.world.questionnaire, after))
            if more is not None:
                return ((shared[0].id, value), *more)
        return None

    def every_answer(self, sight: Sight, answers: Answers, question: Question) -> Iterator[tuple[object, Answers]]:
        """Every answer that some programmes tell apart, "not sure" included, and what is then known."""
        for value in (NOT_SURE, *sight.values(question)):
            try:
                yield value, with_answer(self.world.questionnaire, answers, question, value)
            except AnswerError:
                continue
