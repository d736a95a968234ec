"""The table of design: who may import whom, and that importing anything does nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MAY_IMPORT = {
    "vietnamese": set(),
    "settings": set(),
    "knowledge": {"vietnamese", "settings"},
    "desk": {"vietnamese", "settings"},
    "actions": {"knowledge", "desk", "vietnamese", "settings"},
    "bot": {"vietnamese"},
    "connectors": {"desk", "vietnamese", "settings"},
    "editing": {"knowledge", "desk", "vietnamese", "settings"},
    "console": {"knowledge", "desk", "editing", "settings"},
    "app": {"vietnamese", "settings", "knowledge", "desk", "editing", "actions", "connectors", "console", "migrations"},
    "migrations": {"desk", "connectors", "editing"},
}
ONLY_PLACE = {
    "knowledge": {"sentence_transformers", "faiss", "bm25s", "onnxruntime", "optimum"},
    "actions": {"rasa_sdk"},
    "bot": {"rasa"},
    "connectors": {"telegram"},
    "editing": {"pypdf"},
    "app": {"uvicorn", "typer"},
}
ALSO_ALLOWED = {("app", "rasa_sdk")}  # app/action_server.py starts the server that actions/ are written for
SOURCES = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]


def imported_roots(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


def room_of(path):
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_it_may(path):
    room = room_of(path)
    ours = {root for root in imported_roots(path) if root in MAY_IMPORT and root != room}
    assert ours <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_used_only_in_its_place(path):
    room = room_of(path)
    for place, libraries in ONLY_PLACE.items():
        if place != room:
            used = {root for root in imported_roots(path) if root in libraries and (room, root) not in ALSO_ALLOWED}
            assert not used, f"{used} belongs to {place}/"


def test_the_actions_folder_is_flat():
    assert not [path for path in (ROOT / "actions").iterdir() if path.is_dir() and path.name != "__pycache__"]


def modules_of_our_environment():
    for path in SOURCES:
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[0] in {"bot", "migrations"}:
            continue
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


IMPORT_WATCH = """
import builtins, importlib, io, os, socket, sys
import alembic.config, fastapi, httpx, itsdangerous, jinja2, numpy, rasa_sdk, sqlalchemy, typer, yaml
project, opened = sys.argv[1], []
real_open = io.open
def watched(file, *a, **k):
    name = os.fspath(file) if isinstance(file, (str, os.PathLike)) else str(file)
    if name.startswith(project) and '/.venv' not in name and not name.endswith(('.py', '.pyc')):
        opened.append(name)
    return real_open(file, *a, **k)
builtins.open = io.open = watched
real_socket = socket.socket.connect
def no_connect(self, address):
    raise AssertionError(f"socket opened to {address} at import")
socket.socket.connect = no_connect
for name in sys.argv[2:]:
    importlib.import_module(name)
assert not opened, opened
"""


def test_importing_any_module_opens_no_file_and_no_socket():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_WATCH, str(ROOT), *modules_of_our_environment()],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_gateway_never_loads_the_libraries_of_the_search():
    code = "import sys, app.gateway; print({'torch', 'faiss', 'sentence_transformers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "set()", done.stdout + done.stderr
