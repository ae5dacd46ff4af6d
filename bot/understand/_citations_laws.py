"""Know laws on trade in strategic goods by their names, and the article where one follows.

To cite a law is no step: these keys say what a text stands on, and never which notice it tells of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.understand._shape import Found, Page, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """Laws of one state."""

    kind: str
    article: str  # how an article follows the name
    names: str  # lines of `key = name | name`
    inner: bool = False  # names stand inside words of a script without spaces

    def table(self) -> dict[str, str]:
        """Keys by folded name."""
        rows = (line.partition("=") for line in self.names.strip().splitlines())
        return {name.strip(): key.strip() for key, _, names in rows for name in names.split("|")}


_ARTICLE_ZH = r"》?第 ?(?P<n>\d{1,3}) ?[条條](?:之(?P<s>\d))?"

LAWS: tuple[Laws, ...] = (
    Laws(
        kind="cn-law",
        article=_ARTICLE_ZH,
        inner=True,
        names="""
            cn-export-control-law = 出口管制法
            cn-dual-use-regulations = 两用物项出口管制条例 | 兩用物項出口管制條例
            cn-anti-sanctions-law = 反外国制裁法 | 反外國制裁法
            cn-foreign-trade-law = 对外贸易法 | 對外貿易法
            cn-rare-earth-regulations = 稀土管理条例 | 稀土管理條例
            cn-unreliable-entity-rules = 不可靠实体清单规定 | 不可靠實體清單規定
            cn-dual-use-licence-rules = 两用物项出口许可证管理办法 | 两用物项和技术进出口许可证管理办法
            cn-blocking-rules = 阻断外国法律与措施不当域外适用办法 | 阻断办法
            cn-technology-catalogue = 中国禁止出口限制出口技术目录 | 禁止出口限制出口技术目录
            cn-rare-earth-quota-rules = 稀土开采和稀土冶炼分离总量调控管理暂行办法
            cn-rare-earth-tracing-rules = 稀土产品信息追溯管理
            cn-mineral-law = 矿产资源法
            cn-customs-law = 海关法
            cn-goods-trade-regulations = 货物进出口管理条例
            cn-anti-dumping-regulations = 反倾销条例
        """,
    ),
    Laws(
        kind="tw-law",
        article=_ARTICLE_ZH,
        inner=True,
        names="""
            tw-trade-act = 貿易法
            tw-shtc = 戰略性高科技貨品
            tw-shtc-rules = 戰略性高科技貨品輸出入管理辦法
            tw-shtc-entity-list = 戰略性高科技貨品出口實體管理名單
            tw-shtc-list = 軍商兩用貨品及技術出口管制清單 | 戰略性高科技貨品種類、特定戰略性高科技貨品種類
            tw-military-list = 一般軍用貨品清單
            tw-sensitive-list = 輸往敏感國家特別管制品項
            tw-national-security-act = 國家安全法
            tw-industry-act = 產業創新條例
        """,
    ),
    Laws(
        kind="kr-law",
        article=r" ?제 ?(?P<n>\d{1,3}) ?조(?:의 ?(?P<s>\d))?",
        inner=True,
        names="""
            kr-foreign-trade-act = 대외무역법
            kr-foreign-trade-decree = 대외무역법 시행령 | 대외무역법시행령
            kr-strategic-goods-notice = 전략물자 수출입고시 | 전략물자수출입고시 | 전략물자 수출입 고시
            kr-foreign-exchange-act = 외국환거래법
            kr-technology-protection-act = 산업기술보호법 | 산업기술의 유출방지 및 보호에 관한 법률
            kr-resource-security-act = 국가자원안보 특별법 | 국가자원안보특별법 | 자원안보특별법
            kr-supply-chain-act = 공급망안정화법 | 공급망 안정화법 | 공급망안정법 | 경제안보 공급망법
            kr-strategic-industry-act = 국가첨단전략산업법
            kr-materials-act = 소재부품장비산업법 | 소부장특별법
        """,
    ),
    Laws(
        kind="jp-law",
        article=r"第(?P<n>\d{1,3})条",
        inner=True,
        names="""
            jp-exporter-standards = 輸出者等遵守基準
            jp-deemed-exports = みなし輸出管理
            jp-services-circular = 役務通達
            jp-operating-circular = 運用通達
            jp-secrets-act = 重要経済安保情報保護活用法
        """,
    ),
    Laws(
        kind="us-law",
        article=r",? (?:§{1,2}|section) ?(?P<n>\d{1,4})",
        names="""
            us-ecra = export control reform act
            us-aeca = arms export control act
            us-ieepa = international emergency economic powers act
            us-ear = export administration regulations
            us-itar = international traffic in arms regulations
        """,
    ),
    Laws(
        kind="uk-law",
        article=r"(?:,? (?:article|section) ?(?P<n>\d{1,3}))",
        names="""
            uk-export-control-act = export control act 2002
            uk-export-control-order = export control order 2008
        """,
    ),
    Laws(
        kind="in-law",
        article=r",? (?:section) ?(?P<n>\d{1,3})",
        names="""
            in-foreign-trade-act = foreign trade (development and regulation) act
            in-minerals-act = mines and minerals (development and regulation) act
            in-scomet = scomet list
        """,
    ),
    Laws(
        kind="ch-law",
        article=r",? (?:art\.|artikel|article) ?(?P<n>\d{1,3})",
        names="""
            ch-goods-control-act = güterkontrollgesetz | loi sur le contrôle des biens
            ch-goods-control-ordinance = güterkontrollverordnung | ordonnance sur le contrôle des biens
            ch-embargo-act = embargogesetz | loi sur les embargos
        """,
    ),
    Laws(
        kind="de-law",
        article=r" § ?(?P<n>\d{1,3})",
        names="de-war-weapons-act = kriegswaffenkontrollgesetz | krwaffkontrg",
    ),
    Laws(
        kind="pl-law",
        article=r" art\. ?(?P<n>\d{1,3})",
        names="""
            pl-strategic-trade-act = o obrocie z zagranicą towarami, technologiami i usługami o znaczeniu strategicznym
        """,
    ),
)


def _shape(laws: Laws) -> Shape:
    table = laws.table()
    article = re.compile(laws.article)

    def read(page: Page, start: int, end: int) -> Iterator[Found]:
        key = table[page.folded[start:end]]
        found = article.match(page.folded, end)
        if found is None or not found["n"]:
            yield Found(start, end, laws.kind, key)
            return
        inserted = found.groupdict().get("s")
        number = f"{int(found['n'])}{'-' + inserted if inserted else ''}"
        yield Found(start, found.end(), laws.kind, f"{key}:{number}")

    return Shape(tuple(table), read, whole_word=not laws.inner)


SHAPES: tuple[Shape, ...] = tuple(_shape(laws) for laws in LAWS)
KINDS = frozenset(laws.kind for laws in LAWS)
