"""Indonesian: verbs with me-, di- or bare, and endings written onto any word."""

from __future__ import annotations

from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.id import GRAMMAR
from bot.understand.languages._language import Forms, Language, listed

_VOWELS = "aeiou"
# A prefix, the letter of the root that it swallows before a vowel, and those that stay behind it.
_PREFIXES = (("meng", "k", "aeioughk"), ("meny", "s", ""), ("mem", "p", "bfvp"), ("men", "t", "cdjz"))
_SHORTEST_ROOT = 4  # letters: mesin must not give sin
_CLITICS = ("nya", "lah", "pun")


def _roots(word: str) -> set[str]:
    """What a verb with me- may be made of: melarang of larang, menahan of tahan, memberlakukan of berlakukan."""
    found: set[str] = set()
    for prefix, dropped, kept in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest == word:
            continue
        if rest[:1] in _VOWELS:
            found.add(dropped + rest)
        if rest[:1] in kept:
            found.add(rest)
    if word.startswith("me") and word[2:3] in "lrwy":
        found.add(word[2:])
    return {root for root in found if len(root) >= _SHORTEST_ROOT}


def _forms(word: str) -> Forms:
    """The passive with di- and the bare verb of headlines; -nya, -lah and -pun behind any of them."""
    found = {word}
    for root in _roots(word):
        found |= {root, "di" + root}
    return (*found, *(form + clitic for form in found for clitic in _CLITICS))


LANGUAGE: Language = Language(
    name="id",
    spacy="id",
    grammar=GRAMMAR,
    forms=_forms,
    conjunctions=listed("dan atau serta"),
    abbreviations=listed("""
        dr prof ir h hj drs no nomor tgl jl pt cv tbk dll dsb dst a.n s.d d.a u.p jan feb mar apr jun jul agu sep okt
        nov des kab kec rp
    """),
    may_end=listed("dll dsb dst tbk"),
    openers=listed("""
        yang di ini itu ia mereka para menurut namun tetapi sementara selain dalam pada pemerintah kami kita
    """),
    everyday=listed("""
        ekspor impor barang produk pasar harga beli jual negara pemerintah menteri presiden kementerian perusahaan
        hari tanggal bulan pekan tahun kemarin besok naik turun tinggi rendah besar kecil baru lama juta miliar
        triliun persen ribu rupiah dolar ekonomi dagang perdagangan teknologi industri investasi proyek rencana
        kegiatan tahu kata bilang aturan izin larangan wajib larang resmi daftar pajak tarif bea cukai dunia kawasan
        kota daerah jalan mobil sekolah orang warga rumah masalah situasi hasil lembaga organisasi waktu jumlah
        tingkat jenis bahan logam air listrik tanah rantai pasokan kontrak mitra dua tiga empat lima semua setiap
        """),
    function_words=FUNCTION_WORDS["id"],
)
