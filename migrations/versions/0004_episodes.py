"""Episodes of people in conversations, tickets with clocks, calendar and duty roster."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
NEW_TABLES = (
    "ticket_events",
    "late_dossiers",
    "desk_events",
    "episodes",
    "duty_roster",
    "calendar_years",
    "calendar_days",
)
TICKET_COLUMNS = (
    "version",
    "assignee_id",
    "units",
    "attempts",
    "clock_from",
    "due_at",
    "warn_at",
    "warned_at",
    "breached_at",
    "answered_at",
    "reappointed_on",
    "closed_at",
    "outcome",
)


def upgrade():
    create_episodes()
    create_desk_events()
    create_calendar_days()
    create_calendar_years()
    create_duty_roster()
    create_late_dossiers()
    create_ticket_events()
    widen_outbox()
    widen_tickets()


def downgrade():
    op.drop_index("ix_tickets_open_due", table_name="tickets")
    for column in TICKET_COLUMNS:
        op.drop_column("tickets", column)
    op.drop_index("uq_outbox_request_id", table_name="outbox")
    op.drop_column("outbox", "request_id")
    for table in NEW_TABLES:
        op.drop_table(table)


def create_episodes():
    op.create_table(
        "episodes",
        sa.Column("id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer()),
        sa.Column("forward_to", sa.Integer()),
        sa.Column("reason", sa.String(length=32)),
        sa.Column("priority", sa.String(length=16), nullable=False),
        sa.Column("waiting_since", Moment),
        sa.Column("claimed_at", Moment),
        sa.Column("closed_at", Moment),
        sa.Column("close_reason", sa.String(length=32)),
        sa.Column("opened_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name="fk_episodes_conversation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_episodes"),
        sa.UniqueConstraint("conversation_id", "number", name="uq_episodes_conversation_id_number"),
    )
    op.create_index(
        "ix_episodes_open_state",
        "episodes",
        ["state", "waiting_since"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "uq_episodes_open",
        "episodes",
        ["conversation_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )


def create_desk_events():
    op.create_table(
        "desk_events",
        sa.Column("id", RowId, nullable=False),
        sa.Column("episode_id", RowId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["episode_id"], ["episodes.id"], name="fk_desk_events_episode_id"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_events"),
        sa.UniqueConstraint("episode_id", "number", name="uq_desk_events_episode_id_number"),
    )


def create_calendar_days():
    op.create_table(
        "calendar_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("operator_id", sa.Integer()),
        sa.Column("changed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_calendar_days"),
    )


def create_calendar_years():
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("operator_id", sa.Integer()),
        sa.Column("confirmed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_calendar_years"),
    )


def create_duty_roster():
    op.create_table(
        "duty_roster",
        sa.Column("id", RowId, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("operator_id", sa.Integer()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("telephone", sa.String(length=20), nullable=False),
        sa.Column("entered_by", sa.Integer()),
        sa.Column("entered_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_duty_roster"),
    )
    op.create_index("ix_duty_roster_day", "duty_roster", ["day", "team"], unique=False)


def create_late_dossiers():
    op.create_table(
        "late_dossiers",
        sa.Column("ticket_id", RowId, autoincrement=False, nullable=False),
        sa.Column("dossier_code", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_late_dossiers_ticket_id"),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_late_dossiers"),
    )


def create_ticket_events():
    op.create_table(
        "ticket_events",
        sa.Column("id", RowId, nullable=False),
        sa.Column("ticket_id", RowId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name="fk_ticket_events_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_events"),
        sa.UniqueConstraint("ticket_id", "number", name="uq_ticket_events_ticket_id_number"),
    )


def widen_outbox():
    op.add_column("outbox", sa.Column("request_id", sa.String(64)))
    where = sa.text("request_id IS NOT NULL")
    columns = ["conversation_id", "request_id"]
    op.create_index("uq_outbox_request_id", "outbox", columns, unique=True, postgresql_where=where, sqlite_where=where)


def widen_tickets():
    op.add_column("tickets", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("tickets", sa.Column("assignee_id", sa.Integer()))
    op.add_column("tickets", sa.Column("units", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("tickets", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("tickets", sa.Column("clock_from", Moment))
    op.add_column("tickets", sa.Column("due_at", Moment))
    op.add_column("tickets", sa.Column("warn_at", Moment))
    op.add_column("tickets", sa.Column("warned_at", Moment))
    op.add_column("tickets", sa.Column("breached_at", Moment))
    op.add_column("tickets", sa.Column("answered_at", Moment))
    op.add_column("tickets", sa.Column("reappointed_on", sa.Date()))
    op.add_column("tickets", sa.Column("closed_at", Moment))
    op.add_column("tickets", sa.Column("outcome", sa.String(length=32)))
    op.create_index(
        "ix_tickets_open_due",
        "tickets",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
