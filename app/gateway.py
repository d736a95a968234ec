"""The gateway process: every public door, the worker, the one database."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import cast

import uvicorn
from fastapi import FastAPI, Request, Response
from sqlalchemy import Engine
from starlette.exceptions import HTTPException

from app.clock import today_in_vietnam
from app.database import database_url, prepare_database
from app.paths import ROOT, SETTINGS, VAR
from app.stack import RASA_PORT
from connectors.apology import load_apology
from connectors.dialogue import RasaDialogue, build_http_client
from connectors.health import build_health_router
from connectors.hub import Hub
from connectors.metrics import Metrics
from connectors.reception import Reception
from connectors.retry import RetryRule
from connectors.settings import ConnectorSettings, read_settings
from connectors.turn import TurnTaker
from connectors.web.channel import WebChannel
from connectors.web.errors import load_texts
from connectors.web.events import notice_other_processes
from connectors.web.router import build_web_router, polite_http_error
from connectors.web.security import SecurityHeaders
from connectors.web.token import TokenSigner, read_or_make_secret
from connectors.worker import Worker
from console.chat.documents import Library
from console.chat.pages import build_pages
from console.chat.routes import add_not_found_page, build_chat_router
from desk.transactions import ThreadedTransactions

STOP_SECONDS = 5
SECRET_FILE = VAR / "web-token.secret"
RASA_URL_VARIABLE = "BHXH_RASA_URL"
DEFAULT_RASA_URL = f"http://127.0.0.1:{RASA_PORT}"


@dataclass(frozen=True)
class Parts:
    """What the gateway is made of, so that a test can put a fake dialogue in."""

    transactions: ThreadedTransactions
    dialogue: RasaDialogue
    hub: Hub
    metrics: Metrics
    worker: Worker
    channel: WebChannel


def build_parts(settings: ConnectorSettings, engine: Engine, owner: str, environment: Mapping[str, str]) -> Parts:
    """The real collaborators; `owner` names this gateway, see `owner_name`."""
    transactions = ThreadedTransactions(engine)
    hub, metrics = Hub(), Metrics()
    rasa = build_http_client(
        environment.get(RASA_URL_VARIABLE, DEFAULT_RASA_URL),
        settings.dialogue.timeout_seconds,
        settings.worker.conversations_at_once,
    )
    dialogue = RasaDialogue(rasa)
    rule = RetryRule(
        settings.worker.retry_first_seconds,
        settings.worker.retry_ceiling_seconds,
        settings.worker.retry_total_seconds,
        settings.worker.retry_attempts,
    )
    turns = TurnTaker(transactions, dialogue, hub, metrics, rule, load_apology(), settings.worker.lease_seconds, now)
    worker = Worker(owner, turns, settings.worker)
    signer = TokenSigner(read_or_make_secret(SECRET_FILE, environment), timedelta(days=settings.web.token_days))
    reception = Reception(transactions, worker)
    channel = WebChannel(transactions, reception, hub, signer, metrics, settings.web, now)
    return Parts(transactions, dialogue, hub, metrics, worker, channel)


def build_gateway(parts: Parts, library: Library) -> FastAPI:
    """The ASGI application; the worker runs for as long as it serves."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        working = asyncio.create_task(parts.worker.run())
        noticing = asyncio.create_task(notice_other_processes(parts.transactions, parts.hub))
        for task in (working, noticing):
            task.add_done_callback(end_the_process_on_failure)
        yield
        parts.hub.close()
        parts.worker.stop()
        await working
        noticing.cancel()
        await parts.dialogue.close()
        parts.transactions.close()

    app = FastAPI(title="Tro ly BHXH", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(SecurityHeaders)
    pages = build_pages(parts.channel.settings.message_characters)
    texts = load_texts()
    app.include_router(build_web_router(parts.channel, texts, parts.metrics))
    app.include_router(build_health_router(parts.transactions, parts.dialogue, parts.hub, parts.metrics, now))
    app.include_router(build_chat_router(pages, library, today_in_vietnam))
    add_not_found_page(app, pages)
    speak_json_under_api(app, polite_http_error(texts))
    return app


def end_the_process_on_failure(task: asyncio.Task[None]) -> None:
    """A gateway whose worker died would take messages and never answer: better to end and be started again."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logging.getLogger(__name__).error("%s: the gateway ends", type(error).__name__)
        signal.raise_signal(signal.SIGTERM)


def speak_json_under_api(app: FastAPI, polite: Callable[[Request, HTTPException], Response]) -> None:
    """Programs get JSON for what does not exist under /api/, people a page elsewhere."""
    for_pages = cast(Callable[[Request, Exception], Awaitable[Response]], app.exception_handlers[HTTPException])

    async def handle(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and request.url.path.startswith("/api/"):
            return polite(request, error)
        return await for_pages(request, error)

    app.add_exception_handler(HTTPException, handle)


def now() -> datetime:
    """Aware, UTC."""
    return datetime.now(UTC)


def owner_name(environment: Mapping[str, str], port: int) -> str:
    """The same after a restart, so that messages it held are taken again at once; other gateways have other names."""
    return environment.get("BHXH_GATEWAY_NAME", "") or f"{socket.gethostname()}:{port}"


class GatewayServer(uvicorn.Server):
    """Closes the event streams when it is told to stop: uvicorn would wait for them until its patience ends."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On SIGTERM and SIGINT."""
        super().handle_exit(sig, frame)
        asyncio.get_running_loop().call_soon_threadsafe(self._hub.close)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--settings", type=Path, default=SETTINGS)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")

    from console.chat.knowledge_library import load_library

    library = load_library(options.settings, today_in_vietnam())
    engine = prepare_database(database_url(os.environ))
    parts = build_parts(read_settings(options.settings), engine, owner_name(os.environ, options.port), os.environ)
    app = build_gateway(parts, library)
    config = uvicorn.Config(
        app,
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    GatewayServer(config, parts.hub).run()
    engine.dispose()


if __name__ == "__main__":
    main()
