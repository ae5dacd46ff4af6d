"""Portuguese of Brazil and Portugal: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, counts, groups, words

_STEPS = Steps(
    imposes=words("""
        proíb* | proib* | veta | vetam | vetou | vetar* | vetado* | vetada* | impõe* | impôs | impus* | imporá* |
        imposta* | imped* | impeç* | restring* | restrinj* | limita | limitam | limitou | limitar* | endurec* |
        reforç* | amplia* | exig* | exij* | requer* | sujeit* | submet* | bloque* | trava | travam | travou |
        travar* | barra | barram | barrou | barrar* | corta | cortam | cortou | cortar* | fecha | fecham |
        fechou | interdit* | parali* | suspend* | suspens* | retém | reteve | reter* | adicion* | acrescent* |
        inclui* | incluí* | põe | põem | pôs | coloca | colocam | colocou | adota* | adotou | aprov* | decret* |
        orden* | edita | editou | publica* | publicou | promulg* | dispõe | estabelec* | institui* | instituiu |
        fixa | fixam | fixou | fixar* | taxa | taxam | taxou | taxar* | tribut* | eleva | elevou | elevar* |
        sobe | subiu | racion* | aplica | aplicam | aplicou | aplicar* | decid* | resolve | resolveu |
        oficializ* | veda | vedou | sancion* | introduz* | anunci* | obriga | obrigam | obrigou | obrigar* |
        entra em vigor | reserva | reservou | cobra | cobrar* | confirm* | assina | assinou | passa a exigir |
        passou a exigir | aperta | apertam | apertou | freia | segura | segurou | manda
    """),
    suspends=words("""
        suspend* | suspens* | paus* | congel* | adia | adiam | adiou | adiar* | adiament* | adiad* | paralis* |
        interromp* | interrupção | trava | travam | travou | travar* | corta | cortam | cortou | atras* |
        protel* | em pausa | cessação de | corte de | freia | barra | barram | barrou | barrar*
    """),
    lifts=words("""
        levanta | levantam | levantou | levantaram | levantar* | levantad* | levantamento | elimin* | retir* |
        revog* | anul* | suprim* | cancel* | rescind* | abol* | sem efeito | põe* fim | pôs fim | puseram fim |
        porá fim | fim da | fim do | fim das | fim dos | fim à | adeus à | adeus ao | adeus às | fim ao | fim às |
        acaba com | acabam com | acabou com | acabar com | renunci* a | desist* | recua* | recuou | recuo |
        volta atrás | voltou atrás | marcha atrás | tira | tiram | tirou | derrub* | abre mão | abriu mão |
        abrem mão | deixa cair | deixou cair | não renov* | não prorrog* | descart* | cai a | caem as | cassa |
        cassou | zera | zerou | zerar* | desmont* | afasta | chumb*
    """),
    expires=words("""
        expir* | venc* | caduc* | perde a vigência | perde vigência | perdeu a vigência | vencimento | prescrev*
    """),
    eases=words("""
        relax* | flexibiliz* | suaviz* | afroux* | alivi* | isent* | dispens* | atenu* | agiliz* | simplific* |
        facilit*
    """),
    extends=words("""
        prorrog* | estend* | extens* | renov* | prolong* | segue* em vigor | seguirá em vigor |
        continua* em vigor | continuará em vigor | mantém | mantêm | manteve | mantid* | manter* |
        mais três meses | mais seis meses | mais um ano | permanece* em vigor
    """),
    restores=words("""
        reimp* | restabelec* | reinstaur* | reintroduz* | retom* | reativ* | volta* a impor | voltou a impor |
        volta* a proibir | voltou a proibir | volta* a vetar | volta* a exportar | voltou a exportar |
        volta* a exigir | voltou a exigir | volta* a cobrar | voltou a cobrar | reabr* | reabertura | reinici* |
        repõe | repôs | volta* a fechar
    """),
    raises=words("""
        alarg* |
        sobe | sobem | subiu | subir* | subida | elev* | aument* | duplic* | dobra | dobram | dobrou | dobrar* |
        triplic* | increment* | alta | encarec* | amplia* | ampliou | libera mais
    """),
    lowers=words("""
        baixa | baixam | baixou | baixar* | reduz* | redução | corte | diminu* | a zero | em zero | tarifa zero |
        alíquota zero | encolh* | cortou a
    """),
    allows=words("""
        conced* | emit* | autoriz* | permit* | aprov* | concessão de | dá luz verde | deu luz verde |
        dão luz verde | luz verde | habilit* | exped* | desbloque* | libera | liberam | liberou | liberar* |
        liberação | liberta | libertam | libertou | libertar* | dá aval
    """),
    refuses=words("""
        recus* | nega | negam | negou | negar* | rejeit* | indefer*
    """),
    frees=words("""
        já não precis* | não precis* mais | já não exig* | não exig* mais | deixa* de exigir | deixou de exigir |
        deixará de exigir | sem necessidade de licença | sem licença prévia | não precisará* de licença |
        pode* voltar a vender | poderá* voltar a | pode* voltar a | voltam a vender | volta a vender |
        voltará* a vender | sem novas licenças | sem mais licenças | livre de tarifas | livres de tarifas |
        isent* de licença | fica* isent* | reabre a torneira | volta a abrir a torneira |
        passa a seguir as regras comuns | deixa* de estar sujeit* | deixou de estar sujeit* |
        já não está* sujeit* | dispensa* de licença
    """),
    forbids=words("""
        já não pode* | não pode* mais | não poderá* sair | não pode* sair | não sairá* |
        não poderá* ser exportad* | não pode* ser exportad* | deixa de exportar | deixou de exportar |
        deixará de exportar | deixa* de vender | deixou de vender | fica em casa | fica no país |
        não deixa* sair | impede* exportar
    """),
    trade=words("""
        exportaç* | exporta | exportam | exportar* | exportad* | envio | envios | enviar* | embarque | embarques |
        venda | vendas | vender* | remessa | remessas | saída | saídas | fornecimento* | entrega | entregas |
        carregamento* | comércio | reexportaç* | fluxo | fluxos
    """),
    controls=words("""
        proibiç* | proib* | proíb* | veto | vetos | embargo | embargos | controle | controles | controlo |
        controlos | restriç* | restring* | limitaç* | limite | limites | entrave | entraves | cota | cotas |
        quota | quotas | teto | tetos | tarifa* | tarifaço | gravame* | imposto | impostos | retenções | taxa |
        taxas | sobretaxa* | royalt* | sançã* | sançõ* | requisito* | exigência* | obrigaç* | moratória |
        bloqueio | bloqueios | medida | medidas | norma | normas | regra | regras | regime | decreto* |
        resolução | ordem | lista negra | listas negras | lista de entidades | investigaç* | contramedida* |
        direito antidumping | direitos antidumping | direito de exportação | direitos | regulaç* | regulament* |
        barreira* | racionamento | cobrança | tributo | alíquota | travão | interdição
    """),
    permits=words("licença | licenças | autorizaç* | permissão | permissões | aval | anuência | licenciamento"),
    quotas=words("cota | cotas | quota | quotas | contingente | contingentes | teto | tetos"),
    reliefs=words("""
        isenç* | exceç* | excepç* | dispensa | dispensas | trégua* | período de graça | licença geral |
        licenças gerais | licença* gera* de exportação | alívio | suspensão dos controles |
        suspensão dos controlos | suspensão das restrições | suspensão das tarifas | suspensão do veto |
        suspensão da proibição | lista branca | pausa tarifária
    """),
    drafts=words("""
        anteprojeto | proposta | propostas | rascunho | minuta | iniciativa | cláusula | plano | planos | emenda |
        parecer | projeto de lei | projetos de lei | projeto de decreto | projecto de lei | projeto que
    """),
    fresh=words("""
        novo | nova | novos | novas | adicional | adicionais | mais rígid* | mais dur* | mais apertad* |
        mais sever* | outra | outras | outros | ampla | amplas | imediata | imediato | temporária | temporário |
        total | totais | primeiro | primeira | primeiros | primeiras
    """),
)

_ROLES = Roles(
    capitals=words("""
        Pequim | Tóquio | Washington | Bruxelas | Moscou | Moscovo | Seul | Taipé | Taipei | Londres | Paris |
        Berlim | Haia | Nova Délhi | Nova Deli | Jacarta | Hanói | Camberra | Canberra | Ottawa | Otava |
        Kinshasa | Quinxassa | Harare | Madri | Madrid | Lisboa | Brasília | Kuala Lumpur | Putrajaya | Kiev |
        Berna | Viena | Roma | Varsóvia | o Kremlin | Kremlin | Casa Branca | Planalto | Luanda | Maputo |
        Buenos Aires
    """),
    fillers=words("""
        o | a | os | as | seu | sua | seus | suas | todo | todos | toda | todas | alguns | algumas | vários |
        várias | um | uma | outros | outras | certos | certas | vizinha | vizinho | continental |
        república popular da | a república popular da | república popular
    """),
    joins=words("""
        e | ou | , | assim como | bem como | e a | e ao | e à | e às | e aos | e contra | e o | e os | e as |
        nem | e para | e da | e do | e dos | e das | e com
    """),
    target_before=words("""
        ao | à | aos | às | para | para a | para o | para os | para as | contra | com destino a | com destino à |
        com destino ao | rumo a | rumo à | dirigid* a | dirigid* à | dirigid* ao | destinad* a | destinad* à |
        destinad* ao | destinad* aos | frente a | ante | venda a | vendas a | vender a | exportação a |
        exportações a | exportar a | fornecimento a | fornecer a | envio a | envios a | enviar a | embarques a |
        face a | relação a
    """),
    target_maybe=words("sobre | com | perante | atinge"),
    source_before=words("""
        desde | procedente* de | procedente* da | procedente* do | originári* de | originári* da | originári* do |
        proveniente* de | proveniente* da | com origem em | com origem na | de origem | importações de |
        importações da | importações do | importação da | importação do | importação de | produtos da |
        produtos do | produtos de | mercadorias da | mercadorias do | bens da | bens do | fabricad* em |
        fabricad* na | fabricad* no | feit* na | feit* no | vind* da | chegam da | chegam do | vêm da | vêm do |
        vind* do
    """),
    agent_before=words("por | pelo | pela | pelos | pelas | por parte de | por parte da | por parte do"),
    place_before=words("""
        em | no | na | nos | nas | dentro de | dentro da | entre | via | através de | através da | perto de
    """),
    owner_before=words("de | do | da | dos | das | pelo | pela | pelos | pelas | por parte da | por parte do"),
    acts=words("""
        decisão | decisões | medida | medidas | passo | passos | anúncio* | aviso* | comunicado | lei | leis |
        decreto* | norma | normas | ordem | ordens | política | plano | planos | resposta | represália* |
        retaliação | diretiva | lista | minuta | proposta* | autoridades | regulador* | alfândega | alfândegas |
        aduana | regulamento | resolução | ofensiva | portaria
    """),
    parties=words("""
        empresa | empresas | companhia | companhias | firma | firmas | comprador* | usuário* | utilizador* |
        cliente* | exército | militar | militares | fabricante* | importador* | indústria | entidade* |
        organizaç* | instituto* | fábrica | fábricas | acionista* | accionista* | investidor* | grupo | grupos |
        subsidiári* | defesa | cidadãos | consumidor* | montadora* | tecnológica | tecnológicas | gigante |
        fornecedor* | operador* | sociedade* | sócios | mercado | construtor*
    """),
    persons=words("""
        ministro* | ministra* | ministério* | presidente | primeiro ministro | porta voz | porta vozes |
        governo* | executivo | gabinete | parlamento | deputado* | senado* | comissão | comissário | embaixada |
        embaixador* | chanceler* | secretári* | autoridad* | agência | administração | tribunal | congresso |
        conselho | itamaraty | assembleia | chefe | líder | premiê
    """),
    reacts=words("""
        conden* | critic* | protest* | denunci* | deplor* | lament* | opõe se | opôs se | rejeit* | recorr* |
        reage* | reagiu | respond* | teme | temem | preocup* | pede* | pediu | pediram | insta* | instou |
        exige que | reclam* | alert* | advert* | advirt* | celebr* | elogi* | saúda* | saudou | enfrent* | apel* |
        acus* | convoc* | queix* | classifica de | classificou de | chama de | alarm* | repudi* | contest* |
        question* | sofr* | leva à omc | levou à omc | aplaud* | se queixa | se opõe
    """),
    demands=words("""
        pede* | pediu | pediram | exigem que | exige que | reclam* | insta* | instou | defendem | defende que |
        deveria* | deviam | recomend* | pression* | apel* | cobram do
    """),
    object_before=words("""
        de | do | da | dos | das | sobre | a | ao | à | aos | às | para | para a | para o | para as | para os
    """),
    object_stops=words("""
        a | ao | à | de | do | da | desde | por | pelo | pela | em | no | na | após | depois | antes | como |
        que | quem | é | são | era | foi | foram | será | serão | há | tem | havia | poderia | poderiam | pode |
        até | com | sob | sobre | contra | para | segundo | disse | diz | porque | enquanto | se | e | ou | mas |
        este | próximo | próxima | salvo | não | apesar | devido | sem | entre | durante | mediante | sua | seu |
        o | os | as
    """),
    vague=words("""
        bens | produto* | artigo* | exportaç* | importaç* | material | materiais | tecnolog* | bem | mercadoria* |
        alguns | algumas | todos | toda | outro* | outra* | o | a | os | as | um | uma | seu | seus | sua | suas |
        sensíve* | crític* | estratégic* | chave | este | esta | estes | estas | envio* | venda* | fornecimento* |
        empresa* | país* | medida* | parte* | bruto | mais | maior* | tais | ambos | cada | ano* | mês | meses |
        semana* | dia* | cento | agora | tempo | segunda | terça | quarta | quinta | sexta | sábado | domingo |
        estrangeir* | novo* | nova* | militar* | civil | civis | uso* | comércio | exterior | território |
        mercado* | terceiros | qualquer | determinad* | cert* | partir | chinês | chinesa* | american* | vigor |
        setor* | indústria* | restriç* | controle* | controlo* | minério*
    """),
    adjective_behind=True,
)

_TELLING = Telling(
    now=words("""
        hoje | agora | esta semana | nesta semana | este mês | neste mês | nesta segunda | nesta terça |
        nesta quarta | nesta quinta | nesta sexta | neste sábado | neste domingo | esta segunda | esta terça |
        esta quarta | esta quinta | esta sexta | ontem | amanhã | com efeito imediato | com efeitos imediatos |
        de imediato | acaba de | acabam de | a partir de agora | doravante | a partir de hoje | esta manhã |
        esta noite | horas depois
    """),
    past=words("""
        no ano passado | o ano passado | ano passado | há um ano | há dois anos | há três anos | há anos |
        há uma década | décadas atrás | anos atrás | um ano atrás | na época | à época | na altura |
        naquela altura | naquele momento | então | no passado | anteriormente | aniversário | anos depois |
        meses atrás | há meses | no mês passado | no início do ano | no começo do ano | na década passada |
        recordou | recorda | lembrou | lembra | lembram | naquela ocasião | outrora | na década de |
        anos mais tarde | balanço
    """),
    anterior=words("tinha | tinham | havia | haviam"),
    modal=words("""
        poderia | poderiam | poderá | poderão | possa | possam | talvez | ameaça* | planeja* | planeia* |
        pretende* | admite* | estaria* | prestes a
    """),
    hypothetical=words("""
        e se | o que aconteceria | suponhamos | imaginemos | imagine | cenário | hipotétic* | simulação
    """),
    negates=words("""
        não | nenhum | ninguém | nenhuma | nem | nunca | jamais | tampouco | tão pouco | sem proibir |
        sem restringir | sem vetar | em vez de
    """),
    exempts=words("""
        não afeta* | não se aplica* | não são afetad* | isent* | excluíd* | exceto | excepto | salvo |
        à exceção de | com exceção de | com exceção da | com exceção do | fica* de fora | ficam de fora |
        fora da medida | não abrang* | não inclui* | não está* sujeit* | não cobre* | fora do alcance |
        continua* permitid* | sem afetar | escapam
    """),
    breaks=words("""
        mas | enquanto | embora | depois de que | depois que | antes de que | antes que | porque | desde que |
        apesar de | quando | e estuda | e será | o que | a que | os que | as que | , que | quem | após | porém |
        e considera | e ameaça | onde
    """),
    prohibits=words("""
        é proibid* | são proibid* | está proibid* | estão proibid* | fica proibid* | ficam proibid* |
        não poderá* | não pode* | é vedad*
    """),
)

_CALENDAR = Calendar(
    months=groups("""
        janeiro | jan; fevereiro | fev; março; abril | abr; maio; junho | jun; julho | jul; agosto | ago;
        setembro | set; outubro | out; novembro | nov; dezembro | dez
    """),
    weekdays=groups("""
        segunda-feira | segunda feira | nesta segunda | esta segunda;
        terça-feira | terça feira | nesta terça | esta terça;
        quarta-feira | quarta feira | nesta quarta | esta quarta;
        quinta-feira | quinta feira | nesta quinta | esta quinta;
        sexta-feira | sexta feira | nesta sexta | esta sexta; sábado; domingo
    """),
    ordinal=r"\.?[ºo°]",
    of=words("de | do"),
    numbers=counts("""
        um=1 | uma=1 | dois=2 | duas=2 | três=3 | quatro=4 | cinco=5 | seis=6 | sete=7 | oito=8 | nove=9 |
        dez=10 | doze=12 | quinze=15 | vinte=20 | trinta=30 | quarenta e cinco=45 | sessenta=60 | noventa=90 |
        cento e vinte=120 | cento e oitenta=180
    """),
    units=groups("dia | dias | dias corridos | dias úteis; semana | semanas; mês | meses; ano | anos"),
    within=words("""
        dentro de | em | durante | por | no prazo de | num prazo de | em até | por mais | daqui a |
        pelo prazo de | por um período de | nos próximos | em um prazo de
    """),
    later=words("""
        depois | mais tarde | após a publicação | após sua publicação | a contar da publicação |
        após a sua publicação
    """),
    ago=words("há | atrás"),
    today=("hoje",),
    tomorrow=("amanhã",),
    yesterday=("ontem",),
    next_day=words("""
        no dia seguinte ao da sua publicação | no dia seguinte à sua publicação |
        no dia seguinte ao da publicação | no dia seguinte à publicação | dia seguinte ao da sua publicação |
        no dia seguinte
    """),
    next_month=words("no próximo mês | próximo mês | mês que vem"),
    next_year=words("no próximo ano | próximo ano | ano que vem"),
    this_year=words("este ano | neste ano"),
    last_year=words("no ano passado | ano passado | ano anterior"),
    end_of=words("final de | fim de | fins de | finais de | fim do | final do"),
    at_once=words("""
        com efeito imediato | com efeitos imediatos | de imediato | de forma imediata | imediatamente | desde já |
        a partir de hoje | efeitos imediatos | na data da sua publicação | na data de sua publicação |
        já em vigor | na data da publicação
    """),
    from_before=words("""
        a partir de | a partir do | a partir da | com efeitos a partir de | com efeito a partir de |
        com efeitos desde | em vigor em | em vigor a | em vigor no | em vigor no dia | em vigor a partir de |
        vigor em | vigora a partir de | vale a partir de | valem a partir de | vigente desde | a contar de |
        em vigor desde | vigor no próximo | vigência em | já a partir de
    """),
    until_before=words("""
        até | até o | até ao | até a | até à | até o dia | até ao dia | até ao fim de | até o fim de |
        até o final de | até ao final de | vence em | vencem em | vence a | expira em | expira a | expiram em |
        expirará em | válido até | válida até | caduca em | antes de | o mais tardar em | vigente até | só até
    """),
    begun=words("""
        em vigor desde | entrou em vigor | entraram em vigor | já entrou em vigor | passou a vigorar |
        passaram a vigorar | vigente desde | vigentes desde | está em vigor | estão em vigor | vigora desde |
        vale desde
    """),
    since=words("""
        em vigor desde | vigente desde | vigentes desde | vigora desde | vale desde | desde o dia | desde
    """),
    in_month=words("""
        em | de | do | desde | até | durante | a partir de | antes de | depois de | após | por | para |
        em fins de | no fim de | no final de | no início de | em meados de | em princípios de | lá em
    """),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
