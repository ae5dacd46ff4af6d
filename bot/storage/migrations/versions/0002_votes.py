"""Votes, audit samples and the rule sets that were in force.

Revision: 0002, after 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _votes()
    _rules()


def downgrade() -> None:
    for table in ("rule_set", "rule_file", "audit_draw", "vote"):
        op.drop_table(table)


def _votes() -> None:
    op.create_table(
        "vote",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("voter", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("ruleset_hash", sa.Text(), nullable=False),
        sa.Column("record", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vote"),
    )
    op.create_index("ix_vote_story_id_voter_id", "vote", ["story_id", "voter", "id"])
    op.create_index("ix_vote_at", "vote", ["at"])
    op.create_table(
        "audit_draw",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("iso_week", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("rate", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_audit_draw_story_id_at", "audit_draw", ["story_id", "at"])


def _rules() -> None:
    op.create_table(
        "rule_file",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_rule_file"),
    )
    op.create_table(
        "rule_set",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("files", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_rule_set"),
    )
    op.create_index("ix_rule_set_last_at", "rule_set", ["last_at"])
