"""Doors for monitoring: is the process alive, can it answer, how is it doing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError

from connectors.dialogue import Dialogue
from connectors.gauges import read_gauges
from connectors.hub import Hub
from connectors.metrics import Gauge, Metrics
from desk.transactions import Transactions

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def build_health_router(
    transactions: Transactions, dialogue: Dialogue, hub: Hub, metrics: Metrics, clock: Callable[[], datetime]
) -> APIRouter:
    """/healthz, /readyz and /metrics."""
    router = APIRouter()

    @router.get("/healthz")
    async def live() -> Response:
        return JSONResponse({"status": "ok"})

    @router.get("/readyz")
    async def ready() -> Response:
        parts = {"database": await _gauges(transactions, clock()) is not None, "dialogue": await dialogue.is_ready()}
        status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({name: "ok" if fine else "unreachable" for name, fine in parts.items()}, status)

    @router.get("/metrics")
    async def numbers() -> Response:
        gauges = {Gauge.STREAMS: float(hub.watches), **(await _gauges(transactions, clock()) or {})}
        return PlainTextResponse(metrics.render(gauges), media_type=PROMETHEUS)

    return router


async def _gauges(transactions: Transactions, now: datetime) -> dict[Gauge, float] | None:
    try:
        return await transactions.read(lambda connection: read_gauges(connection, now))
    except SQLAlchemyError:
        return None
