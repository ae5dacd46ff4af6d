"""Indonesian: function words for event assembly. States stand behind what is theirs: larangan China, perusahaan AS."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, Words, counts, groups, words

_NASALS = {"p": "mem", "t": "men", "k": "meng", "s": "meny"}  # these swallow the first letter of the root


def _active(root: str) -> str:
    """The verb with me-: larang, melarang; tahan, menahan; perketat keeps its p."""
    first = root[0]
    if first in _NASALS and not root.startswith(("per", "st")):
        return _NASALS[first] + root[1:]
    prefix = "me"
    if first in "bfvp":
        prefix = "mem"
    elif first in "cdjz":
        prefix = "men"
    elif first in "aeioughk":
        prefix = "meng"
    return prefix + root


def verbs(text: str) -> Words:
    """Roots in all three voices: cabut, mencabut, dicabut."""
    return tuple(form for root in words(text) for form in (root, _active(root), "di" + root))


_BANS = """
    larang | batasi | perketat | terapkan | berlakukan | kenakan | wajibkan | umumkan | terbitkan | teken |
    tandatangani |
    putuskan | tetapkan | setop | hentikan | tangguhkan | tahan | blokir | tutup | masukkan | tambahkan | jatuhkan |
    naikkan | perluas | syaratkan | haruskan | cabut | bekukan | kendalikan | kontrol | awasi | kuasai | ambil alih |
    nasionalisasi | palang | kerek | pungut | patok | sahkan | perintahkan | minta | haramkan | jegal | cegah | boikot |
    jatah | tarik | tolak | kunci | hambat | atur | persulit | putus | kaji | buka penyelidikan | selidiki | lepas
