"""Going back a step: the earlier states of who can use a service, kept beside the draft."""

from collections.abc import Sequence

from app.directory.editing.edited_rules import EditedCondition, EditedRule

MOST = 10
Rules = tuple[EditedRule, ...]


def steps_after(steps: Sequence[Rules], before: Rules, after: Rules) -> tuple[Rules, ...]:
    """The states to go back to after a change, the newest last.

    Whoever is back at the newest has gone that step. A sentence is one step, however often it is saved while it is
    written.
    """
    if steps and steps[-1] == after:
        return tuple(steps[:-1])
    if before == after or (steps and _bones(steps[-1]) == _bones(before) == _bones(after)):
        return tuple(steps)
    return (*steps, before)[-MOST:]


def _bones(rules: Rules) -> tuple[EditedRule, ...]:
    """The rules without what is only worded."""
    return tuple(
        rule.model_copy(
            update={
                "everyone": _plain(rule.everyone),
                "routes": tuple(map(_plain, rule.routes)),
                "exclusions": _plain(rule.exclusions),
                "made_for": _plain(rule.made_for),
            }
        )
        for rule in rules
    )


def _plain(conditions: Sequence[EditedCondition]) -> tuple[EditedCondition, ...]:
    return tuple(one.model_copy(update={"text": "", "ask": one.ask and "?", "page": ""}) for one in conditions)
