"""Compile files that hold words: concepts, actors, sectors and their tests, as records with places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.rulebook.fields import EVERY_LANGUAGE
from bot.rulebook.findings import Findings
from bot.rulebook.marks import MarkError, read_marks
from bot.rulebook.nodes import Map, Node, Scalar, Seq, follow, rows, scalars
from bot.rulebook.shapes_words import ActorFile, CaseShape, CompanyShape, ConceptFile, ProfileFile, SectorFile
from bot.rulebook.terms import TermError, parse_term
from bot.types.ids import ConceptId, RuleId, SectorId
from bot.types.levels import Direction, Level, Slot, Status
from bot.types.lexicon import Concept, Term, TermKind
from bot.types.place import Place
from bot.types.rules import ExposureRow, MarkedText, NamedCompany, Profile, Sector

OWN = SectorId("own")  # the sector that a profile's own goods make


def concept(shape: ConceptFile | ActorFile, root: Map, findings: Findings) -> Concept:
    """The record of a concept or actor file."""
    silencers = root.get("not_when")
    known = shape if isinstance(shape, ConceptFile) else None
    return Concept(
        id=ConceptId(shape.id),
        slot=known.slot if known else Slot.ACTOR,
        title=shape.title,
        status=shape.status,
        weight=shape.weight,
        place=_place_of(root, "id"),
        terms=(*_terms(root.get("sure"), findings), *_terms(root.get("maybe"), findings, sure=False)),
        names=dict(shape.names),
        parent=ConceptId(shape.parent) if shape.parent else None,
        maybe_needs=tuple(ConceptId(name) for name in shape.maybe_needs),
        inside=_terms(_below(silencers, "inside"), findings),
        near=_terms(_below(silencers, "near"), findings),
        direction=known.direction if known else Direction.NONE,
        family=known.family if known else "",
        cue=known.cue if known else "",
        jurisdiction="" if shape.jurisdiction == "*" else shape.jurisdiction,
        role=shape.role if isinstance(shape, ActorFile) else "",
        hs=known.hs if known else (),
        cas=known.cas if known else (),
        eccn=known.eccn if known else (),
    )


def sector(shape: SectorFile, root: Map, findings: Findings) -> Sector:
    """The record of a sector file."""
    lists, labels = _sector_names(root.get("names"))
    terms = (*_terms(lists, findings), *_terms(root.get("sure"), findings))
    exposures = tuple(
        ExposureRow(
            goods=ConceptId(row.goods),
            from_=state,
            level=row.level,
            why=row.why,
            place=node.place,
            source=row.source,
            basis=row.basis,
        )
        for row, node in zip(shape.exposed_to, rows(root.get("exposed_to")), strict=True)
        for state in row.from_
    )
    companies = tuple(
        _company(row, node, findings) for row, node in zip(shape.companies, rows(root.get("companies")), strict=True)
    )
    return Sector(
        id=SectorId(shape.id),
        title=shape.title,
        status=shape.status,
        names={"en": shape.title} | labels,
        terms=terms,
        exposed_to=exposures,
        countries=dict(shape.countries),
        companies=companies,
        tests=marked_texts(shape.tests, root, findings, sector=shape.id),
        place=_place_of(root, "id"),
    )


def profile(shape: ProfileFile, root: Map) -> Profile:
    """The record of the profile; its own goods become a sector."""
    levels = root.get("goods")
    places = {key.text: key.place for key, _ in (levels.entries if isinstance(levels, Map) else ())}
    why = f"on the list of {shape.title}"
    rows_of = tuple(
        ExposureRow(goods=ConceptId(name), from_="*", level=level, why=why, place=places.get(name, root.place))
        for name, level in shape.goods.items()
    )
    own = Sector(
        id=OWN,
        title=shape.title,
        status=Status.LIVE,
        names={"en": shape.title},
        terms=(),
        exposed_to=rows_of,
        countries=dict(shape.countries),
        companies=(),
        tests=(),
        place=root.place,
    )
    sectors = tuple(SectorId(name) for name in shape.sectors)
    return Profile(sectors=sectors, own=own if rows_of else None, place=root.place)


def sector_concept(record: Sector) -> Concept:
    """The sector as something that the reader can find in a text."""
    return Concept(
        id=ConceptId(record.id),
        slot=Slot.SECTOR,
        title=record.title,
        status=record.status,
        weight=Level.LOW,
        place=record.place,
        terms=record.terms,
        names=record.names,
    )


def company_id(name: str) -> ConceptId:
    """Id under which a sector's company stands in the lexicon, e.g. "company-example-turbines-as"."""
    ascii_only = unicodedata.normalize("NFKD", name.casefold())
    slug = "-".join(re.findall(r"\w+", "".join(sign for sign in ascii_only if not unicodedata.combining(sign))))
    return ConceptId(f"company-{slug}")


