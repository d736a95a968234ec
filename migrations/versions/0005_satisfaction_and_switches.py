"""Satisfaction from 1 to 5, and the assistant's switch for each channel."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "channel_switches",
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("operator_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_channel_switches"),
    )
    op.create_table(
        "satisfaction",
        sa.Column("id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(160), nullable=False),
        sa.Column("occasion", sa.String(64), nullable=False),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("rated_at", Moment),
        sa.Column("score", sa.Integer()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_satisfaction_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_satisfaction"),
        sa.UniqueConstraint("conversation_id", "occasion", name="uq_satisfaction_conversation_id_occasion"),
    )
    op.create_index("ix_satisfaction_asked_at", "satisfaction", ["asked_at"])


def downgrade():
    op.drop_table("satisfaction")
    op.drop_table("channel_switches")
