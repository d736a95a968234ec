"""Everything as in service: gateway, Rasa, action server, a simulated Zalo, and accounts that people sign in to."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import time as hour

import httpx

from app.accounts import build_account_rules
from app.clock import now
from app.ports import private_port
from desk.accounts.administration import NewOperator, create_operator
from desk.accounts.operator import operators
from desk.accounts.role import Role
from desk.calendar.holidays import CalendarDay, correct_day
from desk.calendar.kept_hours import UNTOUCHED, keep_hours
from desk.calendar.office_hours import MIDNIGHT, Shift
from desk.calendar.zone import vietnam_date
from desk.database import build_engine, writing
from desk.migrate import upgrade
from tests.conftest import ROOT
from tests.fakes.accounts import PASSWORD
from tests.fakes.console import console_settings

START_SECONDS, ANSWER_SECONDS, STOP_SECONDS = 300, 60, 45
KEY = "a key of the tests, long enough for one"
CITIZEN_ON_ZALO = "246845883529197901"


class WholeProduct:
    """`make fake-channels` on free ports, over a database whose office is open at any hour."""

    def __init__(self, folder):
        address = f"sqlite:///{folder / 'whole.db'}"
        self.engine = build_engine(address)
        upgrade(self.engine)
        open_office(self.engine)
        port, product = private_port(18_390), private_port(18_391)
        self._simulator, self.url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{product}"
        self._log = (folder / "whole.log").open("wb")
        options = ["--with-product", "--port", str(port), "--product-port", str(product)]
        environment = os.environ | {"BHXH_DATABASE_URL": address, "BHXH_SECRET_KEY": KEY}
        command = [sys.executable, "-m", "tests.channel_servers", *options]
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self._log, stderr=self._log)

    def is_ready(self):
        return httpx.get(f"{self._simulator}/feed", trust_env=False).json()["ready"]

    def wait_for(self, is_so, seconds=ANSWER_SECONDS):
        """What it gives, as soon as that is something."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if found := is_so():
                    return found
            assert self._process.poll() is None, "the product ended"
            time.sleep(0.2)
        raise AssertionError("not in time")

    def zalo_says(self, text):
        body = {"user": CITIZEN_ON_ZALO, "text": text}
        assert httpx.post(f"{self._simulator}/zalo-oa/_control/say", json=body, trust_env=False).status_code == 200

    def zalo_got(self):
        """Texts that arrived on the citizen's telephone."""
        sent = httpx.get(f"{self._simulator}/zalo-oa/_control/sent", trust_env=False).json()
        return [message["text"] for message in sent]

    def zalo_hears(self, part):
        """Waits until a message with these words is there."""
        self.wait_for(lambda: [text for text in self.zalo_got() if part in text])

    def stop(self):
        self._process.send_signal(signal.SIGINT)
        self._process.wait(STOP_SECONDS)
        self._log.close()
        self.engine.dispose()


def open_office(engine):
    """Three accounts, and hours that do not depend on when the test runs."""
    settings = console_settings()
    rules = build_account_rules(settings.accounts, {"BHXH_SECRET_KEY": KEY})
    with writing(engine) as connection:
        for login, name, role in (
            ("lan", "Trần Thị Lan", Role.OPERATOR),
            ("minh", "Lê Văn Minh", Role.OPERATOR),
            ("truong", "Phạm Thị Trưởng", Role.SUPERVISOR),
        ):
            new = NewOperator(login, name, frozenset({role}))
            create_operator(connection, new, PASSWORD, "terminal:test", now(), rules)
        ready = {"must_change_password": False, "temporary_until": None, "must_enrol_totp": False}
        connection.execute(operators.update().values(ready))
        always = {weekday: (Shift(hour(0), MIDNIGHT),) for weekday in range(7)}
        assert keep_hours(connection, settings.calendar.teams[0].key, always, UNTOUCHED, None, now())
        correct_day(connection, CalendarDay(vietnam_date(now()), False, "ngày thử"), None, now())
