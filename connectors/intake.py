"""Takes one authentic update of a channel, however it came: stored first, answered afterwards."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import DataError, SQLAlchemyError

from connectors.channel import UnreadableError, WebhookChannel
from connectors.choice import settle_choice
from connectors.dead_letters import keep_unreadable
from connectors.effects import hand_to_staff
from connectors.heard import heard
from connectors.message import Echo, Ignored, Inbound, InboundKind, InboundMessage
from connectors.metrics import Count, Metrics
from connectors.reception import Reception
from connectors.sending import settle_by_echo
from desk.transactions import Transactions

log = logging.getLogger(__name__)


class Intake:
    """One for each channel and process; the webhook's door and the poller hand in what they got."""

    def __init__(
        self,
        channel: WebhookChannel,
        reception: Reception,
        transactions: Transactions,
        metrics: Metrics,
        clock: Callable[[], datetime],
        staff_hours: float,
    ) -> None:
        """`staff_hours` is how long the assistant is silent after each word of somebody of the agency."""
        self._channel = channel
        self._reception = reception
        self._transactions = transactions
        self._metrics = metrics
        self._clock = clock
        self._hand_to_staff = hand_to_staff(staff_hours)
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def take(self, body: bytes) -> None:
        """Returns when everything in the update is committed, or was before; what breaks our own code is kept.

        Raises SQLAlchemyError when the database is away. Anything else raised would make the channel bring the same
        update again and again, and hold back those behind it.
        """
        now = self._clock()
        try:
            for item in self._channel.parse(body, now):
                await self._take_item(_in_words(item), now)
        except UnreadableError as error:
            await self._keep_unreadable(body, str(error), now)
        except DataError as error:  # the update's own fault: longer than any column, a character no database takes
            await self._keep_broken(body, error, now)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - the one catch-all of taking updates
            await self._keep_broken(body, error, now)

    async def _take_item(self, item: Inbound, now: datetime) -> None:
        match item:
            case InboundMessage():
                await self._take_message(item)
            case Echo():
                key = item.conversation
                await self._transactions.write(
                    lambda connection: settle_by_echo(connection, key.id, item.channel_message_id, item.text, now)
                )
                self._ignored("echo")
            case Ignored():
                self._ignored(item.reason)

    async def _take_message(self, message: InboundMessage) -> None:
        numbered = self._channel.numbered_choices
        # A person has spoken: the assistant falls silent now, not when it has answered what came before.
        at_once = self._hand_to_staff if message.kind is InboundKind.STAFF_WROTE else None
        is_new = await self._reception.receive(lambda connection: settle_choice(connection, message, numbered), at_once)
        self._metrics.count(Count.RECEIVED if is_new else Count.DUPLICATE, channel=self._channel.name)
        # A task of its own: who waits for our 200 must not wait for the channel's answer to us.
        task = asyncio.create_task(self._channel.after_stored(message, is_new))
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)

    async def _keep_broken(self, body: bytes, error: Exception, now: datetime) -> None:
        reason = type(error).__name__  # its text may quote the update
        log.error("%s: an update failed: %s", self._channel.name, reason)
        await self._keep_unreadable(body, reason, now)

    async def _keep_unreadable(self, body: bytes, reason: str, now: datetime) -> None:
        name, account = self._channel.name, self._channel.account
        await self._transactions.write(lambda connection: keep_unreadable(connection, name, account, body, reason, now))
        self._metrics.count(Count.UNREADABLE, channel=name)

    def _ignored(self, reason: str) -> None:
        self._metrics.count(Count.IGNORED, channel=self._channel.name, reason=reason)

    async def close(self) -> None:
        """Waits for acknowledgements on their way."""
        if self._acknowledging:
            await asyncio.wait(self._acknowledging, timeout=1.0)


def _in_words(item: Inbound) -> Inbound:
    """A text of which nothing is left to hear, of slashes or invisible characters, is no text."""
    if not isinstance(item, InboundMessage) or item.kind is not InboundKind.TEXT or heard(item.text):
        return item
    return replace(item, kind=InboundKind.ATTACHMENT) if item.attachments else Ignored("empty")
