"""Imports of documents before they are drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "knowledge_imports",
        sa.Column("id", RowId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("media", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("original", sa.LargeBinary()),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.String(32), server_default="", nullable=False),
        sa.Column("refusal_values", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("ended_by", sa.Integer()),
        sa.Column("ended_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_imports"),
    )
    op.create_index("ix_knowledge_imports_digest", "knowledge_imports", ["digest"])
    op.create_table(
        "knowledge_import_rows",
        sa.Column("id", RowId, nullable=False),
        sa.Column("import_id", RowId, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("is_out", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("alike", sa.JSON()),
        sa.Column("version_id", sa.Integer()),
        sa.Column("version_revision", sa.Integer()),
        sa.Column("kept_because", sa.String(32), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["knowledge_imports.id"], name="fk_knowledge_import_rows_import_id"),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_import_rows"),
        sa.UniqueConstraint("import_id", "place", name="uq_knowledge_import_rows_import_id_place"),
    )


def downgrade():
    for table in ("knowledge_import_rows", "knowledge_imports"):
        op.drop_table(table)
