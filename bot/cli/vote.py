"""`monazite vote`: say whether a story was worth the time."""

from __future__ import annotations

import getpass

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("vote", help=vote.__doc__)(vote)


def vote(
    asked: str = typer.Argument(..., metavar="STORY|URL", help="Id of a story or alert, or the address of a text."),
    verdict: str = typer.Argument(..., metavar="useful|not", help="Was it worth your time?"),
    why: str = typer.Option(
        "", "--why", metavar="REASON", help="Of `not`: wrong-sector, old-news, hedged, duplicate or other."
    ),
    note: str = typer.Option("", "--note", help="Anything else, in your words."),
    voter: str = typer.Option("", "--by", metavar="NAME", help="Who votes; default: your login name."),
    as_json: bool = typer.Option(False, "--json", help="The vote as it was kept, as JSON."),
) -> int:
    """Vote on a story; `monazite rules suggest` and `monazite rules fit` learn from it.

    Example: monazite vote s-4f1c20 not --why old-news
    """
    from bot import app as root
    from bot.cli import _context
    from bot.pipeline import vote as cast
    from bot.types.vote import Complaint, Verdict

    if verdict not in list(Verdict):
        raise typer.BadParameter(f"{verdict!r} is no vote; say useful or not", param_hint="VERDICT")
    if why and why not in list(Complaint):
        raise typer.BadParameter(f"{why!r} is none of {', '.join(Complaint)}", param_hint="--why")
    with root.open_rig(_context.settings(log_level="warning"), children=False) as rig:
        made = cast(
            rig,
            asked,
            Verdict(verdict),
            voter=voter or getpass.getuser(),
            complaint=Complaint(why) if why else None,
            note=note,
        )
    if as_json:
        _context.print_json(made)
        return 0
    told = {"alert": "sent as an alert", "digest": "shown in the digest", "audit": "drawn into the audit sample"}
    seen = told.get(made.shown, "found by hand")
    reason = f" ({made.complaint})" if made.complaint else ""
    band = made.assessment.band
    _context.console().print(
        f"Kept: {made.title or made.url} is {made.verdict}{reason}, says {made.voter}. "
        f"It had {made.assessment.score:g} points ({band}) and was {seen}.",
        markup=False,
    )
    return 0
