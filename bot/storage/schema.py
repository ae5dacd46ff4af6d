"""The tables: columns for what is asked for, and the whole record as JSON beside them.

Times are UTC with time zone. Closed vocabularies are text, so that a new word needs no migration. `record` columns hold
what `bot.types.codec.plain` made of the record named in the comment.
"""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _when(name: str, *, optional: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=optional)


def _words(name: str) -> Column[object]:
    return Column(name, ARRAY(Text), nullable=False, server_default=text("'{}'"))


def _count(name: str) -> Column[object]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _flag(name: str) -> Column[object]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def _text(name: str, *, optional: bool = False) -> Column[object]:
    return Column(name, Text, nullable=optional)


source_state = Table(
    "source_state",
    metadata,
    Column("source_id", Text, primary_key=True),
    _when("next_due"),
    _count("failures"),
    _when("last_success", optional=True),
    Column("record", JSONB, nullable=False),  # SourceState
    Index(None, "next_due"),
)

source_memory = Table(
    "source_memory",
    metadata,
    Column("source_id", Text, primary_key=True),
    _when("at"),
    _text("memory"),  # what the kind of the source wants to be given with the next answer
)

item = Table(
    "item",
    metadata,
    Column("document_id", Text, primary_key=True),  # outlives the document's text
    _text("source_id"),
    _text("content_hash"),
    _text("title"),
    _text("link"),
    _when("first_seen"),
    Column("seen_on", Date, nullable=False),  # last day on which its source still listed it
    Index(None, "source_id", "seen_on"),
)

