"""Russian names of states and their seats in each case, which tells who acts on whom."""

from __future__ import annotations

# Names of actors by their declension; from these the cases are made that tell who acts on whom.
_MASCULINE = "Китай Вьетнам Иран Ирак Казахстан Кыргызстан Узбекистан Таджикистан Азербайджан Пакистан Тайвань Нигер"
_MASCULINE += (
    " Египет Судан Израиль Катар Евросоюз Пекин Вашингтон Лондон Брюссель Берлин Париж Минск Киев Сеул Тегеран"
)
_MASCULINE += " Минторг Белый-дом Кремль Ташкент Бишкек Габон Мадагаскар Непал Бангладеш Таиланд Афганистан"
_FEMININE = "Япония Россия Индия Индонезия Малайзия Австралия Бразилия Боливия Германия Франция Италия Испания Британия"
_FEMININE += (
    " Великобритания Швейцария Швеция Норвегия Финляндия Турция Греция Бельгия Австрия Венгрия Румыния Болгария"
)
_FEMININE += " Сербия Хорватия Словакия Словения Эстония Латвия Белоруссия Армения Грузия Киргизия Монголия Танзания"
_FEMININE += " Нигерия Намибия Замбия Ливия Сирия Аргентина Украина Литва Польша Чехия Дания Голландия Канада Мексика"
_FEMININE += " Мьянма Камбоджа Ангола Руанда Гвинея Корея Гана Гренландия Джакарта Москва Варшава Гаага Астана Анкара"
_FEMININE += " Еврокомиссия Оттава Киншаса Саудовская-Аравия Колумбия Венесуэла Куба Прага Вена Поднебесная Молдавия"
_OTHER = (
    "США ЕС КНР РФ ЮАР ОАЭ ДРК КНДР ФРГ РК РБ Конго Перу Чили Зимбабве Малави Мали Бурунди Марокко Токио Хараре Того"
)
_OTHER += " Лаос-а Дели"


def cases() -> dict[str, tuple[str, ...]]:
    """Names in each case, by declension."""
    nominative: list[str] = []
    genitive: list[str] = []
    dative: list[str] = []
    instrumental: list[str] = []
    locative: list[str] = []
    for name in _MASCULINE.split():
        plain = name.replace("-", " ")
        soft = plain[-1] in "йь"
        stem = {"Египет": "Египт", "Белый дом": "Белому дом"}.get(plain, plain[:-1] if soft else plain)
        nominative.append(plain)
        genitive.append(stem + ("я" if soft else "а"))
        dative.append(stem + ("ю" if soft else "у"))
        instrumental.append(stem + ("ем" if soft else "ом"))
        locative.append(stem + "е")
    for name in _FEMININE.split():
        plain = name.replace("-", " ")
        if plain in {"Поднебесная", "Саудовская Аравия"}:
            continue
        stem, last = plain[:-1], plain[-1]
        iotated = plain.endswith("ия")
        nominative.append(plain)
        genitive.append(stem + ("и" if last == "я" or stem[-1] in "гкхжшч" else "ы"))
        dative.append(stem + ("и" if iotated else "е"))
        instrumental.append(stem + ("ей" if last == "я" or stem[-1] in "жшч" else "ой"))
        locative.append(stem + ("и" if iotated else "е"))
    nominative += ["Нидерланды", "Филиппины", "Эмираты", "Соединённые Штаты", "Штаты", "Поднебесная", "Лаос"]
    genitive += ["Нидерландов", "Филиппин", "Эмиратов", "Соединённых Штатов", "Штатов", "Поднебесной", "Лаоса"]
    genitive += ["Белого дома", "Европейского союза", "Саудовской Аравии", "Республики Корея", "Чехии"]
    dative += ["Нидерландам", "Филиппинам", "Эмиратам", "Соединённым Штатам", "Штатам", "китайцам", "американцам"]
    dative += ["японцам", "россиянам", "европейцам", "Саудовской Аравии"]
    instrumental += ["Нидерландами", "Филиппинами", "Эмиратами", "Соединёнными Штатами", "Штатами", "Белым домом"]
    locative += ["Нидерландах", "Филиппинах", "Эмиратах", "Соединённых Штатах", "Штатах", "Поднебесной", "Лаосе"]
    locative += ["Саудовской Аравии", "Европейском союзе", "Республике Корея", "Белом доме"]
    caseless = [name for name in _OTHER.split() if "-" not in name]
    # A feminine dative that is written like the genitive tells nothing.
    dative = [name for name in dative if name not in set(genitive)]

    return {
        "nominatives": (*nominative, *caseless),
        "genitives": (*genitive, *caseless),
        "datives": tuple(dative),
        "instrumentals": tuple(instrumental),
        "locatives": tuple(locative),
        "caseless": tuple(caseless),
    }
