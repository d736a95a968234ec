"""The gateway process: every public door, the worker, the one database."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import cast

import uvicorn
from fastapi import FastAPI, Request, Response
from sqlalchemy import Engine
from starlette.exceptions import HTTPException

from app.accounts import build_account_rules
from app.channels import ChannelMaking, open_channels, read_public_url
from app.clock import now, today_in_vietnam
from app.console import Console, ConsoleGround, build_console
from app.database import database_url, prepare_database
from app.desk_clock import build_desk_clock, build_ticket_clock
from app.failures import shown_failures
from app.handoffs import build_handoffs, build_transcripts
from app.news import build_mailing_clock
from app.paths import ROOT, SETTINGS, VAR
from app.report_topics import NO_TOPICS, LibraryTopics
from app.retention_clock import RetentionClock, build_retention_clock
from app.stack import RASA_PORT
from app.suggestions import KnowledgeSuggestions, build_suggestions
from app.traffic import Ground, Traffic, build_traffic
from app.workshop_client import WorkshopClient, build_workshop_client
from connectors.channel_texts import load_channel_texts
from connectors.desk_clock import DeskClock
from connectors.dialogue import RasaDialogue, build_http_client
from connectors.health import build_health_router
from connectors.hub import Hub
from connectors.mailing_clock import MailingClock
from connectors.metrics import Metrics
from connectors.settings import ConnectorSettings, read_settings
from connectors.ticket_clock import TicketClock
from connectors.web.channel import WebChannel
from connectors.web.errors import load_texts
from connectors.web.events import notice_other_processes
from connectors.web.router import build_web_router, polite_http_error
from connectors.web.said_by_button import load_button_texts
from connectors.web.security import SecurityHeaders
from connectors.web.token import TokenSigner, read_or_make_web_secret
from connectors.webhook import build_webhook_router
from console.chat.documents import Library
from console.chat.pages import build_pages
from console.chat.routes import add_not_found_page, build_chat_router
from desk import settings as desk_settings
from desk.report.traffic import Topics
from desk.settings import DeskSettings
from desk.tickets.deadline import build_rules
from desk.transactions import ThreadedTransactions
from editing.seeding import seed_if_empty
from knowledge.settings import KnowledgeSettings
from settings.reader import read_section

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
    traffic: Traffic
    channel: WebChannel
    console: Console
    suggestions: KnowledgeSuggestions
    workshop: WorkshopClient
    desk_clock: DeskClock
    ticket_clock: TicketClock
    mailing_clock: MailingClock
    retention: RetentionClock


def build_parts(
    settings: ConnectorSettings,
    desk: DeskSettings,
    engine: Engine,
    owner: str,
    environment: Mapping[str, str],
    topics: Topics = NO_TOPICS,
    index: Path = VAR / "index",
) -> Parts:
    """The real collaborators; `owner` names this gateway, see `owner_name`. Raises SettingsError."""
    transactions = ThreadedTransactions(engine)
    hub, metrics = Hub(), Metrics()
    dialogue = _build_dialogue(settings, environment)
    texts = load_channel_texts()
    channels = open_channels(ChannelMaking(environment, settings, transactions, texts, now))
    handoffs, transcripts = build_handoffs(desk, settings.zalo_oa), build_transcripts()
    ground = Ground(owner, transactions, dialogue, hub, metrics, handoffs, transcripts, now)
    traffic = build_traffic(ground, settings, texts, channels)
    channel = _build_web_channel(ground, traffic, settings, desk, environment)
    suggestions = build_suggestions(environment, read_public_url(environment), texts)
    workshop = build_workshop_client(environment)
    console = build_console(
        ConsoleGround(
            transactions=transactions,
            hub=hub,
            carrying=traffic.carrying,
            settings=settings,
            desk=desk,
            rules=build_account_rules(desk.accounts, environment),
            public_url=read_public_url(environment),
            clock=now,
            suggestions=suggestions,
            workshop=workshop,
            index=index,
            topics=topics,
        )
    )
    clocks = _build_clocks(ground, traffic, settings, desk)
    return Parts(transactions, dialogue, hub, metrics, traffic, channel, console, suggestions, workshop, *clocks)


def _build_clocks(
    ground: Ground, traffic: Traffic, settings: ConnectorSettings, desk: DeskSettings
) -> tuple[DeskClock, TicketClock, MailingClock, RetentionClock]:
    desk_clock = build_desk_clock(ground, traffic, settings, desk.handoff)
    ticket_clock = build_ticket_clock(ground, settings)
    mailing_clock = build_mailing_clock(ground, traffic, settings)
    return desk_clock, ticket_clock, mailing_clock, build_retention_clock(ground, settings, desk.retention)


def _build_dialogue(settings: ConnectorSettings, environment: Mapping[str, str]) -> RasaDialogue:
    rasa = build_http_client(
        environment.get(RASA_URL_VARIABLE, DEFAULT_RASA_URL),
        settings.dialogue.timeout_seconds,
        settings.worker.conversations_at_once,
    )
    return RasaDialogue(rasa)


def _build_web_channel(
    ground: Ground, traffic: Traffic, settings: ConnectorSettings, desk: DeskSettings, environment: Mapping[str, str]
) -> WebChannel:
    signer = TokenSigner(read_or_make_web_secret(SECRET_FILE, environment), timedelta(days=settings.web.token_days))
    return WebChannel(
        ground.transactions,
        traffic.reception,
        ground.hub,
        signer,
        ground.metrics,
        settings.web,
        build_rules(desk),
        ground.transcripts,
        load_button_texts(),
        ground.clock,
    )


def build_gateway(parts: Parts, library: Library) -> FastAPI:
    """The ASGI application; the worker runs for as long as it serves."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        moving = parts.traffic.start()
        noticing = asyncio.create_task(notice_other_processes(parts.transactions, parts.hub, parts.metrics))
        keeping_up = asyncio.create_task(parts.traffic.keep_up())
        ticking = asyncio.create_task(parts.desk_clock.run())
        watching = asyncio.create_task(parts.ticket_clock.run())
        mailing = asyncio.create_task(parts.mailing_clock.run())
        tidying = asyncio.create_task(parts.retention.run())
        for task in (*moving, noticing, keeping_up, ticking, watching, mailing, tidying):
            task.add_done_callback(end_the_process_on_failure)
        yield
        parts.hub.close()
        await parts.traffic.stop(moving)
        for task in (noticing, keeping_up, ticking, watching, mailing, tidying):
            task.cancel()
        await parts.dialogue.close()
        await parts.suggestions.close()
        await parts.workshop.close()
        parts.console.close()
        parts.transactions.close()

    app = FastAPI(title="Tro ly BHXH", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(SecurityHeaders)
    pages = build_pages(parts.channel.settings.message_characters)
    texts = load_texts()
    app.include_router(build_web_router(parts.channel, texts, parts.metrics))
    app.include_router(build_webhook_router(parts.traffic.doors))
    app.include_router(build_health_router(parts.transactions, parts.dialogue, parts.hub, parts.metrics, now))
    app.include_router(parts.console.router)
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

    from console.chat.following_library import open_library

    library = open_library(options.settings, today_in_vietnam)
    engine = prepare_database(database_url(os.environ))
    settings, desk = read_settings(options.settings), desk_settings.read_settings(options.settings)
    owner = owner_name(os.environ, options.port)
    root, knowledge = options.settings.resolve().parent, read_section(options.settings, "knowledge", KnowledgeSettings)
    index = root / knowledge.index_folder
    seed_if_empty(engine, index, root / knowledge.content_folder, now())
    parts = build_parts(settings, desk, engine, owner, os.environ, LibraryTopics(library), index)
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
    try:
        main()
    except shown_failures() as failure:
        sys.exit(f"✗ {failure}")
