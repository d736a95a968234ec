"""Who may pass which door of the console, as a table of docs/security.md; `make golden` writes it anew."""

from console.operator.doors import operator_doors
from console.security.access import Open
from desk.accounts.permissions import ALLOWED
from desk.accounts.role import Role
from tests.benchmark.page import between_marks, write_measured
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "security.md"
COMMAND = "python -m tests.security.matrix"
ANYBODY, SIGNED_IN = "anybody", "whoever is signed in"


def rows():
    """The doors in the order in which addresses are compared; they do not depend on the room behind them."""
    yield f"| door | needs | {' | '.join(Role)} |"
    yield "|---|---|" + "---|" * len(Role)
    for door in operator_doors(object()):
        if isinstance(door.need, Open):
            need = ANYBODY if door.need is Open.ANYBODY else SIGNED_IN
            marks = " | ".join("●" for _ in Role)
        else:
            need = f"`{door.need}`"
            marks = " | ".join("●" if door.need in ALLOWED[role] else "" for role in Role)
        yield f"| `{door.method} {door.path}` | {need} | {marks} |"


def written():
    """What the page says now."""
    return [line for line in between_marks(COMMAND, PAGE) if line]


if __name__ == "__main__":
    write_measured(COMMAND, rows(), PAGE)
