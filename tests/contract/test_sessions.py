"""Sessions: how long they last, what ends them, and the door that opens them."""

import pytest

from desk.accounts.door import SignInDoor
from desk.accounts.operator import operators
from desk.accounts.password import (
    ChangeRefusal,
    NotChanged,
)
from desk.accounts.password_rules import Breach
from desk.accounts.session import (
    close_all_sessions,
    close_session,
    is_csrf_token,
    open_session,
    operator_sessions,
    session_of,
    touch_session,
)
from desk.accounts.sign_in import RefusalReason, Refused
from desk.audit import AuditAction, audit_entries
from desk.database import reading, writing
from desk.transactions import ThreadedTransactions
from tests.fakes.accounts import (
    OTHER_PASSWORD,
    PASSWORD,
    SETTINGS,
    CountingHashes,
    account_rules,
    add_operator,
    rows_of,
)
from tests.fakes.stored import START, at

MINUTE, HOUR = 60, 3600


def lines(engine, action):
    return [row for row in rows_of(engine, audit_entries) if row.action == action]


def signed_in(engine, operator, seconds=0):
    with writing(engine) as connection:
        return open_session(connection, operator, at(seconds), SETTINGS.session)[0]


def session_at(engine, token, seconds):
    with reading(engine) as connection:
        return session_of(connection, token, at(seconds))


class TestSessions:
    def test_the_token_finds_the_operator_as_the_account_is_now(self, engine):
        made = add_operator(engine)
        with writing(engine) as connection:
            token, opened = open_session(connection, made, START, SETTINGS.session)
        found = session_at(engine, token, 1)
        assert (found.id, found.operator.id, found.csrf_token) == (opened.id, made.id, opened.csrf_token)
        assert found.expires_at == opened.expires_at == at(30 * MINUTE)

    def test_the_database_holds_neither_token_nor_form_token(self, engine):
        token = signed_in(engine, add_operator(engine))
        stored = str(rows_of(engine, operator_sessions)[0])
        assert token not in stored
        assert session_at(engine, token, 0).csrf_token not in stored

    @pytest.mark.parametrize(
        "token", ["", "x", "x" * 43, "x" * 100_000, "\x00" * 43, "é" * 43, "\ud800" * 43, "' OR 1=1 --"]
    )
    def test_any_other_token_is_nobodys(self, engine, token):
        signed_in(engine, add_operator(engine))
        assert session_at(engine, token, 0) is None

    def test_the_digest_is_no_token(self, engine):
        signed_in(engine, add_operator(engine))
        assert session_at(engine, rows_of(engine, operator_sessions)[0].token_digest, 0) is None

    def test_each_sign_in_has_tokens_of_its_own(self, engine):
        made = add_operator(engine)
        first, second = signed_in(engine, made), signed_in(engine, made)
        assert first != second
        assert session_at(engine, first, 0).csrf_token != session_at(engine, second, 0).csrf_token

    def test_a_form_of_another_session_is_refused(self, engine):
        made = add_operator(engine)
        mine, other = (session_at(engine, signed_in(engine, made), 0) for _ in range(2))
        assert is_csrf_token(mine, mine.csrf_token)
        for given in (other.csrf_token, "", "\ud800", mine.csrf_token[:-1], mine.csrf_token + "x"):
            assert not is_csrf_token(mine, given)

    def test_it_ends_at_the_minute_when_nothing_is_done(self, engine):
        token = signed_in(engine, add_operator(engine))
        assert session_at(engine, token, 30 * MINUTE - 1) is not None
        assert session_at(engine, token, 30 * MINUTE) is None

    def test_doing_something_keeps_it_open_until_the_working_day_ends(self, engine):
        token = signed_in(engine, add_operator(engine))
        for seconds in range(0, 12 * HOUR, 20 * MINUTE):
            session = session_at(engine, token, seconds)
            with writing(engine) as connection:
                touch_session(connection, session.id, at(seconds))
        assert session_at(engine, token, 12 * HOUR - 1).expires_at == at(12 * HOUR)
        assert session_at(engine, token, 12 * HOUR) is None

    def test_it_says_when_a_touch_is_due(self, engine):
        token = signed_in(engine, add_operator(engine))
        assert [session_at(engine, token, seconds).is_due_for_touch for seconds in (0, 59, 60)] == [False, False, True]

    def test_a_late_touch_does_not_turn_the_time_back(self, engine):
        token = signed_in(engine, add_operator(engine))
        session = session_at(engine, token, 0)
        for seconds in (600, 300):
            with writing(engine) as connection:
                touch_session(connection, session.id, at(seconds))
        assert session_at(engine, token, 600).expires_at == at(600 + 30 * MINUTE)

    def test_signing_out_ends_this_one_and_leaves_a_line(self, engine):
        made = add_operator(engine)
        first, second = signed_in(engine, made), signed_in(engine, made)
        for _ in range(2):
            with writing(engine) as connection:
                close_session(connection, first, at(5))
        assert session_at(engine, first, 5) is None
        assert session_at(engine, second, 5) is not None
        assert len(lines(engine, AuditAction.SIGNED_OUT)) == 1

    def test_all_of_one_operator_end_and_nobody_elses(self, engine):
        made, other = add_operator(engine), add_operator(engine, "le.mau")
        mine, theirs = [signed_in(engine, made) for _ in range(2)], signed_in(engine, other)
        with writing(engine) as connection:
            assert close_all_sessions(connection, made.id) == 2
        assert [session_at(engine, token, 0) for token in mine] == [None, None]
        assert session_at(engine, theirs, 0) is not None

    def test_a_third_place_ends_the_oldest(self, engine):
        made = add_operator(engine)
        tokens = [signed_in(engine, made, seconds) for seconds in range(4)]
        assert [session_at(engine, token, 4) is None for token in tokens] == [True, True, False, False]

    def test_ended_ones_are_swept_at_the_next_sign_in_of_anybody(self, engine):
        signed_in(engine, add_operator(engine))
        signed_in(engine, add_operator(engine, "le.mau"), 12 * HOUR)
        assert len(rows_of(engine, operator_sessions)) == 1


