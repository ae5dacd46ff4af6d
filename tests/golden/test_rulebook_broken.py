"""Every way in which people break rule files gets one finding, at the character that is to blame."""

# ruff: noqa: E501 - a row of a table is easier to compare on one line
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.errors import Problem, RuleError
from bot.rulebook.load import check, load
from tests.fakes.rule_files import FILES, PLUGINS, write_rules

TODAY = date(2026, 11, 21)
CONCEPT, GOODS, ACTOR = "concepts/export-ban.yml", "concepts/rare-earths.yml", "actors/gov-cn.yml"
SECTOR, ALERT, SCORING = "sectors/wind.yml", "alerts/cn-limits.yml", "scoring.yml"
ROUTES, SOURCES = "routes.yml", "sources/cn.yml"


@dataclass(frozen=True)
class Broken:
    """One slip: a file, what is replaced in it by what, and the one error that must come of it."""

    name: str
    path: str
    old: str
    new: str
    code: str
    at: tuple[int, int]  # line and column, as an editor counts them
    blames: str  # what stands there
    says: str = ""  # part of message or hint


# One line each, in the order in which a file is read: characters, YAML, shape, terms, references, meaning.
# fmt: off
BROKEN = (
    Broken("tab", CONCEPT, "  en: [export ban,", "\ten: [export ban,", "tab", (12, 1), "\ten", "--fix"),
    Broken("bell", CONCEPT, "title: Export", "title: Ex\x07port", "control-character", (3, 10), "\x07po", "U+0007"),
    Broken("line-separator", CONCEPT, "title: Export", "title: Ex\u2028port", "control-character", (3, 10), "\u2028po", "U+2028"),
    Broken("duplicate-key", CONCEPT, "weight: critical", "slot: goods", "duplicate-key", (6, 1), "slot", "line 4"),
    Broken("duplicate-nested", CONCEPT, "  ja: [輸出禁止]", "  en: [a word]", "duplicate-key", (15, 3), "en", "line 12"),
    Broken("duplicate-flow", CONCEPT, "{en: export ban, nl:", "{en: export ban, en:", "duplicate-key", (10, 25), "en", ""),
    Broken("anchor", CONCEPT, "title: Export ban", "title: &t Export ban", "anchor", (3, 8), "&t ", "&t"),
    Broken("merge", SECTOR, "countries: {CN", "countries: {<<: {US: low}, CN", "merge-key", (10, 13), "<<:", "write its keys"),
    Broken("tag", CONCEPT, "title: Export ban", "title: !!str Export ban", "tag", (3, 8), "!!s", "quotes"),
    Broken("star-as-key", CONCEPT, "  zh-Hans:", "  *:", "alias", (16, 3), "*: ", ""),
    Broken("complex-key", CONCEPT, "weight: critical", "? [a, b]\n: c", "complex-key", (6, 3), "[a,", "word"),
    Broken("directive", CONCEPT, "kind: concept", "%YAML 1.1\n---\nkind: concept", "directive", (2, 1), "---", "%"),
    Broken("two-documents", CONCEPT, "weight: critical", "---\nkind: concept", "several-documents", (6, 1), "---", "own"),
    Broken("colon-in-text", CONCEPT, "title: Export ban", "title: Export: ban", "colon", (3, 14), ": b", "quotes"),
    Broken("open-quote", CONCEPT, "title: Export ban", 'title: "Export ban', "open-quote", (3, 8), '"Ex', "never closed"),
    Broken("open-list", CONCEPT, "  ja: [輸出禁止]", "  ja: [輸出禁止", "open-bracket", (15, 7), "[輸出", "]"),
    Broken("open-mapping", SCORING, "paragraph: 4}", "paragraph: 4", "open-bracket", (7, 11), "{se", "}"),
    Broken("no-colon", CONCEPT, "weight: critical", "weight critical", "no-colon", (6, 1), "weight", "colon"),
    Broken("at-sign", CONCEPT, "title: Export ban", "title: @ban", "reserved-sign", (3, 8), "@ba", "quotes"),
    Broken("escape", CONCEPT, "title: Export ban", 'title: "Export \\ban \\q"', "escape", (3, 22), "q", "single"),
    Broken("indentation", CONCEPT, "  nl: [export|uitvoer", " nl: [export|uitvoer", "indentation", (13, 2), "nl", "line up"),
    Broken("unknown-key", CONCEPT, "not_when:", "not_wehn:", "unknown-key", (20, 1), "not_wehn", '"not_when"'),
    Broken("unknown-nested", CONCEPT, "  near:", "  naer:", "unknown-key", (22, 3), "naer", '"near"'),
    Broken("comma-in-text", SECTOR, "why: magnets for", "why: magnets, motors for", "unknown-key", (9, 67), "motors", "quotes"),
    Broken("missing-key", CONCEPT, "title: Export ban\n", "", "missing-key", (1, 1), "kind", '"title"'),
    Broken("missing-in-row", SECTOR, ", level: critical, why", ", why", "missing-key", (9, 5), "{go", '"level"'),
    Broken("no-value", CONCEPT, "weight: critical", "weight:", "no-value", (6, 1), "weight", "weight"),
    Broken("no-value-optional", CONCEPT, "family: restrict", "family:", "no-value", (9, 1), "family", "family"),
    Broken("unknown-slot", CONCEPT, "slot: measure", "slot: mesure", "unknown-value", (4, 7), "mesure", '"measure"'),
    Broken("unknown-status", CONCEPT, "status: live", "status: alive", "unknown-value", (5, 9), "alive", '"live"'),
    Broken("list-not-text", CONCEPT, "title: Export ban", "title: [Export ban]", "wrong-type", (3, 8), "[Ex", "text"),
    Broken("text-not-mapping", CONCEPT, "names: {en: export ban, nl: uitvoerverbod}", "names: ban", "wrong-type", (10, 8), "ban", ""),
    Broken("bad-id", CONCEPT, "maybe_needs: [rare-earths]", "maybe_needs: [Rare Earths]", "bad-id", (19, 15), "Rare", "small"),
    Broken("language-zh", CONCEPT, "  zh-Hans:", "  zh:", "unknown-language", (16, 3), "zh", "zh-Hans or zh-Hant"),
    Broken("language-xx", CONCEPT, "  de:", "  xx:", "unknown-language", (14, 3), "xx", "known are"),
    Broken("bad-date", CONCEPT, "changed: 2026-11-21", "changed: 21.11.2026", "bad-date", (7, 10), "21.11.2026", "year-month-day"),
    Broken("no-such-day", CONCEPT, "changed: 2026-11-21", "changed: 2026-02-30", "bad-date", (7, 10), "2026-02-30", "2026-02-30"),
    Broken("country-name", SECTOR, "from: CN", "from: China", "bad-jurisdiction", (9, 32), "China", "e.g. CN"),
    Broken("country-small", ACTOR, "jurisdiction: CN", "jurisdiction: cn", "bad-jurisdiction", (6, 15), "cn", "capitals"),
    Broken("uk", ACTOR, "jurisdiction: CN", "jurisdiction: UK", "bad-jurisdiction", (6, 15), "UK", "GB"),
    Broken("no-number", SCORING, "actor_known: 5", "actor_known: five", "not-a-number", (8, 14), "five", "whole"),
    Broken("half-number", SCORING, "actor_known: 5", "actor_known: 5.5", "not-a-number", (8, 14), "5.5", "whole"),
    Broken("bad-span", SOURCES, "every: 20m", "every: 20 minutes", "bad-span", (11, 12), "20", "20m"),
    Broken("yes-no", SOURCES, "enabled: yes", "enabled: ja", "not-yes-no", (12, 14), "ja", "yes nor no"),
    Broken("reliability", SOURCES, "reliability: A", "reliability: AA", "unknown-value", (10, 18), "AA", "A, B"),
    Broken("zone", ROUTES, "    zone: Europe/Amsterdam", "    zone: Europe/Amsterdm", "unknown-zone", (19, 11), "Europe", ""),
    Broken("clock", ROUTES, "from: 22:00", "from: 25:00", "bad-time", (13, 33), "25", "07:30"),
    Broken("unknown-kind", CONCEPT, "kind: concept", "kind: concpet", "unknown-kind", (1, 7), "concpet", '"concept"'),
    Broken("no-kind", CONCEPT, "kind: concept\n", "", "missing-key", (1, 1), "id", "kind"),
    Broken("empty-alternative", CONCEPT, "verbod|verboden]", "verbod||verboden]", "empty-alternative", (13, 32), "|ve", ""),
    Broken("one-letter", CONCEPT, "halt .. export", "h .. export", "one-letter", (12, 24), "h", ""),
    Broken("short-word", ACTOR, "en: [China, Beijing]", "en: [China, CN]", "short-word", (9, 15), "CN", "`=CN`"),
    Broken("one-character", ACTOR, "[中国]", "[中国, 国]", "one-character", (10, 13), "国", "whole word"),
    Broken("regex", CONCEPT, "[export ban, ban|", "[export ban.*, ban|", "regex", (12, 18), ".", "stem*"),
    Broken("boolean", CONCEPT, "[export ban, ban|", "[export AND ban, ban|", "boolean", (12, 15), "AND", ".."),
    Broken("tight-plus", CONCEPT, "uitvoer + verbod", "uitvoer+verbod", "tight-sign", (13, 22), "+verbod", "space"),
    Broken("two-plus", CONCEPT, "uitvoer + verbod|verboden", "uitvoer + ver + bod", "two-plus", (13, 29), "+", ""),
    Broken("mixed", CONCEPT, "uitvoer + verbod|verboden", "uitvoer + ver .. bod", "mixed-signs", (13, 29), "..", ""),
    Broken("star-inside", CONCEPT, "livestock", "li*stock", "star", (22, 17), "*st", "end"),
    Broken("short-stem", CONCEPT, "livestock", "li*", "short-stem", (22, 15), "li", "3 letters"),
    Broken("quoted-term", CONCEPT, "livestock", '"live (stock)"', "sign", (22, 21), "(st", ""),
    Broken("bad-mark", CONCEPT, "[export ban](export-ban)", "[export ban]()", "bad-mark", (24, 40), "]()", "id"),
    Broken("unknown-need", CONCEPT, "maybe_needs: [rare-earths]", "maybe_needs: [rare-earth]", "unknown-id", (19, 15), "rare-earth", '"rare-earths"'),
    Broken("unknown-mark", CONCEPT, "[export ban](export-ban)", "[export ban](exportban)", "unknown-id", (24, 42), "exportban", '"export-ban"'),
    Broken("unknown-parent", "concepts/magnets.yml", "parent: rare-earths", "parent: rare-erths", "unknown-id", (6, 9), "rare-erths", '"rare-earths"'),
    Broken("parent-slot", "concepts/magnets.yml", "parent: rare-earths", "parent: export-ban", "wrong-slot", (2, 1), "id", "goods"),
    Broken("unknown-goods", SECTOR, "goods: rare-earths", "goods: rare-earht", "unknown-id", (9, 13), "rare-earht", '"rare-earths"'),
    Broken("measure-as-goods", SECTOR, "goods: rare-earths", "goods: export-ban", "wrong-slot", (9, 13), "export-ban", "slot measure"),
    Broken("unknown-condition", ALERT, "{actor: CN}", "{acter: CN}", "unknown-condition", (10, 8), "acter", '"actor"'),
    Broken("condition-id", ALERT, "{measure: export-ban}", "{measure: export-bann}", "unknown-id", (8, 17), "export-bann", '"export-ban"'),
    Broken("condition-id-in-list", ALERT, "[rare-earths, magnets]", "[rare-earths, magnet]", "unknown-id", (9, 29), "magnet", '"magnets"'),
    Broken("two-conditions", ALERT, "    - {actor: CN}", "    - {actor: CN, stage: denied}", "several-conditions", (10, 7), "{ac", "dash"),
    Broken("bad-condition", ALERT, "{actor: CN}", "{actor: {CN: yes}}", "bad-condition", (10, 15), "{CN", "actor takes"),
    Broken("exception-source", ALERT, "if: {source: cn-mofcom,", "if: {source: cn-mofcon,", "unknown-id", (18, 37), "cn-mofcon", '"cn-mofcom"'),
    Broken("no-end-of-mute", ALERT, "until: 2099-01-31, ", "", "missing-key", (18, 5), "{id", "until"),
    Broken("say-field", ALERT, "{actor} {stage}", "{actr} {stage}", "unknown-field", (19, 6), '"{a', '"actor"'),
    Broken("unknown-rule", ALERT, "says_rule: cn-limits}", "says_rule: cn-limit}", "unknown-id", (21, 102), "cn-limit", '"cn-limits"'),
    Broken("bands-crossed", ALERT, "at_least: digest", "at_least: urgent\nat_most: alert", "bands-crossed", (16, 11), "urgent", "louder"),
    Broken("unknown-channel", ROUTES, "send: desk, quiet", "send: desk2, quiet", "unknown-id", (8, 42), "desk2", '"desk"'),
    Broken("unknown-window", ROUTES, "quiet: nights}", "quiet: night}", "unknown-id", (8, 55), "night", '"nights"'),
    Broken("escalate-channel", ROUTES, "quiet: ignore}", "escalate: {after: 30m, to: dsk}}", "unknown-id", (7, 76), "dsk", '"desk"'),
    Broken("escalate-same", ROUTES, "quiet: ignore}", "escalate: {after: 30m, to: now}}", "same-channel", (7, 76), "now", "another channel"),
    Broken("escalate-soon", ROUTES, "quiet: ignore}", "escalate: {after: 2m, to: desk}}", "bad-span", (7, 67), "2m", "5m to 24h"),
    Broken("escalate-digest", ROUTES, "send: digest-weekly}", "send: digest-weekly, escalate: {after: 1h, to: desk}}", "no-message", (9, 70), "{af", "acknowledged"),
    Broken("unknown-route-sector", ROUTES, "if: {band: urgent}", "if: {sector: winds}", "unknown-id", (7, 31), "winds", '"wind"'),
    Broken("unknown-band", ROUTES, "{band: alert+}", "{band: alarm+}", "unknown-value", (8, 27), "alarm+", "archive"),
    Broken("unknown-destination-in-test", ROUTES, "goes_to: [now, desk,", "goes_to: [now, dsk,", "unknown-id", (24, 58), "dsk", '"desk"'),
    Broken("unknown-operations", ROUTES, "operations: ops", "operations: opps", "unknown-id", (22, 13), "opps", '"ops"'),
    Broken("channel-kind", ROUTES, 'desk: {slack: "#desk"}', 'desk: {slak: "#desk"}', "unknown-channel-kind", (3, 9), "{sl", '"slack"'),
    Broken("channel-address", ROUTES, '{slack: "#desk"}', "{slack: desk}", "bad-channel", (3, 17), "desk", "begins with"),
    Broken("digest-mail", ROUTES, "who: all@example.org", "who: all", "bad-address", (20, 70), "all", "mail"),
    Broken("limit", ROUTES, "at_most: 6 per hour per channel", "at_most: six", "bad-limit", (11, 30), "six", "number"),
    Broken("mute-all", ROUTES, "if: {goods: rare-earths, source: cn-mofcom}", "if: {band: archive+}", "mutes-all", (15, 5), "{id", ""),
    Broken("expired", ROUTES, "until: 2099-12-05", "until: 2026-11-20", "expired", (15, 5), "{id", "2026-11-20"),
    Broken("source-kind", SOURCES, "    kind: feed\n    url: https://example.org/feed.xml", "    kind: fed\n    url: https://example.org/feed.xml", "unknown-id", (4, 11), "fed", '"feed"'),
    Broken("source-option", SOURCES, "{limit: 5}", "{limit: five}", "bad-option", (15, 22), "five", "whole number"),
    Broken("source-option-name", SOURCES, "{limit: 5}", "{limits: 5}", "bad-option", (15, 15), "limits", "limits"),
    Broken("source-url", SOURCES, "url: https://example.org/feed.xml", "url: example.org/feed.xml", "bad-url", (5, 10), "example.org", "http"),
    Broken("too-often", SOURCES, "every: 20m", "every: 5s", "too-often", (11, 12), "5s", "30s"),
    Broken("bands-falling", SCORING, "alert: 60", "alert: 30", "not-rising", (4, 8), "{ar", "rise"),
    Broken("levels-falling", SCORING, "high: 14", "high: 4", "not-rising", (5, 9), "{lo", "rise"),
    Broken("repeat-rising", SCORING, "[1, 0.5, 0.25]", "[0.5, 1]", "not-falling", (6, 9), "[0.", ""),
    Broken("odd-share", SCORING, "[1, 0.5, 0.25]", "[1, 0.3]", "not-a-quarter", (6, 9), "[1,", "quarters"),
    Broken("noise-up", SCORING, "{sport: -25}", "{sport: 25}", "not-negative", (15, 16), "25", "negative"),
    Broken("noise-slot", SCORING, "{sport: -25}", "{rare-earths: -25}", "wrong-slot", (15, 9), "rare-earths", "noise"),
    Broken("too-far-left", CONCEPT, "not_when:\n  inside: [export ban on calves]", "inside: [export ban on calves]\nnot_when:", "unknown-key", (20, 1), "inside", 'under "not_when"'),
    Broken("too-far-right", CONCEPT, "  near: {en: [livestock]}", "  tests: []", "unknown-key", (22, 3), "tests", "left margin"),
    Broken("empty-list", ROUTES, "routes:\n  - {id: urgent, if: {band: urgent}, send: now, quiet: ignore}\n  - {id: desk, if: {band: alert+}, send: desk, quiet: nights}\n  - {id: weekly, if: {band: digest+}, send: digest-weekly}\n  - {id: catch-all, if: {band: archive+}, send: archive}", "routes: []", "empty-list", (6, 9), "[]", "at least one"),
    Broken("digest-is-channel", ROUTES, "  ops: {console: stdout}", "  ops: {console: stdout}\n  digest-weekly: {console: stdout}", "duplicate-id", (18, 3), "digest-weekly", "another name"),
    Broken("reserved-channel", ROUTES, "  ops: {console: stdout}", "  ops: {console: stdout}\n  archive: {console: stdout}", "duplicate-id", (6, 3), "archive", "reserved"),
    Broken("two-routes-one-id", ROUTES, "{id: weekly,", "{id: desk,", "duplicate-id", (9, 10), "desk", "line 8"),
    Broken("digest-day", ROUTES, "when: mon 07:30", "when: someday", "bad-time", (18, 11), "someday", "mon 07:30"),
    Broken("quiet-days", ROUTES, "days: mon-sun", "days: workdays", "bad-days", (13, 18), "workdays", "mon-fri"),
    Broken("empty-window", ROUTES, 'to: "07:00"', 'to: "22:00"', "empty-window", (13, 44), '"22', "ends"),
    Broken("no-condition", ALERT, "  all:\n    - {measure: export-ban}\n    - {goods: [rare-earths, magnets]}\n    - {actor: CN}\n  none:", "  none:", "no-condition", (7, 3), "none", "at least one condition"),
    Broken("dots", CONCEPT, "ban|halt .. export|shipment", "ban|halt … export|shipment", "dots", (12, 29), "… e", "two dots"),
    Broken("empty-dash", SECTOR, "tests:\n", "tests:\n  -\n", "no-value", (14, 4), "", ""),
    Broken("odd-blank", CONCEPT, "  nl: [export", "\u00a0 nl: [export", "odd-blank", (13, 1), "\u00a0", "U+00A0"),
    Broken("odd-blank-before-colon", CONCEPT, "title: Export", "title\u00a0: Export", "odd-blank", (3, 6), "\u00a0", "type a space"),
    Broken("tight-dash", CONCEPT, '  - text: "Klik', '  -text: "Klik', "tight-dash", (25, 3), "-text", "behind the dash"),
    Broken("no-blank-after-colon", CONCEPT, "title: Export ban", "title:Export ban", "no-colon", (3, 1), "title", "a space"),
    Broken("wide-colon", CONCEPT, "title: Export ban", "title\uff1aExport ban", "no-colon", (3, 1), "title", "a space"),
    Broken("quotes-in-quotes", CONCEPT, "op export as", 'op "export" as', "quote-inside", (25, 20), '"export', "single"),
    Broken("apostrophe", CONCEPT, "title: Export ban", "title: 'China's ban'", "quote-inside", (3, 14), "'s ban", "double"),
    Broken("bracket-too-many", CONCEPT, "[輸出禁止]", "[輸出禁止]]", "extra-bracket", (15, 13), "]", "delete"),
    Broken("star-as-value", CONCEPT, "[embargo]", "[*]", "reserved-sign", (18, 9), "]", "quotes"),
    Broken("pipe-first", CONCEPT, "[embargo]", "[|embargo]", "reserved-sign", (18, 8), "|", "quotes"),
    Broken("greater-first", CONCEPT, "title: Export ban", "title: > Export ban", "reserved-sign", (3, 10), "Export", "quotes"),
    Broken("colon-at-end", CONCEPT, "title: Export ban", "title: Export ban:", "colon", (3, 18), ":", "quotes"),
    Broken("wide-comma", CONCEPT, "[禁止出口]", "[禁止出口，出口管制]", "comma", (16, 17), "，", "entry of its own"),
    Broken("comma-without-list", CONCEPT, "[embargo]", "embargo, ban", "comma", (18, 14), ",", "entry of its own"),
    Broken("semicolon", CONCEPT, "[embargo]", "[embargo; ban]", "comma", (18, 15), ";", "entry of its own"),
)
# fmt: on


