"""Web pages that list notices, in the layouts that ministries and newspapers use, and the items a person sees on each.

`TUNED` are those that the proposals of `sources add` were made with; `ASIDE` were written before and never looked at
while making them. Titles and addresses are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

_DAYS = tuple(date(2026, 1, day) for day in (16, 15, 14, 12, 9, 8, 7, 6))

EN = (
    "Controls on gallium exports take effect next month",
    "Licensing rules for machine tools amended",
    "Consultation opened on critical minerals stockpile",
    "Notice to exporters 2026/03: general licence revoked",
    "Anti-dumping duty on graphite electrodes extended",
    "Minister meets battery industry",
    "Guidance updated for end-use statements",
    "Quota for tungsten concentrates announced",
)
DE = (
    "Allgemeine Genehmigung Nr. 42 geändert",
    "Merkblatt zur Ausfuhr von Werkzeugmaschinen veröffentlicht",
    "Neue Meldepflicht für Seltene Erden",
    "Zollkontingente für Magnesium ausgeschöpft",
    "Embargo gegen Dritte: Übersicht der Länder",
    "Antragsverfahren für Halbleiter vereinfacht",
    "Bericht über Rüstungsexporte im Vorjahr",
    "Informationstag Exportkontrolle in Frankfurt",
)
NL = (
    "Vergunningplicht voor lithografiemachines aangepast",
    "Kabinet stuurt brief over kritieke grondstoffen",
    "Sanctieregeling gewijzigd per 1 februari",
    "Uitvoer van drones aan banden gelegd",
    "Consultatie over investeringstoets gestart",
    "Nieuwe lijst van producten voor tweeërlei gebruik",
    "Douane controleert strenger op omleiding",
    "Rapport over afhankelijkheid van zeldzame aardmetalen",
)
FR = (
    "Arrêté relatif au contrôle des exportations de biens à double usage",
    "Publication de la liste des matières critiques",
    "Avis aux opérateurs : licence générale modifiée",
    "Sanctions : gel des avoirs étendu à douze entités",
    "Droits antidumping sur le silicium prolongés",
    "Consultation sur le filtrage des investissements",
    "Rapport annuel sur les exportations d'armement",
    "Nouvelle procédure de demande en ligne",
)
ES = (
    "Orden sobre control de exportaciones de doble uso",
    "Convenio sobre minerales críticos con Chile",
    "Aviso a los exportadores de litio",
    "Se prorroga el arancel sobre el acero laminado",
    "Consulta pública del reglamento de inversiones",
    "El ministerio publica la lista de sanciones",
    "Resolución sobre licencias de cobre refinado",
    "Jornada informativa de comercio exterior",
)
ZH = (
    "商务部关于对镓、锗相关物项实施出口管制的公告",
    "关于调整部分稀土产品出口许可的通知",
    "商务部新闻发言人就有关问题答记者问",
    "关于对原产于日本的进口二氯二氢硅发起反倾销调查的公告",
    "2026年钨出口国营贸易企业名单公示",
    "关于石墨物项临时管制的公告",
    "不可靠实体清单工作机制公告",
    "关于发布两用物项目录的公告",
)
JA = (
    "輸出貿易管理令の一部を改正する政令が閣議決定されました",
    "半導体製造装置に関する通達を改正しました",
    "重要鉱物の備蓄に関する意見募集を開始します",
    "外国ユーザーリストを改正しました",
    "日オランダ間の経済安全保障対話を開催しました",
    "レアアース供給確保に関する支援事業を公募します",
    "安全保障貿易管理説明会のお知らせ",
    "特定輸出者の認定について",
)
KO = (
    "전략물자 수출입고시 일부개정 안내",
    "핵심광물 공급망 안정화 대책 발표",
    "반도체 장비 수출허가 기준 변경 공고",
    "희토류 비축 확대 방안 논의",
    "대외무역법 시행령 입법예고",
    "이차전지 소재 수입선 다변화 지원",
    "무역안보의 날 기념행사 개최",
    "통상교섭본부장 네덜란드 방문",
)
RU = (
    "О временном запрете на вывоз отдельных видов лома",
    "Изменён порядок лицензирования экспорта титана",
    "Утверждён перечень товаров двойного назначения",
    "Продлены квоты на вывоз минеральных удобрений",
    "Правительство обсудило поставки обогащённого урана",
    "Введены пошлины на вывоз вольфрама",
    "Разъяснения для участников внешней торговли",
    "О заседании межведомственной комиссии",
)
IT = (
    "Autorizzazione generale per prodotti a duplice uso",
    "Dazi antidumping sui magneti permanenti",
    "Avviso agli esportatori di macchine utensili",
    "Decreto sulle materie prime critiche",
    "Golden power: relazione al Parlamento",
    "Aggiornate le misure restrittive verso paesi terzi",
    "Nuova modulistica per le licenze",
    "Incontro con le imprese dei semiconduttori",
)
PL = (
    "Nowelizacja ustawy o obrocie towarami podwójnego zastosowania",
    "Konsultacje w sprawie surowców krytycznych",
    "Zmiana zasad wydawania zezwoleń na wywóz",
    "Cła antydumpingowe na węglik wolframu",
    "Komunikat dla eksporterów maszyn",
    "Przedłużono zakaz przywozu stali",
    "Szkolenie z kontroli eksportu",
    "Sprawozdanie z przeglądu inwestycji",
)
ID = (
    "Larangan ekspor bijih bauksit tetap berlaku",
    "Peraturan menteri tentang kuota ekspor konsentrat tembaga",
    "Pemerintah kaji pajak ekspor nikel",
    "Pengumuman hilirisasi mineral kritis",
    "Penetapan harga patokan ekspor timah",
    "Sosialisasi perizinan ekspor pasir silika",
    "Kerja sama rantai pasok baterai",
    "Evaluasi kebijakan ekspor mineral",
)
PT = (
    "Resolução altera tarifa de importação de ímãs",
    "Consulta pública sobre terras raras",
    "Portaria define licenças de exportação de nióbio",
    "Direito antidumping sobre grafite prorrogado",
    "Nota sobre minerais estratégicos",
    "Câmara de comércio exterior aprova cotas",
    "Relatório de defesa comercial publicado",
    "Seminário sobre controle de exportações",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page and what a person would have an alert bot take from it."""

    name: str
    url: str
    html: str
    items: tuple[tuple[str, str], ...]  # title and absolute address, in the order of the page
    dated: bool = True  # False: the date stands outside what one row holds


