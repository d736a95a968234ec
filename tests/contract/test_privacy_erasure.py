"""After an erasure nothing in the database holds a citizen's words or ids, on SQLite and on PostgreSQL."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select

from app.privacy.erasing import erase_citizen, forget_memories
from app.privacy.finding import citizen_of, find_citizens
from connectors.claim import Ending, Lease, LeaseLostError, claim_due, finish
from connectors.dialogue_memory import DialogueMemory, memory_erasures
from connectors.inbox import accept, inbox
from connectors.message import Reply
from connectors.nameless import NAMELESS
from connectors.sending import Delivery, due_deliveries, mark_sent
from connectors.spoken import Spoken, speak
from connectors.unnaming import columns_naming_conversations
from desk.audit import AuditAction, AuditFilter, entries
from desk.citizen import PrivacyRequest
from desk.conversation import conversations
from desk.database import metadata, reading, writing
from desk.handoff.log import episodes, replayed
from desk.handoff.state import State
from desk.satisfaction import satisfaction
from desk.tickets.log import replayed as ticket_replayed
from desk.tickets.look_up import look_up
from desk.tickets.progress import Outcome
from desk.tickets.ticket import ticket_by_code, tickets
from desk.transactions import ThreadedTransactions
from tests.fakes.accounts import add_operator
from tests.fakes.stored import at, count
from tests.fakes.traces import TELEPHONE, Traces, every_cell, found_in, make_memory, remember

LATER = at(3_600)
AUDITED = {("audit_entries", "subject")}
"""Who read, exported or erased has to name whose it was: docs/adr/0009-what-is-erased-and-what-stays.md."""
UNTIL_FORGOTTEN = {("memory_erasures", "conversation_id")}


@pytest.fixture
def lan(engine):
    return add_operator(engine).id


@pytest.fixture
def citizen(engine, lan):
    return Traces(engine, lan).leave()


def erase(engine, conversation_id, now=LATER):
    with writing(engine) as connection:
        return erase_citizen(connection, PrivacyRequest(conversation_id, "operator:1", "Theo đơn số 12"), now)


async def forget(engine, file, now):
    transactions = ThreadedTransactions(engine)
    try:
        return await forget_memories(transactions, DialogueMemory(file), now)
    finally:
        transactions.close()


def one(engine, statement):
    with reading(engine) as connection:
        return connection.execute(statement).one()


class TestEverything:
    def test_the_traces_are_in_every_place_that_can_hold_one(self, engine, citizen):
        places = found_in(engine, citizen.markers)
        named = {(column.table.name, column.name) for column in columns_naming_conversations()}
        later = {place for place in named if count(engine, metadata.tables[place[0]]) == 0}
        assert named - later <= places
        assert {table for table, _ in places} >= {
            *("conversations", "inbox", "outbox", "deliveries", "unreadable_updates", "alerts"),
            *("conversation_notes", "satisfaction", "feedback", "desk_events"),
            *("tickets", "ticket_events", "late_dossiers"),
        }

    async def test_nothing_is_left_in_any_column_of_any_table(self, engine, citizen, tmp_path):
        erased = erase(engine, citizen.id)
        assert erased.case_codes == (citizen.code,)
        assert found_in(engine, citizen.markers) == AUDITED | UNTIL_FORGOTTEN
        assert await forget(engine, tmp_path / "no-file.db", LATER + timedelta(hours=1)) == 0
        assert found_in(engine, citizen.markers) == AUDITED

    def test_the_neighbour_keeps_everything(self, engine, lan, citizen):
        # Their id begins with the other's: a careless search would take their updates too.
        neighbour = Traces(engine, lan, citizen.key.participant + "1", "việc của người khác", seconds=60).leave()
        before = sorted(cell for cell in every_cell(engine) if neighbour.words in cell[2])
        erase(engine, citizen.id)
        assert sorted(cell for cell in every_cell(engine) if neighbour.words in cell[2]) == before
        assert find(engine, neighbour.id)[0].conversation_id == neighbour.id

    def test_every_table_that_will_come_is_thought_of(self, engine):
        known = set(metadata.tables) | {"alembic_version"}
        with reading(engine) as connection:
            assert set(inspect(connection).get_table_names()) == known


class TestWhatStays:
    def test_bare_numbers_for_the_reports(self, engine, citizen):
        tables = (inbox, tickets, episodes, satisfaction)
        before = [count(engine, table) for table in tables]
        erase(engine, citizen.id)
        assert [count(engine, table) for table in tables] == before
        assert one(engine, select(satisfaction.c.score)).score == 4

    def test_what_was_open_is_closed_as_withdrawn_and_the_logs_still_tell_it(self, engine, citizen):
        erase(engine, citizen.id)
        episode = one(engine, select(episodes))
        assert (episode.state, episode.close_reason) == (State.CLOSED, "withdrawn")
        with reading(engine) as connection:
            assert replayed(connection, episode.id).closed_at == LATER
            ticket = ticket_by_code(connection, citizen.code)
            assert ticket_replayed(connection, ticket.id) == ticket.progress
            status = look_up(connection, citizen.code)
        assert (status.outcome, status.closed_at) == (Outcome.WITHDRAWN, LATER)

    def test_the_audit_log_says_who_and_why_and_nothing_more(self, engine, citizen):
        with writing(engine) as connection:
            reason = "Công dân 079099000001 yêu cầu"
            erase_citizen(connection, PrivacyRequest(citizen.id, "operator:1", reason), LATER)
        with reading(engine) as connection:
            (line,) = entries(connection, AuditFilter(action=AuditAction.CITIZEN_ERASED), 5)
        assert (line.actor, line.subject, line.at) == ("operator:1", f"conversation:{citizen.id}", LATER)
        assert line.detail == {"reason": "Công dân [số CCCD] yêu cầu", "messages": 6, "tickets": 1, "notes": 1}


class TestRepeating:
    def test_who_is_erased_cannot_be_found_or_erased_again(self, engine, citizen):
        erase(engine, citizen.id)
        for words in (citizen.id, citizen.code, TELEPHONE, citizen.name):
            assert find(engine, words) == ()
        (nameless,) = one(engine, select(conversations.c.id))
        assert nameless.startswith(NAMELESS)
        with reading(engine) as connection:
            assert citizen_of(connection, nameless) is None
        assert (erase(engine, citizen.id), erase(engine, nameless)) == (None, None)

    def test_a_crash_in_the_middle_leaves_all_or_nothing(self, engine, citizen):
        before = sorted(every_cell(engine))
        with writing(engine) as connection:
            assert erase_citizen(connection, PrivacyRequest(citizen.id, "operator:1", "Theo đơn"), LATER)
            connection.rollback()
        assert sorted(every_cell(engine)) == before
        assert erase(engine, citizen.id) is not None

    async def test_what_rasa_remembers_goes_however_often_a_turn_writes_it_back(self, engine, citizen, tmp_path):
        file = make_memory(tmp_path / "trackers.db", citizen.id, "telegram:bot:1")
        memory = DialogueMemory(file)
        erase(engine, citizen.id)
        assert await forget(engine, file, LATER + timedelta(seconds=1)) == 1
        assert memory.of(citizen.id) is None
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            remember(connection, citizen.id)
        assert await forget(engine, file, LATER + timedelta(minutes=3)) == 0
        assert (memory.of(citizen.id), memory.of("telegram:bot:1")) == (None, '{"events": []}')
        assert count(engine, memory_erasures) == 0

    async def test_a_memory_that_cannot_be_written_now_stays_due(self, engine, citizen, tmp_path, monkeypatch):
        monkeypatch.setattr("connectors.dialogue_memory.BUSY_SECONDS", 0.0)
        file = make_memory(tmp_path / "trackers.db", citizen.id)
        erase(engine, citizen.id)
        with closing(sqlite3.connect(file, isolation_level=None)) as busy:
            busy.execute("BEGIN IMMEDIATE")
            assert await forget(engine, file, LATER + timedelta(hours=1)) == 1
        assert await forget(engine, file, LATER + timedelta(hours=1)) == 0


class TestInFlight:
    def test_a_message_in_work_does_not_come_back(self, engine, citizen):
        with writing(engine) as connection:
            accept(connection, citizen.message(20))
            (claim,) = claim_due(connection, Lease("one", at(9_999)), at(30), 9, ("telegram",))
        erase(engine, citizen.id)
        with pytest.raises(LeaseLostError), writing(engine) as connection:
            finish(connection, claim, Ending((Reply(citizen.words),)), citizen.render, LATER)
        assert found_in(engine, citizen.markers) == AUDITED | UNTIL_FORGOTTEN

    def test_what_waited_for_an_answer_is_erased_and_never_answered(self, engine, citizen):
        with writing(engine) as connection:
            accept(connection, citizen.message(20))
        erase(engine, citizen.id)
        with writing(engine) as connection:
            assert claim_due(connection, Lease("one", at(9_999)), LATER, 9, ("telegram",)) == ()

    def test_a_send_on_its_way_writes_nothing_back(self, engine, citizen):
        with writing(engine) as connection:
            speak(connection, Spoken(citizen.key, "operator", Reply(citizen.words)), citizen.render, at(50))
            (due,) = due_deliveries(connection, "telegram", "bot", at(51), 9)
            sent = Delivery(due.delivery_id, 1, citizen.id, citizen.key.participant, None, 1, at(50))
        erase(engine, citizen.id)
        with writing(engine) as connection:
            mark_sent(connection, sent, f"{citizen.key.participant}-2", LATER)
            assert due_deliveries(connection, "telegram", "bot", LATER, 9) == ()
        assert found_in(engine, citizen.markers) == AUDITED | UNTIL_FORGOTTEN

    def test_a_channel_that_delivers_an_old_message_again_brings_nothing_back(self, engine, citizen):
        erase(engine, citizen.id)
        with writing(engine) as connection:
            assert accept(connection, citizen.message(1)) is None
        assert find(engine, citizen.id) == ()

    def test_who_writes_again_begins_anew(self, engine, citizen):
        erase(engine, citizen.id)
        with writing(engine) as connection:
            assert accept(connection, citizen.message(21)).is_next
            (claim,) = claim_due(connection, Lease("two", at(9_999)), LATER, 9, ("telegram",))
            assert claim.conversation == citizen.key
            finish(connection, claim, Ending((Reply("Chào"),)), citizen.render, LATER)
        (again,) = find(engine, citizen.id)
        assert (again.case_codes, again.counts["messages"]) == ((), 2)


def find(engine, words):
    with reading(engine) as connection:
        return find_citizens(connection, words)