def errors_of(folder: Path) -> list[Problem]:
    return [problem for problem in check(folder, PLUGINS, today=TODAY) if problem.severity == "error"]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_one_slip_gives_one_finding_where_it_stands(case: Broken, tmp_path: Path) -> None:
    text = FILES[case.path]
    assert text.count(case.old) >= 1
    write_rules(tmp_path, {case.path: text.replace(case.old, case.new, 1)})
    found = errors_of(tmp_path)
    assert [(p.path, p.code, (p.line, p.column)) for p in found] == [(case.path, case.code, case.at)]
    assert found[0].excerpt[case.at[1] - 1 :].startswith(case.blames)
    assert case.says in found[0].message + found[0].hint
    if case.code != "expired":  # a mute that ran out mutes nothing, so the rest still works
        with pytest.raises(RuleError) as refused:
            load(tmp_path, PLUGINS)
        assert refused.value.problems == tuple(found)


WHOLE_FILES: dict[str, tuple[bytes, str, tuple[int, int], str]] = {
    "latin-1": ("kind: concept\ntitle: Ausfuhrbeschränkung\n".encode("latin-1"), "not-utf8", (2, 21), "UTF-8"),
    "utf-16": ("kind: concept\n".encode("utf-16"), "not-utf8", (1, 1), "UTF-16"),
    "binary": (b"\x7fELF\x02\x01\x01\x00\x00", "control-character", (1, 1), "U+007F"),
    "too-large": (b"# " + b"x" * 1_000_000, "too-large", (1, 1), "1,000,000"),
    "too-deep": (b"kind: concept\nwhy: " + b"[" * 30 + b"]" * 30, "too-deep", (2, 25), "20 levels"),
    "too-many": (b"kind: concept\nwhy: [" + b"a," * 60_000 + b"]", "too-large", (2, 99_997), "50,000"),
    "alias-bomb": (
        b"kind: concept\na: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nwhy: [*c,*c,*c]\n",
        "anchor",
        (2, 4),
        "&a",
    ),
    "empty": (b"", "empty-file", (1, 1), "kind"),
    "blank": (b"\n  \n", "empty-file", (1, 1), "kind"),
    "comments": (b"# nothing\n# here\n", "empty-file", (1, 1), "comments"),
    "a-list": (b"- kind: concept\n", "wrong-type", (1, 1), "mapping"),
    "a-word": (b"concept\n", "wrong-type", (1, 1), "mapping"),
    "html": (b"<!doctype html>\n<title>404</title>\n", "wrong-type", (1, 1), "mapping"),
    "surrogate-escape": (b'kind: concept\nwhy: "\\ud800"\n', "control-character", (2, 6), "U+D800"),
    "impossible-escape": (b'kind: concept\nwhy: "\\U99999999"\n', "syntax", (1, 1), "YAML"),
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_whole_files_that_are_no_rule_files(name: str, tmp_path: Path) -> None:
    content, code, at, says = WHOLE_FILES[name]
    write_rules(tmp_path, {"concepts/strange.yml": content})
    found = errors_of(tmp_path)
    assert all(problem.path == "concepts/strange.yml" for problem in found)
    blamed = [problem for problem in found if (problem.code, (problem.line, problem.column)) == (code, at)]
    assert len(blamed) == 1
    assert says in blamed[0].message


SECOND_FILES: dict[str, tuple[str, str, str, tuple[int, int], str]] = {
    "concept twice": (
        "concepts/z.yml",
        "kind: concept\nid: rare-earths\ntitle: x\nslot: goods\nstatus: draft\n",
        "duplicate-id",
        (2, 1),
        "concepts/rare-earths.yml:2",
    ),
    "sector with the id of a concept": (
        "sectors/z.yml",
        "kind: sector\nid: sport\ntitle: x\nstatus: draft\nexposed_to: [{goods: magnets, from: CN, level: low, why: x}]\n",
        "duplicate-id",
        (2, 1),
        "concepts/sport.yml:2",
    ),
    "alert twice": (
        "alerts/z.yml",
        "kind: alert\nid: cn-limits\ntitle: x\nstatus: draft\nwhen: {all: [{actor: CN}]}\n",
        "duplicate-id",
        (2, 1),
        "alerts/cn-limits.yml:2",
    ),
    "scoring twice": ("z.yml", FILES[SCORING], "duplicate-id", (1, 1), "scoring.yml"),
    "source twice": (
        "sources/z.yml",
        FILES[SOURCES].replace("no-daily", "no-weekly"),
        "duplicate-id",
        (3, 5),
        "sources/cn.yml:3",
    ),
}


@pytest.mark.parametrize("name", SECOND_FILES)
def test_two_things_cannot_share_an_id(name: str, tmp_path: Path) -> None:
    path, content, code, at, says = SECOND_FILES[name]
    write_rules(tmp_path, {path: content})
    (found,) = errors_of(tmp_path)
    assert (found.path, found.code, (found.line, found.column)) == (path, code, at)
    assert says in found.message


def test_parents_that_lead_back_are_named_in_both_files(tmp_path: Path) -> None:
    write_rules(tmp_path, {GOODS: FILES[GOODS].replace("weight: high", "weight: high\nparent: magnets")})
    found = [(problem.code, problem.path) for problem in errors_of(tmp_path)]
    assert found == [("parent-loop", "concepts/magnets.yml"), ("parent-loop", GOODS)]


def test_an_id_is_known_although_its_file_cannot_be_read(tmp_path: Path) -> None:
    write_rules(tmp_path, {GOODS: FILES[GOODS] + "\tbroken\n", SOURCES: FILES[SOURCES] + "\tbroken\n"})
    assert [(p.path, p.code) for p in errors_of(tmp_path)] == [(GOODS, "tab"), (SOURCES, "tab")]


def test_every_problem_of_every_file_stands_in_one_report(tmp_path: Path) -> None:
    chosen = [case for case in BROKEN if case.name in {"regex", "unknown-goods", "bad-condition", "levels-falling"}]
    write_rules(tmp_path, {case.path: FILES[case.path].replace(case.old, case.new, 1) for case in chosen})
    with pytest.raises(RuleError) as refused:
        load(tmp_path, PLUGINS)
    found = [(p.path, p.code, (p.line, p.column)) for p in refused.value.problems]
    assert found == sorted((case.path, case.code, case.at) for case in chosen)
    for case in chosen:
        assert f"{case.path}:{case.at[0]}:{case.at[1]}: error[{case.code}]" in str(refused.value)


def test_a_file_with_a_wrong_shape_is_still_searched_for_bad_words(tmp_path: Path) -> None:
    text = FILES[CONCEPT].replace("weight: critical", "weight: huge").replace("livestock", "li*stock")
    write_rules(
        tmp_path,
        {
            CONCEPT: text,
            ALERT: FILES[ALERT].replace("at_least: digest", "at_least: x").replace("actor: CN", "acter: CN"),
        },
    )
    assert [(p.path, p.code) for p in errors_of(tmp_path)] == [
        (ALERT, "unknown-condition"),
        (ALERT, "unknown-value"),
        (CONCEPT, "unknown-value"),
        (CONCEPT, "star"),
    ]


def test_a_folder_with_the_name_of_a_file_is_reported(tmp_path: Path) -> None:
    (write_rules(tmp_path) / "concepts" / "folder.yml").mkdir()
    (found,) = errors_of(tmp_path)
    assert (found.code, found.path) == ("unreadable", "concepts/folder.yml")


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    (found,) = errors_of(tmp_path / "nowhere")
    assert found.code == "no-folder"
    assert "monazite init" in found.message


@pytest.mark.parametrize("kind", ["scoring", "routes"])
def test_scoring_and_routes_are_required(kind: str, tmp_path: Path) -> None:
    write_rules(tmp_path, {f"{kind}.yml": None})
    (found,) = errors_of(tmp_path)
    assert (found.code, found.path) == ("missing-file", f"{kind}.yml")
