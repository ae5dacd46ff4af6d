"""Try a Slack token and say what is missing, without posting anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.deliver._slack_sender import BLIND, CHANNEL_ID, MENTION_ID, SlackCallError, SlackSender
from bot.types.delivery import ChannelTarget, Health, ProbeFinding
from bot.types.settings import SlackSettings

PERSON = re.compile(r"[UW][A-Z0-9]{5,}")  # id of somebody, who is written to directly
NEEDED = {"chat:write": "nothing can be posted"}
WANTED = {
    "channels:history": "a post whose answer was lost cannot be looked up and may appear twice",
    "channels:read": "channels cannot be found by name, neither here nor after a lost answer",
}
PEOPLE = {
    "commands": "Slack does not know /monazite",
    "im:write": "messages of their own may not reach those who subscribe to sectors",
    "im:history": "a message of somebody's own whose answer was lost cannot be looked up and may appear twice",
}
NO_WAY = (
    "messages are sent without their buttons, and the home tab and /monazite do nothing, since nothing that people "
    "press comes in: set SLACK_APP_TOKEN (deploy/slack/manifest.yaml), or slack.listen with SLACK_SIGNING_SECRET "
    "(deploy/slack/manifest.http.yaml)"
)
ANYWHERE = "chat:write.public"  # post to public channels without being invited


def findings(sender: SlackSender, targets: Sequence[ChannelTarget], settings: SlackSettings) -> Iterator[ProbeFinding]:
    """Token, rights, channels, groups and buttons, in that order; stops when the token itself is refused."""
    try:
        answer = sender.identity()
    except SlackCallError as failed:
        yield _finding(Health.BROKEN, f"auth.test failed: {failed}")
        return
    yield _finding(Health.GOOD, f"connected as {answer.get('user', '?')} in workspace {answer.get('team', '?')}")
    scopes = _scopes(answer.headers)
    yield from _rights(scopes, targets)
    yield from _channels(sender, scopes, targets)
    yield from _buttons(sender, scopes, settings)


def _buttons(sender: SlackSender, scopes: frozenset[str], settings: SlackSettings) -> Iterator[ProbeFinding]:
    """Whether what people press and type comes in."""
    if settings.over_http:
        yield _finding(Health.GOOD, f"buttons and /monazite come in over signed HTTP at {settings.listen}/slack/events")
    elif settings.app_token:
        try:
            sender.open_socket(settings.app_token)
        except SlackCallError as failed:
            hint = "make an app-level token with the scope connections:write, and switch Socket Mode on"
            yield _finding(Health.BROKEN, f"SLACK_APP_TOKEN opens no socket: {failed}; {hint}")
            return
        yield _finding(Health.GOOD, "buttons and /monazite come in over a socket to Slack")
    else:
        yield _finding(Health.WARNING, NO_WAY)
        return
    for scope, loss in PEOPLE.items():
        if scopes and scope not in scopes:
            yield _finding(Health.WARNING, f"scope {scope} is missing: {loss}; add it to the app and install it again")


def _rights(scopes: frozenset[str], targets: Sequence[ChannelTarget]) -> Iterator[ProbeFinding]:
    if not scopes:
        yield _finding(Health.WARNING, "Slack did not say which scopes the token has; compare with deploy/slack")
        return
    for scope, loss in NEEDED.items():
        if scope not in scopes:
            yield _finding(Health.BROKEN, f"scope {scope} is missing: {loss}; add it to the app and install it again")
    for scope, loss in WANTED.items():
        if scope not in scopes:
            yield _finding(Health.WARNING, f"scope {scope} is missing: {loss}")
    handles = {t.options["mention"] for t in targets if t.options.get("mention", "").startswith("@")}
    if handles and "usergroups:read" not in scopes:
        names = ", ".join(sorted(handles))
        message = f"scope usergroups:read is missing: {names} cannot be called; add it, or write the group's id (S...)"
        yield _finding(Health.WARNING, message)


def _channels(sender: SlackSender, scopes: frozenset[str], targets: Sequence[ChannelTarget]) -> Iterator[ProbeFinding]:
    if not targets:
        return
    try:
        known = list(sender.channels())
    except SlackCallError as failed:
        why = "the right to list channels is missing" if failed.code in BLIND else str(failed)
        yield _finding(Health.WARNING, f"channels could not be checked: {why}")
        return
    by_name = {f"#{c.get('name')}": c for c in known} | {str(c.get("id")): c for c in known}
    for target in targets:
        yield _channel(target, by_name.get(target.address), scopes)


def _channel(target: ChannelTarget, found: Mapping[str, Any] | None, scopes: frozenset[str]) -> ProbeFinding:
    where = f"channel {target.name} ({target.address})"
    if PERSON.fullmatch(target.address):
        return _finding(Health.GOOD, f"{where} is a person, who is written to directly")
    if found is None:
        health = Health.WARNING if CHANNEL_ID.fullmatch(target.address) else Health.BROKEN
        return _finding(health, f"{where} is not visible to the bot: it does not exist, or is private; invite the bot")
    if found.get("is_archived"):
        return _finding(Health.BROKEN, f"{where} is archived; name another one in routes.yml")
    if found.get("is_member") or (ANYWHERE in scopes and not found.get("is_private")):
        return _finding(Health.GOOD, f"{where} can be posted to")
    return _finding(Health.BROKEN, f"{where} has not invited the bot; type /invite @monazite there")


def is_mention(text: str) -> bool:
    """True for the handle of a group, or the id of a group or person."""
    return bool(MENTION_ID.fullmatch(text)) or (text.startswith("@") and len(text) > 1 and " " not in text)


def _scopes(headers: Mapping[str, Any]) -> frozenset[str]:
    for name, value in headers.items():
        if name.lower() == "x-oauth-scopes":
            return frozenset(part.strip() for part in str(value).split(",") if part.strip())
    return frozenset()


def _finding(health: Health, message: str) -> ProbeFinding:
    return ProbeFinding(channel="slack", health=health, message=message)
