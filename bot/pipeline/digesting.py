"""Gather a week, render it for every reader, and put it into the outbox: once per team, week and digest."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.decide import compose
from bot.decide.deciding import SPOKEN
from bot.decide.route import matching, subject
from bot.deliver._digest import render_digest
from bot.errors import StorageError
from bot.log import get_logger
from bot.pipeline.courses import dates_ahead, state_changes
from bot.pipeline.headlines import headlines
from bot.pipeline.polling.health import COVERAGE_INTERVALS
from bot.pipeline.rig import Rig
from bot.pipeline.sending.notices import raise_notice
from bot.pipeline.shortening import to_quote
from bot.pipeline.weeks import digest_due, newest_week, window
from bot.storage import Transaction
from bot.storage.outbox import NewDelivery
from bot.types.codec import plain, revive
from bot.types.delivery import Action, ChannelTarget, Decision, Message, Reason
from bot.types.digest import (
    AuditItem,
    Counts,
    DigestContent,
    DigestStory,
    NearMiss,
    ShadowRule,
    SourceTrouble,
    StateChange,
)
from bot.types.ids import StoryId
from bot.types.levels import Band
from bot.types.rules import DigestPlan, DigestTo
from bot.types.story import Assessment, Story, Telling

STORIES = 50  # kept in the record; the layout shows fewer
NEAR_MISSES = 5
EXAMPLES = 3  # titles per shadow rule

log = get_logger(__name__)

Weighed = tuple[Story, Assessment]


def due_digests(rig: Rig) -> tuple[tuple[str, str], ...]:
    """Digests that should have gone out by now, as (name of the plan, ISO week), oldest first.

    A plan that is met for the first time has its newest week settled without a mail.
    """
    now, team = rig.clock.now(), rig.settings.team
    due: list[tuple[str, str]] = []
    with rig.database.transaction() as tx:
        for plan in rig.rulebook.routing.digests.values():
            weeks = tx.digests.weeks(team=team, digest=plan.name)
            if not weeks:
                week = newest_week(plan, now)
                tx.digests.claim(team=team, week=week, digest=plan.name, at=now, record={}, skipped=True)
                continue
            due += [(plan.name, week) for week in digest_due(plan, weeks, now)]
    return tuple(due)


def digest(rig: Rig, name: str, week: str) -> int:
    """Send the digest of a week to its readers, unless it was; gives the mails put into the outbox.

    Claim, content and messages are one transaction: two schedulers, or a crash, make one digest all the same. After a
    bug, operators are told and the error goes on.
    """
    plan = rig.rulebook.routing.digests.get(name)
    if plan is None:
        return 0
    now = rig.clock.now()
    try:
        return _digest(rig, plan, week, now)
    except StorageError:
        raise
    except Exception as error:
        with rig.database.transaction() as tx:
            lines = (f"A bug stopped it ({type(error).__name__}); the log has the traceback. It is tried again.",)
            raise_notice(rig, tx, f"failed:digest:{name}:{week}", f"No digest {week} for {name}", lines, now=now)
        raise


def _digest(rig: Rig, plan: DigestPlan, week: str, now: datetime) -> int:
    team, name = rig.settings.team, plan.name
    with rig.database.transaction() as tx:
        content = gather_week(rig, tx, plan, week)
        record = {"counts": plain(content.counts), "stories": [s.alert.story_id for s in content.stories]}
        if not tx.digests.claim(team=team, week=week, digest=name, at=now, record=record):
            return 0
        rows = [_row(rig, plan, reader, content, now) for reader in plan.to]
        added = tx.outbox.add(rows, at=now)
        tx.votes.draw({item.story_id: item.rate for item in content.audit}, digest=name, week=week, at=now)
    log.info("digest", digest=name, week=week, readers=len(added), stories=len(content.stories))
    return len(added)


def _row(rig: Rig, plan: DigestPlan, reader: DigestTo, content: DigestContent, now: datetime) -> NewDelivery:
    # Every reader is a channel: one that cannot be reached keeps nobody else waiting.
    wanted = ChannelTarget(name=f"{plan.name}:{reader.who}", kind="email", address=reader.who, locale=reader.locale)
    target = rig.exits.target(wanted)
    return NewDelivery(
        target=target,
        message=render(rig, plan, content.narrowed(reader.sectors), target),
        action=Action.SEND,
        dedupe_key=f"digest:{rig.settings.team}:{content.week}",
        alert_id=None,
        not_before=now,
    )


def gather_week(rig: Rig, tx: Transaction, plan: DigestPlan, week: str) -> DigestContent:
    """What a week brought, for one digest."""
    now, zone = rig.clock.now(), ZoneInfo(plan.zone)
    start, end = window(plan, week)
    weighed = tx.stories.week(start, end, bands=(Band.DIGEST, Band.ALERT, Band.URGENT))
    told = [(story, found) for story, found in weighed if _wants(rig, plan, story, found)]
    history = {story.id: tx.decisions.of_story(story.id) for story, _ in told}
    lines = {story.id: headlines(story, rig.rulebook) for story, _ in told}

    def wants(story: Story, assessment: Assessment) -> bool:
        return assessment.band is not Band.ARCHIVE and _wants(rig, plan, story, assessment)

    days = (start.astimezone(zone).date(), end.astimezone(zone).date())
    noon = partial(datetime.combine, time=time(12), tzinfo=zone)
    acts = state_changes(tx, rig.rulebook, wants, days, noon)
    return DigestContent(
        team=rig.settings.team,
        week=week,
        first_day=start.astimezone(zone).date(),
        last_day=(end - timedelta(minutes=1)).astimezone(zone).date() - timedelta(days=1),
        made_at=now,
        counts=_counts(rig, tx, start, end),
        before=_before(rig, tx, plan, start),
        stories=tuple(_story(rig, tx, s, a, history[s.id], lines[s.id], (start, end)) for s, a in told[:STORIES]),
        changes=_in_order(_changes(told, history, lines, (start, end)), acts),
        dates=dates_ahead(tx, rig.rulebook, wants, [story for story, _ in told], now.astimezone(zone).date()),
        near_misses=_near_misses(tx, start, end),
        shadows=_shadows(tx, start, end),
        audit=_audit(tx, plan, week),
        troubles=_troubles(rig, tx),
    )


def _in_order(stages: Sequence[StateChange], acts: Sequence[StateChange]) -> tuple[StateChange, ...]:
    return tuple(sorted((*stages, *acts), key=lambda change: change.at))


def _wants(rig: Rig, plan: DigestPlan, story: Story, assessment: Assessment) -> bool:
    return any(route.send == plan.name for route in matching(rig.rulebook.routing, subject(assessment, story)))


def _story(
    rig: Rig,
    tx: Transaction,
    story: Story,
    assessment: Assessment,
    history: Sequence[Decision],
    lines: Mapping[str, str],
    span: tuple[datetime, datetime],
) -> DigestStory:
    kept = tx.documents.get(story.document_ids)
    readings, documents = to_quote(rig, kept)
    spoken = [decision for decision in history if decision.action in SPOKEN]
    last = spoken[-1] if spoken else _digest_only(story, assessment, span[1])
    alert = compose.alert(story, assessment, last, readings, documents, rig.rulebook, lines)
    later = [d for d in spoken if d.action is not Action.SEND and span[0] <= d.at < span[1]]
    return DigestStory(
        alert=replace(alert, change="", changes=()),
        alerted=bool(spoken),
        told=tuple(dict.fromkeys(compose.named_changes(d.changes, rig.rulebook) for d in later if d.changes)),
        changes=tuple(dict.fromkeys(d.why for d in later if not d.changes)),
    )


def _digest_only(story: Story, assessment: Assessment, at: datetime) -> Decision:
    return Decision(
        story_id=story.id, at=at, action=Action.DIGEST, reason=Reason.BELOW_ALERT, why="", band=assessment.band,
        channels=(), dedupe_key="",
    )  # fmt: skip


def _counts(rig: Rig, tx: Transaction, start: datetime, end: datetime) -> Counts:
    alerts = tx.decisions.alerts(start, end)
    enabled = [source for source in rig.rulebook.sources if source.enabled]
    return Counts(
        documents=tx.documents.count(start, end),
        stories=tx.stories.count(start, end),
        alerts=len(alerts),
        urgent=sum(alert.band is Band.URGENT for alert in alerts),
        sources=len(enabled),
        failing=len(_troubles(rig, tx)),
    )


def _before(rig: Rig, tx: Transaction, plan: DigestPlan, start: datetime) -> Counts | None:
    week = newest_week(plan, start)
    record = tx.digests.record(team=rig.settings.team, week=week, digest=plan.name)
    return revive(Counts, record["counts"]) if record and "counts" in record else None


def _changes(
    told: Sequence[Weighed],
    history: Mapping[StoryId, Sequence[Decision]],
    lines: Mapping[StoryId, Mapping[str, str]],
    span: tuple[datetime, datetime],
) -> tuple[StateChange, ...]:
    """Steps along the life-cycle, from what was known of the story at its decisions."""
    found: list[StateChange] = []
    for story, _ in told:
        before = None
        for decision in history[story.id]:
            stage = decision.facts.stage if decision.facts else None
            if stage is None or stage is before:
                continue
            if before is not None and span[0] <= decision.at < span[1]:
                found.append(
                    StateChange(
                        story_id=story.id, headlines=lines[story.id], before=before, after=stage, at=decision.at,
                        url=_lead(story).url,
                    )
                )  # fmt: skip
            before = stage
    return tuple(found)


def _near_misses(tx: Transaction, start: datetime, end: datetime) -> tuple[NearMiss, ...]:
    below = (Band.ARCHIVE, Band.DIGEST)
    close = tx.stories.week(start, end, bands=below, having="near_misses", limit=NEAR_MISSES)
    return tuple(
        NearMiss(
            title=lead.title, lang=lead.lang, publisher=lead.publisher, url=lead.url, score=found.score,
            missing=found.near_misses[0],
        )
        for story, found in close
        for lead in (_lead(story),)
    )  # fmt: skip


def _shadows(tx: Transaction, start: datetime, end: datetime) -> tuple[ShadowRule, ...]:
    hits: dict[str, list[Telling]] = {}
    for story, found in tx.stories.week(start, end, having="shadow_rules"):
        for rule in found.shadow_rules:
            hits.setdefault(rule, []).append(_lead(story))
    return tuple(
        ShadowRule(rule=rule, hits=len(leads), examples=tuple((lead.lang, lead.title) for lead in leads[:EXAMPLES]))
        for rule, leads in sorted(hits.items())
    )


def _audit(tx: Transaction, plan: DigestPlan, week: str) -> tuple[AuditItem, ...]:
    """Texts drawn from below the threshold; the same draw whenever the week is gathered again."""
    below = tx.stories.ids(*window(plan, week), band=Band.ARCHIVE)
    draw = random.Random(f"{plan.name}:{week}")  # noqa: S311 - a sample, no secret
    items = []
    size = min(plan.audit_sample, len(below))
    for story_id in draw.sample(below, size):
        story, found = tx.stories.get(story_id), tx.stories.assessment(story_id)
        if story is not None and found is not None:
            lead = _lead(story)
            items.append(
                AuditItem(
                    story_id=story_id, rate=size / len(below), title=lead.title, lang=lead.lang,
                    publisher=lead.publisher, url=lead.url, score=found.score,
                )
            )  # fmt: skip
    return tuple(items)


def _lead(story: Story) -> Telling:
    return next(telling for telling in story.tellings if telling.document_id == story.lead_id)


def _troubles(rig: Rig, tx: Transaction) -> tuple[SourceTrouble, ...]:
    states = tx.sources.states()
    found = []
    for source in rig.rulebook.sources:
        state = states.get(source.id)
        if source.enabled and state is not None and state.failures >= COVERAGE_INTERVALS:
            trouble = SourceTrouble(
                source_id=source.id, publisher=source.publisher, message=state.last_error or "It does not answer.",
                failures=state.failures, last_success=state.last_success,
            )  # fmt: skip
            found.append(trouble)
    return tuple(found)


def render(rig: Rig, plan: DigestPlan, content: DigestContent, target: ChannelTarget) -> Message:
    """A digest as one reader gets it: a mail, or its headlines where mail is not set up."""
    if target.kind == "email":
        return render_digest(content, target.locale, plan.zone)
    channel = rig.exits.channels[target.kind]
    lines = [told.alert.headlines.get(target.locale) or told.alert.headlines["en"] for told in content.stories]
    return channel.render_notice(f"Digest {content.week}: {len(lines)} stories", lines, target)
