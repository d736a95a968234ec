"""The table of rights that people read is the one that the server keeps."""

from pathlib import Path

from desk.accounts.permissions import ALLOWED, Permission
from desk.accounts.role import Role
from desk.accounts.texts import load_account_texts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "keep-accounts.md"


def rows():
    texts = load_account_texts()
    yield f"| permission | {' | '.join(Role)} | on the page |"
    yield "|---|" + "---|" * (len(Role) + 1)
    for permission in Permission:
        marks = " | ".join("●" if permission in ALLOWED[role] else "" for role in Role)
        yield f"| `{permission}` | {marks} | {texts.permission(permission)} |"


def test_the_table_of_rights_in_the_docs_is_the_one_in_the_code():
    written = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert written == list(rows())
