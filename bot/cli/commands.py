"""Put all commands together, and turn expected failures into one plain report."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import typer

from bot import __version__
from bot.errors import ConfigError, MonaziteError, RuleError

HELP = """Watch policy sources in many languages and say what changed, whom it hits and why it was sent.

\b
First steps:
  monazite demo                    the main job, offline, on recorded feeds
  monazite init                    write settings.toml and copy the rule files here
  monazite doctor                  check everything, one sentence per problem
  monazite run                     watch the sources until you stop it
\b
Understand a text:
  monazite rules explain "China bans gallium exports to Japan"
  monazite analyze articles.jsonl
"""

# Typer carries click inside and exports only this child of its UsageError.
USAGE_ERROR: type[typer.BadParameter] = typer.BadParameter.__mro__[1]


def build() -> typer.Typer:
    """All commands as one Typer app; imports no stage, so that `--help` answers at once."""
    from bot.cli import (
        analyze,
        bench,
        catalogue,
        demo,
        digest,
        doctor,
        evaluate,
        init,
        ledger,
        reconcile,
        replay,
        routes,
        rules,
        rules_bench,
        run,
        sources,
        train,
        vote,
        why,
    )

    app = typer.Typer(
        name="monazite",
        help=HELP,
        no_args_is_help=True,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        pretty_exceptions_enable=False,
    )
    app.callback()(_global_options)
    for group in (run, demo, init, analyze, evaluate, train, bench, replay, digest, doctor, reconcile, why, vote):
        group.register(app)
    catalogue.register(sources.app)
    app.add_typer(sources.app, name="sources")
    rules_bench.register(rules.app)
    app.add_typer(rules.app, name="rules")
    app.add_typer(routes.app, name="routes")
    app.add_typer(ledger.app, name="ledger")
    return app


def _say_version(asked: bool) -> None:
    if asked:
        print(f"monazite {__version__}")
        raise typer.Exit


def _global_options(
    settings: str = typer.Option("", "--settings", metavar="FILE", help="Settings file; default ./settings.toml."),
    _version: bool = typer.Option(
        False,
        "--version",
        help="Print the version and leave.",
        is_eager=True,
        callback=_say_version,
    ),
) -> None:
    if settings:
        os.environ["MONAZITE_SETTINGS"] = settings


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command; every expected failure becomes one plain report on stderr.

    Returns:
        0 fine, 1 findings or a failed unit of work, 2 unreadable settings, rules or input, 3 wrong arguments,
        130 interrupted.
    """
    try:
        result = build()(list(arguments), standalone_mode=False)
    except typer.Abort:
        return 130
    except typer.Exit as leave:
        return leave.exit_code
    except USAGE_ERROR as error:
        error.show()
        return 3
    except (ConfigError, RuleError) as error:
        print(error, file=sys.stderr)
        return 2
    except MonaziteError as error:
        print(f"monazite: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # `monazite ... | head` closes our output; that is no failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        print(f"monazite: the disk or quota is full ({error.strerror}); free some space", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be written cannot be either
        return 2
    except KeyboardInterrupt:
        return 130
    return result if isinstance(result, int) else 0
