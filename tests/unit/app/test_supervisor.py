import os
import signal
import sys
import time

import pytest

from app.supervisor import ProcessPlan, Supervised, Supervisor

SLEEPER = "import time; time.sleep(60)"


def plan(tmp_path, code):
    return ProcessPlan("test", [sys.executable, "-c", code], dict(os.environ), tmp_path, tmp_path / "test.log")


def until(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def sleeper(tmp_path):
    process = Supervised(plan(tmp_path, SLEEPER))
    process.start()
    yield process
    process.ask_to_stop()
    process.wait_or_kill(5)


def test_a_killed_process_is_started_again(sleeper):
    first = sleeper.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: sleeper.keep_alive() == -signal.SIGKILL)
    until(lambda: sleeper.keep_alive() is None and sleeper.pid is not None)
    assert sleeper.pid != first
    assert sleeper.starts == 2


def test_a_process_that_dies_at_once_is_not_started_in_a_tight_loop(tmp_path):
    process = Supervised(plan(tmp_path, "raise SystemExit(3)"))
    process.start()
    until(lambda: process.keep_alive() == 3)
    process.keep_alive()
    assert process.starts == 1


def test_stopping_ends_every_process(tmp_path):
    supervisor = Supervisor([plan(tmp_path, SLEEPER), plan(tmp_path, SLEEPER)], say=lambda line: None)
    for process in supervisor.processes:
        process.start()
    supervisor.stop()
    assert [process.pid for process in supervisor.processes] == [None, None]


def test_a_process_that_ignores_the_request_to_end_is_killed(tmp_path):
    process = Supervised(
        plan(
            tmp_path,
            f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); {SLEEPER}",
        )
    )
    process.start()
    until(lambda: b"up" in process.plan.log.read_bytes())
    process.ask_to_stop()
    process.wait_or_kill(0.2)
    assert process.pid is None


def test_output_goes_to_the_log(tmp_path):
    process = Supervised(plan(tmp_path, "print('hello')"))
    process.start()
    until(lambda: process.keep_alive() is not None)
    assert process.plan.log.read_text() == "hello\n"
