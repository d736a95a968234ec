"""A short fault run with real processes: nothing is lost, nothing comes twice, nothing out of order."""

import shutil

import pytest

from tests.databases import BOTH
from tests.faults.plan import FaultPlan
from tests.faults.report import complaints
from tests.faults.run import new_folder, run_faults


@pytest.mark.parametrize("database", BOTH)
async def test_every_message_is_answered_once_and_in_order_while_processes_die(database):
    folder = new_folder()
    plan = FaultPlan(database, messages=150, citizens=20, spread_seconds=15.0)
    outcome = await run_faults(plan, folder, lambda _: None)
    assert not list(complaints(outcome)), f"logs: {folder}"
    assert outcome.disturbances.total() >= 3
    shutil.rmtree(folder)
