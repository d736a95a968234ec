"""Announcements, held topics, what amends what, and what must be reviewed for it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
HOLDING = "ended_at IS NULL"
UNSETTLED = "settled_at IS NULL"
WAITING = "state = 'waiting'"


def upgrade():
    create_announcements()
    create_said()
    create_holds()
    create_held_answers()
    create_laws()
    create_relations()
    create_flags()


def downgrade():
    for table in (
        *("knowledge_flags", "knowledge_relations", "knowledge_laws"),
        *("held_answers", "answer_holds", "announcements_said", "announcements"),
    ):
        op.drop_table(table)


def create_announcements():
    op.create_table(
        "announcements",
        sa.Column("id", RowId, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("law_id", sa.Integer()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.JSON(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", Moment),
        sa.Column("ended_by", sa.Integer()),
        sa.Column("ended_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_state", "announcements", ["state", "ends_at"])


def create_said():
    op.create_table(
        "announcements_said",
        sa.Column("id", RowId, nullable=False),
        sa.Column("announcement_id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(160), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name="fk_announcements_said_announcement_id"
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_announcements_said_conversation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_announcements_said"),
        sa.UniqueConstraint(
            "conversation_id", "announcement_id", name="uq_announcements_said_conversation_id_announcement_id"
        ),
    )


def create_holds():
    op.create_table(
        "answer_holds",
        sa.Column("id", RowId, nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("articles", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("law_id", sa.Integer()),
        sa.Column("relation_id", sa.Integer()),
        sa.Column("held_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("ended_by", sa.Integer()),
        sa.Column("ended_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_answer_holds"),
    )
    holding = sa.text(HOLDING)
    op.create_index("ix_answer_holds_name", "answer_holds", ["name"], postgresql_where=holding, sqlite_where=holding)


def create_held_answers():
    op.create_table(
        "held_answers",
        sa.Column("id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(160), nullable=False),
        sa.Column("episode_id", RowId, nullable=False),
        sa.Column("hold_id", RowId, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("status", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("held_at", Moment, nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", Moment),
        sa.Column("sequence", sa.Integer()),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_held_answers_conversation_id"),
        sa.ForeignKeyConstraint(["episode_id"], ["episodes.id"], name="fk_held_answers_episode_id"),
        sa.ForeignKeyConstraint(["hold_id"], ["answer_holds.id"], name="fk_held_answers_hold_id"),
        sa.PrimaryKeyConstraint("id", name="pk_held_answers"),
    )
    waiting = sa.text(WAITING)
    op.create_index("ix_held_answers_conversation_id", "held_answers", ["conversation_id"])
    op.create_index(
        "ix_held_answers_waiting", "held_answers", ["episode_id"], postgresql_where=waiting, sqlite_where=waiting
    )


def create_laws():
    op.create_table(
        "knowledge_laws",
        sa.Column("id", RowId, nullable=False),
        sa.Column("number_key", sa.String(200), nullable=False),
        sa.Column("document", sa.String(300), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_laws"),
        sa.UniqueConstraint("number_key", name="uq_knowledge_laws_number_key"),
    )


def create_relations():
    op.create_table(
        "knowledge_relations",
        sa.Column("id", RowId, nullable=False),
        sa.Column("law_id", RowId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("affected", sa.String(300), nullable=False),
        sa.Column("affected_key", sa.String(200), nullable=False),
        sa.Column("articles", sa.String(300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", Moment),
        sa.Column("decision_note", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_by", sa.Integer()),
        sa.Column("ended_at", Moment),
        sa.ForeignKeyConstraint(["law_id"], ["knowledge_laws.id"], name="fk_knowledge_relations_law_id"),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_relations"),
    )
    op.create_index("ix_knowledge_relations_law_id", "knowledge_relations", ["law_id"])
    op.create_index("ix_knowledge_relations_affected_key", "knowledge_relations", ["affected_key"])


def create_flags():
    op.create_table(
        "knowledge_flags",
        sa.Column("id", RowId, nullable=False),
        sa.Column("document_id", RowId, nullable=False),
        sa.Column("relation_id", RowId, nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("settled_at", Moment),
        sa.Column("settled_by", sa.Integer()),
        sa.Column("settled_note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["knowledge_documents.id"], name="fk_knowledge_flags_document_id"),
        sa.ForeignKeyConstraint(["relation_id"], ["knowledge_relations.id"], name="fk_knowledge_flags_relation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_flags"),
        sa.UniqueConstraint("document_id", "relation_id", name="uq_knowledge_flags_document_id_relation_id"),
    )
    unsettled = sa.text(UNSETTLED)
    op.create_index(
        "ix_knowledge_flags_open",
        "knowledge_flags",
        ["document_id"],
        postgresql_where=unsettled,
        sqlite_where=unsettled,
    )
