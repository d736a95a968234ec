"""The log of answers given, the questions that were not answered, and operators' replies as drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade():
    create_answer_log()
    create_gap_clusters()
    create_gap_questions()
    create_gap_events()
    create_suggested_replies()


def downgrade():
    for table in ("suggested_replies", "gap_events", "gap_questions", "gap_clusters", "answer_log"):
        op.drop_table(table)


def create_answer_log():
    op.create_table(
        "answer_log",
        sa.Column("id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(160), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("status", sa.String(64), nullable=False),
        sa.Column("passage_id", sa.String(255), nullable=False),
        sa.Column("document", sa.String(160), nullable=False),
        sa.Column("section", sa.String(255), nullable=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("snapshot", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("was_chosen", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.String(16), server_default="", nullable=False),
        sa.Column("troubled_at", Moment),
        sa.Column("is_sorted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_answer_log_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_log"),
        sa.UniqueConstraint("conversation_id", "sequence", name="uq_answer_log_conversation_id_sequence"),
    )
    create_partial_index("ix_answer_log_unsorted", "answer_log", ["id"], "trouble != '' AND NOT is_sorted")
    op.create_index("ix_answer_log_document", "answer_log", ["document", "version", "at"])
    op.create_index("ix_answer_log_status", "answer_log", ["status", "at"])
    op.create_index("ix_answer_log_topic", "answer_log", ["topic", "at"])
    op.create_index("ix_answer_log_at", "answer_log", ["at", "status", "topic", "document"])


def create_gap_clusters():
    op.create_table(
        "gap_clusters",
        sa.Column("id", RowId, nullable=False),
        sa.Column("title", sa.String(300), server_default="", nullable=False),
        sa.Column("central_id", sa.Integer()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("assignee_id", sa.Integer()),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("document", sa.String(160), server_default="", nullable=False),
        sa.Column("document_at", Moment),
        sa.Column("duplicate_of", sa.Integer()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("settled_at", Moment),
        sa.Column("reopened_at", Moment),
        sa.Column("checked_snapshot", sa.String(64), server_default="", nullable=False),
        sa.Column("checked_at", Moment),
        sa.Column("checked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("vector", sa.LargeBinary()),
        sa.Column("model", sa.String(64), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gap_clusters"),
    )
    op.create_index("ix_gap_clusters_state", "gap_clusters", ["state", "id"])
    op.create_index("ix_gap_clusters_document", "gap_clusters", ["document"])


def create_gap_questions():
    op.create_table(
        "gap_questions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("answer_id", RowId, nullable=False),
        sa.Column("cluster_id", RowId),
        sa.Column("status_now", sa.String(64), server_default="", nullable=False),
        sa.Column("document_now", sa.String(160), server_default="", nullable=False),
        sa.Column("asked_again_at", Moment),
        sa.ForeignKeyConstraint(["answer_id"], ["answer_log.id"], name="fk_gap_questions_answer_id"),
        sa.ForeignKeyConstraint(["cluster_id"], ["gap_clusters.id"], name="fk_gap_questions_cluster_id"),
        sa.PrimaryKeyConstraint("id", name="pk_gap_questions"),
        sa.UniqueConstraint("answer_id", name="uq_gap_questions_answer_id"),
    )
    op.create_index("ix_gap_questions_cluster_id", "gap_questions", ["cluster_id", "id"])
    create_partial_index("ix_gap_questions_loose", "gap_questions", ["id"], "cluster_id IS NULL")


def create_gap_events():
    op.create_table(
        "gap_events",
        sa.Column("id", RowId, nullable=False),
        sa.Column("cluster_id", RowId, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["gap_clusters.id"], name="fk_gap_events_cluster_id"),
        sa.PrimaryKeyConstraint("id", name="pk_gap_events"),
    )
    op.create_index("ix_gap_events_cluster_id", "gap_events", ["cluster_id", "id"])


def create_suggested_replies():
    op.create_table(
        "suggested_replies",
        sa.Column("id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(160), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("operator_id", RowId, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_suggested_replies_conversation_id"),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name="fk_suggested_replies_operator_id"),
        sa.PrimaryKeyConstraint("id", name="pk_suggested_replies"),
        sa.UniqueConstraint("conversation_id", "sequence", name="uq_suggested_replies_conversation_id_sequence"),
    )


def create_partial_index(name, table, columns, condition):
    where = sa.text(condition)
    op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)
