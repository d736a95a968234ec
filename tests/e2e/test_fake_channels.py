"""`make fake-channels` as it starts: the whole product in a simulated Zalo and Telegram."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from app.ports import private_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS, ANSWER_SECONDS, STOP_SECONDS = 180, 60, 45
QUESTION = "nghỉ sinh được mấy tháng"
CITIZENS = {"zalo-oa": "246845883529197901", "zalo-bot": "zalo-bot-nguoi-dan-1", "telegram": "900000001"}

pytestmark = [pytest.mark.stack, pytest.mark.model]


class Simulator:
    """The command on free ports."""

    def __init__(self, folder):
        port, product = private_port(18_190), private_port(18_191)
        self.url, self.product_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{product}"
        self._log = (folder / "fake-channels.log").open("wb")
        options = ["--with-product", "--port", str(port), "--product-port", str(product)]
        command = [sys.executable, "-m", "tests.channel_servers", *options]
        environment = {name: value for name, value in os.environ.items() if name != "BHXH_DATABASE_URL"}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self._log, stderr=self._log)

    def wait_for(self, is_so, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if found := is_so():
                    return found
            assert self.process.poll() is None, "the simulator ended"
            time.sleep(0.2)
        raise AssertionError("not in time")

    def is_ready(self):
        return httpx.get(f"{self.url}/feed", trust_env=False).json()["ready"]

    def do(self, channel, deed, **fields):
        body = {"user": CITIZENS[channel], **fields}
        assert httpx.post(f"{self.url}/{channel}/_control/{deed}", json=body, trust_env=False).status_code == 200

    def sent(self, channel):
        return httpx.get(f"{self.url}/{channel}/_control/sent", trust_env=False).json()

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(STOP_SECONDS)
        self._log.close()
        return status


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    simulator = Simulator(tmp_path_factory.mktemp("simulator"))
    simulator.wait_for(simulator.is_ready, START_SECONDS)
    yield simulator
    assert simulator.stop() == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(simulator.product_url, trust_env=False)


@pytest.mark.parametrize("channel", CITIZENS)
def test_a_question_is_answered_with_its_source_in_every_channel(simulator, channel):
    simulator.do(channel, "say", text=QUESTION)
    (answer, *more) = simulator.wait_for(lambda: simulator.sent(channel), ANSWER_SECONDS)
    assert "Nguồn:" in answer["text"]
    assert f"{simulator.product_url}/" in answer["text"]
    assert not more


def test_a_follower_is_welcomed_and_presses_a_button(simulator):
    known = len(simulator.sent("zalo-oa"))
    simulator.do("zalo-oa", "follow")
    welcome = simulator.wait_for(lambda: simulator.sent("zalo-oa")[known:], ANSWER_SECONDS)[0]
    assert welcome["buttons"]
    simulator.do("zalo-oa", "press", button=0)
    answer = simulator.wait_for(lambda: simulator.sent("zalo-oa")[known + 1 :], ANSWER_SECONDS)[0]
    assert answer["text"] != welcome["text"]
