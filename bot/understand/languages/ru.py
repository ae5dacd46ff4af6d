"""Russian: endings of nouns, adjectives and regular verbs, ё written as е, and sentence ends."""

from __future__ import annotations

from bot.understand.grammars.ru import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

# Read in lower case these are forms of other words, too: германия is "of germanium" and Germany, стали "of steel" and
# "became". Rule files write their forms out, with capitals where those tell.
_RIGID = listed("галлий германий индий европий титан уран сталь стали литий никель")
_SHORTEST = 3  # letters; shorter words are prepositions and particles
_FIXED = listed("""
    для без над под при про через или как что это все еще ещё уже без между среди после против ради кроме перед
    только больше нельзя можно впредь теперь сразу сша ес кнр рф кндр юар оаэ ввиду согласно якобы
""")

_ADJECTIVE = "ый ого ому ым ом ая ой ую ое ые ых ыми"
_ADJECTIVE_VELAR = "ий ого ому им ом ая ой ую ое ие их ими"
_ADJECTIVE_SOFT = "ий его ему им ем яя ей юю ее ие их ими"
_ADJECTIVE_HUSHING = "ий его ему им ем ая ей ую ее ие их ими"
_MASCULINE = "|а у ом ем е ы и ов ев ей ам ами ах"
_FEMININE = "|а ы и у ой ою ей е ам ами ах"
_FEMININE_SOFT = "я и е ю ей ям ями ях ь й"
_NEUTER = "|о а у ом е ам ами ах"
_SOFT = "ь я ю ем ём е и ью ей ям ями ях"
_YOT = "й я ю ем е и ев ям ями ях"
_IYA = "ия ии ию ией ий иям иями иях"
_IE = "ие ия ию ием ии ий иям иями иях"
_IY = "ий ия ию ием ии иев иям иями иях"


def _with(stem: str, endings: str) -> set[str]:
    bare = endings.startswith("|")
    return {stem + ending for ending in endings.lstrip("|").split()} | ({stem} if bare else set())


def _adjective(word: str) -> set[str]:
    """Cases, numbers and short forms of an adjective in any of its main forms."""
    stem, ending = word[:-2], word[-2:]
    last = stem[-1:]
    if ending in {"ый", "ые", "ых", "ым", "ыми"} or (ending in {"ая", "ое", "ой"} and last not in "гкхжшщч"):
        return _with(stem, _ADJECTIVE) | {stem + "а", stem + "о", stem + "ы", stem}
    if last in "гкх" and ending in {"ий", "ая", "ое", "ие", "их", "ой"}:
        return _with(stem, _ADJECTIVE_VELAR)
    if last in "жшщч" and ending in {"ий", "ая", "ее", "ие", "их"}:
        return _with(stem, _ADJECTIVE_HUSHING)
    if last == "н" and ending in {"ий", "яя", "ее"}:
        return _with(stem, _ADJECTIVE_SOFT)
    return set()


def _fleeting(stem: str) -> set[str]:
    """The genitive plural with its vowel: поставк- gives поставок, марк- gives марок."""
    if stem.endswith("к") and len(stem) > _SHORTEST and stem[-2] not in "аеиоуыэюяё":
        return {stem[:-1] + ("ек" if stem[-2] in "жшщчьй" else "ок")} if stem[-2] not in "ьй" else {stem[:-2] + "ек"}
    return set()


def _noun(word: str) -> set[str]:
    """Cases and numbers of a noun in its first form, singular or plural."""
    for ending, endings in (("ия", _IYA), ("ие", _IE), ("ий", _IY), ("ии", _IYA)):
        if word.endswith(ending):
            return _with(word[:-2], endings)
    stem, last = word[:-1], word[-1]
    if last == "а":
        return _with(stem, _FEMININE) | _fleeting(stem)
    if last == "я":
        return _with(stem, _FEMININE_SOFT)
    if last == "о":
        return _with(stem, _NEUTER)
    if last == "ь":
        return _with(stem, _SOFT)
    if last == "й":
        return _with(stem, _YOT)
    if last in "ыи":
        return _with(stem, _MASCULINE) | _with(stem, _SOFT) | _fleeting(stem)
    if word.endswith("ец"):
        return _with(word[:-2] + "ц", "а у ем ом е ы и ев ов ам ами ах") | {word}
    if word.endswith("ок") and len(word) > len("срок"):
        return _with(word[:-2] + "к", "а у ом е и ов ам ами ах") | {word}
    return _with(word, _MASCULINE) if last not in "аеёиоуыэюя" else {word}


