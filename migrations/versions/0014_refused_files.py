"""A file that is refused is no import any more: nothing of it is kept but a line of the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

imports = sa.table("knowledge_imports", sa.column("state", sa.String()))


def upgrade():
    op.execute(sa.delete(imports).where(imports.c.state == "refused"))
    for column in ("refusal", "refusal_values"):
        op.drop_column("knowledge_imports", column)


def downgrade():
    op.add_column("knowledge_imports", sa.Column("refusal", sa.String(32), server_default="", nullable=False))
    op.add_column("knowledge_imports", sa.Column("refusal_values", sa.JSON(), server_default="{}", nullable=False))
