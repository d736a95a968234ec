"""The action server's second door: answers that the knowledge base suggests to operators.

The gateway asks here because it holds no model. Same process and port as rasa-sdk's door, hence loopback only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from actions.answering import Answering
from actions.suggesting import answer_request
from app.suggestions import PATH

SNAPSHOT_PATH = "/snapshot"
"""Which snapshot is answered from: the workshop looks whether it follows."""
log = logging.getLogger(__name__)


def add_knowledge_door(server: Sanic, knowledge: Callable[[], Answering], snapshot: Callable[[], str]) -> None:  # type: ignore[type-arg]
    """POST `{"question", "role"}`; see actions/suggesting.py. Both callables tell what is in use at the moment."""

    async def suggest(request: Request) -> HTTPResponse:
        try:
            answered = answer_request(request.headers.get("content-type", ""), request.body, knowledge())
        except Exception as error:  # noqa: BLE001 - rasa-sdk's own catch-all would send the question back
            log.error("suggesting failed: %s", type(error).__name__)  # noqa: TRY400 - its text may quote the question
            return json({"error": "failed"}, status=HTTPStatus.INTERNAL_SERVER_ERROR)
        return json(answered.body, status=answered.status)

    async def tell_snapshot(request: Request) -> HTTPResponse:
        return json({"snapshot": snapshot()})

    server.add_route(suggest, PATH, methods=["POST"])
    server.add_route(tell_snapshot, SNAPSHOT_PATH, methods=["GET"])
