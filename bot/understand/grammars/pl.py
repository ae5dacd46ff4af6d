"""Polish: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, counts, groups, words
from bot.understand.grammars._pl_cases import cases

_NAMES = cases()

_STEPS = Steps(
    imposes=words("""
        zakaz* | zakaże | zakażą | zabrani* | zabrania* | zabronił* | wprowadza* | wprowadzi* | wprowadzon* |
        wprowadzen* | nakłada* |
        nałoży* | nałożon* | nałożen* | ogranicza | ograniczają | ograniczy* | ograniczon* | zaostrz* | obostrz* |
        obejm* | obejmuj* | objął | objęł* | objęt* | objąć | wymaga* | wymóg | wymogi | żąda* | zażąda* | zobowiąz* |
        nakaz* | każe | każą | kazał* | dodaje | dodają | dodał* | dodan* | dopis* | dorzuc* | wpis* | umieszcz* |
        umieści* | rozszerz* | poszerz* | podpis* | zatwierdz* | przyję* | przyjm* | przyjął | uchwal* | ogłasza* |
        ogłosi* | ogłoszon* | zdecydow* | postanow* | ustanaw* | ustanowi* | ustal* | wydaje zakaz | wydał* |
        wstrzym* | zatrzym* | blokuj* | zablokow* | zamyka* | zamkn* | zamkną* | odcina* | odci* | tnie | tną |
        cofa* | cofn* | unieważni* | reglament* | racjonuj* | obłoży* | opodatkow* | podwyższ* | podnosi* | podnios* |
        podniós* | przykręc* | dokręc* | uszczel* | stosuj* | sankcjonuj* | poddaje | poddał* | poddan* | wyklucz* |
        karze | karzą | ukarał* | zawiesi* | zawiesza* | zastrzeg* | potwierdz* | uzależni* | wchodz* w życie |
        wejd* w życie | wszedł w życie | weszł* w życie | zakręc* | rezerwuj* | odmaw* | odmów* | pobier* | zawęż* |
        wciąga* na | wciągn* na | trafia* na | trafi* na | trafił* na | nie wypuś* | uderza* | uderzył* | wypowied*
    """),
    suspends=words("""
        zawiesi* | zawiesza* | zawieszon* | zawieszen* | wstrzym* | zamraża* | zamroz* | zamroż* | zamrażan* |
        odracza* | odrocz* | odkłada* | odłoży* | odłożon* | odłożen* | przerywa* | przerwa* | pauz* | wstrzymyw* |
        przesuwa* | przesun* | przekłada* | odsuwa* | odsun* | w zawieszeniu |
        przestaj* stosować | przestał* stosować
    """),
    lifts=words("""
        znosi | znoszą | znosił* | zniesie | zniosą | zniósł | zniosł* | znieśli | zniesion* | zniesieni* | znieść |
        zniesiemy | uchyla | uchylają | uchyli* | uchylon* | uchylen* | uchylać | cofa | cofają | cofn* | cofną* |
        wycofuj* | wycofał* | wycofa* | odwołuj* | odwoła* | anuluj* | anulow* | unieważni* | likwid* | zlikwid* |
        skreśl* z | skreśl* | wykreśl* | usuwa* z | usun* z | usunię* | rezygn* z | zrezygn* z | odstęp* od |
        odstąpi* od | koniec z | koniec zakaz* | koniec ogranicz* | koniec embarg* | koniec kontroli | koniec ceł |
        koniec wymog* |
        koniec sankcji | koniec restrykcj* | koniec limitów | koniec moratorium | kończy | kończą | zakończy* |
        zakończen* | kończą z | kończy z |
        znika | znikają | zniknie | znikn* | zniknę* | zdejmuj* | zdjął | zdjęł* | zdjęt* | zdejmie | zdjąć |
        wygasza* | porzuc* | nie przedłuż* | nie odnow* | wyłącz* spod | wyrzuc* z | odpuszcza* | odpuśc*
    """),
    expires=words("""
        wygasa* | wygas* | wygaś* | wygasł* | wygasn* | upływa* | upłyn* | traci* moc | tracą moc | straci* moc |
        utraci* moc | przestan* obowiązywać | przestaj* obowiązywać | przestał* obowiązywać
    """),
    eases=words("""
        łagodz* | złagodz* | luzuj* | poluzow* | poluźni* | rozluźni* | ułatwi* | uprości* | uprosz* | upraszcz* |
        liberaliz* | zliberaliz* | zwalnia* z | zwolni* z | zwolnion* z | zwolnieni* z | osłabi* | odkręc*
    """),
    extends=words("""
        przedłuż* | przedłuża* | prolong* | odnawia | odnowi* | wydłuż* | utrzymuj* | utrzyma* | utrzymał* |
        pozostaj* w mocy |
        pozostan* w mocy | pozostanie w mocy | nadal obowiąz* | kolejne trzy miesiące | kolejne sześć miesięcy |
        kolejny rok | kolejne pół roku | o kolejne | podtrzym*
    """),
    restores=words("""
        przywraca* | przywróc* | przywrócen* | wznawia* | wznow* | wznowi* | wraca* do | wróci* do | powrac* do |
        powróc* do | powrót | ponownie wprowadz* | znów wprowadz* | znowu wprowadz* | ponownie nakład* |
        ponownie nałoż* | odwiesz* | odwiesi* | ponownie zakaz* | znów zakaz* | ponownie wchodz* | odmraż* | odmroz* |
        odmroż* | ponowne | ponownego
    """),
    raises=words("""
        podnosi* | podnios* | podniós* | podniesi* | podwyższ* | podwyżk* | podwaj* | podwoi* | zwiększ* | potraj* |
        potroi* | wzrośn* | wzrasta* | rosną | rośnie | wzrosł* | powiększ*
    """),
    lowers=words("""
        obniż* | obniżk* | zmniejsz* | tnie | tną | obcin* | obcię* | obciął | ścina* | ściął | ścię* | redukuj* |
        zreduk* | zredukow* | redukcj* | do zera | zeruj* | zerow* | wyzerow* | maleją | maleje | ograniczy* kwot*
    """),
    allows=words("""
        zezwala | zezwalają | zezwoli* | pozwala* | pozwoli* | dopuszcza* | dopuści* | dopuszczon* | udziela |
        udzielają |
        udzieli* | udzielon* | udzielać | przyznaj* | przyznał* | wydaje licenc* | wydał* licenc* | wydaj* zezwol* |
        wydał* zezwol* | wydaje | wydają | zaakcept* | aprobuj* | zielone światło | zgadza* się na | zgodzi* się na |
        zgodził* się na | odblokow* | odblokuj* | umożliwi* | wypuszcza* | wypuści* | przepuszcz* | otwiera* |
        otworzy* | dało zgodę | dał* zgodę | daje zgodę
    """),
    refuses=words("""
        odmawia* | odmów* | odmow* | odrzuc* | nie wyda* | nie udziel* | nie przyzna* | odmowa | odmowy
    """),
    frees=words("""
        już bez zezwol* | odracza* .. licencj* | odrocz* .. licencj* | odkłada* .. licencj* | odracza* .. zezwol* |
        odrocz* .. zezwol* | bez ograniczeń | bez ceł |
        bez cła | nie wymaga* już | już nie wymaga* | nie będ* już wymag* | nie będ* wymag* | nie potrzeb* już |
        nie potrzeba już | już nie potrzeb* | nie będ* potrzeb* | nie trzeba już | już nie trzeba |
        nie jest już wymag* |
        nie są już wymag* | przestaj* wymagać | przestan* wymagać | znów może eksportować | znów mogą eksportować |
        znów można eksportować | znów można wywozić | znowu można wywozić | ponownie może eksportować |
        znów sprzeda* | znów popłyn* | znów wyjedz* | znów pojedzie | wolny wywóz | zwolnion* z obowiązku |
        nie podlega* już | już nie podlega* | wraca* na rynek | wolno znów | znów wolno | koniec wymogu |
        zwolnion* z cła
    """),
    forbids=words("""
        nie wolno | nie wywiez* | nie wywioz* | nie opuś* | nie opuszcz* | nie może opu* | nie mogą opu* |
        nie może być wyw* | nie mogą być wyw* | nie będzie można | nie będą mogły | nie można już | już nie można |
        nie pojad* | nie pojedzie | nie wyjed* | nie wyjad* | nie popłyn* | nie sprzeda* | nie wypuś* | nie wypuszcz* |
        nie dopuszcza się | zostaje w domu | zostają w domu | zostanie w kraju | zostaną w kraju | nie bez zgody |
        tylko za zgodą | tylko z licencj* | tylko z zezwol* | wyłącznie za zgodą | wyłącznie z licencj* |
        dopiero po zgodzie |
        nie kupi* | nie dostan* | przestaj* sprzedawać | przestaj* wysyłać | nie trafi* | bez zgody |
        bez odrębnej zgody |
        bez zezwolenia nie | bez licencji nie | bez specjalnej zgody | bez pozwolenia nie
    """),
    trade=words("""
        eksport | eksportu | eksportowi | eksportem | eksporcie | eksportow* | wywóz | wywozu | wywozem | wywozie |
        wywozić | wywożenia | wywieźć | wysyłk* | wysyłek | wysyłać | dostaw* | dostarcza* | sprzedaż* | sprzedawać |
        handel | handlu | handlem | handlować | reeksport* | tranzyt* | przewóz | przewozu | import | importu |
        przywóz |
        przywozu | transfer* | przekazywani* | odpływ* | strumień | zbyt | zbytu | obrót | obrotu
    """),
    controls=words("""
        zakaz | zakazu | zakazowi | zakazem | zakazie | zakazy | zakazów | zakazom | zakazami | zakazach | embarg* |
        moratori* | blokad* | ogranicze* | restrykcj* | obostrze* | kontrol* | kwot* | limit* | kontyngent* | pułap* |
        cło | cła | cłu | cłem | ceł | cłom | cłami | cłach | cle | podat* | opłat* | taryf* | danin* | sankcj* |
        środk* |
        środek | wymóg | wymogi | wymog* | obowiąz* | reglamentacj* | czarn* list* | list* podmiotów | wykaz* | spis* |
        dochodzen* | postępowan* | barier* | przepis* | regulacj* | reguł* | weto | weta | nakaz* |
        rygor* | hamul* | nadzór | nadzoru | licencjonowan* | reżim* | kaganiec | kagańc* | szlaban* | blokow* |
        bojkot* |
        domiar | dopłat* do cł* | obostrzen* | indeks* | list* sankcyj* | utrudnien*
    """),
    permits=words("licencj* | zezwoleni* | zezwoleń | pozwoleni* | pozwoleń | zgod* | aprobat* | koncesj*"),
    quotas=words("kwot* | limit* | kontyngent* | pułap* | przydział*"),
    reliefs=words("""
        zwolnieni* | zwolnień | wyjąt* | wyłączeni* z | wyłączeń | ulg* | rozejm* | odroczen* | generaln* zezwol* |
        generaln* licencj* | derogacj* | odstępstw* | zawieszeni* ceł | zawieszeni* kontroli | zawieszeni* zakaz* |
        zawieszeni* ogranicz* | zawieszeni* restrykcj* | okres* przejściow* | karencj* | preferencj* | biał* list*
    """),
    drafts=words("""
        projekt | projektu | projekcie | projektem | projekty | propozycj* | poprawk* | plan | planu | plany | planów |
        inicjatyw* | zapis | zapisu | zapisów | założeni* | szkic*
    """),
    fresh=words("""
        now* | dodatkow* | ostrzejsz* | surowsz* | kolejn* | tymczasow* | czasow* | całkowit* | pełn* | pierwsz* |
        dalsz* | natychmiastow* | bezterminow* | kompletn*
    """),
)

_ROLES = Roles(
    home="PL",
    capitals=words("""
        Pekin* | Tokio | Waszyngton* | Bruksel* | Moskw* | Seul* | Tajpej | Londyn* | Paryż* | Berlin* | Hag* | Hadze |
        Nowe Delhi | Delhi | Dżakar* | Hanoi | Canberr* | Ottaw* | Kinszas* | Harare | Kreml* | Biał* Dom* | Astan* |
        Mińsk* | Kijow* | Kijów | Ankar* | Warszaw* | Taszken* | Biszkek* | Bern* | Rzym* | Madry* | Wiedeń | Wiednia |
        Prag* | Pradze | Kuala Lumpur
    """),
    fillers=words("""
        wszystk* | te | tych | tym | niektóre | niektórych | kilka | kilku | cał* | kontynentaln* | samych | sam* |
        dwa | dwóch | trzy | trzech | sąsiedni* | strony | strona | władz | władze | innych | inne | Republiki | Ludowej
    """),
    joins=words("""
        i | oraz | lub | albo | , | a także | i do | oraz do | i na | oraz na | i w | i z | i dla | i wobec | czy |
        jak i | ani | i przeciw | i przeciwko | a
    """),
    target_before=words("""
        do | dla | wobec | przeciw | przeciwko | na | na rzecz | w stosunku do | względem | w kierunku | skierowan* do |
        przeznaczon* dla | wymierzon* w | wymierzy* w | uderza* w | uderzy* w | uderzając* w | uderzeni* w | godz* w |
        godząc* w | celuj* w | ku | pod adresem | zmierzając* do
    """),
    target_maybe=words("dotyczą* | dotyczy"),
    source_before=words("z | ze | spoza | pochodząc* z | rodem z | wysłan* z | sprowadzan* z | płynąc* z"),
    agent_before=words("przez | ze strony | z inicjatywy | decyzją | z rozkazu | z woli"),
    place_before=words("""
        w | we | na | u | pod | nad | za | od | między | pomiędzy | przed | po | o | wokół | poza | wewnątrz | wśród |
        razem z | wraz z | wspólnie z | obok | przy | zamiast | oprócz | według
    """),
    owner_before=words("ze strony | autorstwa"),
    acts=words("""
        decyzj* | środk* | środek | krok* | ogłoszen* | komunikat* | ustaw* | zarządzen* | rozporządz* | przepis* |
        regulacj* | plan* | odpowied* | odwet* | list* | wykaz* | dekret* | polityk* | władz* | cel* | urząd celny |
        regulator* | projekt* | obwieszcz* | porozumien* | działan* | ruch* | nowel*
    """),
    parties=words("""
        firm* | spół* | przedsiębior* | koncern* | podmiot* | organizacj* | nabyw* | odbior* | klient* | wojsk* |
        armi* |
        producen* | importer* | przemysł* | zakład* | fabryk* | hut* | inwestor* | inwestycj* | akcjonariusz* |
        udziałow* |
        operator* | instytut* | uczeln* | grup* | gigant* | obywatel* | dostawc* | filii | filie | zbrojeni* | sektor* |
        kapitał* | banki | banków | branż* | rynek | rynku | statk* | tankow*
    """),
    persons=words("""
        minist* | prezydent* | premier* | rzeczni* | rząd* | rządu | przedstawiciel* | władz* | parlament* | gabinet* |
        urzędni* | resort* | departament* | dyplomat* | dyplomacj* | komisj* | komisarz* | sąd | sądu | urząd* |
        celni* |
        służb* | szef* | przywód* | ambasad* | kancler* | sekretarz* | administracj* | agencj* | biur* | kongres* |
        senat* | poseł | posł* | MSZ | rada | rady | radzie
    """),
    reacts=words("""
        potępi* | krytykuj* | skrytykow* | protest* | zaprotest* | oburz* | sprzeciwi* się | ubolew* | żałuj* | obaw* |
        boi | boją | niepoko* | zaniepoko* | martwi* się | ostrzeg* | reaguj* | zareag* | wezwa* | wzywa* |
        domaga* się |
        zażądał* zniesienia | żąda* zniesienia | apeluj* | zaapelow* | prosi | proszą | poprosi* | z zadowoleniem |
        chwali* |
        oskarż* | skarż* | zaskarż* | pozywa* | pozwał* | szuka* obejścia | odpowiada* na | odpowiedzi* na | narzeka* |
        zarzuc* | nazwał* | nazywa* | cierpi* | ucierpi* | odczuw* | szykuje się na | przygotowuje się na |
        odrzuca zarzuty
    """),
    demands=words("""
        wzywa* | wezwa* | apeluj* | zaapelow* | domaga* się | prosi | proszą | poprosi* | postuluj* | powin* |
        naciska* | lobbuj* | rekomend* | zaleca* | sugeruj* | chciał* by | namawia*
    """),
    object_before=words("na | dla | w odniesieniu do | wobec | za | do"),
    object_stops=words("""
        w | we | na | z | ze | do | od | po | przed | dla | jak | że | który | która | które | których | którą |
        jest | są |
        był | była | było | były | będzie | będą | może | mogą | nie | za | pod | przy | jeśli | i | oraz | a | ale |
        lecz | lub | albo |
        o | u | przez | między | wobec | przeciw | wszedł | weszły | wejdzie | wejdą | obowiązuje | obowiązują |
        podał | podała |
        ogłosił | ogłosiła | ogłosiło | też | także | już | to | aby | żeby | wprowadza | znosi | nakłada |
        zawiesza | się |
        według | mimo | przedłuża | wprowadził | wprowadziła | wprowadziły | został | została | zostały | ma | mają |
        poza | bez |
        dziś | od | jako | dotyczy | obejmuje | wydał | wydała
    """),
    vague=words("""
        towar* | produkt* | wyrob* | wyrób | materiał* | technolog* | surow* | wywóz | wywozu | eksport* | dostaw* |
        wszyst* |
        te | tych | ten | niektór* | rodzaj* | wrażliw* | krytycz* | strategicz* | ważn* | firm* | kraj* | krajow* |
        środk* |
        częś* | rok* | lat* | miesi* | tygod* | proc* | ich | jego | jej | swo* | now* | inn* | wojskow* | cywiln* |
        ładun* |
        pozycj* | handl* | zagrani* | import* | przywoz* | wprowadz* | wolum* | rynek | rynk* | nasz* | set* | ton* |
        dzień | dni |
        państw* | podmiot* | granic* | rząd* | ministr* | unij* | międzynarodow* | kolejn* | cał* | zewn*
    """),
    nominatives=_NAMES["nominatives"],
    genitives=_NAMES["genitives"],
    datives=_NAMES["datives"],
    instrumentals=_NAMES["instrumentals"],
    locatives=_NAMES["locatives"],
)

_TELLING = Telling(
    now=words("""
        dziś | dzisiaj | teraz | obecnie | w tym tygodniu | w tym miesiącu | w poniedziałek | we wtorek | w środę |
        w czwartek | w piątek | w sobotę | w niedzielę | wczoraj | jutro | od dziś | od teraz | natychmiast | właśnie |
        rano | wieczorem | od jutra | niniejszym
    """),
    past=words("""
        w ubiegłym roku | ubiegłego roku | ubiegłoroczn* | zeszłego roku | zeszłoroczn* | w zeszłym roku | lat temu |
        lata temu | rok temu | przed rokiem | przed laty | miesięcy temu | miesiące temu | miesiąc temu | wówczas |
        wtedy |
        mija dekada | minęła dekada | dekada od | w przeszłości | niegdyś | dawniej | kiedyś | swego czasu |
        rocznic* | od tamtej pory | od tego czasu |
        historyczn* | ubiegłej jesieni | zeszłej jesieni | ubiegłej wiosny | minionej dekad* | sprzed lat | sprzed roku
    """),
    anterior=words("wcześniej już"),
    modal=words("""
        może | mogą | mógłby | mogłaby | mogłoby | mogliby | mogłyby | być może | prawdopodobnie | zapewne | możliwe |
        miałby | miałaby | miałyby | mieliby
    """),
    hypothetical=words(
        "co jeśli | co, jeśli | gdyby | załóżmy | wyobraźmy sobie | scenariusz | scenariusze | hipotetyczn*"
    ),
    negates=words("nie | żadn* | ani | brak"),
    exempts=words("""
        nie dotycz* | nie obejm* | nie obejmuj* | nie podlega* | nie ma zastosowania do | nie mają zastosowania |
        z wyjątkiem | z wyłączeniem | poza zakazem | wyłączon* z | wyłączon* spod | zwolnion* z | nie zostan* objęt* |
        nie został* objęt* | nie są objęt* | nie jest objęt* | pozostają wolne | pozostaje woln* | bez zmian |
        nie wpłyn*
    """),
    breaks=words("""
        ale | lecz | jednak | choć | chociaż | ponieważ | gdyż | podczas gdy | gdy | kiedy | który | która | które |
        którzy | których | któremu | którą | któr* | żeby | aby | po tym jak | mimo że | zanim | jeśli | jeżeli |
        natomiast | tymczasem | skoro | dopóki | i grozi | i rozważa*
    """),
    prohibits=words("""
        zabrania się | zakazuje się | jest zakazan* | jest zabronion* | są zakazan* | są zabronion* | nie wolno |
        nie może być wyw* | nie mogą być wyw* | nie dopuszcza się | nie mogą zostać | nie może zostać | nie może opu*
    """),
)

_CALENDAR = Calendar(
    months=groups("""
        styczeń | stycznia | styczniu | sty; luty | lutego | lutym | lut; marzec | marca | marcu | mar; kwiecień |
        kwietnia | kwietniu | kwi; maj | maja | maju; czerwiec | czerwca | czerwcu | cze; lipiec | lipca | lipcu | lip;
        sierpień | sierpnia | sierpniu | sie; wrzesień | września | wrześniu | wrz; październik | października |
        październiku | paź; listopad | listopada | listopadzie | lis; grudzień | grudnia | grudniu | gru
    """),
    weekdays=groups("""
        poniedziałek | poniedziałku | poniedziałkiem; wtorek | wtorku; środa | środę | środy; czwartek | czwartku;
        piątek | piątku; sobota | sobotę | soboty; niedziela | niedzielę | niedzieli
    """),
    ordinal=r"\.",
    numbers=counts("""
        jeden=1 | jedną=1 | jednego=1 | dwa=2 | dwie=2 | dwóch=2 | dwu=2 | trzy=3 | trzech=3 | cztery=4 | czterech=4 |
        pięć=5 | pięciu=5 | sześć=6 | sześciu=6 | siedem=7 | siedmiu=7 | osiem=8 | ośmiu=8 | dziewięć=9 | dziewięciu=9 |
        dziesięć=10 | dziesięciu=10 | dwanaście=12 | dwunastu=12 | czternaście=14 | czternastu=14 | piętnaście=15 |
        piętnastu=15 | dwadzieścia=20 | trzydzieści=30 | trzydziestu=30 | czterdzieści=40 | sześćdziesiąt=60 |
        sześćdziesięciu=60 | dziewięćdziesiąt=90 | dziewięćdziesięciu=90 | sto=100 | stu=100
    """),
    units=groups("""
        dzień | dni | dnia; tydzień | tygodnie | tygodni | tygodnia; miesiąc | miesiące | miesięcy | miesiąca;
        rok | lata | lat | roku
    """),
    within=words("""
        za | w ciągu | przez | na | na kolejne | o kolejne | na okres | w terminie | po | po upływie | przez kolejne |
        na najbliższe | przez najbliższe
    """),
    later=words("później | od ogłoszenia | od dnia ogłoszenia | po ogłoszeniu | od publikacji | po publikacji"),
    ago=words("temu | wstecz"),
    today=words("dziś | dzisiaj | od dziś | z dniem dzisiejszym"),
    tomorrow=words("jutro | od jutra"),
    yesterday=words("wczoraj | wczorajszy"),
    next_day=words("""
        następnego dnia po ogłoszeniu | następnego dnia po jego opublikowaniu | następnego dnia po opublikowaniu |
        następnego dnia po jej opublikowaniu | w dniu następującym po | z dniem następującym po dniu ogłoszenia |
        dzień po publikacji | następnego dnia po publikacji
    """),
    next_month=words("w przyszłym miesiącu | przyszłego miesiąca | od przyszłego miesiąca | w następnym miesiącu"),
    next_year=words("""
        w przyszłym roku | od przyszłego roku | przyszłego roku | od nowego roku | w nowym roku | z nowym rokiem
    """),
    this_year=words("w tym roku | tego roku | bieżącego roku | w bieżącym roku | br"),
    last_year=words("w ubiegłym roku | ubiegłego roku | w zeszłym roku | zeszłego roku | ub. r"),
    end_of=words("końca | koniec | końcem | do końca | pod koniec | z końcem | schyłku"),
    at_once=words("""
        ze skutkiem natychmiastowym | w trybie natychmiastowym | natychmiast | od dziś | od zaraz | z dniem ogłoszenia |
        z chwilą ogłoszenia | z dniem publikacji | od razu | niezwłocznie | z dniem dzisiejszym | bezzwłocznie
    """),
    from_before=words("""
        od | od dnia | począwszy od | wchodz* w życie | wejd* w życie | wejdzie w życie | wchodzi w życie |
        wchodzą w życie | wejdą w życie | z dniem | ze skutkiem od | obowiąz* od | z mocą od | od początku |
        nie wcześniej niż |
        rusza | ruszą | ruszają | wejście w życie | stosowa* od | od końca | obowiązywać
    """),
    from_after=words("wejdzie w życie | wchodzi w życie | wejdą w życie | wchodzą w życie | zacznie obowiązywać"),
    until_before=words("""
        do | do dnia | do końca | aż do | wygasa | wygasają | wygaśnie | wygasną | najpóźniej do | obowiąz* do |
        nie dłużej niż do | włącznie do | ważne do | ważna do | ważny do | na okres do | upływa | potrwa do |
        przedłuż* do
    """),
    begun=words("""
        wszedł w życie | weszła w życie | weszło w życie | weszły w życie | obowiązuje od | obowiązują od |
        zaczął obowiązywać | zaczęła obowiązywać | zaczęło obowiązywać | zaczęły obowiązywać | obowiązujący od |
        obowiązujące od | obowiązująca od | obowiązujących od
    """),
    since=words(
        "obowiązuje od | obowiązują od | obowiązujący od | obowiązujące od | obowiązująca od | obowiązujących od"
    ),
    in_month=words(
        "w | we | od | do | po | przed | początku | połowie | końcu | jeszcze w | już w | na początku | z | koniec | za"
    ),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
