"""Who looks after an organisation: for its owners and, for every organisation, the directory team."""

from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.actions.accounts import members, teams
from app.actions.accounts.rules import AccountError
from app.actions.accounts.teams import GoneError, Member, NoTeamError, NotYourTeamError, Team
from app.current import current_engine

from ..account.access import forget, now, signed_in_person
from ..account.forms import ROLES, AcceptForm, RoleForm, say, typed
from ..page import page
from .listings import blueprint as blueprint


@blueprint.errorhandler(AccountError)
def refused(error: AccountError) -> Response:
    """What cannot be done, in a sentence."""
    status = 422
    if isinstance(error, NotYourTeamError):
        status = 403
    elif isinstance(error, NoTeamError) or (isinstance(error, GoneError) and request.method == "GET"):
        status = 404
    elif isinstance(error, GoneError):
        status = 409
    return page("account/refused.html", status, sentence=error.message)


@blueprint.get("/people")
def people_home() -> AnyResponse:
    """Straight to the people of whoever owns one organisation."""
    who = signed_in_person().who
    mine = teams.my_teams(current_engine(), who)
    if len(mine) == 1:
        return redirect(url_for("manage.people", slug=mine[0][0]), 303)
    if not mine and not who.directory_admin:
        raise NotYourTeamError(teams.OWNERS_ALONE)
    return page("manage/people_choose.html", teams=mine, admin=who.directory_admin)


@blueprint.get("/people/<slug>")
def people(slug: str) -> Response:
    who = signed_in_person().who
    return page("manage/people.html", team=_team(slug), who=who)


@blueprint.route("/people/<slug>/<uuid:user_id>", methods=["GET", "POST"])
def member(slug: str, user_id: UUID) -> AnyResponse:
    who, team = signed_in_person().who, _team(slug)
    one = _member(team, user_id)
    form = RoleForm(role=one.role)
    if form.validate_on_submit():
        role = typed(form.role)
        try:
            members.change_role(current_engine(), who, slug, user_id, role, now())
        except GoneError:
            raise
        except AccountError as error:
            say(form.role, error.message)
        else:
            flash(f"{one.email} is now an {role} of {team.organisation}.")
            return _to_team(slug)
    status = 422 if form.errors else 200
    return page("manage/person.html", status, team=team, one=one, form=form, roles=ROLES, who=who)


@blueprint.post("/people/<slug>/<uuid:user_id>/remove")
def remove_member(slug: str, user_id: UUID) -> AnyResponse:
    members.remove(current_engine(), signed_in_person().who, slug, user_id, now())
    flash("They no longer look after these listings.")
    return _to_team(slug)


@blueprint.post("/people/<slug>/invitations/<uuid:invitation_id>/take-back")
def take_back_invitation(slug: str, invitation_id: UUID) -> AnyResponse:
    members.take_back(current_engine(), signed_in_person().who, slug, invitation_id, now())
    flash("The invitation is taken back. Its link no longer works.")
    return _to_team(slug)


@blueprint.route("/people/<slug>/leave", methods=["GET", "POST"])
def leave_team(slug: str) -> AnyResponse:
    who = signed_in_person().who
    role = teams.role_in(current_engine(), who, slug)
    form = AcceptForm()
    if form.validate_on_submit():
        members.leave(current_engine(), who, slug, now())
        forget()
        flash(f"You no longer look after {role.organisation}. We signed you out.")
        return redirect(url_for("account.login"), 303)
    return page("manage/leave.html", role=role, slug=slug, form=form)


def _team(slug: str) -> Team:
    return teams.team(current_engine(), signed_in_person().who, slug, now())


def _member(team: Team, user_id: UUID) -> Member:
    found = next((one for one in team.members if one.user_id == user_id), None)
    if found is None:
        raise GoneError(teams.NOT_HERE)
    return found


def _to_team(slug: str) -> AnyResponse:
    return redirect(url_for("manage.people", slug=slug), 303)
