"""What has been kept long enough goes, kind by kind; nothing open does. On SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from app.sweeps import ERASED_AT_ONCE, Kind
from connectors.deliveries import deliveries, troubled_deliveries
from connectors.inbox import inbox
from connectors.nameless import NAMELESS
from connectors.outbox import outbox
from desk.accounts.session import open_session, operator_sessions
from desk.alert import alerts
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import reading, writing
from desk.handoff.log import desk_events, episodes, replayed
from desk.tickets.log import replayed as ticket_replayed
from desk.tickets.ticket import ticket_by_code
from editing.actor import SYSTEM
from editing.importing.imports import BroughtFile, NewRow, add_import, import_by_id, rows_of_import
from editing.importing.record import ImportKind
from tests.fakes.accounts import SETTINGS as ACCOUNTS
from tests.fakes.accounts import add_operator
from tests.fakes.retention import removed, run, shortened
from tests.fakes.stored import START, at, count
from tests.fakes.traces import TELEPHONE, Traces, found_in


@pytest.fixture
def lan(engine):
    return add_operator(engine)


class TestEachKind:
    async def test_words_of_old_messages_go_and_their_numbers_stay(self, engine, lan):
        citizen = Traces(engine, lan.id).leave(is_open=False)
        before = [count(engine, table) for table in (inbox, outbox)]
        assert removed(await run(engine, shortened(messages=9))) == {"messages": 2 + 3 + 3}
        assert [count(engine, table) for table in (inbox, outbox)] == before
        places = {table for table, _ in found_in(engine, (citizen.words,))}
        assert not places & {"outbox", "deliveries"}
        with reading(engine) as connection:
            left = connection.execute(select(inbox.c.text).where(inbox.c.text != "")).scalars().all()
        assert left == [f"{citizen.words} 3"]  # a dead letter has a time of its own

    async def test_a_failed_send_without_its_words_is_trouble_for_nobody(self, engine, lan):
        Traces(engine, lan.id).leave(is_open=False)
        failed = {"state": "failed", "error_class": "permanent", "finished_at": START}
        with writing(engine) as connection:
            connection.execute(update(deliveries).values(failed))
        await run(engine, shortened(messages=9))
        with reading(engine) as connection:
            assert troubled_deliveries(connection, 9) == ()

    @pytest.mark.parametrize(
        ("kind", "rows", "emptied"),
        [
            ("dead_letters", 1, set()),
            ("tickets", 1, {"tickets", "ticket_events", "late_dossiers"}),
            ("notes", 2, {"conversation_notes", "desk_events"}),
            ("ratings", 2, {"satisfaction", "feedback"}),
            ("unreadable", 1, {"unreadable_updates"}),
        ],
    )
    async def test_each_kind_has_a_time_of_its_own(self, engine, lan, kind, rows, emptied):
        citizen = Traces(engine, lan.id).leave(is_open=False)
        before = {table for table, _ in found_in(engine, (citizen.words,))}
        assert removed(await run(engine, shortened(**{kind: 9}))) == {kind: rows}
        assert before - {table for table, _ in found_in(engine, (citizen.words,))} == emptied
        assert removed(await run(engine, shortened(**{kind: 9}))) == {}

    @pytest.mark.parametrize("kind", [kind.value for kind in Kind if kind not in {Kind.AUDIT, Kind.IDENTITIES}])
    async def test_what_is_younger_stays(self, engine, lan, kind):
        Traces(engine, lan.id).leave(is_open=False)
        assert removed(await run(engine, shortened(**{kind: 11}))) == {}

    async def test_settled_alerts_go_and_open_ones_stay(self, engine, lan):
        Traces(engine, lan.id).leave(is_open=False)
        Traces(engine, lan.id, "8", seconds=100).leave(is_open=False)
        with writing(engine) as connection:
            connection.execute(update(alerts).where(alerts.c.id == 1).values(settled_at=at(0)))
        assert removed(await run(engine, shortened(alerts=9))) == {"alerts": 1}
        assert count(engine, alerts) == 1

    async def test_ended_sessions_go(self, engine, lan):
        with writing(engine) as connection:
            open_session(connection, lan, START, ACCOUNTS.session)
        assert removed(await run(engine, shortened(sessions=9))) == {"sessions": 1}
        assert count(engine, operator_sessions) == 0

    async def test_files_that_were_brought_go_and_what_was_read_stays(self, engine, lan):
        brought = BroughtFile(ImportKind.FAQS, "cu.xlsx", b"PK tep")
        with writing(engine) as connection:
            number = add_import(connection, brought, "xlsx", (), [NewRow(2, {"question": "Hỏi?"})], SYSTEM, START)
        assert removed(await run(engine, shortened(imports=9))) == {"imports": 1}
        assert removed(await run(engine, shortened(imports=9))) == {}
        with writing(engine) as connection:
            found = import_by_id(connection, number)
            assert (found.has_original, found.digest) == (False, brought.digest)
            assert rows_of_import(connection, number)[0].fields == {"question": "Hỏi?"}

    async def test_whoever_was_not_here_for_long_has_no_name_any_more(self, engine, lan):
        gone = Traces(engine, lan.id).leave(is_open=False)
        here = Traces(engine, lan.id, "8101", "chuyện mới", seconds=5 * 86_400).leave(is_open=False)
        short = {"identities": 6, "messages": 6, "tickets": 6, "notes": 6, "ratings": 6}
        assert (await run(engine, shortened(**short)))[Kind.IDENTITIES] == 1
        assert found_in(engine, (gone.words, gone.key.participant)) <= {("memory_erasures", "conversation_id")}
        assert found_in(engine, (here.words, here.key.participant)) != set()
        with reading(engine) as connection:
            names = connection.execute(select(conversations.c.id)).scalars()
            assert sorted(name.startswith(NAMELESS) for name in names) == [False, True]

    async def test_whole_conversations_go_a_few_at_a_time_however_large_the_batch(self, engine, lan):
        citizens = 2 * ERASED_AT_ONCE
        with writing(engine) as connection:
            for number in range(citizens):
                ensure_conversation(connection, ConversationKey(f"web-{number}", "web", "main", f"{number}"), START)
        left = []

        async def counting():
            with reading(engine) as connection:
                named = select(func.count()).where(conversations.c.id.not_like(f"{NAMELESS}%"))
                left.append(connection.execute(named).scalar_one())
            return True

        settings = replace(shortened(identities=6), batch=200)
        assert (await run(engine, settings, may_go_on=counting))[Kind.IDENTITIES] == citizens
        assert {citizens - number for number in left} == {0, ERASED_AT_ONCE, citizens}


class TestOpen:
    async def test_nothing_of_an_open_episode_or_ticket_is_touched(self, engine, lan):
        citizen = Traces(engine, lan.id).leave(is_open=True)
        kept = {table for table, _ in found_in(engine, citizen.markers)} - {"unreadable_updates"}
        everything = {kind.value: 1 for kind in Kind if kind is not Kind.AUDIT}
        assert removed(await run(engine, shortened(**everything), days=9_000)) == {"unreadable": 1}
        assert {table for table, _ in found_in(engine, citizen.markers)} == kept
        assert found_in(engine, (TELEPHONE,)) != set()

    async def test_the_logs_still_tell_how_everything_stands(self, engine, lan):
        citizen = Traces(engine, lan.id).leave(is_open=False)
        await run(engine, shortened(tickets=1, notes=1))
        with reading(engine) as connection:
            ticket = ticket_by_code(connection, citizen.code)
            assert ticket_replayed(connection, ticket.id) == ticket.progress
            (episode,) = connection.execute(select(episodes)).all()
            assert replayed(connection, episode.id).version == episode.version
            assert connection.execute(select(func.count()).select_from(desk_events)).scalar_one() == episode.version
