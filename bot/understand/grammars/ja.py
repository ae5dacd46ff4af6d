"""Japanese: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, groups, pairs, words

_STEPS = Steps(
    verb_final=True,
    imposes=words("""
        禁止する | 禁止し | 禁じ | 禁輸 | 規制する | 規制し | 制限する | 制限し | 義務付け | 義務づけ | 課す |
        課し | 課する | 導入する | 導入し | 強化する | 強化し | 厳格化 | 追加する | 追加し | 加える | 加えた |
        指定する | 指定し | 停止する | 停止し | を止め | 歯止め | 発動 | 適用する | 適用し | 施行 | 認めない |
        認めず | 引き上げ | 差し止め | 前倒し | 締め | 載せ | 求める | 改正 | 公布 | 開始 | 決め | 決定 |
        許可制に | 許可が必要 | 必要とする | 対象に | 不可に | 退け | 上げ
    """),
    suspends=words("""
        一時停止 | 停止 | 中断 | 凍結 | 見合わせ | 差し止め | 取りやめ | を止め | の停止 | 延期 | 先送り |
        猶予 | 見送り | 見送る | 見送っ | 棚上げ
    """),
    lifts=words("""
        解除 | 撤廃 | 撤回 | 取り消 | 廃止 | 終了 | 削除 | 除外 | 取り下げ | 解いた | 解く | 打ち切 | 剥奪 |
        外し | 外す
    """),
    expires=words("期限切れ | 失効 | 満了 | 期限を迎え | 期限が切れ"),
    eases=words("緩和 | 簡素化 | 免除 | 優遇 | 軽減"),
    extends=words("延長 | 継続 | 更新 | さらに3カ月 | さらに三カ月 | さらに1年 | 存続"),
    restores=words("再開 | 再発動 | 再適用 | 再導入 | 復活 | 再び適用"),
    raises=words("引き上げ | 増や | 拡大 | 増額"),
    lowers=words("引き下げ | 削減 | 減ら | 半減 | 縮小"),
    allows=words("""
        許可し | 許可する | 許可した | 許可を出 | 付与 | 発給 | 承認 | 認める | 認めた | 容認 | を許可 |
        を再び許可 | を再許可 | 解禁 | 許可を付与 | 許可を発給 | 許可が下り
    """),
    refuses=words("却下 | 拒否 | 不許可 | 許可しない | 認めない | 差し戻"),
    frees=words("""
        許可が不要 | 許可不要に | 許可を不要 | 許可なしで | 再び輸出でき | 輸出できるように | ホワイト国に復帰 |
        グループaに戻 | 再指定 | 対象から除外 | 適用除外 | リストから除外 | リストから削除 | 規制対象から外 |
        輸出を解禁 | 輸出解禁
    """),
    forbids=words("""
        認めない | 認めず | 持ち出し不可 | 国外に出せ | 輸出できな | 許可なく輸出 | 認められない
    """),
    trade=words("輸出 | 出荷 | 供給 | 積み出し | 持ち出し | 販売 | 納入"),
    controls=words("""
        輸出規制 | 輸出管理 | 輸出制限 | 輸出禁止 | 禁輸 | 規制 | 管理 | 制限 | 禁止 | 関税 | 割り当て | 枠 |
        制裁 | 措置 | 義務 | 統制 | 検査 | リスト | 課税 | 審査 | 調査 | 輸出税 | 許可要件 | 許可義務 | 許可制
    """),
    permits=words("許可証 | 輸出許可 | 許可 | 承認 | ライセンス | 免許"),
    quotas=words("輸出枠 | 割り当て | 割当"),
    reliefs=words("""
        除外措置 | 特例 | 例外 | 休戦 | 猶予期間 | 一般許可 | 包括許可 | 優遇国 | ホワイト国 | 適用除外
    """),
    drafts=words("法案 | 改正案 | 草案 | 原案 | 条項 | 案を | 計画"),
    fresh=words("新た | 新しい | 追加 | 初の | さらなる | 一段の | 厳しい"),
)

_ROLES = Roles(
    joins=words("、 | と | や | 及び | および | ・ | , | ならびに"),
    target_before=words("対"),
    target_after=words("""
        向け | への | に対する | に対し | へ | を | に輸出 | に向け | 側への | にあるエンド | の軍 | の企業 |
        企業 | 企 | 系
    """),
    source_before=(),
    source_after=words("からの"),
    made_after=words("産 | 製 | を原産地 | 原産"),
    home="JP",
    agent_before=(),
    agent_after=words("による | により | によると | の発表 | が発表"),
    subject_after=words("""
        は | が | も | 、 | , | の閣議 | では | 側は | ・ | の規制当局 | の当局
    """),
    place_before=(),
    owner_before=(),
    acts=words("""
        決定 | 措置 | 発表 | 方針 | 動き | 対応 | 法 | 政令 | 規制 | 管理 | 公告 | 告示 | 禁輸 | 当局 | 税関
    """),
    parties=words("""
        企業 | 軍 | 社 | メーカー | 産業 | 顧客 | ユーザー | 需要家 | 系 | 資本 | 団体 | 研究所 | 大学
    """),
    persons=words("""
        相 | 大臣 | 首相 | 大統領 | 報道官 | 官房長官 | 長官 | 省 | 政府 | 当局 | 局長 | 外相 | 議会 | 国会 | 庁
    """),
    reacts=words("""
        非難 | 抗議 | 批判 | 反発 | 懸念 | 遺憾 | 撤回を求め | 強く求め | 対抗 | 警戒 | 申し入れ | 歓迎 | 反論 |
        困惑
    """),
    demands=words("""
        を求める声 | よう要望 | 提言 | 要望書 | べきだ | すべき | を訴え | よう訴え
    """),
    target_forms=pairs("""
        対日=JP | 対ロシア=RU | 対中国=CN | 対北朝鮮=KP | 対イラン=IR | 対EU=EU | 対中=CN | 対華=CN | 対米=US |
        対韓=KR | 対露=RU | 対ロ=RU | 対欧=EU | 対台=TW | 対印=IN | 対独=DE | 対豪=AU | 訪中=CN | 中国系=CN |
        中国資本=CN | 日系=JP | 日本企業=JP | 中国企業=CN | 米企業=US | 韓国企業=KR
    """),
    actor_forms=pairs("""
        米=US | 独=DE | 英=GB | 仏=FR | 露=RU | 豪=AU | 印=IN | 伊=IT | 蘭=NL | 加=CA | 中=CN | 韓=KR | 台=TW |
        欧州委=EU
    """),
    object_before=(),
    object_after=words("の輸出 | 輸出 | の国外持ち出し | の出荷 | の対中輸出 | の対日輸出"),
    object_stops=words("""
        は | が | を | に | で | と | へ | から | より | も | の | 、 | , | 「 | 」
    """),
    vague=words("""
        品目 | 製品 | 物資 | 技術 | 原料 | 全て | すべて | 一部 | 重要 | 戦略 | 関連 | 同国 | 自国 | 国内 |
        海外 | 日本 | 中国 | 企業 | 今後 | 月 | 年 | 日 | 金属 | 鉱物 | 資源 | 部品 | 材料 | 機器 | 装置 |
        向け | 対 | 全面 | 民間 | 軍事
    """),
)

_TELLING = Telling(
    now=words("""
        本日 | 今日 | きょう | 即日 | 明らかにした | 発表した | このほど | 今週 | 今月 | 昨日 | きのう | 現在 |
        新たに | 同日 | 告示した
    """),
    past=words("""
        昨年 | 去年 | 前年 | 当時 | かつて | 過去に | 数年前 | 年前に | 年前の | 以前 | これまで | 先立つ |
        振り返 | その後 | から一週間 | から1年 | から10年 | 尖閣 | 春の経験
    """),
    anterior=words("していた | されていた | ていた"),
    modal=words("""
        可能性 | かもしれない | 検討 | 恐れ | おそれ | 見通し | 模索 | 視野 | 構え | ちらつかせ | 示唆
    """),
    future=words("方針 | 予定 | 来月 | 来年 | 今後"),
    hypothetical=words("もしも | 仮に | と仮定 | 机上演習 | 想定し"),
    negates=words("""
        ではない | ではなく | でない | していない | しない方針 | はしない | する考えはない | 検討もしていない |
        予定はない | 事実はない | しておらず | には当たらない
    """),
    exempts=words("""
        対象外 | を除 | 適用されない | 影響を受けない | 影響はない | 影響しない | 含まれない | 対象としない |
        妨げない | 引き続き認め
    """),
    breaks=words("一方 | ものの | ため、 | ほか、 | 一方で | に加え、"),
    prohibits=words("禁止されている | 認められない | 禁止となる"),
)

_CALENDAR = Calendar(
    months=(),
    weekdays=groups("月曜; 火曜; 水曜; 木曜; 金曜; 土曜; 日曜"),
    eras=(("令和", 2018), ("平成", 1988), ("昭和", 1925)),
    today=words("本日 | 今日 | きょう | 同日"),
    tomorrow=words("明日 | あす | 翌日"),
    yesterday=words("昨日 | きのう | 昨夜"),
    next_day=words("公布の日の翌日"),
    next_month=(),
    next_year=words("来年 | 翌年"),
    this_year=words("今年 | ことし"),
    last_year=words("昨年 | 去年 | 前年"),
    at_once=words("""
        即日 | 直ちに | ただちに | 同日付で | 同日から | 本日から | 公布の日から
    """),
    from_before=words("施行期日は | 施行日は | 発効日は | 実施日は | 適用日は"),
    from_after=words("""
        から | より | 以降 | 付で | 付け | に施行 | に発効 | の輸入分から | 施行 | に実施 | 実施 | に適用 |
        に導入 | をもって
    """),
    until_before=words("期限は"),
    until_after=words("まで | を期限 | までの間"),
    begun=words("施行済み | 発効した | 施行された | 施行した | 適用を始めた"),
    since=words("以来"),
)

GRAMMAR: Grammar = Grammar(spaced=False, steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