def _verb(word: str) -> set[str]:
    """Present and past of a verb given by its infinitive; the two conjugations that most verbs follow."""
    found = {word, word + "ся"}
    for ending, present in (("овать", "ует уют уй"), ("ать", "ает ают"), ("ять", "яет яют"), ("нуть", "нет нут")):
        if word.endswith(ending):
            found |= _with(word[: -len(ending)], present)
            break
    if word.endswith("ить"):
        found |= _with(word[:-3], "ит ят ат")
    past = word[:-2]
    return found | _with(past, "л ла ло ли вший вшая вшие в")


def _forms(word: str) -> Forms:
    """The regular inflection of a word; uninflected words and those that other words resemble stay as they are."""
    if len(word) < _SHORTEST or word in _RIGID or word in _FIXED or not word.isalpha():
        return (word,)
    if word.endswith("ть") and word[-3] in "аеиоуыяё":
        return tuple(_verb(word) | _noun(word))  # память is no verb
    if word.endswith(("ал", "ил", "ел", "ял", "ул", "ёл", "ыл")) and len(word) > _SHORTEST + 1:
        return tuple({word, word + "а", word + "о", word + "и"} | _noun(word))
    return tuple(
        {word} | (_adjective(word) or set()) | (_noun(word) if not word.endswith(("ый", "ая", "ое")) else set())
    )


LANGUAGE: Language = Language(
    name="ru",
    spacy="ru",
    grammar=GRAMMAR,
    forms=_forms,
    rigid=_RIGID | _FIXED,
    irregular=groups("""
        ввёл ввела ввело ввели ввести введёт введут введён введена введено введены вводит вводят вводил вводила вводили
        снял сняла сняло сняли снять снимет снимут снят снята снято сняты снимает снимают
        принял приняла приняло приняли принять примет принят принята принято приняты принимает принимают
        земля земли землю земле землёй землями земель землям землях
        руда руды руду руде рудой руд рудам рудами рудах
        день дня дню днём дни дней дням днями днях
        чип чипа чипу чипом чипе чипы чипов чипам чипами чипах
        станок станка станку станком станке станки станков станкам станками станках
        рынок рынка рынку рынком рынке рынки рынков
        страна страны страну стране страной стран странам странами странах
        олово олова олову оловом олове
        свинец свинца свинцу свинцом свинце
        медь меди медью
        список списка списку списком списке списки списков спискам списками списках
        перечень перечня перечню перечнем перечне перечни перечней перечням
        сырьё сырья сырью сырьём
    """),
    lemmas="ru",
    derivations=listed("щик чик тель ник ость ство ский ская ское ские ер ёр ист изм истый"),
    spellings=(("ё", "е"),),
    conjunctions=listed("и или либо"),
    abbreviations=listed("""
        г гг в вв руб коп тыс млн млрд трлн долл т тонн кг км см мм ст ч п пп разд гл абз им ул д стр рис табл ред изд
        см ср напр др пр проч т.е т.д т.п т.к т.н и.о и т.д янв февр мар апр авг сент окт нояб дек проц зам пред
        акад проф доц н.э до.н.э обл р респ кв шт экз мин макс
    """),
    may_end=listed("г гг т.д т.п др пр руб тыс млн млрд"),
    openers=listed("""
        в на по с из за это этот эта эти он она они но однако также кроме как при после ранее теперь так если когда
        однако согласно решение
    """),
    everyday=listed("""
        время года году год лет день дней стран страна страны новый новые новых первый первые большой сегодня люди людей
        человек россии россия российский российские российской москвы москва власти заявил заявила сообщил сообщила
        сообщили рассказал рассказали компания компании компаний рынок рынка рублей долларов тысяч миллионов миллиардов
        процентов цены цена город города области региона районе центр глава президент министр министерство правительство
        решение решения работы работа работу система системы проект проекта проекты программа программы часть начала
        начал конца июня июля мая марта апреля августа сентября октября ноября декабря января февраля понедельник
        вторник среду четверг пятницу субботу воскресенье который которые которых может могут будет будут были было был
        года ввели ввёл ввела принял приняли принята введён введены требует нужно нужен можно нельзя стал стала стали
        войны военные военных суд закон закона законы право права контроль контроля сил силу новая новое
    """),
    function_words=listed("""
        и в не на с что по из за от для как к у о об но а или же бы до при это то так его её их он она они мы вы я все
        всё уже ещё также только без под над между через во со ко если когда чем где после перед который которая которое
        которые был была было были будет будут быть есть нет этот эта эти том того тем этой этого этом себя свой свои
        своих может могут более менее лишь даже ли ни да
    """),
)
