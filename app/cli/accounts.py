"""Who may sign in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from app.actions.accounts.care import close, forget_authenticator, open_again
from app.actions.accounts.demo import make_demo_logins
from app.actions.accounts.letters import address_of
from app.actions.accounts.links import ADMIN, INVITATION_DAYS, Invitation, invite
from app.actions.accounts.rules import AccountError
from app.cli.ending import fail, one_line
from app.current import current_engine, current_settings

account = AppGroup("account", help="Who may sign in.")


@account.command("admin")
@click.argument("email")
@one_line()
def admin_command(email: str) -> None:
    """Invites an admin of the directory, such as the first one, and prints the link. It works once."""
    site = current_settings().mail_or_error().site
    with _account_line():
        token = invite(current_engine(), Invitation(email, ADMIN, None), datetime.now(UTC))
    click.echo(f"Open this to accept, within {INVITATION_DAYS} days:")
    click.echo(address_of(site, token))


@account.command("forget-authenticator")
@click.argument("email")
@one_line()
def forget_authenticator_command(email: str) -> None:
    """For who lost the phone and the recovery codes. Make sure first who asks."""
    with _account_line():
        forget_authenticator(current_engine(), email, datetime.now(UTC))


@account.command("close")
@click.argument("email")
@click.option("--undo", is_flag=True, help="Open it again.")
@one_line()
def close_command(email: str, undo: bool) -> None:
    """Closes an account: it is signed out everywhere, and nobody signs in with it."""
    with _account_line():
        if undo:
            open_again(current_engine(), email, datetime.now(UTC))
        else:
            close(current_engine(), email, datetime.now(UTC))


@contextmanager
def _account_line() -> Iterator[None]:
    try:
        yield
    except AccountError as error:
        fail(error.message)


@account.command("demo")
@one_line()
def demo_command() -> None:
    """One login for each role, for trying out. Prints their new passwords, this once."""
    if current_settings().production:
        fail("Logins for trying out are not for production.")
    with _account_line():
        logins = make_demo_logins(current_engine(), datetime.now(UTC))
    for login in logins:
        click.echo(f"{login.email:<22} {login.password}  {login.role}")
    site = current_settings().mail_or_error().site
    click.echo(f"Sign in at {site}/account/login. The admin sets up an authenticator app first.")
