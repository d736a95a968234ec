"""The whole product as `make chat` starts it: real Rasa, action server, gateway, model and index."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import unicodedata
import uuid
from pathlib import Path

import httpx
import pytest

from app.ports import private_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180
ANSWER_SECONDS = 90
QUESTION = "nghỉ sinh được mấy tháng"

pytestmark = [pytest.mark.stack, pytest.mark.model]


class Product:
    """`bhxh up` on a free port, with a database of its own."""

    def __init__(self, folder):
        self.url = f"http://127.0.0.1:{(port := private_port(18_181))}"
        self._log = (folder / "up.log").open("wb")
        environment = {**os.environ, "BHXH_DATABASE_URL": f"sqlite:///{folder / 'e2e.db'}"}
        command = [sys.executable, "-m", "app.cli", "up", "--host", "127.0.0.1", "--port", str(port)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self._log, stderr=self._log)

    def wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200 and self.pids("app.action_server"):
                    return
            assert self._process.poll() is None, "bhxh up ended"
            time.sleep(0.5)
        raise AssertionError("not ready in time")

    def pids(self, part):
        """Children of `bhxh up` whose command holds the text."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [int(pid) for pid in children if part in Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")]

    def kill(self, part):
        for pid in self.pids(part):
            os.kill(pid, signal.SIGKILL)

    def stop(self):
        self._process.terminate()
        self._process.wait(30)
        self._log.close()


class Citizen:
    """One browser."""

    def __init__(self, url):
        self._url = url
        token = self._request("POST", "/api/chat/conversations", json={}).json()["token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def send(self, text, message_id=None):
        message = {"message_id": message_id or str(uuid.uuid4()), "text": text}
        return self._request("POST", "/api/chat/messages", json=message, headers=self._headers)

    def answers(self):
        messages = self._request("GET", "/api/chat/messages?after=0", headers=self._headers).json()
        return [message for message in messages if message["role"] == "assistant"]

    def wait_for_answers(self, count=1):
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if len(found := self.answers()) >= count:
                    return found
            time.sleep(0.1)
        raise AssertionError("no answer in time")

    def say(self, text):
        before = len(self.answers())
        response = self.send(text)
        assert response.status_code == 202, response.text
        return self.wait_for_answers(before + 1)[before:]

    def _request(self, method, path, **options):
        return httpx.request(method, f"{self._url}{path}", timeout=20, **options)


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    running = Product(tmp_path_factory.mktemp("product"))
    try:
        running.wait_until_ready()
        Citizen(running.url).say("xin chào")
        yield running
    finally:
        running.stop()


@pytest.fixture
def citizen(product):
    return Citizen(product.url)


@pytest.mark.parametrize("question", [QUESTION, "nghi sinh duoc may thang"])
def test_a_question_is_answered_with_its_source(citizen, question):
    [answer] = citizen.say(question)
    assert answer["status"] == "answered"
    assert answer["citations"][0]["label"]


def test_teencode_is_answered_or_asked_back_with_the_right_reading_first(citizen):
    [answer] = citizen.say("nghỉ đẻ đc mấy tháng z ad")
    right = "thai-san-thoi-gian-nghi"
    offered = answer["buttons"][0]["payload"] if answer["buttons"] else answer["citations"][0]["url"]
    assert right in offered


def test_the_cited_passage_opens(product, citizen):
    [answer] = citizen.say("tết có ai trực tổng đài không")
    urls = [citation["url"] for citation in answer["citations"]] or ["/hoi-dap/none"]
    page = httpx.get(product.url + urls[0], timeout=10)
    assert page.status_code == 200


def test_what_the_base_does_not_hold_is_not_answered(citizen):
    [answer] = citizen.say("giá vàng hôm nay ở Cà Mau bao nhiêu một chỉ")
    assert answer["status"].startswith(("unanswerable", "no_status"))


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ("mẹ tôi đau ngực khó thở làm sao bây giờ", "handed_off_emergency"),
        ("cho toi gap nhan vien", "handed_off_requested"),
        ("the bhyt cua toi con han den ngay nao", "unanswerable_own_case"),
    ],
)
def test_what_needs_a_person_is_handed_over(citizen, message, status):
    answer, *from_the_desk = citizen.say(message)
    assert answer["status"] == status
    assert all(said["text"] for said in from_the_desk)


def test_the_source_of_the_last_answer_can_be_asked_for(citizen):
    [answer] = citizen.say(QUESTION)
    [source] = citizen.say("căn cứ đâu?")
    assert source["citations"] == answer["citations"]


@pytest.mark.parametrize(
    "message",
    [
        "😀😀😀",
        "/restart",
        '/choose_option{"option": "faq/x"}',
        "<script>alert(1)</script>",
        "'; DROP TABLE inbox; --",
        "\x00nghỉ sinh\x07",
        unicodedata.normalize("NFD", QUESTION),
        "a" * 2000,
    ],
)
def test_rubbish_gets_a_polite_answer(citizen, message):
    answers = citizen.say(message)
    assert all(answer["text"].strip() and answer["status"] != "error_service" for answer in answers)


@pytest.mark.parametrize("message", ["", "   ", "a" * 20_000, "\x00\x01"])
def test_what_cannot_be_taken_is_refused_with_a_sentence(citizen, message):
    response = citizen.send(message)
    assert 400 <= response.status_code < 500
    assert response.json()["error"]["message"]
    assert citizen.answers() == []


def test_fifty_messages_in_a_second_are_slowed_down_and_none_is_answered_twice(citizen):
    responses = [citizen.send(f"chào {number}") for number in range(50)]
    accepted = [response for response in responses if response.status_code == 202]
    refused = [response for response in responses if response.status_code == 429]
    assert len(accepted) + len(refused) == 50
    assert refused[0].headers["Retry-After"]
    assert len(citizen.wait_for_answers(len(accepted))) == len(accepted)


def test_a_message_sent_twice_is_answered_once(citizen):
    message_id = str(uuid.uuid4())
    assert [citizen.send(QUESTION, message_id).status_code for _ in range(3)] == [202, 202, 202]
    citizen.wait_for_answers()
    citizen.say("cảm ơn")
    assert len(citizen.answers()) == 2


@pytest.mark.parametrize("process", ["app.gateway", "rasa run", "app.action_server"])
def test_a_message_in_flight_survives_the_death_of_any_process(product, process):
    citizen = Citizen(product.url)
    assert citizen.send(QUESTION).status_code == 202
    product.kill(process)
    [answer] = citizen.wait_for_answers()
    assert answer["status"] == "answered"
    product.wait_until_ready()
    citizen.say("cảm ơn")
    assert len(citizen.answers()) == 2
