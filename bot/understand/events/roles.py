"""Say who acts on whom: from prepositions, particles, adjectives, possessives and the frame of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.types.ids import ConceptId
from bot.types.levels import Slot
from bot.understand._scene import Act
from bot.understand.events.actors import Named
from bot.understand.events.drafts import INBOUND, LISTING
from bot.understand.events.lines import Line
from bot.understand.events.wording import Span, Wording

_NEAR_WORDS = 4  # words between an adjective and the measure it belongs to
_REACT_WORDS = 7  # words between a subject and the verb by which it reacts
_MARKED = 4.0  # a role that a preposition or a particle marks
_PARSED = 4.4  # of the subject of a measure's own verb: more than a place in the sentence, less than "by" and "China's"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who acts on whom in one measure."""

    imposer: str | None
    strength: float  # of the imposer; 0 when unknown
    agency: ConceptId | None
    targets: tuple[str, ...]
    parties: tuple[str, ...]  # who is hit, in words that name no imposer
    reactors: tuple[str, ...]  # who answers, denies or complains
    spans: tuple[Span, ...]  # words of imposer and targets
    target_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    named: Named
    role: str  # "imposer" "target" "party" "reactor" "place"
    strength: float


class Stagehand:
    """Gives every actor of a line its part, seen from one measure."""

    def __init__(self, line: Line, text: str, wording: Wording, *, measure: Span, named: str = "") -> None:
        self.line = line
        self.text = text
        self.wording = wording
        self.measure = measure
        self.inbound = named in INBOUND
        self.listing = named in LISTING  # firms themselves are hit: a list, a screening
        self.actors: tuple[Named, ...] = ()

    def cast(self, actors: Sequence[Named], acts: Sequence[Act] = ()) -> Cast:
        """Imposer and targets; `acts` are what a trained pipeline says of the measure, if one is installed."""
        self.actors = tuple(actors)
        parts: list[_Part] = []
        for named in actors:
            parts.append(self._joined(named, parts) or self._part(named))
        parts = self._parsed(self._joined_back(parts), acts)
        return _settle(parts, inbound=self.inbound, listing=self.listing)

    def _parsed(self, parts: list[_Part], acts: Sequence[Act]) -> list[_Part]:
        """The parts with the subject of the measure's verb as imposer, unless words mark it as something else."""
        acting = [place for place, part in enumerate(parts) if any(self._does(part.named, act, parts) for act in acts)]
        if len({parts[place].named.code for place in acting}) != 1:
            return parts  # two subjects: the parse is as unsure as the words
        for place in acting:
            part = parts[place]
            marked = part.role == "target" and part.strength >= _MARKED
            if part.named.is_official and not part.named.fixed and part.role != "reactor" and not marked:
                parts[place] = replace(part, role="imposer", strength=max(_PARSED, part.strength))
        return parts

    def _does(self, named: Named, act: Act, parts: Sequence[_Part]) -> bool:
        """Whether an actor is the subject of an act, or the only state whose ministry or minister is."""
        left, right = act.subject
        if named.start < right and left < named.end:
            return named.end >= right or self.wording.has("persons", self.text, named.end, right)
        low, high = act.phrase
        if not self.wording.has("persons", self.text, left, right) or not low <= named.start < high:
            return False
        return len({part.named.code for part in parts if low <= part.named.start < high}) == 1

    def _joined_back(self, parts: list[_Part]) -> list[_Part]:
        """The first of 日本と韓国への has the part of the second."""
        for place in range(len(parts) - 2, -1, -1):
            first, second = parts[place], parts[place + 1]
            between = self.text[first.named.end : second.named.start].strip()
            only_joins = not self.wording.spaced and between in self.wording.grammar.roles.joins
            passive = second.role in {"target", "party"} and first.role not in {"target", "party"}
            if passive and only_joins and between not in {"、", ","}:
                parts[place] = _Part(named=first.named, role=second.role, strength=second.strength)
        return parts

    def _joined(self, named: Named, before: Sequence[_Part]) -> _Part | None:
        """The second of "Japan and South Korea" has the part of the first."""
        if not before or before[-1].role not in {"target", "party"} or named.fixed or not before[-1].named.is_official:
            return None
        last = before[-1]
        between = self.text[last.named.end : named.start].strip()
        if len(between) > 24 or not between:
            return None
        only_joins = self.wording.starts("joins", self.text, last.named.end, named.start) and self.wording.ends(
            "joins", self.text, last.named.end, named.start, within=0
        )
        starts_clause = "," in between and self._reacts(named)
        if only_joins and not starts_clause:
            return _Part(named=named, role=last.role, strength=last.strength)
        return None

    def _part(self, named: Named) -> _Part:
        if named.fixed:
            return _Part(named=named, role=named.fixed, strength=3.0)
        if named.role == "company":
            return _Part(named=named, role="party", strength=1.0)
        if named.role == "person":
            return _Part(named=named, role="place", strength=0.0)
        if self._reacts(named):
            return _Part(named=named, role="reactor", strength=2.0)
        for judge in (
            self._marked_target,
            self._sourced,
            self._owner,
            self._placed,
            self._acting,
        ):
            part = judge(named)
            if part is not None:
                return part
        return _Part(named=named, role="place", strength=0.0)

    def _marked_target(self, named: Named) -> _Part | None:
        owns_act = self._possessive(named) or (self._after("acts", named) and not self._after("parties", named))
        owns_act = owns_act or self._names_measure(named)
        if self._before("target_before", named) and not owns_act and not self._located(named):
            return _Part(named=named, role="target", strength=4.0)
        if self._marked_after("target_after", named) or self._led(named):
            return _Part(named=named, role="target", strength=4.0)
        if self._before("target_maybe", named) and not self._possessive(named) and not self._owns(named):
            if not self.inbound and self._after("trade", named, words=3):
                return _Part(named=named, role="imposer", strength=3.0)
            return _Part(named=named, role="target", strength=3.0)
        if self._in_case("datives", named) and not self._after("persons", named, words=1):
            return _Part(named=named, role="target", strength=3.0)
        if self._accompanied(named):
            clause = self.line.clause_span(named.start, named.end)
            trades = self.wording.has("trade", self.text, clause[0], named.start)
            return _Part(named=named, role="target" if trades else "place", strength=3.0 if trades else 0.5)
        return None

    def _accompanied(self, named: Named) -> bool:
        """Whether a preposition of origin means "with" here, as the case tells: "z Chinami", but "z Chin"."""
        return self._ends_with("instrumentals", named) and self._before("source_before", named)

    def _led(self, named: Named) -> bool:
        """As in "일본, 한국 수출 규제 해제": behind a subject, whose trade or curbs are named is where they aim."""
        named_after = any(self._marked_after(name, named) for name in ("trade", "controls"))
        if not self.wording.grammar.steps.verb_final or not named_after:
            return False
        leads = any(
            other.end <= named.start and other.code != named.code and self._marked_after("subject_after", other)
            for other in self.actors
        )
        return leads and not self.wording.has("reacts", self.text, named.end, self.line.end)

    def _in_case(self, name: str, named: Named) -> bool:
        """Whether an actor's name stands in a case that tells its part, and no preposition says otherwise."""
        if not self._ends_with(name, named):
            return False
        prepositions = ("target_before", "target_maybe", "source_before", "place_before", "agent_before")
        return not any(self._before(preposition, named) for preposition in prepositions)

    def _ends_with(self, name: str, named: Named) -> bool:
        """Whether the name of an actor ends with one of these words."""
        return self.wording.ends(name, self.text, named.start, named.end, within=0)

    def _located(self, named: Named) -> bool:
        """Whether a preposition that can point at a target only says where: "в Китае", but "в Китай"."""
        if not self._before("place_before", named):
            return False
        if self._ends_with("locatives", named):
            return True
        clause = self.line.clause_span(named.start, named.end)
        return self._ends_with("caseless", named) and not self.wording.has("trade", self.text, clause[0], named.start)

    def _owner(self, named: Named) -> _Part | None:
        start, end = self.measure
        by = self._before("agent_before", named) and named.start > self.line.start
        if by and not self._after("parties", named):
            return _Part(named=named, role="imposer", strength=5.0 if named.start >= start else 3.5)
        if self._marked_after("agent_after", named):
            return _Part(named=named, role="imposer", strength=5.0)
        if self._in_case("instrumentals", named):
            return _Part(named=named, role="imposer", strength=4.5)
        if named.start >= end and self._gap(end, named.start) <= 1 and self._in_case("genitives", named):
            return _Part(named=named, role="imposer", strength=4.5)
        follows = named.start >= end and self._gap(end, named.start) <= 3 and self._before("owner_before", named)
        if follows and not self._goods_follow(named) and not (self.inbound and self._before("source_before", named)):
            return _Part(named=named, role="imposer", strength=4.5)
        owns_parties = named.role != "agency" and self._after("parties", named)  # "the bureau adds nine entities"
        # "Berlin blokuje przejęcie producenta": a subject owns nothing of what follows
        if owns_parties and not self._after("persons", named, words=1) and not self._ends_with("nominatives", named):
            return _Part(named=named, role="party", strength=3.0)
        if self._owns(named):
            return _Part(named=named, role="imposer", strength=5.0)
        return None

    def _sourced(self, named: Named) -> _Part | None:
        made = self._marked_after("made_after", named)
        marked = self._before("source_before", named) or self._marked_after("source_after", named)
        marked = marked or (self._ends_with("genitives", named) and self._of_parties(named))
        of_parties = self.wording.grammar.roles.adjective_behind and self._of_parties(named, "owner_before")
        if of_parties or (marked and self._of_parties(named)):
            return _Part(named=named, role="target" if self.listing else "party", strength=3.0)
        if marked and self._is_capital(named):
            return _Part(named=named, role="imposer", strength=4.0)
        behind = self.wording.grammar.roles.name_behind or named.start > self.measure[0]
        adjective = self._goods_follow(named) and behind
        if self.inbound and (made or marked or adjective):
            return _Part(named=named, role="target", strength=3.0)
        if made:
            return _Part(named=named, role="place", strength=0.8)
        return _Part(named=named, role="imposer", strength=3.4) if marked else None

    def _of_parties(self, named: Named, by: str = "source_before") -> bool:
        """Whether firms or people come from there: "601 organisations from China", "компании Китая"."""
        low = max(self.line.start, named.start - 40)
        if self._ends_with("genitives", named) and self.wording.ends("parties", self.text, low, named.start):
            return True
        for start, end in self.wording.spans(by, self.text, low, named.start):
            if self.wording.ends("parties", self.text, low, start) and self._gap(end, named.start) <= 1:
                return True
        return False

    def _is_capital(self, named: Named) -> bool:
        """Whether a city stands for its government: "word from Berlin"."""
        return named.role == "capital" or self.wording.has("capitals", self.text, named.start, named.end)

    def _goods_follow(self, named: Named) -> bool:
        """Whether the actor only says where goods are made: "Chinese magnets", "aimants chinois"."""
        goods = self.line.of(Slot.GOODS)
        if self._is_adjective(named):
            reach = 0 if self.wording.grammar.roles.name_behind else 1
            return any(m.end <= named.start and self._gap(m.end, named.start) <= reach for m in goods)
        return any(named.end <= m.start and self._gap(named.end, m.start) <= 1 for m in goods)

    def _placed(self, named: Named) -> _Part | None:
        if self._before("place_before", named):
            return _Part(named=named, role="place", strength=0.5)
        return None

    def _acting(self, named: Named) -> _Part | None:
        start, end = self.measure
        if self.wording.starts("subject_after", self.text, named.end, self.line.end) and named.start < end:
            return _Part(named=named, role="imposer", strength=4.2)
        if self._is_adjective(named) and not (self._after("persons", named) or self._after("trade", named)):
            return _Part(named=named, role="place", strength=0.9)  # "le dossier chinois" acts on nobody
        bonus = {"agency": 0.4, "capital": 0.2}.get(named.role, 0.0)
        if named.start < start:
            apart = abs(self.line.clause_at(start) - self.line.clause_at(named.start))
            return _Part(named=named, role="imposer", strength=max(3.8 - 0.5 * apart, 2.0) + bonus)
        if named.start < end:
            # "verbietet Peking die Ausfuhr", but "Tokio setzt Südkorea auf die Liste"
            led = any(other.end <= start and other.is_official for other in self.actors)
            return _Part(named=named, role="target" if led and not bonus else "imposer", strength=3.0 + bonus)
        if self._in_case("nominatives", named):
            return _Part(named=named, role="imposer", strength=3.0 + bonus)
        verb_object = self._gap(end, named.start) == 0 and not bonus
        if verb_object and self.inbound:
            return _Part(named=named, role="target", strength=1.5)
        if self._goods_follow(named) and not self.inbound:
            return _Part(named=named, role="place", strength=0.8)  # "re-export of US chips": theirs by make
        same = self.line.clause_at(named.start) == self.line.clause_at(max(start, end - 1))
        if same and named.role != "agency" and not self._step_between(end, named.start):
            return _Part(named=named, role="party", strength=1.0)  # "the export stop hit Japan hard"
        return _Part(named=named, role="imposer", strength=1.5 + bonus)

    def _step_between(self, start: int, end: int) -> bool:
        """Whether a verb that takes a step stands between: "Exportkontrollen kündigte Peking an"."""
        marked = any(start <= m.start < end for m in self.line.of(Slot.STAGE, Slot.CUE))
        return marked or self.wording.has("imposes", self.text, start, end)

    def _owns(self, named: Named) -> bool:
        """An adjective or genitive right before the measure or before a noun for what states do."""
        if self._after("acts", named, words=2) and not self._after("parties", named, words=1):
            return True
        start = self.measure[0]
        if self._is_adjective(named) and self._follows_measure(named):
            return True
        if self.measure[0] == self.measure[1] or named.end > start or self._gap(named.end, start) > _NEAR_WORDS:
            return False
        between = (named.end, start)
        names = ["target_before", "target_maybe", "agent_before", "place_before", "subject_after", "breaks"]
        if not self.wording.spaced:
            names.append("target_after")
        crossed = self._other_between(*between) or any(self.wording.has(n, self.text, *between) for n in names)
        return not crossed and self.line.clause_at(named.start) == self.line.clause_at(start)

    def _names_measure(self, named: Named) -> bool:
        """As in "against the Chinese export ban": the adjective belongs to the measure."""
        start, end = self.measure
        if not self.wording.spaced or start < named.end or self._gap(named.end, start) > 1:
            return False
        return (
            start < end
            and self.wording.has("controls", self.text, start, end)
            and not self._other_between(named.end, start)
        )

    def _reacts(self, named: Named) -> bool:
        stop = self.measure[0] if named.end <= self.measure[0] else self.line.end
        if self._possessive(named) and not self._after("persons", named):
            return False
        for start, _ in self.wording.spans("reacts", self.text, named.end, self.line.end):
            if self.wording.spaced:
                return start < stop and self._gap(named.end, start) <= _REACT_WORDS
            return self._reacts_dense(named, start)
        return False

    def _reacts_dense(self, named: Named, verb: int) -> bool:
        """Where the verb stands behind what is reacted to: the subject's own sign tells who reacts."""
        inside = self.text[named.end : verb]
        if len(inside) > 30 or any(mark in inside for mark in "。;；"):
            return False
        if self.wording.grammar.steps.verb_final:
            after = self._past_persons(named.end)
            return self.wording.starts("subject_after", self.text, after, verb)
        if self.wording.ends("about", self.text, self.line.start, named.start):
            return False
        if self._other_between(named.end, verb):
            return self.wording.starts("about", self.text, self._past_persons(named.end), verb)
        return True

    def _past_persons(self, start: int) -> int:
        """After "government" or "minister", when that is how the actor goes on."""
        for left, right in self.wording.spans("persons", self.text, start, min(start + 8, self.line.end)):
            if left == start or not self.text[start:left].strip():
                return self._past_persons(right) if left > start else right
        return start

    def _possessive(self, named: Named) -> bool:
        return self.wording.spaced and self.text[named.end : named.end + 2].lower() in {"'s", "’s", "s'"}

    def _before(self, name: str, named: Named) -> bool:
        stop = self._noun_phrase(named)
        low = max(self.line.start, stop - 40)
        for start, end in self.wording.spans(name, self.text, low, stop):
            if name == "target_before" and self._inside_other_word(start, end):
                continue
            between = self.text[end:stop].strip()
            if not between or self._only_fillers(end, stop):
                return True
        return False

    def _is_adjective(self, named: Named) -> bool:
        """One word in small letters that follows its noun: "contrôles chinois", "imprese cinesi"; or any name."""
        if self.wording.grammar.roles.name_behind:
            return True
        return (
            self.wording.grammar.roles.adjective_behind
            and self.text[named.start].islower()
            and " " not in self.text[named.start : named.end]
        )

    def _noun_phrase(self, named: Named) -> int:
        """Where the firms or people begin that an adjective behind them belongs to, else the actor's own start."""
        if not self._is_adjective(named):
            return named.start
        found = [self._noun_before(name, named) for name in ("parties", "persons")]
        return min((start for start in found if start is not None), default=named.start)

    def _noun_before(self, name: str, named: Named, *, words: int = 1) -> int | None:
        """Start of the noun of a kind that an adjective follows, with at most so many words between."""
        nearest: int | None = None
        for start, end in self.wording.spans(name, self.text, max(self.line.start, named.start - 60), named.start):
            if self.wording.grammar.roles.name_behind and self.measure[0] <= start < self.measure[1]:
                continue  # the entities of an entity list
            between = self.text[end : named.start]
            if self._gap(end, named.start) <= words and not any(mark in between for mark in ",;:."):
                nearest = start if self._belongs(end, named) else nearest
        return nearest

    def _belongs(self, start: int, named: Named) -> bool:
        """Whether nothing parts a noun from the name behind it: in "doanh nghiệp bị Mỹ cấm" the name begins anew."""
        if not self.wording.grammar.roles.name_behind:
            return True
        parting = ("agent_before", "target_before", "imposes", "place_before", "subject_after", "joins")
        between = start, named.start
        return not self._other_between(*between) and not any(self.wording.has(n, self.text, *between) for n in parting)

    def _follows_measure(self, named: Named) -> bool:
        """Whether an adjective follows the measure or, inside of it, the word for it: "l'interdiction chinoise d'…"."""
        start, end = self.measure
        if start == end or named.start < start:
            return False
        if self.wording.grammar.roles.name_behind:
            return named.start >= end and self._of_measure(end, named)
        return 0 <= named.start - end <= 2 or (named.start < end and self._noun_before("controls", named) is not None)

    def _of_measure(self, end: int, named: Named) -> bool:
        """Whether only the goods stand between a measure's name and a state: "larangan ekspor nikel Indonesia"."""
        if self.inbound or not self.wording.has("controls", self.text, *self.measure):
            return False
        goods = [m for m in self.line.of(Slot.GOODS) if end <= m.start and m.end <= named.start]
        covered = sum(self._gap(m.start, m.end) for m in goods)
        between = end, named.start
        parting = any(self.wording.has(n, self.text, *between) for n in ("agent_before", "target_before", "breaks"))
        same = self.line.clause_at(end - 1) == self.line.clause_at(named.start)
        return same and not parting and not self._other_between(*between) and self._gap(*between) <= covered

    def _inside_other_word(self, start: int, end: int) -> bool:
        """对 in 反对 points at no target."""
        if self.wording.spaced:
            return False
        around = self.wording.spans("no_target", self.text, max(self.line.start, start - 3), end + 3)
        return any(left <= start and end <= right for left, right in around)

    def _only_fillers(self, start: int, end: int) -> bool:
        covered = sum(right - left for left, right in self.wording.spans("fillers", self.text, start, end))
        between = "".join(self.text[start:end].split())
        covered += sum(sign.isdigit() for sign in between)
        return covered > 0 and covered >= len(between)

    def _after(self, name: str, named: Named, *, words: int = 2) -> bool:
        """Whether the actor's noun is of a kind: one that follows it, or one that its adjective follows."""
        if self._is_adjective(named):
            return self._noun_before(name, named, words=words) is not None
        if self.wording.grammar.roles.adjective_behind:
            return False  # what follows is the verb and its object: "Washington añade 23 empresas"
        for start, _ in self.wording.spans(name, self.text, named.end, min(self.line.end, named.end + 60)):
            apart = self._gap(named.end, start)
            if not self.wording.spaced:  # 日本の20の企業
                apart -= sum(sign.isdigit() for sign in self.text[named.end : start]) // 2 + 1
            if apart > (words if self.wording.spaced else 0):
                return False
            between = self.text[named.end : start]
            if self._other_between(named.end, start):
                return False
            return not any(mark in between for mark in ",;:.、。，：") and not (
                self.wording.spaced and self.wording.has("target_before", self.text, named.end, start)
            )
        return False

    def _other_between(self, start: int, end: int) -> bool:
        return any(start <= other.start and other.end <= end for other in self.actors)

    def _marked_after(self, name: str, named: Named) -> bool:
        return not self.wording.spaced and self.wording.starts(name, self.text, named.end, self.line.end)

    def _gap(self, start: int, end: int) -> int:
        gap = self.wording.words_between(self.text, start, end)
        if self.wording.spaced and self.text[start : start + 2].lower() in {"'s", "’s"}:
            gap -= 1
        return gap


