"""Pictures of what people see, taken by a headless Chromium from the payloads that the demo's Slack received.

python -m bot.demo.pictures [FOLDER]      plays the demo, writes FOLDER/*.png (deploy/pictures unless named)
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot import log
from bot.deliver import Post, Shown, message_picture, render_digest, view_picture
from bot.deliver._preview import in_light
from bot.deliver.slack import CHANNEL
from bot.demo import desk, people, show
from bot.demo.outcome import Outcome
from bot.types.delivery import ChannelTarget

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FOLDER = Path("deploy/pictures")
WIDTH = 760  # CSS pixels
SCALE = 2
PATIENCE = 60.0  # seconds for one picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One page to be photographed."""

    name: str  # of the file, without .png
    page: str  # HTML
    width: int = WIDTH  # CSS pixels
    most: int = 4000  # CSS pixels of height; what is below is cut off


def scenes(outcome: Outcome, *, dark: bool = False) -> Iterator[Scene]:
    """Everything that is shown of a demo.

    Raises:
        LookupError: The demo sent no alert, or edited none.
    """
    told = desk.edited(outcome)
    if told is None or not told[0].earlier:
        raise LookupError("the demo edited no message; play it again")
    root, alert = told
    replies = tuple(Shown(at=post.at, payload=post.payload) for post in outcome.posts if post.thread_ts == root.ts)
    now = Post(
        channel=root.channel,
        at=root.at,
        payload=root.payload,
        earlier=tuple(Shown(at=at, payload=payload) for at, payload in root.earlier),
    )
    first = replace(now, payload=root.earlier[0][1], earlier=())
    look: dict[str, Any] = {"zone": show.ZONE, "dark": dark}
    yield Scene(name="alert", page=message_picture(first, **look))
    yield Scene(name="edit", page=message_picture(now, **look))
    yield Scene(name="thread", page=message_picture(replace(now, replies=replies), **look))
    for locale, channel in (("nl", "#economische-veiligheid"), ("ja", "#経済安全保障")):
        target = ChannelTarget(name=locale, kind="slack", address=channel, locale=locale, options={"zone": show.ZONE})
        post = replace(now, channel=channel, payload=people.named(CHANNEL.render(alert, target).payload))
        yield Scene(name=f"edit-{locale}", page=message_picture(post, locale=locale, **look))
    for name, view in desk.views(outcome, show.ZONE).items():
        yield Scene(name=name, page=view_picture(view, dark=dark))
    digest = str(render_digest(outcome.digest, "en", show.ZONE).payload["html"])
    yield Scene(name="digest", page=digest if dark else in_light(digest), width=700, most=1000)


def photograph(scene: Scene, folder: Path, browser: str) -> Path:
    """Write FOLDER/NAME.png.

    Raises:
        subprocess.SubprocessError: The browser failed or did not end.
    """
    target = folder / f"{scene.name}.png"
    with tempfile.TemporaryDirectory() as work:
        page = Path(work) / "page.html"
        page.write_text(scene.page, encoding="utf-8")
        height = min(scene.most, _height(scene, Path(work), browser))
        _run(
            browser,
            Path(work),
            f"--screenshot={target.resolve()}",
            f"--window-size={scene.width},{height}",
            f"--force-device-scale-factor={SCALE}",
            page.as_uri(),
        )
        _shrink(target)
    return target


def _shrink(picture: Path) -> None:
    """Write it with 64 colours where pngquant is installed: a third of the size, and nobody sees it."""
    if program := shutil.which("pngquant"):
        subprocess.run(  # noqa: S603  # a program from the path, and a file of ours
            [program, "--force", "--strip", "--output", str(picture), "64", str(picture)], check=True, timeout=PATIENCE
        )


def _height(scene: Scene, work: Path, browser: str) -> int:
    """Height of the page at its width; a second page measures it, since the pages themselves run nothing."""
    ruler = work / "ruler.html"
    ruler.write_text(
        f'<iframe id="f" style="border:0;width:{scene.width}px;height:10px" srcdoc="'
        f'{html.escape(scene.page)}"></iframe>'
        "<script>onload = () => { document.title = f.contentDocument.documentElement.scrollHeight }</script>",
        encoding="utf-8",
    )
    dumped = _run(browser, work, "--dump-dom", f"--window-size={scene.width + 40},600", ruler.as_uri())
    found = re.search(r"<title>(\d+)</title>", dumped)
    if found is None:
        raise subprocess.SubprocessError(f"{browser} could not measure {scene.name}")
    return int(found[1])


def _run(browser: str, work: Path, *arguments: str) -> str:
    """Standard output of one run of the browser, with a profile of its own that is thrown away."""
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # it refuses to run as root
    command = [
        *(browser, "--headless", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={work / 'profile'}"),
        *sandbox,
        *arguments,
    ]
    done = subprocess.run(  # noqa: S603  # a browser from the path, and files of ours
        command, capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    return done.stdout


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    """Play the demo and take all pictures; 1 when there is no browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.stderr.write(f"No browser to take pictures with: install one of {', '.join(BROWSERS)}.\n")
        return 1
    log.configure(form="console", level="error")
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as out:
        outcome = show.run(Path(out), say=_say)
        for scene in scenes(outcome):
            taken = photograph(scene, folder, browser)
            _say(f"{taken}  {taken.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
