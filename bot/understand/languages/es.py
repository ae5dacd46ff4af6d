"""Spanish of Spain and the Americas: plurals, genders, regular verbs and sentence ends."""

from __future__ import annotations

from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.es import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

_STEM = 3  # letters that must stay when a verb's or an adjective's ending is taken off
_GENDERED = ("ado", "ido", "ico", "ivo", "oso", "eño", "ario", "nuevo", "puesto")  # -o has a feminine beside it
_FEMININE = tuple(ending[:-1] + "a" for ending in _GENDERED)
# Elements whose feminine is another word (indio, India), and nouns that look like infinitives.
_RIGID = listed("""
    galio indio litio helio samario tulio erbio terbio cerio itrio iterbio escandio berilio bismuto cobre plata mena
    arsenario militar titular dólar
""")
_AR = listed("""
    ar a an ó aron aba aban ará arán aría arían ando ado ada ados adas e en ara aran amos aremos
""")
_ER = listed("""
    er e en ió ieron ía ían erá erán ería erían iendo ido ida idos idas a an iera ieran emos eremos
""")
_IR = listed("""
    ir e en ió ieron ía ían irá irán iría irían iendo ido ida idos idas a an iera ieran imos iremos
""")
_CONJUGATIONS = {"ar": _AR, "er": _ER, "ir": _IR}
_SOFTENED = {"g": "gu", "c": "qu", "z": "c"}  # before e: carga, cargue; aplica, aplique; autoriza, autorice


def _verb(word: str) -> set[str]:
    stem, endings = word[:-2], _CONJUGATIONS[word[-2:]]
    found = {stem + ending for ending in endings}
    if word.endswith("ar") and stem[-1] in _SOFTENED:
        soft = stem[:-1] + _SOFTENED[stem[-1]]
        found.update((soft + "e", soft + "en"))
    return found


def _noun(word: str) -> set[str]:
    if word.endswith(("ón", "és", "án", "ín")):
        plain = word[:-2] + {"ó": "o", "é": "e", "á": "a", "í": "i"}[word[-2]] + word[-1]
        found = {word, plain + "es"}
        return found | {plain + "a", plain + "as"} if word.endswith("és") else found
    if word.endswith(("ones", "anes", "ines")) and len(word) > _STEM + 4:
        accented = {"o": "ó", "a": "á", "i": "í"}[word[-4]]
        return {word, word[:-4] + accented + "n"}
    if word.endswith("z"):
        return {word, word[:-1] + "ces"}
    if word.endswith("s"):
        return {word, word[:-1], *([word[:-2]] if word.endswith("es") else [])}
    if word[-1] in "aeiouáéó":
        return {word, word + "s"}
    return {word, word + "es", word + "s"}  # licitador, licitadores; chip, chips


def _forms(word: str) -> Forms:
    """Plurals, both genders of participles and common adjectives, and the regular forms of verbs."""
    if word in _RIGID or len(word) <= _STEM or not word.isalpha():
        return (word, word + "s") if word.isalpha() and len(word) > _STEM else (word,)
    found = _noun(word)
    if word.endswith(_GENDERED) or word.endswith(_FEMININE):
        found.update(word[:-1] + ending for ending in ("o", "a", "os", "as"))
    if word[-2:] in _CONJUGATIONS and len(word) - 2 >= _STEM:
        found |= _verb(word)
    return tuple(found)


