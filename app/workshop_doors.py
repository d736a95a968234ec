"""The workshop's doors: JSON in, JSON out, on loopback, for the gateway. What is asked is never logged."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.concurrency import run_in_threadpool

from editing.trial import TrySubject
from editing.workshop.alike import AlikeFinder
from editing.workshop.bench import Bench
from editing.workshop.metrics import WorkshopMetrics
from editing.workshop.trying import Trying

MEDIA_TYPE = "application/json"
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
BODY_BYTES = 262_144
QUESTION_CHARACTERS = 1_000
MOST_WORDINGS = 200
MOST_ALIKE = 50
NAME_CHARACTERS = 160
LARGEST_ID = 2**62
log = logging.getLogger(__name__)
Answer = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class WorkshopDoors:
    """What stands behind the doors."""

    bench: Bench
    trying: Trying
    finder: AlikeFinder
    metrics: WorkshopMetrics
    wake: Callable[[], None]

    def app(self) -> FastAPI:
        """The ASGI application."""
        app = FastAPI(title="Workshop", docs_url=None, redoc_url=None, openapi_url=None)
        app.add_api_route("/health", self._health, methods=["GET"])
        app.add_api_route("/metrics", self._metrics, methods=["GET"])
        for path, answer in (("/try", self.try_question), ("/alike", self.alike), ("/wake", self.wake_up)):
            app.add_api_route(path, _door(answer), methods=["POST"])
        return app

    def try_question(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Raises an error that names the field for anything but what app/workshop_client.py sends."""
        _only(asked, {"question", "release_id", "version_id", "as_of"})
        subject = TrySubject(_id(asked, "release_id"), _id(asked, "version_id"), _day(asked, "as_of"))
        question = _text(asked, "question", QUESTION_CHARACTERS)
        self.metrics.tried()
        return asdict(self.trying.try_question(question, subject))

    def alike(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Raises as `try_question`."""
        _only(asked, {"wordings", "but_not", "limit"})
        wordings, but_not, limit = asked.get("wordings"), asked.get("but_not", ""), asked.get("limit", 10)
        if not isinstance(wordings, list) or not 1 <= len(wordings) <= MOST_WORDINGS:
            raise _AskedWronglyError(f"wordings: a list of 1 to {MOST_WORDINGS} texts")
        texts = [_checked(text, "wordings", QUESTION_CHARACTERS) for text in wordings]
        if not isinstance(but_not, str) or len(but_not) > NAME_CHARACTERS:
            raise _AskedWronglyError(f"but_not: at most {NAME_CHARACTERS} characters")
        if type(limit) is not int or not 1 <= limit <= MOST_ALIKE:
            raise _AskedWronglyError(f"limit: 1 to {MOST_ALIKE}")
        self.metrics.tried()
        found = self.finder.alike(self.bench.live(), texts, but_not, limit)
        return {"alike": [asdict(one) for one in found]}

    def wake_up(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """The builder looks at once."""
        _only(asked, set())
        self.wake()
        return {}

    async def _health(self) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    async def _metrics(self) -> PlainTextResponse:
        return PlainTextResponse(self.metrics.render(), media_type=PROMETHEUS)


def _door(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def door(request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MEDIA_TYPE:
            # A web page of another site cannot send JSON without asking first.
            return _refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"expected {MEDIA_TYPE}")
        body = await _body(request)
        if body is None:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {BODY_BYTES} bytes")
        return await run_in_threadpool(_answered, answer, body)

    return door


def _answered(answer: Answer, body: bytes) -> Response:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return _refused(HTTPStatus.BAD_REQUEST, "expected JSON")
    if not isinstance(asked, dict):
        return _refused(HTTPStatus.BAD_REQUEST, "expected an object")
    try:
        return JSONResponse(answer(asked))
    except _AskedWronglyError as error:
        return _refused(HTTPStatus.BAD_REQUEST, str(error))
    except Exception as error:  # noqa: BLE001 - the answer must not hold what was asked
        log.error("workshop door: %s", type(error).__name__)  # noqa: TRY400 - its text may quote the question
        return _refused(HTTPStatus.INTERNAL_SERVER_ERROR, "failed")


async def _body(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            return None
    return bytes(body)


class _AskedWronglyError(ValueError):
    """Names the field, never what stood in it."""


def _only(asked: Mapping[str, Any], names: set[str]) -> None:
    if not asked.keys() <= names:
        raise _AskedWronglyError(f"expected {', '.join(sorted(names)) or 'nothing'}")


def _text(asked: Mapping[str, Any], name: str, most: int) -> str:
    return _checked(asked.get(name), name, most)


def _checked(value: object, name: str, most: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > most or "\x00" in value:
        raise _AskedWronglyError(f"{name}: a text of 1 to {most} characters")
    return value


def _id(asked: Mapping[str, Any], name: str) -> int | None:
    value = asked.get(name)
    if value is not None and (type(value) is not int or not 0 < value <= LARGEST_ID):
        raise _AskedWronglyError(f"{name}: a number or null")
    return value


def _day(asked: Mapping[str, Any], name: str) -> date | None:
    value = asked.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _AskedWronglyError(f"{name}: a day like 2026-07-01, or null") from error


def _refused(status: HTTPStatus, why: str) -> JSONResponse:
    return JSONResponse({"error": why}, status_code=status)
