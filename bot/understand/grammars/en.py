"""English: function words for event assembly."""

from __future__ import annotations

from bot.understand._grammar import Calendar, Grammar, Roles, Steps, Telling, counts, groups, words

_STEPS = Steps(
    imposes=words("""
        impose* | imposing | introduc* | require* | tighten* | toughen* | add | adds | added | put | puts |
        slap* | restrict* | ban | bans | banned | bar | bars | barred | prohibit* | forbid* | forbade |
        outlaw* | limit* | curb* | halt* | stop* | suspend* | block* | cut* off | blacklist* | list | lists |
        listed | adopt* | approve* | enact* | sign | signs | signed | issue* | order* | rolls out | expand* |
        widen* | place | places | placed | subject* | withdraw* | withhold* | fold | folds | levy | levies |
        levied | raise* | raising | hit | hits | target* | decide* | rule | ruled | set | sets | impound*
    """),
    suspends=words("""
        suspend | suspends | suspended | suspending | suspension* | pause* | pausing | halt* | freeze* | froze |
        frozen | freezing | shelve* | shelving | put* on hold | stop | stops | stopped | stopping | postpone* |
        postponing | defer | defers | deferred | delay | delays | delayed | cut* off | break off | hold back |
        withhold*
    """),
    lifts=words("""
        lift | lifts | lifted | lifting | to scrap | scraps | scrapped | scrapping | revoke* | revoking |
        revocation | rescind* | repeal* | abolish* | abolition | withdraw | withdraws | withdrew | withdrawn |
        withdrawal | cancel | cancels | cancelled | canceled | ends | ended | to end | will end | end to |
        ending | drop | drops | dropped | dropping | remove | removes | removed | removal | roll* back |
        walk* back | reverse* | axe | axes | axed | terminate* | tear* up | tore up | waive | waives | waived |
        back* down on | back* off | abandon* | drop* plans for | give* up | takes .. off | took .. off |
        taken off | strikes .. from | lapses | annul* | strikes down | struck down | strike down | quash* |
        overturn* | phase* out | not renew* | will lapse | u-turn on | reverses | steps back from |
        stepped back from | shelves plan | walk* away from |
        rule against | rules against | ruled against | ruling against | ruled .. illegal | found .. illegal |
        rules .. illegal
    """),
    expires=words("expire* | expiring | expiry | lapse* | lapsing | run* out | ran out"),
    eases=words("""
        ease | eases | eased | easing | relax | relaxes | relaxed | relaxing | relaxation | loosen* | soften* |
        exempt | exempts | exempted | streamline* | water* down
    """),
    extends=words("""
        extend | extends | extended | extending | extension* | prolong* | renew | renews | renewed | renewal |
        roll* over | remain* in place | remain* in force | stay* in place | stay* in force | keep* in place |
        another three months | another six months | another year
    """),
    restores=words("""
        reimpose* | re-impose* | reinstate* | reinstating | restore* | restoring | resume | resumes | resumed |
        resuming | resumption | snap* back | reintroduc* | revive* | restart* | reopen*
    """),
    raises=words("""
        raise | raises | raised | raising | increase* | double* | triple* | hike* | lift* quota | top* up |
        tops up | adds to | extra | additional
    """),
    lowers=words("""
        cut | cuts | cutting | halve* | halving | reduce* | reducing | lower | lowers | lowered | lowering |
        slash* | trim* | shrink* | to zero | zero rate | zero-rates
    """),
    allows=words("""
        grant | grants | granted | granting | approve* | approving | allow* | permits the | clear | clears |
        cleared | green-light* | greenlight* | authorise* | authorize* | issue | issues | issued |
        lets .. sell | lets .. ship | let .. sell | unblock* | release*
    """),
    refuses=words("""
        refuse* | refusing | reject* | turn* down | deny | denies | denied | denying | hold* up | withhold*
    """),
    frees=words("""
        no longer need* | no longer require* | no longer .. subject to | again without a licence |
        again without a license | free to ship again | may be exported freely | can ship again |
        may ship again | cleared for export again | exempt from licensing | exempts .. from licensing |
        tap back on | reopens the tap | free to export | without a permit again | may again | can sell again |
        may sell again | able to sell again | free to sell | sell to china again | without new permits |
        without further licences | without further licenses | without individual licences |
        without individual licenses | licence-free | license-free | duty-free | zero-rated | no licence needed |
        no license needed | without case-by-case
    """),
    forbids=words("""
        no longer let | no longer allow* | no longer be exported | no longer .. leave the country |
        may not leave | may not be exported | cannot be exported | stays at home | stay at home | kept at home
    """),
    trade=words("""
        export | exports | exporting | shipment* | shipping | ship | ships | sale | sales | deliver* | supply |
        supplies | outflow* | cargo* | trade
    """),
    controls=words("""
        ban | bans | banned | banning | embargo* | control | controls | controlled | curb | curbs | curbed |
        restrict* | limit* | quota* | cap | caps | tariff* | duty | duties | levy | levies | tax | taxes |
        sanction* | requirement* | prohibit* | moratorium | blockade* | clampdown* | crackdown* | measure* |
        rule | rules | regime | regimes | forbid* | outlaw* | blacklist* | entity list | listing* | listed |
        regulation* | decree* | order | probe* | investigation* | countermeasure* | surcharge* | barrier*
    """),
    permits=words("""
        licence* | license* | licensing | permit | permits | approval* | authorisation* | authorization* |
        export quota
    """),
    quotas=words("quota* | export cap | export caps"),
    reliefs=words("""
        exemption* | waiver* | truce | exception* | carve-out* | carveout* | exclusion* | reprieve |
        grace period* | general licence* | general license* | general export licence* | white list | whitelist |
        concession* | relief | suspension of * control* | suspension of * restriction* | suspension of * ban
    """),
    drafts=words("""
        bill | bills | clause | proposal* | proposed | draft* | plan | plans | planned | bicam
    """),
    fresh=words("""
        new | fresh | additional | further | tougher | stricter | tighter | sweeping | broader | first |
        immediate | temporary | blanket | outright
    """),
)

