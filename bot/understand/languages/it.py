"""Italian: plurals with their spelling, regular verbs of three conjugations, dropped vowels and sentence ends."""

from __future__ import annotations

from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.it import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

_VERB = 6  # letters of the shortest infinitive that is inflected as one: "mare", "dare" and "rame" are not
_VOWELS = "aeiouàèéìòù"
# Words whose regular forms would be other words: gallio no galli (cocks), zona and polo are many things.
_RIGID = listed("""
    bis re gas oggi ieri crisi analisi gallio indio elio palladio titanio uranio litio cobalto tantalio tulio erbio
    terbio olmio samario ittrio scandio lantanio cerio cromo zinco rame stagno piombo argento oro mare bene beni
    germanio vanadio berillio zirconio niobio afnio renio tellurio selenio magnesio silicio alluminio gadolinio europio
    mese mesi paese paesi mercato porto porti dazio polvere polveri potere genere settore terre terra
""")

_ARE = (
    "are",
    "a",
    "ano",
    "i",
    "iamo",
    "ato",
    "ata",
    "ati",
    "ate",
    "ò",
    "arono",
    "ava",
    "avano",
    "ando",
    "ante",
    "anti",
)
_ARE_LATER = ("erà", "eranno", "erebbe", "erebbero", "ino", "asse", "assero")
_ERE = (
    "ere",
    "e",
    "ono",
    "i",
    "iamo",
    "uto",
    "uta",
    "uti",
    "ute",
    "é",
    "ette",
    "eva",
    "evano",
    "endo",
    "ente",
    "enti",
)
_ERE_LATER = ("erà", "eranno", "erebbe", "erebbero", "a", "ano", "esse", "essero")
_IRE = (
    "ire",
    "e",
    "ono",
    "i",
    "iamo",
    "ito",
    "ita",
    "iti",
    "ite",
    "ì",
    "irono",
    "iva",
    "ivano",
    "endo",
    "isce",
    "iscono",
)
_IRE_LATER = ("irà", "iranno", "irebbe", "irebbero", "isca", "iscano", "a", "ano", "isse", "issero")
_CLITICS = ("rne", "rlo", "rla", "rli", "rle", "rsi", "r")  # limitarne, vietarla, esportar


def _singulars(word: str) -> set[str]:
    """What a noun or adjective may be the plural of, spelling included: dazi dazio, banche banca."""
    found = {word}
    if len(word) < 4:
        return found
    stem, last = word[:-1], word[-1]
    if last == "i":
        found.update((stem + "o", stem + "e", word + "o"))
        if stem.endswith("h"):
            found.add(stem[:-1] + "o")
    elif last == "e":
        found.add(stem + "a")
        if stem.endswith("h"):
            found.add(stem[:-1] + "a")
    return found


def _plurals(word: str) -> set[str]:
    """A singular noun or adjective in every gender and number."""
    stem, last = word[:-1], word[-1]
    if last == "o":
        base = stem.removesuffix("i")
        hard = stem + "h" if stem.endswith(("c", "g")) else stem
        return {word, stem + "a", base + "i", stem + "i", hard + "i", hard + "e", stem + "e"}
    if last == "a":
        hard = stem + "h" if stem.endswith(("c", "g")) else stem
        base = stem[:-1] if stem.endswith(("ci", "gi")) else hard
        return {word, base + "e", hard + "e", stem + "e", hard + "i"}
    if last == "e":
        return {word, stem + "i"}
    return {word}


def _verb(word: str) -> set[str]:
    """All forms of a verb that a term writes in its infinitive, with the hard sounds of -care and -gare."""
    if len(word) < _VERB:
        return set()
    stem, ending = word[:-3], word[-3:]
    if ending == "are":
        found = {stem + end for end in _ARE}
        hard = stem + "h" if stem.endswith(("c", "g")) else stem[:-1] if stem.endswith(("ci", "gi", "sci")) else stem
        found.update(hard + end for end in (*_ARE_LATER, "i", "iamo"))
        if stem.endswith("i"):
            found.update((stem, stem[:-1] + "ino"))  # annunciare: annunci
    elif ending == "ere":
        found = {stem + end for end in (*_ERE, *_ERE_LATER)}
    elif ending == "ire":
        found = {stem + end for end in (*_IRE, *_IRE_LATER)}
    else:
        return set()
    return found | {word[:-2] + end for end in _CLITICS}