def _settle(parts: Sequence[_Part], *, inbound: bool, listing: bool) -> Cast:
    acting = [part for part in parts if part.role == "imposer"]
    if not acting:
        acting = [part for part in parts if part.role == "place" and part.strength > 0]
    lead = max(acting, key=lambda part: (part.strength, -part.named.start), default=None)
    code = lead.named.code if lead else None
    targets = [part for part in parts if part.role == "target" and part.named.code != code]
    if not targets and code:
        wanted = {"party"} if inbound else {"party", "reactor"}
        targets = [
            part
            for part in parts
            if part.role in wanted and part.named.code != code and (part.named.is_official or listing)
        ]
    agency = next(
        (p.named.concept for p in parts if p.named.role == "agency" and p.named.code == code and p.named.concept), None
    )
    chosen = [part for part in parts if part is lead or part in targets]
    return Cast(
        imposer=code,
        strength=lead.strength if lead else 0.0,
        agency=agency,
        targets=tuple(dict.fromkeys(part.named.code for part in targets)),
        parties=tuple(
            dict.fromkeys(
                p.named.code for p in parts if p.role == "party" and p.named.is_official and p.named.code != code
            )
        ),
        reactors=tuple(part.named.code for part in parts if part.role == "reactor"),
        spans=tuple((part.named.start, part.named.end) for part in chosen),
        target_spans=tuple((part.named.start, part.named.end) for part in targets),
    )
