"""Compile alert rules and the scoring table; every condition reads its own parameters."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bot.rulebook.build_words import marked_texts
from bot.rulebook.findings import Findings, did_you_mean
from bot.rulebook.nodes import Map, Node, Scalar, Seq, follow, plain, rows
from bot.rulebook.shapes_rules import AlertFile, ReadsAsShape, ScoringFile
from bot.types.ids import RuleId
from bot.types.levels import Authority, Band, Cue, Level, Stage
from bot.types.place import Place
from bot.types.ports import Condition
from bot.types.rules import AlertRule, Bonus, ConditionUse, ExceptionRow, ReadsAsPoints, Scoring, When

SAY_FIELDS = ("actor", "stage", "measure", "goods", "target", "effective")


@dataclass(slots=True)
class ConditionReader:
    """Turns `{name: parameters}` into condition uses, and remembers which ids they name."""

    conditions: Mapping[str, Condition]
    findings: Findings
    named: list[tuple[str, str, Node]] = field(default_factory=list)  # kind, id, the parameters' node

    def one(self, node: Node) -> ConditionUse | None:
        """A list entry, which holds exactly one condition."""
        if not isinstance(node, Map):
            self.findings.error("wrong-type", "a condition is expected here, e.g. {measure: export-ban}", node.place)
            return None
        if len(node.entries) != 1:
            message = "one condition per entry; begin a new line with a dash for the next"
            self.findings.error("several-conditions", message, node.place)
        return next(iter(self.every(node)), None)

    def every(self, node: Node | None) -> tuple[ConditionUse, ...]:
        """All conditions of a mapping."""
        if not isinstance(node, Map):
            return ()
        made = (self._use(key, value) for key, value in node.entries)
        return tuple(use for use in made if use is not None)

    def _use(self, key: Scalar, value: Node) -> ConditionUse | None:
        condition = self.conditions.get(key.text)
        if condition is None:
            known = ", ".join(sorted(self.conditions)) or "none"
            hint = did_you_mean(key.text, self.conditions) or f"known are {known}"
            self.findings.error("unknown-condition", f'"{key.text}" is no condition', key.place, hint=hint)
            return None
        try:
            params = condition.parse(plain(value))
            for kind, name in condition.ids(params):
                self.named.append((kind, name, value))
        except ValueError as error:
            self.findings.error("bad-condition", _sentence(error, key.text), value.place)
            return None
        return ConditionUse(name=key.text, params=params, place=key.place)


def alert(shape: AlertFile, root: Map, reader: ConditionReader) -> AlertRule:
    """The record of an alert file."""
    when = follow(root, ("when",))
    identity = root.key("id")
    record = AlertRule(
        id=RuleId(shape.id),
        title=shape.title,
        status=shape.status,
        when=When(
            all=_uses(when, "all", reader),
            any=_uses(when, "any", reader),
            none=_uses(when, "none", reader),
            within=shape.when.within,
        ),
        add=tuple(
            Bonus(points=row.points, if_=reader.every(node.get("if")), why=row.why, place=node.place)
            for row, node in zip(shape.add, rows(root.get("add")), strict=True)
        ),
        at_least=shape.at_least,
        at_most=shape.at_most,
        exceptions=tuple(
            ExceptionRow(
                id=row.id,
                if_=reader.every(node.get("if")),
                until=row.until,
                owner=row.owner,
                why=row.why,
                place=node.place,
            )
            for row, node in zip(shape.exceptions, rows(root.get("exceptions")), strict=True)
        ),
        tests=marked_texts(shape.tests, root, reader.findings),
        place=identity.place if identity is not None else root.place,
        say=shape.say,
    )
    _check_alert(shape, root, reader.findings)
    return record


def _uses(when: Node, key: str, reader: ConditionReader) -> tuple[ConditionUse, ...]:
    listed = when.get(key) if isinstance(when, Map) else None
    made = (reader.one(item) for item in (listed.items if isinstance(listed, Seq) else ()))
    return tuple(use for use in made if use is not None)


def check_conditions(root: Map, reader: ConditionReader) -> None:
    """Report bad conditions of a file that does not fit its shape, so that one pass names everything."""
    when = follow(root, ("when",))
    for key in ("all", "any", "none"):
        _uses(when, key, reader)
    for row in (*rows(root.get("add")), *rows(root.get("exceptions"))):
        reader.every(row.get("if"))


def _check_alert(shape: AlertFile, root: Map, findings: Findings) -> None:
    when = follow(root, ("when",))
    if not shape.when.all and not shape.when.any:
        message = "`when` needs at least one condition under `all` or `any`; else the rule would hold for everything"
        findings.error("no-condition", message, when.place)
    if shape.at_least.rank > shape.at_most.rank:
        message = f"at_least ({shape.at_least}) is louder than at_most ({shape.at_most})"
        findings.error("bands-crossed", message, follow(root, ("at_least",)).place)
    for name in _say_fields(shape.say):
        if name not in SAY_FIELDS:
            message = f"{{{name}}} cannot be filled in; known are {', '.join(SAY_FIELDS)}"
            findings.error("unknown-field", message, follow(root, ("say",)).place, hint=did_you_mean(name, SAY_FIELDS))
    check_row_ids("exceptions", root, findings)
    for row in rows(root.get("add")) + rows(root.get("exceptions")):
        condition = row.get("if")
        if isinstance(condition, Map) and not condition.entries:
            findings.error("no-condition", "`if` needs at least one condition", condition.place)


def check_row_ids(key: str, root: Map, findings: Findings) -> None:
    """Rows of one list must not share an id."""
    seen: dict[str, int] = {}
    for row in rows(root.get(key)):
        name = row.text("id")
        if name in seen:
            place = follow(row, ("id",)).place
            findings.error("duplicate-id", f'"{name}" is the id of the entry in line {seen[name]} already', place)
        seen.setdefault(name, row.line)


def _say_fields(say: str) -> Iterator[str]:
    try:
        for _, name, _, _ in string.Formatter().parse(say):
            if name is not None:
                yield name
    except ValueError:
        yield say


def scoring(shape: ScoringFile, root: Map, findings: Findings) -> Scoring:
    """The record of the scoring file; authorities, stages and cues that it leaves out count 0."""
    _check_order(shape, root, findings)
    places = _places(root)
    return Scoring(
        version=shape.version,
        half=shape.scale.half,
        double_every=shape.scale.double_every,
        bands={band: int(getattr(shape.bands, band.value)) for band in Band},
        levels={level: int(getattr(shape.levels, level.value)) for level in Level},
        repeat=shape.repeat,
        together={"sentence": shape.together.sentence, "paragraph": shape.together.paragraph},
        actor_known=shape.actor_known,
        target_known=shape.target_known,
        named_company=shape.named_company,
        sector_named=shape.sector_named,
        source={name.value: shape.source.get(name, 0) for name in Authority},
        stage={name.value: shape.stage.get(name, 0) for name in Stage},
        cue={name.value: shape.cue.get(name, 0) for name in Cue},
        seen_by_each_doubling=shape.seen_by.each_doubling,
        seen_by_most=shape.seen_by.most,
        noise=dict(shape.noise),
        background=shape.background,
        off_field=shape.off_field,
        reads_as=_reads_as(shape.reads_as),
        age_halves_every=shape.age.halves_every,
        places=places,
        place=root.place,
    )


def _reads_as(shape: ReadsAsShape | None) -> ReadsAsPoints | None:
    return ReadsAsPoints(**shape.model_dump()) if shape else None


def _places(root: Map) -> dict[str, Place]:
    """Key path -> place, for the file's own paths and for the field names of `Scoring`."""
    found: dict[str, Place] = {}
    for key, value in root.entries:
        found[key.text] = key.place
        for inner, _ in value.entries if isinstance(value, Map) else ():
            found[f"{key.text}.{inner.text}"] = inner.place
    aliases = {
        "half": "scale.half",
        "double_every": "scale.double_every",
        "seen_by_each_doubling": "seen_by.each_doubling",
        "seen_by_most": "seen_by.most",
        "age_halves_every": "age.halves_every",
    }
    return found | {name: found[path] for name, path in aliases.items() if path in found}


