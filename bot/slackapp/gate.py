"""Let in what people of our own workspace do, and nothing else."""

from __future__ import annotations

from bot.slackapp.desk import Body, Workspace, at, person, text

# Every place where a payload says from where somebody comes; in channels that organisations share, they differ.
_TEAMS = (("team_id",), ("team", "id"), ("user", "team_id"), ("event", "view", "team_id"))
_ENTERPRISES = (("enterprise_id",), ("enterprise", "id"), ("team", "enterprise_id"))
_WHO = (("user", "id"), ("user_id",), ("event", "user"))


def who(body: Body) -> str:
    """Id of the person who did something; "" when nobody is named."""
    return next((found for path in _WHO if (found := person(at(body, *path)))), "")


def refusal(body: Body, ours: Workspace) -> str:
    """Why somebody is not served, one sentence; "" for a person of our workspace."""
    if at(body, "event", "bot_id") or at(body, "bot_id") or at(body, "user", "is_bot"):
        return "a bot did it"
    somebody = who(body)
    if not somebody:
        return "nobody is named"
    if somebody == ours.bot:
        return "the bot did it itself"
    teams = {found for path in _TEAMS if (found := text(at(body, *path)))}
    enterprises = {found for path in _ENTERPRISES if (found := text(at(body, *path)))}
    if not teams:
        return "no workspace is named"
    if not ours.team or teams - {ours.team, ours.enterprise}:
        return "it comes from another workspace"
    if enterprises - {ours.enterprise}:
        return "it comes from another organisation"
    return ""
