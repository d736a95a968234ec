"""Whether the knowledge base is kept in the database, and the database for a command about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, inspect, make_url

from app.database import database_url, opened_database
from app.failures import CommandError
from desk.database import build_engine, reading
from editing.seeding import is_empty

DOCUMENTS_TABLE = "knowledge_documents"


def has_knowledge(environment: Mapping[str, str]) -> bool:
    """False before the product was first started: then the files alone are the base. Makes no database."""
    url = make_url(database_url(environment))
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
        return False
    engine = build_engine(url.render_as_string(hide_password=False))
    try:
        with reading(engine) as connection:
            return inspect(connection).has_table(DOCUMENTS_TABLE) and not is_empty(connection)
    finally:
        engine.dispose()


@contextmanager
def opened_base(environment: Mapping[str, str]) -> Iterator[Engine]:
    """The database with the knowledge in it. Raises CommandError when it holds none."""
    if not has_knowledge(environment):
        raise CommandError("the database holds no knowledge yet; it takes it over when `bhxh up` first starts")
    with opened_database(environment) as engine:
        yield engine
