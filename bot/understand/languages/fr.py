"""French: plurals, feminine forms, regular verbs of all three groups, capitals without accents and sentence ends."""

from __future__ import annotations

from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.fr import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

_VERB = 5  # letters of the shortest infinitive that is inflected as one: "mer", "ver" are nouns
_VOWELS = "aeiouyàâéèêëîïôûù"
_FRONT = "eéèiï"  # letters before which c and g are soft: lançait, prolongea
# Words whose regular forms would be other words: mine is no miner, terre no terré, plusieurs no plusieur.
_RIGID = listed("""
    bis gaz puits pays prix mois fois cas mer fer hier cher ver hiver acier papier métier dernier dernière premier
    première janvier février février chantier particulier courrier minier minière douanier douanière matière matières
    étain étains argent or plomb zinc bore lithium cobalt nickel silicium uranium drone drones avis poste
    étranger danger
""")

# Endings that a feminine form puts in place of others, longest first: (masculine, feminine).
_FEMININES = (
    ("teur", "trice"),
    ("eur", "euse"),
    ("eux", "euse"),
    ("ien", "ienne"),
    ("éen", "éenne"),
    ("on", "onne"),
    ("el", "elle"),
    ("er", "ère"),
    ("if", "ive"),
    ("ic", "ique"),
    ("c", "que"),
    ("s", "sse"),
)
_FIRST = ("e", "es", "ent", "er", "ez", "ons", "é", "ée", "és", "ées", "a", "èrent", "ait", "aient", "ant")
_FIRST_FUTURE = ("era", "eront", "erait", "eraient")
_SECOND = ("ir", "it", "issent", "i", "ie", "is", "ies", "irent", "ira", "iront", "irait", "iraient", "issait")
_SECOND_MORE = ("issaient", "issant", "isse")
_THIRD = ("re", "", "s", "ent", "ons", "u", "ue", "us", "ues", "it", "irent", "ra", "ront", "rait", "raient")
_THIRD_MORE = ("ait", "aient", "ant", "e")


def _plural(word: str) -> set[str]:
    """A noun or adjective and its plural, of whichever of the two was written."""
    found = {word}
    if word.endswith(("eau", "eu")):
        found.add(word + "x")
    elif word.endswith("eaux"):
        found.add(word[:-1])
    elif word.endswith("al"):
        found.add(word[:-1] + "ux")
        found.add(word + "s")
    elif word.endswith("aux"):
        found.add(word[:-2] + "l")
    elif word.endswith("s") and word[-2:-1] not in "su":
        found.add(word[:-1])
    elif word[-1] not in "sxz":
        found.add(word + "s")
    return found


def _feminine(word: str) -> set[str]:
    """The feminine of a singular adjective or participle, and the masculine of a feminine one."""
    found = set()
    for masculine, feminine in _FEMININES:
        if word.endswith(masculine) and len(word) > len(masculine) + 2:
            found.add(word[: -len(masculine)] + feminine)
        if word.endswith(feminine) and len(word) > len(feminine) + 2:
            found.add(word[: -len(feminine)] + masculine)
    if word.endswith(("é", "ée")):
        found.update((word.removesuffix("e"), word.removesuffix("e") + "e"))
    elif word[-1] not in _VOWELS and word[-1] not in "xz":
        found.add(word + "e")  # interdit, interdite; national, nationale
    return found


def _first_group(stem: str) -> set[str]:
    """Forms of a verb in -er: the stem's last sound may change before a silent e and before a or o."""
    found = set()
    hard = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    for ending in (*_FIRST, *_FIRST_FUTURE):
        found.add((stem if ending[0] in _FRONT else hard) + ending)
    at = len(stem) - 2
    if at > 0 and stem[at] in "eé" and stem[-1] not in _VOWELS:  # geler, gèle; libérer, libère
        grave = stem[:at] + "è" + stem[-1]
        found.update(grave + ending for ending in ("e", "es", "ent", "era", "eront", "erait", "eraient"))
        if stem[-1] in "lt":
            found.update(stem + stem[-1] + ending for ending in ("e", "es", "ent", "era", "eront"))  # renouvelle
    if stem.endswith("y"):  # déployer, déploie
        found.update(stem[:-1] + "i" + ending for ending in ("e", "es", "ent", "era", "eront", "erait"))
    return found