def company_concepts(sectors: tuple[Sector, ...]) -> tuple[Concept, ...]:
    """The companies of all sectors, each once, with the spellings of all files."""
    found: dict[ConceptId, Concept] = {}
    for company in (company for record in sectors for company in record.companies):
        key = company_id(company.name)
        known = found.get(key)
        spelled = {(term.kind, term.parts) for term in known.terms} if known else set()
        terms = tuple(term for term in company.aliases if (term.kind, term.parts) not in spelled)
        found[key] = Concept(
            id=key,
            slot=Slot.SECTOR,
            title=company.name,
            status=next(record.status for record in sectors if company in record.companies),
            weight=company.level,
            place=known.place if known else company.place,
            terms=(*known.terms, *terms) if known else terms,
            role="company",
        )
    return tuple(found.values())


def marked_texts(
    shapes: tuple[CaseShape, ...], root: Map, findings: Findings, *, sector: str | None = None
) -> tuple[MarkedText, ...]:
    """The records of a file's tests; bad marks become findings."""
    nodes = rows(root.get("tests"))
    made = (_marked(shape, node, findings, sector) for shape, node in zip(shapes, nodes, strict=True))
    return tuple(record for record in made if record is not None)


def _marked(shape: CaseShape, node: Map, findings: Findings, sector: str | None) -> MarkedText | None:
    text = node.get("text")
    try:
        marked = read_marks(shape.text)
        if shape.title and read_marks(shape.title).marks:
            findings.error("mark-in-title", "marks stand in `text` only", follow(node, ("title",)).place)
    except MarkError as error:
        findings.error("bad-mark", str(error), inside_of(text if text is not None else node, error.offset))
        return None
    wanted = shape.event
    return MarkedText(
        text=marked.text,
        marks=tuple((mark.start, mark.end, ConceptId(mark.concept)) for mark in marked.marks),
        place=node.place,
        lang=shape.lang,
        title=shape.title,
        source=shape.source.value,
        jurisdiction=shape.jurisdiction,
        published=shape.published,
        sector=SectorId(shape.sector) if shape.sector else SectorId(sector) if sector else None,
        band=shape.band,
        says_rule=RuleId(shape.says_rule) if shape.says_rule else None,
        silent_rule=RuleId(shape.silent_rule) if shape.silent_rule else None,
        known_gap=shape.known_gap,
        event=_event(wanted.model_dump(mode="json", exclude_unset=True)) if wanted else {},
    )


def _event(wanted: dict[str, object]) -> dict[str, str]:
    """Expected fields as text; lists are joined with commas, an empty list is ""."""
    return {key: ",".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in wanted.items()}


def check_words(root: Map, findings: Findings) -> None:
    """Report bad terms and marks of a file that does not fit its shape, so that one pass names everything."""
    silencers = root.get("not_when")
    for part in (root.get("sure"), root.get("maybe"), _below(silencers, "inside"), _below(silencers, "near")):
        _terms(part, findings)
    for row in rows(root.get("tests")):
        text = row.get("text")
        if isinstance(text, Scalar):
            try:
                read_marks(text.text)
            except MarkError as error:
                findings.error("bad-mark", str(error), inside_of(text, error.offset))


