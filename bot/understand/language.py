"""Name the language of a text: script first, then its commonest words, then a statistical model among what we know.

A feed's own tag and the languages of its source are only a prior: they decide between near equals, never against the
letters. Two lines of evidence are free (script, function words); py3langid is asked, and loaded, only where both leave
the question open, which short titles do.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable

from bot.understand._profiles import NEIGHBOURS, READ, TELLING_WORDS

KNOWN = ("en", "nl", "de", "fr", "es", "it", "pt", "pl", "ja", "zh-Hans", "zh-Hant", "ko", "ru", "id", "vi")
UNKNOWN = "und"  # ISO 639 for undetermined

_SAMPLE = 400  # characters that are looked at
_ENOUGH_HAN = 120  # Han characters; more say nothing more
_HEADLINE = 30  # Han characters; a Japanese text that long has kana
_ENOUGH_LETTERS = 3  # of a script; fewer say nothing
_EAST_ASIAN_SHARE = 0.15  # of the letters, from which a text in Latin letters with foreign names is no longer one
_LINGUA_FRANCA = "en"
_GUESS = 0.25  # chance below which a language was only guessed
_DOUBT = 8.0  # times that a neighbour must be likelier than a language that is read
_PRIOR = 4.0  # odds that a language of the source has over another
_HINT = 4.0  # odds of the feed's own tag; languages and tag may add up
_ENOUGH_WORDS = 3.0  # function words that only one language has; below, the model is asked
_SURE_ENOUGH = 0.7  # of a title's own language, to read it apart from its body
_AHEAD = 2.0  # times as many as the next language

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|'n\b")
_KANA = re.compile(r"[ぁ-ゟァ-ヺー]")
_PARTICLE = re.compile(r"(?<=[㐀-鿿])[をにがはでへも](?=[㐀-鿿]|$)")  # between Han characters, as no brand has it
_HANGUL = re.compile(r"[가-힣]")
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_NOT_LATIN = re.compile(r"[Ͱ-᷿⺀-￯]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_VIETNAMESE = re.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_POLISH = re.compile(r"[ąęłńśźż]")
# Other scripts name a language well enough to say that nobody reads it.
_FOREIGN = (
    (re.compile(r"[؀-ۿ]"), "ar"),
    (re.compile(r"[֐-׿]"), "he"),
    (re.compile(r"[Ͱ-Ͽ]"), "el"),
    (re.compile(r"[ऀ-ॿ]"), "hi"),
    (re.compile(r"[฀-๿]"), "th"),
    (re.compile(r"[Ⴀ-ჿ]"), "ka"),
    (re.compile(r"[԰-֏]"), "hy"),
)
# Letters that Russian does not have, and whose they are.
_NOT_RUSSIAN = ((re.compile(r"[іїєґ]"), "uk"), (re.compile(r"[ў]"), "be"), (re.compile(r"[јљњћђџ]"), "sr"))
_JAPANESE_WORDS = re.compile(
    r"輸出|輸入|規制|首相|会見|発表|経済産業省|経産|半導体|検討|強化|声明|政府|米国|欧州|防衛|自動車|株価|日銀|関税|懸念"
)
_TRADITIONAL_WORDS = re.compile(r"出口|進口|管制|美國|中國|臺灣|台灣|總統|經濟部|晶片|關稅|的|了|在|將|對|與|為|這")
_LEVEL_TWO = 0xD0  # first byte of JIS X 0208 rows 48 and up in EUC-JP: characters that modern Japanese writes otherwise

Verdict = tuple[str, float]


def identify(text: str, *, hint: str | None = None, sources: Iterable[str] = ()) -> Verdict:
    """Language code and confidence (0..1) of a text.

    Args:
        text: A title or a body; its first 400 characters are looked at.
        hint: What the feed claims, e.g. "zh-CN".
        sources: Languages of the source.

    Returns:
        A code of `KNOWN`, another ISO 639 code for a language that nobody reads, or `UNKNOWN` without any letter.
    """
    sample = text[:_SAMPLE]
    prior = _prior(hint, sources)
    if not sample.isascii():
        verdict = _by_script(sample, prior)
        if verdict:
            return verdict
    return _latin(sample.lower().replace("’", "'"), prior)


def identify_parts(
    title: str, body: str, *, hint: str | None = None, sources: Iterable[str] = ()
) -> tuple[Verdict, Verdict]:
    """Verdicts on title and body, which may differ: a Chinese title over an English body happens.

    The body, being longer, is named first and lends the title its name unless the title's own letters or words object.
    """
    sources = tuple(sources)
    below = identify(body, hint=hint, sources=sources) if _LETTER.search(body[:_SAMPLE]) else (UNKNOWN, 0.0)
    if below[0] == UNKNOWN:
        above = identify(title, hint=hint, sources=sources)
        return above, above
    if title.isascii() and below[0] in READ:
        votes = _votes(title.lower())
        if votes and max(votes, key=votes.__getitem__) == below[0]:
            return below, below
    above = identify(title, hint=below[0] if below[1] > 0.8 else hint, sources=(below[0],))
    return (above if above[0] != UNKNOWN and above[1] >= _SURE_ENOUGH else below), below


def tag_to_code(tag: str | None) -> str | None:
    """Code of a feed's language tag: "en-US" is en, "zh-TW" zh-Hant; None for what is not known."""
    if not tag:
        return None
    parts = tag.strip().lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts[1:]) else "zh-Hans"
    return parts[0] if parts[0] in KNOWN else None


