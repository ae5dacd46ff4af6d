"""French: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, counts, groups, words

_STEPS = Steps(
    imposes=words("""
        interdi* | prohib* | impos* | instaur* | institu* | restrein* | restreign* | limite | limitent | limité* |
        limiter | soumet* | soumis* | subordonn* | conditionn* | encadr* | durci* | resserr* | renforc* | exige* |
        requiert | requièrent | réclam* | oblige* | contraint | contraignent | suspend* | bloqu* | gèle* | gelé* |
        stopp* | cesse* | arrête | arrêtent | ferme | ferment | fermé* | verrouill* | plafonn* | rationn* | conting* |
        tax* | surtax* | frapp* | inscri* | place | placent | placé* | ajout* | élargi* | étend | étendu* | étendent |
        adopt* | approuv* | promulgu* | décrèt* | décrét* | ordonn* | sign* | publi* | annonc* | vot* | entérin* |
        valid* | confirm* | officialis* | décid* | met en place | mis* en place | mettent en place | serre* la vis |
        met* sous | mis* sous | retir* | révoqu* | coupe* | coupé* | prive* | sanctionn* | blacklist* | introdui* |
        établi* | fixe* | fixé* | passe* à | doit désormais | doivent désormais | faudra | devront | devra | réserv* |
        rejoign* | entre en vigueur | entrent en vigueur | classe* | boucl* | cadenass* | oppos* | tranch* | somm* |
        enjoi* | jours pour | semaines pour | mois pour
    """),
    suspends=words("""
        suspend | suspends | suspendent | suspendu* | suspendre | suspendra* | suspension* | gèle* | geler | gelé* |
        gel | interromp* | interruption* | en pause | pause | stoppe* | stoppé* | stopper | arrête | arrêtent |
        arrêter | arrêt | cesse | cessent | cesser | cessation | reporte | reportent | reporté* | reporter | report |
        diffère* | différé* | différer | repousse* | repoussé* | ajourne* | ajourné* | entre parenthèses | coupe |
        coupent | coupé* | couper | coupure* | ferme* .. robinet | fermer .. robinet | fermé .. robinet | décale*
    """),
    lifts=words("""
        lève | lèvent | lever | lèvera* | levé* | supprim* | suppression* | abrog* | annul* | retire | retirent |
        retiré* | retirer | retirera | retrait | abandonn* | abandon | met* fin | mis* fin | mettra fin |
        fin de l'embargo | fin de l'interdiction | fin de la licence | fin des restriction* | fin des contrôle* |
        fin des quota* | fin des droits | fin des sanctions | fin du contrôle | fin du moratoire | fin du régime |
        fin à | fin aux | renonc* | révoqu* | révocation* | aboli* | sort .. de la liste | sortent de la liste |
        raye* | rayé* | radi* | enterr* | fait machine arrière | font machine arrière | machine arrière |
        marche arrière | fait volte-face | revient sur | reviennent sur | recule sur | invalid* | casse | cassé* |
        balaye | jette l'éponge | ne renouvell* pas | non-renouvellement | ne sera pas renouvel* |
        ne sera pas reconduit* | pas reconduit* | pas prolongé* | ôte | efface* | démantèl* | désinscri* | déréférenc*
    """),
    expires=words("""
        expir* | arrive* à échéance | arrivent à expiration | arrive* à expiration | arrivera à échéance |
        à échéance | s'étein* | prend fin | prennent fin | prendra fin | prendront fin | caduc* | devient caduc
    """),
    eases=words("""
        assoupli* | allège* | allégé* | alléger | desserr* | relâch* | exempte* | exempté* | exonère* | exonéré* |
        dispense* | dispensé* | adouci* | détend* | simplifi* | libéralis* | entrouvr*
    """),
    extends=words("""
        prolonge* | prolongé* | prolongation* | proroge* | prorogé* | prorogation* | reconduit* | reconduire |
        reconduction* | renouvel* | maintien | maintient | maintiennent | maintenu* | maintenir | reste* en vigueur |
        resteront en vigueur | restera en vigueur | demeure* en vigueur | trois mois de plus | six mois de plus |
        un an de plus | trois mois supplémentaires | six mois supplémentaires | encore trois mois | encore six mois |
        jouent les prolongations
    """),
    restores=words("""
        rétabli* | réinstaur* | réimpos* | réintrodui* | réactiv* | remet* en vigueur | remis* en vigueur | reprise |
        reprend | reprennent | reprendre | reprendra* | repris* | relance* | rouvr* | réouverture | redémarr* |
        de nouveau en vigueur | à nouveau en vigueur
    """),
    raises=words("""
        relève | relèvent | relevé* | relever | relèvement | hausse* | augment* | doubler | doublé* | doublent |
        doublement | porte .. à | porté* à | major* | tripl* | alourdi* | rehauss*
    """),
    lowers=words("""
        réduit | réduire | réduits | réduite* | réduction* | baisse | baissent | baissé* | baisser | abaiss* |
        diminu* | ramène* | ramené* | ramener | à zéro | taux zéro | rabot* | rogn* | par deux | de moitié | sabre*
    """),
    allows=words("""
        autorise | autorisent | autorisé* | autoriser | autorisera* | autorisant | accorde | accordent | accordé* |
        accorder | accordera | délivre | délivrent | délivrer | a délivré | ont délivré | octroi* |
        laisse* .. vendre | laisse* .. exporter | laisse* passer | laisse* partir | laissé* passer | approuv* |
        débloqu* | donne* .. feu vert | donné .. feu vert | obtient .. feu vert | obtien* | libère* | libéré* |
        permet | permettent | permettra* | permettre | feu vert à
    """),
    refuses=words("""
        refus* | rejet* | recal* | retoqu* | écart* | bloqu* | ne délivre plus | ne délivrent plus | n'accorde plus |
        cesse* de délivrer
    """),
    frees=words("""
        plus besoin de licence* | plus besoin d'une licence | plus besoin d'autorisation* |
        plus besoin d'une autorisation | n'est plus soumis* | ne sont plus soumis* | ne sera plus soumis* |
        ne seront plus soumis* | n'exige* plus | ne requiert plus | ne requièrent plus | plus nécessaire* |
        peut de nouveau | peuvent de nouveau | pourra de nouveau | pourront de nouveau | peut à nouveau |
        peuvent à nouveau | pourra à nouveau | pourront à nouveau | rouvr* .. robinet | rouvr* .. vannes |
        librement exporté* | exporter librement | vendre librement | sans licence individuelle |
        sans nouvelle licence | sans nouvelle autorisation | dispensé* de licence | exempté* de licence |
        dispensé* d'autorisation | exempté* d'autorisation | de nouveau autorisé* | à nouveau autorisé* |
        sur liste blanche | sur la liste blanche | en franchise de droits | de nouveau exporter | à nouveau exporter |
        de nouveau vendre | à nouveau vendre | de nouveau livrer | de nouveau exporté* | à nouveau exporté* |
        repart* à l'export | sans droits de douane | exonéré* de droits
    """),
    # "n'exclut pas" stands here so that its "pas" denies nothing.
    forbids=words("""
        ne peut plus | ne peuvent plus | ne pourra plus | ne pourront plus | ne laisse* plus | ne laissera plus |
        ne laisseront plus | plus quitter | plus sortir | ne quitt* plus | ne sort* plus | n'export* plus |
        ne vend* plus | ne livr* plus | ne fourni* plus | ne doit plus | ne doivent plus | ne part* plus |
        reste* au pays | resteront au pays | restera au pays | reste* dans le pays | ne peut pas quitter |
        ne peuvent pas quitter | ne pourra pas | ne pourront pas | n'exclu* pas | pas exclu* | n'écart* pas |
        pas sans | pas avant | n'hésit* pas | ne suffi* plus
    """),
    trade=words("""
        exportation* | export | exports | exporter | exporte | exportent | exporté* | exportant | expédition* |
        expédi* | livraison* | livrer | livre | livrent | vente | ventes | vend | vendent | vendre | vendu* | envoi* |
        envoyer | fourniture* | approvisionnement* | cargaison* | flux | sortie | sorties | commerce | échanges
    """),
    controls=words("""
        interdiction* | interdit* | interdire | interdisent | interdisant | prohib* | embargo* | contrôle* |
        contrôlé* | restriction* | restreint* | restreindre | limitation* | limite* | quota* | contingent* |
        plafond* | taxe* | surtaxe* | droits | droit de douane | droit d'export* | droit à l'export* |
        droit de sortie | prélèvement* | redevance* | sanction* | mesure* | moratoire* | blocus | barrière* |
        liste noire | listes noires | liste d'entités | liste des entités | liste de contrôle | entity list | règle* |
        règlement* | réglementation* | exigence* | obligation* | encadrement* | verrou* | tour de vis | décret* |
        antidumping | anti-dumping | enquête* | représailles | contre-mesure* | garde-fou* | entrave* |
        tarif douanier | tarifs douaniers | tarifs | barème | surveillance | veto
    """),
    permits=words("""
        licence* | autorisation* | permis | feu vert | agrément* | aval | visa | visas | laissez-passer |
        blanc-seing | homologation*
    """),
    quotas=words("quota* | contingent* | plafond* à l'export* | plafond* d'export*"),
    reliefs=words("""
        dérogation* | exemption* | exception* | trêve* | sursis | licence générale | licences générales |
        exonération* | assouplissement* | allègement* | dispense | dispenses | délai de grâce | liste blanche |
        période de grâce | licence globale | licences globales | licence annuelle | licences annuelles | répit |
        détente | franchise | régime dérogatoire | régime de faveur | suspension des contrôle* |
        suspension des restriction*
    """),
    drafts=words("""
        projet de loi | projet de décret | projet* | proposition* | amendement* | clause* | avant-projet* | texte |
        article | disposition | plan | plans
    """),
    fresh=words("""
        nouveau | nouveaux | nouvel | nouvelle* | supplémentaire* | additionnel* | plus strict* | plus sévère* |
        renforcé* | premier* | première* | temporaire* | provisoire* | immédiat* | total | totale | durci* | inédit*
    """),
)

_ROLES = Roles(
    capitals=words("""
        Pékin | Tokyo | Washington | Bruxelles | Moscou | Séoul | Taipei | Taïpei | Londres | Paris | Berlin |
        La Haye | New Delhi | Delhi | Jakarta | Djakarta | Hanoï | Canberra | Ottawa | Kinshasa | Harare | Berne |
        Rabat | Libreville | Conakry | Bamako | Niamey | Rome | Madrid | Varsovie | Kuala Lumpur | Kiev | Kyiv |
        le Kremlin | Téhéran | Ankara | la Maison Blanche | la Maison-Blanche
    """),
    home="FR",
    fillers=words("""
        le | la | les | l' | un | une | des | son | sa | ses | leur | leurs | tout | toute | tous | toutes |
        certains | certaines | plusieurs | deux | trois | d'autres | quelques | douze | vingt | dizaines de |
        une dizaine d' | une vingtaine d' | une trentaine d' | une vingtaine de | une trentaine de | une dizaine de
    """),
    joins=words("""
        et | ou | , | ainsi que | et la | et le | et les | et l' | et du | et de la | et des | et vers | et aux |
        et contre | et au | ou la | ou le | comme | la | le | les | l' | et d' | et de | de la | du | des | de | d' |
        au | aux
    """),
    adjective_behind=True,
    target_before=words("""
        vers | à destination de | à destination du | à destination des | à destination d' | contre | envers |
        à l'encontre de | à l'encontre des | à l'encontre du | à l'encontre d' | à l'égard de | à l'égard du |
        à l'égard des | visant | ciblant | vise | visent | visera | cible | ciblent | destiné* à | destiné* au |
        destiné* aux | destinées à | en direction de | en direction du | en direction des | à l'intention de |
        au détriment de | au détriment des | à destination finale de | expédi* .. en | vend* .. en | vente* .. en |
        livrai* .. en | livr* .. en | exporter .. en | vend* .. à | vente* .. à | livrai* .. à | livr* .. à |
        livr* .. aux | livrai* .. aux | vend* .. aux | vente* .. aux | vente* .. au | vend* .. au | livr* .. au |
        livrai* .. au | fourni* .. à | fourni* .. aux | fourni* .. au | export* .. à la | export* .. aux |
        export* .. au | export* .. à l' | interdi* aux | interdi* au | interdi* à la | refuse* à | refuse* au |
        refuse* aux | refus* .. à | refus* .. aux | prive | privent | frappe | frappent | frappant
    """),
    target_maybe=words("sur | pour | face à | face au | face aux | avec"),
    source_before=words("""
        en provenance de | en provenance du | en provenance des | en provenance d' | originaire* de | originaire* du |
        originaire* des | originaire* d' | venu* de | venu* du | venu* des | issu* de | issu* du | issu* des |
        importé* de | importé* du | importé* des | importé* d' | importations de | importation de | importations d' |
        importations depuis | produit* en | fabriqué* en | fabriqué* au | fabriqué* aux | hors de | depuis |
        achet* à | quitter | quitte | quittent | quittera | sortir de | sortir du | hors du
    """),
    agent_before=words("par | par la | de la part de | de la part du | de la part des"),
    place_before=words("""
        en | à | au | aux | à la | à l' | dans | dans le | chez | sur le sol | sur le territoire | au sein de |
        près de | via | entre | hors d'
    """),
    owner_before=words("de | du | des | d' | de la part de | par | depuis"),
    acts=words("""
        décision* | mesure* | démarche | annonce* | décret* | loi | lois | règlement* | règle* | ordonnance* | liste |
        listes | politique* | plan | plans | projet* | riposte* | réplique* | représailles | contre-mesure* |
        directive* | communiqué* | arrêté | avis | catalogue | manœuvre* | offensive* | proposition* | douane |
        douanes
    """),
    parties=words("""
        entreprise* | société* | groupe* | firme* | acheteur* | client* | utilisateur* | armée* | militaire* |
        fabricant* | constructeur* | industriel* | industrie | industries | entité* | organisation* | institut* |
        laboratoire* | importateur* | usine* | fonderie* | géant* | actionnaire* | investisseur* | filiale* |
        équipementier* | marché | citoyen* | ressortissant* | sidérurgiste* | chimiste* | raffineur* | chantiers |
        université* | start-up* | fondeur* | producteur* | conglomérat* | banque* | fleuron* | concurrent* | rival* |
        constructeurs automobiles | câblier* | métallurgiste* | forces | navire* | port | ports | sol
    """),
    persons=words("""
        ministre* | ministère* | président* | premier ministre | porte-parole* | gouvernement* | autorité* |
        responsable* | cabinet | parlement* | commission | commissaire* | député* | élus | sénateur* | sénat |
        congrès | administration* | exécutif* | diplomat* | régulateur* | agence | douane* | tribunal | cour |
        trésorier | législateur* | pouvoir | régime | capitale | dirigeant* | négociateur*
    """),
    reacts=words("""
        condamn* | dénonc* | protest* | critiqu* | déplor* | regrett* | réagi* | s'inquiè* | inquiet* de |
        inquiet* des | redout* | crain* | met* en garde | salu* | réclam* | appel* à | s'oppos* | contest* | fustig* |
        s'indign* | s'alarm* | accus* | demand* la levée | appel* .. à lever | appel* .. à mettre fin |
        press* .. de lever | exhort* .. à lever | demand* .. de lever | demand* l'annulation | demand* à |
        exig* la levée | exig* le retrait | exig* l'annulation | se félicit* | s'insurg* | convoqu* | pay* le prix |
        juge* inaccept* | dit son inquiétude | saisi* l'OMC | porte plainte | se plain* | mécontent* | furieu* |
        désapprouv* | promet de répondre | riposter* | cherche* .. dérogation | cherche* .. parade | s'ém* |
        tremble* | attaqu* .. OMC | pri* de court | dépend*
    """),
    demands=words("""
        réclam* | appel* à | demande à | demandent à | demandé à | demand* que | exhort* |
        plaid* pour | plaid* en | milit* pour | devrait | devraient | il faudrait | presse* .. de | press* le |
        pétition | propos* que | recommand* | préconis* | somm* de
    """),
    object_before=words("de | d' | du | des | sur | pour | aux | à"),
    object_stops=words("""
        à | au | aux | en | par | après | avant | dans | comme | que | qui | dont | est | sont | était | sera |
        seront | a | ont | avait | pourrait | jusqu' | avec | sous | contre | pour | sur | dit | car | si | et | ou |
        mais | depuis | vers | ne | pas | se | de | d' | du | des | dès | d'ici | ce | cette | selon | afin | sauf |
        hors
    """),
    vague=words("""
        biens | bien | produit* | article* | exportation* | export* | importation* | matériau* | matériel* |
        technologie* | certain* | tout* | tous | autre* | le | la | les | un | une | ses | son | sa | leur* |
        sensible* | critique* | stratégique* | ces | cette | ce | expédition* | vente* | livraison* | entreprise* |
        société* | pays | mesure* | partie* | brut* | plus | plusieurs | mois | an | ans | année* | semaine* | jour* |
        deux | trois | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche | nouveau* | nouvel* |
        militaire* | civil* | matières | matière | douane | sortie | l' | double | usage | droits | autorisation |
        licence* | gouvernement | plan | janvier | février | mars | avril | mai | juin | juillet | août | septembre |
        octobre | novembre | décembre | rares | base | luxe
    """),
)

_TELLING = Telling(
    now=words("""
        aujourd'hui | désormais | dorénavant | cette semaine | ce mois-ci | lundi | mardi | mercredi | jeudi |
        vendredi | samedi | dimanche | hier | demain | vient de | viennent de | ce jour | maintenant | ces jours-ci |
        sera | seront | devra | devront | faudra | va | vont | avec effet immédiat | jusqu'à nouvel ordre |
        dans la foulée | à partir de
    """),
    past=words("""
        l'an dernier | l'an passé | l'année dernière | l'année passée | il y a un an | il y a .. ans |
        il y a .. mois | il y a une décennie | à l'époque | naguère | autrefois | jadis | par le passé | jusqu'alors |
        en son temps | depuis des années | depuis un an | depuis deux ans | dans les années | anniversaire |
        rétrospective | antérieur* | précédemment | précédent | précédente | précédents | précédentes |
        au printemps dernier | printemps dernier | l'été dernier | l'automne dernier | l'hiver dernier |
        janvier dernier | février dernier | mars dernier | avril dernier | mai dernier | juin dernier |
        juillet dernier | août dernier | septembre dernier | octobre dernier | novembre dernier | décembre dernier |
        le mois dernier | ans après | ans plus tard | mois plus tard | mois après | un an après | rappelons |
        rappel* que | déjà .. en | retour sur | flash-back | à l'automne 20* | à l'été 20* | au printemps 20*
    """),
    anterior=words("avait | avaient | eut"),
    modal=words("""
        pourrait | pourraient | peut-être | risque de | risquent de | menace de | menacent de | envisage* | compte |
        comptent | entend | entendent | songe* | devrait | devraient | veut | veulent | voudrait |
        projette de | prévoit de | prévoient de | s'apprête à | s'apprêtent à
    """),
    hypothetical=words("""
        et si | imaginons | supposons | scénario | hypothèse | politique-fiction | wargame | que se passerait-il |
        jeu de guerre | exercice de simulation | dans l'hypothèse | simulation
    """),
    negates=words("""
        pas de | pas d' | pas une | pas un | pas le | pas les | pas des | aucun | aucune | ni | sans | jamais |
        plutôt qu'un | plutôt qu'une | plutôt que | nullement | non pas | pas à | pas | nulle
    """),
    exempts=words("""
        pas concerné* | pas visé* | pas soumis* | ne concerne* pas | ne concernera pas | ne s'applique* pas |
        ne s'appliquera pas | ne vise* pas | ne touche* pas | exempté* | épargné* | exclu* | à l'exception de |
        à l'exception des | à l'exception du | hormis | sauf | à l'exclusion de | à l'exclusion des | non concerné* |
        reste* autorisé* | restent possibles | reste possible | échapp* | en dehors du champ | hors du champ |
        pas affecté* | bénéficient d'une procédure allégée | ne sont pas touché* | excepté
    """),
    breaks=words("""
        mais | tandis que | alors que | alors qu' | après | avant | pendant que | car | parce que | lorsque |
        lorsqu' | quand | bien que | malgré | et envisage | et menace | et étudie | et prépare | qui | dont | où |
        ce qui | quoique | puisque | sur fond de | au moment où | et a | et ont | et va | et sera | faute de
    """),
    prohibits=words("""
        est interdit* | sont interdit* | ne peut | ne peuvent | ne doit | ne doivent | il est interdit
    """),
)

_CALENDAR = Calendar(
    months=groups("""
        janvier | janv; février | fevrier | févr; mars; avril | avr; mai; juin; juillet | juil; août | aout;
        septembre | sept; octobre | oct; novembre | nov; décembre | decembre | déc
    """),
    weekdays=groups("lundi; mardi; mercredi; jeudi; vendredi; samedi; dimanche"),
    ordinal="er|ère",
    numbers=counts("""
        un=1 | une=1 | deux=2 | trois=3 | quatre=4 | cinq=5 | six=6 | sept=7 | huit=8 | neuf=9 | dix=10 | onze=11 |
        douze=12 | quinze=15 | dix-huit=18 | trente=30 | quarante-cinq=45 | soixante=60 | quatre-vingt-dix=90
    """),
    units=groups("""
        jour | jours; semaine | semaines; mois; an | ans | année | années
    """),
    within=words("""
        dans | d'ici | d'ici à | sous | pour | pendant | durant | dans un délai de | pour une durée de | de
    """),
    later=words("plus tard | après sa publication | après publication | après la publication"),
    ago=("il y a", "voilà", "voici"),
    today=words("aujourd'hui | ce jour"),
    tomorrow=("demain",),
    yesterday=("hier",),
    next_day=words("""
        le lendemain de sa publication | au lendemain de sa publication | lendemain de la publication |
        jour suivant celui de sa publication | lendemain de leur publication | le jour suivant sa publication
    """),
    next_month=words("le mois prochain | mois prochain | du mois prochain"),
    next_year=words("l'an prochain | l'année prochaine | année prochaine"),
    this_year=words("cette année"),
    last_year=words("l'an dernier | l'an passé | l'année dernière | l'année passée"),
    end_of=words("fin | fin de | la fin de | à la fin de | d'ici à la fin de | la fin du mois de"),
    at_once=words("""
        avec effet immédiat | à effet immédiat | immédiatement | sur-le-champ | sans délai | séance tenante |
        dès aujourd'hui | à compter d'aujourd'hui | à partir d'aujourd'hui | à compter de ce jour | dès ce jour |
        dès à présent | depuis ce
    """),
    from_before=words("""
        à compter du | à compter de | à partir du | à partir de | à partir d' | à compter d' | dès | dès le | dès l' |
        en vigueur le | en vigueur au | en vigueur en | en vigueur à partir du | effet le | effet au |
        effet à compter du | en application le | s'applique* le | s'appliquera au | s'appliquera le |
        s'appliquera à partir du | applicable* au | applicable* le | au plus tôt le | en vigueur dès |
        en vigueur dès le | s'appliqueront le | commence* le | entre en vigueur | débutera le
    """),
    until_before=words("""
        jusqu'au | jusqu'à | jusqu'en | jusqu'à la | jusqu'à fin | d'ici au | d'ici | d'ici à | expire* le |
        expirera le | expire* en | expire* fin | échéance le | avant le | valable* jusqu'au | court jusqu'au |
        prendra fin le | au plus tard le | s'éteindra à | s'éteindra le
    """),
    begun=words("""
        en vigueur depuis | est entré* en vigueur | sont entré* en vigueur | entré* en vigueur | a pris effet |
        ont pris effet | s'applique depuis | s'appliquent depuis | depuis ce
    """),
    since=words("depuis | depuis le | depuis la"),
    in_month=words("""
        en | dès | depuis | avant | après | de | du | fin | début | mi | à la mi | au mois de | courant | d'ici |
        pour | à compter de | jusqu'en | entre
    """),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
