"""Conversations, inbox, outbox, tickets, feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade():
    create_conversations()
    create_inbox()
    create_outbox()
    create_tickets()
    create_feedback()


def downgrade():
    for table in ("feedback", "tickets", "outbox", "inbox", "conversations"):
        op.drop_table(table)


def create_conversations():
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(160), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("participant", sa.String(128), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(128)),
        sa.Column("lease_until", Moment),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("channel", "account", "participant", name="uq_conversations_channel_account_participant"),
    )


def create_inbox():
    op.create_table(
        "inbox",
        sa.Column("id", RowId, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(255), nullable=False),
        conversation_column(),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_seconds", sa.Float(), nullable=False),
        sa.Column("next_attempt_at", Moment, nullable=False),
        sa.Column("error_class", sa.String(64)),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("finished_at", Moment),
        conversation_key("inbox"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("channel", "account", "message_id", name="uq_inbox_channel_account_message_id"),
        sa.UniqueConstraint("conversation_id", "sequence", name="uq_inbox_conversation_id_sequence"),
    )
    create_partial_index("ix_inbox_waiting", "inbox", ["conversation_id", "id"], "state = 'received'")
    create_partial_index("ix_inbox_dead", "inbox", ["id"], "state = 'dead'")


def create_outbox():
    op.create_table(
        "outbox",
        sa.Column("id", RowId, nullable=False),
        sa.Column("inbox_id", RowId),
        sa.Column("part", sa.Integer(), nullable=False),
        conversation_column(),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("status", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("has_buttons", sa.Boolean(), nullable=False),
        sa.Column("delivery", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", Moment, nullable=False),
        sa.Column("error_class", sa.String(64)),
        sa.Column("created_at", Moment, nullable=False),
        conversation_key("outbox"),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name="fk_outbox_inbox_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("inbox_id", "part", name="uq_outbox_inbox_id_part"),
        sa.UniqueConstraint("conversation_id", "sequence", name="uq_outbox_conversation_id_sequence"),
    )
    create_partial_index("ix_outbox_pending", "outbox", ["conversation_id", "id"], "delivery = 'pending'")


def create_tickets():
    op.create_table(
        "tickets",
        sa.Column("id", RowId, nullable=False),
        sa.Column("case_code", sa.String(24), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        conversation_column(),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        conversation_key("tickets"),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        sa.UniqueConstraint("case_code", name="uq_tickets_case_code"),
        sa.UniqueConstraint("conversation_id", "request_id", name="uq_tickets_conversation_id_request_id"),
    )


def create_feedback():
    op.create_table(
        "feedback",
        sa.Column("id", RowId, nullable=False),
        conversation_column(),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(8), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        conversation_key("feedback"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("conversation_id", "sequence", name="uq_feedback_conversation_id_sequence"),
    )


def conversation_column():
    return sa.Column("conversation_id", sa.String(160), nullable=False)


def conversation_key(table):
    return sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=f"fk_{table}_conversation_id")


def create_partial_index(name, table, columns, condition):
    op.create_index(name, table, columns, postgresql_where=sa.text(condition), sqlite_where=sa.text(condition))