def _prior(hint: str | None, sources: Iterable[str]) -> dict[str, float]:
    odds: dict[str, float] = {}
    codes = {tag_to_code(source) for source in sources} - {None}
    for code in codes:
        if code:
            odds[code] = _PRIOR
    tagged = tag_to_code(hint)
    if tagged:
        odds[tagged] = odds.get(tagged, 1.0) * _HINT
    return odds


def _by_script(sample: str, prior: dict[str, float]) -> Verdict | None:
    """The language when letters other than Latin ones carry the text."""
    if not _NOT_LATIN.search(sample):
        return None
    letters = len(_LETTER.findall(sample))
    floor = max(_ENOUGH_LETTERS - 1, letters * _EAST_ASIAN_SHARE)
    kana, hangul, han = len(_KANA.findall(sample)), len(_HANGUL.findall(sample)), len(_HAN.findall(sample))
    if hangul > floor and hangul >= kana:
        return "ko", 0.99
    if kana + han > floor:
        # One の stands in Chinese brand names; a Japanese text has kana throughout.
        if kana >= 2 and kana * 20 >= han:
            return "ja", 0.99
        if kana and han <= _HEADLINE and _PARTICLE.search(sample):
            return "ja", 0.9
        return _by_characters(sample, prior, prose=han > _HEADLINE)
    cyrillic = len(_CYRILLIC.findall(sample))
    if cyrillic * 2 > letters:
        low = sample.lower()
        return next(((code, 0.9) for sign, code in _NOT_RUSSIAN if sign.search(low)), ("ru", 0.97))
    for sign, code in _FOREIGN:
        if len(sign.findall(sample)) * 2 > letters:
            return code, 0.9
    return None


def _by_characters(sample: str, prior: dict[str, float], *, prose: bool) -> Verdict:
    """Japanese or Chinese without kana, by characters that only one of them uses, then by words, then by the source."""
    points = {"ja": 0.0, "zh-Hans": 0.0, "zh-Hant": 0.0}
    for char in _HAN.findall(sample)[:_ENOUGH_HAN]:
        for owner, share in _owners(char):
            points[owner] += share
    points["ja"] += 0.6 * len(_JAPANESE_WORDS.findall(sample))
    points["zh-Hant"] += 0.4 * len(_TRADITIONAL_WORDS.findall(sample))
    points["zh-Hans"] += 0.4 * len(_TRADITIONAL_WORDS.findall(sample))
    for code, odds in prior.items():
        if code in points:
            points[code] += 0.25 * odds
    if prose:
        points["ja"] = 0.0
    best, second = sorted(points, key=lambda code: -points[code])[:2]
    if points[best] == points[second]:
        best = "zh-Hans" if "zh-Hans" in (best, second) else best
        return best, 0.5
    return best, min(0.99, 0.5 + 0.5 * (points[best] - points[second]) / (1.0 + points[second] + points[best] / 4))