class TestDoor:
    @pytest.fixture
    async def open_door(self, engine):
        transactions = ThreadedTransactions(engine)
        doors = []

        def opened(rules=None, seconds=0):
            doors.append(SignInDoor(transactions, rules or account_rules(), lambda: at(seconds)))
            return doors[-1]

        yield opened
        for door in doors:
            door.close()
        transactions.close()

    async def test_it_opens_a_session(self, engine, open_door):
        made = add_operator(engine)
        token, session = await open_door().enter("nguyen.thu", PASSWORD, None, "10.0.0.7")
        assert session.operator.id == made.id
        assert session_at(engine, token, 0).id == session.id

    async def test_it_refuses_with_the_reason_and_the_wait(self, engine, open_door):
        add_operator(engine)
        door = open_door()
        outcomes = [await door.enter("nguyen.thu", "wrong", None, "10.0.0.7") for _ in range(4)]
        assert outcomes[2:] == [Refused(RefusalReason.WRONG, 30), Refused(RefusalReason.LOCKED, 30)]
        assert rows_of(engine, operator_sessions) == []

    async def test_a_changed_password_gives_a_new_session_for_the_old_ones(self, engine, open_door):
        made = add_operator(engine, ready=False)
        door = open_door()
        before, _ = await door.enter("nguyen.thu", PASSWORD, None, "")
        token, session = await door.change_password(made.id, PASSWORD, OTHER_PASSWORD)
        assert session.operator.is_ready
        assert session_at(engine, before, 0) is None
        assert session_at(engine, token, 0).operator.is_ready

    async def test_a_refused_change_leaves_the_session_alone(self, engine, open_door):
        made = add_operator(engine)
        door = open_door()
        token, _ = await door.enter("nguyen.thu", PASSWORD, None, "")
        assert await door.change_password(made.id, "wrong", OTHER_PASSWORD) == NotChanged(ChangeRefusal.WRONG)
        assert await door.change_password(made.id, PASSWORD, PASSWORD) == NotChanged(broken=(Breach.REUSED,))
        assert await door.change_password(404, PASSWORD, PASSWORD) == NotChanged(ChangeRefusal.WRONG)
        assert session_at(engine, token, 0) is not None

    async def test_no_transaction_is_open_while_a_hash_is_computed(self, engine, open_door):
        add_operator(engine)

        class WritingMeanwhile(CountingHashes):
            def verify(self, stored, password):
                # On SQLite this would wait for ten seconds, and fail, inside a transaction of the sign-in.
                with writing(engine) as connection:
                    connection.execute(operators.update().values(team="ban"))
                return super().verify(stored, password)

        door = open_door(account_rules(WritingMeanwhile()))
        _, session = await door.enter("nguyen.thu", PASSWORD, None, "")
        assert session.operator.team == "ban"
