"""The grammar that event assembly needs of a language: operators, roles, telling, calendar.

These are the closed classes that no analyst tunes: prepositions and particles, verbs that act on a measure (suspend,
lift, extend), tense, negation, month names. Open classes (measures, goods, actors, cue phrases) stand in rule files.

How words are written: as in rule files, letters in any case, space = hyphen. A `*` stands for any letters of the same
word, ` .. ` for a gap within the clause ("zet .. stop"), a `$` at the end for a word that closes it ("setzt .. aus",
not "setzt Firmen aus der EU auf die Liste"). Scripts without spaces match as characters; there a space may be left out
(수출 통제), `-에` is a particle that closes the word before it, and `=연장` begins a word.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Words = tuple[str, ...]


def words(text: str) -> Words:
    """Words parted by `|`, over as many lines as it takes; a word that comes twice is kept once."""
    return tuple(dict.fromkeys(" ".join(word.split()) for word in text.split("|") if word.strip()))


def groups(text: str) -> tuple[Words, ...]:
    """Lists of words parted by `;`: twelve months, seven weekdays from Monday, four units from day to year."""
    return tuple(words(group) for group in text.split(";"))


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """`word=value` pairs parted by `|`."""
    return tuple((left, right) for left, _, right in (word.partition("=") for word in words(text)))


def counts(text: str) -> tuple[tuple[str, int], ...]:
    """`word=number` pairs parted by `|`."""
    return tuple((word, int(number)) for word, number in pairs(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Verbs and nouns that act on a measure, and the objects that decide what they do to trade."""

    imposes: Words = ()  # bans, restricts, requires, tightens: a step is taken
    suspends: Words = ()  # halts, pauses, suspension: of controls eases, of exports tightens
    lifts: Words = ()  # lifts, scraps, revokes, ends
    expires: Words = ()  # lapses, runs out
    eases: Words = ()  # loosens, exempts
    extends: Words = ()  # prolongs, renews, remains in place until
    restores: Words = ()  # reimposes (a ban), resumes (exports)
    raises: Words = ()  # raises, doubles (a duty; a quota)
    lowers: Words = ()  # cuts, halves
    allows: Words = ()  # grants, approves, clears
    refuses: Words = ()  # denies, rejects (a licence)
    frees: Words = ()  # "no longer need a licence": whole phrases that ease by themselves
    forbids: Words = ()  # "may no longer be exported": whole phrases that tighten by themselves
    trade: Words = ()  # exports, shipments, sales: what flows
    controls: Words = ()  # ban, curb, quota, duty: what stops it
    permits: Words = ()  # licence, approval: a duty when required, a relief when granted
    quotas: Words = ()  # quota, cap: more of it is more trade
    reliefs: Words = ()  # exemption, truce, waiver: what lets it flow
    drafts: Words = ()  # bill, clause, proposal: scrapped before it was a measure
    fresh: Words = ()  # new, additional, tougher: before a measure, a step
    verb_final: bool = False  # the object stands before its verb (Japanese, Korean)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Signs of who acts on whom."""

    fillers: Words = ()  # the, its, mainland: between a preposition and its actor
    joins: Words = ()  # and, a comma: the second actor has the role of the first
    adjective_behind: bool = False  # "contrôles chinois": an adjective of origin follows its noun, in small letters
    name_behind: bool = False  # "perusahaan China", "doanh nghiệp Nhật Bản": the name of a state itself does so
    target_before: Words = ()  # to, against
    no_target: Words = ()  # 反对: words that hold a preposition and are none
    target_maybe: Words = ()  # on, for: a target unless the actor owns what follows
    target_after: Words = ()  # 向け, への
    source_before: Words = ()  # from, out of
    source_after: Words = ()  # からの
    made_after: Words = ()  # 産, 製: where goods are made, which says little about who stops them
    agent_before: Words = ()  # by
    agent_after: Words = ()  # による
    subject_after: Words = ()  # は, が, or a comma in headlines
    place_before: Words = ()  # in, at: a place, no actor
    capitals: Words = ()  # names that stand for governments even after "from"
    home: str = ""  # jurisdiction of texts that name none
    owner_before: Words = ()  # of, between measure and actor
    acts: Words = ()  # decision, move, announcement: nouns that a state owns
    parties: Words = ()  # firms, buyers, military: nouns that make an adjective a target
    persons: Words = ()  # minister, spokesman: nouns that keep an adjective an actor
    about: Words = ()  # 就, 对: between a subject and what it reacts to, where the verb stands behind both
    reacts: Words = ()  # condemns, protests, fears
    demands: Words = ()  # calls for, urges
    target_forms: tuple[tuple[str, str], ...] = ()  # 对华 -> CN
    actor_forms: tuple[tuple[str, str], ...] = ()  # 米 -> US, at the head of a clause only
    object_before: Words = ()  # on, of, for: between a measure and unknown goods
    object_after: Words = ()  # の, を: between unknown goods and a measure
    object_stops: Words = ()  # words that end the name of unknown goods
    vague: Words = ()  # goods, products, items: no name of goods
    nominatives: Words = ()  # names of actors in the case of a subject, where nouns have cases: Япония
    genitives: Words = ()  # of an owner, without a preposition: "контроль Китая"
    datives: Words = ()  # of whoever receives: "продавать Китаю"
    instrumentals: Words = ()  # of an agent: "введён Китаем"
    locatives: Words = ()  # of a place, behind prepositions that else point at a target: "в Китае", but "в Китай"
    caseless: Words = ()  # names without cases, a target behind such a preposition only where trade goes there: США


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a sentence holds what it says."""

    now: Words = ()  # today, this week, now: the story's own day
    past: Words = ()  # last year, back then
    anterior: Words = ()  # had banned: a tense before the story
    modal: Words = ()  # may, could: a step that is no step yet
    hypothetical: Words = ()  # what if, suppose
    negates: Words = ()  # before a measure (after it when verb-final): no, not a
    exempts: Words = ()  # unaffected, does not apply to
    breaks: Words = ()  # but, while, after: a new clause
    prohibits: Words = ()  # present-tense law: "is prohibited", "不得"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Dates in words."""

    months: tuple[Words, ...] = ()  # twelve, each with its spellings
    weekdays: tuple[Words, ...] = ()  # seven, from Monday
    day_first: bool = True  # 6.1. is the sixth of January; False: numbers with dots or slashes are not read
    ordinal: str = ""  # regular expression after a day's number: "st|nd|rd|th", "\\."
    of: Words = ()  # de, del: between day, month and year
    year_before: Words = ()  # năm, tahun: between a month and its year
    bare_before: Words = ()  # ngày, hôm: before a day and a month in numbers that name no year, "ngày 15/4"
    eras: tuple[tuple[str, int], ...] = ()  # 令和 -> 2018 (year 1 is 2019)
    numbers: tuple[tuple[str, int], ...] = ()  # two -> 2
    units: tuple[Words, ...] = ()  # four: day, week, month, year
    within: Words = ()  # in, within: before a span that ends on the date
    later: Words = ()  # 後, 以内: after such a span
    ago: Words = ()  # ago; before or after a span
    today: Words = ()
    tomorrow: Words = ()
    yesterday: Words = ()
    next_day: Words = ()  # the day after publication
    next_month: Words = ()
    next_year: Words = ()
    this_year: Words = ()
    last_year: Words = ()
    end_of: Words = ()  # end of: the last day of the month or year that follows or precedes
    at_once: Words = ()  # with immediate effect
    from_before: Words = ()  # from, as of
    from_after: Words = ()  # 起, から
    until_before: Words = ()
    until_after: Words = ()
    begun: Words = ()  # took effect, in Kraft getreten: a weekday beside it has passed
    since: Words = ()  # since: in force from a past date
    in_month: Words = ()  # in, by: before a month that stands alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Function words of one language that no rule file holds, since no analyst tunes them."""

    spaced: bool = True  # words are parted by spaces
    steps: Steps = field(default_factory=Steps)
    roles: Roles = field(default_factory=Roles)
    telling: Telling = field(default_factory=Telling)
    calendar: Calendar = field(default_factory=Calendar)
