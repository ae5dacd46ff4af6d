"""Simplified Chinese: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, groups, pairs, words

_STEPS = Steps(
    imposes=words("""
        禁止 | 限制 | 实施 | 实行 | 列入 | 纳入 | 加征 | 征收 | 收紧 | 加强 | 加严 | 叫停 | 停止 | 暂停 | 不得 |
        不准 | 公布 | 发布 | 出台 | 宣布 | 扩大 | 移入 | 新增 | 课征 | 设限 | 收取 | 一律 | 动用 | 追加 | 严禁 |
        关闸 | 上锁 | 补充实施
    """),
    suspends=words("""
        暂停 | 中止 | 停止 | 暂缓 | 叫停 | 冻结 | 推迟 | 延后 | 搁置 | 中断 | 延期
    """),
    lifts=words("""
        解除 | 取消 | 撤销 | 撤回 | 废止 | 删去 | 删除 | 移出 | 终止 | 结束 | 吊销 | 收回 | 拿掉 | 移除 | 解禁 |
        松绑 | 推翻 | 作废 | 裁定违法 | 判定违法 | 喊卡 | 收回成命 | 让步
    """),
    expires=words("到期 | 失效 | 届满 | 期满 | 截止"),
    eases=words("放宽 | 放松 | 豁免 | 简化 | 便利化 | 松动 | 减免"),
    extends=words("""
        延长 | 续期 | 再续 | 顺延 | 展期 | 继续实施 | 继续执行 | 续签 | 再延 | 继续有效 | 继续暂停
    """),
    restores=words("恢复 | 重启 | 重新实施 | 重新列 | 再度实施 | 重回"),
    raises=words("提高 | 上调 | 增加 | 加倍 | 追加 | 增发 | 上浮"),
    lowers=words("""
        降低 | 下调 | 削减 | 减少 | 减半 | 缩减 | 归零 | 降至零 | 降为零 | 调降 | 减征
    """),
    allows=words("批准 | 颁发 | 发放 | 核发 | 签发 | 允许 | 准许 | 放行 | 予以许可"),
    refuses=words("拒绝 | 不予 | 拒发 | 驳回 | 不批"),
    frees=words("""
        无需许可 | 无需申请 | 不再需要许可 | 不再要求许可 | 免于许可 | 即刻撤回 | 恢复对华供货 | 重回日本 |
        移出 .. 清单 | 移出实体清单 | 移出清单 | 移出名单 | 移出管控名单 | 获准出口 | 解禁 | 重新放行 |
        无须许可 | 无需逐案 | 免许可 | 免税进口 | 零关税 | 无需再申请 | 可继续供货
    """),
    forbids=words("""
        不得出口 | 不准运往 | 不得运出 | 不准走 | 不得出境 | 不卖给 | 禁止运往 | 先拿证 | 不再卖给 |
        未经许可不得
    """),
    trade=words("""
        出口 | 供应 | 供货 | 发货 | 出境 | 运往 | 销售 | 运出 | 放货 | 外销 | 输出
    """),
    controls=words("""
        出口管制 | 管制 | 管控 | 禁令 | 禁运 | 限制 | 禁止 | 配额 | 关税 | 出口税 | 税 | 制裁 | 措施 | 清单 |
        名单 | 许可管理 | 审查 | 调查 | 反倾销 | 规定 | 要求 | 条款 | 公告 | 不得 | 不准 | 不予 | 许可要求 |
        许可制度 | 许可规定
    """),
    permits=words("出口许可证 | 出口许可 | 许可证 | 许可 | 审批 | 批件 | 准证"),
    quotas=words("配额 | 总量"),
    reliefs=words("豁免 | 例外 | 休战 | 通用许可 | 一般许可 | 白名单 | 宽限期 | 便利措施"),
    drafts=words("草案 | 法案 | 议案 | 提案 | 征求意见稿 | 条款 | 计划 | 版本"),
    fresh=words("新 | 新增 | 补充 | 进一步 | 首次 | 加码 | 临时 | 全面"),
)

_ROLES = Roles(
    fillers=words("包括 | 所有 | 部分 | 某些 | 境外"),
    joins=words("、 | 和 | 与 | 及 | 以及 | ,"),
    target_before=words("""
        对 | 把 | 将 | 向 | 针对 | 输往 | 运往 | 出口到 | 出口至 | 销往 | 出口给 | 卖给 | 流向 | 供给 | 发往 |
        制裁 | 应对
    """),
    no_target=words("反对 | 应对 | 绝对 | 面对 | 相对 | 比对 | 针对性 | 方向 | 一向"),
    target_after=words("""
        军事用户 | 企业 | 实体 | 用户 | 公司 | 军方 | 客户 | 方面的企业 | 商社
    """),
    source_before=words("原产于 | 来自 | 产自 | 自"),
    made_after=words("产 | 制造 | 造"),
    home="CN",
    agent_before=words("由 | 被 | 据 | 经"),
    agent_after=(),
    subject_after=words("""
        周 | 宣布 | 决定 | 将 | 拟 | 称 | 表示 | 发布 | : | , | 方面 | 官员 | 正 | 或
    """),
    place_before=words("在"),
    owner_before=(),
    acts=words("""
        决定 | 措施 | 公告 | 举措 | 做法 | 政策 | 法令 | 规定 | 声明 | 管制 | 禁令 | 海关 | 当局
    """),
    parties=words("""
        企业 | 公司 | 军 | 军事用户 | 军方 | 实体 | 用户 | 客户 | 机构 | 厂商 | 买家 | 资本 | 股东 | 车企
    """),
    persons=words("""
        部长 | 总统 | 首相 | 发言人 | 政府 | 内阁 | 部 | 海关 | 官员 | 议会 | 国会 | 部门 | 局 | 委员会 | 大臣 |
        当局
    """),
    about=("就", "对", "针对", "因"),
    reacts=words("""
        谴责 | 抗议 | 批评 | 抨击 | 反对 | 担忧 | 担心 | 敦促 | 要求撤销 | 呼吁 | 交涉 | 回应 | 反制 | 遗憾 |
        不满 | 强烈反对 | 坚决反对 | 欢迎
    """),
    demands=words("呼吁 | 建议 | 应当 | 应设 | 敦促 | 主张 | 提议设"),
    target_forms=pairs("""
        对华=CN | 对日=JP | 对美=US | 对俄=RU | 对韩=KR | 对欧=EU | 对台=TW | 对印=IN | 对中国=CN | 中企=CN |
        日企=JP | 美企=US | 韩企=KR | 台企=TW | 俄企=RU | 输华=CN | 赴华=CN | 输美=US | 输日=JP | 在华=CN |
        涉日=JP | 涉华=CN | 涉俄=RU
    """),
    actor_forms=pairs("""
        美=US | 日=JP | 中=CN | 韩=KR | 欧=EU | 俄=RU | 英=GB | 德=DE | 法=FR | 印=IN | 荷=NL | 澳=AU
    """),
    object_before=words("对 | 禁止 | 限制 | 暂停 | 停止"),
    object_after=words("出口 | 实施出口管制 | 实施管制"),
    object_stops=words("""
        实施 | 出口 | 的 | 和 | 及 | 与 | 等 | 在 | 向 | 对 | , | 、 | 。 | 将 | 进行
    """),
    vague=words("""
        物项 | 产品 | 货物 | 商品 | 技术 | 原料 | 材料 | 相关 | 有关 | 上述 | 下列 | 以下 | 部分 | 所有 | 一些 |
        关键 | 战略 | 矿产 | 企业 | 国家 | 我国 | 中国 | 美国 | 日本 | 其 | 该 | 这些 | 外 | 民用 | 军事 |
        两用 | 设备
    """),
)

_TELLING = Telling(
    now=words("""
        今天 | 今日 | 即日起 | 昨天 | 昨晚 | 昨日 | 近日 | 日前 | 本周 | 本月 | 周一 | 周二 | 周三 | 周四 |
        周五 | 周六 | 周日 | 目前 | 现 | 刚刚 | 日宣布 | 日决定 | 日公布
    """),
    past=words("""
        去年 | 此前 | 早在 | 早前 | 先前 | 曾经 | 曾 | 当年 | 多年前 | 年前 | 过去 | 前年 | 历史上 | 一度 |
        回顾 | 以来 | 后来
    """),
    anterior=(),
    modal=words("""
        或将 | 可能 | 考虑 | 拟 | 酝酿 | 研究 | 不排除 | 恐 | 正讨论 | 正在讨论 | 准备 | 计划
    """),
    hypothetical=words("如果 | 假如 | 假设 | 推演 | 万一 | 一旦"),
    negates=words("""
        不再 | 并非 | 不是 | 没有 | 并未 | 未 | 不会 | 并不 | 无意 | 绝非 | 不等于 | 并不意味着 | 所谓
    """),
    exempts=words("""
        不受影响 | 除外 | 不适用 | 不涉及 | 不在此限 | 不影响 | 不受限制 | 照常 | 不包括 | 不在此列 | 豁免 |
        免征
    """),
    breaks=words("但 | 同时 | 不过 | 而 | 此外 | 并考虑"),
    prohibits=words("不得 | 不准 | 不予 | 严禁"),
)

_CALENDAR = Calendar(
    months=(),
    weekdays=groups("""
        周一 | 星期一 | 礼拜一; 周二 | 星期二; 周三 | 星期三; 周四 | 星期四; 周五 | 星期五; 周六 | 星期六;
        周日 | 星期日 | 星期天
    """),
    today=words("今天 | 今日 | 当天 | 当日 | 同日"),
    tomorrow=words("明天 | 明日 | 次日"),
    yesterday=words("昨天 | 昨日 | 昨晚"),
    next_day=words("公布次日"),
    next_year=words("明年"),
    this_year=words("今年"),
    last_year=words("去年"),
    at_once=words("""
        即日起 | 即时 | 立即 | 即刻 | 自公布之日起 | 自发布之日起 | 当日起 | 同日起
    """),
    from_before=words("自 | 从"),
    from_after=words("起 | 开始 | 生效 | 施行 | 实施 | 执行 | 零时起 | 以后"),
    until_before=words("至 | 到 | 截至 | 直至 | 延长至 | 有效期至 | 期限至"),
    until_after=words("止 | 为止 | 之前 | 前"),
    begun=words("已经生效 | 已生效 | 已施行 | 已正式实施 | 已实施"),
    since=(),
)

GRAMMAR: Grammar = Grammar(spaced=False, steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
