"""The supervisor's ports over the channels: numbers and switches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from app.letters import StoredLetters
from connectors.dead_letters import count_unreadable
from connectors.deliveries import delivery_counts
from connectors.inbox import queue_state
from connectors.outbox import ASSISTANT, outbox
from connectors.sending import cancel_assistants
from connectors.web.token import CHANNEL as WEB
from console.supervisor.ground import SupervisorGround
from console.supervisor.ports import ChannelAnswers, Undelivered
from desk.audit import AuditAction, Detail, record
from desk.channel_switch import ChannelSwitch, turn
from desk.report.month_rows import rows_between
from desk.report.traffic import Family, family_of
from desk.settings import HandoffSettings


def build_supervision(carried: Iterable[str], handoff: HandoffSettings) -> SupervisorGround:
    """`carried`: the channels that replies are brought to; citizens of the web page fetch theirs."""
    channels = GatewayChannels((WEB, *carried))
    return SupervisorGround(ChannelFigures(), channels, StoredLetters(), handoff)


class ChannelFigures:
    """See console.supervisor.ports.Figures."""

    def answers(self, connection: Connection, start: datetime, end: datetime) -> tuple[ChannelAnswers, ...]:
        """See Figures."""
        said = rows_between(connection, outbox, outbox.c.created_at, start, end)
        rows = connection.execute(
            select(outbox.c.channel, outbox.c.status, func.count().label("rows"))
            .where(said, outbox.c.author == ASSISTANT)
            .group_by(outbox.c.channel, outbox.c.status)
        )
        counted: dict[str, Counter[Family]] = {}
        for channel, status, number in rows:
            family = family_of(status)
            if family is not None:
                counted.setdefault(channel, Counter())[family] += number
        return tuple(
            ChannelAnswers(
                channel,
                families[Family.ANSWERED],
                families[Family.CLARIFICATION],
                families[Family.UNANSWERABLE],
                families[Family.HANDED_OFF],
                families[Family.ERROR],
            )
            for channel, families in sorted(counted.items())
        )

    def undelivered(self, connection: Connection) -> Undelivered:
        """See Figures."""
        sends, heard = delivery_counts(connection), queue_state(connection)
        unread = count_unreadable(connection)
        return Undelivered(sends.waiting, sends.failed, sends.unknown, heard.dead, unread, sends.oldest_at)


class GatewayChannels:
    """See console.supervisor.ports.Channels."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)

    @property
    def names(self) -> tuple[str, ...]:
        """See Channels."""
        return self._names

    def turn(self, connection: Connection, switch: ChannelSwitch, actor: str) -> int | None:
        """See Channels."""
        return turn_assistant(connection, switch, actor)


def turn_assistant(connection: Connection, switch: ChannelSwitch, actor: str) -> int | None:
    """Switch, audit line and cancelled replies, all or nothing; see console.supervisor.ports.Channels.turn."""
    if not turn(connection, switch):
        return None
    detail: Detail = {"off": switch.is_off, "reason": switch.reason}
    record(connection, actor, AuditAction.BOT_SWITCHED, f"channel:{switch.channel}", detail, switch.changed_at)
    return cancel_assistants(connection, switch.channel, switch.changed_at) if switch.is_off else 0
