"""Addresses that are secrets themselves: routes.yml names a variable, and the environment holds the address.

`env:TEAMS_WEBHOOK_URL` is the content of TEAMS_WEBHOOK_URL, or of the file that TEAMS_WEBHOOK_URL_FILE names. It is
read anew for every message, so that a new address needs no restart when it comes from a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bot.types.secret import Secret

PREFIX = "env:"
_NAME = re.compile(r"env:([A-Z][A-Z0-9_]{0,99})")


class NoAddressError(Exception):
    """The environment holds no address; the text says what to set."""


def variable(address: str) -> str:
    """The variable that an address of routes.yml names.

    Raises:
        ValueError: One sentence, which does not repeat the address: it may be the secret itself.
    """
    hit = _NAME.fullmatch(address)
    if hit is None:
        raise ValueError(
            "the address is a secret and does not stand in routes.yml; write env:NAME, and set that variable or "
            "NAME_FILE in the environment"
        )
    return hit[1]


def secret_address(address: str, environ: Mapping[str, str]) -> Secret:
    """The address itself.

    Raises:
        NoAddressError: Neither the variable nor its file holds one.
        ValueError: The address of routes.yml names no variable.
    """
    name = variable(address)
    value, file = environ.get(name, "").strip(), environ.get(f"{name}_FILE", "").strip()
    if value and file:
        raise NoAddressError(f"{name} and {name}_FILE are both set: keep one")
    if file:
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise NoAddressError(f"{name}_FILE cannot be read ({type(error).__name__})") from None
    if not value:
        raise NoAddressError(f"{name} is not set; set it, or {name}_FILE, to the address that Teams gave you")
    return Secret(value)
