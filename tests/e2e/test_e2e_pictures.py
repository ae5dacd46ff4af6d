"""Pictures show what the demo's Slack received, and a browser can take them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo import pictures
from bot.demo.outcome import Outcome

pytestmark = pytest.mark.slow

NAMES = [
    "alert",
    "edit",
    "thread",
    "edit-nl",
    "edit-ja",
    "dialog-not-useful",
    "dialog-explain",
    "home",
    "digest",
]
SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "pictures"


def test_each_picture_is_of_what_was_sent(outcome: Outcome) -> None:
    pages = {scene.name: scene.page for scene in pictures.scenes(outcome)}
    assert list(pages) == NAMES
    assert "Press only" in pages["alert"]
    assert "(edited)" not in pages["alert"]
    for name in ("edit", "thread"):
        assert "MOFCOM No. 1/2026" in pages[name]
        assert "(edited)" in pages[name]
    assert "1 reply" in pages["thread"]
    assert "Verhaal dempen" in pages["edit-nl"]
    assert "案件をミュート" in pages["edit-ja"]
    assert "concepts/export-ban.yml:" in pages["dialog-explain"]
    assert "El Diario de Ebro" in pages["home"]
    assert "Weekly digest" in pages["digest"]


def test_every_picture_is_shipped_and_small() -> None:
    sizes = {path.stem: path.stat().st_size for path in SHIPPED.glob("*.png")}
    assert sorted(sizes) == sorted(NAMES)
    assert max(sizes.values()) < 200_000


def test_without_a_browser_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pictures.main([str(tmp_path / "out")]) == 1
    assert "install one of chromium" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.soak
def test_a_browser_takes_a_picture_of_the_whole_page(outcome: Outcome, tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, pictures.BROWSERS)), None)
    if browser is None:
        pytest.skip("no Chromium is installed")
    scene = next(scene for scene in pictures.scenes(outcome) if scene.name == "dialog-not-useful")
    heights = []
    for width in (360, 760):
        data = pictures.photograph(replace(scene, width=width), tmp_path, browser).read_bytes()
        assert data.startswith(b"\x89PNG")
        assert int.from_bytes(data[16:20]) == width * pictures.SCALE
        heights.append(int.from_bytes(data[20:24]))
    assert min(heights) > 700
