"""Asks whether listings are still right."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import click

from app.actions.freshness.remind import Told, in_a_line, keep, remind, would_remind
from app.actions.reports.telling import tell_again
from app.actions.reports.unanswered import Escalated, due_reports, escalate_reports
from app.actions.reports.wiping import wipe_reports
from app.cli.ending import fail, one_line
from app.current import current_engine, current_settings
from app.mail import send


@click.command("remind")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@one_line()
def remind_command(dry_run: bool) -> None:
    """Asks those who look after listings whether they are still right. To be run every day."""
    settings, engine, now = current_settings(), current_engine(), datetime.now(UTC)
    if dry_run:
        _say_reminders(would_remind(engine, now))
        click.echo(f"Reports that nobody answered: {due_reports(engine, now)}.")
        return
    wipe_reports(engine, now)
    if settings.mail is None:
        keep(engine, now)
    told = remind(engine, settings.mail_or_error().site, partial(send, settings), now)
    _say_reminders(told)
    if heard := tell_again(engine, settings.mail_or_error().site, partial(send, settings)):
        click.echo(f"Answers to readers that had not gone: {heard} sent.")
    _say_escalated(escalate_reports(engine, settings.mail_or_error().site, partial(send, settings), now))
    if refused := sum(one.refused for one in told):
        fail(f"The mail server refused reminders ({refused}). Run this again: it sends what did not go.")


def _say_reminders(told: Sequence[Told]) -> None:
    for one in told:
        click.echo(in_a_line(one))
    click.echo(f"Due: {len(told)}.")


def _say_escalated(escalated: Escalated) -> None:
    if escalated.refused:
        fail("The mail server refused the list of reports that nobody answered. Run this again: it sends it then.")
    nobody = " There is no admin to tell." if escalated.nobody else ""
    click.echo(f"Reports that nobody answered, sent to the admins: {escalated.reports}.{nobody}")
