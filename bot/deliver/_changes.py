"""Say what is new about a story in the reader's language, from the fields of each change."""

from __future__ import annotations

from collections.abc import Mapping

from bot.deliver._labels import Labels
from bot.deliver._text import clean
from bot.types.delivery import Alert
from bot.types.lifecycle import Change, ChangeKind, State

_WIDE = frozenset({"ja", "zh-Hans"})  # languages whose signs are as wide as their letters
_HALTED = frozenset({State.SUSPENDED.value, State.EASED.value})
_DATES = {ChangeKind.EFFECTIVE: "effective", ChangeKind.UNTIL: "until"}
_NEAR = {
    ChangeKind.NEAR_EFFECTIVE: "remind.effective",
    ChangeKind.NEAR_END: "remind.end",
    ChangeKind.NEAR_COMMENTS: "remind.comments",
}


def change_text(alert: Alert, words: Labels, limit: int) -> str:
    """All that is new, most important first; the sentence of the ledger where an alert was kept without its fields."""
    if not alert.changes:
        return clean(alert.change, limit)
    return clean(_mark(words).join(dict.fromkeys(_said(change, alert, words) for change in alert.changes)), limit)


def act_change(change: Change, words: Labels) -> str:
    """What became of an act, and what comes after it: "No. 61/2025: suspended until ... (then in force again)"."""
    said = _state(change, words)
    return words("state.then", said=said) if change.until and change.after in _HALTED else said


def _said(change: Change, alert: Alert, words: Labels) -> str:
    match change.kind:
        case ChangeKind.CONFIRMED:
            return words("confirmed", by=clean(alert.confirmed_by or "", 80))
        case ChangeKind.STAGE | ChangeKind.DIRECTION:
            return _named(change, words)
        case ChangeKind.EFFECTIVE | ChangeKind.UNTIL:
            before, after = words.iso_day(change.before), words.iso_day(change.after)
            label = _DATES[change.kind]
            return words(f"change.{label}", before=before, after=after) if before else words(label, day=after)
        case ChangeKind.TARGETS:
            before, after = (_places(side, alert, words) for side in (change.before, change.after))
            return words("change.targets", before=before, after=after) if before else words("change.aimed", after=after)
        case ChangeKind.STATE:
            return _state(change, words)
        case ChangeKind.TERM:
            before, after = words.iso_day(change.before), words.iso_day(change.after)
            moved = words("change.term", before=before, after=after) if before else words("change.ends", after=after)
            return words("change.state", act=act_text(change, words), state=moved) + _by(change, words)
        case ChangeKind.LAPSED:
            state = words("state.expired" if change.after == State.EXPIRED else "state.again")
            said = words("change.state", act=act_text(change, words), state=state)
            return words("remind.lapsed", day=words.iso_day(change.before), said=said)
        case ChangeKind.JOINED | ChangeKind.LEFT | ChangeKind.PARTED:
            return rejoined_text(change.kind, dict(change.titles), words)
        case _:
            return _near(change, words)


def rejoined_text(kind: ChangeKind, titles: Mapping[str, str], words: Labels) -> str:
    """What a story has to do with another one, which is named by its headline."""
    return words(f"rejoin.{kind.value}", title=clean(words.pick(titles), 160))


def opening(alert: Alert, words: Labels) -> tuple[str, ...]:
    """What a first message says before its reasons: that its story left another one."""
    left = () if alert.change else (change for change in alert.changes if change.kind is ChangeKind.LEFT)
    return tuple(_said(change, alert, words) for change in left)


def _named(change: Change, words: Labels) -> str:
    """A stage or direction by its label."""
    prefix = change.kind.value
    after = words(f"{prefix}.{change.after}")
    before = words(f"{prefix}.{change.before}") if change.before and change.before != "none" else ""
    return words("change.stage", before=before, after=after) if before else words("change.now", after=after)


def _places(codes: str, alert: Alert, words: Labels) -> str:
    return ", ".join(clean(words.pick(alert.place_names.get(code, {}), code), 40) for code in codes.split(", ") if code)


def _state(change: Change, words: Labels) -> str:
    again = change.before in _HALTED and change.after == State.IN_FORCE.value
    state = words("state.again" if again else f"state.{change.after}")
    if change.until:
        state = words("state.until", state=state, day=words.iso_day(change.until))
    said = words("change.state", act=act_text(change, words), state=state) + _by(change, words)
    rest = change.clause and change.after in _HALTED
    return f"{said}{_mark(words)}{words('change.rest')}" if rest else said


def _mark(words: Labels) -> str:
    """What parts two clauses."""
    return "；" if words.locale in _WIDE else "; "


def _by(change: Change, words: Labels) -> str:
    if not change.by:
        return ""
    said = words("change.by", by=clean(change.by, 80))
    return said if said.startswith("（") else f" {said}"


def act_text(change: Change, words: Labels) -> str:
    """The act or clause that a change is about."""
    act = clean(change.about, 300) or words("change.measure")
    return words("change.clause", act=act, clause=clean(change.clause, 30)) if change.clause else act


def _near(change: Change, words: Labels) -> str:
    day, days = words.iso_day(change.after), change.before
    form = {"0": "remind.today", "1": "remind.day"}.get(days, "remind.days")
    when = words(form, days=days, day=day)
    if change.about:
        return words("remind.end-of", act=act_text(change, words), when=when)
    return words(_NEAR[change.kind], when=when)
