"""What is looked up on each handoff and on the page of the channels no longer walks tables of years."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_episodes_claimed_at", "episodes", ["claimed_at"])
    op.create_index("ix_audit_entries_action", "audit_entries", ["action", "id"])


def downgrade():
    op.drop_index("ix_audit_entries_action", "audit_entries")
    op.drop_index("ix_episodes_claimed_at", "episodes")
