"""Chinese in simplified characters: matched as characters; common words keep terms out of their middle."""

from __future__ import annotations

from bot.understand.grammars.zh_hans import GRAMMAR
from bot.understand.languages._language import Language, listed

LANGUAGE: Language = Language(
    name="zh-Hans",
    spacy="zh",
    grammar=GRAMMAR,
    cjk=True,
    conjunctions=listed("和 及 与 或"),
    words_across=listed("""
        模拟 虚拟 比拟 拟合 拟人 拟态 拟声 集中 其中 手中 空中 心中 途中 高中 初中 之中 当中 眼中 水中 中心 中央
        中间 中午 中学 中小 中等 中期 中部 中介 完美 优美 精美 赞美 唯美 甜美 欧美 南美 北美 拉美 美术 美丽 美好
        美食 美容 今日 近日 往日 昨日 明日 每日 平日 节日 生日 假日 日常 日益 日渐 日后 部分 部门 部队 一起 发起
        引起 提起 掀起 对不起 起来 合法 方案 方法 方式 方面 方便 方向 方针 银行 银河 银幕 银川 白银市 水银 银监
        银保监 银杏 银发 银联 无锡 锡林 锡伯 锡山 锡安 铜陵 铜仁 铜川 铜锣 铜梁 铜像 硅谷 硅胶 铅笔 铅球 钛媒体 钛度
        钛动 锂业 钨业 钼业 镍业 锡业 铜业 铝业 锌业 稀土业 石墨烯 石墨文档 铝箔 甚至 至少 至今 截至 输出口 排出口
        溢出口 喷出口 疏散出口
    """),
)
