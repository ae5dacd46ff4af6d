"""What the answers to people have in common: the rig in force, the workspace, and a client that asks once per call."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import InputError
from bot.pipeline import Current, Rig
from bot.types.secret import Secret
from bot.types.settings import SlackSettings

_ID = re.compile(r"[A-Za-z0-9._:#-]{1,200}")
_CODE = re.compile(r"[a-z0-9_]{1,80}")
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where the bot was installed, as Slack says."""

    team: str  # id
    enterprise: str  # id, "" outside of Enterprise Grid
    bot: str  # id of the bot's own user
    url: str  # "https://team.slack.com/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an answer needs."""

    current: Current
    client: WebClient
    workspace: Workspace
    scheduler: str  # name under which the scheduler holds its lease

    @property
    def rig(self) -> Rig:
        """The rig in force now."""
        return self.current.rig


def client(settings: SlackSettings, token: Secret | None) -> WebClient:
    """A client that never asks twice by itself and logs nothing: whoever calls says once what happened."""
    return WebClient(
        token=token.reveal() if token else None,
        base_url=settings.base_url,
        timeout=settings.timeout,  # type: ignore[arg-type]  # urllib takes fractions of a second
        retry_handlers=[],
        logger=quiet("client"),
    )


def quiet(name: str) -> logging.Logger:
    """A logger for a library that would write what people sent, or a secret address, into the log."""
    logger = logging.getLogger(f"bot.slackapp.library.{name}")
    logger.setLevel(logging.CRITICAL + 1)
    return logger


def identify(web: WebClient) -> Workspace:
    """Ask Slack whose token this is.

    Raises:
        SlackApiError: The token was refused.
        OSError: Slack cannot be reached.
    """
    answer = web.auth_test()
    return Workspace(
        team=text(answer.get("team_id")),
        enterprise=text(answer.get("enterprise_id")),
        bot=text(answer.get("user_id")),
        url=text(answer.get("url")),
    )


def code_of(error: SlackApiError) -> str:
    """Slack's error code; "" when what came is no answer of Slack's."""
    answer = error.response
    found = text(answer.get("error")) if isinstance(getattr(answer, "data", None), dict) else ""
    return found if _CODE.fullmatch(found) else ""


def text(value: object) -> str:
    """A text as it is, and "" for anything else."""
    return value if isinstance(value, str) else ""


def at(value: object, *path: str | int) -> Any:
    """What stands at a path in JSON data; None where the data is shaped otherwise."""
    for step in path:
        if isinstance(step, str) and isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and len(value) > step:
            value = value[step]
        else:
            return None
    return value


def person(value: object) -> str:
    """Id of a person; "" for anything else."""
    found = text(value)
    return found if _PERSON.fullmatch(found) else ""


def opaque(value: object) -> str:
    """An id that we once gave away and that came back, as far as that can be told by its looks.

    Raises:
        InputError: It cannot be one of ours.
    """
    found = text(value)
    if not _ID.fullmatch(found):
        raise InputError("this button is not one of ours, or it is too old", label="fault.button")
    return found
