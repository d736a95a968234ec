"""Operators, their sessions and presence, audit; notes and canned responses."""

import sqlalchemy as sa
from alembic import op

from desk.append_only import append_only_sql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
NEW_TABLES = (
    "conversation_notes",
    "canned_responses",
    "operator_sessions",
    "operator_presence",
    "earlier_passwords",
    "sign_in_attempts",
    "operators",
    "audit_entries",
)


def upgrade():
    create_audit_entries()
    guard_audit()
    create_operators()
    create_sign_in_attempts()
    create_earlier_passwords()
    create_operator_presence()
    create_operator_sessions()
    create_canned_responses()
    create_conversation_notes()


def downgrade():
    for table in NEW_TABLES:
        op.drop_table(table)


def create_audit_entries():
    op.create_table(
        "audit_entries",
        sa.Column("id", RowId, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=48), nullable=False),
        sa.Column("subject", sa.String(length=192), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_actor", "audit_entries", ["actor", "id"], unique=False)
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"], unique=False)
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject", "id"], unique=False)


def guard_audit():
    bind = op.get_bind()
    for statement in append_only_sql("audit_entries", bind.dialect.name):
        bind.exec_driver_sql(statement)


def create_operators():
    op.create_table(
        "operators",
        sa.Column("id", RowId, nullable=False),
        sa.Column("login", sa.String(length=32), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("team", sa.String(length=64), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("password_changed_at", Moment, nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("temporary_until", Moment),
        sa.Column("totp_secret", sa.Text()),
        sa.Column("totp_candidate", sa.Text()),
        sa.Column("totp_last_step", sa.BigInteger()),
        sa.Column("must_enrol_totp", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", Moment),
        sa.Column("last_signed_in_at", Moment),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operators"),
        sa.UniqueConstraint("login", name="uq_operators_login"),
    )


def create_sign_in_attempts():
    op.create_table(
        "sign_in_attempts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", Moment, nullable=False),
        sa.Column("locked_until", Moment),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_last_at", "sign_in_attempts", ["last_at"], unique=False)


def create_earlier_passwords():
    op.create_table(
        "earlier_passwords",
        sa.Column("id", RowId, nullable=False),
        sa.Column("operator_id", RowId, nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("replaced_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name="fk_earlier_passwords_operator_id"),
        sa.PrimaryKeyConstraint("id", name="pk_earlier_passwords"),
    )
    op.create_index("ix_earlier_passwords_operator_id", "earlier_passwords", ["operator_id"], unique=False)


def create_operator_presence():
    op.create_table(
        "operator_presence",
        sa.Column("operator_id", RowId, autoincrement=False, nullable=False),
        sa.Column("chosen", sa.String(length=16), nullable=False),
        sa.Column("chosen_at", Moment, nullable=False),
        sa.Column("active_at", Moment, nullable=False),
        sa.Column("heard_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name="fk_operator_presence_operator_id"),
        sa.PrimaryKeyConstraint("operator_id", name="pk_operator_presence"),
    )


def create_operator_sessions():
    op.create_table(
        "operator_sessions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("operator_id", RowId, nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("idle_seconds", sa.Float(), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name="fk_operator_sessions_operator_id"),
        sa.PrimaryKeyConstraint("id", name="pk_operator_sessions"),
        sa.UniqueConstraint("token_digest", name="uq_operator_sessions_token_digest"),
    )
    op.create_index("ix_operator_sessions_operator_id", "operator_sessions", ["operator_id"], unique=False)


def create_canned_responses():
    op.create_table(
        "canned_responses",
        sa.Column("id", RowId, nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_by", RowId, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("removed_at", Moment),
        sa.ForeignKeyConstraint(["changed_by"], ["operators.id"], name="fk_canned_responses_changed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_canned_responses"),
        sa.UniqueConstraint("code", name="uq_canned_responses_code"),
    )


def create_conversation_notes():
    op.create_table(
        "conversation_notes",
        sa.Column("id", RowId, nullable=False),
        sa.Column("conversation_id", sa.String(length=160), nullable=False),
        sa.Column("operator_id", RowId, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_conversation_notes_conversation_id"
        ),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name="fk_conversation_notes_operator_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_notes"),
    )
    op.create_index("ix_conversation_notes_conversation_id", "conversation_notes", ["conversation_id"], unique=False)
