"""Start the command line: `monazite` and `python -m bot`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command and leave with its exit code."""
    from bot.cli.commands import run_command_line  # noqa: PLC0415 - keeps `import bot.__main__` free of effects

    sys.exit(run_command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
