"""What somebody of the agency is here for. One person may have several roles; what each may do is in permissions.py."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Names as stored; what people read is in texts.yml."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"