"""

_STEPS = Steps(
    imposes=(
        *verbs(_BANS),
        *words("""
            wajib | harus | resmi | tak boleh | tidak boleh | larangan baru | masuk daftar | stop | berhenti |
            dikenai | terkena | dijatuhi | memperketat | menambah | tambah | masukkan .. ke dalam | mulai berlaku |
            tidak lagi | tak lagi | mewajibkan | membutuhkan izin | perlu izin | harus seizin | menambah pagar |
            kena
        """),
    ),
    suspends=(
        *verbs("tangguhkan | tunda | hentikan | setop | bekukan | undur"),
        *words("""
            penangguhan | penundaan | penghentian | pembekuan | penyetopan | jeda | stop | berhenti |
            dihentikan sementara | mandek | undurkan | dijeda | menjeda | menahan | ditahan
        """),
    ),
    lifts=(
        *verbs("cabut | hapus | akhiri | batalkan | copot | tarik kembali | buka blokir | hapuskan"),
        *words("""
            pencabutan | penghapusan | pembatalan | batal | urung | keluarkan .. dari daftar |
            mengeluarkan .. dari | dikeluarkan dari | hapus .. dari daftar | menghapus .. dari | coret .. dari |
            mencoret .. dari | dicoret dari | tidak diperpanjang | tak diperpanjang | mundur dari | balik arah |
            dianulir | menganulir | membuka kembali keran | tidak memperpanjang | kembali dibuka | mengakhiri |
            dibatalkan
        """),
    ),
    expires=words("berakhir | habis masa berlaku | kedaluwarsa | jatuh tempo | habis | berakhirnya"),
    eases=(
        *verbs("longgarkan | lunakkan | kendurkan | permudah | bebaskan | kecualikan | sederhanakan | ringankan"),
        *words("pelonggaran | relaksasi | melunak | merelaksasi | direlaksasi | melonggar"),
    ),
    extends=(
        *verbs("perpanjang | pertahankan"),
        *words("perpanjangan | tetap berlaku | tetap diberlakukan | masih berlaku | enam bulan lagi | setahun lagi"),
    ),
    restores=(
        *verbs("berlakukan kembali | terapkan kembali | buka kembali | pulihkan | aktifkan kembali | lanjutkan"),
        *words("""
            pemulihan | kembali membuka | kembali larang | kembali melarang | kembali dilarang | dimulai lagi |
            pembukaan kembali | kembali menerapkan | kembali memberlakukan | buka lagi | membuka lagi |
            dibuka lagi
        """),
    ),
    raises=(
        *verbs("naikkan | kerek | gandakan | tingkatkan | tambah"),
        *words("kenaikan | penambahan | lipat gandakan | naik"),
    ),
    lowers=(
        *verbs("turunkan | pangkas | kurangi | potong | nolkan"),
        *words("pemangkasan | pemotongan | penurunan | jadi nol | nol persen | separuh"),
    ),
    allows=(
        *verbs("izinkan | setujui | restui | bolehkan | kabulkan | loloskan | beri"),
        *words("""
            memberikan | berikan | diberikan | beri lampu hijau | lampu hijau | membolehkan | boleh |
            terbitkan izin | menerbitkan izin | menerbitkan persetujuan | keluarkan izin | mengeluarkan izin |
            mengantongi | kantongi
        """),
    ),
    refuses=(
        *verbs("tolak | cabut | tahan"),
        *words("penolakan | tidak menerbitkan | tak menerbitkan | stop menerbitkan"),
    ),
    frees=words("""
        tak perlu lagi izin | tidak perlu lagi izin | tidak perlu izin | tak perlu izin | tanpa perlu izin |
        bebas izin | boleh diekspor lagi | boleh lagi | kembali boleh | boleh kembali | kembali dijual |
        dari daftar hitam | ke daftar putih | bebas bea | tak lagi butuh izin | tidak lagi wajib izin |
        tak lagi wajib izin | bebas tarif | tidak lagi memerlukan izin | tak lagi memerlukan izin | kembali dapat |
        kembali bisa | bisa lagi | dari daftar entitas | tak wajib izin lagi | tidak wajib izin lagi |
        boleh jual lagi | menjual lagi | jual lagi | bebas dari kewajiban izin | membuka kembali ekspor |
        buka kembali ekspor | membuka keran ekspor | buka keran ekspor | bebas diekspor
    """),
    forbids=words("""
        tak boleh keluar | tidak boleh keluar | tak boleh lagi | tidak boleh lagi | tidak lagi dapat |
        tak lagi dapat | tidak boleh diekspor | tak boleh diekspor | tak bisa keluar | dilarang keluar |
        putar balik | tak boleh dibawa | tidak boleh dibawa | tidak boleh dijual | tak boleh dijual |
        tak lagi boleh | tidak lagi boleh | tak bisa lagi | tidak bisa lagi | dilarang diekspor |
        tetap di dalam negeri | tidak lagi bisa | wajib diolah
    """),
    trade=words("""
        ekspor | mengekspor | diekspor | ekspornya | impor | pengiriman | penjualan | pasokan | pengapalan |
        kiriman | mengirim | dikirim | menjual | dijual | menjualnya | perdagangan | keran ekspor | pengangkutan |
        reekspor
    """),
    controls=words("""
        larangan ekspor | larangan impor | larangan penjualan | pembatasan penjualan | pembatasan impor |
        larangan | kontrol ekspor | kontrol | pembatasan ekspor | pembatasan | pengendalian ekspor | pengendalian |
        embargo | moratorium | bea keluar | bea masuk | tarif | pungutan | sanksi | kuota ekspor | aturan |
        pengetatan | kewajiban izin | wajib izin | kewajiban | daftar hitam | daftar entitas | penyelidikan |
        blokade | pajak ekspor | pajak | ketentuan | regulasi | penyetopan | blokir | hambatan |
        wajib mengantongi | wajib kantongi | wajib memiliki izin | wajib punya izin | harus mengantongi |
        harus punya izin | bea masuk antidumping | antidumping | daftar kendali | perlu restu | harus seizin |
        wajib lapor | wajib meminta izin | kebijakan | butuh izin | perlu izin | memerlukan izin | larangannya |
        pembatasannya | harus izin
    """),
    permits=words("izin ekspor | izin | lisensi | persetujuan ekspor | perizinan | rekomendasi ekspor | izinnya"),
    quotas=words("kuota | jatah | plafon | pagu"),
    reliefs=words("""
        pengecualian | gencatan | dispensasi | pembebasan | keringanan | lisensi umum | daftar putih |
        masa tenggang | kelonggaran | insentif | izin umum | relaksasi ekspor
    """),
    drafts=words("rancangan | ruu | draf | usulan | rencana | pasal | klausul | opsi"),
    fresh=words("baru | tambahan | lebih ketat | total | pertama kali | sementara | menyeluruh | semua"),
)

_ROLES = Roles(
    name_behind=True,
    home="ID",
    capitals=words("""
        Beijing | Tokyo | Washington | Brussel | Moskow | Moskwa | Seoul | Taipei | London | Paris | Berlin |
        Den Haag | New Delhi | Jakarta | Hanoi | Canberra | Ottawa | Kinshasa | Harare | Kremlin | Gedung Putih |
        Senayan
    """),
    fillers=words("""
        para | semua | seluruh | beberapa | sejumlah | satu | dua | tiga | empat | pihak | negara | pemerintah |
        daratan | perusahaan | pabrikan | produsen | pembeli | pasar | negeri | pabrik | militer | industri |
        entitas | firma | kubu | konsumen | pelanggan
    """),
    joins=words("dan | , | serta | maupun | hingga | termasuk | juga | atau | dan ke | seperti | yakni | meliputi"),
    target_before=words("""
        ke | kepada | untuk | terhadap | bagi | melawan | tujuan | menuju | menyasar | bidik | membidik | sasar |
        menarget | ditujukan ke | pada
    """),
    target_maybe=words("atas | dengan"),
    source_before=words("dari | asal | berasal dari | buatan | bikinan"),
    agent_before=words("""
        oleh | dilarang | dibatasi | disetop | dihentikan | diblokir | dicabut | diterapkan | ditahan | dijatuhi |
        ditolak | diberlakukan | dikenakan | diumumkan | dibekukan | ditangguhkan | dipangkas | diizinkan |
        diperketat | digelar
    """),
    place_before=words("di | dalam | lewat | melalui | via | antara | seputar | soal | transit di"),
    owner_before=words("dari | oleh | milik | pihak | yang diterapkan | yang diberlakukan | buatan pemerintah"),
    acts=words("""
        keputusan | langkah | kebijakan | aturan | peraturan | larangan | pengumuman | undang-undang | tindakan |
        perintah | rencana | pembatasan | kontrol | bea cukai | daftar | draf | rancangan | manuver | balasan |
        bea | tarif | kuota | pengetatan | regulasi | otoritas | rezim | ketentuan | pembekuan | penghentian |
        penangguhan
    """),
    parties=words("""
        perusahaan | pabrikan | pabrik | pembeli | produsen | importir | militer | firma | pengguna | konsumen |
        industri | entitas | lembaga | investor | raksasa | pelanggan | warga | barang | produk | pemasok | mitra |
        kampus | kapal | kontraktor | organisasi | universitas | pemegang saham | anak usaha | unit | tentara
    """),
    persons=words("""
        menteri | kementerian | presiden | perdana menteri | juru bicara | jubir | pemerintah | kabinet |
        parlemen | kongres | senat | komisi | pejabat | otoritas | bea cukai | badan | pengadilan | departemen |
        regulator | utusan | dewan | menlu | mendag | wakil dagang | pemerintahan | majelis | mahkamah | dpr
    """),
    reacts=(
        *verbs("""
            kecam | protes | kritik | sesalkan | tanggapi | desak | keluhkan | sambut | puji | gugat | tuding |
            tuduh
        """),
        *words("""
            memprotes | diprotes | keberatan | khawatir | mengkhawatirkan | cemas | waswas | was-was | mengeluh |
            menyerukan | marah | murka | terpukul | terdampak | pusing | bereaksi | menyayangkan | geram |
            memperingatkan dampak | meminta .. dicabut | minta .. dicabut | minta .. cabut | menghadapi |
            kelabakan | menyambut baik | mengecam | balas | membalas | hadapi | resah | menyebut .. sebagai |
            minta dikecualikan
        """),
    ),
    demands=(
        *verbs("desak | serukan | usulkan agar | imbau | tuntut"),
        *words("""
            minta agar | meminta agar | sebaiknya | seharusnya | mohon | memohon | minta pemerintah |
            meminta pemerintah
        """),
    ),
    object_before=words("atas | terhadap | untuk | pada | komoditas | produk"),
    object_stops=words("""
        ke | dari | oleh | di | pada | dalam | untuk | yang | dan | atau | tetapi | namun | karena | setelah |
        sebelum | saat | adalah | akan | telah | sudah | sedang | tidak | tak | dengan | terhadap | kepada |
        mulai | per | hingga | sampai | sejak | jika | bila | agar | serta | itu | ini | tersebut | kata |
        menurut | sebagai | seperti | bagi | atas | tanpa | selama | usai | wajib | harus | bisa | dapat | lagi |
        kembali | masih | juga | demi | via | tujuan | asal | lewat
    """),
    vague=words("""
        barang | produk | komoditas | bahan | material | teknologi | semua | beberapa | sejumlah | strategis |
        kritis | penting | sensitif | ekspor | impor | negara | negeri | perusahaan | tindakan | ini | itu | lain |
        baru | mentah | sipil | militer | luar | dalam | perdagangan | tahun | bulan | pekan | hari | perintah |
        pengiriman | lot | kiriman | jenis | pasar | asal | kerja | bagian | kontrol | izin | perbatasan | total |
        sementara | terbatas | hasil
    """),
)

_TELLING = Telling(
    now=words("""
        hari ini | kini | pekan ini | minggu ini | bulan ini | senin | selasa | rabu | kamis | jumat | sabtu |
        kemarin | semalam | besok | mulai sekarang | baru saja | tadi malam | malam ini | seketika | pagi ini |
        siang ini | sekarang | awal pekan ini | hari minggu | resmi | akhir pekan lalu | baru-baru ini |
        belum lama ini
    """),
    past=words("""
        tahun lalu | bertahun-tahun lalu | dulu | dahulu | saat itu | kala itu | ketika itu | sebelumnya |
        di masa lalu | mengenang | kilas balik | peringatan | silam | waktu itu | sejak itu | pernah |
        satu dekade lalu | dekade lalu | setahun setelah | dua tahun setelah | menengok ke belakang | tempo hari |
        beberapa tahun lalu | mantan | riwayat
    """),
    anterior=words("sudah lebih dulu | telah lebih dulu"),
    modal=words("""
        mungkin | boleh jadi | bisa jadi | berpotensi | terancam | kemungkinan | barangkali | dapat melarang |
        bisa melarang | bisa membatasi | dapat membatasi | mengancam akan | ancam
    """),
    hypothetical=words("""
        seandainya | andaikan | andai | berandai | simulasi | skenario | bagaimana jika | apa jadinya | latihan
    """),
    negates=words("""
        tidak ada | tak ada | bukan | tidak melarang | tak melarang | belum ada | belum akan | belum melarang |
        tidak akan | tak akan | tanpa | tidak pernah | tak pernah | tidak membatasi | tak membatasi |
        tidak menyetop | tak setop | tidak berencana | tak berencana | belum berencana | tidak menghentikan |
        bukanlah | tidak memperpanjang | tidak diperpanjang | tak diperpanjang | belum memutuskan | alih-alih
    """),
    exempts=words("""
        tidak terdampak | tak terdampak | tidak berlaku | tak berlaku | dikecualikan | kecuali | tidak termasuk |
        tak termasuk | di luar cakupan | tetap boleh | tidak menyasar | masih boleh | tak tersentuh |
        tetap diizinkan | tidak terkena | tak terkena | tetap bebas | tak terpengaruh | tidak terpengaruh
    """),
    breaks=words("""
        tetapi | namun | tapi | sedangkan | sementara itu | meski | meskipun | walau | walaupun | setelah |
        sebelum | karena | sebab | ketika | seiring | usai | dan mempertimbangkan | sehingga | padahal | lantaran |
        di tengah | menyusul
    """),
    prohibits=words("dilarang | tidak boleh | tak boleh | tidak dapat | haram"),
)

_CALENDAR = Calendar(
    months=groups("""
        januari | jan; februari | pebruari | feb; maret | mar; april | apr; mei; juni | jun; juli | jul;
        agustus | agu | agt | ags; september | sep | sept; oktober | okt; november | nopember | nov; desember | des
    """),
    weekdays=groups("senin; selasa; rabu; kamis; jumat | jum'at; sabtu; hari minggu | ahad"),
    year_before=words("tahun"),
    bare_before=words("""
        senin | selasa | rabu | kamis | jumat | sabtu | minggu | ahad | hari ini | kemarin | besok | tanggal |
        pada | per | mulai | hingga | sampai | sejak | pagi | siang | sore | malam
    """),
    numbers=counts("""
        satu=1 | dua=2 | tiga=3 | empat=4 | lima=5 | enam=6 | tujuh=7 | delapan=8 | sembilan=9 | sepuluh=10 |
        dua belas=12 | tiga puluh=30 | empat puluh lima=45 | enam puluh=60 | sembilan puluh=90
    """),
    units=groups("hari; pekan | minggu; bulan; tahun"),
    within=words("dalam | dalam tempo | selama | dalam waktu | dalam kurun | dalam jangka"),
    later=words("""
        lagi | ke depan | kemudian | mendatang | setelah diumumkan | sejak diundangkan | setelah diundangkan
    """),
    ago=words("lalu | silam | yang lalu"),
    today=words("hari ini"),
    tomorrow=words("besok"),
    yesterday=words("kemarin | semalam | tadi malam"),
    next_day=words("sehari setelah diumumkan | sehari setelah dimuat | sehari setelah diundangkan"),
    next_month=words("bulan depan"),
    next_year=words("tahun depan | awal tahun depan"),
    this_year=words("tahun ini"),
    last_year=words("tahun lalu | tahun kemarin"),
    end_of=words("akhir | akhir tahun | pengujung"),
    at_once=words("""
        berlaku seketika | efektif seketika | berlaku saat itu juga | segera berlaku | langsung berlaku |
        mulai hari ini | terhitung hari ini | saat itu juga | efektif hari ini | mulai sekarang |
        berlaku hari ini | sejak diundangkan | berlaku pada tanggal diundangkan |
        berlaku sejak tanggal diundangkan
    """),
    from_before=words("""
        mulai | mulai tanggal | per | per tanggal | terhitung | terhitung mulai | efektif | efektif per |
        efektif mulai | berlaku | berlaku mulai | mulai berlaku | berlaku pada | berlaku efektif | berlaku per |
        mulai berlaku pada | dimulai | terhitung sejak | efektif pada | mulai awal | mulai akhir | mulai bulan |
        berlaku tanggal
    """),
    until_before=words("""
        hingga | sampai | sampai dengan | s.d. | hingga akhir | sampai akhir | paling lambat | berakhir pada |
        habis pada | sampai tanggal | berlaku hingga | berlaku sampai | hingga tanggal | berakhir |
        sampai dengan tanggal | hingga bulan
    """),
    begun=words("sudah berlaku | telah berlaku | resmi berlaku | berlaku sejak | mulai berlaku kemarin"),
    since=words("sejak | berlaku sejak | sejak tanggal"),
    in_month=words("""
        pada | di | bulan | sejak | mulai | per | awal | akhir | pertengahan | hingga | sampai | dalam | sebelum |
        setelah | tahun | pada tahun | untuk
    """),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