_ROLES = Roles(
    capitals=words("""
        Beijing | Tokyo | Washington | Brussels | Moscow | Seoul | Taipei | London | Paris | Berlin |
        The Hague | New Delhi | Delhi | Jakarta | Hanoi | Canberra | Ottawa | Kinshasa | Harare | the Kremlin
    """),
    fillers=words("""
        the | its | all | any | both | certain | mainland | several | some | more | a | an | other | most |
        communist | people's republic of
    """),
    joins=words("""
        and | or | as well as | , | & | and to | and against | / | plus | and the
    """),
    target_before=words("""
        to | against | into | toward* | targeting | aimed at | bound for | destined for | destination of |
        destinations of
    """),
    target_maybe=words("on | for | at | with | hits | targets"),
    target_after=("bound",),
    source_before=words("from | originating in | out of | made in"),
    agent_before=("by",),
    place_before=words("in | inside | across | within | near | through | via | between"),
    owner_before=words("of | from | by | in"),
    acts=words("""
        decision* | move | moves | step | steps | announcement* | notice* | law | laws | decree* | rule |
        rules | order | orders | policy | plan | plans | action* | response | retaliation | countermeasure* |
        directive* | list | draft* | proposal* | regime | authorities | regulator* | customs
    """),
    parties=words("""
        firm* | compan* | buyer* | user* | customer* | military | army | forces | chipmaker* | maker* |
        carmaker* | manufacturer* | importer* | industry | entit* | organisation* | organization* | institut* |
        factor* | fab | fabs | client* | end-user* | shareholder* | investor* | group* | subsidiar* | defence |
        defense | destination* | unit | units | citizen* | nationals | consumer* | automaker* | startup*
    """),
    persons=words("""
        minister* | ministry | ministries | president* | premier | prime minister | spokes* | official* |
        government* | cabinet | parliament | lawmaker* | senat* | commission* | envoy* | treasurer | secretary |
        authorit* | regulator* | agency | administration | court | customs | congress | council
    """),
    reacts=words("""
        condemn* | criticis* | criticiz* | protest* | denounc* | slam* | decr* | deplor* | regret* | oppos* |
        object* | lodg* | complain* | respond* | react* | fear* | worr* | brace* | urg* | call* on | call* for |
        demand* | reject* | warn* | welcom* | face | faces | reel* | seek* exemption* | scrambl* | hail* |
        prais* | appeal* | vow* to respond | is concerned | summon* | slams | angry | furious | anger* |
        dismay* | accus*
    """),
    demands=words("""
        urge* | call* for | demand* | lobby* | should | ought to | plead* | propose that | recommend*
    """),
    object_before=words("on | of | for | over"),
    object_stops=words("""
        to | from | by | in | at | after | before | amid | as | that | which | who | is | are | was | were |
        will | has | have | had | could | may | might | would | until | starting | with | under | over |
        against | for | on | into | said | says | because | while | if | and | or | but | since | this | next |
        last | effective | unless | be | not | despite | following
    """),
    vague=words("""
        goods | product* | item* | export* | import* | material* | technolog* | good | certain | some | all |
        any | other | the | a | an | its | their | sensitive | critical | strategic | key | these | those |
        shipment* | sale* | suppl* | it | them | us | firm* | compan* | countr* | measure* | part* | raw |
        more | most | such | both | each | year* | month* | week* | day* | percent | which | what | now | time |
        review | hold | monday | tuesday | wednesday | thursday | friday | saturday | sunday | friday's |
        unspecified | related | foreign | domestic | new | military | civilian | use | trade | outbound
    """),
)

