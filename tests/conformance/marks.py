"""Which test says that it shows which case: read from the marks, without importing anything."""

import ast
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

MARK = "conformance"
TESTS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, order=True)
class Showing:
    """A test, or a class of tests, and its file below the project's root."""

    path: str
    name: str

    @property
    def sentence(self):
        return self.name.removeprefix("test_").removeprefix("Test").replace("_", " ")


def read_marks(folder=TESTS):
    """Case id → tests, in the order of files and lines."""
    found = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for case in _cases_of(node):
                    found[case].append(Showing(str(path.relative_to(folder.parent)), node.name))
    return dict(found)


def _cases_of(node):
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith(f"mark.{MARK}"):
            for argument in decorator.args:
                value = ast.literal_eval(argument)
                yield from (value,) if isinstance(value, str) else value
