"""Spanish: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, counts, groups, words

_STEPS = Steps(
    imposes=words("""
        prohíb* | prohib* | veta | vetan | vetó | vetar* | vetado* | vetada* | impon* | impuso | impusieron |
        impond* | impuest* | impid* | impedir* | restring* | restrinj* | limita | limitan | limitó | limitar* |
        endurec* | refuerza* | reforz* | amplía* | ampli* | exig* | exij* | requier* | requer* | somet* | sujet* |
        bloquea* | bloqueó | frena | frenan | frenó | frenar* | corta | cortan | cortó | cortar* | cierra* |
        cerr* | detien* | detuv* | deten* | paraliz* | suspend* | retien* | retuvo | reten* | añad* | agreg* |
        inclu* | pone | ponen | puso | pusieron | pondrá* | adopt* | aprueb* | aprob* | dict* | decret* | orden* |
        emit* | publica* | publicó | promulg* | dispon* | dispuso | establec* | fija | fijan | fijó | fijar* |
        grava | gravan | gravó | gravar* | sube | suben | subió | elev* | raciona | racionan | racionó | aplica |
        aplican | aplicó | aplicar* | decid* | resuelv* | resolvió | oficializ* | veda | vedó | sancion* |
        introduc* | introdujo | anunci* | obliga | obligan | obligó | obligar* | rige | regirá* | entra en vigor |
        reserva | reservan | reservó | saca | cobra | cobrar* | confirm* | firma | firmó
    """),
    suspends=words("""
        suspend* | suspensión | suspensiones | paus* | congela* | congeló | aplaz* | pospon* | pospuso |
        pospuest* | posterg* | paraliz* | detien* | detuv* | deten* | deja en suspenso | dejó en suspenso |
        en suspenso | interrump* | interrupción | difier* | difir* | frena | frenan | frenó | corta | cortan |
        cortó | retras* | pone en pausa | puso en pausa | cese de | corte de | congelación de | congelamiento de
    """),
    lifts=words("""
        levanta | levantan | levantó | levantaron | levantar* | levantad* | levantamiento | levante | elimin* |
        retir* | derog* | revoc* | anul* | suprim* | supresión | cancel* | rescind* | deja* sin efecto |
        dejó sin efecto | dejaron sin efecto | sin efecto | pone fin a | ponen fin a | puso fin a |
        pusieron fin a | pondrá* fin a | se acabó | se acaba | fin de la | fin del | fin a las | fin de las |
        fin a la | adiós a la | adiós al | adiós a las | adiós a los | fin al | acaba con | acabó con | acaba el |
        acaba la | renunci* a | desist* | da marcha atrás | dio marcha atrás | dan marcha atrás | marcha atrás |
        quita | quitan | quitó | quitar* | saca .. de la lista | sacó .. de la lista | tumb* | tacha .. de |
        abandona* la idea | abandonó la idea | abandona* el plan | abandonó el plan | desmont* | no renov* |
        no renueva* | no prorrog* | descart* | excluye* de la lista | borra .. de | cesa el | cesa la | abole |
        abolió | abolir*
    """),
    expires=words("""
        expir* | venc* | caduc* | pierde* vigencia | perdió vigencia | perderá vigencia | vencimiento |
        deja de estar en vigor
    """),
    eases=words("""
        relaj* | flexibiliz* | suaviz* | aflo*a | aflo*an | aflojó | aflojar | alivi* | exim* | exenta | exentó |
        exceptú* | exceptuó | atenu* | agiliz* | simplific* | rebaja requisitos | abre la mano | abrió la mano
    """),
    extends=words("""
        prorrog* | prórroga* | extiend* | extend* | extensión | renuev* | renov* | amplía* .. plazo |
        amplió .. plazo | alarg* | prolong* | sigue* vigente* | seguirá* vigente* | sigue* en vigor |
        seguirá* en vigor | mantien* | mantuv* | mantendr* | otros tres meses | otros seis meses |
        tres meses más | seis meses más | un año más | otro año | continúa* en vigor
    """),
    restores=words("""
        reimpon* | reimpuso | reimpond* | reimposición | restable* | reinstaur* | reintroduc* | reanud* |
        reactiv* | retom* | vuelve* a imponer | volvió a imponer | volverá* a imponer | vuelve* a prohibir |
        volvió a prohibir | vuelve* a vetar | vuelve* a exportar | volvió a exportar | vuelve* a exigir | reabr* |
        reapertura | vuelve* a cerrar | volvió a cerrar | reinici* | repone | repuso
    """),
    raises=words("""
        sube | suben | subió | subir* | subida | elev* | aument* | duplic* | triplic* | increment* | amplía |
        amplían | amplió | ampliar* | alza | encarec*
    """),
    lowers=words("""
        baja | bajan | bajó | bajar* | rebaj* | reduc* | reduj* | recort* | disminu* | a cero | en cero |
        pagan cero | paga cero | cero por ciento | arancel cero | retenciones cero | retención cero | dism*
    """),
    allows=words("""
        conced* | otorg* | autoriz* | permit* | aprueb* | aprob* | concesión de | da* luz verde | dio luz verde |
        dieron luz verde | dará* luz verde | luz verde | habilit* | expid* | expidió | desbloque* | libera |
        liberan | liberó | liberar* | liberación | da* vía libre | dio vía libre
    """),
    refuses=words("""
        deneg* | denieg* | nieg* | negó | negar* | rechaz* | rehús* | rehus*
    """),
    frees=words("""
        sin nuevos permisos | sin nuevas licencias | sin más permisos | barra libre | se acabó la cuarentena |
        se acabó el veto | se acabó la prohibición | ya no necesit* | ya no requier* | ya no requer* |
        ya no exig* | ya no hará* falta | ya no hace falta | sin necesidad de licencia | sin licencia previa |
        no requerirá* licencia | no necesitará* licencia | deja* de exigir | dejó de exigir | dejará* de exigir |
        vuelve* a vender | volverá* a vender | podrá* volver a | puede* volver a | podrá* exportar* de nuevo |
        de nuevo puede* exportar* | podrá* vender de nuevo | libre de aranceles | sin aranceles |
        exent* de licencia | exentas de permiso | quedan exent* | queda exent* | reabre el grifo |
        vuelve* a abrir el grifo | ya no está* sujet* | ya no estará* sujet* | exime* de licencia
    """),
    forbids=words("""
        ya no podrá* | ya no puede* | no podrá* salir | no puede* salir | no saldrá* | no podrá* exportar* |
        no podrá* abandonar | deja de exportar | dejó de exportar | dejará* de exportar | deja* de vender |
        dejó de vender | dejará* de vender | se queda en casa | se queda en el país | no deja* salir |
        no deja* exportar | impide* exportar
    """),
    trade=words("""
        exportaci* | exporta | exportan | exportar* | exportad* | envío | envíos | enviar* | embarque |
        embarques | venta | ventas | vender* | despacho | despachos | salida | salidas | suministro |
        suministros | entrega | entregas | cargamento | cargamentos | comercio | reexportaci* | flujo | flujos
    """),
    controls=words("""
        prohibici* | prohib* | prohíb* | veto | vetos | veda | embargo | embargos | control | controles |
        restricci* | restring* | limitaci* | límite | límites | traba | trabas | cuota | cuotas | cupo | cupos |
        tope | topes | arancel* | gravam* | impuesto | impuestos | retencion* | tasa | tasas | canon | regalía* |
        sancion* | sanción | requisito* | exigencia* | obligaci* | moratoria | bloqueo | bloqueos | medida |
        medidas | norma | normas | regla | reglas | régimen | decreto* | resolución | orden | lista negra |
        listas negras | lista de entidades | investigaci* | contramedida* | derecho antidumping | derechos |
        derecho de exportación | derecho a la exportación | recargo | recargos | freno | cerrojo | cepo |
        regulaci* | reglamento | barrera* | cuarentena | racionamiento
    """),
    permits=words("""
        licencia | licencias | permiso | permisos | autorizaci* | visto bueno | aval
    """),
    quotas=words("cuota | cuotas | cupo | cupos | contingente | contingentes | tope | topes"),
    reliefs=words("""
        exenci* | exoneraci* | excepci* | dispensa* | tregua* | salvedad | prórroga de gracia |
        periodo de gracia | período de gracia | licencia general | licencias generales |
        licencia* general* de exportación | alivio | moratoria de los aranceles | suspensión de los controles |
        suspensión de las restricciones | suspensión de los aranceles | suspensión del veto |
        suspensión de la prohibición | pausa arancelaria | lista blanca
    """),
    drafts=words("""
        anteproyecto | propuesta | propuestas | borrador | borradores | iniciativa | cláusula | plan | planes |
        enmienda | dictamen | proyecto de ley | proyectos de ley | proyecto de decreto | proyecto de orden |
        proyecto que
    """),
    fresh=words("""
        nuevo | nueva | nuevos | nuevas | adicional | adicionales | más estricto* | más estricta* | más duro* |
        más dura* | más severo* | más severa* | otra | otras | otros | amplia* | inmediata | inmediato |
        temporal | temporales | total | totales | primer | primera | primeros | primeras
    """),
)

_ROLES = Roles(
    capitals=words("""
        Pekín | Beijing | Tokio | Washington | Bruselas | Moscú | Seúl | Taipéi | Taipei | Londres | París |
        Berlín | La Haya | Nueva Delhi | Delhi | Yakarta | Hanói | Canberra | Camberra | Ottawa | Kinsasa |
        Kinshasa | Harare | Madrid | Lisboa | Brasilia | Kuala Lumpur | Kiev | Berna | Viena | Roma | Varsovia |
        el Kremlin | Casa Blanca | La Moncloa | La Paz | Lima | Bogotá | Caracas | Buenos Aires
    """),
    fillers=words("""
        el | la | los | las | su | sus | todo | todos | toda | todas | algunos | algunas | varios | varias | un |
        una | otros | otras | ciertos | ciertas | la vecina | el vecino | continental | república popular | unas |
        unos | república popular de | resto de | la república popular de
    """),
    joins=words("""
        y | e | o | u | , | así como | y a | y contra | y el | y la | y los | y las | ni | o a | y hacia | y de |
        y con
    """),
    target_before=words("""
        a | al | hacia | contra | con destino a | con destino al | rumbo a | dirigid* a | destinad* a |
        en contra de | frente a | destino | ante
    """),
    target_maybe=words("para | sobre | con | afecta a"),
    source_before=words("""
        desde | procedente* de | procedente* del | originari* de | originari* del | con origen en | de origen |
        importaciones de | llegan de | llegados de | llegado de | vienen de | provienen de | importación de |
        productos de | mercancías de | bienes de | fabricad* en | hech* en | producid* en | provenientes de |
        proveniente de
    """),
    agent_before=words("por | por parte de | por parte del | por parte de la | de parte de"),
    place_before=words("en | dentro de | entre | vía | a través de | cerca de | por vía de"),
    owner_before=words("""
        de | del | de la | de los | de las | por | por parte de | por parte del
    """),
    acts=words("""
        decisi* | medida | medidas | paso | pasos | anuncio* | aviso* | comunicado | ley | leyes | decreto* |
        norma | normas | orden | órdenes | política | plan | planes | respuesta | represalia* | directiva |
        lista | borrador* | propuesta* | autoridades | regulador* | aduana | aduanas | reglamento | resolución |
        ofensiva
    """),
    parties=words("""
        empresa | empresas | compañía | compañías | firma | firmas | comprador* | usuario* | cliente* | ejército |
        militar | militares | fabricante* | importador* | industria | entidad | entidades | organizaci* |
        instituto* | fábrica | fábricas | planta | plantas | accionista* | inversor* | inversionista* | grupo |
        grupos | filial* | defensa | ciudadanos | consumidor* | automotriz* | tecnológica | tecnológicas |
        gigante | contratista* | operador* | sociedad | sociedades | socios | mercado
    """),
    persons=words("""
        ministro* | ministra* | ministerio* | presidente | presidenta | primer ministro | portavoz | portavoces |
        vocero | vocera | funcionario* | gobierno* | ejecutivo | gabinete | parlamento | diputado* | senado* |
        comisión | comisario | embajada | embajador* | canciller* | secretari* | autoridad* | agencia |
        administración | tribunal | congreso | consejo | cancillería | asamblea | jefe | líder
    """),
    reacts=words("""
        conden* | critic* | protest* | denunci* | deplor* | lament* | se opon* | se opus* | rechaz* | recurr* |
        responde | respondió | reaccion* | tem* | teme | temen | preocup* | pide* | pidió | pidieron | insta* |
        instó | exige que | reclam* | adviert* | advirt* | celebr* | aplaud* | salud* | encar* | afront* |
        busca una exención | apel* | acus* | convoc* | se quej* | arremet* | carga contra | cargó contra |
        tacha de | tachó de | califica de | calificó de | urge* | urgió | alarm* | inquiet* | repudi* |
        cuestion* | se indign* | llama a | furios* | sufr* | lleva a la omc | llevó a la omc
    """),
    demands=words("""
        pide* | pidió | pidieron | exigen que | exige que | reclam* | insta* | instó | urge* a | urgió | abog* |
        debería* | deberían | recomiend* | recomend* | presiona* para | llama* a | demandan
    """),
    object_before=words("de | del | de la | de los | de las | sobre | a | al | a la | a los | a las | para"),
    object_stops=words("""
        a | al | de | del | desde | por | en | tras | después | antes | ante | como | que | cual | quien | es |
        son | era | fue | fueron | será | serán | ha | han | había | podría | podrían | puede | hasta | con |
        bajo | sobre | contra | para | hacia | según | dijo | dice | porque | mientras | si | y | e | o | u |
        pero | este | próximo | próxima | salvo | no | pese | debido | se | sin | entre | durante | mediante |
        su | el | la | los | las
    """),
    vague=words("""
        bienes | producto* | artículo* | exportaci* | importaci* | material* | tecnolog* | bien | mercancía* |
        algunos | todos | toda | otro* | el | la | los | las | un | una | su | sus | sensible* | crític* |
        estratégic* | clave | este | esta | estos | estas | esos | esas | envío* | venta* | suministro* |
        empresa* | país* | medida* | parte* | bruto | más | mayor* | tales | ambos | cada | año* | mes* |
        semana* | día* | ciento | ahora | tiempo | lunes | martes | miércoles | jueves | viernes | sábado |
        domingo | extranjer* | nuevo* | nueva* | militar* | civil* | uso* | comercio | exterior | territorio |
        mercado* | terceros | cualquier* | determinad* | ciert* | partir | chin* | estadounidense* | bajo |
        vigor | sector* | industria* | restricc* | control*
    """),
    adjective_behind=True,
)

_TELLING = Telling(
    now=words("""
        hoy | ahora | esta semana | este mes | este lunes | este martes | este miércoles | este jueves |
        este viernes | este sábado | este domingo | el lunes | el martes | el miércoles | el jueves | el viernes |
        el sábado | el domingo | ayer | mañana | anoche | con efecto inmediato | de inmediato | desde hoy |
        acaba de | acaban de | a partir de ahora | en adelante | desde ahora | esta mañana | esta noche |
        horas después
    """),
    past=words("""
        el año pasado | el pasado año | hace un año | hace dos años | hace tres años | hace años |
        hace una década | décadas atrás | años atrás | un año atrás | en su momento | en aquel momento |
        en aquel entonces | entonces | por aquel entonces | en el pasado | anteriormente | aniversario |
        años después | meses atrás | hace meses | el mes pasado | a principios de año | a comienzos de año |
        la década pasada | recordó | recuerda | recuerdan | en aquella ocasión | antaño | en la década de |
        años más tarde | balance a | la primavera pasada | el verano pasado | el otoño pasado
    """),
    anterior=words("había | habían | hubo de"),
    modal=words("""
        podría | podrían | puede que | pueda | puedan | quizá | quizás | tal vez | amenaza con | amenazan con |
        planea | planean | pretende | pretenden | estaría* | a punto de
    """),
    hypothetical=words("""
        y si | qué pasaría si | supongamos | imaginemos | escenario | hipotétic* | simulacro | qué ocurriría |
        en el caso hipotético
    """),
    negates=words("""
        no | ningún | nadie | ninguna | ningunos | ni | nunca | jamás | tampoco | sin prohibir | sin restringir |
        sin vetar | sin imponer | en lugar de
    """),
    exempts=words("""
        no afecta* | no se aplica* | no se ven afectad* | exent* | excluid* | excepto | salvo | a excepción de |
        con excepción de | con la excepción de | queda* fuera | quedan al margen | no alcanza* | no incluy* |
        no está* sujet* | no cubre* | no abarca* | se libra* | fuera de la medida | fuera del alcance |
        sigue* abiert* | sigue* permitid* | sin afectar
    """),
    breaks=words("""
        pero | mientras | aunque | después de que | antes de que | porque | desde que | pese a | a pesar de |
        cuando | y estudia | y ha | y será | el que | la que | los que | las que | , que | quien | quienes |
        tras | sino | y considera | y amenaza | donde | lo que
    """),
    prohibits=words("""
        está prohibid* | están prohibid* | queda prohibid* | quedan prohibid* | se prohíb* | no podrá* |
        no puede* | está vedad*
    """),
)

_CALENDAR = Calendar(
    months=groups("""
        enero | ene; febrero | feb; marzo; abril | abr; mayo; junio | jun; julio | jul; agosto | ago;
        septiembre | setiembre | sept | sep; octubre | oct; noviembre | nov; diciembre | dic
    """),
    weekdays=groups("lunes; martes; miércoles | miercoles; jueves; viernes; sábado | sabado; domingo"),
    ordinal=r"\.?[ºo°]",
    of=words("de | del"),
    numbers=counts("""
        un=1 | una=1 | uno=1 | dos=2 | tres=3 | cuatro=4 | cinco=5 | seis=6 | siete=7 | ocho=8 | nueve=9 |
        diez=10 | doce=12 | quince=15 | veinte=20 | treinta=30 | cuarenta y cinco=45 | sesenta=60 | noventa=90 |
        ciento veinte=120 | ciento ochenta=180
    """),
    units=groups("""
        día | días | dias | días naturales | días hábiles; semana | semanas; mes | meses; año | años
    """),
    within=words("""
        dentro de | en | durante | por | en un plazo de | por otros | por otro | por otras | por un periodo de |
        por un período de | a los | en los próximos | por espacio de
    """),
    later=words("""
        después | más tarde | tras su publicación | después de su publicación | desde su publicación |
        de su publicación
    """),
    ago=words("hace | atrás"),
    today=("hoy",),
    tomorrow=("mañana",),
    yesterday=("ayer", "anoche"),
    next_day=words("""
        al día siguiente de su publicación | el día siguiente al de su publicación |
        el día siguiente de su publicación | al día siguiente de la publicación |
        día siguiente al de su publicación | al día siguiente
    """),
    next_month=words("el próximo mes | el mes próximo | el mes que viene | próximo mes"),
    next_year=words("el próximo año | el año próximo | el año que viene | próximo año"),
    this_year=words("este año | el presente año"),
    last_year=words("el año pasado | el pasado año | año anterior"),
    end_of=words("finales de | fin de | fines de | final de | finales del | fin del | fines del"),
    at_once=words("""
        con efecto inmediato | de inmediato | de forma inmediata | inmediatamente | desde hoy | desde ya |
        a partir de hoy | de manera inmediata | con carácter inmediato | efecto inmediato
    """),
    from_before=words("""
        a partir del | a partir de | con efectos desde | con efectos a partir de | con efecto a partir de |
        en vigor el | en vigor en | en vigor a partir de | vigencia el | vigencia a partir de | vigor este |
        vigor el próximo | rige desde | regirá desde | efectiva el | efectivo el | vigente desde | a contar de |
        a contar del | vigor dentro de | vigencia en | arranca el | a partir del próximo
    """),
    until_before=words("""
        hasta | hasta el | hasta finales de | hasta fin de | hasta fines de | vence el | vencen el | vencerá el |
        expira el | expiran el | expirará el | válido hasta | válida hasta | caduca el | antes del |
        a más tardar el | hasta el próximo | no más tarde del | vigente hasta
    """),
    begun=words("""
        en vigor desde | entró en vigor | entraron en vigor | ha entrado en vigor | han entrado en vigor |
        entró en vigencia | entraron en vigencia | vigente desde | vigentes desde | está en vigor | rige desde |
        rigen desde
    """),
    since=words("""
        en vigor desde | vigente desde | vigentes desde | rige desde | rigen desde | desde el | desde este | desde
    """),
    in_month=words("""
        en | de | del | desde | hasta | durante | desde el | a partir de | antes de | después de | por | para |
        a fines de | a finales de | a principios de | a comienzos de | a mediados de | allá por
    """),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