Row = Callable[[int, str, str, date], str]  # number, title, href, day -> markup


def listing(name: str, url: str, titles: Sequence[str], href: str, row: Row, page: str, **fields: object) -> Listing:
    """A page with `%s` where the rows go; `href` holds {n} and {d}."""
    hrefs = [href.format(n=1040 - n, d=day) for n, (day, _) in enumerate(zip(_DAYS, titles, strict=True))]
    rows = [row(n, title, href, day) for n, (title, href, day) in enumerate(zip(titles, hrefs, _DAYS, strict=True))]
    base = str(fields.get("base", url))
    return Listing(
        name=name,
        url=url,
        html=page.replace("%s", "\n".join(rows)),
        items=tuple((title, urljoin(base, href)) for title, href in zip(titles, hrefs, strict=True)),
        dated=bool(fields.get("dated", True)),
    )


def shell(lang: str, title: str, body: str, *, head: str = "") -> str:
    """A page with what stands around a list everywhere: menu, crumbs, sidebar, footer."""
    menu = "".join(
        f'<li class="menu-item"><a href="/{word}">{word.title()} and related matters</a></li>'
        for word in ("about", "topics", "publications", "legislation", "statistics", "events", "contact", "careers")
    )
    return f"""<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title>{head}</head><body>
<header class="site-header"><a href="/" class="logo"><img src="/logo.svg" alt="Home"></a>
<nav id="main-nav"><ul class="menu">{menu}</ul></nav></header>
<div class="breadcrumb"><a href="/">Home</a> &gt; <a href="/news">News and announcements</a></div>
{body}
<footer><ul><li><a href="/privacy">Privacy statement of this website</a></li><li><a href="/access">Accessibility
statement</a></li><li><a href="/cookies">About cookies on this site</a></li><li><a href="/sitemap">Sitemap</a></li></ul>
<p>Copyright 2026</p></footer></body></html>"""