@functools.lru_cache(maxsize=20_000)
def _owners(char: str) -> tuple[Verdict, ...]:
    """Whose a Han character is when not all three standards have it, each with its share of the evidence.

    Source: the character sets GB 2312 (simplified), Big5 (traditional) and JIS X 0208, of which level 1 holds what
    modern Japanese writes; Python's codecs know them.
    """
    simplified = _encodes(char, "gb2312") is not None
    traditional = _encodes(char, "big5") is not None
    japanese = _encodes(char, "euc_jp")
    modern = japanese is not None and len(japanese) == 2 and japanese[0] < _LEVEL_TWO
    if modern and not simplified:
        return (("ja", 0.5), ("zh-Hant", 0.5)) if traditional else (("ja", 1.0),)
    if traditional and not simplified:
        return (("zh-Hant", 1.0),)
    if simplified and not traditional:
        return (("zh-Hans", 0.5), ("ja", 0.5)) if modern else (("zh-Hans", 1.0),)
    return ()


def _encodes(char: str, codec: str) -> bytes | None:
    try:
        return char.encode(codec)
    except UnicodeEncodeError:
        return None


def _latin(low: str, prior: dict[str, float]) -> Verdict:
    votes = _votes(low)
    ranked = sorted(votes.items(), key=lambda item: -item[1])
    if ranked:
        best, count = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        if count >= _ENOUGH_WORDS and count >= _AHEAD * second:
            return best, min(0.99, 0.8 + 0.19 * (count - second) / (count + 1))
    if not _LETTER.search(low):
        return UNKNOWN, 0.0
    return _by_model(low, prior, votes)


def _votes(low: str) -> dict[str, float]:
    """Function words of each language; a word that several share counts for each a part."""
    votes: dict[str, float] = {}
    for word in _WORD.findall(low):
        for code, weight in _speakers().get(word, ()):
            votes[code] = votes.get(code, 0.0) + weight
    if not low.isascii():
        for sign, code in ((_VIETNAMESE, "vi"), (_POLISH, "pl")):
            count = len(sign.findall(low))
            if count >= 2:
                votes[code] = votes.get(code, 0.0) + 0.5 * count
    return votes


@functools.cache
def _speakers() -> dict[str, tuple[tuple[str, float], ...]]:
    """Per telling word: the languages that have it, each with its share."""
    owners: dict[str, list[str]] = {}
    for code, words in TELLING_WORDS.items():
        for word in words:
            owners.setdefault(word, []).append(code)
    return {word: tuple((code, 1.0 / len(codes)) for code in codes) for word, codes in owners.items()}


def _by_model(low: str, prior: dict[str, float], votes: dict[str, float]) -> Verdict:
    """The most likely known language by py3langid, the prior and what function words there are."""
    ranked = _model()(low)
    scores = {code: p * prior.get(code, 1.0) * (1.0 + votes.get(code, 0.0)) for code, p in ranked}
    if not prior:
        scores = {code: score / (_DOUBT if code in NEIGHBOURS else 1.0) for code, score in scores.items()}
    else:
        scores = {code: score for code, score in scores.items() if code not in NEIGHBOURS}
    total = sum(scores.values())
    best = max(scores, key=lambda code: (scores[code], code))
    chance = scores[best] / total if total else 0.0
    # "Export ban", "Gallium": a word or two that half the world writes alike are read in the lingua franca.
    return (best if chance >= _GUESS else _LINGUA_FRANCA), chance


@functools.cache
def _model() -> Callable[[str], list[Verdict]]:
    """py3langid, restricted to the languages of the Latin script that we know and to those easily taken for them."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - half a second and numpy, seldom needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*READ, *NEIGHBOURS])
    return lambda low: [(str(code), float(p)) for code, p in identifier.rank(low)]
