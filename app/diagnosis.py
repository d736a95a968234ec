"""The single checks of `bhxh doctor`. None raises: what fails is a finding with its remedy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable

from app.failures import shown_failures
from app.paths import MODELS, RASA, ROOT, SETTINGS, VAR
from app.ports import is_free
from app.stack import is_ready
from connectors.channel import Finding

FREE_GIB = 2
RASA_VERSION = "3.6.21"


def all_checks(port: int) -> list[Callable[[], Finding]]:
    """In the order in which a person would mend things."""
    checks: list[Callable[[], Finding]] = [
        check_disk,
        check_python,
        check_rasa_environment,
        check_settings,
        check_content,
        check_model,
        check_index,
        check_dialogue_model,
        check_database,
        check_live_release,
        check_channels,
        lambda: check_port(port),
    ]
    return [never_failing(check) for check in checks]


def never_failing(check: Callable[[], Finding]) -> Callable[[], Finding]:
    """What stops one check is its finding; the others still run."""

    def checked() -> Finding:
        try:
            return check()
        except shown_failures() as error:
            name = getattr(check, "__name__", "check").removeprefix("check_").replace("_", " ")
            return Finding(name, False, str(error), "mend what is named, then run this again")

    return checked


def check_disk() -> Finding:
    """Logs, database and a second snapshot need room."""
    free = shutil.disk_usage(ROOT).free / 2**30
    return Finding("disk", free >= FREE_GIB, f"{free:.1f} GiB free", f"free at least {FREE_GIB} GiB")


def check_python() -> Finding:
    """The environment that runs this command."""
    version = sys.version.split()[0]
    return Finding(
        "Python of the product", sys.version_info >= (3, 11), version, "make setup with Python 3.11 or newer"
    )


def check_rasa_environment() -> Finding:
    """Rasa in its own environment, in the version the product was built for."""
    if not RASA.exists():
        return Finding("Rasa environment", False, ".venv-rasa is missing", "make setup")
    code = "import importlib.metadata as m; print(m.version('rasa'))"
    python = RASA.parent / "python"
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True)
    version = done.stdout.strip() or done.stderr.strip()[-80:]
    return Finding("Rasa environment", version == RASA_VERSION, version, "rm -rf .venv-rasa && make setup")


def check_settings() -> Finding:
    """Every section reads."""
    from connectors.settings import ConnectorSettings
    from editing.settings import EditingSettings
    from knowledge.settings import KnowledgeSettings
    from settings.reader import SettingsError, read_section

    try:
        read_section(SETTINGS, "knowledge", KnowledgeSettings)
        read_section(SETTINGS, "connectors", ConnectorSettings)
        read_section(SETTINGS, "editing", EditingSettings)
    except SettingsError as error:
        return Finding("settings.yml", False, str(error), "mend the key named; docs/settings.md explains each")
    return Finding("settings.yml", True, "every section reads")


def check_content() -> Finding:
    """Directives and FAQs."""
    from knowledge.bootstrap import find_problems

    problems = [problem for problem in find_problems(SETTINGS) if not problem.is_warning]
    return Finding(
        "knowledge base", not problems, f"{len(problems)} errors", "bhxh knowledge validate lists them by file and line"
    )


def check_model() -> Finding:
    """Present, and gives the vector it gave when it was built."""
    from knowledge.bootstrap import verify_model
    from knowledge.errors import KnowledgeError

    try:
        detail = verify_model(SETTINGS)
    except KnowledgeError as error:
        return Finding("embedding model", False, str(error), "rm -rf var/models && make setup")
    return Finding("embedding model", True, detail)


def check_index() -> Finding:
    """The current snapshot loads and belongs to the model."""
    from knowledge.bootstrap import describe_index
    from knowledge.errors import KnowledgeError

    try:
        detail = describe_index(SETTINGS)
    except KnowledgeError as error:
        return Finding("index", False, str(error), "bhxh knowledge publish")
    return Finding("index", True, detail)


def check_dialogue_model() -> Finding:
    """A trained model."""
    models = sorted(MODELS.glob("*.tar.gz"))
    detail = models[-1].name if models else "models/ holds none"
    return Finding("dialogue model", bool(models), detail, "bhxh train")


def check_database() -> Finding:
    """Can be reached; its tables are made or brought up to date at every start."""
    import os

    from app.database import database_url, describe_database

    good, detail = describe_database(database_url(os.environ))
    remedy = f"check BHXH_DATABASE_URL; the default is a file under {VAR.relative_to(ROOT)}/"
    return Finding("database", good, detail, remedy)


def check_live_release() -> Finding:
    """What is served is what the database says is live; before the first start there is nothing to compare."""
    import os

    from app.database import database_url, describe_release
    from knowledge.bootstrap import open_room

    good, detail = describe_release(database_url(os.environ), open_room(SETTINGS).index)
    return Finding("live release", good, detail, "bhxh up: the workshop moves the pointer, or makes the snapshot anew")


def check_channels() -> Finding:
    """Switched on and off in the environment; half configured ones stop the start."""
    import os

    from app.channels import check_environment
    from settings.reader import SettingsError

    try:
        switched_on = check_environment(os.environ)
    except SettingsError as error:
        return Finding("channels", False, str(error), "set what is named, or unset all variables of that channel")
    return Finding("channels", True, ", ".join(("web", *switched_on)))


def check_port(port: int) -> Finding:
    """Free, or held by a product that runs already."""
    if is_free(port):
        return Finding("public port", True, f"{port} is free")
    if is_ready(f"http://127.0.0.1:{port}/healthz"):
        return Finding("public port", True, f"{port}: the product runs there")
    return Finding("public port", False, f"{port} is held by something else", f"make chat PORT={port + 1}")
