"""Documents of the knowledge base with their versions, what happened to them, and releases."""

import sqlalchemy as sa
from alembic import op

from desk.append_only import kept_for_sql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
OPEN = "state IN ('draft', 'submitted', 'rejected', 'approved')"
LIVE = "state = 'live'"
KEPT_DAYS = 3_650


def upgrade():
    create_documents()
    create_versions()
    create_events()
    create_releases()


def downgrade():
    for table in ("knowledge_releases", "knowledge_events", "knowledge_versions", "knowledge_documents"):
        op.drop_table(table)


def create_documents():
    op.create_table(
        "knowledge_documents",
        sa.Column("id", RowId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("file", sa.String(120), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.Integer()),
        sa.Column("file_digest", sa.String(64)),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_documents"),
        sa.UniqueConstraint("kind", "key", name="uq_knowledge_documents_kind_key"),
    )


def create_versions():
    op.create_table(
        "knowledge_versions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("document_id", RowId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("withdraws", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("live_from", sa.Date()),
        sa.Column("live_to", sa.Date()),
        sa.Column("replaced_on", sa.Date()),
        sa.Column("review_by", sa.Date()),
        sa.Column("change_note", sa.Text(), server_default="", nullable=False),
        sa.Column("public_note", sa.Text(), server_default="", nullable=False),
        sa.Column("author_id", sa.Integer()),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("submitted_at", Moment),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", Moment),
        sa.Column("rejection", sa.Text(), server_default="", nullable=False),
        sa.Column("forced_reason", sa.Text()),
        sa.Column("import_id", sa.Integer()),
        sa.Column("published_at", Moment),
        sa.Column("ended_at", Moment),
        sa.ForeignKeyConstraint(["document_id"], ["knowledge_documents.id"], name="fk_knowledge_versions_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_versions"),
        sa.UniqueConstraint("document_id", "number", name="uq_knowledge_versions_document_id_number"),
    )
    create_partial_index("uq_knowledge_versions_open", "knowledge_versions", ["document_id"], OPEN)
    op.create_index("ix_knowledge_versions_state", "knowledge_versions", ["state", "document_id"])
    op.create_index("ix_knowledge_versions_import_id", "knowledge_versions", ["import_id"])


def create_events():
    op.create_table(
        "knowledge_events",
        sa.Column("id", RowId, nullable=False),
        sa.Column("document_id", sa.Integer()),
        sa.Column("version_id", sa.Integer()),
        sa.Column("release_id", sa.Integer()),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_events"),
    )
    op.create_index("ix_knowledge_events_document_id", "knowledge_events", ["document_id", "id"])
    op.create_index("ix_knowledge_events_version_id", "knowledge_events", ["version_id"])
    bind = op.get_bind()
    for statement in kept_for_sql("knowledge_events", KEPT_DAYS, bind.dialect.name):
        bind.exec_driver_sql(statement)


def create_releases():
    op.create_table(
        "knowledge_releases",
        sa.Column("id", RowId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("base_id", sa.Integer()),
        sa.Column("snapshot_id", sa.String(64)),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("report", sa.JSON()),
        sa.Column("texts_embedded", sa.Integer()),
        sa.Column("texts_total", sa.Integer()),
        sa.Column("step", sa.String(32), server_default="", nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.String(128), server_default="", nullable=False),
        sa.Column("lease_until", Moment),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_forced", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("requested_by", sa.String(64), nullable=False),
        sa.Column("requested_at", Moment, nullable=False),
        sa.Column("started_at", Moment),
        sa.Column("ready_at", Moment),
        sa.Column("published_by", sa.String(64)),
        sa.Column("published_at", Moment),
        sa.Column("retired_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_releases"),
    )
    create_partial_index("uq_knowledge_releases_live", "knowledge_releases", ["state"], LIVE)
    op.create_index("ix_knowledge_releases_digest", "knowledge_releases", ["digest"])


def create_partial_index(name, table, columns, condition):
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, postgresql_where=where, sqlite_where=where)
