"""Whatever the text: offsets inside the document, evidence of real words, mentions kept, the same result twice."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.types.levels import Slot
from bot.understand._scene import Scene
from bot.understand.events import assemble
from bot.understand.headlines import headline
from tests.fakes.event_scene import LANGUAGES, scene

_WORDS = {
    "en": """
        China Japan US Tokyo bans exports export curbs of gallium graphite chips to on from considers denied until
        in 2010 last year . , ; : ? suspends lifts extends export ban licence requirement no not 1 December 2026 Tuesday
    """,
    "nl": """
        China Japan VS Peking verbiedt uitvoer exportbeperkingen van gallium grafiet naar op uit overweegt ontkent tot
        in 2010 vorig jaar . , ; ? schort heft verlengt exportverbod vergunningplicht geen 1 december 2026 door „ ”
    """,
    "de": """
        China Japan USA Tokio verbietet Ausfuhr Exportkontrollen von Gallium Grafit nach aus erwägt dementiert bis 2010
        im vergangenen Jahr . , ; : ? setzt hebt verlängert Exportverbot auf aus kein 1. Dezember 2026 Dienstag „ “
    """,
    "ja": """
        中国 日本 米国 東京 は が の 、 。 輸出 輸出規制 禁輸 ガリウム 黒鉛 向け への を 禁止 検討 否定 2010年 昨年
        停止 解除 延長 まで 来月1日 令和8年 から 対中 米 「 」
    """,
    "zh-Hans": """
        中国 日本 美国 东京 对 向 的 , 。 出口 出口管制 禁运 镓 石墨 禁止 考虑 否认 2010年 去年 暂停 取消 延长 至
        下月1日 自 起 对华 美 “ ”
    """,
}


@st.composite
def _scenes(draw: st.DrawFn) -> Scene:
    lang = draw(st.sampled_from(LANGUAGES))
    glue = "" if lang in {"ja", "zh-Hans"} else " "
    words = st.sampled_from(_WORDS[lang].split())
    title = glue.join(draw(st.lists(words, max_size=14)))
    paragraphs = [glue.join(part) for part in draw(st.lists(st.lists(words, min_size=1, max_size=30), max_size=4))]
    return scene(lang, title, "\n\n".join(paragraphs))


@settings(max_examples=300)
@given(given_scene=_scenes())
def test_events_spans_lie_in_the_document(given_scene: Scene) -> None:
    mentions, events = assemble(given_scene)
    full = given_scene.document.full
    confidences = [event.confidence for event in events]
    assert confidences == sorted(confidences, reverse=True)
    for event in events:
        assert 0 <= event.start < event.end <= len(full)
        assert (event.start, event.end) in given_scene.sentences
        assert event.zone is given_scene.document.zone_at(event.start)
        assert 0.0 <= event.confidence <= 1.0
        assert event.evidence
        assert list(event.evidence) == sorted(set(event.evidence))
        assert all(0 <= start < end <= len(full) for start, end in event.evidence)
        assert event.imposer not in event.targets
        assert all(surface in full for surface in event.goods_surface)
        assert ("other" in event.goods) == bool(event.goods_surface)
        assert event.measure in given_scene.concepts
        assert headline(event, given_scene.lang, {})
    assert len(mentions) == len(given_scene.mentions)
    for before, after in zip(given_scene.mentions, mentions, strict=True):
        assert replace(after, cue=before.cue, slot=before.slot) == before
        assert after.slot is before.slot or (before.slot is Slot.ACTOR and after.slot is Slot.TARGET)


@settings(max_examples=100)
@given(given_scene=_scenes())
def test_events_are_the_same_twice_and_in_a_copy(given_scene: Scene) -> None:
    assert assemble(given_scene) == assemble(given_scene)
    shuffled = dict(random.Random(7).sample(sorted(given_scene.concepts.items()), len(given_scene.concepts)))
    assert assemble(replace(given_scene, concepts=shuffled)) == assemble(given_scene)


@given(text=st.text(max_size=300), lang=st.sampled_from(LANGUAGES))
def test_events_any_text_is_read_without_an_error(text: str, lang: str) -> None:
    mentions, events = assemble(scene(lang, text[:60], text))
    assert isinstance(mentions, tuple)
    assert isinstance(events, tuple)
