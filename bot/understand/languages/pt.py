"""Portuguese of Brazil and Portugal: plurals, genders, regular verbs, both spellings and sentence ends."""

from __future__ import annotations

from bot.understand._profiles import FUNCTION_WORDS
from bot.understand.grammars.pt import GRAMMAR
from bot.understand.languages._language import Forms, Language, groups, listed

_STEM = 3  # letters that must stay when a verb's or an adjective's ending is taken off
_GENDERED = ("ado", "ido", "ico", "ivo", "oso", "eiro", "ário", "novo", "posto")  # -o has a feminine beside it
_FEMININE = tuple(ending[:-1] + "a" for ending in _GENDERED)
# Elements whose feminine or plural is another word, and nouns that look like infinitives.
_RIGID = listed("""
    gálio índio lítio hélio samário túlio érbio térbio cério ítrio itérbio escândio berílio bismuto cobre prata
    militar titular dólar hotel
""")
_CONJUGATIONS = {
    "ar": listed("""
        ar a am ou aram ava avam ará arão aria ariam ando ado ada ados adas e em asse assem arem amos aremos
    """),
    "er": listed("""
        er e em eu eram ia iam erá erão eria eriam endo ido ida idos idas a am esse essem erem emos eremos
    """),
    "ir": listed("""
        ir e em iu iram ia iam irá irão iria iriam indo ido ida idos idas a am isse issem irem imos iremos
    """),
}
_SOFTENED = {"g": "gu", "c": "qu", "ç": "c"}  # before e: entregue, fabrique, avance


def _verb(word: str) -> set[str]:
    stem = word[:-2]
    found = {stem + ending for ending in _CONJUGATIONS[word[-2:]]}
    if word.endswith("ar") and stem[-1] in _SOFTENED:
        soft = stem[:-1] + _SOFTENED[stem[-1]]
        found.update((soft + "e", soft + "em"))
    return found


def _noun(word: str) -> set[str]:
    if word.endswith("ão"):
        return {word, word[:-2] + "ões", word[:-2] + "ães", word + "s"}
    if word.endswith(("ões", "ães")):
        return {word, word[:-3] + "ão"}
    if word.endswith("m"):
        return {word, word[:-1] + "ns"}
    if word.endswith("ês"):
        return {word, word[:-2] + "eses", word[:-2] + "esa", word[:-2] + "esas"}
    if word.endswith(("al", "el", "ol", "ul")):
        accented = {"a": "a", "e": "é", "o": "ó", "u": "u"}[word[-2]]
        return {word, word[:-2] + accented + "is", word[:-1] + "is"}
    if word.endswith("il"):
        return {word, word[:-1] + "s", word[:-2] + "eis"}
    if word.endswith(("r", "z", "n")):
        return {word, word + "es"}
    if word.endswith("s"):
        return {word, word[:-1], *([word[:-2]] if word.endswith(("res", "zes")) else [])}
    return {word, word + "s"}


def _forms(word: str) -> Forms:
    """Plurals, both genders of participles and common adjectives, and the regular forms of verbs."""
    if word in _RIGID or len(word) <= _STEM or not word.isalpha():
        return (word, word + "s") if word.isalpha() and len(word) > _STEM else (word,)
    found = _noun(word)
    if word.endswith((*_GENDERED, *_FEMININE)):
        found.update(word[:-1] + ending for ending in ("o", "a", "os", "as"))
    if word[-2:] in _CONJUGATIONS and len(word) - 2 >= _STEM:
        found |= _verb(word)
    return tuple(found)


