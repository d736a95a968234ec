"""House rules that a machine can keep."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "vietnamese",
    "settings",
    "knowledge",
    "desk",
    "editing",
    "actions",
    "bot",
    "connectors",
    "console",
    "app",
    "migrations",
)
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
VIETNAMESE_LETTERS = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def named(path):
    return str(path.relative_to(ROOT))


def strings_and_names(source):
    """Code without comments and docstrings: those may name Vietnamese things."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    attribute_docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings | attribute_docs
        ):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", [p for p in SOURCES if p.relative_to(ROOT).parts[0] != "vietnamese"], ids=named)
def test_vietnamese_that_people_read_is_not_in_code(path):
    found = [
        f"{path.name}:{line}"
        for line, text in strings_and_names(path.read_text(encoding="utf-8"))
        if VIETNAMESE_LETTERS.search(text)
    ]
    assert not found


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_files_and_functions_stay_readable(path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= LONGEST_FUNCTION, f"{node.name} is too long"


def test_no_file_names_a_path_outside_the_project():
    outside = re.compile(r"/work/|\.\./shared")
    listed = list(SOURCES) + [path for path in ROOT.glob("*.*") if path.suffix in {".md", ".yml", ".toml"}]
    assert not [named(path) for path in listed if outside.search(path.read_text(encoding="utf-8"))]
