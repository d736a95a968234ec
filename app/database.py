"""Where the database is, and whether it is usable."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from app.paths import VAR
from desk.database import build_engine
from desk.migrate import upgrade

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
