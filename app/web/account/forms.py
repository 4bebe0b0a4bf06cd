"""The forms of the account pages. A form has these fields and no others: what else is sent is not read."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.fields import Field
from wtforms.validators import AnyOf, InputRequired

ROLES = {"editor": "Editor: changes listings", "owner": "Owner: changes listings and invites others"}


class AccountForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    """``problems`` are (sentence, field id), for the summary at the top."""

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(str(error), str(field.id)) for field in self for error in field.errors]


class LoginForm(AccountForm):
    email = StringField("Email address", [InputRequired("Enter your email address.")])
    password = PasswordField("Password", [InputRequired("Enter your password.")])


class CodeForm(AccountForm):
    code = StringField("Code", [InputRequired("Enter the code.")])


class ResetForm(AccountForm):
    email = StringField("Email address", [InputRequired("Enter your email address.")])


class AcceptForm(AccountForm):
    """Nothing but the button."""


class NewPasswordForm(AccountForm):
    new_password = PasswordField("New password", [InputRequired("Enter a new password.")])


class ChangePasswordForm(AccountForm):
    password = PasswordField("The password you have now", [InputRequired("Enter the password you have now.")])
    new_password = PasswordField("New password", [InputRequired("Enter a new password.")])


class EnrolForm(AccountForm):
    code = StringField("Code that the app shows", [InputRequired("Enter the code that the app shows.")])
    password = PasswordField("Your password", [InputRequired("Enter your password.")])


class InviteForm(AccountForm):
    """``organisation`` is an id; whether they may invite to it is for the action to say."""

    email = StringField("Their email address", [InputRequired("Enter their email address.")])
    organisation = StringField("Organisation")
    role = StringField("Role", [AnyOf(ROLES, "Choose a role.")], default="editor")


class AdminInviteForm(AccountForm):
    email = StringField("Their email address", [InputRequired("Enter their email address.")])


class RoleForm(AccountForm):
    role = StringField("Role", [AnyOf(ROLES, "Choose a role.")])


class OrganisationForm(AccountForm):
    """What must be right with the words is for the action to say. ``seen`` is what the form showed."""

    name = StringField("Name")
    description = StringField("What it does")
    url = StringField("Website (optional)")
    aliases = StringField("Other names (optional)")
    seen = StringField("What the form showed")


def typed(field: Field) -> str:
    """What was sent; empty where nothing was."""
    return field.data or ""


def say(field: Field, sentence: str) -> None:
    """Puts what an action answered beside the field that it is about."""
    field.errors = [*field.errors, sentence]
