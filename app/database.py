"""Where the database is, and whether it is usable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from app.paths import VAR
from desk.database import build_engine, reading
from desk.migrate import upgrade
from editing.pointer import pointed_at
from editing.release import knowledge_releases
from editing.release_store import live_release

URL_VARIABLE = "BHXH_DATABASE_URL"


def database_url(environment: Mapping[str, str]) -> str:
    """From the environment, because it may hold a password; else a file under `var/`."""
    return environment.get(URL_VARIABLE, "") or f"sqlite:///{VAR / 'bhxh.db'}"


def prepare_database(url: str) -> Engine:
    """An engine on a database with all tables of this version."""
    if make_url(url).get_backend_name() == "sqlite":
        VAR.mkdir(parents=True, exist_ok=True)
    engine = build_engine(url)
    upgrade(engine)
    return engine


@contextmanager
def opened_database(environment: Mapping[str, str]) -> Iterator[Engine]:
    """The product's database for the length of the block, with all tables of this version."""
    engine = prepare_database(database_url(environment))
    try:
        yield engine
    finally:
        engine.dispose()


def describe_release(url: str, index: Path) -> tuple[bool, str]:
    """Whether the pointer of `index` names the live release; True as well where the database holds no knowledge yet."""
    engine = build_engine(url)
    try:
        if not inspect(engine).has_table(knowledge_releases.name):
            return True, "no knowledge in the database yet"
        with reading(engine) as connection:
            live = live_release(connection)
    finally:
        engine.dispose()
    if live is None:
        return True, "no knowledge in the database yet"
    served = pointed_at(index)
    return live.snapshot_id == served, f"release {live.id} is {live.snapshot_id}, served is {served}"


def describe_database(url: str) -> tuple[bool, str]:
    """Whether it answers, and what it is, without the password."""
    try:
        shown = make_url(url).render_as_string(hide_password=True)
        engine = build_engine(url)
    except (SQLAlchemyError, ImportError) as error:
        return False, f"{URL_VARIABLE} is not an address of a database: {type(error).__name__}"
    try:
        with engine.connect() as connection:
            connection.execute(text("select 1"))
    except SQLAlchemyError as error:
        return False, f"{shown}: {type(error).__name__}"
    finally:
        engine.dispose()
    return True, shown
