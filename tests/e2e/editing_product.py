"""The four processes as in service, over a database and an index of their own: what is published here stays here."""

import contextlib
import os
import shutil
import time
from dataclasses import replace

import yaml

from app.accounts import build_account_rules
from app.clock import now
from app.ports import private_port
from app.stack import StackPorts, is_ready, plan_stack
from app.supervisor import Supervisor
from desk.accounts.administration import NewOperator, create_operator
from desk.accounts.operator import operators
from desk.accounts.role import Role
from desk.database import build_engine, writing
from desk.migrate import upgrade
from knowledge.pointer import current_id
from tests.changed_settings import write_changed_settings
from tests.conftest import ROOT
from tests.fakes.accounts import PASSWORD
from tests.fakes.console import console_settings

START_SECONDS, ANSWER_SECONDS = 300, 90
KEY = "a key of the tests, long enough for one"
STAFF = (("bui.long", "Bùi Đức Long", Role.EDITOR), ("dang.mai", "Đặng Ngọc Mai", Role.APPROVER))


class EditingProduct:
    """Started by making one; `stop` ends all of it."""

    def __init__(self, folder):
        self.index = folder / "index"
        address = f"sqlite:///{folder / 'editing.db'}"
        self.engine = build_engine(address)
        upgrade(self.engine)
        employ(self.engine)
        copy_index(self.index)
        # Beside those of other stacks of the tests: the usual ports may be in use.
        self.ports = StackPorts(*(private_port(18_490 + place) for place in range(4)))
        self.url = f"http://127.0.0.1:{self.ports.gateway}"
        ours = {"BHXH_DATABASE_URL": address, "BHXH_SECRET_KEY": KEY}
        plans = plan_stack(self.ports, "127.0.0.1", self._settings(folder))
        self._supervisor = Supervisor(
            [
                replace(plan, environment={**plan.environment, **ours}, log=folder / f"{plan.name}.log")
                for plan in plans
            ],
            lambda line: None,
        )
        self._supervisor.start()

    def _settings(self, folder):
        path = write_changed_settings(folder / "settings.yml", {})
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
        knowledge = settings["knowledge"]
        knowledge["index_folder"] = str(self.index)
        # Looked for beside the settings file, as the folders are.
        knowledge["embedding"]["model"] = str(ROOT / knowledge["embedding"]["model"])
        path.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
        return path

    def wait_until_ready(self):
        """All four answer."""
        waiting, deadline = dict(self.ports.ready_urls), time.monotonic() + START_SECONDS
        while waiting and time.monotonic() < deadline:
            self._supervisor.tend()
            waiting = {name: url for name, url in waiting.items() if not is_ready(url)}
            time.sleep(0.5)
        assert not waiting, f"not ready: {', '.join(waiting)}"

    def stop(self):
        """Waits for each process."""
        with contextlib.suppress(ProcessLookupError):
            self._supervisor.stop()
        self.engine.dispose()


def employ(engine):
    """An editor and an approver who owe nothing."""
    rules = build_account_rules(console_settings().accounts, {"BHXH_SECRET_KEY": KEY})
    with writing(engine) as connection:
        for login, name, role in STAFF:
            create_operator(
                connection, NewOperator(login, name, frozenset({role})), PASSWORD, "terminal:test", now(), rules
            )
        ready = {"must_change_password": False, "temporary_until": None, "must_enrol_totp": False}
        connection.execute(operators.update().values(ready))


def copy_index(index):
    """The current snapshot alone."""
    source = ROOT / "var" / "index"
    snapshot_id = current_id(source)
    shutil.copytree(source / snapshot_id, index / snapshot_id)
    shutil.copy(source / "current", index / "current")
    assert os.listdir(index)
