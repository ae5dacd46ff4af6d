"""German: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, counts, groups, words

_STEPS = Steps(
    imposes=words("""
        verbiete* | verbietet | verbot | verboten | untersag* | verhäng* | beschränk* | schränk* .. ein |
        eingeschränkt* | einschränk* | einzuschränken | verschärf* | führ* .. ein | einführ* | einzuführen |
        eingeführt* | stopp* | gestoppt* | stell* .. unter | unterstell* | setz* .. auf | gesetzt |
        nimmt .. auf | aufgenommen | ordne* .. an | angeordnet | erlässt | erließ | erlassen | verfüg* |
        verlang* | erheb* | erhob | drossel* | weit* .. aus | ausgeweitet | blockier* | kapp* | leg* .. auf |
        mach* .. fest | bestätig* | beschließ* | beschloss* | verabschied* | kündig* .. an | bedarf | bedürfen |
        braucht | dreh* .. zu | schieb* .. vor | entzieh* | entzog* | listet | eingefügt | gilt | gelten |
        verordne* | genehmigungspflichtig* | leg* .. an | lässt .. nur
    """),
    suspends=words("""
        setz* .. aus$ | setz* .. aus und | setz* .. aus oder | aussetz* | auszusetzen | ausgesetzt* |
        aussetzung* | stopp | stoppt | stoppte* | stoppen | gestoppt* | pausier* | unterbrech* |
        unterbroch* | einfrier* | eingefroren | friert .. ein | verschieb* | verschob* | verschoben* |
        schieb* .. hinaus | hinausgeschoben | einstell* | eingestellt | stellt .. ein | stellte .. ein |
        auf eis | vertag*
    """),
    lifts=words("""
        heb* .. auf | hob* .. auf | aufheb* | aufgehoben* | aufzuheben | aufhebung | streich* | strich* |
        gestrichen* | nimm* .. zurück | nehmen .. zurück | nahm* .. zurück | zurückgenommen* | zurücknahme |
        beend* | beendet* | ende der | ende des | widerruf* | kipp* | gekippt* | abschaff* | schaff* .. ab |
        abgeschafft* | entfern* | zieh* .. zurück | zog* .. zurück | zurückgezogen* | lass* .. fallen |
        lässt .. fallen | fallengelassen | aufgegeben | rückgängig | entzieh* | entzog* | entzogen | entfallen |
        entfällt | verzichte* auf | verzicht auf | nimmt .. von | nehmen .. von | nahm* .. von |
        sieht .. ab von | rückt .. ab von | streicht .. von | annullier* | für nichtig | für ungültig |
        kassier* | rudert zurück | rückzieher | nicht verlängert | verlängert .. nicht | lässt .. auslaufen |
        rückt .. ab | baut .. ab
    """),
    expires=words("""
        lauf* .. aus | läuft .. aus | auslauf* | ausgelaufen | ausläuft | erlisch* | erloschen | außer kraft |
        läuft ab | endet am
    """),
    eases=words("""
        locker* | gelockert* | erleichter* | entschärf* | ausnimmt | nimmt .. aus$ | freistell* |
        stellt .. frei | aufweich* | milder*
    """),
    extends=words("""
        verlänger* | fortgeltung | gilt weiter | gelten weiter | bleib* .. in kraft | bleiben bestehen |
        fortgeführt | weitere drei monate | um weitere | fortbesteh*
    """),
    restores=words("""
        nimm* .. wieder auf | nahm* .. wieder auf | wiederaufnahme | wiederaufgenommen | wieder aufgenommen |
        wieder in kraft | wiedereinführ* | wieder eingeführt | wieder einführ* | führ* .. wieder ein |
        setz* .. wieder in kraft | lebt wieder auf | leben wieder auf | erneut in kraft | wiederherstell*
    """),
    raises=words("""
        erhöh* | verdoppel* | anheb* | hebt .. an | angehoben | zusätzlich* | aufstock* | stockt .. auf
    """),
    lowers=words("""
        senk* | gesenkt* | halbier* | reduzier* | kürz* | verringer* | herabgesetzt | auf null | nullsatz
    """),
    allows=words("""
        erteil* | erlaub* | genehmigt | genehmigen | gewähr* | gestatte* | lässt .. zu | zulassen | zugelassen |
        gibt .. frei | freigegeben | freigabe | grünes licht | bewillig* | lassen .. zu | ließ .. zu |
        geben .. frei | gab .. frei | erlaubt* | lässt .. wieder
    """),
    refuses=words("""
        verweiger* | lehn* .. ab | abgelehnt* | ablehn* | versag* | entzieh* | entzogen
    """),
    frees=words("""
        keine genehmigung mehr | nicht mehr genehmigungspflichtig | wieder ohne genehmigung | genehmigungsfrei |
        dürfen wieder | darf wieder | wieder .. liefern | wieder geliefert | einzelanträge entfallen |
        wieder auf die weiße liste | wieder auf die „weiße liste | hahn wieder auf | wieder ausgeführt |
        wieder exportiert | wieder verkaufen | wieder liefern | wieder exportieren | wieder ausführen |
        entfällt die genehmigungspflicht | ohne neue genehmigung* | ohne einzelgenehmigung* | zollfrei |
        von der genehmigungspflicht befreit | brauchen keine genehmigung | braucht keine genehmigung
    """),
    forbids=words("""
        nicht mehr ausgeführt | nicht mehr exportiert | nicht mehr außer landes | nicht außer landes |
        bleibt im land | daheim | nur noch mit | darf nicht mehr | dürfen nicht mehr | künftig nur mit |
        unter .. fallen lassen | unter .. stellen | unter .. gestellt
    """),
    trade=words("""
        export | exporte | exporten | exports | *exporte | *exporten | *export | *exports | ausfuhr |
        ausfuhren | *ausfuhr | *ausfuhren | lieferung | lieferungen | *lieferungen | verkauf* | sendung* |
        exportiert* | ausgeführt | auszuführen | liefern
    """),
    controls=words("""
        *verbot | *verbots | *verbote | *verboten | verbiete* | untersag* | *kontrolle | *kontrollen |
        *beschränkung* | beschränk* | *restriktion* | *stopp | *stopps | *sperre | *sperren | *embargo* |
        *quote | *quoten | *zoll | *zölle | *zöllen | *zolls | *abgabe | *abgaben | *steuer | *steuern |
        *sanktion* | *pflicht | *pflichten | *auflage* | *maßnahme* | *regel | *regeln | *regelung* |
        *vorschrift* | *schranke* | *hürde* | *verschärfung* | schwarze* liste | *untersuchung* | *verfahren |
        *zwang | einschränk* | *verordnung | *bremse
    """),
    permits=words("""
        *genehmigung | *genehmigungen | *lizenz | *lizenzen | *bewilligung* | *erlaubnis* | *zulassung*
    """),
    quotas=words("*quote | *quoten | *kontingent*"),
    reliefs=words("""
        *ausnahme | *ausnahmen | *ausnahmeregelung* | *freistellung* | *erleichterung* | *lockerung* |
        *waffenruhe | *pause | allgemeine* genehmigung* | allgemeingenehmigung* | *schonfrist | weiße* liste |
        jahreslizenz* | *befreiung*
    """),
    drafts=words("""
        *entwurf* | *entwürfe | gesetzentwurf* | vorlage | vorhaben | plan | pläne | plänen | vorschlag* |
        klausel*
    """),
    fresh=words("""
        neu | neue | neuen | neuer | neues | zusätzliche* | weitere* | strengere* | schärfere* | vorläufige* |
        vorübergehende*
    """),
)

_ROLES = Roles(
    home="DE",
    capitals=words("""
        Peking | Tokio | Washington | Brüssel | Moskau | Seoul | Taipeh | London | Paris | Berlin | Den Haag |
        Neu-Delhi | Jakarta | Hanoi | Canberra | Ottawa | Kinshasa | Harare | Wien | Bern | Kreml
    """),
    fillers=words("""
        die | der | das | den | dem | alle | einige | bestimmte | zwei | drei | mehrere | sämtliche | ein |
        eine | volksrepublik
    """),
    joins=words("""
        und | oder | , | sowie | und die | und der | und dem | und den | und nach | und in | beziehungsweise
    """),
    target_before=words("""
        nach | gegen | gegenüber | richtung | in die | in den | ins | zulasten | bestimmt für | mit ziel |
        mit bestimmungsort
    """),
    target_maybe=words("an | auf | für"),
    source_before=words("aus | mit ursprung in | aus der | aus dem | von"),
    agent_before=("durch", "von", "seitens", "durch die", "vom", "laut"),
    place_before=words("in | im | bei | über | innerhalb | zwischen | am | via"),
    owner_before=words("von | der | des | durch | durch die | aus | seitens"),
    acts=words("""
        beschluss* | entscheidung* | maßnahme* | schritt* | ankündigung* | verordnung* | gesetz* | plan |
        pläne* | vorstoß | regel* | erlass* | liste | politik | vorgehen | mitteilung* | entwurf* | behörden |
        zoll | zollbehörde*
    """),
    parties=words("""
        firma | firmen | *firmen | unternehmen | *unternehmen | kunden | *kunden | käufer* | abnehmer* |
        militär | *militär | armee | streitkräfte* | hersteller* | *hersteller | *hersteller* | *werke | *werk |
        konzern* | nutzer* | endnutzer* | industrie | einrichtung* | organisation* | importeur* | waren |
        produkte* | betrieb* | *fabrik* | *käufer | *produzenten | bürger | chipfirmen | entitäten
    """),
    persons=words("""
        *minister* | *ministerium* | präsident* | premier* | sprecher* | *regierung* | kabinett* | *behörde* |
        parlament* | kommission* | beamte* | *amt | zoll | senat* | rat | kanzler* | gericht* | *agentur |
        führung | *beauftragte*
    """),
    reacts=words("""
        verurteil* | kritisier* | protestier* | rüg* | beklag* | bedauer* | reagier* | fürchte* | befürchte* |
        warn* | forder* | verlangt die aufhebung | verwahr* | beschwer* | begrüß* | empör* | weis* .. zurück |
        besorgt | sorge* | wehr* | klagt | nannte | nennt | wirft .. vor | warf .. vor | verärgert | wütend |
        erzürnt
    """),
    demands=words("""
        forder* | verlang* die | dringen auf | dringt auf | plädier* | rufen nach | ruft nach | appellier* |
        sollte* | werben für
    """),
    object_before=words("von | für | auf | über | der | des | bei | an"),
    object_stops=words("""
        nach | an | in | aus | durch | vor | bei | die | das | ist | sind | war | wird | werden | hat | haben |
        hatte | könnte | bis | ab | mit | unter | um | und | oder | aber | weil | während | sagte | zu | nicht |
        will | auf | seit | laut | wie | gegen | zum | zur | vom | im | am | soll | sollen | ein | dass | für |
        der | des
    """),
    vague=words("""
        güter* | produkt* | waren | material* | technologie* | rohstoff* | die | der | das | den | ein | eine |
        einer | alle | aller | diese* | bestimmte* | sensible* | kritische* | strategische* | export* |
        ausfuhr* | lieferung* | firmen | unternehmen | land | länder* | maßnahme* | mehr | andere* | jahr* |
        monat* | woche* | beide* | teile | weitere* | sämtliche* | seine* | ihre* | solche* | neue* | militär* |
        zivile* | handel
    """),
)

_TELLING = Telling(
    now=words("""
        heute | nun | jetzt | diese woche | in dieser woche | am montag | am dienstag | am mittwoch |
        am donnerstag | am freitag | am samstag | am sonntag | gestern | morgen | ab sofort | künftig | soeben |
        inzwischen | mit sofortiger wirkung | montagabend | neu
    """),
    past=words("""
        im vergangenen jahr | voriges jahr | vor jahren | vor einem jahr | vor zwei jahren | damals |
        seinerzeit | seit damals | in der vergangenheit | im vorjahr | rückblick* | jahrestag | seither |
        seitdem | einst | jahre danach | im zuge .. spannungen | vor monaten | im letzten jahr | letztes jahr |
        ehemals | früher | seit jahren
    """),
    anterior=words("hatte | hatten"),
    modal=words("könnte* | möglicherweise | vielleicht | womöglich | droht | käme"),
    hypothetical=words("""
        angenommen | was wäre wenn | planspiel | szenario | gedankenspiel | was geschähe
    """),
    negates=words("kein | keine | keinen | keiner | keines | nicht | weder | nie | ohne"),
    exempts=words("""
        nicht betroffen | gilt nicht | gelten nicht | ausgenommen | mit ausnahme von | nicht erfasst |
        unberührt | außen vor | bleibt erlaubt | bleiben erlaubt | fällt nicht | fallen nicht | bleibt möglich |
        nicht unter | verschont | betrifft nicht | betreffen nicht | bleiben möglich | außer
    """),
    breaks=words("""
        aber | während | obwohl | nachdem | bevor | weil | als | doch | und erwägt | und prüft | und droht |
        sodass | worauf | wobei
    """),
    prohibits=words("""
        ist verboten | sind verboten | darf nicht | dürfen nicht | ist untersagt | sind untersagt |
        bedarf der genehmigung | bedürfen der genehmigung
    """),
)

_CALENDAR = Calendar(
    months=groups("""
        januar | jänner | jan; februar | feber | feb; märz; april | apr; mai; juni | jun; juli | jul;
        august | aug; september | sept | sep; oktober | okt; november | nov; dezember | dez
    """),
    weekdays=groups("""
        montag | montags; dienstag | dienstags; mittwoch | mittwochs; donnerstag; freitag; samstag | sonnabend;
        sonntag
    """),
    ordinal=r"\.",
    numbers=counts("""
        ein=1 | einem=1 | einen=1 | eines=1 | zwei=2 | drei=3 | vier=4 | fünf=5 | sechs=6 | sieben=7 | acht=8 |
        neun=9 | zehn=10 | zwölf=12 | dreißig=30 | sechzig=60 | neunzig=90
    """),
    units=groups("""
        tag | tage | tagen | tages; woche | wochen; monat | monate | monaten | monats;
        jahr | jahre | jahren | jahres
    """),
    within=words("binnen | innerhalb von | innerhalb | in | um | für | für zunächst"),
    later=words("später | nach verkündung"),
    ago=("vor",),
    today=("heute",),
    tomorrow=("morgen",),
    yesterday=("gestern",),
    next_day=words("""
        am tag nach der verkündung | am tag nach ihrer veröffentlichung | am tag nach der bekanntmachung |
        tag nach der veröffentlichung
    """),
    next_month=words("nächsten monat | kommenden monat | nächsten monats | kommendem monat"),
    next_year=words("""
        nächstes jahr | kommendes jahr | nächsten jahr | kommenden jahr | nächsten jahres | kommenden jahres |
        neujahr
    """),
    this_year=words("dieses jahr | in diesem jahr | heuer"),
    last_year=words("""
        voriges jahr | im vorjahr | im vergangenen jahr | letztes jahr | vergangenes jahr | im letzten jahr
    """),
    end_of=words("ende | jahresende"),
    at_once=words("""
        mit sofortiger wirkung | ab sofort | von sofort an | umgehend | ab heute | unverzüglich
    """),
    from_before=words("""
        ab | ab dem | ab den | zum | mit wirkung vom | mit wirkung zum | schon vom | tritt am | treten am |
        gilt ab
    """),
    from_after=words("an in kraft | an | in kraft"),
    until_before=words("""
        bis | bis zum | bis ende | bis einschließlich | befristet bis | gültig bis | bis mitte | bis in den
    """),
    begun=words("""
        gelten seit | gilt seit | in kraft seit | in kraft getreten | trat .. in kraft | traten .. in kraft |
        in kraft gesetzt
    """),
    since=words("seit | seit dem"),
    in_month=words("""
        im jahr | im jahre | in | seit | schon | bereits | anno | von | bis | ab | im | vor | nach
    """),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
