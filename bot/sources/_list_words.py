"""How a change of a list is told in the language of the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Words(NamedTuple):
    """Words of one language; {n} is a number of entries."""

    added: str  # for titles
    removed: str
    changed: str
    added_to: str  # above the entries
    removed_from: str
    changed_in: str
    more: str  # below them, for those that are not listed
    colon: str
    comma: str


# "12 added" wants another ending for 1, 2 and 5 in half of these languages; "added: 12" does not.
_WORDS = {
    "en": Words(
        "{n} added", "{n} removed", "{n} changed",
        "Added to the list ({n}):", "Removed from the list ({n}):", "Changed in the list ({n}):", "and {n} more",
        ": ", ", ",
    ),
    "nl": Words(
        "{n} toegevoegd", "{n} verwijderd", "{n} gewijzigd",
        "Toegevoegd aan de lijst ({n}):", "Van de lijst verwijderd ({n}):", "Op de lijst gewijzigd ({n}):",
        "en nog {n}", ": ", ", ",
    ),
    "de": Words(
        "{n} neu aufgenommen", "{n} gestrichen", "{n} geändert",
        "Neu in die Liste aufgenommen ({n}):", "Von der Liste gestrichen ({n}):", "In der Liste geändert ({n}):",
        "und {n} weitere", ": ", ", ",
    ),
    "fr": Words(
        "ajouts : {n}", "retraits : {n}", "modifications : {n}",
        "Ajouts à la liste ({n}) :", "Retraits de la liste ({n}) :", "Modifications de la liste ({n}) :",
        "et {n} autres", " : ", ", ",
    ),
    "es": Words(
        "incorporaciones: {n}", "supresiones: {n}", "modificaciones: {n}",
        "Añadidos a la lista ({n}):", "Suprimidos de la lista ({n}):", "Modificados en la lista ({n}):", "y {n} más",
        ": ", ", ",
    ),
    "it": Words(
        "aggiunte: {n}", "rimozioni: {n}", "modifiche: {n}",
        "Aggiunti all'elenco ({n}):", "Rimossi dall'elenco ({n}):", "Modificati nell'elenco ({n}):", "e altri {n}",
        ": ", ", ",
    ),
    "pt": Words(
        "inclusões: {n}", "exclusões: {n}", "alterações: {n}",
        "Incluídos na lista ({n}):", "Excluídos da lista ({n}):", "Alterados na lista ({n}):", "e mais {n}",
        ": ", ", ",
    ),
    "pl": Words(
        "dodano: {n}", "usunięto: {n}", "zmieniono: {n}",
        "Dodano do wykazu ({n}):", "Usunięto z wykazu ({n}):", "Zmieniono w wykazie ({n}):", "i jeszcze {n}",
        ": ", ", ",
    ),
    "ru": Words(
        "добавлено: {n}", "исключено: {n}", "изменено: {n}",
        "Включены в перечень ({n}):", "Исключены из перечня ({n}):", "Изменены в перечне ({n}):", "и ещё {n}",
        ": ", ", ",
    ),
    "ja": Words(
        "追加{n}件", "削除{n}件", "変更{n}件",
        "リストに追加（{n}件）：", "リストから削除（{n}件）：", "リスト内で変更（{n}件）：", "ほか{n}件",
        "：", "、",
    ),
    "zh-Hans": Words(
        "新增{n}项", "移除{n}项", "变更{n}项",
        "新增列入清单（{n}项）：", "移出清单（{n}项）：", "清单内变更（{n}项）：", "另有{n}项",
        "：", "、",
    ),
    "zh-Hant": Words(
        "新增{n}項", "移除{n}項", "變更{n}項",
        "新增列入清單（{n}項）：", "移出清單（{n}項）：", "清單內變更（{n}項）：", "另有{n}項",
        "：", "、",
    ),
    "ko": Words(
        "추가 {n}건", "삭제 {n}건", "변경 {n}건",
        "목록에 추가({n}건):", "목록에서 삭제({n}건):", "목록에서 변경({n}건):", "외 {n}건",
        ": ", ", ",
    ),
    "id": Words(
        "{n} ditambahkan", "{n} dihapus", "{n} diubah",
        "Ditambahkan ke daftar ({n}):", "Dihapus dari daftar ({n}):", "Diubah dalam daftar ({n}):", "dan {n} lainnya",
        ": ", ", ",
    ),
    "vi": Words(
        "bổ sung {n}", "loại bỏ {n}", "thay đổi {n}",
        "Bổ sung vào danh sách ({n}):", "Đưa ra khỏi danh sách ({n}):", "Thay đổi trong danh sách ({n}):",
        "và {n} mục khác", ": ", ", ",
    ),
}  # fmt: skip


def words_for(languages: Sequence[str]) -> tuple[str, Words]:
    """The first language of a source for which there are words, else English."""
    lang = next((code for code in languages if code in _WORDS), "en")
    return lang, _WORDS[lang]