def mark_ids(root: Map) -> Iterator[tuple[str, Place]]:
    """Ids named by marks, each with its place inside the text."""
    for row in rows(root.get("tests")):
        text = row.get("text")
        if isinstance(text, Scalar):
            try:
                for mark in read_marks(text.text).marks:
                    yield mark.concept, inside_of(text, mark.source)
            except MarkError:
                continue  # reported when the test is compiled


def inside_of(node: Node, offset: int) -> Place:
    """Place of a character inside a one-line value; the value's own place when it runs over lines."""
    if not isinstance(node, Scalar) or node.style in {"|", ">"}:
        return node.place
    # Doubled quotes and backslashes before the character are rare and cost a column each.
    quoted = node.text[:offset].count("'") if node.style == "'" else 0
    escaped = sum(node.text[:offset].count(sign) for sign in '"\\') if node.style == '"' else 0
    column = node.column + offset + (1 if node.style else 0) + quoted + escaped
    return Place(path=node.path, line=node.line, column=column)


def _below(node: Node | None, key: str) -> Node | None:
    """Value of a key, None unless the node is a mapping that has it."""
    return node.get(key) if isinstance(node, Map) else None


def _place_of(root: Map, key: str) -> Place:
    found = root.key(key)
    return found.place if found is not None else root.place


def _terms(lists: Node | None, findings: Findings, *, sure: bool = True) -> tuple[Term, ...]:
    """The terms of a mapping language -> words, or of a bare list for all languages."""
    found: list[Term] = []
    by_language = lists.entries if isinstance(lists, Map) else ((None, lists),)
    for lang, words in by_language:
        code = lang.text if lang is not None else EVERY_LANGUAGE
        for word in scalars(words):
            found += _term(word, code, findings, sure=sure)
    return tuple(found)


def _term(word: Scalar, lang: str, findings: Findings, *, sure: bool) -> tuple[Term, ...]:
    try:
        return parse_term(word.text, lang=lang, sure=sure, place=word.place)
    except TermError as error:
        findings.error(error.code, str(error), inside_of(word, error.offset))
        return ()


def _sector_names(node: Node | None) -> tuple[Map | None, dict[str, str]]:
    """Word lists and reader's names: under `names`, a list holds words, a single text is the name for readers."""
    if not isinstance(node, Map):
        return None, {}
    lists = tuple(entry for entry in node.entries if isinstance(entry[1], Seq))
    labels = {key.text: value.text for key, value in node.entries if isinstance(value, Scalar)}
    return Map(lists, node.path, node.line, node.column), labels


def _company(shape: CompanyShape, node: Map, findings: Findings) -> NamedCompany:
    name = node.get("name")
    own = _name_term(shape.name, name.place if name is not None else node.place)
    aliases = tuple(
        term for word in scalars(node.get("aliases")) for term in _term(word, EVERY_LANGUAGE, findings, sure=True)
    )
    return NamedCompany(
        name=shape.name, aliases=(own, *aliases), level=shape.level, place=node.place, id=company_id(shape.name)
    )


def _name_term(name: str, place: Place) -> Term:
    """A company's own name as a term: in any case when it is a phrase, exactly so when it is short or holds signs."""
    try:
        parsed = parse_term(name, lang=EVERY_LANGUAGE, sure=True, place=place)
        if len(parsed) == 1 and parsed[0].kind in {TermKind.PHRASE, TermKind.CHARS} and not _is_acronym(name):
            return parsed[0]
    except TermError:
        pass
    return Term(lang=EVERY_LANGUAGE, text=name, kind=TermKind.EXACT, parts=((name,),), sure=True, place=place)


def _is_acronym(name: str) -> bool:
    return " " not in name and len(name) <= 5 and name.isupper()