_TELLING = Telling(
    now=words("""
        today | now | this week | this month | on monday | on tuesday | on wednesday | on thursday | on friday |
        on saturday | on sunday | yesterday | tomorrow | late on | overnight | with immediate effect |
        effective immediately | earlier this week | has just | will | henceforth | from now on | hours after
    """),
    past=words("""
        last year | years ago | a decade ago | a year ago | back in | at the time | back then | previously |
        in the past | once before | last october | last spring | last summer | last autumn | last fall |
        last winter | looking back | years on | years after | anniversary | earlier rounds | last month's |
        last year's | earlier this year | months ago | recalled | in the 2010s | previous | decades ago
    """),
    anterior=("had", "had been", "having"),
    modal=words("""
        may | might | could | threat* to | plans to | planning to | planned to | plan to
    """),
    hypothetical=words("""
        what if | suppose | if china | imagine | scenario | war game | hypothetical*
    """),
    negates=words("""
        no | not a | not an | not | never | without | rather than a | rather than an | nor | neither
    """),
    exempts=words("""
        unaffected | not affected | not apply | exempt | exempted | excluded | excluding | except |
        not covered | spared | not subject to | not target* | outside the scope | with the exception of |
        other than | not cover* | remain* open | not fall under | not be affected
    """),
    breaks=words("""
        but | while | although | though | after | before | because | since | whereas | amid | despite |
        even as | when | as it | and is | and has | and will | which | who | and considers | and is considering
    """),
    prohibits=words("""
        is prohibited | are prohibited | may not | must not | is forbidden | are banned | is banned
    """),
)

_CALENDAR = Calendar(
    months=groups("""
        january | jan; february | feb; march | mar; april | apr; may; june | jun; july | jul; august | aug;
        september | sept | sep; october | oct; november | nov; december | dec
    """),
    weekdays=groups("monday; tuesday; wednesday; thursday; friday; saturday; sunday"),
    day_first=False,
    ordinal="st|nd|rd|th",
    numbers=counts("""
        a=1 | an=1 | one=1 | two=2 | three=3 | four=4 | five=5 | six=6 | seven=7 | eight=8 | nine=9 | ten=10 |
        twelve=12 | thirty=30 | forty-five=45 | sixty=60 | ninety=90
    """),
    units=groups("day | days; week | weeks; month | months; year | years"),
    within=words("within | in | for | for another | over the next"),
    later=("later", "from now", "after publication"),
    ago=("ago",),
    today=("today",),
    tomorrow=("tomorrow",),
    yesterday=("yesterday",),
    next_day=words("""
        the day after publication | the day after its publication | the following day | day after promulgation
    """),
    next_month=("next month",),
    next_year=("next year",),
    this_year=("this year",),
    last_year=("last year",),
    end_of=("end of", "the end of", "late"),
    at_once=words("""
        with immediate effect | effective immediately | immediately | at once | from today | as of today
    """),
    from_before=words("""
        from | as of | as from | starting | starting on | starting from | effective | effective on | beginning |
        effect on | effect from | force on | force from | on or after | applies from | starting in |
        effective from | commencing | start on | begin on | effect in | force in | in force since
    """),
    until_before=words("""
        until | till | through | to the end of | until the end of | by the end of | expires on | expire on |
        valid until | until late | runs until | no later than | up to
    """),
    begun=words("""
        in force since | have been in force | has been in force | took effect | came into force |
        entered into force | came into effect | went into effect | has taken effect | kicked in |
        have taken effect
    """),
    since=("since",),
    in_month=words("""
        in | during | of | back in | since | by | before | after | in early | in late
    """),
)

GRAMMAR: Grammar = Grammar(steps=_STEPS, roles=_ROLES, telling=_TELLING, calendar=_CALENDAR)