def _forms(word: str) -> Forms:
    """Number, gender and, of infinitives, every person."""
    if word in _RIGID or word[-1] not in _VOWELS:
        return (word,)
    found = {word}
    for single in _singulars(word):
        found |= _plurals(single)
    found |= _verb(word)
    return tuple(found)


LANGUAGE: Language = Language(
    name="it",
    spacy="it",
    grammar=GRAMMAR,
    forms=_forms,
    irregular=groups("""
        dazio dazi
        proibire proibisce proibiscono proibì proibito proibita proibiti proibite proibirà proibendo
        sospendere sospende sospendono sospeso sospesa sospesi sospese sospenderà sospendendo sospese sospendeva
        imporre impone impongono imposto imposta imposti imposte imporrà imporranno impose imponendo imponeva
        disporre dispone dispongono disposto disposta disposti disposte disporrà dispose
        proporre propone propongono proposto proposta proposti proposte proporrà propose
        porre pone pongono posto posta posti poste porrà pose
        sottoporre sottopone sottopongono sottoposto sottoposta sottoposti sottoposte sottoporrà
        chiudere chiude chiudono chiuso chiusa chiusi chiuse chiuderà chiuderanno chiudendo chiudeva
        escludere esclude escludono escluso esclusa esclusi escluse escluderà escludeva
        includere include includono incluso inclusa inclusi incluse
        decidere decide decidono deciso decisa decisi decise deciderà
        ridurre riduce riducono ridotto ridotta ridotti ridotte ridurrà riducendo ridusse
        introdurre introduce introducono introdotto introdotta introdotti introdotte introdurrà introducendo
        produrre produce producono prodotto prodotta prodotti prodotte
        estendere estende estendono esteso estesa estesi estese estenderà
        prendere prende prendono preso presa presi prese prenderà
        riprendere riprende riprendono ripreso ripresa ripresi riprese riprenderà riprenderanno
        mettere mette mettono messo messa messi messe metterà metteranno mise
        permettere permette permettono permesso permessa permetterà permetterebbe
        ammettere ammette ammettono ammesso
        promettere promette promettono promesso
        togliere toglie tolgono tolto tolta tolti tolte toglierà tolse
        accogliere accoglie accolgono accolto
        rimuovere rimuove rimuovono rimosso rimossa rimossi rimosse rimuoverà
        revocare revoca revocano revocato revocata revocati revocate revocherà revocò
        concedere concede concedono concesso concessa concessi concesse concederà concederanno
        rivedere rivede rivedono rivisto rivista
        prevedere prevede prevedono previsto prevista previsti previste
        richiedere richiede richiedono richiesto richiesta richiesti richieste richiederà
        chiedere chiede chiedono chiesto chiesta chiederà
        stringere stringe stringono stretto stretta
        restringere restringe restringono ristretto ristretta
        spegnere spegne spegne spento
        mantenere mantiene mantengono mantenuto mantenuta mantenuti mantenute manterrà
        trattenere trattiene trattengono trattenuto trattenuta trattenuti trattenute
        ottenere ottiene ottengono ottenuto ottenuta otterrà
        tenere tiene tengono tenuto terrà
        venire viene vengono verrà verranno venuto
        uscire esce escono uscito uscita uscirà usciranno
        potere può possono potrà potranno potrebbe potrebbero poteva
        dovere deve devono dovrà dovranno dovrebbe dovrebbero
        volere vuole vogliono vorrebbe vorrà voleva
        fare fa fanno farà faranno fatto
        dire dice dicono detto
        aprire apre aprono aperto aperta aprirà
        riaprire riapre riaprono riaperto riaperta riaprirà
        rispondere risponde rispondono risposto risponderà
        smentire smentisce smentiscono smentito smentita smentiti smentì
        vendere vende vendono venduto venduta venduti vendute venderà venderanno
        rendere rende rendono reso resa
        scadere scade scadono scaduto scaduta scadrà scadranno
        rimanere rimane rimangono rimasto rimarrà rimarranno
        restare resta restano restato resterà resteranno
        iscrivere iscrive iscrivono iscritto iscritta iscritti iscritte
        inserire inserisce inseriscono inserito inserita inseriti inserite inserirà
        aggiungere aggiunge aggiungono aggiunto aggiunta aggiunti aggiunte aggiungerà
        colpire colpisce colpiscono colpito colpita colpiti colpite colpirà
        valutare valuta valutano valutato valuterà valuterebbe
        esaminare esamina esaminano
        frenare frena frenano frenato
        lasciare lascia lasciano lasciato lascerà lasceranno
        rilasciare rilascia rilasciano rilasciato rilasciata rilasciati rilasciate rilascerà
        cancellare cancella cancellano cancellato cancellata cancellati cancellate
        bando bandi
        giapponese giapponesi
        cinese cinesi
        olandese olandesi
    """),
    lemmas="it",
    rigid=_RIGID,
    derivations=listed("""
        tore tori trice trici zione zioni mento menti aggio aggi ista isti iste ismo ico ici ica iche oso osi abile
        abili tà ale ali mente
    """),
    conjunctions=listed("e ed o oppure nonché"),
    abbreviations=listed("""
        sig sigg sig.ra dott dr prof ing avv on sen gen col art artt n nn nr vol p pp cfr ecc es s ss mons st srl
        spa s.p.a s.r.l gen feb mar apr mag giu lug ago sett ott nov dic ca tel co corp inc ltd km kg u.e u.s d.lgs
        dlgs reg c.d cd min max mld mln lett comm
    """),
    may_end=listed("ecc inc ltd corp spa srl"),
    openers=listed("""
        il lo la i gli le un uno una l' è si in nel nella dal dalla per ma anche se quando mentre secondo dopo prima
        intanto inoltre tuttavia però così infine poi questo questa questi queste non con a al alla tra fra da
    """),
    everyday=listed("""
        accordo accordi acqua agenzia alcune alcuni alto altra altre altri altro amministrazione anni anno
        annunciato annuncio area aria aprile articolo assemblea atto attacco attività attuale autorità aziende
        azienda bambini banca base bella bene buona caduta calcio campagna campo capitale capo caso casi causa
        centrale centro certo cinque città clienti colpo comitato commissione comune comunità comunque condizioni
        consiglio conto contratto controllo corsa corso cosa cose crescita crisi cultura cuore dati decisione
        decreto diritti diritto diversi donna donne dieci domanda domenica dicembre due economia economica effetto
        elezioni energia esempio estate europa europea europeo famiglia fase fatto febbraio festa figli figlio film
        fine fondi fondo forza forze forte foto fronte futuro gennaio gente giocatori giorni giorno giovani giovedì
        giugno governo grande grandi gruppo guerra importante impresa imprese incontro inizio internazionale
        intervento inverno invece ieri italia italiana italiani italiano lavoro legge leggi libertà libro linea
        lista locale lotta luglio luogo lunedì maggio maggioranza mano mani martedì marzo massimo media medici meno
        mercato mercoledì mese mesi messo metà mezzo milioni miliardi ministero ministro minuti modo momento
        mondiale mondo morte morto mostra musica nazionale niente nome notte notizia notizie novembre numero nuova
        nuove nuovi nuovo obiettivo occhi oggi ogni operazione ora ore ordine ospedale ottobre paese paesi
        parlamento parola parole parte partita partito passato passo paura percento periodo persone piano piazza
        piccolo piede piena polizia politica politiche politico popolazione porta portavoce posto potere premier
        presidente presenza pressione prezzi prezzo prima primo problema problemi processo prodotti prodotto
        progetto progetti programma pubblica pubblico punto punti qualità quattro questione radio ragazzi ragione
        rapporto regione regole relazioni rete ricerca rischio risposta risultati risultato ruolo sabato sala salute
        scelta scuola secondo sede segretario sei senso sera serie servizi servizio settembre settimana settimane
        settore sette sicurezza sindaco sistema situazione social società soldi sostegno spazio speciale stagione
        stampa storia strada sud studio sviluppo tasse tempo tempi termine terra territorio testo tipo titolo tre
        uomini uomo uso ultima ultime ultimi ultimo valore vecchio venerdì vendita vento verità via vicino video
        vita vittime vittoria viaggio voce voto
    """),
    function_words=FUNCTION_WORDS["it"],
)