LANGUAGE: Language = Language(
    name="es",
    spacy="es",
    grammar=GRAMMAR,
    forms=_forms,
    irregular=groups("""
        prohibir prohíbe prohíben prohíba prohíban prohibió prohibieron prohibirá prohibirán prohibido prohibida
        impedir impide impiden impida impidió impidieron impedirá impedirán impedido
        restringir restringe restringen restrinja restringió restringieron restringirá restringido restringida
        exigir exige exigen exija exijan exigió exigieron exigirá exigirán exigido exigida
        requerir requiere requieren requiera requirió requirieron requerirá requerirán requerido
        someter somete someten someta sometió sometieron someterá someterán sometido sometida sometidos sometidas
        suspender suspende suspenden suspenda suspendió suspendieron suspenderá suspenderán suspendido suspendida
        detener detiene detienen detuvo detuvieron detendrá detenido detenida detenidos detenidas deteniendo
        retener retiene retienen retuvo retuvieron retendrá retenido retenida retenidos retenidas reteniendo
        mantener mantiene mantienen mantuvo mantuvieron mantendrá mantenido
        imponer impone imponen imponga impuso impusieron impondrá impondrán impuesta impuestas
        reimponer reimpone reimponen reimpuso reimpondrá reimpuesto reimpuesta
        disponer dispone disponen dispuso dispusieron dispondrá dispuesto
        proponer propone proponen propuso propusieron propondrá propuesto propuesta
        posponer pospone posponen pospuso pospondrá pospuesto pospuesta
        poner pone ponen puso pusieron pondrá pondrán puesto puesta puestos puestas ponga
        cerrar cierra cierran cierre cierren cerró cerraron cerrará cerrado cerrada
        poder puede pueden pueda puedan podrá podrán podía podían pudo
        salir sale salen salga salgan salió saldrá saldrán salía
        excluir excluye excluyen excluyó excluirá excluido excluida excluidos
        incluir incluye incluyen incluyó incluyeron incluirá incluido incluida incluidos incluidas
        reducir reduce reducen redujo redujeron reducirá reducido
        endurecer endurece endurecen endurezca endureció endurecerá endurecido
        ofrecer ofrece ofrecen ofreció
        conceder concede conceden concedió concedieron concederá concedido concedida concedidas
        permitir permite permiten permita permitió permitirá permitido permitida
        obtener obtiene obtienen obtenga obtuvo obtendrá obtenido
        pedir pide piden pida pidió pedirá pedido
        exportar exporta exportan exporte exporten exportó exportaban exportará exportado exportada
        negar niega niegan niegue negó negaron negará negado negada
        denegar deniega deniegan denegó denegará denegarán denegado denegada denegadas denegados
        vender vende venden venda vendió vendieron venderá vendido vendida
        enviar envía envían envíe envió enviaron enviará enviado envío envíos
        embarcar embarca embarque embarques embarcó
        racionar raciona racionan racionó racionamiento
        vetar veta vetan vete veto vetos vetó vetaron vetará vetado vetada
        imán imanes
        país países
        dron drones
        régimen regímenes
        orden órdenes
    """),
    rigid=_RIGID,
    lemmas="es",
    derivations=listed("dor dora dores doras mente ista istas able ables ible ibles ería erías ción ciones"),
    spellings=(("á", "a"), ("é", "e"), ("í", "i"), ("ó", "o"), ("ú", "u")),
    conjunctions=listed("y e o u ni"),
    abbreviations=listed("""
        sr sra sres dr dra prof lic ing gral cnel tte art arts núm núms n.º nº no pág págs párr aprox etc ee.uu ee uu
        ee.uu.aa rr.hh ss.mm d.c a.c p.ej ej vs cía s.a s.l c.v av avda c dpto depto tel máx mín mill min ud uds
        ene feb mar abr may jun jul ago sep sept oct nov dic
    """),
    may_end=listed("etc ee.uu uu s.a s.l c.v"),
    openers=listed("""
        el la los las un una en por para según pero además sin tras desde hasta con este esta estos estas ese esa su
        sus también así aunque mientras cuando ayer hoy no se al
    """),
    everyday=listed("""
        abrir acuerdo además afirmar agua ahora algunos alto año años anunciar antes aplicar apoyo aprobar aquí aumento
        autoridades ayer banco bajo bien buena buscar caída calle cambio campo caso central centro cerca cerrar ciudad
        comercio comercial comisión compra condiciones congreso consejo contra control controles crisis cuando cuatro
        dar datos de deber decir decisión dejar derechos desde después día días dinero director dólares donde dos
        durante economía empresa empresas entre entrar enviar envío equipo estado estados este estudio europa exterior
        extranjero falta familia final firma fuera fuerza general gobierno gran grande grupo guerra hacer hasta
        historia hora hoy impedir importante imponer incluir inversión jefe junto justicia ley leyes libre lista
        llegar llevar local lugar luz madrid mantener marcha mayor medida medidas medio mejor mercado mes meses
        millones minas ministerio ministro momento mundial mundo nacional negar nivel norte norma normas nueva nuevas
        nuevo nuevos ofrecer orden otra otro otros pagar país países parte partido pasado pasar pedir permiso permisos
        permitir personas plan planta poco poder política poner precio precios presentar presidente primer primera
        problema proceso producción producto productos programa propuesta proyecto publicar pueblo puerto puertos
        puesto punto quedar querer recibir reducir reforma región regla reglas relación reserva resto resultado
        reunión sacar salida salir sección sector seguir según segundo seguridad seis semana semanas ser servicio
        servicios siempre sin sistema sobre social solo sur suspender tarde tasa tener terminar tiempo tierra tierras
        todo todos tomar trabajo tras tres último una usar uso vender venta ventas ver vez vida viernes volver voz
        zona zonas
    """),
    function_words=FUNCTION_WORDS["es"],
)
