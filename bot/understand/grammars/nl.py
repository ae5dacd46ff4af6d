"""Dutch: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, counts, groups, words

_STEPS = Steps(
    imposes=words("""
        verbied* | verbiedt | verbood | verboden | beperk* | legt .. op | leggen .. op | legde .. op |
        opleggen | oplegt | opgelegd | voert .. in | voeren .. in | voerde .. in | invoeren | invoert |
        ingevoerd | stelt .. in | stellen .. in | stelde .. in | instellen | in te stellen | ingesteld | stopt |
        stopte | gestopt | zet .. stop | zet .. stil | zet .. op | zetten .. op | zette .. op | verscherp* |
        scherpt .. aan | aanscherp* | aangescherpt | verstreng* | schort .. op | schorst* | geschorst |
        opschorten | eist | vereist | verplicht* | legt .. stil | stillegt | kondigt .. aan | kondigt .. af |
        vaardigt .. uit | uitgevaardigd | breidt .. uit | uitgebreid | blokkeer* | brengt .. onder |
        bracht .. onder | plaatst* | geplaatst | neemt .. op | belast* | heft | besluit* | besloot | besloten |
        weert | houdt .. tegen | weiger* | geldt | gelden | trekt .. in | staakt | keurt .. goed
    """),
    suspends=words("""
        schort .. op | schorten .. op | schortte .. op | schortten .. op | opschort* | opgeschort* | schorst* |
        geschorst* | pauzeer* | bevries* | bevroren | zet .. stop | zetten .. stop | zette .. stop | stopzet* |
        stopgezet* | stopt | stoppen | stopte | gestopt | stilleg* | stilgelegd* | legt .. stil |
        legde .. stil | leggen .. stil | staakt | staken | gestaakt | stelt .. uit | stelde .. uit |
        uitgesteld* | uitstel | schuift .. op | in de ijskast
    """),
    lifts=words("""
        heft .. op | heffen .. op | hief .. op | hieven .. op | opheff* | opgeheven | opheft | trekt .. in |
        trekken .. in | trok .. in | trokken .. in | intrekk* | ingetrokken | schrapt* | schrappen |
        geschrapt* | draait .. terug | draaide .. terug | terugdraai* | teruggedraaid* | beëindig* |
        stopt met het | haalt streep door | van tafel | afgeschaft* | schaft .. af | afschaff* | haalt .. uit |
        gehaald | haalt .. van | einde aan | eind aan | einde van | verwijder* | ziet af van | zien af van |
        zag af van | zagen af van | afziet van | halen .. van | haalde .. van | schaffen .. af | doekt .. op |
        vernietig* | verklaart .. nietig | nietig | onverbindend | stapt af van | komt terug op |
        kwam terug op | stap terug | bouwt .. af | laat .. aflopen | niet verlengd | verlengt .. niet |
        haalt bakzeil
    """),
    expires=words("""
        loopt af | lopen af | afloop* | aflopen | vervalt | vervallen | verloopt | verlopen | verstrijkt |
        verstreken
    """),
    eases=words("""
        versoepel* | verruim* | verlicht* | ontziet | ontheft | stelt .. vrij | vrijgesteld* | vrijstell* |
        verzacht* | soepeler
    """),
    extends=words("""
        verleng* | loopt .. door | door tot | plakt .. aan vast | houdt .. in stand | blijft van kracht |
        blijven van kracht | gehandhaafd* | handhaaft | opnieuw met .. verlengd
    """),
    restores=words("""
        hervat* | hervatting | opnieuw .. in | opnieuw ingevoerd | herinvoer* | herstelt | hersteld |
        treedt opnieuw | weer van kracht | weer ingevoerd | heropent | heropen*
    """),
    raises=words("""
        verhoog* | verdubbel* | trekt .. op | opgetrokken | extra | verruim* | aanvullend
    """),
    lowers=words("""
        verlaag* | halveer* | vermindert | verminder* | kort .. in | reduceer* | op nul | naar nul | tot nul
    """),
    allows=words("""
        staat .. toe | toegestaan | toestaan | verleen* | verleent | kent .. toe | toegekend | keurt .. goed |
        goedgekeurd | geeft .. vrij | vrijgegeven | geeft .. af | afgegeven | groen licht | staan .. toe |
        laat .. weer toe | laten .. toe | geven .. vrij | gaf .. vrij | verstrekt | afgeven
    """),
    refuses=words("weiger* | geweigerd* | wijst .. af | afgewezen | afwijz*"),
    frees=words("""
        geen vergunning meer nodig | niet langer vergunningplichtig | niet meer vergunningplichtig | mag weer |
        mogen weer | kan weer | kunnen weer | kunnen .. weer | vergunningplicht vervalt |
        zonder vergunning weer | vrij van vergunning | kraan weer open | kraan open | weer uitgevoerd |
        weer geëxporteerd | weer uitvoeren | weer exporteren | weer verkopen | weer leveren |
        vrij van vergunningplicht | hoeft geen vergunning | hoeven geen vergunning | zonder nieuwe vergunning |
        zonder individuele vergunning | vergunningvrij | vergunningsvrij | rechtenvrij | nultarief |
        vrijgesteld van heffing | vrij van heffing
    """),
    forbids=words("""
        mag niet meer | mogen niet meer | mag het land niet | mogen het land niet | het land niet uit |
        niet langer uit | blijft in eigen land | mag niet langer | mogen niet langer |
        geen .. meer aan .. leveren | alleen nog met | onder .. laat vallen | onder .. laten vallen |
        onder .. brengen | onder .. gebracht
    """),
    trade=words("""
        export* | *export | *exporten | uitvoer* | *uitvoer | wederuitvoer | levering* | leveren | levert |
        leveranties | zending* | verkoop | verkopen | verscheping* | verscheepte | aanvoer
    """),
    controls=words("""
        *verbod | *verboden | verbied* | verbood | *beperking* | beperk* | *controle | *controles |
        *restrictie* | *embargo* | *stop | *quotum | *quota | *heffing* | *tarief | *tarieven | *recht |
        *rechten | *sanctie* | *plicht | *eis | *eisen | *maatregel* | *regel | *regels | *rem | *blokkade* |
        *belasting* | *regeling* | zwarte lijst | *lijst | *onderzoek | *bepaling* | *slot | *verordening |
        *verbods*
    """),
    permits=words("""
        *vergunning | *vergunningen | *licentie* | *toestemming | *goedkeuring* | *toelating
    """),
    quotas=words("*quotum | *quota"),
    reliefs=words("""
        *vrijstelling* | *ontheffing* | *uitzondering* | *bestand | *versoepeling* | algemene vergunning* |
        algemene uitvoervergunning* | adempauze | witte lijst | *wapenstilstand | *respijt
    """),
    drafts=words("""
        wetsvoorstel* | voorstel* | ontwerp | ontwerpen | ontwerpbesluit* | ontwerpregeling* | ontwerpwet* |
        plan | plannen | clausule | artikel uit | wet gehaald | conceptregeling* | voornemen*
    """),
    fresh=words("""
        nieuw | nieuwe | extra | verdere | strenger | strengere | scherpere | aanvullende | tijdelijk |
        tijdelijke
    """),
)

_ROLES = Roles(
    home="NL",
    capitals=words("""
        Peking | Beijing | Tokio | Washington | Brussel | Moskou | Seoul | Seoel | Taipei | Londen | Parijs |
        Berlijn | Den Haag | New Delhi | Jakarta | Hanoi | Canberra | Ottawa | Kinshasa | Harare | het Kremlin
    """),
    fillers=words("""
        de | het | alle | een | enkele | bepaalde | sommige | onder meer | die | andere | meer | volksrepubliek
    """),
    joins=words("en | of | , | en naar | alsook | evenals | en het | en de"),
    target_before=words("""
        naar | tegen | richting | bestemd voor | gericht tegen | met eindbestemming | met bestemming |
        gericht op
    """),
    target_maybe=words("aan | op | voor | bij"),
    source_before=words("uit | vanuit | afkomstig uit | van oorsprong uit | van"),
    agent_before=("door", "vanwege", "aldus", "volgens", "namens"),
    place_before=words("in | binnen | te | nabij | via | tussen"),
    owner_before=("van", "uit", "door", "vanuit"),
    acts=words("""
        besluit* | maatregel* | stap | stappen | regel* | wet | aankondiging* | verordening* | plan | plannen |
        beleid | mededeling* | lijst | voorstel* | ontwerp* | beslissing* | autoriteiten | douane
    """),
    parties=words("""
        bedrijf | *bedrijven | *bedrijf | *kopers | *koper | *afnemers | *afnemer | *klanten | *klant | leger |
        strijdkracht* | krijgsmacht | *fabrikant* | *fabriek* | *maker* | *producent* | *gebruikers |
        *industrie | *sector | *entiteit* | *instelling* | *importeur* | *consument* | *ondernem* | goederen |
        waren | *partijen | *eindgebruiker* | *ontwerper* | bestemming*
    """),
    persons=words("""
        *minister* | *ministerie* | president | premier | *woordvoerder* | *regering* | kabinet* | *chef |
        parlement | *ambtena* | *overheid | *autoriteit* | commissie | douane | *toezichthouder* | senaat |
        *raad | rechter* | agentschap
    """),
    reacts=words("""
        veroordeel* | bekritiseer* | hekel* | protesteer* | noemt | noemde | betreur* | reageer* | vreest |
        vrezen | vreesde | waarschuw* | eist | eisen | eiste | roept .. op | dringt aan | verwerpt |
        dient .. klacht in | bezorgd | zorgen | boos | woedend | verontwaardigd | ongerust | kritiek op |
        verzet | verwelkomt | dreigt met tegenmaatregelen | klaagt | hamstert
    """),
    demands=words("""
        eist dat | eisen dat | pleit* voor | roept .. op | vraagt om | vragen om | bepleit* | dringt aan op |
        moet er komen
    """),
    object_before=words("op | van | voor | over | tegen"),
    object_stops=words("""
        naar | aan | in | uit | door | na | voor | bij | die | dat | is | zijn | was | waren | wordt | worden |
        heeft | hebben | had | zou | kan | kunnen | tot | vanaf | per | met | onder | om | en | of | maar |
        omdat | terwijl | zegt | zei | meldt | te | niet | wil | op | af | stop | sinds | volgens | aldus |
        mag | als | over | van
    """),
    vague=words("""
        goederen | producten | product | materialen | technologie* | grondstoffen | de | het | een | zijn |
        hun | alle | deze | dergelijke | bepaalde | gevoelige | kritieke | strategische | export* | uitvoer* |
        levering* | bedrijf | bedrijven | land | landen | maatregel* | meer | ook | dit | dat | elk | andere |
        buitenlandse | jaar | maand* | week | weken | beide | onderdelen | zending* | beter | gebruik | handel |
        militaire | civiele
    """),
)

_TELLING = Telling(
    now=words("""
        vandaag | nu | deze week | deze maand | op maandag | op dinsdag | op woensdag | op donderdag |
        op vrijdag | op zaterdag | op zondag | gisteren | morgen | per direct | voortaan | inmiddels |
        vannacht | zojuist | met onmiddellijke ingang | vanaf nu
    """),
    past=words("""
        vorig jaar | afgelopen jaar | jaren geleden | jaar geleden | destijds | indertijd | toen |
        in het verleden | eerder dit jaar | sindsdien | tien jaar later | jaren later | tien jaar na | jaar na |
        al langer | maanden geleden | vorige zomer | vorig najaar | vorig voorjaar | terugblik | ooit |
        sinds de zomer
    """),
    anterior=words("had | hadden"),
    modal=words("""
        zou kunnen | zouden kunnen | zou .. kunnen | zouden .. kunnen | mogelijk | misschien | wellicht | dreigt
    """),
    hypothetical=words("wat als | stel dat | scenario* | gedachte-experiment | denkoefening"),
    negates=words("geen | niet | noch | nooit | zonder"),
    exempts=words("""
        niet geraakt | niet getroffen | geldt niet | gelden niet | niet onder | buiten schot | uitgezonderd |
        vrijgesteld | met uitzondering van | blijft toegestaan | blijven toegestaan | niet van toepassing |
        geen gevolgen voor | ongemoeid | buiten de regeling | treft niet | blijft mogelijk | behalve | ontzien
    """),
    breaks=words("""
        maar | terwijl | hoewel | nadat | voordat | omdat | doordat | toen | waarna | waarop | en overweegt |
        en dreigt | waarmee | die
    """),
    prohibits=words("""
        is verboden | zijn verboden | mag niet | mogen niet | is niet toegestaan | verbiedt
    """),
)

_CALENDAR = Calendar(
    months=groups("""
        januari | jan; februari | feb; maart | mrt; april | apr; mei; juni | jun; juli | jul; augustus | aug;
        september | sept | sep; oktober | okt; november | nov; december | dec
    """),
    weekdays=groups("maandag; dinsdag; woensdag; donderdag; vrijdag; zaterdag; zondag"),
    numbers=counts("""
        een=1 | één=1 | twee=2 | drie=3 | vier=4 | vijf=5 | zes=6 | zeven=7 | acht=8 | negen=9 | tien=10 |
        twaalf=12 | dertig=30 | zestig=60 | negentig=90
    """),
    units=groups("dag | dagen; week | weken; maand | maanden; jaar | jaren"),
    within=words("binnen | over | voor | met | nog eens | opnieuw"),
    later=words("later | na bekendmaking"),
    ago=("geleden",),
    today=("vandaag",),
    tomorrow=("morgen",),
    yesterday=("gisteren",),
    next_day=words("""
        de dag na die van de bekendmaking | de dag na bekendmaking | de dag na publicatie |
        de dag na die van publicatie
    """),
    next_month=words("volgende maand"),
    next_year=words("volgend jaar"),
    this_year=("dit jaar",),
    last_year=words("vorig jaar | afgelopen jaar"),
    end_of=words("eind | einde"),
    at_once=words("""
        per direct | met onmiddellijke ingang | onmiddellijk | vanaf vandaag | vanaf nu | met ingang van vandaag
    """),
    from_before=words("""
        vanaf | per | gaat op | gaan op | gaat per | gaan per | gaat in op | gaan in op | met ingang van |
        ingaande | van af | in werking op | in op | van kracht op
    """),
    from_after=words("in werking | van kracht"),
    until_before=words("""
        tot | tot en met | tot uiterlijk | tot eind | tot in | geldig tot | loopt tot | uiterlijk
    """),
    begun=words("""
        van kracht sinds | gelden sinds | geldt sinds | in werking getreden | trad in werking |
        traden in werking | ging in | gingen in | ingegaan | van kracht geworden | werd van kracht
    """),
    since=words("sinds | sedert"),
    in_month=words("in | sinds | tijdens | van | uit | voor | na | tot | medio | begin"),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
