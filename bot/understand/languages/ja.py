"""Japanese: matched as characters; katakana words have borders, and a few kanji words hide others."""

from __future__ import annotations

from bot.understand.grammars.ja import GRAMMAR
from bot.understand.languages._language import Language, listed

LANGUAGE: Language = Language(
    name="ja",
    spacy="ja",
    grammar=GRAMMAR,
    cjk=True,
    conjunctions=listed("及び および と 又は"),
    words_across=listed("""
        銀行 水銀 銀座 銀河 銀メダル 銀賞 銀色 白銀 銀杏 銀幕 銅像 銅メダル 銅賞 銅鐸 銅鑼 鉛筆 亜鉛 黒鉛 錫杖
        中国地方 中国電力 中国新聞 中国銀行 中国山地 中国自動車道 欧米 南米 北米 中南米 備蓄米 制裁金 希土戦争
        水陸両用 輸出入銀行 停止線
    """),
)
