"""Who wants news, and the messages that are sent to many."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
ACTIVE = sa.text("ended_at IS NULL")


def upgrade():
    create_topics()
    create_subscriptions()
    create_mailings()
    create_recipients()


def downgrade():
    for table in ("mailing_recipients", "mailings", "news_subscriptions", "news_topics"):
        op.drop_table(table)


def create_topics():
    op.create_table(
        "news_topics",
        sa.Column("id", RowId, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("description", sa.String(300), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_news_topics"),
        sa.UniqueConstraint("key", name="uq_news_topics_key"),
    )


def create_subscriptions():
    op.create_table(
        "news_subscriptions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(160), nullable=False),
        sa.Column("topic_id", RowId, nullable=False),
        sa.Column("subscribed_at", Moment, nullable=False),
        sa.Column("words", sa.String(120), nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("ended_words", sa.String(120), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_news_subscriptions_conversation_id"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["news_topics.id"], name="fk_news_subscriptions_topic_id"),
        sa.PrimaryKeyConstraint("id", name="pk_news_subscriptions"),
    )
    pair = ["conversation_id", "topic_id"]
    where = {"postgresql_where": ACTIVE, "sqlite_where": ACTIVE}
    op.create_index("uq_news_subscriptions_active", "news_subscriptions", pair, unique=True, **where)
    op.create_index("ix_news_subscriptions_topic_id", "news_subscriptions", ["topic_id", "conversation_id"])


def create_mailings():
    op.create_table(
        "mailings",
        sa.Column("id", RowId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("topic_id", RowId),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(300), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("document", sa.String(160), nullable=False),
        sa.Column("send_at", Moment),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.JSON(), nullable=False),
        sa.Column("submitted_at", Moment),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", Moment),
        sa.Column("rejection", sa.Text(), nullable=False),
        sa.Column("started_at", Moment),
        sa.Column("finished_at", Moment),
        sa.Column("halt_reason", sa.Text(), nullable=False),
        sa.Column("halted_by", sa.Integer()),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["news_topics.id"], name="fk_mailings_topic_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mailings"),
    )
    op.create_index("ix_mailings_state", "mailings", ["state", "id"])


def create_recipients():
    table = "mailing_recipients"
    op.create_table(
        table,
        sa.Column("id", RowId, nullable=False),
        sa.Column("mailing_id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(160), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer()),
        sa.Column("not_before", Moment),
        sa.Column("queued_at", Moment),
        sa.Column("ended_at", Moment),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailings.id"], name="fk_mailing_recipients_mailing_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_mailing_recipients_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mailing_recipients"),
        sa.UniqueConstraint("mailing_id", "conversation_id", name="uq_mailing_recipients_mailing_id_conversation_id"),
    )
    op.create_index("ix_mailing_recipients_state", table, ["mailing_id", "state", "channel", "id"])
    op.create_index("ix_mailing_recipients_conversation_id", table, ["conversation_id"])
