"""A small lexicon in five languages, and scenes cut with it, for tests of event assembly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module

from bot.types.document import Document
from bot.types.ids import ConceptId, DocumentId, SourceId
from bot.types.levels import Authority, Cue, Direction, Level, Slot, Status
from bot.types.lexicon import Concept
from bot.types.place import Place
from bot.types.reading import Mention
from bot.understand._grammar import Grammar
from bot.understand._scene import Scene

LANGUAGES = ("en", "nl", "de", "ja", "zh-Hans")
DATED = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)  # a Wednesday

_PLACE = Place(path="concepts/test.yml", line=1)

# concept -> slot, direction or cue, family, and one pattern per language in the order of LANGUAGES
_MEASURES = {
    "export-ban": (
        (
            r"export (?:ban|embargo)\w*|ban(?:s|ned|ning)?\b[^.;]{0,40}?\bexports?|bar(?:s|red)? exports?"
            r"|(?:halt|suspend|stop|resume)\w*\s(?:[\w-]+\s){0,4}?(?:exports|shipments)(?! (?:control|curb|ban))"
            r"|suspension of exports|ban on exports?"
        ),
        (
            r"(?:export|uitvoer)(?:verbod\w*|stop\b|embargo)|verb(?:ied|ood)\w*[^.;]{0,60}?(?:export|uitvoer|levering)\b"
            r"|(?:schort|zet|legt|hervat)\w* de (?:export|uitvoer)\b(?: van [\w ]+?)?(?: (?:op|stop|stil))?"
            r"|verbod op de (?:export|uitvoer)\b"
        ),
        (
            r"(?:Export|Ausfuhr)(?:verbot\w*|stopp\w*|embargo)|setzt die (?:Exporte|Ausfuhr)\b[^.;]{0,40}?\baus"
            r"|(?:verbietet|untersagt|stoppt)[^.;]{0,60}?(?:Export|Ausfuhr)\w*\b|Verbot der Ausfuhr"
        ),
        r"禁輸|輸出禁止|輸出を(?:全面)?(?:禁止|停止|再開)|輸出停止|輸出再開",
        r"禁止[^。,]{0,16}?出口|出口禁令|禁运|(?:暂停|停止|恢复)(?:对?\w{0,6}?)出口(?!管制)|不得出口",
    ),
    "export-control": (
        (
            r"export (?:control|curb|restriction)s?|(?:curb|restrict|limit)(?:s|"
            r"ed|ing)?\s(?:[\w-]+\s){0,4}?(?:exports?|shipments)|curbs on exports"
        ),
        (
            r"(?:export|uitvoer)(?:controle|beperking|regel|restrictie)\w*|beperk\w*[^.;]{0,"
            r"30}?(?:export|uitvoer)\b|(?:export|uitvoer)\b[^.;]{0,40}?beperken"
        ),
        r"(?:Export|Ausfuhr)(?:kontroll|beschränkung|restriktion|regel)\w*|beschränkt[^.;]{0,40}?(?:Export|Ausfuhr)\w*",
        r"輸出規制|輸出管理|輸出制限|輸出を(?:制限|規制)",
        r"出口管制|出口限制|限制\w{0,8}出口|实施管制",
    ),
    "export-licence": (
        (
            r"(?:export )?licen[cs](?:e|ing) requirement\w*|export "
            r"licen[cs]es?|licen[cs]es? for exports?|require a licence"
        ),
        r"(?:export|uitvoer)vergunning\w*|vergunning(?:s)?(?:plicht|eis)\w*",
        r"(?:Export|Ausfuhr)(?:genehmigung|lizenz)\w*|Genehmigungspflicht|bedarf[^.;]{0,30}Genehmigung",
        r"輸出許可\w?|許可制|許可が必要|許可を義務付け",
        r"出口许可证?|须申请许可|许可证管理|许可要求",
    ),
    "export-quota": (
        r"export quotas?",
        r"(?:export|uitvoer)quot\w+",
        r"Exportquoten?",
        r"輸出枠|輸出割当",
        r"出口配额",
    ),
    "export-duty": (
        r"export (?:duty|duties|tax|levy)",
        r"(?:export|uitvoer)heffing\w*",
        r"Ausfuhrabgabe\w*|Exportzoll\w*",
        r"輸出税",
        r"出口税|出口关税",
    ),
    "import-tariff": (
        r"(?:import )?tariffs?|import dut(?:y|ies)",
        r"(?:import)?heffing(?:en)? op\b|importheffing\w*|importtarie\w+",
        r"Strafz(?:oll|ölle)\w*|Importz(?:oll|ölle)\w*|Zölle",
        r"追加関税|関税",
        r"加征关税|关税",
    ),
    "trade-remedy": (
        r"anti-?dumping \w+",
        r"antidumping\w*",
        r"Antidumping\w*",
        r"不当廉売関税|反ダンピング\w*",
        r"反倾销税?",
    ),
    "entity-list": (
        r"entity list|blacklist\w*",
        r"entiteitenlijst|zwarte lijst",
        r"Entity List|schwarze\w* Liste",
        r"エンティティーリスト|禁輸先リスト",
        r"实体清单|管控名单",
    ),
}
_EASING = {
    "suspension": (r"trade truce", r"handelsbestand", r"Handelswaffenruhe", r"貿易休戦", r"贸易休战"),
}
_GOODS = {
    "gallium": (r"gallium", r"gallium", r"Gallium", r"ガリウム", r"镓"),
    "germanium": (r"germanium", r"germanium", r"Germanium", r"ゲルマニウム", r"锗"),
    "graphite": (r"graphite", r"grafiet", r"Grafit", r"黒鉛", r"石墨"),
    "rare-earths": (r"rare[- ]earths?", r"zeldzame aard\w*", r"Seltene\w* Erden", r"レアアース", r"稀土"),
    "dual-use": (r"dual-use (?:goods|items)?", r"dual-use-?\w*", r"Dual-Use-\w+", r"軍民両用品?", r"两用物项"),
    "antimony": (r"antimony", r"antimoon", r"Antimon", r"アンチモン", r"锑"),
    "semiconductors": (r"chips?|semiconductors?", r"chips?", r"Chips?|Halbleiter\w*", r"半導体", r"芯片"),
    "nickel": (r"nickel(?: ore)?", r"nikkel\w*", r"Nickel\w*", r"ニッケル(?:鉱石)?", r"镍矿?"),
}
_STATES = {
    "CN": (r"China|Chinese", r"China|Chinese", r"China|Chinas|chinesisch\w*", r"中国", r"中国"),
    "JP": (r"Japan|Japanese", r"Japan|Japanse", r"Japan|Japans|japanisch\w*", r"日本", r"日本"),
    "US": (
        r"United States|US|American",
        r"Verenigde Staten|VS|Amerikaanse",
        r"USA|US|amerikanisch\w*",
        r"米国|アメリカ",
        r"美国",
    ),
    "KR": (r"South Korea|South Korean", r"Zuid-Korea|Zuid-Koreaanse", r"Südkorea|südkoreanisch\w*", r"韓国", r"韩国"),
    "ID": (r"Indonesia|Indonesian", r"Indonesië|Indonesische", r"Indonesien|indonesisch\w*", r"インドネシア", r"印尼"),
    "NL": (r"Netherlands|Dutch", r"Nederland|Nederlandse", r"Niederlande|niederländisch\w*", r"オランダ", r"荷兰"),
    "TW": (r"Taiwan|Taiwanese", r"Taiwan|Taiwanese", r"Taiwan|taiwanisch\w*", r"台湾", r"台湾"),
    "EU": (r"EU|European Union", r"EU|Europese", r"EU|europäisch\w*", r"欧州連合|EU", r"欧盟"),
}
_CAPITALS = {
    "CN": (r"Beijing", r"Peking|Beijing", r"Peking|Pekings", r"北京", r"北京"),
    "JP": (r"Tokyo", r"Tokio", r"Tokio", r"東京", r"东京"),
    "US": (r"Washington", r"Washington", r"Washington\w?", r"ワシントン", r"华盛顿"),
    "CD": (r"Kinshasa", r"Kinshasa", r"Kinshasa", r"キンシャサ", r"金沙萨"),
}
_AGENCIES = {
    "cn-mofcom": (
        "CN",
        (
            r"MOFCOM|Chinese commerce ministry",
            r"Chinese handelsministerie",
            r"chinesische\w* Handelsministerium",
            r"中国商務省|商務省",
            r"商务部",
        ),
    ),
    "jp-meti": ("JP", (r"METI|Japan's trade ministry", r"METI", r"METI", r"経済産業省", r"日本经济产业省")),
    "us-bis": (
        "US",
        (
            r"Commerce Department",
            r"Bureau of Industry and Security",
            r"US-Handelsministerium",
            r"米商務省",
            r"美国商务部",
        ),
    ),
}
_CUES = {
    "considered": (
        r"(?:is |are )?considering|considers|mulls?|weighs?|threatens",
        r"overweeg\w*|dreigt|denkt na over",
        r"erwägt|erwägen|prüft|droht",
        r"検討(?:している|中)?",
        r"考虑|正研究|拟",
    ),
    "proposed": (
        r"draft|proposes|proposal|public consultation|comment period",
        r"wetsvoorstel|consultatie|stelt voor|voorstel",
        r"Entwurf|Gesetzentwurf|Konsultation|schlägt\b[^.;]{0,60}?\bvor",
        r"改正案|意見公募|パブリックコメント",
        r"草案|征求意见稿?",
    ),
    "announced": (
        r"announced|announces|decided|published",
        r"kondigt\b[^.;]{0,60}?\baan|aangekondigd|besloten|maakte bekend",
        r"kündigt\b[^.;]{0,60}?\ban|angekündigt|beschlossen|teilte\b[^.;]{0,40}?\bmit",
        r"発表|公布|決定",
        r"宣布|公布|决定",
    ),
    "in-force": (
        r"took effect|entered into force|has been in force",
        r"is van kracht|in werking getreden",
        r"ist in Kraft|in Kraft getreten",
        r"施行された|発効した",
        r"已生效|正式生效|已施行",
    ),
    "denied": (
        r"denied reports|not true|groundless|denies reports",
        r"ontkent|ontkende|spreekt\b[^.;]{0,40}?tegen|niet waar",
        r"dementiert\w*|bestreitet|frei erfunden|weist\b[^.;]{0,60}?zurück",
        r"否定|事実無根|事実はない",
        r"否认|不属实|辟谣",
    ),
    "reported": (
        r"reportedly|sources said|according to sources|people familiar with the matter",
        r"volgens bronnen|naar verluidt|volgens staatsmedia|melden ingewijden",
        r"Insidern zufolge|angeblich|laut Medienberichten",
        r"関係者によると|と報じた",
        r"据报道|知情人士|消息人士",
    ),
    "historic": (
        r"last year|a decade ago|back then",
        r"vorig jaar|destijds|afgelopen jaar",
        r"im vergangenen Jahr|damals",
        r"昨年|当時",
        r"去年|当时",
    ),
    "scope-limit": (
        r"civilian (?:trade|use) (?:is |remains )?unaffected|does not apply to",
        r"civiele handel[^.;]{0,20}?niet|geldt niet voor",
        r"zivile\w* Handel[^.;]{0,20}?nicht|gilt nicht für",
        r"民間取引には影響し?ない|には適用されない",
        r"不影响民用|不适用于",
    ),
    "military": (
        r"military (?:users?|end[- ]use|purposes)|armed forces",
        r"strijdkrachten|militair\w* (?:gebruik|doeleinden)",
        r"Streitkräfte|militärisch\w* (?:Zwecke|Nutzer|Nutzung)",
        r"軍事(?:用途|ユーザー)|軍向け",
        r"军事用户|军事用途",
    ),
    "civil-excepted": (
        r"civilian (?:trade|use)",
        r"civiele? (?:handel|gebruik)",
        r"zivile\w* (?:Handel|Nutzung)",
        r"民生用|民間取引",
        r"民用",
    ),
    "effective": (
        r"takes effect|effective|enters into force",
        r"treedt in werking|gaat in",
        r"tritt in Kraft|Inkrafttreten",
        r"施行|発効",
        r"施行|生效|实施",
    ),
    "until": (r"until|valid until", r"tot en met|geldig tot", r"befristet bis|gültig bis", r"まで", r"有效期至|直至"),
    "all-countries": (
        r"to all countries|all destinations",
        r"naar alle landen|alle bestemmingen",
        r"in alle Länder|alle Bestimmungsländer",
        r"全地域|すべての国",
        r"所有国家",
    ),
}
_IDENTIFIER = (
    r"(?:Announcement|Aankondiging|Bekanntmachung) (?:No\.|nr\.|Nr\.) (?P<no>\d+) "
    r"(?:of|van|von) (?P<year>20\d\d)|公告(?P<year2>20\d\d)年第(?P<no2>\d+)号"
)


def _concept(name: str, slot: Slot, **more: object) -> Concept:
    plain = {"title": name, "status": Status.LIVE, "weight": Level.HIGH, "place": _PLACE, "terms": ()}
    return Concept(id=ConceptId(name), slot=slot, **{**plain, **more})  # type: ignore[arg-type]


def _lexicon() -> Iterator[tuple[Concept, tuple[str, ...]]]:
    for name, patterns in _MEASURES.items():
        yield _concept(name, Slot.MEASURE, direction=Direction.TIGHTEN, family="restrict"), patterns
    for name, patterns in _EASING.items():
        yield _concept(name, Slot.MEASURE, direction=Direction.EASE, family="ease"), patterns
    for name, patterns in _GOODS.items():
        yield _concept(name, Slot.GOODS, names={"en": name.replace("-", " ")}), patterns
    for code, patterns in _STATES.items():
        yield _concept(f"state-{code.lower()}", Slot.ACTOR, jurisdiction=code, role="state"), patterns
    for code, patterns in _CAPITALS.items():
        yield _concept(f"capital-{code.lower()}", Slot.ACTOR, jurisdiction=code, role="capital"), patterns
    for name, (code, patterns) in _AGENCIES.items():
        yield _concept(name, Slot.ACTOR, jurisdiction=code, role="agency"), patterns
    for cue, patterns in _CUES.items():
        yield _concept(cue, Slot.CUE, cue=cue), patterns
    yield _concept("mofcom-announcement", Slot.IDENTIFIER), (_IDENTIFIER,) * len(LANGUAGES)


LEXICON = tuple(_lexicon())
CONCEPTS = {concept.id: concept for concept, _ in LEXICON}


def grammar(lang: str) -> Grammar:
    """The shipped grammar of a language."""
    module = import_module(f"bot.understand.grammars.{lang.lower().replace('-', '_')}")
    found = module.GRAMMAR
    assert isinstance(found, Grammar)
    return found


def document(title: str, text: str = "", **more: object) -> Document:
    """A document of the seventh of January 2026, from the press of nowhere unless said otherwise."""
    plain: dict[str, object] = {
        "id": DocumentId("d1"),
        "source_id": SourceId("s1"),
        "publisher": "The Press",
        "authority": Authority.PRESS,
        "jurisdiction": "",
        "url": "",
        "canonical_url": "",
        "first_seen": DATED,
        "content_hash": "1:0",
    }
    return Document(title=title, text=text, **{**plain, **more})  # type: ignore[arg-type]


def scene(lang: str, title: str, text: str = "", **more: object) -> Scene:
    """A scene cut with the small lexicon."""
    doc = document(title, text, **more)
    return Scene(
        document=doc,
        lang=lang,
        sentences=tuple(_sentences(doc.full, dense=lang in {"ja", "zh-Hans"})),
        mentions=tuple(_mentions(doc, lang)),
        concepts=CONCEPTS,
        grammar=grammar(lang),
    )


def _sentences(full: str, *, dense: bool) -> Iterator[tuple[int, int]]:
    end = r"[。!?！？]+" if dense else r"(?<![\s.]\d)(?<!\b\d\d)(?<!No)(?<!nr)(?<!Nr)[.!?]+(?=\s|$)"
    for block in re.finditer(r"[^\n]+", full):
        start = block.start()
        for stop in re.finditer(end, block.group()):
            yield start, block.start() + stop.end()
            start = block.start() + stop.end()
            while start < block.end() and full[start] == " ":
                start += 1
        if start < block.end():
            yield start, block.end()


def _mentions(doc: Document, lang: str) -> Iterator[Mention]:
    index = LANGUAGES.index(lang)
    dense = lang in {"ja", "zh-Hans"}
    found: list[tuple[int, int, Concept, str]] = []
    for concept, patterns in LEXICON:
        pattern = patterns[index] if dense else rf"(?<!\w)(?:{patterns[index]})(?!\w)"
        cased = concept.slot is Slot.ACTOR
        hits = re.finditer(pattern, doc.full, 0 if cased else re.IGNORECASE)
        found += [(hit.start(), hit.end(), concept, _value(concept, hit)) for hit in hits if hit.end() > hit.start()]
    kept = [
        (start, end, concept, value)
        for start, end, concept, value in found
        if not any(
            other is not concept
            and other.slot is concept.slot
            and left <= start
            and end <= right
            and right - left > end - start
            for left, right, other, _ in found
        )
    ]
    for start, end, concept, value in sorted(kept, key=lambda item: (item[0], item[1], item[2].id)):
        yield Mention(
            concept=concept.id,
            slot=concept.slot,
            surface=doc.full[start:end],
            start=start,
            end=end,
            zone=doc.zone_at(start),
            cue=Cue.STATED,
            rule="concepts/test.yml:1",
            value=value,
        )


def _value(concept: Concept, hit: re.Match[str]) -> str:
    if concept.slot is Slot.IDENTIFIER:
        year, number = hit["year"] or hit["year2"], hit["no"] or hit["no2"]
        return f"cn-mofcom:{year}:{number}"
    return concept.jurisdiction or concept.cue