def _english(day: date) -> str:
    return f"{day.day} January {day.year}"


_CHINESE_MINISTRY = listing(
    "chinese ministry, list with dates in brackets",
    "https://www.moftec.example.gov.cn/article/zcfb/index.html",
    ZH,
    "./202601/t{d:%Y%m%d}_{n}.html",
    lambda n, t, u, d: f'<li><a href="{u}" target="_blank" title="{t}">{t}</a><span>[{d}]</span></li>',
    shell("zh", "政策发布", '<div class="wrap"><div class="con"><ul class="txtList_01">%s</ul></div></div>'),
)
_KOREAN_TABLE = listing(
    "korean board, table with numbers",
    "https://www.motir.example.go.kr/kor/bbs/list.do?bbs_cd_n=81",
    KO,
    "/kor/bbs/view.do?bbs_seq_n={n}&bbs_cd_n=81",
    lambda n, t, u, d: (
        f'<tr><td>{900 - n}</td><td class="al"><a href="{u}">{t}</a></td><td>무역정책과</td>'
        f"<td>{d:%Y.%m.%d}</td><td>{n * 37 + 11}</td></tr>"
    ),
    shell(
        "ko",
        "보도자료",
        '<div id="contents"><table class="board"><thead><tr><th>번호</th><th>제목</th><th>부서</th><th>등록일</th>'
        '<th>조회</th></tr></thead><tbody>%s</tbody></table><div class="paging"><a href="?p=1">1</a>'
        '<a href="?p=2">2</a><a href="?p=3">3</a><a href="?p=2">다음 페이지로 이동</a></div></div>',
    ),
)
_CARDS = listing(
    "cards with picture, heading and date",
    "https://www.minerals.example.org/news",
    EN,
    "/news/{d:%Y/%m}/item-{n}",
    lambda n, t, u, d: (
        f'<div class="card col-{n % 3}"><a href="{u}"><img src="/i/{n}.jpg" alt=""></a><div class="card-body">'
        f'<h3 class="card-title"><a href="{u}">{t}</a></h3><p>Short text on the matter number {n}.</p>'
        f'<span class="date">{_english(d)}</span> <a class="tag" href="/tag/trade">Trade policy</a></div></div>'
    ),
    shell("en", "News", '<main><h1>News</h1><div class="grid">%s</div></main>'),
)
_DEFINITIONS = listing(
    "definition list, date in dt and link in dd",
    "https://www.ministry.example.go.jp/press/index.html",
    JA,
    "/press/2026/{n}.html",
    lambda n, t, u, d: f'<dt>{d.year}年{d.month}月{d.day}日</dt><dd><a href="{u}">{t}</a></dd>',
    shell("ja", "報道発表", '<div id="main"><h2>報道発表</h2><dl class="newsList">%s</dl></div>'),
    dated=False,
)
_NESTED = listing(
    "list in a list by years",
    "https://www.ausfuhramt.example.de/DE/Meldungen/meldungen_node.html",
    DE,
    "/SharedDocs/Meldungen/DE/2026/{n}.html",
    lambda n, t, u, d: f'<li><a href="{u}">{t}</a> ({d:%d.%m.%Y})</li>',
    shell(
        "de",
        "Meldungen",
        '<div class="content"><ul><li><strong>2026</strong><ul>%s</ul></li></ul></div>',
    ),
)
_DATE_CELL = listing(
    "table with the date in a cell of its own",
    "https://www.douane.example.gouv.fr/actualites",
    FR,
    "/actualites/avis-{n}",
    lambda n, t, u, d: f'<tr><td>{d:%d/%m/%Y}</td><td><a href="{u}">{t}</a></td></tr>',
    shell("fr", "Actualités", "<section><table><tr><th>Date</th><th>Objet</th></tr>%s</table></section>"),
)
_SHORTENED = listing(
    "titles cut short, whole in the title attribute",
    "http://www.example.gov.cn/zwgk/gongkai/",
    ZH,
    "content_{n}.htm",
    lambda n, t, u, d: (
        f'<div class="line{n % 2}"><span class="time">{d:%m-%d}</span><i>·</i>'
        f'<a href="{u}" title="{t}">{t[:12]}…</a><span class="year">{d:%Y-%m-%d}</span></div>'
    ),
    shell("zh", "政务公开", '<div class="right"><div class="tit">最新公开</div><div class="box">%s</div></div>'),
)
_DRUPAL = listing(
    "Drupal view",
    "https://www.example.nl/nieuws",
    NL,
    "/nieuws/bericht-{n}",
    lambda n, t, u, d: (
        f'<div class="views-row views-row-{n + 1} views-row-{"odd" if n % 2 else "even"}">'
        f'<div class="views-field views-field-created"><span class="field-content">{d:%d-%m-%Y}</span></div>'
        f'<div class="views-field views-field-title"><span class="field-content"><a href="{u}">{t}</a></span></div>'
        f'<div class="views-field views-field-view-node"><span class="field-content"><a href="{u}">Lees verder</a>'
        "</span></div></div>"
    ),
    shell(
        "nl",
        "Nieuws",
        '<div class="region region-content"><div class="view view-news view-id-news"><div class="view-content">%s</div>'
        '<ul class="pager"><li><a href="?page=1">Volgende pagina met berichten</a></li>'
        '<li><a href="?page=9">Laatste pagina met berichten</a></li></ul></div></div>',
    ),
)
_WORDPRESS = listing(
    "WordPress archive",
    "https://exportblog.example.com/category/controls/",
    EN,
    "https://exportblog.example.com/{d:%Y/%m}/p{n}/",
    lambda n, t, u, d: (
        f'<article id="post-{n}" class="post-{n} post type-post status-publish format-standard hentry category-c{n}">'
        f'<header class="entry-header"><h2 class="entry-title"><a href="{u}" rel="bookmark">{t}</a></h2>'
        f'<div class="entry-meta"><a href="{u}"><time class="entry-date published" datetime="{d}T08:30:00+00:00">'
        f'January {d.day}, {d.year}</time></a> by <a href="/author/j">J. Writer of the blog</a></div></header>'
        f'<div class="entry-summary"><p>Text {n} … <a href="{u}">Continue reading</a></p></div></article>'
    ),
    shell(
        "en",
        "Controls | Export blog",
        '<main id="main" class="site-main">%s</main><aside id="secondary" class="widget-area"><h2>Recent Comments</h2>'
        "<ul>" + "".join(f'<li><a href="/x/{n}">A reader on an older article {n}</a></li>' for n in range(6)) + "</ul>"
        "</aside>",
    ),
)
_TEASERS = listing(
    "whole teaser is the link",
    "https://www.zeitung.example.de/wirtschaft",
    DE,
    "/wirtschaft/artikel-{n}.html",
    lambda n, t, u, d: (
        f'<a class="teaser teaser--{n}" href="{u}"><img src="/b/{n}.webp" alt="Symbolbild">'
        f'<div class="teaser__date">{d:%d.%m.%Y}</div><h3 class="teaser__title">{t}</h3>'
        f'<p class="teaser__text">Worum es in Meldung {n} geht, in einem Satz.</p></a>'
    ),
    shell("de", "Wirtschaft", '<main><div class="teaser-list">%s</div></main>'),
)
_MEGA = "".join(
    f'<div class="mega"><h4>Section {s}</h4><ul>'
    + "".join(f'<li><a href="/s{s}/t{n}">Topic {n} of section {s} of the ministry</a></li>' for n in range(12))
    + "</ul></div>"
    for s in range(6)
)
_MENUS = listing(
    "many menus around a short list",
    "https://www.trade.example.gov/press",
    EN,
    "/press/{n}",
    lambda n, t, u, d: f'<li><span class="when">January {d.day}, {d.year}</span> <a href="{u}">{t}</a></li>',
    shell("en", "Press", f'<div class="menu-wrap">{_MEGA}</div><div class="page"><ul class="releases">%s</ul></div>'),
)
_PAGES = listing(
    "paragraphs with page numbers below",
    "https://comercio.example.es/es/notas",
    ES,
    "/es/notas/{n}-nota",
    lambda n, t, u, d: f'<p class="item"><a href="{u}">{t}</a><br><small>{d.day} de enero de {d.year}</small></p>',
    shell(
        "es",
        "Notas de prensa",
        '<div class="centro">%s<ul class="pagination">'
        + "".join(f'<li><a href="?pagina={n}">Página número {n} de notas</a></li>' for n in range(2, 14))
        + "</ul></div>",
    ),
)
_RELATIVE = listing(
    "relative links up and down",
    "https://minprom.example.ru/press/news/index.php",
    RU,
    "../../activity/{d:%Y}/detail.php?ID={n}",
    lambda n, t, u, d: (
        f'<div class="news-item"><div class="news-date-time">{d:%d.%m.%Y}</div><a href="{u}"><b>{t}</b></a>'
        f'<div class="preview">Подробности в сообщении {n}.</div></div>'
    ),
    shell("ru", "Новости", '<div class="workarea"><div class="news-list">%s</div></div>'),
)
_BASE = listing(
    "links against a base address",
    "https://www.example.it/commercio/it/avvisi/index.html",
    IT,
    "avvisi/{n}.html",
    lambda n, t, u, d: f'<li class="avviso"><h4>{d.day} gennaio {d.year}</h4><a href="{u}">{t}</a></li>',
    shell("it", "Avvisi", '<div id="corpo"><ol>%s</ol></div>', head='<base href="https://www.example.it/portale/">'),
    base="https://www.example.it/portale/",
)

