"""Chinese in traditional characters, as Taiwan and Hong Kong write it: matched as characters."""

from __future__ import annotations

from bot.understand.grammars.zh_hant import GRAMMAR
from bot.understand.languages._language import Language, listed

LANGUAGE: Language = Language(
    name="zh-Hant",
    spacy="zh",
    grammar=GRAMMAR,
    cjk=True,
    conjunctions=listed("和 及 與 或 暨"),
    words_across=listed("""
        模擬 虛擬 比擬 擬合 擬人 擬態 擬真 集中 其中 手中 空中 心中 途中 高中 國中 初中 之中 當中 眼中 水中 中心
        中央 中間 中午 中學 中小 中等 中期 中部 中介 中環 台中 臺中 中山 中正 中和 中華電信 完美 優美 精美 讚美 唯美
        甜美 歐美 南美 北美 拉美 美術 美麗 美好 美食 美容 美髮 今日 近日 往日 昨日 明日 每日 平日 節日 生日 假日
        日常 日益 日漸 日後 日前 日間 部分 部門 部隊 一起 發起 引起 提起 掀起 對不起 起來 合法 方案 方法 方式 方面
        方便 方向 方針 集中方案 銀行 銀河 銀幕 銀髮 銀牌 銀色 水銀 銀杏 銀座 銅像 銅牌 銅鑼 銅板 鉛筆 鉛球 無錫 錫安
        錫箔 錫口 鋁箔 鋁框 鋅片 鈦框 鈦媒體 鎢絲燈 石墨烯 鐵鋁罐 鈷藍 鉻黃 鎘紅 甚至 至少 至今 截至 馬達加斯加
        輸出口 排出口 交流道出口 北上出口 南下出口 溢出口 噴出口 疏散出口 鉅亨 鉅額 鉅子 鉅作 鉅變 洋芋片 晶片卡
        寵物晶片 晶片護照 晶片金融卡 轉運站 轉運中心 開運轉運 預告片 集電弓 滴水不漏 滬深 亞洲盃 印度洋 海關大樓
        關稅總局長 出口成章 出口調查 貿協 反對 絕對 面對 相對 星期日 日光 日月潭 日語 日文 中文 英文 德文 法文 英語
        韓語 法語 韓服 韓式 韓流 日式 美式 法式 德州 美濃 美妝 俄亥俄 加州 印刷 印象 台積 華南銀行 歐元 美元 日圓
        日元 英鎊 韓元
    """),
)
