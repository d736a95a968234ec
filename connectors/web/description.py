"""What each door takes, in the words of OpenAPI 3.1: for whoever reads the gateway's description, or fuzzes by it."""

from __future__ import annotations

from typing import Any

_ID: dict[str, Any] = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}


def _body(required: tuple[str, ...], **properties: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": list(required), "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


AFTER: dict[str, Any] = {"parameters": [_query("after", {"type": "integer", "minimum": 0})]}
EVENTS: dict[str, Any] = {"parameters": [*AFTER["parameters"], _query("token", {"type": "string"})]}
MESSAGE = _body(("message_id",), message_id=_ID, text={"type": "string"}, choice={"type": "string"})
FEEDBACK = _body(
    ("id", "value"),
    id={"type": "integer", "minimum": 1},
    value={"type": "string", "enum": ["up", "down"]},
    comment={"type": "string"},
    reason={"type": "string", "enum": ["wrong", "unclear"]},
)
TICKET = _body(
    ("request_id", "name", "contact", "question"),
    request_id=_ID,
    name={"type": "string"},
    contact={"type": "string"},
    question={"type": "string"},
)
