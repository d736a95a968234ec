import threading
from concurrent.futures import CancelledError

import pytest
from sqlalchemy import event, text

from desk.database import build_engine, writing
from desk.group_writer import GroupWriter


@pytest.fixture
def engine(tmp_path):
    engine = build_engine(f"sqlite:///{tmp_path / 'test.db'}")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE words (word TEXT UNIQUE)"))
    yield engine
    engine.dispose()


@pytest.fixture
def writer(engine):
    writer = GroupWriter(engine)
    yield writer
    writer.close()


def put(word):
    return lambda connection: connection.execute(text("INSERT INTO words VALUES (:word)"), {"word": word}).rowcount


def fail(_connection):
    raise ValueError("this one alone")


def words(engine):
    with writing(engine) as connection:
        return sorted(connection.execute(text("SELECT word FROM words")).scalars())


def held(writer):
    """Keeps the writer busy until the returned event is set, so that what follows waits together."""
    begun, go = threading.Event(), threading.Event()
    writer.submit(lambda _connection: begun.set() or go.wait(10))
    begun.wait(10)
    return go


def commits(engine):
    seen = []
    event.listen(engine, "commit", seen.append)
    return seen


def test_a_result_is_given_out_when_it_is_committed(engine, writer):
    assert writer.submit(put("một")).result(10) == 1
    assert words(engine) == ["một"]


def test_what_waits_together_shares_one_commit(engine, writer):
    go, seen = held(writer), commits(engine)
    waiting = [writer.submit(put(str(number))) for number in range(10)]
    go.set()
    assert [future.result(10) for future in waiting] == [1] * 10
    assert len(seen) == 2


def test_one_that_fails_fails_alone(engine, writer):
    go = held(writer)
    before, failing, after = writer.submit(put("một")), writer.submit(fail), writer.submit(put("hai"))
    go.set()
    with pytest.raises(ValueError, match="this one alone"):
        failing.result(10)
    assert (before.result(10), after.result(10), words(engine)) == (1, 1, ["hai", "một"])


def test_one_that_breaks_a_rule_of_the_database_fails_alone(engine, writer):
    go = held(writer)
    first, second = writer.submit(put("một")), writer.submit(put("một"))
    go.set()
    assert first.result(10) == 1
    assert second.exception(10) is not None


def test_one_that_is_cancelled_while_it_waits_is_not_done(engine, writer):
    go = held(writer)
    unwanted = writer.submit(put("một"))
    assert unwanted.cancel()
    go.set()
    writer.submit(put("hai")).result(10)
    with pytest.raises(CancelledError):
        unwanted.result(10)
    assert words(engine) == ["hai"]


def test_closing_waits_for_what_was_submitted(engine):
    writer = GroupWriter(engine)
    go = held(writer)
    waiting = [writer.submit(put(str(number))) for number in range(5)]
    go.set()
    writer.close()
    assert all(future.done() for future in waiting)
