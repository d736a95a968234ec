"""Deliveries, ownership of conversations, alerts, tokens; what channels beside the web need."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
NEW_TABLES = ("deliveries", "unreadable_updates", "poll_positions", "leaderships", "channel_tokens", "alerts")
NEW_COLUMNS = {
    "conversations": ("owner", "owner_until", "ownership_version", "unreachable", "welcomed_at", "quiet_since"),
    "inbox": ("kind", "extras", "first_part"),
    "outbox": ("ownership_version",),
}


def upgrade():
    create_alerts()
    create_channel_tokens()
    create_leaderships()
    create_poll_positions()
    create_unreadable_updates()
    create_deliveries()
    widen_tables()
    narrow_outbox()
    index_leases()


def downgrade():
    op.drop_index("ix_conversations_leased", table_name="conversations")
    for table in NEW_TABLES:
        op.drop_table(table)
    for table, columns in NEW_COLUMNS.items():
        for column in columns:
            op.drop_column(table, column)
    widen_outbox()


def create_alerts():
    op.create_table(
        "alerts",
        sa.Column("id", RowId, nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("occurrences", sa.Integer(), nullable=False),
        sa.Column("first_at", Moment, nullable=False),
        sa.Column("last_at", Moment, nullable=False),
        sa.Column("settled_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint(
            "channel", "account", "kind", "conversation_id", name="uq_alerts_channel_account_kind_conversation_id"
        ),
    )


def create_channel_tokens():
    op.create_table(
        "channel_tokens",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("access_token", sa.Text()),
        sa.Column("refresh_token", sa.Text()),
        sa.Column("access_expires_at", Moment),
        sa.Column("access_issued_at", Moment),
        sa.Column("refresh_issued_at", Moment),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("seed_digests", sa.Text(), nullable=False),
        sa.Column("lock_owner", sa.String(length=64)),
        sa.Column("lock_until", Moment),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=64)),
        sa.Column("retry_at", Moment),
        sa.PrimaryKeyConstraint("channel", "account", name="pk_channel_tokens"),
    )


def create_leaderships():
    op.create_table(
        "leaderships",
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("owner", sa.String(length=128), nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leaderships"),
    )


def create_poll_positions():
    op.create_table(
        "poll_positions",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name="pk_poll_positions"),
    )


def create_unreadable_updates():
    op.create_table(
        "unreadable_updates",
        sa.Column("id", RowId, nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unreadable_updates"),
        sa.UniqueConstraint("channel", "account", "digest", name="uq_unreadable_updates_channel_account_digest"),
    )


def create_deliveries():
    op.create_table(
        "deliveries",
        sa.Column("id", RowId, nullable=False),
        sa.Column("outbox_id", RowId, nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", Moment, nullable=False),
        sa.Column("sending_owner", sa.String(length=128)),
        sa.Column("sending_until", Moment),
        sa.Column("channel_message_id", sa.String(length=128)),
        sa.Column("error_class", sa.String(length=32)),
        sa.Column("error_code", sa.String(length=64)),
        sa.Column("error_detail", sa.Text()),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("finished_at", Moment),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_deliveries_conversation_id"),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_deliveries_outbox_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("outbox_id", "chunk", name="uq_deliveries_outbox_id_chunk"),
    )
    op.create_index("ix_deliveries_conversation_id", "deliveries", ["conversation_id"])
    create_partial_index("ix_deliveries_troubled", ["id"], "error_class IS NOT NULL")
    create_partial_index("ix_deliveries_unfinished", ["conversation_id", "id"], "finished_at IS NULL")
    create_partial_index("uq_deliveries_sending", ["conversation_id"], "state = 'sending'", unique=True)


def widen_tables():
    op.add_column("conversations", sa.Column("owner", sa.String(length=16), server_default="assistant", nullable=False))
    op.add_column("conversations", sa.Column("owner_until", Moment))
    op.add_column("conversations", sa.Column("ownership_version", sa.Integer(), server_default="0", nullable=False))
    op.add_column("conversations", sa.Column("unreachable", sa.String(length=32)))
    op.add_column("conversations", sa.Column("welcomed_at", Moment))
    op.add_column("conversations", sa.Column("quiet_since", Moment))
    op.add_column("inbox", sa.Column("kind", sa.String(length=16), server_default="text", nullable=False))
    op.add_column("inbox", sa.Column("extras", sa.JSON()))
    op.add_column("inbox", sa.Column("first_part", sa.Integer(), server_default="0", nullable=False))
    op.add_column("outbox", sa.Column("ownership_version", sa.Integer(), server_default="0", nullable=False))


def index_leases():
    where = sa.text("lease_owner IS NOT NULL")
    op.create_index(
        "ix_conversations_leased", "conversations", ["lease_owner"], postgresql_where=where, sqlite_where=where
    )


def narrow_outbox():
    """How a reply travels is now written beside each delivery of it."""
    op.drop_index("ix_outbox_pending", table_name="outbox")
    for column in ("next_attempt_at", "delivery", "error_class", "attempts"):
        op.drop_column("outbox", column)


def widen_outbox():
    """The way back: what was not delivered by then is taken for fetched."""
    op.add_column("outbox", sa.Column("delivery", sa.String(16), nullable=False, server_default="available"))
    op.add_column("outbox", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("next_attempt_at", Moment, nullable=False, server_default="2026-01-01"))
    op.add_column("outbox", sa.Column("error_class", sa.String(64)))
    where = sa.text("delivery = 'pending'")
    op.create_index(
        "ix_outbox_pending", "outbox", ["conversation_id", "id"], postgresql_where=where, sqlite_where=where
    )


def create_partial_index(name, columns, condition, unique=False):
    where = sa.text(condition)
    op.create_index(name, "deliveries", columns, unique=unique, postgresql_where=where, sqlite_where=where)
