"""A workshop that is killed in the middle of a build: the old snapshot stays, and the next one goes on."""

import subprocess
import sys
import time

import pytest

from editing.release import ReleaseState
from tests.conftest import ROOT
from tests.fakes.workshop_desk import CARD, WorkshopDesk

SECONDS = 60
STUCK = """
import sys, threading
from pathlib import Path
from desk.database import build_engine
from editing.workshop import building
from tests.fakes.workshop_desk import WorkshopDesk

desk = WorkshopDesk(build_engine(sys.argv[1]), Path(sys.argv[2]))
real = building.build_candidate

def stuck(*arguments):
    print("in the middle", flush=True)
    threading.Event().wait()

building.build_candidate = stuck
desk.workshop.loop.build_next()
"""


@pytest.fixture
def desk(engine, tmp_path):
    return WorkshopDesk(engine, tmp_path)


def test_a_kill_in_the_middle_leaves_the_old_snapshot_live_and_the_next_workshop_goes_on(desk, tmp_path):
    before = desk.pointer
    release = desk.request(desk.approved(CARD, "Nộp trên VssID."))
    address = desk.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", STUCK, address, str(tmp_path)]
    stuck = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert stuck.stdout.readline().strip() == "in the middle"
    finally:
        stuck.kill()
        stuck.wait(SECONDS)
        stuck.stdout.close()
    assert desk.release(release.id).state is ReleaseState.BUILDING
    assert desk.pointer == before
    started = time.monotonic()
    desk.build()
    assert time.monotonic() - started < SECONDS
    assert desk.release(release.id).state is ReleaseState.READY
    assert desk.pointer == before
    desk.publish(desk.release(release.id))
    assert desk.pointer == desk.release(release.id).snapshot_id != before