TUNED = (
    _CHINESE_MINISTRY, _KOREAN_TABLE, _CARDS, _DEFINITIONS, _NESTED, _DATE_CELL, _SHORTENED, _DRUPAL, _WORDPRESS,
    _TEASERS, _MENUS, _PAGES, _RELATIVE, _BASE,
)  # fmt: skip

_DOCUMENT_LIST = listing(
    "document list with a list of attributes in every row",
    "https://www.gov.example.uk/search/news",
    EN,
    "/government/news/item-{n}",
    lambda n, t, u, d: (
        f'<li class="doc-list__item"><div class="doc-list__item-title"><a class="link" href="{u}">{t}</a></div>'
        f'<p class="doc-list__item-description">What notice {n} is about, in a line.</p><ul class="attributes">'
        f'<li>From: <a href="/org/trade">Department for Trade</a></li>'
        f'<li>Updated: <time datetime="{d}">{_english(d)}</time></li></ul></li>'
    ),
    shell("en", "News and communications", '<main><ul class="doc-list">%s</ul></main>'),
)
_READ_MORE = listing(
    "heading without link, and a button",
    "https://www.gov.example.pl/web/rozwoj/aktualnosci",
    PL,
    "/web/rozwoj/aktualnosci-{n}",
    lambda n, t, u, d: (
        f'<div class="news-box"><span class="event-date">{d:%d.%m.%Y}</span><h4>{t}</h4>'
        f'<p>Krótki opis komunikatu numer {n}.</p><a class="btn" href="{u}">Czytaj więcej</a></div>'
    ),
    shell("pl", "Aktualności", '<div class="article-area">%s</div>'),
)
_BARE = listing(
    "paragraphs without any class",
    "https://www.kemendag.example.go.id/berita",
    ID,
    "/berita/detail/{n}",
    lambda n, t, u, d: f'<p><b>{d:%d/%m/%Y}</b> - <a href="{u}">{t}</a></p>',
    shell("id", "Berita", '<div id="content"><h1>Berita</h1><p>Semua berita kementerian ada di sini.</p>%s</div>'),
)
_OLD_TABLES = listing(
    "layout tables and fonts of the nineties",
    "http://www.mdic.example.gov.br/noticias/default.aspx",
    PT,
    "Default.aspx?id={n}",
    lambda n, t, u, d: (
        f'<tr><td width="12"><img src="seta.gif"></td><td class="txt"><font size="2">{d:%d/%m/%Y}</font></td>'
        f'<td class="txt"><font size="2"><a href="{u}">{t}</a></font></td></tr>'
    ),
    shell(
        "pt",
        "Notícias",
        '<table width="780"><tr><td valign="top"><table><tr><td><a href="/institucional">Institucional e histórico</a>'
        '</td></tr><tr><td><a href="/ouvidoria">Ouvidoria do ministério</a></td></tr></table></td>'
        '<td><table cellpadding="2">%s</table></td></tr></table>',
    ),
)
_EACH_A_LIST = listing(
    "one definition list per notice",
    "https://www.keizai.example.go.jp/news/",
    JA,
    "/news/{d:%Y%m%d}{n}/index.html",
    lambda n, t, u, d: (
        f'<dl class="date_sp b-solid"><dt>{d.year}年{d.month}月{d.day}日</dt>'
        f'<dd class="txt_box"><a href="{u}" class="cut_txt">{t}</a></dd></dl>'
    ),
    shell("ja", "ニュース", '<div class="main"><div class="list"><h3>1月</h3>%s</div></div>'),
)
_UTILITY = listing(
    "utility classes only",
    "https://thinktank.example.org/publications",
    EN,
    "/publications/{n}",
    lambda n, t, u, d: (
        f'<li class="py-4 md:flex hover:bg-slate-50"><a class="text-lg md:w-3/4" href="{u}">'
        f'<span class="font-bold">{t}</span></a><div class="text-gray-500 mt-1">Jan {d.day}, {d.year}</div></li>'
    ),
    shell("en", "Publications", '<div class="mx-auto px-4"><ul role="list" class="divide-y">%s</ul></div>'),
)
_SIDE_LISTS = listing(
    "press releases beside events and what is read most",
    "https://www.example.go.kr/news/press",
    KO,
    "/news/press/{n}",
    lambda n, t, u, d: (
        f'<li><a href="{u}"><strong class="subject">{t}</strong><span class="date">{d:%Y-%m-%d}</span>'
        f'<span class="dept">공급망과</span></a></li>'
    ),
    shell(
        "ko",
        "보도자료",
        '<div class="events"><ul>'
        + "".join(f'<li><a href="/event/{n}">행사 안내 제{n}회 세미나</a><em>2026-02-0{n}</em></li>' for n in (1, 2, 3))
        + '</ul></div><div class="sub-content"><ul class="press">%s</ul></div><div class="best"><ol>'
        + "".join(f'<li><a href="/news/old/{n}">많이 본 보도자료 제목 {n}번</a></li>' for n in range(5))
        + "</ol></div>",
    ),
)

ASIDE = (_DOCUMENT_LIST, _READ_MORE, _BARE, _OLD_TABLES, _EACH_A_LIST, _UTILITY, _SIDE_LISTS)
