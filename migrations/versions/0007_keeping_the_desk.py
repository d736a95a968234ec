"""Weekly hours that a supervisor enters; nobody stands twice in one turn of duty."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DOUBLED = """DELETE FROM duty_roster
WHERE id NOT IN (SELECT MIN(id) FROM duty_roster GROUP BY day, team, opens, name)"""


def upgrade():
    op.create_table(
        "team_hours",
        sa.Column("team", sa.String(32), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("operator_id", sa.Integer()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team", name="pk_team_hours"),
    )
    op.execute(DOUBLED)
    op.create_index("uq_duty_roster_turn", "duty_roster", ["day", "team", "opens", "name"], unique=True)


def downgrade():
    op.drop_index("uq_duty_roster_turn", "duty_roster")
    op.drop_table("team_hours")