def _check_order(shape: ScoringFile, root: Map, findings: Findings) -> None:
    bands = [getattr(shape.bands, band.value) for band in Band]
    levels = [getattr(shape.levels, level.value) for level in Level]
    if any(low >= high for low, high in pairwise(bands)):
        findings.error(
            "not-rising", "bands must rise: archive < digest < alert < urgent", follow(root, ("bands",)).place
        )
    if any(low > high for low, high in pairwise(levels)):
        message = "levels must rise: low <= medium <= high <= critical"
        findings.error("not-rising", message, follow(root, ("levels",)).place)
    if any(late > early for early, late in pairwise(shape.repeat)) or shape.repeat[0] > 1:
        findings.error("not-falling", "repeat must begin with 1 at most and fall", follow(root, ("repeat",)).place)
    if any(weight * 4 != int(weight * 4) for weight in shape.repeat):
        message = "repeat takes quarters only (1, 0.75, 0.5, 0.25, 0), so that ledgers add up exactly"
        findings.error("not-a-quarter", message, follow(root, ("repeat",)).place)
    if shape.scale.double_every <= 0:
        findings.error("not-positive", "double_every must be above 0", follow(root, ("scale", "double_every")).place)
    for name, points in shape.noise.items():
        if points > 0:
            findings.error(
                "not-negative", "noise lowers a score: write a negative number", follow(root, ("noise", name)).place
            )
    for name in ("background", "off_field"):
        if getattr(shape, name) > 0:
            findings.error("not-negative", f"{name} lowers a score: write 0 or less", follow(root, (name,)).place)


def _sentence(error: ValueError, name: str) -> str:
    return str(error).strip() or f'"{name}" cannot be read'
