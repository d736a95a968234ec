"""Who corrected a row of an import, so that they do not approve what they wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    corrected = sa.Column("corrected_by", sa.JSON(), server_default="[]", nullable=False)
    op.add_column("knowledge_import_rows", corrected)


def downgrade():
    op.drop_column("knowledge_import_rows", "corrected_by")
