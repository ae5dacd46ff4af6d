"""The home tab: what a person hears, what came lately, what is muted, and whether the bot is well."""

from __future__ import annotations

from collections.abc import Iterator

from bot.deliver._block_kit import (
    MAX_OPTIONS,
    SEPARATOR,
    Block,
    button,
    context_block,
    header,
    option,
    pages,
    plain,
    section,
)
from bot.deliver._labels import LOCALES, Labels, supported
from bot.deliver._mrkdwn import foreign, link, person
from bot.deliver._text import clean, safe_url
from bot.deliver._view import EMOJI, care_of, cared
from bot.types.desk import HomeAlert, HomePage, HomeSource, Mute
from bot.types.levels import Band

MAX_ALERTS = 20
MAX_MUTES = 20
MAX_ILL = 10
MAX_VALUE = 150  # characters of an option's value
MAX_BUTTON_VALUE = 2000
BANDS = (Band.URGENT, Band.ALERT, Band.DIGEST)  # what is below never reaches anybody
LANGUAGES = {
    "en": "English",
    "nl": "Nederlands",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "ja": "日本語",
    "zh-Hans": "简体中文",
    "ko": "한국어",
}


def home_view(page: HomePage, words: Labels) -> Block:
    """The home tab of a person.

    Args:
        page: What it shows.
        words: Of the person.
    """
    blocks = [*_settings(page, words), *_alerts(page, words), *_mutes(page, words), *_health(page, words)]
    return {"type": "home", "callback_id": "home", "blocks": blocks}


def _settings(page: HomePage, words: Labels) -> Iterator[Block]:
    member = page.member
    yield header(words("home.settings"))
    sectors = _sectors_menu(page, words)
    if sectors:
        yield {
            **section(f"*{words('home.sectors')}*\n{words('home.sectors.hint')}", sectors),
            "block_id": "home-sectors",
        }
    bands = {band: option(band.value, f"{EMOJI[band]} {words(f'band.{band.value}')}") for band in BANDS}
    yield _choice("home-band", words("home.band"), bands.get(member.band), list(bands.values()))
    tongues = {locale: option(locale, LANGUAGES[locale]) for locale in LOCALES}
    yield _choice("home-language", words("home.language"), tongues[supported(member.locale)], list(tongues.values()))
    rest = member.rest
    hours = f"{rest.start:%H:%M}–{rest.end:%H:%M} {foreign(clean(rest.zone, 60))}" if rest else words("rest.none")
    change = button("home-rest", words("home.change"))
    yield {**section(f"*{words('rest')}*\n{hours}", change), "block_id": "home-rest"}


def _choice(name: str, label: str, chosen: Block | None, options: list[Block]) -> Block:
    menu: Block = {"type": "static_select", "action_id": name, "options": options}
    if chosen:
        menu["initial_option"] = chosen
    return {**section(f"*{label}*", menu), "block_id": name}


def _sectors_menu(page: HomePage, words: Labels) -> Block | None:
    """All sectors, the person's own chosen; None when there are none, since Slack takes no empty menu."""
    mine = set(page.member.sectors)
    named = {key: option(key, name) for key, name in page.sectors if 0 < len(key) <= MAX_VALUE}
    shown = dict(sorted(named.items(), key=lambda row: row[0] not in mine)[:MAX_OPTIONS])  # own ones are never cut off
    options = [row for key, row in named.items() if key in shown]
    if not options:
        return None
    menu: Block = {
        "type": "multi_static_select",
        "action_id": "home-sectors",
        "placeholder": plain(words("home.sectors.choose")),
        "options": options,
    }
    chosen = [row for key, row in shown.items() if key in mine]
    return {**menu, "initial_options": chosen} if chosen else menu


def _alerts(page: HomePage, words: Labels) -> Iterator[Block]:
    yield header(words("home.alerts"))
    if not page.alerts:
        yield section(words("home.alerts.none"))
    for alert in page.alerts[:MAX_ALERTS]:
        yield section(_alert(alert, words))
    yield from _more(len(page.alerts) - MAX_ALERTS, words)


def _alert(alert: HomeAlert, words: Labels) -> str:
    """Its headline is text and its link says only "open", so that no label can pretend to lead elsewhere."""
    band = words(f"band.{alert.band.value}")
    url = safe_url(alert.url) if alert.url else None
    below = (
        words.moment(alert.at),
        cared(care_of((0, 0), alert.handling, None, words), person),
        link(url, words("button.open")) if url else "",
    )
    headline = foreign(clean(alert.headline, 150))
    return f"{EMOJI[alert.band]} *{band}* {headline}\n{SEPARATOR.join(part for part in below if part)}"


def _mutes(page: HomePage, words: Labels) -> Iterator[Block]:
    if not page.mutes:
        return
    yield header(words("home.mutes"))
    for mute, headline in page.mutes[:MAX_MUTES]:
        yield _mute(mute, headline, words)
    yield from _more(len(page.mutes) - MAX_MUTES, words)


def _mute(mute: Mute, headline: str, words: Labels) -> Block:
    why = foreign(clean(mute.why, 200))
    below = (words("muted", day=words.day(mute.until)), person(mute.by), f"“{why}”" if why else "")
    text = f"🔇 {foreign(clean(headline, 150))}\n{SEPARATOR.join(part for part in below if part)}"
    undo = button("home-unmute", words("home.unmute"), value=mute.story_id)
    return section(text, undo if 0 < len(mute.story_id) <= MAX_BUTTON_VALUE else None)


def _health(page: HomePage, words: Labels) -> Iterator[Block]:
    yield header(words("digest.health"))
    counts = [f"✅ {words('home.well', count=page.sources_well)}"]
    if page.sources_ill:
        counts.append(f"⚠️ {words('home.ill', count=len(page.sources_ill))}")
    counts.append(words("home.waiting", count=page.waiting))
    yield from map(section, pages([_ill(source) for source in page.sources_ill[:MAX_ILL]]))
    yield from _more(len(page.sources_ill) - MAX_ILL, words)
    yield context_block(SEPARATOR.join((*counts, words("home.at", when=words.moment(page.at)))))


def _ill(source: HomeSource) -> str:
    return f"• *{foreign(clean(source.title, 60)) or '?'}*: {foreign(clean(source.why, 160))}"


def _more(count: int, words: Labels) -> Iterator[Block]:
    if count > 0:
        yield context_block(words("more-sources", count=count))
