"""Italian: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, counts, groups, words

_STEPS = Steps(
    imposes=words("""
        viet* | proib* | impon* | impos* | imporr* | introdu* | introdott* | istitui* | limita | limitano | limitat* |
        limitare | limiter* | restring* | ristrett* | inaspri* | irrigid* | stringe | stringono | stretta | rafforz* |
        richied* | esig* | obblig* | sottopon* | sottopost* | subordin* | sospend* | sospes* | blocc* | congel* |
        ferma | fermano | fermat* | fermare | chiud* | chius* | blind* | contingent* | razion* | tass* | colpi* |
        inseri* | iscri* | aggiun* | mette | mettono | messo | messa | amplia* | ampli* | estend* | estes* | adott* |
        approv* | promulg* | decret* | ordin* | firm* | pubblic* | annunc* | vota* | vara | varano | varat* | varare |
        conferm* | ufficializz* | decid* | decis* | dispon* | dispost* | revoc* | ritir* | taglia | tagliano |
        tagliat* | priva | sanzion* | fiss* | scatta* | scatter* | riserv* | serve | servirà | servono | occorr* |
        dovr* | deve | devono | entra in vigore | entrano in vigore | frena | frenano | frenat* | nega | negat* |
        alza | alzano | alzat* | oppon* | oppost* | esercit* | intima* |
        giorni per | settimane per | mesi per
    """),
    suspends=words("""
        sospend* | sospes* | sospensione | sospensioni | congel* | interromp* | interrott* | interruzione | pausa |
        ferma | fermano | fermat* | fermare | stop a | stop all* | stop ai | stop al | stop | blocca | bloccano |
        bloccat* | bloccare | bloccherà | blocco | rinvi* | slitta | slittano | slittamento | posticip* | rimand* |
        cessa | cessano | cessazione | cessare | smette | smettono | taglia | tagliano | tagliat* |
        chiude .. rubinett* | chiudere .. rubinett* | chiuso .. rubinett* | mette in pausa | in stand-by | accanton* |
        differi*
    """),
    lifts=words("""
        revoc* | abolisc* | aboli* | abolizione | elimin* | eliminazione | toglie | tolgono | tolto | tolta | tolti |
        tolte | togliere | toglier* | rimuov* | rimoss* | rimozione | cancell* | abrog* | annull* | ritira |
        ritirano | ritirat* | ritirare | ritiro | pone fine | porre fine | pongono fine | mette fine | mettono fine |
        fine dell'embargo | fine del divieto | fine delle restrizion* | fine dei controlli | fine dei dazi |
        fine delle sanzion* | fine delle quote | fine del bando | fine della moratoria | fine al* | fine agli |
        rinunci* | abbandon* | sopprim* | soppress* | decade | esce dalla lista | escono dalla lista | depenn* |
        stralci* | fa marcia indietro | marcia indietro | dietrofront | retromarcia | fa un passo indietro | bocci* |
        affoss* | non rinnov* | non proroga* | mancato rinnovo | mancata proroga | leva | levano | archivi* | azzer* |
        fa cadere | lascia cadere | cade il | cade l' | cadono i | cadono le | invalid*
    """),
    expires=words("""
        scad* | spir* | giunge a scadenza | giunge al termine | si esauri* | termina | terminano | decad* |
        cessa di avere
    """),
    eases=words("""
        allent* | alleggeri* | ammorbid* | attenu* | esent* | esonera* | esonerat* | sempli* | dispens* | mitig* |
        liberalizz* | apre uno spiraglio | concede una tregua
    """),
    extends=words("""
        proroga | prorogano | prorogat* | prorogare | prorogherà | proroghe | prolung* | estensione di | rinnov* |
        rinnovo | mantien* | manteng* | manten* | manterr* | resta in vigore | restano in vigore | rimane in vigore |
        rimangono in vigore | resterà in vigore | altri tre mesi | altri sei mesi | un altro anno |
        per un altro anno | per altri | ancora in vigore
    """),
    restores=words("""
        ripristin* | reintrodu* | reintrodott* | reimpon* | reimpost* | riprend* | ripres* | ripresa | riapr* |
        riapert* | riapertura | riattiv* | torna in vigore | tornano in vigore | di nuovo in vigore |
        rimette in vigore | ripart*
    """),
    raises=words("""
        aument* | alza | alzano | alzat* | alzare | innalz* | raddoppi* | triplic* | eleva | elevat* | incrementa* |
        rialz* | porta .. al | portat* al | rincar*
    """),
    lowers=words("""
        riduc* | ridott* | ridurr* | ridurre | riduzione | taglia | tagliano | tagliat* | tagliare | dimezz* |
        abbass* | diminui* | cala | a zero | azzera* | sforbicia* | accorci*
    """),
    allows=words("""
        autorizza | autorizzano | autorizzat* | autorizzare | autorizzerà | conced* | concess* | rilascia |
        rilasciano | rilasciare | rilascer* | ha rilasciato | hanno rilasciato | consent* | permett* | permess* |
        approva .. vendit* | approva .. esport* | sblocc* | dà .. via libera | dato .. via libera |
        ottiene .. via libera | via libera a* | lascia passare | lascia vendere | lascia esportare | ok a* | libera |
        liberano | dà l'ok | dà il disco verde
    """),
    refuses=words("""
        nega | negano | negat* | negare | rifiut* | respin* | respint* | rigett* | bocci* | blocca | bloccano |
        non rilascia | non concede | non rilasciano | diniego | dinieghi
    """),
    frees=words("""
        non serve più | non servono più | non servirà più | non occorre più | non è più necessari* |
        non è più richiest* | non più soggett* | non sono più soggett* | non è più soggett* | non richied* più |
        senza più licenz* | può di nuovo | possono di nuovo | potrà di nuovo | potranno di nuovo | può tornare a |
        possono tornare a | potrà tornare a | potranno tornare a | torna a esportare | tornano a esportare |
        torna a vendere | tornano a vendere | torna ad esportare | riapr* .. rubinett* | liberamente esport* |
        esportare liberamente | vendere liberamente | senza licenze individuali | senza licenza individuale |
        senza nuove licenze | esent* da licenz* | esent* dall'obbligo | di nuovo autorizzat* | nella lista bianca |
        esente da dazi | a dazio zero | di nuovo esportabil* | dazi azzerati | torna a fornire | tornano a partire
    """),
    # "non esclude" stands here so that its "non" denies nothing.
    forbids=words("""
        non può più | non possono più | non potrà più | non potranno più | non lascia* più | non lascerà più |
        non esce più | non escono più | non uscirà più | non usciranno più | non esporta più | non vende più |
        non vender* più | non esport* più | non fornis* più | non fornirà più | non deve più | resta* nel paese |
        resterà nel paese | resteranno nel paese | resta* in patria | non può lasciare | non possono lasciare |
        non potrà | non potranno | non esclud* | non è esclus* | non si esclude | non basta più | non senza |
        non prima
    """),
    trade=words("""
        esportazion* | export | esporta | esportano | esportare | esportat* | spedizion* | spedi* | consegn* |
        vendit* | vende | vendono | vendere | vendut* | invio | invii | inviare | fornitur* | approvvigionament* |
        cargo | carichi | carico | flusso | flussi | uscita | commercio | scambi
    """),
    controls=words("""
        divieto | divieti | vieta | vietano | vietat* | vietare | proibi* | bando | bandi | embargo | embarghi |
        controllo | controlli | controllat* | restrizion* | limitazion* | limite | limiti | limita | limitano |
        limitare | quota | quote | contingent* | tetto | tetti | dazio | dazi | tassa | tasse | imposta sull'* |
        imposta all'* | prelievo | prelievi | royalty | sanzion* | misur* | moratoria | blocco | barrier* |
        lista nera | liste nere | black list | blacklist | lista delle entità | elenco delle entità | entity list |
        regola | regole | regolament* | normativ* | obbligo | obblighi | stretta | giro di vite | decreto | decreti |
        antidumping | anti-dumping | indagin* | ritorsion* | contromisur* | vincol* | tariff* | veto | sovrattass* |
        ordinanza | freno | freni | paletti
    """),
    permits=words("""
        licenza | licenze | autorizzazion* | permesso | permessi | via libera | nulla osta | nullaosta | benestare |
        visto | placet | lasciapassare | ok di
    """),
    quotas=words("quota | quote | contingent* | tetto all'export* | tetti all'export* | tetto alle esportazion*"),
    reliefs=words("""
        derog* | esenzion* | eccezion* | tregua | licenza generale | licenze generali | esonero | esoneri |
        allentament* | alleggeriment* | periodo di grazia | lista bianca | licenza globale | licenze globali |
        licenza annuale | licenze annuali | sospensione dei controlli | sospensione delle restrizion* |
        sospensione dei dazi | dispensa | sgravi* | moratoria sui dazi
    """),
    drafts=words("""
        disegno di legge | ddl | progetto di legge | proposta | proposte | bozza | bozze | emendament* | clausol* |
        piano | piani | articolo | norma
    """),
    fresh=words("""
        nuovo | nuova | nuovi | nuove | ulterior* | aggiuntiv* | più sever* | più rigid* | rafforzat* | primo |
        prima | temporane* | provvisor* | immediat* | totale | inedit*
    """),
)

_ROLES = Roles(
    capitals=words("""
        Pechino | Tokyo | Washington | Bruxelles | Mosca | Seul | Seoul | Taipei | Londra | Parigi | Berlino | L'Aia |
        Nuova Delhi | New Delhi | Giacarta | Jakarta | Hanoi | Canberra | Ottawa | Kinshasa | Harare | Berna | Rabat |
        Libreville | Conakry | Bamako | Niamey | Roma | Madrid | Varsavia | Kuala Lumpur | Kiev | il Cremlino |
        Teheran | Ankara | la Casa Bianca
    """),
    home="IT",
    fillers=words("""
        il | lo | la | i | gli | le | l' | un | uno | una | un' | suo | sua | suoi | sue | loro | tutti | tutte |
        tutto | tutta | alcuni | alcune | diversi | diverse | due | tre | altri | altre | dodici | venti | decine di |
        una decina di | una ventina di | una trentina di
    """),
    joins=words("""
        e | ed | o | , | nonché | e la | e il | e gli | e le | e i | e l' | e del | e della | e dei | e degli |
        e verso | e alla | e al | e contro | oltre a | come | la | il | l' | e di | di | del | della | dei | degli |
        delle | al | alla | agli | ai | all' | e all' | e agli | e ai | dell' | e dell' | sia
    """),
    adjective_behind=True,
    target_before=words("""
        verso | verso la | nei confronti di | nei confronti del | nei confronti della | nei confronti degli |
        nei confronti dell' | contro | ai danni di | ai danni del | ai danni della | ai danni degli | destinat* a |
        destinat* al | destinat* alla | destinat* agli | destinat* all' | dirett* in | dirett* a | dirett* al |
        dirett* alla | dirett* agli | dirett* negli | con destinazione | alla volta di | alla volta della |
        prende di mira | mira a colpire | colpisce | colpiscono | vend* .. a | vend* .. al | vend* .. alla |
        vend* .. all' | vend* .. agli | vend* .. ai | vendit* .. a | vendit* .. in | vend* .. in | vendit* .. al |
        vendit* .. alla | vendit* .. agli | vendit* .. ai | fornitur* .. a | fornitur* .. al | fornitur* .. alla |
        fornitur* .. agli | fornitur* .. ai | forni* .. a | forni* .. al | forni* .. alla | forni* .. agli |
        forni* .. ai | consegn* .. a | consegn* .. al | consegn* .. alla | consegn* .. agli | consegn* .. ai |
        spedi* .. in | spedi* .. a | export* .. in | export verso | esport* .. in | esport* .. negli |
        esport* .. alla | esport* .. al | esport* .. agli | esport* .. ai | viet* a | viet* al | viet* alla |
        viet* agli | viet* ai | viet* all' | nega* a | nega* al | nega* alla | nega* agli | nega* ai | invi* .. a |
        invi* .. in | invi* .. al | invi* .. alla | invi* .. agli | priva | spedizion* .. in | spedizion* .. a |
        spedizion* .. alla | carichi .. per
    """),
    target_maybe=words("su | sul | sulla | sugli | sui | sulle | sull' | per | per la | per il | per gli | con"),
    source_before=words("""
        provenient* da | provenient* dal | provenient* dalla | provenient* dagli | provenient* dall' | originari* di |
        originari* del | originari* della | originari* dell' | importat* da | importat* dal | importat* dalla |
        importat* dagli | importazion* da | importazion* dal | importazion* dalla | importazion* dagli |
        importazion* dall' | prodott* in | fabbricat* in | made in | fuori da | fuori dal | fuori dalla | lasciare |
        lascia | lasciano | lascerà | uscire da | uscire dal | uscire dalla | acquist* da | arriv* da | arriv* dalla |
        arriv* dal | provenienza
    """),
    agent_before=words("""
        da parte di | da parte del | da parte della | da parte degli | da parte dell' | *to da | *to dal | *to dalla |
        *to dagli | *to dall' | *ta da | *ta dal | *ta dalla | *ta dagli | *ta dall' | *ti da | *ti dal | *ti dalla |
        *ti dagli | *ti dall' | *te da | *te dal | *te dalla | *te dagli | *te dall' | *so da | *so dal | *so dalla |
        *so dagli | *so dall' | *sa da | *sa dal | *sa dalla | *sa dagli | *sa dall' | *si da | *si dal | *si dalla |
        *si dagli | *si dall' | *se da | *se dal | *se dalla | *se dagli | *se dall'
    """),
    place_before=words("""
        in | a | al | alla | agli | ai | all' | negli | nel | nella | nei | nelle | dentro | presso | entro | tra |
        fra | via | sul suolo | sul territorio | attraverso
    """),
    owner_before=words("di | del | della | dei | degli | dell' | delle | da parte di | da parte del | da parte della"),
    acts=words("""
        decision* | misur* | mossa | mosse | annuncio | decreto | decreti | legge | leggi | regolament* | regol* |
        ordinanz* | lista | elenco | politic* | piano | piani | progetto | rispost* | replica | ritorsion* |
        contromisur* | direttiv* | comunicato | avviso | catalogo | offensiv* | propost* | dogan* | norm* | bozza |
        strategia
    """),
    parties=words("""
        azienda | aziende | impresa | imprese | società | gruppo | gruppi | ditta | ditte | acquirent* | client* |
        utent* | utilizzator* | esercito | militar* | forze | forze armate | produttor* | costruttor* | industrial* |
        industria | industrie | entità | organizzazion* | istitut* | laborator* | importator* | fabbric* | fonderi* |
        gigant* | colosso | colossi | azionist* | investitor* | filial* | fornitor* | mercato | mercati | cittadin* |
        acciaieri* | raffineri* | università | start-up | startup | conglomerat* | banca | banche | rivale | rivali |
        concorrent* | case automobilistiche | porto | porti | suolo | navi | nave | compagni* | soggetti | operator*
    """),
    persons=words("""
        ministro | ministra | ministri | ministero | ministeri | president* | premier | portavoce | governo |
        governi | autorità | funzionar* | gabinetto | parlament* | commission* | commissari* | deputat* | senator* |
        senato | congresso | amministrazion* | esecutiv* | diplomat* | regolator* | agenzia | dogan* | tribunal* |
        corte | legislator* | regime | dirigent* | negoziator* | dicastero | presidenza | leadership | giunta
    """),
    reacts=words("""
        condann* | denunc* | protest* | critic* | deplor* | rammaric* | reagi* | è preoccupat* | sono preoccupat* |
        preoccupat* per | tem* | teme | temono | avvert* | mette in guardia | mettono in guardia | salut* | reclam* |
        contest* | si oppon* | stigmatizz* | accus* | allarm* | chied* la revoca | chied* .. di revocare |
        chied* .. di togliere | chied* .. di rimuovere | chied* il ritiro | esort* .. a | invit* .. a revocare |
        sollecit* .. a | si lament* | convoc* | plaud* | accogli* con favore | fa ricorso | ricorr* al Wto |
        ricorr* all'Omc | irritat* | furios* | promette di rispondere | boll* | definisc* | attacc* .. Wto |
        si dice preoccupat* | paga il prezzo | in ansia | insorg* | si appell* | si sfog* | cerca .. alternative
    """),
    demands=words("""
        reclam* | chied* a | chied* al | chied* alla | chied* che | chied* di | esort* | sollecit* | invoc* |
        auspic* | raccomand* | propone che | dovrebbe | dovrebbero | bisognerebbe | si appell* | petizione |
        preme per | pressing
    """),
    object_before=words("""
        di | del | della | dei | degli | delle | dell' | su | sul | sulla | sui | sugli | sulle | sull' | per
    """),
    object_stops=words("""
        a | al | alla | ai | agli | alle | in | per | da | dal | dalla | dopo | prima | come | che | cui | è | sono |
        era | sarà | saranno | ha | hanno | aveva | potrebbe | fino | con | sotto | contro | su | dice | perché | se |
        e | o | ma | verso | non | si | di | del | della | dei | degli | delle | entro | questo | questa | secondo |
        salvo | fuori | nei | nel | nella | mentre | quando | già | più | ed
    """),
    vague=words("""
        bene | beni | prodott* | articol* | esportazion* | export | importazion* | material* | tecnologi* | alcun* |
        tutt* | altr* | il | lo | la | i | gli | le | un | una | suo* | sua | loro | sensibil* | critic* |
        strategic* | quest* | spedizion* | vendit* | fornitur* | aziend* | impres* | società | paes* | misur* |
        part* | grezz* | più | divers* | mes* | ann* | settiman* | giorn* | due | tre | lunedì | martedì | mercoledì |
        giovedì | venerdì | sabato | domenica | nuov* | militar* | civil* | materi* | dogan* | uscita | l' | doppio |
        uso | dazi | autorizzazion* | licenz* | governo | piano | gennaio | febbraio | marzo | aprile | maggio |
        giugno | luglio | agosto | settembre | ottobre | novembre | dicembre | rare | base | lusso | dual | semi
    """),
)

_TELLING = Telling(
    now=words("""
        oggi | ora | adesso | d'ora in poi | d'ora in avanti | questa settimana | questo mese | lunedì | martedì |
        mercoledì | giovedì | venerdì | sabato | domenica | ieri | domani | ha appena | in queste ore | sarà |
        saranno | dovrà | dovranno | servirà | con effetto immediato | fino a nuovo ordine | da ora | stamattina |
        in giornata | a partire da
    """),
    past=words("""
        l'anno scorso | lo scorso anno | l'anno passato | un anno fa | anni fa | mesi fa | dieci anni fa |
        decennio fa | allora | all'epoca | a suo tempo | in passato | da anni | negli anni | anniversario |
        retrospettiva | in precedenza | precedente | precedenti | la scorsa primavera | la scorsa estate |
        lo scorso autunno | lo scorso inverno | gennaio scorso | febbraio scorso | marzo scorso | aprile scorso |
        maggio scorso | giugno scorso | luglio scorso | agosto scorso | settembre scorso | ottobre scorso |
        novembre scorso | dicembre scorso | lo scorso gennaio | lo scorso aprile | lo scorso ottobre |
        il mese scorso | anni dopo | mesi dopo | un anno dopo | ricordiamo | ricorda* che | ai tempi | un tempo |
        una volta | correva l'anno | era il 20* | nell'autunno del 20* | nell'estate del 20*
    """),
    anterior=words("aveva | avevano | ebbe"),
    modal=words("""
        potrebbe | potrebbero | forse | rischia di | rischiano di | minaccia di | minacciano di | valut* l'ipotesi |
        intende | intendono | vorrebbe | vorrebbero | vuole | vogliono | pensa a | pensano a | pensa di | punta a |
        prevede di | si appresta a | si prepara a | dovrebbe | dovrebbero | studia | studiano | starebbe | starebbero
    """),
    hypothetical=words("""
        e se | immaginiamo | supponiamo | scenario | ipotetic* | cosa succederebbe | cosa succede se | fantapolitica |
        war game | simulazione | nell'ipotesi
    """),
    negates=words("""
        nessun | nessuna | nessuno | non | né | senza | mai | anziché un | piuttosto che | niente
    """),
    exempts=words("""
        non riguard* | non si applic* | non colpisc* | non tocca* | esent* | esclus* | ad eccezione di |
        ad eccezione del | ad eccezione della | ad eccezione dei | eccetto | tranne | salvo | risparmiat* |
        fuori dal perimetro | non soggett* | non interessat* | non rientra* | resta* consentit* | restano possibili |
        resta possibile | sfugg* | non coinvolt* | fatta eccezione | non sono toccat*
    """),
    breaks=words("""
        ma | mentre | però | dopo | prima che | prima di | perché | poiché | quando | benché | nonostante | malgrado |
        e valuta | e minaccia | e studia | e prepara | cui | dove | sebbene | anche se | dopo che | e ha |
        e hanno | e sarà | visto che | giacché | sullo sfondo | a causa
    """),
    prohibits=words("""
        è vietat* | sono vietat* | non può | non possono | è proibit* | sono proibit* | è fatto divieto
    """),
)

_CALENDAR = Calendar(
    months=groups("""
        gennaio | genn | gen; febbraio | febbr | feb; marzo | mar; aprile | apr; maggio | magg | mag; giugno | giu;
        luglio | lug; agosto | ago; settembre | sett | set; ottobre | ott; novembre | nov; dicembre | dic
    """),
    weekdays=groups("""
        lunedì | lunedi; martedì | martedi; mercoledì | mercoledi; giovedì | giovedi; venerdì | venerdi; sabato;
        domenica
    """),
    ordinal="°|º",
    numbers=counts("""
        un=1 | uno=1 | una=1 | due=2 | tre=3 | quattro=4 | cinque=5 | sei=6 | sette=7 | otto=8 | nove=9 | dieci=10 |
        undici=11 | dodici=12 | quindici=15 | diciotto=18 | trenta=30 | quarantacinque=45 | sessanta=60 | novanta=90
    """),
    units=groups("giorno | giorni; settimana | settimane; mese | mesi; anno | anni"),
    within=words("tra | fra | entro | in | per | nel giro di | per altri | per la durata di | di"),
    later=words("dopo | più tardi | dopo la pubblicazione | dalla pubblicazione"),
    ago=("fa", "or sono", "addietro"),
    today=("oggi",),
    tomorrow=("domani",),
    yesterday=("ieri",),
    next_day=words("""
        il giorno dopo la pubblicazione | giorno successivo alla pubblicazione |
        giorno successivo a quello della pubblicazione | giorno dopo la pubblicazione |
        giorno seguente la pubblicazione
    """),
    next_month=words("il mese prossimo | prossimo mese | mese prossimo"),
    next_year=words("l'anno prossimo | il prossimo anno | prossimo anno | anno prossimo"),
    this_year=words("quest'anno"),
    last_year=words("l'anno scorso | lo scorso anno | l'anno passato"),
    end_of=words("fine | fine di | la fine di | alla fine di | entro la fine di | la fine del | fine del"),
    at_once=words("""
        con effetto immediato | immediatamente | da subito | fin da subito | sin da subito | da oggi |
        a partire da oggi | a decorrere da oggi | con decorrenza immediata | all'istante | senza preavviso |
        già da oggi
    """),
    from_before=words("""
        dal | dall' | dall'1 | da | a partire dal | a partire da | a decorrere dal | a decorrere da |
        con decorrenza dal | con effetto dal | in vigore il | in vigore dal | in vigore dall' | in vigore a |
        in vigore da | efficacia dal | si applica dal | si applicherà dal | si applicano dal | scatta il |
        scatta dal | scatterà il | scatteranno il | scattano il | già dal | sin dal | a far data dal | scatta a |
        partirà il | parte il | entra in vigore
    """),
    until_before=words("""
        fino al | fino all' | fino a | sino al | sino a | entro il | entro | entro la fine del | valid* fino al |
        scade il | scadrà il | scade a | scadono il | scadenza il | non oltre il | prorogat* al | prorog* .. al |
        si spegnerà a | fino a tutto
    """),
    begun=words("""
        in vigore dal | è entrat* in vigore | sono entrat* in vigore | entrat* in vigore | è scattat* |
        sono scattat* | si applica già
    """),
    since=words("fin dal | sin dal | fin da | è dal"),
    in_month=words("""
        in | a | ad | da | dal | dopo | prima di | di | del | fine | inizio | metà | a metà | entro | per |
        a partire da | fino a | nel mese di | nello scorso | nel | già a | tra | già in
    """),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
