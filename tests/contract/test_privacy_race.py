"""Messages that come while their citizen is being erased: erased with the rest, or the first of somebody new."""

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from app.privacy.erasing import erase_citizen, forget_memories
from connectors.inbox import accept, inbox
from connectors.nameless import NAMELESS
from desk.citizen import PrivacyRequest
from desk.database import reading, writing
from desk.transactions import ThreadedTransactions
from tests.fakes.accounts import add_operator
from tests.fakes.stored import at
from tests.fakes.traces import Traces

MESSAGES = 24


def test_no_message_is_lost_and_none_is_half_erased(engine):
    citizen = Traces(engine, add_operator(engine).id).leave()

    def receive(number):
        with writing(engine) as connection:
            return accept(connection, citizen.message(100 + number)) is not None

    def erase(_number):
        with writing(engine) as connection:
            return (
                erase_citizen(connection, PrivacyRequest(citizen.id, "operator:1", "Theo đơn"), at(3_600)) is not None
            )

    with ThreadPoolExecutor(6) as threads:
        received = [threads.submit(receive, number) for number in range(MESSAGES // 2)]
        erased = threads.submit(erase, 0)
        received += [threads.submit(receive, number) for number in range(MESSAGES // 2, MESSAGES)]
    assert erased.result()
    assert all(one.result() for one in received)
    with reading(engine) as connection:
        rows = connection.execute(select(inbox.c.conversation_id, inbox.c.text, inbox.c.state)).all()
    assert len(rows) == MESSAGES + 3
    ends = {(row.conversation_id.startswith(NAMELESS), row.text == "") for row in rows}
    assert ends <= {(True, True), (False, False)}
    assert {row.state for row in rows if row.text == ""} == {"done"}


class ThreadOfMemory:
    """Notes who waits for its file."""

    def __init__(self):
        self.waiting = []

    def forget(self, _conversation_id):
        self.waiting.append(threading.current_thread())


async def test_while_the_memory_of_the_dialogue_engine_is_busy_everybody_else_goes_on(engine):
    citizen, memory = Traces(engine, add_operator(engine).id).leave(), ThreadOfMemory()
    with writing(engine) as connection:
        erase_citizen(connection, PrivacyRequest(citizen.id, "operator:1", "Theo đơn"), at(3_600))
    transactions = ThreadedTransactions(engine)
    try:
        assert await forget_memories(transactions, memory, at(7_200)) == 0
    finally:
        transactions.close()
    assert [thread is threading.main_thread() for thread in memory.waiting] == [False]