LANGUAGE: Language = Language(
    name="pt",
    spacy="pt",
    grammar=GRAMMAR,
    forms=_forms,
    irregular=groups("""
        proibir proíbe proíbem proíba proíbam proibiu proibiram proibirá proibirão proibido proibida proibidos proibidas
        impedir impede impedem impeça impeçam impediu impediram impedirá impedido
        restringir restringe restringem restrinja restringiu restringiram restringirá restringido restringida
        exigir exige exigem exija exijam exigiu exigiram exigirá exigirão exigido exigida
        requerer requer requerem requereu requererá
        sujeitar sujeita sujeitam sujeito sujeitos sujeitas sujeitou sujeitará
        suspender suspende suspendem suspenda suspendeu suspenderam suspenderá suspenso suspensa suspensos suspensas
        reter retém retêm reteve retido retida retidos retidas retendo
        manter mantém mantêm manteve mantido mantida
        impor impõe impõem imponha impôs impuseram imporá imporão imposta impostas
        reimpor reimpõe reimpõem reimpôs reimporá
        propor propõe propõem propôs propuseram proporá proposto proposta
        pôr põe põem ponha pôs puseram porá posto posta
        dispor dispõe dispuseram dispôs
        poder pode podem possa possam pôde puderam poderá poderão podia podiam
        sair sai saem saia saiam saiu saíram sairá sairão saía saído
        excluir exclui excluem excluiu excluíram excluirá excluído excluída excluídos excluídas
        incluir inclui incluem incluiu incluíram incluirá incluído incluída incluídos incluídas
        reduzir reduz reduzem reduziu reduziram reduzirá reduzido
        introduzir introduz introduzem introduziu introduzirá introduzido
        reintroduzir reintroduz reintroduziu reintroduzirá
        endurecer endurece endurecem endureceu endurecerá endurecido
        conceder concede concedem concedeu concederam concederá concedido concedida concedidas
        permitir permite permitem permita permitiu permitirá permitido permitida
        obter obtém obtêm obteve obterá
        pedir pede pedem peça peçam pediu pediram pedirá pedido
        deter detém detêm deteve detido detidos
        fazer faz fazem faça fez fizeram fará feito
        desfazer desfaz desfazem desfaça desfez
        negar nega negam negue negou negaram negará negado negada
        vender vende vendem venda vendeu venderam venderá vendido vendida
        enviar envia enviam envie enviou envio envios
        embarcar embarca embarcam embarque embarques embarcou embarcado
        entregar entrega entregam entregue entregou
        travar trava travam trave travou travaram travará travado travada
        vetar veta vetam vete vetou vetaram vetará vetado vetada veto vetos
        adiar adia adiam adie adiou adiaram adiará adiado adiada
        ímã ímãs íman ímanes
        país países
        mineral minerais
        refém reféns
        estender estende estendem estendeu estendido
        chinês chinesa chineses chinesas
    """),
    rigid=_RIGID,
    lemmas="pt",
    derivations=listed("dor dora dores doras mente ista istas ável áveis ível íveis aria arias ção ções"),
    spellings=(("ô", "ó"), ("ê", "é"), ("ção", "cção"), ("ções", "cções"), ("controle", "controlo")),
    conjunctions=listed("e ou nem"),
    abbreviations=listed("""
        sr sra srs dr dra prof eng art arts n.º nº no pág págs par aprox etc eua e.u.a u.e s.a ltda cia av r dep sen
        gov min máx mil mi bi tri tel ref inc d.c a.c p.ex ex vs jan fev mar abr mai jun jul ago set out nov dez
    """),
    may_end=listed("etc e.u.a u.e s.a ltda"),
    openers=listed("""
        o a os as um uma em na no nas nos por para segundo mas além sem após desde até com este esta estes estas esse
        essa seu sua também assim embora enquanto quando ontem hoje não se ao à já
    """),
    everyday=listed("""
        abrir acordo ainda além alta alto ano anos anunciar antes aplicar apoio aprovar área assumir atraso aumento
        autoridades banco barrar base bem bloquear boa bolsa brasil busca câmara caminho campo cargo casa caso central
        centro certo chefe cidade clima comércio comercial comissão compra condições congresso conselho conta contra
        controle corte crescimento crise custo dado dados decisão defesa deixar dentro depois destino dia dias direito
        direitos direto direção dinheiro durante economia empresa empresas encontro energia enviar equipe estado
        estados estrangeiro estudo exigir expulsar exterior falta família fazer fechar ficar fim final força fora
        fundo geral governo grande grupo guerra história hoje hora impacto impedir importante imposto incluir início
        investimento jogo justiça lado lei levantar levar liberar licença limite linha lista local lugar luz maior
        mais manter mercado mês meses medida medidas meio melhor mil milhões ministério ministro momento mundial mundo
        nacional negar nível norma normas norte nova novo novos obra ordem outro outros pacote pagar país países parar
        parte partido passar pedido pedir pessoas plano poder política ponto população porto portos posição preço
        presidente prestar primeiro problema processo produção produto produtos programa projeto proposta público
        quatro queda quer reduzir regime região regra regras relação resposta resultado retirar reunião risco sair
        segundo segurança seis semana sempre sem ser serviço setor sistema sobre social só sul suspender taxa técnica
        tempo ter território tirar todo todos trabalho travar três último união único valor veículos vender venda
        vendas ver vez vida volta voltar zona
    """),
    function_words=FUNCTION_WORDS["pt"],
)
