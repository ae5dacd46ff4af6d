"""Words that stand in news on any subject: they anchor no term where a rarer word can.

The lists change no result, only how often a text is looked at in vain. They were drawn up from how many news texts
hold a word; names and words of our own subject are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_WORDS = {
    "en": """
        able according accused across action actually add added adding adds advantage again agency ago ahead aid air
        allegations allowed almost along already also although always america american americans among angry announced
        another anything appeared area areas around arrested asked assault assembly attack authorities auto avoid away
        back bad based beach beat became become began behind being believe best better big billion board body both
        bring british brought buildings business call called calling calls came campaign cap capital car care career
        cars case center central centre chairman challenge change changed changes charge check chief children citizens
        city claim claims clear close coach come comes coming comments commission committee community companies
        company complete completely conditions conference confirmed congress conservative contact continue continued
        continuing control cost couldn countries country county couple course court create cross crowd current
        currently cut cuts data day days deal death decades decision deep defense denied department described despite
        destroyed determined did didn died different director disaster doing don done down due each earlier early east
        eight election elections else end ending enough entire era especially europe european even event eventually
        ever every everyone executive expected face faces fall falling falls family far feel fell felt few field fight
        final find fire firm firms first five following food footage force forces foreign former forward found four
        free friday friends front full funding further future game games gave general german get getting give given
        global go goal going gone good goods got government great group groups half hand happen happened hard having
        head health heard held help her here high higher highest him himself hit hits hold home homes hope hospital
        hour hours house however hundreds hurt idea impact importance important incident include including information
        injured injuries inspired instead international interview investigation involved island issue job judge
        judiciary july june just justice keep kept key killed know known land large last late later latest law lead
        leader leaders leading leads least leave leaving led left legal let level life light likely line little live
        lives local long longer look looking loss lost lot love low lower made magnitude major majority make makes
        making man manager many march mark market markets match mean means meant meanwhile media meeting member
        members men met midterm miles military million minister minute minutes mission moment momentum monday money
        month months morning most mother move moved moves much murder music must name national near nearly need needed
        never news next night nominee north noted november number october off office officers official officials often
        old once online open opened opening opinion opportunity order others outside own part particularly partner
        parts party pass past path pay people percent performance person personal phone place plan plans play played
        player playing point points police policy political popular possible potential power president press pressure
        previous previously price prices prime probably product products project province public published push put
        rally rate rather ready real really received recent record referred relations released remain remains report
        reported reportedly reports research responsible result results return revealed right rise rises room run
        running sale sales same saturday saw say saying scene school sea season second secretary security see seeking
        seen sell senate send senior sent september series serious service services set seven several sexual she short
        shot show showed side significant similar single situation six small social someone something son south
        southern speaking special spoke spokesman staff stage start started state statement states step steps still
        story street strong struggling success suffered suggested summer support supporters supreme sure system take
        taken takes taking talk talking target team tell telling ten term terms testimony themselves thing things
        think third those though thought thousands three through throughout thursday time times title today together
        told toll took top tough town track treated trust try trying two unable united use used user users using very
        vice victory view violent visit vote voters want wanted wants war wasn watch watching water way wednesday week
        weekend weeks well went west western where white whole whose why wide wife win winning within without woman
        women won work worked working works world wrote year years yet young
    """,
    "nl": """
        aangekondigd aantal aanval acht achter actie afgelopen agenten aldus algemene alleen allemaal alles altijd
        amerika amerikaans amerikaanse amerikanen andere anderen anders auto autoriteiten avond baan basis bedrijf
        bedrijven begin beginnen begon behandeld beide beiden bekend belang belangrijk belangrijke belangrijkste
        beleid ben bereiken bereikt beschikbaar beschikken beschuldigd beschuldiging beschuldigingen beslissing best
        beste betaald betekent beter betere bezig bieden bijeenkomst bijna bleek blijft blijkt blijven boven brengen
        britse buitenlandse buurt campagne centrum chinees chinese collega commissie congres conservatieve daar daarna
        daarom daarvan dacht dag dagen deed deel denk denken derde dergelijke dicht dienen dienst direct directeur
        doden doel doen doet dollar donderdag dood drie druk duidelijk duitse dus echt economische eens eerder eerste
        eigen eind einde elk elkaar elke enige enkele eraan erg ernstig ervoor eten euro europa europees europese even
        extra familie feit gaan gaat gaf gearresteerd gebeurd gebeuren gebied gebieden gebouwen gebracht gebruiken
        gebruikt gebruikte gedaan gedood gedurende geeft gegeven gegevens gehad gehouden geld geleden gemaakt
        gemeenschap genoeg genomen georganiseerd gepubliceerd gericht gesteld gestorven getroffen getuigenis geval
        gevallen geven gevolg gevolgen gevonden gevraagd geweest geweld gewoon geworden gezegd gezien gezondheid ging
        goed goede graag groep groot grootste grote had hadden halen handel hard heb hebt heel heen hele helemaal
        helft helpen hem hen herstellen hier hieraan hoewel hoge hoger honderden hoofd hoog hooggerechtshof hoogste
        hoogte hoopt horen houden huidige huis huizen hulp idee iedereen iemand iets incident inclusief informatie
        internationaal internationale interview invloed januari jaren jarige jongens juli juni justitie kandidaat
        kandidatuur kans kant kantoor keer keuze kiezers kinderen klaar klein kleine komen komende komt kon konden
        kort kosten kracht kreeg krijgen kunt kust kwam kwamen laag laat laatste land landen lang lange langer laten
        later leden leidde leiden leider leiders leiding leren leven leveren lid liet ligt lijkt lijn lokale lopen
        lucht maakt maakte maand maandag maanden macht maken man manier mannen markt medewerkers media mee meerdere
        meerderheid meest meeste men mensen meter midden mij miljard miljoen minder minister ministerie minste minuten
        minuut misschien moeder moeilijk moeilijke moeite moest moesten mogelijk mogelijke mogelijkheid moment
        momenteel naam nadat nationaal national nationale natuurlijk neemt nemen net news niemand niets nieuw nieuwe
        nieuwste niveau nodig noemde nooit noord normaal november nummer ogen oktober omstandigheden ondanks
        ondertussen onderzoek ongeveer online onmiddellijk ontkent ontmoeting ontvangen ooit oorlog oost open openbaar
        openbare opnieuw oude overal overheid overwinning paar partij pas periode personen persoon persoonlijke plaats
        plaatselijke plaatsen ploeg poging politie politieke positie premier president prijs prijzen proberen probleem
        problemen procent product producten project provincie publiek punt punten rapport rapporteerde reactie recente
        recht rechter reeks regering resultaat resultaten richten richting risico rol rond rust samen school schreef
        seizoen seksueel senaat september situatie slachtoffer slechts snel sociale sommige soms soort speelde speelt
        spel spelen speler sprak staan staat stad stap start staten ste steeds stelde stellen stem stemmen stemming
        ster sterk steun steunen stil stond stonden strijd succes team ten ter termijn terug terwijl tien tijd toch
        toe toegang toekomst toespraak totaal totdat trekken tussentijdse twee tweede uiteindelijk unie uren uur vaak
        vader vallen vandaag vanuit vanwege vast veiligheid velen ver verbeteren verdediging verder verdere verenigde
        vergadering vergelijking verhaal verjaardag verkiezingen verklaarde verklaring verlaten verloren verluidt
        vermeld verscheen verschillende vertelde vertrouwen vervolgens verwacht verwachting verwees verwondingen via
        viel vier vijf vinden vindt voegde voelde voeren volgen volgend volgende volledig volledige vond vooral
        voorbij voordat voordeel voorkomen voorsprong voorzitter vorig vorige vorm vraag vragen vriend vrijdag vrije
        vroeg vrouw vrouwen vóór waarbij waarde waardoor waarin waarmee waaronder waarop waarschijnlijk waarvan wacht
        wanneer waren water wedstrijd wedstrijden week weer weet weg weken welke werden wereld werk werken west weten
        wij wijze wil wilde willen winnen won woordvoerder zaak zag zaken zat zaterdag zee zeer zeggen zegt zei zeiden
        zeker zelf zelfs zes zet zetten zeven zichzelf ziekenhuis zien ziet zit zitten zoals zodat zomer zondag zoon
        zorgde zorgen zouden zoveel zuid één
    """,
    "de": """
        abend abstimmung acht alle allein allem allen aller allerdings alles also alten amerikaner amerikanisch
        amerikanische amerikanischen amt andere anderen anfang angaben angesichts angriff angst anschließend
        anschuldigungen anzahl arbeit arbeiten aufgrund aussage aussagen auto außenminister außerdem beamte beamten
        bedeuten bedeutet bedeutung befinden befindet begann behandelt behörde behörden beide beiden bekannt bekommen
        benötigte bereich bereit bereits bericht berichtete beschuldigt beschuldigte besser besteht besten bestätigte
        bevor bezeichnete beziehungen bin bleiben bleibt blieb bringen britische chinesisch chinesische dabei dafür
        daher damit darauf darin darunter darüber daten davon davor dazu denen denke dennoch deren derzeit deshalb
        dessen deutlich dienst dies diese diesem diesen dieser dieses direkt dollar donnerstag dort drei druck
        ebenfalls ebenso ehemalige eigenen einfach einige einmal einschließlich einzige ende entscheiden entscheidung
        entwicklung erfolg erfolgreich ergebnisse erhalten erhielt erklärte erklärung erreichen erreicht erst erste
        ersten erwartet erzielt erzählte essen etwa etwas euro europa europäisch europäische europäischen fall fand
        fast fest festgenommen finden firma folge frage fragen fragte frau frauen freitag freitagmorgen fügte fühlen
        führen führt führte führung fünf gab gaben ganz ganze geben gebiet gebracht gebäude gefunden gegangen gegeben
        gegenüber gehen geht gehört gekommen gemacht gemeinsam genau generalversammlung genug gerade gerichtshof
        gesagt gesamten geschehen geschichte gesehen gesetz gesundheit getan getötet gewalt gewann gewesen gewinnen
        gezogen geändert gibt ging glaube glauben gleichzeitig groß große großen großer grund gruppe größten gut gute
        guten halten handel handelt hart hatten haus helfen heute hielt hier hinter hinzu hoch hohe hunderte hälfte
        hätte hätten höhe höher idee ihm ihn ihnen ihr ihrem ihren ihrer ihres immer indem informationen innerhalb ins
        insbesondere insel insgesamt international internationale interview jahr jahre jahren jahres jeden jeder
        jedoch jetzt juli junge jungen juni justizausschuss jährige jährigen jähriger kam kandidaten kapitän kein
        keine keinen kind kinder klein kleine kommen kommt kongress konnte konnten kontrolle kosten kraft krankenhaus
        kurz königreich könne könnte könnten kündigte küste lage land landes lang lange lassen leben leistung leiter
        letzte letzten letztes leute liegt ließ linie los luft länder lässt machen macht machte mal mann markt medien
        meer mehrere mehrheit mein meine meinen meiner meinung meisten menschen meter mich milliarden million
        millionen mindestens minister minute minuten mir mitarbeiter mitglied mitglieder mitte mittwoch moment monat
        monate monaten monats montag morgen muss musste mutter märz möchte möchten möglich möglicherweise möglichkeit
        nachdem nacht namen nannte national nationale natürlich nehmen neu neue neuen neuer news nichts nie niemand
        nimmt nord norden november nun nächsten nähe obersten obwohl offen oft oktober ort ost osten paar partei
        partner person personen phase platz politik politische politischen polizei preis preise problem probleme
        produkt produkte projekt provinz prozent präsident präsidenten publikum punkt punkte punkten recht regelmäßig
        regierung reihe richter richtung sagen sagt sagte sah saison samstag schaffen schließlich schnell schrieb
        schritt schule schwer schwere sechs sehen sehr seien seinem seinen seiner seines seite seiten selbst senat
        senats sendung september setzen sicher sicherheit sieben sieg situation sodass sofort sohn solche sollte
        sollten sommer sondern sonntag sowie sozialen spiel spiele spielen spieler spielt spielte sprach sprechen
        sprecher später staat staaten stadt stand starb stark statt stattdessen stehen steht stellen stellte stimme
        stimmen stunde stunden stärke süd tag tage tagen tatsächlich team teil teilen teilte thema tod traf treffen
        treffer tritt trotz uhr umfrage uns unsere unserem unserer unternehmen unterstützen unterstützung untersuchung
        vater vereinigten vergleich verhalten verlassen verletzt verletzungen verloren versuch versuchen versucht
        veröffentlicht veröffentlichten veröffentlichung viel viele vielleicht vier vorbei vorfall vorher vorsprung
        völlig wahl wahlen wahrscheinlich waren warum was wasser weg weise weit weiter weitere weiteren weiterer
        weiterhin weißen welche welt weltweit wenig weniger wer werde wert west wichtig wichtige widerstand wieder
        wies wirklich wirtschaft wissen wobei woche wochen wochenende wollen wollte worden worten wurden wähler wäre
        wären würde würden wütend zahl zehn zeigen zeigt zeigte zeigten zeit zeitpunkt zentrum ziehen ziel zukunft
        zunächst zurück zusammen zusammenhang zuvor zwei zweite zweiten zwischenwahlen ähnlich ändern äußerst
        öffentlich öffentlichen
    """,
}

EVERYDAY: Mapping[str, frozenset[str]] = MappingProxyType(
    {code: frozenset(text.split()) for code, text in _WORDS.items()}
)
