"""What people do with alerts, what they are reminded of, the states of measures, and sweeps of channels.

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
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("next_day", sa.Date(), nullable=True),
        _when("at"),
        _record(),
        sa.PrimaryKeyConstraint("key", name="pk_measure"),
    )
    op.create_index("ix_measure_next_day", "measure", ["next_day"])
    op.create_index(
        "ix_measure_record", "measure", ["record"], postgresql_using="gin",
        postgresql_ops={"record": "jsonb_path_ops"},
    )  # fmt: skip
    op.create_table(
        "transition",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _when("at"),
        _record(),
        sa.PrimaryKeyConstraint("id", name="pk_transition"),
    )
    op.create_index("ix_transition_key_id", "transition", ["key", "id"])
    op.create_index("ix_transition_story_id", "transition", ["story_id"])
    op.create_index("ix_transition_day", "transition", ["day"])


def downgrade() -> None:
    for table in ("transition", "measure", "reminder", "escalation", "handling", "member", "mute"):
        op.drop_table(table)
    op.drop_column("outbox", "merged_into")
    op.drop_column("channel_state", "swept_at")
