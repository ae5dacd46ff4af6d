"""The commonest words of languages written in Latin letters, read or not, by which a text names its language.

The lists hold articles, pronouns, prepositions, conjunctions and auxiliaries: closed classes that stand in every text
and that no topic changes. Languages that nobody reads here stand in for themselves, so that Afrikaans is not taken for
Dutch nor Danish for German.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

READ = ("en", "nl", "de", "fr", "es", "it", "pt", "pl", "id", "vi")  # Latin script, known to the product
NEIGHBOURS = ("af", "gl", "ca", "ms", "da", "sv", "no", "cs", "sk", "ro")  # named by the model where words say little
OTHERS = ("af", "sv", "da", "no", "fi", "cs", "ro", "hu", "tr", "ca")  # named, never read

_WORDS = {
    "en": """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they
        which one were all their there been has when who will more no if out so said what up its about into than them
        can only other time new some could these may then do first any my now such like our over after would should how
        between under against during before while amid per says your you we whether because since until could might""",
    "nl": """de het een en van in is dat op te zijn met voor niet aan er die om dan ook als maar bij uit naar door over
        ze hij zij heeft hebben worden wordt werd nog tot wel meer al geen kan deze dit wat zo moet was zich ik je we
        kunnen zou zullen hun haar mijn onder tegen sinds tussen volgens omdat want toen waar wie hoe waarom echter
        tijdens vanaf zal moeten mag mogen ons onze jaar eerst nieuwe alle veel zonder binnen buiten na""",
    "de": """der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er
        hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur
        bis mehr durch man sein wurde sei hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll
        ich eines ab weil ohne seit beim mehr laut wegen will sollen müssen darf zwischen während gibt""",
    "fr": """le la les de des du un une et à en est que qui dans pour par sur pas au aux plus ne se ce il elle sont avec
        son sa ses cette ces mais ou comme été leur leurs ont fait être après avant entre sous selon contre nous vous
        ils elles dont où deux tout tous toute afin ainsi depuis vers chez sans lors aussi même très était avait""",
    "es": """el la los las de del un una y en que es por para con no se su sus al lo como más pero ha han este esta ese
        esa fue son ser sobre entre sin también hasta desde cuando muy ya porque donde quien todo todos tras según está
        están había año años durante contra cada ante bajo hay sido tiene nos les uno dos""",
    "it": """il lo la i gli le di del della dei delle dello degli un una uno e in che è per con non si su da dal dalla
        al alla ai alle nel nella nei nelle sul sulla come più ma ha hanno questo questa sono stato essere anche fra tra
        sua suo loro dopo prima contro secondo senza cui dove quando chi tutti ogni già ancora era ed""",
    "pt": """o a os as de do da dos das um uma e em no na nos nas que é por para com não se seu sua ao aos à às como
        mais mas foi são ser sobre entre sem também até desde quando muito já porque onde quem todo todos após segundo
        está estão havia ano anos pelo pela pelos pelas este esta isso contra cada tem têm ou""",
    "pl": """i w na z do że się nie to o od po za jest jak dla przez ale co oraz przy być czy tym są ich jego ma może
        już tylko lub także który która które jako ten ta te tej tego tych był była było będzie bez pod nad przed między
        gdy jeśli według wobec ze we roku lat został została zostały mają można też sobie jej""",
    "id": """yang dan di ke dari untuk dengan pada ini itu adalah tidak akan oleh dalam sebagai juga atau karena telah
        sudah bisa dapat lebih tersebut para serta kepada saat menjadi ada mereka kami kita namun hingga antara secara
        bahwa agar seperti setelah sebelum tahun belum masih hanya tetapi terhadap sejak bagi atas""",
    "vi": """và của là có không được cho trong các một những người này đã với để khi đến từ về ra ở vào như cũng nhưng
        theo trên sẽ tại nhiều sau trước hay do còn bị đang năm hơn phải nếu vì mà nước việc lại chỉ rằng giữa""",
    "af": """die het van en in is dat te op nie vir met om aan sy hy wat ook 'n n was sê word wees deur as uit na oor
        maar by kan hulle ons hierdie hom haar sal moet tot meer nog toe geen onder tussen volgens teen daar ek jy
        sedert hul dié se gaan moes wou""",
    "sv": """och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när
        efter ska vid under eller också hade blir bli mot sin här vad där över genom mellan enligt får alla än nu""",
    "da": """og i at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan når efter
        skal ved under eller også havde bliver blive mod sin her hvad der over gennem mellem ifølge får alle end nu af
        hun deres være blev""",
    "no": """og i at det som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan når etter
        skal ved under eller også hadde blir bli mot sin her hva der over gjennom mellom ifølge får alle enn nå etter
        hun deres være ble ein ikkje""",
    "fi": """ja on ei se että hän oli ovat mutta kun myös kuin joka sen niin mukaan vain jos tai ole olla jo nyt sekä
        vuoden mitä hänen siitä joita jonka kanssa sitä ennen jälkeen""",
    "cs": """a se v na je že s z do to o i k ve pro za by ale jako po jsou od které který která podle také jeho při
        být už jen nebo jsem byl byla bylo tak pod nad před mezi však může má této roku než ze""",
    "ro": """și în de la a cu pe care este un o din nu că să mai au fost pentru sunt ce se al ale prin după sau dar
        fi va către între fără când dintre potrivit acest această lui""",
    "hu": """a az és hogy nem is egy van volt meg csak mint ha de már még el ez azt ki kell lesz szerint után között
        vagy pedig minden nagyon lehet ezt""",
    "tr": """ve bir bu da de için ile olarak olan daha çok gibi ne var kadar sonra değil ancak ise en ya göre olduğu
        tarafından her üzerinde arasında yeni karşı""",
    "ca": """el la els les de del dels i en que és per amb no un una al als es va ha són com més però seu seva sobre
        també fins entre sense després aquest aquesta han ser""",
}

# Words of our subject by which headlines, short of function words, tell their language.
_TRADE = {
    "en": """exports imports curbs curb bans limits restricts restrictions controls rules trade chips magnets earths
        licences licenses ministry government tightens says warns firms""",
    "nl": """uitvoer uitvoerverbod aardmetalen vergunning vergunningen vergunningplicht beperkt beperkingen ministerie
        kabinet regering handel bedrijven verbiedt waarschuwt""",
    "de": """ausfuhr ausfuhren exporte erden seltene genehmigung genehmigungen ministerium regierung beschränkt
        beschränkungen handel firmen verbietet warnt""",
    "fr": "exportations importations terres rares gouvernement ministère restreint entreprises",
    "es": "exportaciones importaciones tierras raras gobierno ministerio restringe empresas somete permiso",
    "it": "esportazioni importazioni terre governo ministero limita imprese aziende",
    "pt": "exportações importações terras governo ministério restringe empresas trimestre",
    "pl": "eksport eksportu import ziem rzadkich rząd ministerstwo ogranicza firmy chiny",
    "id": "ekspor impor tanah jarang pemerintah kementerian izin larangan resmi",
    "af": "uitvoer seldsame aardmetale regering ministerie handel maatskappye verbied",
    "vi": "xuất khẩu nhập đất hiếm chính phủ bộ cấm phép",
}

FUNCTION_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {code: frozenset(text.split()) for code, text in _WORDS.items()}
)
TELLING_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {code: words | frozenset(_TRADE.get(code, "").split()) for code, words in FUNCTION_WORDS.items()}
)
