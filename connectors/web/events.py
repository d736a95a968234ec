"""The stream of one conversation's messages (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from connectors.hub import Hub, Watch
from connectors.metrics import Metrics
from connectors.ticking import keep_ticking
from connectors.transcript import PAGE, entries_after, last_sequences
from connectors.web.wire import HEARTBEAT, RECONNECT, message_event, typing_event
from desk.transactions import Transactions

log = logging.getLogger(__name__)
OTHERS_POLL_SECONDS = 1.0


async def stream_events(
    transactions: Transactions, hub: Hub, conversation_id: str, after: int, heartbeat_seconds: float
) -> AsyncIterator[str]:
    """Everything after number `after`, old and new, each message once, until the hub closes."""
    with hub.watching(conversation_id) as watch:
        watch.seen_sequence = after
        yield RECONNECT
        try:
            async for event in _events(transactions, hub, watch, heartbeat_seconds):
                yield event
        except SQLAlchemyError as error:
            # The page reconnects by itself and goes on behind the last message that it has seen.
            log.error("stream: database: %s", type(error).__name__)  # noqa: TRY400


async def _events(transactions: Transactions, hub: Hub, watch: Watch, heartbeat_seconds: float) -> AsyncIterator[str]:
    shown_working = False
    while not hub.closed:
        if watch.has_news:
            async for event in _news(transactions, watch):
                yield event
        working = hub.is_working(watch.conversation_id)
        if working != shown_working:
            shown_working = working
            yield typing_event(working)
        if not await watch.wait(heartbeat_seconds):
            yield HEARTBEAT


async def _news(transactions: Transactions, watch: Watch) -> AsyncIterator[str]:
    while True:
        watch.has_news = False
        next_page = partial(entries_after, conversation_id=watch.conversation_id, after=watch.seen_sequence)
        entries = await transactions.read(next_page)
        for entry in entries:
            watch.seen_sequence = entry.sequence
            yield message_event(entry)
        if len(entries) < PAGE:
            return


async def notice_other_processes(transactions: Transactions, hub: Hub, metrics: Metrics) -> None:
    """Signals what other gateways stored in conversations that are watched here; runs until cancelled."""
    await keep_ticking("others' news", partial(_notice, transactions, hub), OTHERS_POLL_SECONDS, metrics)


async def _notice(transactions: Transactions, hub: Hub) -> None:
    watched = hub.watched
    if not watched:
        return
    newest = await transactions.read(partial(last_sequences, conversation_ids=frozenset(watched)))
    for conversation_id, sequence in newest.items():
        if sequence > watched[conversation_id]:
            hub.publish(conversation_id)
