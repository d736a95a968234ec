"""Event logs that only grow, audit lines that go only when old; what an erasure and a retention run remember."""

import sqlalchemy as sa
from alembic import op

from desk.append_only import append_only_sql, drop_guards_sql, event_log_sql, kept_for_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
AUDIT_DAYS = 730
EVENT_LOGS = {
    "desk_events": ("id", "episode_id", "number", "kind", "at", "actor"),
    "ticket_events": ("id", "ticket_id", "number", "kind", "at", "actor"),
}
NEW_TABLES = ("retention_runs", "memory_erasures", "erased_messages")


def upgrade():
    dialect = op.get_bind().dialect.name
    for table, columns in EVENT_LOGS.items():
        run(event_log_sql(table, columns, dialect))
    run(drop_guards_sql("audit_entries", dialect))
    run(kept_for_sql("audit_entries", AUDIT_DAYS, dialect))
    op.create_table(
        "erased_messages",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("erased_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_erased_messages"),
    )
    op.create_index("ix_erased_messages_erased_at", "erased_messages", ["erased_at"])
    op.create_table(
        "memory_erasures",
        sa.Column("conversation_id", sa.String(160), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_memory_erasures"),
    )
    op.create_index("ix_memory_erasures_asked_at", "memory_erasures", ["asked_at"])
    op.create_table(
        "retention_runs",
        sa.Column("id", RowId, nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("finished_at", Moment),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_retention_runs"),
    )


def downgrade():
    for table in NEW_TABLES:
        op.drop_table(table)
    dialect = op.get_bind().dialect.name
    for table in (*EVENT_LOGS, "audit_entries"):
        run(drop_guards_sql(table, dialect))
    run(append_only_sql("audit_entries", dialect))


def run(statements):
    bind = op.get_bind()
    for statement in statements:
        bind.exec_driver_sql(statement)
