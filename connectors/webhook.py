"""The doors that channels call: /webhooks/…"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from connectors.channel import WebhookChannel, WebhookRequest
from connectors.intake import Intake
from connectors.metrics import Count, Metrics
from connectors.request_body import BodyTooLargeError, read_body

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WebhookDoor:
    """One channel's door. `is_stopping` closes it: what is not stored must not be acknowledged."""

    channel: WebhookChannel
    intake: Intake
    metrics: Metrics
    limit_bytes: int
    is_stopping: Callable[[], bool]

    async def look(self) -> Response:
        """GET and HEAD: a console checks that somebody is there."""
        return _answer(HTTPStatus.OK, "ok")

    async def call(self, request: Request) -> Response:
        """An update. The one catch-all of this entry."""
        if self.is_stopping():
            return self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "stopping")
        try:
            return await self._take(request)
        except BodyTooLargeError:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
        except ClientDisconnect:
            return self._refuse(HTTPStatus.BAD_REQUEST, "hung_up")  # nobody is there to read it
        except SQLAlchemyError as error:
            # Not stored: the channel has to call again. The text of the error may quote what somebody wrote.
            log.error("%s webhook: database: %s", self.channel.name, type(error).__name__)  # noqa: TRY400
            return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, "database")
        except Exception as error:  # noqa: BLE001 - the one catch-all of this entry
            log.error("%s webhook: %s", self.channel.name, type(error).__name__)  # noqa: TRY400
            return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, "internal")

    async def _take(self, request: Request) -> Response:
        body = await read_body(request, self.limit_bytes)
        refused = self.channel.verify(WebhookRequest(dict(request.headers), body))
        if refused is not None:
            return self._refuse(refused.status, refused.reason)
        await self.intake.take(body)
        return _answer(HTTPStatus.OK, "ok")

    def _refuse(self, status: int, reason: str) -> Response:
        self.metrics.count(Count.REFUSED, code=f"{self.channel.name}_{reason}")
        # Whoever is not believed learns nothing of why; a status of 200 looks like any other.
        return _answer(status, "ok" if status == HTTPStatus.OK else "refused")


def build_webhook_router(doors: Sequence[WebhookDoor]) -> APIRouter:
    """A door for each channel that is switched on."""
    router = APIRouter()
    for door in doors:
        path, name = door.channel.path, door.channel.name
        body = {"requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}}
        router.add_api_route(path, door.call, methods=["POST"], name=f"{name}_update", openapi_extra=body)
        router.add_api_route(path, door.look, methods=["GET", "HEAD"], name=f"{name}_look", include_in_schema=False)
    return router


def _answer(status: int, word: str) -> Response:
    return JSONResponse({"status": word}, status)
