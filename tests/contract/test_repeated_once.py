"""A supervisor and an operator who send the same failed message again at the same moment: it goes out once."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from app.console_messages import ChannelMessages
from connectors.deliveries import DeliveryState, deliveries
from connectors.message import Reply
from connectors.outbox import OPERATOR
from connectors.repeating import repeat_delivery
from connectors.spoken import Spoken, speak
from desk.conversation import ConversationKey, ensure_conversation
from desk.database import reading, writing
from tests.fakes.channel import FakeChannel
from tests.fakes.gateway import now

KEY = ConversationKey("zalo_oa-an", "zalo_oa", "main", "an")
WORDS = "Anh cho biết năm sinh ạ?"
RENDER = FakeChannel("zalo_oa").render


def failed(engine):
    """The id of the delivery, and the number of the message in its conversation."""
    with writing(engine) as connection:
        ensure_conversation(connection, KEY, now())
        sequence = speak(connection, Spoken(KEY, OPERATOR, Reply(WORDS)), RENDER, now())
        ended = {"state": DeliveryState.FAILED, "finished_at": now(), "attempts": 1, "error_class": "permanent"}
        connection.execute(deliveries.update().values(ended))
        return connection.execute(select(deliveries.c.id)).scalar_one(), sequence


def waits_for_the_other(meeting):
    with contextlib.suppress(threading.BrokenBarrierError):  # the other waits for the lock: nobody comes
        meeting.wait(0.5)


def by_supervisor(engine, meeting, delivery_id):
    with writing(engine) as connection:
        was_sent = repeat_delivery(connection, delivery_id, now())
        waits_for_the_other(meeting)
    return was_sent


def by_operator(engine, meeting, sequence):
    messages = ChannelMessages(None, None, {"zalo_oa": RENDER}, {}, None)
    with writing(engine) as connection:
        found = messages.repeatable(connection, KEY.id, sequence)
        waits_for_the_other(meeting)
        if found is not None:
            messages.say_again(connection, KEY.id, sequence, found.text, now())
    return found is not None


def test_what_failed_is_sent_again_by_one_of_two_at_once(engine):
    delivery_id, sequence = failed(engine)
    meeting = threading.Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        supervisor = threads.submit(by_supervisor, engine, meeting, delivery_id)
        operator = threads.submit(by_operator, engine, meeting, sequence)
    assert sorted([supervisor.result(), operator.result()]) == [False, True]
    with reading(engine) as connection:
        waiting = select(deliveries.c.text).where(deliveries.c.state == DeliveryState.PENDING)
        assert connection.execute(waiting).scalars().all() == [WORDS]
