"""What people do with alerts, what they are reminded of, the states of measures, sweeps of channels, a lasting ledger.

Revision: 0004, after 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _when(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _record() -> sa.Column[object]:
    return sa.Column("record", postgresql.JSONB(), nullable=False)


def upgrade() -> None:
    op.add_column("channel_state", _when("swept_at", optional=True))
    op.add_column("outbox", sa.Column("merged_into", sa.Text(), nullable=True))
    _people()
    _dates()
    _ledger()


def _people() -> None:
    op.create_table(
        "mute",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        _when("at"),
        _record(),
        sa.PrimaryKeyConstraint("story_id", name="pk_mute"),
    )
    op.create_index("ix_mute_until", "mute", ["until"])
    op.create_table(
        "member",
        sa.Column("id", sa.Text(), nullable=False),
        _when("at"),
        _record(),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
    )
    op.create_table(
        "handling",
        sa.Column("alert_id", sa.Text(), nullable=False),
        _when("acknowledged_at", optional=True),
        _when("at"),
        _record(),
        sa.PrimaryKeyConstraint("alert_id", name="pk_handling"),
    )
    op.create_table(
        "escalation",
        sa.Column("alert_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        _when("due_at"),
        _when("settled_at", optional=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "channel", name="pk_escalation"),
    )
    op.create_index("ix_escalation_open", "escalation", ["due_at"], postgresql_where=sa.text("settled_at IS NULL"))


def _dates() -> None:
    op.create_table(
        "reminder",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _when("due_at"),
        _when("settled_at", optional=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        _record(),
        sa.PrimaryKeyConstraint("story_id", "kind", "day", "due_at", name="pk_reminder"),
    )
    op.create_index("ix_reminder_open", "reminder", ["due_at"], postgresql_where=sa.text("settled_at IS NULL"))
    op.create_table(
        "measure",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        _when("at"),
        _record(),
        sa.PrimaryKeyConstraint("key", name="pk_measure"),
    )
    op.create_index("ix_measure_until", "measure", ["until"])
    op.create_table(
        "transition",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        _when("at"),
        _record(),
        sa.PrimaryKeyConstraint("id", name="pk_transition"),
    )
    op.create_index("ix_transition_key_id", "transition", ["key", "id"])
    op.create_index("ix_transition_story_id", "transition", ["story_id"])


def _ledger() -> None:
    op.add_column("decision", sa.Column("url", sa.Text(), nullable=True))
    op.add_column("decision", sa.Column("about", postgresql.JSONB(), nullable=True))
    op.create_index("ix_decision_url", "decision", ["url"], postgresql_using="hash")
    op.create_index("ix_decision_at_id", "decision", ["at", "id"])
    op.drop_index("ix_decision_at", "decision")
    # Of what was decided before, only the leading text is known for sure; the points were those of their time.
    op.execute(
        """
        UPDATE decision
        SET url = told.lead ->> 'url',
            about = jsonb_build_object(
                'headline', told.lead -> 'title', 'publisher', told.lead -> 'publisher',
                'source', told.lead -> 'source_id'
            )
        FROM (
            SELECT id, jsonb_path_query_first(
                record, '$.tellings[*] ? (@.document_id == $lead)', jsonb_build_object('lead', lead_id)
            ) AS lead
            FROM story
        ) AS told
        WHERE told.id = decision.story_id AND decision.document_id IS NULL
        """
    )


def downgrade() -> None:
    op.create_index("ix_decision_at", "decision", ["at"])
    op.drop_index("ix_decision_at_id", "decision")
    op.drop_index("ix_decision_url", "decision")
    op.drop_column("decision", "about")
    op.drop_column("decision", "url")
    for table in ("transition", "measure", "reminder", "escalation", "handling", "member", "mute"):
        op.drop_table(table)
    op.drop_column("outbox", "merged_into")
    op.drop_column("channel_state", "swept_at")