item_key = Table(
    "item_key",
    metadata,
    _text("source_id"),
    _text("key"),
    Column("document_id", Text, ForeignKey(item.c.document_id, ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("source_id", "key"),
    Index(None, "document_id"),
)

document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    _text("source_id"),
    _text("url"),
    _text("canonical_url"),
    _text("title"),
    _when("published_at", optional=True),
    _when("first_seen"),
    _text("content_hash"),
    Column("edition", Integer, nullable=False, server_default=text("1")),  # grows when its source changes the text
    _text("state"),  # unread | read | placed | failed
    _count("kills"),  # child processes that died over it
    _flag("baseline"),  # of a source's first answer: never alerted
    _flag("flood"),  # of an answer with too many new items: never alerted
    Column("search", TSVECTOR),
    Column("record", JSONB, nullable=False),  # Document
    Index(None, "first_seen"),
    # A hash index takes addresses of any length, a B-tree only up to 2,700 bytes.
    Index("ix_document_canonical_url", "canonical_url", postgresql_using="hash"),
    Index("ix_document_url", "url", postgresql_using="hash"),
    Index("ix_document_unread", "first_seen", "id", postgresql_where=text("state = 'unread'")),
    Index("ix_document_read", "first_seen", "id", postgresql_where=text("state = 'read'")),
    Index("ix_document_search", "search", postgresql_using="gin"),
)

reading = Table(
    "reading",
    metadata,
    Column("document_id", Text, ForeignKey(document.c.id, ondelete="CASCADE"), primary_key=True),
    _text("lang"),
    _text("reader_version"),
    _words("degraded"),
    _count("mentions"),
    _count("events"),
    _when("made_at"),
    Column("record", JSONB, nullable=False),  # Reading
)

page = Table(
    "page",
    metadata,
    Column("document_id", Text, ForeignKey(document.c.id, ondelete="CASCADE"), primary_key=True),
    _text("source_id"),
    _text("state"),  # wanted | done | failed | outdated
    _count("attempts"),
    _when("next_due"),  # once it is settled: when that was
    _text("outcome"),  # one sentence for people; "" while it is wanted for the first time
    Index("ix_page_wanted", "next_due", postgresql_where=text("state = 'wanted'")),
)

story = Table(
    "story",
    metadata,
    Column("id", Text, primary_key=True),
    _text("lead_id"),
    _when("first_seen"),
    _when("last_seen"),
    Column("revision", Integer, nullable=False),
    _text("stage", optional=True),
    _when("decide_at", optional=True),  # held: decide again then
    _words("block_keys"),  # by which cluster finds it
    Column("record", JSONB, nullable=False),  # Story
    Index(None, "last_seen"),
    Index("ix_story_block_keys", "block_keys", postgresql_using="gin"),
    Index("ix_story_decide_at", "decide_at", postgresql_where=text("decide_at IS NOT NULL")),
)

telling = Table(
    "telling",
    metadata,
    Column("story_id", Text, ForeignKey(story.c.id, ondelete="CASCADE"), nullable=False),
    _text("document_id"),
    _text("publisher"),
    _text("authority"),
    _text("lang"),
    _when("first_seen"),
    _text("copy_of", optional=True),
    PrimaryKeyConstraint("story_id", "document_id"),
    Index(None, "document_id"),
)

assessment = Table(
    "assessment",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("story_id", Text, ForeignKey(story.c.id, ondelete="CASCADE"), nullable=False),
    Column("revision", Integer, nullable=False),  # of the story
    _when("at"),
    Column("score", Double, nullable=False),
    _text("band"),
    _text("ruleset_hash"),
    Column("record", JSONB, nullable=False),  # Assessment
    Index(None, "story_id", "id"),
    Index(None, "at"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _text("story_id", optional=True),  # one of story and document is set
    _text("document_id", optional=True),
    _when("at"),
    _text("action"),
    _text("reason"),
    _text("why"),
    _text("band"),
    _text("dedupe_key"),
    _text("alert_id", optional=True),
    Column("record", JSONB, nullable=False),  # Decision
    _text("url", optional=True),  # of the text that led the story then, or of the document
    Column("about", JSONB),  # headline, points and rules as they were then: they outlive story and text
    Index(None, "story_id", "id"),
    Index(None, "document_id"),
    Index(None, "at", "id"),
    Index("ix_decision_url", "url", postgresql_using="hash"),
)

alert = Table(
    "alert",
    metadata,
    Column("id", Text, primary_key=True),
    _text("story_id"),
    Column("revision", Integer, nullable=False),
    _text("band"),
    _when("first_at"),
    _when("last_at"),
    Column("record", JSONB, nullable=False),  # Alert, as it was last told
    Index(None, "story_id"),
    Index(None, "first_at"),
)

outbox = Table(
    "outbox",
    metadata,
    # Order within a channel; a summary takes the place of the first message that it says instead.
    Column("seq", BigInteger, Identity(always=False), nullable=False),
    Column("id", Text, primary_key=True),
    _text("channel"),
    _text("kind"),
    _text("action"),
    _text("dedupe_key"),
    _text("alert_id", optional=True),
    _text("state"),
    _count("attempts"),
    _count("misses"),
    _count("epoch"),
    _when("created_at"),
    _when("not_before"),
    _when("claimed_at", optional=True),
    _when("settled_at", optional=True),
    _text("merged_into", optional=True),  # id of the row that says it instead
    _text("provider_id", optional=True),
    _text("last_error", optional=True),
    Column("target", JSONB, nullable=False),  # ChannelTarget
    Column("message", JSONB, nullable=False),  # Message, frozen: sent again byte for byte
    UniqueConstraint("channel", "dedupe_key"),
    Index("ix_outbox_open", "channel", "seq", postgresql_where=text("state IN ('pending', 'sending', 'ambiguous')")),
    Index(None, "alert_id", "channel"),
    Index(None, "settled_at"),
)

channel_state = Table(
    "channel_state",
    metadata,
    Column("channel", Text, primary_key=True),
    _when("next_at"),  # nothing is handed over before
    _count("failures"),  # in a row
    _when("last_sent", optional=True),
    _text("last_error", optional=True),
    _when("swept_at", optional=True),  # when its history was last compared with the outbox
    _count("twins"),  # messages that stood there twice, ever; the later ones were deleted
    _when("lost_from", optional=True),  # a backup was restored: what was sent since is to be looked up first
)

posting = Table(
    "posting",
    metadata,
    Column("id", Text, primary_key=True),  # of a delivery that stands in a channel though no row knows it
    _text("channel"),
    _text("provider_id"),
    _when("at"),  # when it was found
)

mute = Table(
    "mute",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("until", Date, nullable=False),
    _when("at"),
    Column("record", JSONB, nullable=False),  # Mute
    Index(None, "until"),
)

member = Table(
    "member",
    metadata,
    Column("id", Text, primary_key=True),
    _when("at"),
    Column("record", JSONB, nullable=False),  # Member
)

handling = Table(
    "handling",
    metadata,
    Column("alert_id", Text, primary_key=True),
    _when("acknowledged_at", optional=True),
    _when("at"),  # of the last deed
    Column("record", JSONB, nullable=False),  # Handling
)

escalation = Table(
    "escalation",
    metadata,
    _text("alert_id"),
    _text("channel"),  # where it goes when nobody acknowledges it
    _when("due_at"),
    _when("settled_at", optional=True),
    _text("outcome"),  # one sentence for people; "" while it is open
    Column("record", JSONB, nullable=False),  # Escalation
    PrimaryKeyConstraint("alert_id", "channel"),
    Index("ix_escalation_open", "due_at", postgresql_where=text("settled_at IS NULL")),
)

reminder = Table(
    "reminder",
    metadata,
    _text("story_id"),
    _text("kind"),
    Column("day", Date, nullable=False),
    _when("due_at"),
    _when("settled_at", optional=True),
    _text("outcome"),  # one sentence for people; "" while it is open
    Column("record", JSONB, nullable=False),  # Reminder
    PrimaryKeyConstraint("story_id", "kind", "day", "due_at"),
    Index("ix_reminder_open", "due_at", postgresql_where=text("settled_at IS NULL")),
)

measure = Table(
    "measure",
    metadata,
    Column("key", Text, primary_key=True),  # citation of the act, with "#clause" behind it for a part of it
    _text("state", optional=True),
    Column("next_day", Date),  # when the calendar changes the state
    _when("at"),  # last written
    Column("record", JSONB, nullable=False),  # Measure
    Index(None, "next_day"),
    Index(None, "record", postgresql_using="gin", postgresql_ops={"record": "jsonb_path_ops"}),
)

transition = Table(
    "transition",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _text("key"),  # of the measure
    _text("story_id"),
    Column("day", Date, nullable=False),  # first day of the new state
    _when("at"),  # when it became known
    Column("record", JSONB, nullable=False),  # Transition
    Index(None, "key", "id"),
    Index(None, "story_id"),
    Index(None, "day"),
)

digest_run = Table(
    "digest_run",
    metadata,
    _text("team"),
    _text("iso_week"),  # "2026-W47"
    _text("digest"),  # name of the plan in routes.yml
    _when("at"),
    _flag("skipped"),  # was due before the plan was first seen: nothing was sent
    Column("record", JSONB, nullable=False),  # counts and stories, for the comparison with the next week
    PrimaryKeyConstraint("team", "iso_week", "digest"),
)

vote = Table(
    "vote",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _text("story_id"),  # outlives the story
    _text("voter"),
    _when("at"),
    _text("verdict"),
    _text("ruleset_hash"),  # on which it was cast
    Column("record", JSONB, nullable=False),  # Vote
    Index(None, "story_id", "voter", "id"),
    Index(None, "at"),
)

audit_draw = Table(
    "audit_draw",
    metadata,
    _text("digest"),
    _text("iso_week"),
    _text("story_id"),
    Column("rate", Double, nullable=False),  # probability with which it was drawn
    _when("at"),
    Index(None, "story_id", "at"),
)

rule_file = Table(
    "rule_file",
    metadata,
    Column("hash", Text, primary_key=True),  # SHA-256 of the content
    Column("body", LargeBinary, nullable=False),  # deflated
)

rule_set = Table(
    "rule_set",
    metadata,
    Column("hash", Text, primary_key=True),  # as on alerts
    _when("first_at"),
    _when("last_at"),  # when it was last put into force
    Column("files", JSONB, nullable=False),  # path -> hash of rule_file
    Index(None, "last_at"),
)

fetch_log = Table(
    "fetch_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _text("source_id"),  # with "#page" behind it for pages behind items
    _when("at"),
    _text("outcome"),  # fetched | unchanged | not-modified | parse-failure | a FetchProblem
    Column("status", Integer),
    _count("bytes"),
    _count("entries"),
    _count("fresh"),
    _text("message"),
    Index(None, "source_id", "id"),
    Index(None, "at"),
)

ops_notice = Table(
    "ops_notice",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    _text("key"),  # what it is about, e.g. "coverage:cn-mofcom-gg"; one open notice per key
    _text("title"),
    _words("lines"),
    _when("opened_at"),
    _when("closed_at", optional=True),
    Index("uq_ops_notice_open", "key", unique=True, postgresql_where=text("closed_at IS NULL")),
    Index(None, "opened_at"),
)

lease = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    _text("holder"),
    _when("since"),
    _when("beat"),
)

queue_schema = Table(
    "queue_schema",
    metadata,
    Column("script", Text, primary_key=True),  # of the task queue's own schema, in the order it names them
    _when("applied_at"),
)
