"""Drafts the next migration from what the tables in the code have and an upgraded empty database lacks.

python -m migrations.draft 0002 "what changes"      then read it, mend it, and run the migration tests
"""

import sys

from alembic import command

from desk.database import build_engine
from desk.migrate import migration_config, upgrade


def main():
    number, message = sys.argv[1:]
    engine = build_engine("sqlite://")
    upgrade(engine)
    with engine.begin() as connection:
        command.revision(migration_config(connection), message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main()