def _verb(word: str) -> set[str]:
    """All forms of a verb that a term writes in its infinitive."""
    if len(word) < _VERB:
        return set()
    if word.endswith("er"):
        return _first_group(word[:-2])
    if word.endswith("ir"):
        return {word[:-2] + ending for ending in (*_SECOND, *_SECOND_MORE)}
    if word.endswith("dre"):
        return {word[:-2] + ending for ending in (*_THIRD, *_THIRD_MORE)}
    return set()


def _forms(word: str) -> Forms:
    """Number, gender and, of infinitives, every person; with the accents that capitals may drop."""
    if word in _RIGID:
        found = {word, word + "s"} if word[-1] not in "sxz" else {word}
    else:
        found = _plural(word)
        for form in tuple(found):
            if form[-1] != "s" and not form.endswith("aux"):
                found.update(spelled for other in _feminine(form) for spelled in _plural(other))
        found |= _verb(word)
    # Newspapers leave the accent off a capital: Etat, Economie.
    found.update("e" + form[1:] for form in tuple(found) if form.startswith(("é", "è", "ê")))
    found.update(form.replace("œ", "oe") for form in tuple(found) if "œ" in form)
    return tuple(found)


LANGUAGE: Language = Language(
    name="fr",
    spacy="fr",
    grammar=GRAMMAR,
    forms=_forms,
    irregular=groups("""
        interdire interdit interdisent interdite interdits interdites interdira interdiront interdisant interdisait
        interdire interdisaient interdirait interdise
        restreindre restreint restreignent restreinte restreints restreintes restreindra restreindront restreignant
        restreindre restreignait restreindrait
        contraindre contraint contraignent contrainte contraints contraintes contraindra contraignant
        soumettre soumet soumettent soumis soumise soumises soumettra soumettront soumettant soumettait
        mettre met mettent mis mise mises mettra mettront mettant mettait
        remettre remet remettent remis remise remises
        permettre permet permettent permis permettra permettront permettait
        promettre promet promettent promis promettait
        prendre prend prennent pris prise prises prendra prendront prenant prenait
        reprendre reprend reprennent repris reprise reprises reprendra reprendront reprenait
        entreprendre entreprend entreprennent entrepris
        suspendre suspend suspendent suspendu suspendue suspendus suspendues suspendra suspendront suspendait
        étendre étend étendent étendu étendue étendus étendues étendra
        vendre vend vendent vendu vendue vendus vendues vendra vendront vendait
        maintenir maintient maintiennent maintenu maintenue maintenus maintenues maintiendra
        détenir détient détiennent détenu détenue
        retenir retient retiennent retenu retenue retenus retenues retiendra
        obtenir obtient obtiennent obtenu obtenue obtenus obtenues obtiendra
        tenir tient tiennent tenu tenue tiendra
        venir vient viennent venu venue viendra
        revenir revient reviennent revenu revenue
        pouvoir peut peuvent pourra pourront pouvait pouvaient pu
        devoir doit doivent devra devront devait devaient
        vouloir veut veulent voudra voudrait voulait voulu
        falloir faut faudra fallait
        faire fait font fera feront faisait faite faits faites
        dire dit disent dira
        lever lève lèvent levé levée levés levées lèvera lèveront levait
        relever relève relèvent relevé relevée relevés relevées relèvera
        ouvrir ouvre ouvrent ouvert ouverte ouverts ouvertes ouvrira
        rouvrir rouvre rouvrent rouvert rouverte rouverts rouvertes rouvrira
        couvrir couvre couvrent couvert couverte couverts couvertes
        offrir offre offrent offert
        inscrire inscrit inscrivent inscrite inscrits inscrites inscrira inscrivait
        prescrire prescrit prescrivent prescrite
        exclure exclut excluent exclu exclue exclus exclues
        inclure inclut incluent inclus incluse incluses
        réduire réduit réduisent réduite réduits réduites réduira réduisant réduisait
        produire produit produisent produite produits produites
        introduire introduit introduisent introduite introduits introduites introduira
        recevoir reçoit reçoivent reçu reçue reçus
        accroître accroît accroissent accru accrue accrus
        requérir requiert requièrent requis requise requises
        acquérir acquiert acquièrent acquis acquise
        démentir dément démentent démenti démentie démentis démenties démentait
        sortir sort sortent sorti sortie sortis sorties sortira sortait
        partir part partent parti partie partira
        quitter quitte quittent quitté quittera quitteront
        détruire détruit détruisent détruite
        craindre craint craignent craignait
        geler gèle gèlent gelé gelée gelés gelées gel gels
        retrait retraits retire retirent retiré
        refus refuser refuse refusent refusé refusée refusés refusées refusera refusait
        aval
        voir voit voient vu vue verra
        vivre vit vivent vécu
        suivre suit suivent suivi suivie
        croire croit croient croyait
        aller va vont ira iront allait
        chinois chinoise chinoises
        français française françaises
        japonais japonaise japonaises
        néerlandais néerlandaise néerlandaises
        taïwanais taïwanaise taïwanaises taiwanais taiwanaise taiwanaises
        congolais congolaise congolaises
        moyen moyens moyenne moyennes
        étranger étrangers étrangère étrangères
        œil yeux
    """),
    lemmas="fr",
    rigid=_RIGID,
    derivations=listed("""
        eur eurs euse euses rice rices ation ations isme ismes iste istes ment ments age ages able ables ique iques ité
        ier iers ière ières
    """),
    conjunctions=listed("et ou ainsi"),
    abbreviations=listed("""
        m mm mme mlle mmes dr pr me mgr st ste art al n no nos vol éd p pp cf etc ex env max min tél bd av janv févr avr
        juil sept oct nov déc hab km kg mds md mio fig chap cie inc ltd co corp sa l'art réf resp a.b u.e u.s
    """),
    may_end=listed("etc inc ltd cie corp"),
    openers=listed("""
        le la les un une des il elle ils elles on ce cet cette ces en dans pour selon mais or si depuis après avant
        pourtant toutefois cependant ainsi enfin alors puis aussi plus au aux à par sur l' c'est
    """),
    everyday=listed("""
        accord action administration affaires agence aide ailleurs ancien année années annonce annoncé appel armée arrêt
        article attaque aucun aujourd'hui autorités autre autres avenir avis avoir banque besoin bien bon bonne bras but
        camp campagne capitale cas cause centre certains chaque chef chercheurs chiffres chose ciel cinq client clients
        code commerce commission communauté compte conseil contrat contrôle côté coup cours création crise date début
        décembre décision demande demander département dernier dernière dernières derniers deux développement différents
        dire direction directeur dit dix dossier droit droits durée eau école économie économique effet élections
        encore enfants enquête ensemble entreprise entreprises équipe espace est état états étranger europe européen
        européenne événement face faire fait famille faut femme femmes fin fois fonds force forces formation forme
        france français française frontière gens gouvernement grand grande grands groupe guerre haut heure heures hier
        histoire homme hommes hôpital ici idée image information international internationale interdit jamais janvier
        jeu jeune jeunes jeudi jour journal journée jours juge juillet juin jusqu justice lancé lettre lieu ligne liste
        livre local loi long lundi lutte maire maison maladie manière marché mars match matin mer mesure mesures
        message million millions ministère ministre mis mise mois moins moment monde mondial mort moyen nation national
        nationale niveau nom nombre nord normal notre nouveau nouveaux nouvelle nouvelles novembre nuit objectif octobre
        opération opposition ordre organisation ouvert ouverture paris parlement part parti partie partir pas passage
        passé pays pendant personne personnes petit petite peu peuple peut place plan plupart plusieurs point police
        politique population porte position possible poste pouvoir premier première présence président presse pression
        prise prix problème procédure processus prochain produit produits programme projet propos propre protection
        province public publique publié qualité quartier quatre question raison rapport recherche région règles
        relations rencontre renforcer réponse république résultats retour réunion rien risque risques rôle route rue
        saison samedi sécurité semaine semaines sens septembre service services seul seule siècle signé situation six
        social société sociétés soir soit soldats sortie soutien spécial suite sujet sur système taux technologie temps
        tête texte titre toujours tour train traitement travail travailleurs trois trop trouver union vendredi vente
        ventes victimes vie vieux ville violence visite voiture voix vote voir vrai vue zone
    """),
    function_words=FUNCTION_WORDS["fr"],
)
